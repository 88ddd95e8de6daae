/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/fiscal_rows.h"

#include "core/json_values.h"
#include "pos/till/till_private.h"

static const char *const state_codes[] = {
	[FISCAL_ROW_NEW] = "new",
	[FISCAL_ROW_PLANNED] = "planned",
	[FISCAL_ROW_INTENT] = "intent",
	[FISCAL_ROW_LINES] = "lines",
	[FISCAL_ROW_COMMITTING] = "committing",
	[FISCAL_ROW_MADE] = "made",
	[FISCAL_ROW_DONE] = "done",
	[FISCAL_ROW_NOT_MADE] = "not-made",
	[FISCAL_ROW_FOREIGN] = "foreign",
	[FISCAL_ROW_BLOCKED] = "blocked",
};

const char *fiscal_row_state_code(FiscalRowState state)
{
	g_return_val_if_fail(state < FISCAL_ROW_N, NULL);
	return state_codes[state];
}

void fiscal_row_clear(FiscalRow *self)
{
	g_clear_pointer(&self->cashier_name, g_free);
	g_clear_pointer(&self->fault, g_free);
}

/* --- what is kept as JSON ------------------------------------------------------------------ */

static char *dup_canonical(json_t *json) /* takes it */
{
	char *ret = journal_canonical(json);

	json_decref(json);
	return ret;
}

static char *dup_before(const FiscalStatus *status)
{
	return dup_canonical(json_pack(
		"{s:s, s:b, s:b, s:I, s:I, s:I, s:I}", "serial", status->serial, "shift_open",
		status->shift_open, "document_open", status->document_open, "document",
		(json_int_t)status->last_document, "shift", (json_int_t)status->shift_number,
		"receipt", (json_int_t)status->receipt_number, "cash",
		(json_int_t)status->cash.minor));
}

static bool read_uint(const json_t *json, const char *key, uint32_t *ret)
{
	int64_t value;

	if (!json_read_int(json, key, 0, UINT32_MAX, &value))
		return false;
	*ret = (uint32_t)value;
	return true;
}

static bool read_text(const json_t *json, const char *key, char *ret, size_t size)
{
	const char *text = json_read_text(json, key);

	return text != NULL && g_strlcpy(ret, text, size) < size;
}

static bool read_before(const json_t *json, uint16_t currency, FiscalStatus *ret)
{
	ret->cash.currency = ret->open_total.currency = currency;
	return read_text(json, "serial", ret->serial, sizeof ret->serial) &&
	       json_read_bool(json, "shift_open", &ret->shift_open) &&
	       json_read_bool(json, "document_open", &ret->document_open) &&
	       read_uint(json, "document", &ret->last_document) &&
	       read_uint(json, "shift", &ret->shift_number) &&
	       read_uint(json, "receipt", &ret->receipt_number) &&
	       json_read_int(json, "cash", INT64_MIN, INT64_MAX, &ret->cash.minor);
}

static char *dup_proof(const FiscalProof *proof)
{
	return dup_canonical(json_pack(
		"{s:I, s:I, s:I, s:s, s:s, s:s, s:I}", "document",
		(json_int_t)proof->document_number, "shift", (json_int_t)proof->shift_number,
		"receipt", (json_int_t)proof->receipt_number, "sign", proof->sign, "serial",
		proof->serial, "at", proof->at, "change", (json_int_t)proof->change.minor));
}

static bool read_proof(const json_t *json, uint16_t currency, FiscalProof *ret)
{
	ret->change.currency = currency;
	return read_uint(json, "document", &ret->document_number) &&
	       read_uint(json, "shift", &ret->shift_number) &&
	       read_uint(json, "receipt", &ret->receipt_number) &&
	       read_text(json, "sign", ret->sign, sizeof ret->sign) &&
	       read_text(json, "serial", ret->serial, sizeof ret->serial) &&
	       read_text(json, "at", ret->at, sizeof ret->at) &&
	       json_read_int(json, "change", INT64_MIN, INT64_MAX, &ret->change.minor);
}

