/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/till_private.h"

/* --- saving -------------------------------------------------------------------------------- */

/* An amount that exceeds what is left of the lines counts as far as they go, and comes back so. */
static Discount counted_discount(const Receipt *receipt)
{
	Discount ret = receipt_get_discount(receipt);
	int64_t left = 0;

	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		left += line->gross.minor - line->own_discount.minor;
	}
	if (ret.kind == DISCOUNT_AMOUNT && ret.value > left)
		ret.value = left;
	return ret;
}

/* What came with schema/till/0003-day.sql, and the card. */
static void bind_day(StoreStatement *statement, const Receipt *receipt)
{
	g_autoptr(GString) body = NULL;
	Rounding how;

	store_bind_int(statement, 9, receipt_get_cash_rounding(receipt, &how));
	store_bind_int(statement, 10, how);
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		store_bind_text(statement, 11 + (int)kind, receipt_get_customer(receipt, kind));
	if (*receipt_get_origin(receipt) == '\0') {
		store_bind_null(statement, 11 + CUSTOMER_N);
		return;
	}
	body = g_string_new(NULL);
	receipt_write(receipt, NULL, body);
	store_bind_text(statement, 11 + CUSTOMER_N, body->str);
}

static bool put_head(TillDb *self, const TillSave *save, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/receipt/put_open");
	Discount discount = counted_discount(save->receipt);

	g_clear_pointer(&self->paid, receipt_free);
	store_bind_int(statement, 1, receipt_get_kind(save->receipt));
	store_bind_int(statement, 2, receipt_get_currency(save->receipt));
	store_bind_int(statement, 3, receipt_get_tax_rounding(save->receipt));
	store_bind_int(statement, 4, discount.kind);
	store_bind_int(statement, 5, discount.value);
	store_bind_int(statement, 6, receipt_get_totals(save->receipt)->total.minor);
	store_bind_int(statement, 7, save->cashier);
	if (save->card_asked)
		store_bind_int(statement, 8, save->card_amount.minor);
	else
		store_bind_null(statement, 8);
	bind_day(statement, save->receipt);
	return store_run(statement, error);
}

static void bind_tax(StoreStatement *statement, int index, const TaxGroup *group)
{
	g_autoptr(GString) text = g_string_new(NULL);

	tax_group_write(group, NULL, text);
	store_bind_text(statement, index, text->str);
}

static bool put_line(TillDb *self, const ReceiptLine *line, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/receipt/put_line");

	store_bind_int(statement, 1, line->number);
	store_bind_int(statement, 2, line->voided);
	store_bind_int(statement, 3, line->item_id);
	store_bind_text(statement, 4, line->code);
	store_bind_text(statement, 5, line->name);
	store_bind_int(statement, 6, line->unit);
	store_bind_int(statement, 7, line->quantity.micro);
	store_bind_int(statement, 8, line->price.minor);
	store_bind_int(statement, 9, line->own.kind);
	store_bind_int(statement, 10, line->own.value);
	bind_tax(statement, 11, &line->tax);
	store_bind_text(statement, 12, line->mark);
	store_bind_int(statement, 13, line->priced_at);
	store_bind_int(statement, 14, line->price_kind);
	store_bind_text(statement, 15, line->batch);
	store_bind_text(statement, 16, line->serial);
	store_bind_int(statement, 17, line->expiry);
	store_bind_text(statement, 18, line->classification);
	return store_run(statement, error);
}

/* One line, or all of them. */
static bool put_changed(TillDb *self, const TillSave *save, GError **error)
{
	int n = receipt_get_n_lines(save->receipt);

	for (int i = 0; save->all_lines && i < n; i++)
		if (!put_line(self, receipt_get_line(save->receipt, i), error))
			return false;
	return save->all_lines || save->line == 0 ||
	       put_line(self, receipt_get_line(save->receipt, save->line - 1), error);
}

static bool put_payments(TillDb *self, const Receipt *receipt, GError **error)
{
	if (!store_run(store_statement(self->store, "till/receipt/clear_payments"), error))
		return false;
	for (int i = 0; i < receipt_get_n_payments(receipt); i++) {
		const ReceiptPayment *payment = receipt_get_payment(receipt, i);
		StoreStatement *statement =
			store_statement(self->store, "till/receipt/put_payment");

		store_bind_int(statement, 1, i + 1);
		store_bind_text(statement, 2, tender_code(payment->kind));
		store_bind_int(statement, 3, payment->amount.minor);
		store_bind_text(statement, 4, payment->reference);
		if (!store_run(statement, error))
			return false;
	}
	return true;
}

static bool put_note(TillDb *self, const TillSave *save, GError **error)
{
	return save->note == NULL ||
	       till_journal_add(self, save->note->kind, save->cashier, self->ends.shift.number,
				save->note->details, NULL, error);
}

