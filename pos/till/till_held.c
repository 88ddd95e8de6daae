/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/till_private.h"

/* Receipts put aside: whole, as JSON, until somebody takes one up again. */

static bool refuse(TillError code, const char *why, GError **error)
{
	g_set_error(error, TILL_ERROR, (int)code, "%s", why);
	return false;
}

static bool note(TillDb *self, JournalKind kind, int64_t id, Money total, int64_t cashier,
		 GError **error)
{
	json_auto_t *details =
		json_pack("{s:I, s:I}", "held", (json_int_t)id, "total", (json_int_t)total.minor);

	return till_journal_add(self, kind, cashier, self->ends.shift.number, details, NULL, error);
}

static bool put(TillDb *self, int64_t id, int64_t cashier, const Receipt *receipt, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/held/put");
	g_autoptr(GString) body = g_string_new(NULL);

	receipt_write(receipt, NULL, body);
	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, g_get_real_time());
	store_bind_int(statement, 3, cashier);
	store_bind_int(statement, 4, receipt_get_totals(receipt)->total.minor);
	store_bind_int(statement, 5, receipt_get_totals(receipt)->n_goods);
	store_bind_text(statement, 6, body->str);
	return store_run(statement, error);
}

static bool hold(TillDb *self, int64_t cashier, int64_t *ret_id, GError **error)
{
	g_auto(TillOpen) open = { 0 };

	if (!till_receipt_check_free(self, error) || !till_receipt_load(self, &open, error))
		return false;
	if (open.receipt == NULL || receipt_get_totals(open.receipt)->n_goods == 0)
		return refuse(TILL_ERROR_NO_RECEIPT, "nothing to put aside", error);
	if (receipt_get_n_payments(open.receipt) > 0 || open.card_asked)
		return refuse(TILL_ERROR_IN_DOCUMENT, "its payment has begun", error);
	return till_get_number(self, "till/held/next_id", ret_id, error) &&
	       put(self, *ret_id, cashier, open.receipt, error) &&
	       note(self, JOURNAL_HOLD, *ret_id, receipt_get_totals(open.receipt)->total, cashier,
		    error) &&
	       till_receipt_clear(self, error);
}

bool till_db_hold(TillDb *self, int64_t cashier, int64_t *ret_id, GError **error)
{
	bool ok = till_begin(self, error) && hold(self, cashier, ret_id, error);

	return till_end(self, ok, error);
}

static Receipt *load(TillDb *self, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(self->store, "till/held/get");
	json_auto_t *body = NULL;
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	if (step == STORE_DONE)
		refuse(TILL_ERROR_NO_RECEIPT, "no receipt is put aside under this number", error);
	if (step != STORE_ROW)
		return NULL;
	body = json_loads(store_get_text(row, 0), 0, NULL);
	store_reset(row);
	return receipt_from_json(body, error);
}

static bool check_nothing_open(TillDb *self, GError **error)
{
	g_auto(TillOpen) open = { 0 };

	if (!till_receipt_check_free(self, error) || !till_receipt_load(self, &open, error))
		return false;
	if (open.receipt != NULL && receipt_get_totals(open.receipt)->n_goods > 0)
		return refuse(TILL_ERROR_RECEIPT_OPEN, "a receipt is open", error);
	return till_receipt_clear(self, error);
}

static bool recall(TillDb *self, int64_t id, int64_t cashier, GError **error)
{
	g_autoptr(Receipt) receipt = load(self, id, error);

	return receipt != NULL && check_nothing_open(self, error) &&
	       till_receipt_put_whole(self, receipt, cashier, error) &&
	       till_run_with(self, "till/held/remove", id, error) &&
	       note(self, JOURNAL_RECALL, id, receipt_get_totals(receipt)->total, cashier, error);
}

bool till_db_recall(TillDb *self, int64_t id, int64_t cashier, GError **error)
{
	bool ok = till_begin(self, error) && recall(self, id, cashier, error);

	return till_end(self, ok, error);
}

static bool void_held(TillDb *self, int64_t id, int64_t cashier, GError **error)
{
	g_autoptr(Receipt) receipt = load(self, id, error);

	return receipt != NULL && till_receipt_note_void(self, receipt, cashier, error) &&
	       till_run_with(self, "till/held/remove", id, error);
}

bool till_db_void_held(TillDb *self, int64_t id, int64_t cashier, GError **error)
{
	bool ok = till_begin(self, error) && void_held(self, id, cashier, error);

	return till_end(self, ok, error);
}

bool till_db_list_held(TillDb *self, uint16_t currency, GArray **ret, GError **error)
{
	g_autoptr(GArray) list = g_array_new(FALSE, TRUE, sizeof(TillHeld));
	StoreStatement *rows;
	StoreStep step;

	g_mutex_lock(&self->lock);
	rows = store_statement(self->store, "till/held/list");
	while ((step = store_step(rows, error)) == STORE_ROW) {
		TillHeld held = { .id = store_get_int(rows, 0),
				  .at = store_get_int(rows, 1),
				  .cashier = store_get_int(rows, 2),
				  .total = { store_get_int(rows, 3), currency },
				  .n_goods = (int)store_get_int(rows, 4) };

		g_array_append_val(list, held);
	}
	g_mutex_unlock(&self->lock);
	if (step == STORE_DONE)
		*ret = g_steal_pointer(&list);
	return step == STORE_DONE;
}
