/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/verify.h"

#include "backoffice/money/till.h"
#include "backoffice/sales/verify_rollup.h"
#include "backoffice/sales/verify_stock.h"
#include "core/journal.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

void verdict_clear(Verdict *self)
{
	g_free(self->broken);
	*self = (Verdict){ 0 };
}

/* Where a walk along one journal has come to. */
typedef struct {
	const char *till; /* NULL: the only one */
	int64_t number; /* of the last entry */
	char hash[JOURNAL_HASH_LEN + 1];
} Walk;

static Walk walk_from_start(const char *till)
{
	Walk walk = { .till = till };

	g_strlcpy(walk.hash, JOURNAL_FIRST_HASH, sizeof walk.hash);
	return walk;
}

static char *dup_place(const Walk *walk, int64_t number, const char *why)
{
	if (walk->till == NULL)
		return g_strdup_printf(_("entry %" PRId64 ": %s"), number, why);
	return g_strdup_printf(_("till “%s”, entry %" PRId64 ": %s"), walk->till, number, why);
}

static const char *reason_of(const GError *error)
{
	switch ((JournalError)error->code) {
	case JOURNAL_ERROR_GAP:
		return _("an entry is missing here");
	case JOURNAL_ERROR_CHAIN:
		return _("it was changed, or does not follow from the entry before");
	case JOURNAL_ERROR_BODY:
		break;
	}
	return _("it cannot be read");
}

/* One more entry; false where the chain breaks at it. */
static bool walk_on(Walk *self, const char *body, const char *hash, JournalEntry *ret,
		    Verdict *verdict)
{
	g_autoptr(GError) error = NULL;

	if (!journal_entry_open(ret, body, hash, self->number + 1, self->hash, &error)) {
		verdict->broken = dup_place(self, self->number + 1, reason_of(error));
		return false;
	}
	self->number++;
	verdict->n_entries++;
	g_strlcpy(self->hash, ret->hash, sizeof self->hash);
	return true;
}

/* --- sums -------------------------------------------------------------------------------- */

/* A statement that gives a row for what does not add up, and the text in it that names it. */
typedef struct {
	const char *statement;
	int text;
	const char *format; /* N_()-marked, takes the text */
} Sum;

static bool check_sum(Store *store, const Sum *sum, Verdict *ret, GError **error)
{
	StoreStatement *row = store_statement(store, sum->statement);
	StoreStep step = store_step(row, error);

	if (step == STORE_ROW)
		ret->broken = g_strdup_printf(_(sum->format), store_get_text(row, sum->text));
	store_reset(row);
	return step != STORE_FAILED;
}

static bool check_sums(Store *store, const Sum *sums, size_t n, Verdict *ret, GError **error)
{
	for (size_t i = 0; i < n && ret->broken == NULL; i++)
		if (!check_sum(store, &sums[i], ret, error))
			return false;
	return true;
}

/* --- a till -------------------------------------------------------------------------------- */

/* The columns beside the body are only copies of it. */
static bool columns_agree(const JournalEntry *entry, StoreStatement *row)
{
	return entry->number == store_get_int(row, 0) && entry->at == store_get_int(row, 1) &&
	       g_strcmp0(journal_kind_code(entry->kind), store_get_text(row, 2)) == 0 &&
	       entry->cashier == store_get_int(row, 3) && entry->shift == store_get_int(row, 4);
}

static bool walk_till(Walk *walk, StoreStatement *row, Verdict *ret)
{
	g_auto(JournalEntry) entry = { 0 };

	if (!walk_on(walk, store_get_text(row, 5), store_get_text(row, 6), &entry, ret))
		return false;
	if (!columns_agree(&entry, row))
		ret->broken = dup_place(walk, walk->number,
					_("its columns are not those it was "
					  "sealed with"));
	return ret->broken == NULL;
}

/* A chain cut off at its end still follows; but the hub has seen more of it. */
static bool check_sent(Store *store, const Walk *walk, Verdict *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "till/journal/get_next");
	StoreStep step = store_step(row, error);

	if (step == STORE_ROW && store_get_int(row, 0) > walk->number + 1)
		ret->broken = dup_place(walk, walk->number + 1,
					_("it was sent to the office and is missing here"));
	store_reset(row);
	return step != STORE_FAILED;
}

