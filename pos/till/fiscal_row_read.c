/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/fiscal_row_read.h"

#include "core/json_values.h"
#include "pos/till/fiscal_proof.h"

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
	g_clear_pointer(&self->plan, g_free);
}

/* --- what is kept as JSON ------------------------------------------------------------------ */

static char *dup_canonical(json_t *json) /* takes it */
{
	char *ret = journal_canonical(json);

	json_decref(json);
	return ret;
}

char *fiscal_row_dup_before(const FiscalStatus *status)
{
	json_t *json = json_pack(
		"{s:s, s:b, s:b, s:I, s:I, s:I, s:I, s:I}", "serial", status->serial, "shift_open",
		status->shift_open, "document_open", status->document_open, "document",
		(json_int_t)status->last_document, "shift", (json_int_t)status->shift_number,
		"receipt", (json_int_t)status->receipt_number, "cash",
		(json_int_t)status->cash.minor, "lotteries", (json_int_t)status->lotteries);

	if (status->totals.known)
		json_object_set_new(json, "totals", fiscal_totals_to_json(&status->totals));
	return dup_canonical(json);
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
	const json_t *totals = json_object_get(json, "totals");
	int64_t lotteries = -1;

	ret->cash.currency = ret->open_total.currency = currency;
	/* Rows of before 2026-12 have none. */
	if (json_object_get(json, "lotteries") != NULL &&
	    !json_read_int(json, "lotteries", INT32_MIN, INT32_MAX, &lotteries))
		return false;
	ret->lotteries = (int)lotteries;
	if (totals != NULL && !fiscal_totals_from_json(totals, currency, &ret->totals))
		return false;
	return read_text(json, "serial", ret->serial, sizeof ret->serial) &&
	       json_read_bool(json, "shift_open", &ret->shift_open) &&
	       json_read_bool(json, "document_open", &ret->document_open) &&
	       read_uint(json, "document", &ret->last_document) &&
	       read_uint(json, "shift", &ret->shift_number) &&
	       read_uint(json, "receipt", &ret->receipt_number) &&
	       json_read_int(json, "cash", INT64_MIN, INT64_MAX, &ret->cash.minor);
}

char *fiscal_row_dup_proof(const FiscalProof *proof)
{
	return dup_canonical(fiscal_proof_to_json(proof));
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
		  (proof == NULL || fiscal_proof_from_json(proof, currency, &ret->proof));

	json_decref(before);
	json_decref(proof);
	return ok;
}

static void copy_column(StoreStatement *row, int column, char *ret, size_t size)
{
	if (!store_is_null(row, column))
		g_strlcpy(ret, store_get_text(row, column), size);
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
				      .counted = { store_get_int(row, 11), currency },
				      .late = store_get_int(row, 19),
				      .internal = store_get_int(row, 21) != 0 };
	copy_column(row, 20, ret->request.reason, sizeof ret->request.reason);
	copy_column(row, 22, ret->request.paper, sizeof ret->request.paper);
	ret->plan = g_strdup(store_get_text(row, 18));
	ret->intent = (FiscalIntent){ .kind = ret->request.kind,
				      .total = ret->total,
				      .at = store_get_int(row, 13),
				      .id = ret->id };
	ret->fault = g_strdup(store_get_text(row, 15));
	ret->done = (TillDone){ .seq = store_get_int(row, 16),
				.total = ret->total,
				.change = { store_get_int(row, 17), currency } };
	if (!parse_state(store_get_text(row, 3), &ret->state) || !read_json_columns(row, ret)) {
		g_set_error(error, TILL_ERROR, TILL_ERROR_DATA,
			    "fiscal row %" G_GINT64_FORMAT " is damaged", ret->id);
		return false;
	}
	return true;
}

bool fiscal_row_read(StoreStatement *row, FiscalRow *ret, GError **error)
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
