/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/ingest_rows.h"

#include <string.h>

/* What registrars made of it: proofs, those that came later, those that are in doubt, and what they
 * counted. */

bool ingest_proof_read(const json_t *fiscal, IngestProof *ret, GError **error)
{
	*ret = (IngestProof){ .is_there = fiscal != NULL && !json_is_null(fiscal) };
	return !ret->is_there || (ingest_get_int(fiscal, "document", &ret->document, error) &&
				  ingest_get_int(fiscal, "shift", &ret->shift, error) &&
				  ingest_get_int(fiscal, "receipt", &ret->receipt, error) &&
				  ingest_get_text(fiscal, "sign", &ret->sign, error) &&
				  ingest_get_text(fiscal, "serial", &ret->serial, error) &&
				  ingest_get_text(fiscal, "at", &ret->at, error));
}

void ingest_proof_bind(StoreStatement *insert, int first, const IngestProof *proof)
{
	if (!proof->is_there)
		return;
	store_bind_int(insert, first, proof->document);
	store_bind_int(insert, first + 1, proof->shift);
	store_bind_int(insert, first + 2, proof->receipt);
	store_bind_text(insert, first + 3, proof->sign);
	store_bind_text(insert, first + 4, proof->serial);
	store_bind_text(insert, first + 5, proof->at);
}

static void bind_till(StoreStatement *statement, const Ingest *self)
{
	store_bind_int(statement, 1, self->till->shop_id);
	store_bind_int(statement, 2, self->till->till_id);
}

/* --- told later ---------------------------------------------------------------------------- */

/* A receipt has one document. */
static bool check_wants_proof(Ingest *self, int64_t seq, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/ingest/has_proof");
	StoreStep step;
	bool has = false;

	bind_till(row, self);
	store_bind_int(row, 3, seq);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		has = store_get_int(row, 0) != 0;
		store_reset(row);
	}
	if (step == STORE_FAILED)
		return false;
	if (step == STORE_DONE)
		return ingest_poison(error, "the receipt of this document is not known");
	return !has || ingest_poison(error, "the receipt of this document has one already");
}

/* Only a correction has to be given a reason. */
static bool is_correction(const json_t *body)
{
	const char *reason = json_string_value(json_object_get(body, "reason"));

	return reason != NULL && *reason != '\0';
}

static bool take_late_proof(Ingest *self, const JournalEntry *entry, const json_t *body,
			    GError **error)
{
	StoreStatement *insert;
	IngestProof proof;
	int64_t seq;

	if (!ingest_get_int(body, "seq", &seq, error) ||
	    !ingest_proof_read(json_object_get(body, "fiscal"), &proof, error))
		return false;
	if (!proof.is_there)
		return ingest_poison(error, "it has no document");
	if (!check_wants_proof(self, seq, error))
		return false;
	insert = store_statement(self->store, "office/ingest/insert_late_proof");
	bind_till(insert, self);
	store_bind_int(insert, 3, seq);
	store_bind_int(insert, 4, entry->number);
	store_bind_int(insert, 5, entry->at);
	store_bind_int(insert, 6, entry->shift);
	store_bind_int(insert, 7, is_correction(body));
	ingest_proof_bind(insert, 8, &proof);
	return store_run(insert, error);
}

bool ingest_fiscal(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error)
{
	const char *step = json_string_value(json_object_get(body, "step"));

	return g_strcmp0(step, "late") != 0 || take_late_proof(self, entry, body, error);
}

/* --- in doubt ------------------------------------------------------------------------------ */

static void bind_if_number(StoreStatement *statement, int index, const json_t *value)
{
	if (json_is_integer(value))
		store_bind_int(statement, index, json_integer_value(value));
}

bool ingest_doubt(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error)
{
	const json_t *fiscal = json_object_get(body, "fiscal");
	const char *doubt = json_string_value(json_object_get(fiscal, "doubt"));
	const char *id = json_string_value(json_object_get(fiscal, "id"));
	StoreStatement *insert;

	if (doubt == NULL || *doubt == '\0')
		return true;
	insert = store_statement(self->store, "office/ingest/insert_doubt");
	bind_till(insert, self);
	store_bind_int(insert, 3, entry->number);
	store_bind_int(insert, 4, ingest_wall_day(self, entry->at));
	store_bind_int(insert, 5, entry->shift);
	bind_if_number(insert, 6, json_object_get(body, "seq"));
	store_bind_int(insert, 7, entry->cashier);
	bind_if_number(insert, 8, json_object_get(body, "amount"));
	store_bind_text(insert, 9, doubt);
	store_bind_int(insert, 10, json_integer_value(json_object_get(fiscal, "document")));
	store_bind_text(insert, 11, id != NULL ? id : "");
	return store_run(insert, error);
}

/* --- counted ------------------------------------------------------------------------------- */

/* In the order of insert_registrar. */
static const char *const counters[] = {
	"sales", "returns", "cash", "card", "n_sales", "n_returns"
};

bool ingest_registrar_check(const json_t *totals, GError **error)
{
	int64_t value;

	for (size_t i = 0; totals != NULL && i < G_N_ELEMENTS(counters); i++)
		if (!ingest_get_int(totals, counters[i], &value, error))
			return false;
	return true;
}

bool ingest_registrar(Ingest *self, const JournalEntry *entry, const json_t *totals, GError **error)
{
	StoreStatement *insert;

	if (totals == NULL)
		return true;
	insert = store_statement(self->store, "office/ingest/insert_registrar");
	bind_till(insert, self);
	store_bind_int(insert, 3, entry->shift);
	for (size_t i = 0; i < G_N_ELEMENTS(counters); i++) {
		int64_t value = json_integer_value(json_object_get(totals, counters[i]));
		bool is_count = g_str_has_prefix(counters[i], "n_");

		if (!is_count || value >= 0) /* −1: it does not say */
			store_bind_int(insert, 4 + (int)i, value);
	}
	return store_run(insert, error);
}
