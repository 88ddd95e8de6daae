/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/ingest_rows.h"

#include "backoffice/money/money.h"
#include "backoffice/stock/document.h"

#include <inttypes.h>
#include <string.h>

G_DEFINE_QUARK(baraa_ingest_error, ingest_error)
G_DEFINE_QUARK(baraa_ingest_poison, ingest_poison)

/* One try at taking a batch in. */
typedef struct {
	Ingest base;

	/* borrowed */
	GHashTable *refused; /* number → reason: what the database would not take the last time */

	bool is_careful; /* ledger and sums are to say at which entry they cannot go on */
	char hash[JOURNAL_HASH_LEN + 1]; /* of the entry before result->next */
	IngestResult *result;
	GError *stop; /* the gap or the broken link that ended the batch */
} Batch;

bool ingest_poison(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(INGEST_POISON, 0, format, args);
	va_end(args);
	return false;
}

bool ingest_get_int(const json_t *object, const char *name, int64_t *ret, GError **error)
{
	const json_t *value = json_object_get(object, name);

	if (!json_is_integer(value))
		return ingest_poison(error, "its '%s' is no whole number", name);
	*ret = json_integer_value(value);
	return true;
}

bool ingest_get_day(const json_t *object, const char *name, int64_t *ret, GError **error)
{
	int64_t day;

	if (!ingest_get_int(object, name, &day, error))
		return false;
	if (day < 0 || day > 99991231 || !g_date_valid_dmy(day % 100, day / 100 % 100, day / 10000))
		return ingest_poison(error, "its '%s' is no day", name);
	*ret = day;
	return true;
}

bool ingest_get_text(const json_t *object, const char *name, const char **ret, GError **error)
{
	*ret = json_string_value(json_object_get(object, name));
	return *ret != NULL || ingest_poison(error, "its '%s' is no text", name);
}

/* Seconds on the shop's wall clock since 1970. */
static int64_t wall_seconds(const Ingest *self, int64_t at)
{
	int64_t seconds = at / G_USEC_PER_SEC - (at % G_USEC_PER_SEC < 0);
	int interval = g_time_zone_find_interval(self->zone, G_TIME_TYPE_UNIVERSAL, seconds);

	return seconds + g_time_zone_get_offset(self->zone, interval);
}

int ingest_hour(const Ingest *self, int64_t at)
{
	int64_t of_day = wall_seconds(self, at) % 86400;

	return (int)(of_day < 0 ? of_day + 86400 : of_day) / 3600;
}

int32_t ingest_wall_day(const Ingest *self, int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(wall_seconds(self, at));

	return time != NULL
		       ? g_date_time_get_year(time) * 10000 + g_date_time_get_month(time) * 100 +
				 g_date_time_get_day_of_month(time)
		       : 0;
}

static bool read_head(Batch *self, GError **error)
{
	const IngestTill *till = self->base.till;
	StoreStatement *read = store_statement(self->base.store, "office/ingest/head");
	StoreStep step;

	store_bind_int(read, 1, till->shop_id);
	store_bind_int(read, 2, till->till_id);
	step = store_step(read, error);
	if (step == STORE_DONE)
		g_set_error(error, INGEST_ERROR, INGEST_ERROR_TILL, "there is no till %" PRId64,
			    till->till_id);
	if (step != STORE_ROW)
		return false;
	self->result->next = store_get_int(read, 0);
	g_strlcpy(self->hash, store_get_text(read, 1), sizeof self->hash);
	store_reset(read);
	return true;
}

static bool read_last_seq(Batch *self, GError **error)
{
	StoreStatement *read = store_statement(self->base.store, "office/ingest/last_seq");
	StoreStep step;

	store_bind_int(read, 1, self->base.till->shop_id);
	store_bind_int(read, 2, self->base.till->till_id);
	step = store_step(read, error);
	self->base.last_seq = step == STORE_ROW ? store_get_int(read, 0) : 0;
	store_reset(read);
	return step != STORE_FAILED;
}

static bool write_head(Batch *self, GError **error)
{
	const IngestTill *till = self->base.till;
	StoreStatement *set = store_statement(self->base.store, "office/ingest/set_head");

	store_bind_int(set, 1, till->shop_id);
	store_bind_int(set, 2, till->till_id);
	store_bind_int(set, 3, self->result->next);
	store_bind_text(set, 4, self->hash);
	store_bind_int(set, 5, g_get_real_time());
	return store_run(set, error);
}

static bool write_journal(Batch *self, const JournalEntry *entry, const char *kind, GError **error)
{
	StoreStatement *insert = store_statement(self->base.store, "office/ingest/insert_journal");

	store_bind_int(insert, 1, self->base.till->shop_id);
	store_bind_int(insert, 2, self->base.till->till_id);
	store_bind_int(insert, 3, entry->number);
	store_bind_int(insert, 4, entry->at);
	store_bind_text(insert, 5, kind);
	store_bind_int(insert, 6, entry->cashier);
	store_bind_int(insert, 7, entry->shift);
	store_bind_text(insert, 8, entry->body);
	store_bind_text(insert, 9, entry->hash);
	return store_run(insert, error);
}