/* --- reading ------------------------------------------------------------------------------- */

static bool parse_state(const char *code, FiscalRowState *ret)
{
	for (FiscalRowState state = 0; state < FISCAL_ROW_N; state++) {
		if (g_str_equal(code, state_codes[state])) {
			*ret = state;
			return true;
		}
	}
	return false;
}

static json_t *column_to_json(StoreStatement *row, int column)
{
	return store_is_null(row, column) ? NULL : json_loads(store_get_text(row, column), 0, NULL);
}

static bool read_json_columns(StoreStatement *row, FiscalRow *ret)
{
	json_t *before = column_to_json(row, 12), *proof = column_to_json(row, 14);
	uint16_t currency = ret->total.currency;
	bool ok = (before == NULL || read_before(before, currency, &ret->intent.before)) &&
		  (proof == NULL || read_proof(proof, currency, &ret->proof));

	json_decref(before);
	json_decref(proof);
	return ok;
}

static bool read_row(StoreStatement *row, FiscalRow *ret, GError **error)
{
	uint16_t currency = (uint16_t)store_get_int(row, 8);

	ret->id = store_get_int(row, 0);
	g_strlcpy(ret->sale_id, store_get_text(row, 1), sizeof ret->sale_id);
	ret->attempt = (int)store_get_int(row, 2);
	ret->step = (int)store_get_int(row, 4);
	ret->cashier_name = g_strdup(store_get_text(row, 7));
	ret->total = (Money){ store_get_int(row, 9), currency };
	ret->request = (TillRequest){ .kind = (FiscalKind)store_get_int(row, 5),
				      .cashier = store_get_int(row, 6),
				      .amount = ret->total,
				      .day = (int32_t)store_get_int(row, 10),
				      .has_counted = !store_is_null(row, 11),
				      .counted = { store_get_int(row, 11), currency } };
	ret->intent = (FiscalIntent){ .kind = ret->request.kind,
				      .total = ret->total,
				      .at = store_get_int(row, 13) };
	ret->fault = g_strdup(store_get_text(row, 15));
	if (!parse_state(store_get_text(row, 3), &ret->state) || !read_json_columns(row, ret)) {
		g_set_error(error, TILL_ERROR, TILL_ERROR_DATA,
			    "fiscal row %" G_GINT64_FORMAT " is damaged", ret->id);
		return false;
	}
	return true;
}

static bool read_one(StoreStatement *row, FiscalRow *ret, GError **error)
{
	StoreStep step = store_step(row, error);
	bool ok;

	*ret = (FiscalRow){ 0 };
	if (step != STORE_ROW)
		return step == STORE_DONE;
	ok = read_row(row, ret, error);
	store_reset(row);
	if (!ok)
		fiscal_row_clear(ret);
	return ok;
}

static bool load_row(TillDb *db, int64_t id, FiscalRow *ret, GError **error)
{
	StoreStatement *row = store_statement(db->store, "till/fiscal/get");

	store_bind_int(row, 1, id);
	return read_one(row, ret, error);
}

bool fiscal_row_find_unfinished(TillDb *db, FiscalRow *ret, GError **error)
{
	bool ok = till_begin(db, error) &&
		  read_one(store_statement(db->store, "till/fiscal/unfinished"), ret, error);

	return till_end(db, ok, error);
}

bool fiscal_row_get(TillDb *db, int64_t id, FiscalRow *ret, GError **error)
{
	bool ok = till_begin(db, error) && load_row(db, id, ret, error);

	return till_end(db, ok, error);
}

bool fiscal_row_proof_is_used(TillDb *db, const char *serial, uint32_t number, bool *ret,
			      GError **error)
{
	StoreStatement *row;
	StoreStep step;

	g_mutex_lock(&db->lock);
	row = store_statement(db->store, "till/fiscal/proof_is_used");
	store_bind_text(row, 1, serial);
	store_bind_int(row, 2, number);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		*ret = store_get_int(row, 0) != 0;
		store_reset(row);
	}
	g_mutex_unlock(&db->lock);
	return step == STORE_ROW;
}