/* One sale, one document; and nothing comes back twice. */
static const Sum till_sums[] = {
	{ "till/verify/receipts", 0,
	  N_("receipt %s does not stand both in the journal and in the list of receipts") },
	{ "till/verify/proof_twice", 0, N_("document %s of the registrar proves two things") },
	{ "till/verify/two_documents", 0, N_("receipt %s has two documents") },
	{ "till/verify/other_document", 0,
	  N_("receipt %s: the document in its entry is not the registrar's") },
	{ "till/verify/late", 0,
	  N_("receipt %s was to be told to the registrar later: it has to wait for that or have "
	     "been told, and not both") },
	{ "till/verify/no_document", 0,
	  N_("receipt %s has no document of the registrar, and waits for none") },
	{ "till/verify/returned_noted", 0,
	  N_("return %s: what came back was not noted as it says") },
	{ "till/verify/returned_too_much", 0, N_("more of receipt %s came back than was sold") },
};

bool verify_till(Store *store, Verdict *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "till/journal/read");
	Walk walk = walk_from_start(NULL);
	StoreStep step;

	*ret = (Verdict){ 0 };
	store_bind_int(row, 1, G_MININT64);
	store_bind_int(row, 2, G_MAXINT64);
	while ((step = store_step(row, error)) == STORE_ROW) {
		if (!walk_till(&walk, row, ret)) {
			store_reset(row);
			return true;
		}
	}
	return step == STORE_DONE && check_sent(store, &walk, ret, error) &&
	       check_sums(store, till_sums, G_N_ELEMENTS(till_sums), ret, error);
}

/* --- the office ---------------------------------------------------------------------------- */

typedef struct {
	int64_t shop_id, id, next;
	char *name, *last_hash; /* owned */
} Till;

static void free_till(gpointer data)
{
	Till *till = data;

	g_free(till->name);
	g_free(till->last_hash);
	g_free(till);
}

static GPtrArray *read_tills(Store *store, GError **error)
{
	g_autoptr(GPtrArray) tills = g_ptr_array_new_with_free_func(free_till);
	StoreStatement *row = store_statement(store, "office/verify/tills");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		Till *till = g_new0(Till, 1);

		till->shop_id = store_get_int(row, 0);
		till->id = store_get_int(row, 1);
		till->name = g_strdup(store_get_text(row, 2));
		till->next = store_get_int(row, 3);
		till->last_hash = g_strdup(store_get_text(row, 4));
		g_ptr_array_add(tills, till);
	}
	return step == STORE_DONE ? g_steal_pointer(&tills) : NULL;
}

static void check_end(const Till *till, const Walk *walk, Verdict *ret)
{
	if (walk->number + 1 != till->next)
		ret->broken = dup_place(walk, walk->number + 1,
					_("the journal does not end where the office left off"));
	else if (strcmp(walk->hash, till->last_hash) != 0)
		ret->broken =
			dup_place(walk, walk->number, _("it is not the one the office took in"));
}

static bool check_chain(Store *store, const Till *till, Verdict *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/verify/chain");
	Walk walk = walk_from_start(till->name);
	StoreStep step;

	store_bind_int(row, 1, till->shop_id);
	store_bind_int(row, 2, till->id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		g_auto(JournalEntry) entry = { 0 };

		if (!walk_on(&walk, store_get_text(row, 0), store_get_text(row, 1), &entry, ret)) {
			store_reset(row);
			return true;
		}
	}
	if (step == STORE_DONE)
		check_end(till, &walk, ret);
	return step == STORE_DONE;
}

static bool check_chains(Store *store, Verdict *ret, GError **error)
{
	g_autoptr(GPtrArray) tills = read_tills(store, error);

	if (tills == NULL)
		return false;
	for (guint i = 0; i < tills->len && ret->broken == NULL; i++)
		if (!check_chain(store, tills->pdata[i], ret, error))
			return false;
	return true;
}

static const Sum office_sums[] = {
	{ "office/verify/strangers", 1, N_("the journal of till %s, which is not there") },
	{ "office/verify/receipts", 0,
	  N_("receipt %s: its lines or payments do not add up to it") },
	{ "office/verify/ledger", 0, N_("the stock ledger of shop %s has a gap") },
	{ "office/verify/balances", 2, N_("stock of “%s”: the balance is not the ledger's sum") },
	{ "office/verify/batches", 2, N_("stock of “%s”: a batch is not the sum of its moves") },
};

bool verify_office(Store *store, Verdict *ret, GError **error)
{
	*ret = (Verdict){ 0 };
	return check_chains(store, ret, error) &&
	       check_sums(store, office_sums, G_N_ELEMENTS(office_sums), ret, error) &&
	       (ret->broken != NULL || verify_stock(store, ret, error)) &&
	       (ret->broken != NULL || verify_rollup(store, ret, error)) &&
	       (ret->broken != NULL || money_verify(store, &ret->broken, error));
}