bool till_receipt_check_free(TillDb *self, GError **error)
{
	int64_t frozen;

	if (!till_get_number(self, "till/fiscal/receipt_is_frozen", &frozen, error))
		return false;
	if (frozen != 0)
		g_set_error(error, TILL_ERROR, TILL_ERROR_IN_DOCUMENT,
			    "a fiscal document of this receipt is not settled");
	return frozen == 0;
}

bool till_db_save_receipt(TillDb *self, const TillSave *save, GError **error)
{
	const Receipt *paid;
	bool ok;

	g_return_val_if_fail(save->receipt != NULL, false);
	g_return_val_if_fail(save->line >= 0 && save->line <= receipt_get_n_lines(save->receipt),
			     false);

	ok = till_begin(self, error) && till_receipt_check_free(self, error) &&
	     put_head(self, save, error) && put_changed(self, save, error) &&
	     put_payments(self, save->receipt, error) && put_note(self, save, error) &&
	     (!receipt_is_paid(save->receipt) || till_receipt_get_paid(self, &paid, error));
	return till_end(self, ok, error);
}

#define BODY (10 + CUSTOMER_N) /* column of get_open */

/* --- loading ------------------------------------------------------------------------------- */

static bool bad_data(const char *what, GError **error)
{
	g_set_error(error, TILL_ERROR, TILL_ERROR_DATA, "the open receipt does not add up: %s",
		    what);
	return false;
}

/* Lines of a receipt are mostly of the same tax group: it is parsed when it changes. */
typedef struct {
	Receipt *receipt; /* borrowed */
	char *tax_text; /* owned */
	TaxGroup tax;
} Reading;

static bool read_tax(StoreStatement *row, int column, Reading *reading)
{
	const char *text = store_get_text(row, column);
	json_t *json;
	bool ok;

	if (g_strcmp0(text, reading->tax_text) == 0)
		return true;
	json = json_loads(text, 0, NULL);
	ok = tax_group_from_json(json, &reading->tax);
	json_decref(json);
	g_free(reading->tax_text);
	reading->tax_text = ok ? g_strdup(text) : NULL;
	return ok;
}

static bool read_line(StoreStatement *row, Reading *reading, GError **error)
{
	Receipt *receipt = reading->receipt;
	ReceiptGoods goods = { .item_id = store_get_int(row, 1),
			       .code = store_get_text(row, 2),
			       .name = store_get_text(row, 3),
			       .unit = (Unit)store_get_int(row, 4),
			       .price = { store_get_int(row, 6), receipt_get_currency(receipt) },
			       .tax = &reading->tax,
			       .mark = store_get_text(row, 10),
			       .priced_at = store_get_int(row, 11),
			       .price_kind = store_get_int(row, 12),
			       .batch = store_get_text(row, 13),
			       .serial = store_get_text(row, 14),
			       .expiry = (int32_t)store_get_int(row, 15),
			       .classification = store_get_text(row, 16) };
	Quantity quantity = { store_get_int(row, 5) };
	Discount own = { (DiscountKind)store_get_int(row, 7), store_get_int(row, 8) };
	int number;

	if (!read_tax(row, 9, reading))
		return bad_data("a tax group", error);
	if (!receipt_add(receipt, &goods, quantity, &number, error))
		return false;
	if (own.kind != DISCOUNT_NONE && !receipt_discount_line(receipt, number, own, error))
		return false;
	return store_get_int(row, 0) == 0 || receipt_void_line(receipt, number, error);
}

static bool read_payment(StoreStatement *row, Reading *reading, GError **error)
{
	Money amount = { store_get_int(row, 1), receipt_get_currency(reading->receipt) };
	TenderKind kind;

	if (!tender_parse(store_get_text(row, 0), &kind))
		return bad_data("a tender", error);
	return receipt_pay(reading->receipt, kind, amount, store_get_text(row, 2), error);
}

static bool read_rows(TillDb *self, const char *name,
		      bool (*read)(StoreStatement *, Reading *, GError **), Receipt *receipt,
		      GError **error)
{
	StoreStatement *rows = store_statement(self->store, name);
	Reading reading = { .receipt = receipt };
	StoreStep step;
	bool ok = true;

	while (ok && (step = store_step(rows, error)) == STORE_ROW)
		ok = read(rows, &reading, error);
	store_reset(rows);
	g_free(reading.tax_text);
	return ok && step == STORE_DONE;
}

static bool load_parts(TillDb *self, Receipt *receipt, Discount discount, int64_t total,
		       GError **error)
{
	if (!read_rows(self, "till/receipt/get_lines", read_line, receipt, error) ||
	    (discount.kind != DISCOUNT_NONE && !receipt_discount(receipt, discount, error)) ||
	    !read_rows(self, "till/receipt/get_payments", read_payment, receipt, error))
		return false;
	return receipt_get_totals(receipt)->total.minor == total || bad_data("its total", error);
}