/* --- writing ------------------------------------------------------------------------------- */

/* Each is one transaction. What has happened must be recorded: a full disk gives up its reserve. */
typedef bool (*Change)(TillDb *db, void *data, GError **error);

static bool transact(TillDb *db, Change change, void *data, GError **error)
{
	GError *local = NULL;

	for (;;) {
		bool ok = till_begin(db, &local) && change(db, data, &local);

		if (till_end(db, ok, &local))
			return true;
		if (!till_use_reserve(db, &local)) {
			g_propagate_error(error, local);
			return false;
		}
	}
}

/* Runs an UPDATE that names the states it may leave: one that changes nothing is refused. */
static bool run_change(TillDb *db, StoreStatement *statement, GError **error)
{
	if (!store_run(statement, error))
		return false;
	if (store_changes(db->store) == 1)
		return true;
	g_set_error(error, TILL_ERROR, TILL_ERROR_DATA,
		    "the fiscal row is in a state that this does not follow");
	return false;
}

struct create {
	const TillRequest *request;
	const char *cashier_name;
	int64_t previous;
	FiscalRow *ret;
};

static bool name_sale(TillDb *db, int64_t id, int64_t previous, FiscalRow *ret, GError **error)
{
	g_auto(FiscalRow) before = { 0 };

	if (previous == 0) {
		g_snprintf(ret->sale_id, sizeof ret->sale_id,
			   "T%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, db->till,
			   db->ends.seq + 1, id);
		ret->attempt = 1;
		return true;
	}
	if (!load_row(db, previous, &before, error))
		return false;
	g_assert(before.state == FISCAL_ROW_NOT_MADE);
	g_strlcpy(ret->sale_id, before.sale_id, sizeof ret->sale_id);
	ret->attempt = before.attempt + 1;
	return true;
}

static bool insert_row(TillDb *db, int64_t id, const struct create *create, Money total,
		       const FiscalRow *row, GError **error)
{
	StoreStatement *statement = store_statement(db->store, "till/fiscal/insert");
	const TillRequest *request = create->request;

	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, row->sale_id);
	store_bind_int(statement, 3, row->attempt);
	if (create->previous != 0)
		store_bind_int(statement, 4, create->previous);
	else
		store_bind_null(statement, 4);
	store_bind_int(statement, 5, request->kind);
	store_bind_int(statement, 6, request->cashier);
	store_bind_text(statement, 7, create->cashier_name);
	store_bind_int(statement, 8, total.currency);
	store_bind_int(statement, 9, total.minor);
	store_bind_int(statement, 10, request->day);
	if (request->has_counted)
		store_bind_int(statement, 11, request->counted.minor);
	else
		store_bind_null(statement, 11);
	store_bind_int(statement, 12, g_get_real_time());
	return store_run(statement, error);
}

static bool create_row(TillDb *db, void *data, GError **error)
{
	struct create *create = data;
	FiscalRow row = { 0 };
	Money total;
	int64_t id;

	if (!till_deed_check(db, create->request, true, &total, error) ||
	    !till_get_number(db, "till/fiscal/last_id", &id, error))
		return false;
	id++;
	return name_sale(db, id, create->previous, &row, error) &&
	       insert_row(db, id, create, total, &row, error) &&
	       load_row(db, id, create->ret, error);
}

bool fiscal_row_create(TillDb *db, const TillRequest *request, const char *cashier_name,
		       int64_t previous, FiscalRow *ret, GError **error)
{
	struct create create = { request, cashier_name, previous, ret };

	return transact(db, create_row, &create, error);
}

struct change {
	int64_t id;
	const char *statement;
	const char *text;
	bool has_number;
	int64_t number;
};

static bool change_row(TillDb *db, void *data, GError **error)
{
	const struct change *change = data;
	StoreStatement *statement = store_statement(db->store, change->statement);
	int index = 1;

	store_bind_int(statement, index++, change->id);
	if (change->text != NULL)
		store_bind_text(statement, index++, change->text);
	if (change->has_number)
		store_bind_int(statement, index++, change->number);
	return run_change(db, statement, error);
}