static bool write_quarantine(Batch *self, int64_t number, const char *reason, GError **error)
{
	StoreStatement *insert =
		store_statement(self->base.store, "office/ingest/insert_quarantine");

	store_bind_int(insert, 1, self->base.till->shop_id);
	store_bind_int(insert, 2, self->base.till->till_id);
	store_bind_int(insert, 3, number);
	store_bind_int(insert, 4, g_get_real_time());
	store_bind_text(insert, 5, reason);
	self->result->quarantined++;
	return store_run(insert, error);
}

/* What the entry means beyond the journal. */
static bool write_meaning(Batch *self, const JournalEntry *entry, const json_t *body,
			  GError **error)
{
	switch (entry->kind) {
	case JOURNAL_RECEIPT:
		if (!ingest_receipt(&self->base, entry, body, error))
			return false;
		self->result->receipts++;
		return true;
	case JOURNAL_SHIFT_OPEN:
		return ingest_shift_open(&self->base, entry, body, error);
	case JOURNAL_SHIFT_CLOSE:
		if (!ingest_shift_close(&self->base, entry, body, error))
			return false;
		self->result->closed++;
		return true;
	case JOURNAL_CASH_IN:
	case JOURNAL_CASH_OUT:
		return ingest_cash(&self->base, entry, body, error);
	case JOURNAL_FISCAL:
		return ingest_fiscal(&self->base, entry, body, error);
	default:
		return true;
	}
}

static bool take_known_kind(Batch *self, const JournalEntry *entry, const json_t *body,
			    GError **error)
{
	const char *refused = g_hash_table_lookup(self->refused, &entry->number);
	g_autoptr(GError) local = NULL;

	if (!write_journal(self, entry, journal_kind_code(entry->kind), error))
		return false;
	if (refused != NULL)
		return write_quarantine(self, entry->number, refused, error);
	if (write_meaning(self, entry, body, &local) &&
	    ingest_act(&self->base, entry, body, &local) &&
	    (!self->is_careful || rollup_finish(ledger_get_rollup(self->base.ledger), &local)))
		return ingest_doubt(&self->base, entry, body, error);
	if (g_error_matches(local, INGEST_POISON, 0))
		return write_quarantine(self, entry->number, local->message, error);
	g_propagate_error(error, g_steal_pointer(&local));
	return false;
}

static bool follows(const Batch *self, const IngestEntry *in)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	g_checksum_update(sum, (const guchar *)self->hash, JOURNAL_HASH_LEN);
	g_checksum_update(sum, (const guchar *)"\n", 1);
	g_checksum_update(sum, (const guchar *)in->body, (gssize)strlen(in->body));
	return strcmp(g_checksum_get_string(sum), in->hash) == 0;
}

static int64_t int_or_zero(const json_t *body, const char *name)
{
	return json_integer_value(json_object_get(body, name));
}

/* It follows in the chain, yet our core cannot open it: a newer till's kind of entry, or a fault of
 * the till. Kept as it stands. */
static bool take_unknown_kind(Batch *self, const IngestEntry *in, const json_t *body,
			      const char *reason, GError **error)
{
	const char *kind = json_string_value(json_object_get(body, "kind"));
	JournalEntry entry = {
		.number = self->result->next,
		.at = int_or_zero(body, "at"),
		.cashier = int_or_zero(body, "cashier"),
		.shift = int_or_zero(body, "shift"),
		.body = (char *)in->body,
	};

	g_strlcpy(entry.hash, in->hash, sizeof entry.hash);
	return write_journal(self, &entry, kind != NULL ? kind : "", error) &&
	       write_quarantine(self, entry.number, reason, error);
}

static bool stop(Batch *self, IngestError code, const char *what, int64_t number)
{
	self->stop = g_error_new(INGEST_ERROR, code, "entry %" PRId64 " %s", number, what);
	return true;
}

static bool pass_known(Batch *self, const IngestEntry *in, int64_t number, GError **error)
{
	StoreStatement *read = store_statement(self->base.store, "office/ingest/known_hash");
	bool same;

	store_bind_int(read, 1, self->base.till->shop_id);
	store_bind_int(read, 2, self->base.till->till_id);
	store_bind_int(read, 3, number);
	switch (store_step(read, error)) {
	case STORE_FAILED:
		return false;
	case STORE_DONE:
		return stop(self, INGEST_ERROR_CHAIN, "is from before the first one", number);
	default:
		same = strcmp(store_get_text(read, 0), in->hash) == 0;
		store_reset(read);
	}
	if (!same)
		return stop(self, INGEST_ERROR_CHAIN, "is another than the known one", number);
	self->result->known++;
	return true;
}