static Receipt *read_whole(StoreStatement *row, GError **error)
{
	json_auto_t *body = json_loads(store_get_text(row, BODY), 0, NULL);
	g_autoptr(Receipt) receipt = receipt_from_json(body, error);

	if (receipt == NULL || receipt_get_totals(receipt)->total.minor == store_get_int(row, 5))
		return g_steal_pointer(&receipt);
	bad_data("its total", error);
	return NULL;
}

/* With its head alone, or a return by receipt as a whole. */
static Receipt *new_receipt(StoreStatement *row, GError **error)
{
	g_autoptr(Receipt) receipt = NULL;

	if (!store_is_null(row, BODY))
		return read_whole(row, error);
	receipt = receipt_new((ReceiptKind)store_get_int(row, 0), (uint16_t)store_get_int(row, 1),
			      (TaxRounding)store_get_int(row, 2));
	receipt_set_cash_rounding(receipt, store_get_int(row, 8), (Rounding)store_get_int(row, 9));
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		if (!receipt_set_customer(receipt, kind, store_get_text(row, 10 + (int)kind),
					  error))
			return NULL;
	return g_steal_pointer(&receipt);
}

bool till_receipt_load(TillDb *self, TillOpen *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "till/receipt/get_open");
	g_autoptr(Receipt) receipt = NULL;
	TillOpen open = { 0 };
	Discount discount;
	bool is_whole;
	int64_t total;
	StoreStep step = store_step(row, error);

	*ret = open;
	if (step != STORE_ROW)
		return step == STORE_DONE;
	receipt = new_receipt(row, error);
	discount = (Discount){ (DiscountKind)store_get_int(row, 3), store_get_int(row, 4) };
	total = store_get_int(row, 5);
	open.cashier = store_get_int(row, 6);
	open.card_asked = !store_is_null(row, 7);
	open.card_amount = (Money){ store_get_int(row, 7), (uint16_t)store_get_int(row, 1) };
	is_whole = !store_is_null(row, BODY);
	store_reset(row);
	if (receipt == NULL || (!is_whole && !load_parts(self, receipt, discount, total, error)))
		return false;
	open.receipt = g_steal_pointer(&receipt);
	*ret = open;
	return true;
}

bool till_receipt_get_paid(TillDb *self, const Receipt **ret, GError **error)
{
	g_auto(TillOpen) open = { 0 };

	if (self->paid == NULL) {
		if (!till_receipt_load(self, &open, error))
			return false;
		if (open.receipt != NULL && receipt_is_paid(open.receipt))
			self->paid = g_steal_pointer(&open.receipt);
	}
	*ret = self->paid;
	return true;
}

bool till_db_load_receipt(TillDb *self, TillOpen *ret, GError **error)
{
	bool ok = till_begin(self, error) && till_receipt_load(self, ret, error);

	return till_end(self, ok, error);
}

void till_open_clear(TillOpen *self)
{
	g_clear_pointer(&self->receipt, receipt_free);
}

/* --- clearing ------------------------------------------------------------------------------ */

bool till_receipt_clear(TillDb *self, GError **error)
{
	g_clear_pointer(&self->paid, receipt_free);
	return store_run(store_statement(self->store, "till/receipt/clear_open"), error) &&
	       store_run(store_statement(self->store, "till/receipt/clear_lines"), error) &&
	       store_run(store_statement(self->store, "till/receipt/clear_payments"), error);
}

bool till_receipt_put_whole(TillDb *self, const Receipt *receipt, int64_t cashier, GError **error)
{
	TillSave save = { .receipt = receipt, .all_lines = true, .cashier = cashier };

	return put_head(self, &save, error) && put_changed(self, &save, error);
}

bool till_receipt_note_void(TillDb *self, const Receipt *receipt, int64_t cashier, GError **error)
{
	TillShift shift = self->ends.shift;

	if (!till_journal_add(self, JOURNAL_RECEIPT_VOID, cashier, shift.number, NULL, receipt,
			      error))
		return false;
	if (!shift.open)
		return true;
	shift.totals.n_voided++;
	return till_shift_store(self, &shift, error);
}

static bool void_open(TillDb *self, int64_t cashier, GError **error)
{
	g_auto(TillOpen) open = { 0 };

	if (!till_receipt_check_free(self, error) || !till_receipt_load(self, &open, error))
		return false;
	if (open.receipt == NULL) {
		g_set_error(error, TILL_ERROR, TILL_ERROR_NO_RECEIPT, "no receipt is open");
		return false;
	}
	return till_receipt_note_void(self, open.receipt, cashier, error) &&
	       till_receipt_clear(self, error);
}

bool till_db_void_receipt(TillDb *self, int64_t cashier, GError **error)
{
	bool ok = till_begin(self, error) && void_open(self, cashier, error);

	return till_end(self, ok, error);
}