bool fiscal_row_set_planned(TillDb *db, int64_t id, const char *plan, GError **error)
{
	struct change change = { id, "till/fiscal/set_planned", plan, false, 0 };

	return transact(db, change_row, &change, error);
}

bool fiscal_row_set_intent(TillDb *db, int64_t id, const FiscalIntent *intent, GError **error)
{
	g_autofree char *before = dup_before(&intent->before);
	struct change change = { id, "till/fiscal/set_intent", before, true, intent->at };

	return transact(db, change_row, &change, error);
}

bool fiscal_row_set_lines(TillDb *db, int64_t id, int step, GError **error)
{
	struct change change = { id, "till/fiscal/set_lines", NULL, true, step };

	return transact(db, change_row, &change, error);
}

bool fiscal_row_set_committing(TillDb *db, int64_t id, GError **error)
{
	struct change change = { id, "till/fiscal/set_committing", NULL, false, 0 };

	return transact(db, change_row, &change, error);
}

bool fiscal_row_set_done(TillDb *db, int64_t id, GError **error)
{
	struct change change = { id, "till/fiscal/set_done", NULL, false, 0 };

	return transact(db, change_row, &change, error);
}

struct made {
	const FiscalRow *row;
	const FiscalProof *proof;
	bool drawer;
	TillDone *ret;
};

static bool make(TillDb *db, void *data, GError **error)
{
	const struct made *made = data;
	StoreStatement *statement = store_statement(db->store, "till/fiscal/set_made");
	g_autofree char *proof = dup_proof(made->proof);

	store_bind_int(statement, 1, made->row->id);
	store_bind_text(statement, 2, made->proof->serial);
	store_bind_int(statement, 3, made->proof->document_number);
	store_bind_text(statement, 4, proof);
	store_bind_int(statement, 5, made->drawer);
	return run_change(db, statement, error) &&
	       till_deed_apply(db, &made->row->request, made->proof, made->ret, error);
}

bool fiscal_row_set_made(TillDb *db, const FiscalRow *row, const FiscalProof *proof, bool drawer,
			 TillDone *ret, GError **error)
{
	struct made made = { row, proof, drawer, ret };

	return transact(db, make, &made, error);
}

struct verdict {
	const FiscalRow *row;
	FiscalRowState state;
	const char *fault;
	int64_t cashier;
};

static bool note_verdict(TillDb *db, const struct verdict *verdict, GError **error)
{
	TillShift shift;
	json_t *details;
	bool ok;

	if (!till_shift_load(db, &shift, error))
		return false;
	details = json_pack("{s:s, s:s, s:i, s:s}", "step", state_codes[verdict->state], "sale",
			    verdict->row->sale_id, "attempt", verdict->row->attempt, "fault",
			    verdict->fault);
	ok = till_journal_add(db, JOURNAL_FISCAL, verdict->cashier, shift.number, details, error);
	json_decref(details);
	return ok;
}

static bool judge(TillDb *db, void *data, GError **error)
{
	const struct verdict *verdict = data;
	StoreStatement *statement = store_statement(db->store, "till/fiscal/set_verdict");

	store_bind_int(statement, 1, verdict->row->id);
	store_bind_text(statement, 2, state_codes[verdict->state]);
	store_bind_text(statement, 3, verdict->fault);
	return run_change(db, statement, error) &&
	       (verdict->state == FISCAL_ROW_BLOCKED || verdict->state == verdict->row->state ||
		note_verdict(db, verdict, error));
}

bool fiscal_row_set_verdict(TillDb *db, const FiscalRow *row, FiscalRowState state,
			    const char *fault, int64_t cashier, GError **error)
{
	struct verdict verdict = { row, state, fault, cashier };

	g_return_val_if_fail(state == FISCAL_ROW_NOT_MADE || state == FISCAL_ROW_FOREIGN ||
				     state == FISCAL_ROW_BLOCKED,
			     false);
	return transact(db, judge, &verdict, error);
}