static void advance(Batch *self, const char *hash)
{
	g_strlcpy(self->hash, hash, sizeof self->hash);
	self->result->next++;
	self->result->taken++;
}

/* @why: what our core has against it. */
static bool take_odd_entry(Batch *self, const IngestEntry *in, const char *why, GError **error)
{
	json_auto_t *body = json_loads(in->body, 0, NULL);
	const json_t *n = json_object_get(body, "n");
	int64_t number = json_integer_value(n);

	if (!json_is_integer(n))
		return stop(self, INGEST_ERROR_CHAIN, "cannot be read", self->result->next);
	if (number < self->result->next)
		return pass_known(self, in, number, error);
	if (number > self->result->next)
		return stop(self, INGEST_ERROR_GAP, "is not the next one", number);
	if (!follows(self, in))
		return stop(self, INGEST_ERROR_CHAIN, "does not follow", number);
	if (!take_unknown_kind(self, in, body, why, error))
		return false;
	advance(self, in->hash);
	return true;
}

static bool take(Batch *self, const IngestEntry *in, GError **error)
{
	g_auto(JournalEntry) entry = { 0 };
	g_autoptr(GError) local = NULL;
	json_auto_t *body = journal_entry_open_json(&entry, in->body, in->hash, self->result->next,
						    self->hash, &local);

	if (body == NULL)
		return take_odd_entry(self, in, local->message, error);
	if (!take_known_kind(self, &entry, body, error))
		return false;
	advance(self, entry.hash);
	return true;
}

static bool take_all(Batch *self, const IngestEntry *entries, size_t n, GError **error)
{
	if (!read_head(self, error) || !read_last_seq(self, error))
		return false;
	self->base.ledger = ledger_new(self->base.store, self->base.till->shop_id, error);
	if (self->base.ledger == NULL)
		return false;
	if (self->is_careful)
		ledger_set_careful(self->base.ledger);
	for (size_t i = 0; i < n && self->stop == NULL; i++)
		if (!take(self, &entries[i], error))
			return false;
	return ledger_finish(self->base.ledger, error) && write_head(self, error);
}

static void batch_clear(Batch *self)
{
	ledger_free(self->base.ledger);
	g_clear_pointer(&self->base.zone, g_time_zone_unref);
	g_clear_error(&self->stop);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Batch, batch_clear)

static bool try_batch(Store *store, const IngestTill *till, const IngestEntry *entries, size_t n,
		      GHashTable *refused, bool is_careful, IngestResult *ret, GError **error)
{
	g_auto(Batch) self = { .base = { .store = store, .till = till },
			       .refused = refused,
			       .is_careful = is_careful,
			       .result = ret };

	*ret = (IngestResult){ 0 };
	self.base.heard_at = g_get_real_time();
	self.base.zone = g_time_zone_new_identifier(till->timezone);
	if (self.base.zone == NULL) {
		g_set_error(error, INGEST_ERROR, INGEST_ERROR_TILL, "there is no time zone '%s'",
			    till->timezone);
		return false;
	}
	if (!store_begin(store, error))
		return false;
	if (!take_all(&self, entries, n, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	if (self.stop == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&self.stop));
	return false;
}

static bool is_too_large(const GError *error)
{
	return g_error_matches(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE) ||
	       g_error_matches(error, ROLLUP_ERROR, ROLLUP_ERROR_TOO_LARGE);
}

/* What a key, a check, a ledger or a recipe refuses goes into quarantine too, but a transaction
 * cannot go on after that: it is done again with this entry marked. False where that was not it. */
static bool mark_refused(GHashTable *refused, int64_t number, const GError *error)
{
	int64_t *key;

	if (!g_error_matches(error, STORE_ERROR, STORE_ERROR_CONSTRAINT) && !is_too_large(error) &&
	    (error == NULL || (error->domain != DOCUMENT_ERROR && error->domain != MONEY_ERROR)))
		return false;
	if (g_hash_table_contains(refused, &number))
		return false;
	key = g_new(int64_t, 1);
	*key = number;
	return g_hash_table_insert(refused, key, g_strdup(error->message));
}

bool ingest_batch(Store *store, const IngestTill *till, const IngestEntry *entries, size_t n,
		  IngestResult *ret, GError **error)
{
	g_autoptr(GHashTable) refused =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	bool is_careful = false;

	for (;;) {
		g_autoptr(GError) local = NULL;

		if (try_batch(store, till, entries, n, refused, is_careful, ret, &local))
			return true;
		if (!is_careful && is_too_large(local)) {
			is_careful = true;
			continue;
		}
		if (!mark_refused(refused, ret->next, local)) {
			g_propagate_error(error, g_steal_pointer(&local));
			return false;
		}
	}
}
