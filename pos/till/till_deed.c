/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/fiscal_proof.h"
#include "pos/till/till_private.h"

/* What closes a receipt, opens and closes a shift, and moves cash: once, whether a registrar makes
 * a document of it or not. */

static bool refuse(TillError code, const char *why, GError **error)
{
	g_set_error(error, TILL_ERROR, (int)code, "%s", why);
	return false;
}

void till_format_number(TillDb *self, int64_t seq, char ret[static 40])
{
	g_snprintf(ret, 40, "T%" G_GINT64_FORMAT "-%06" G_GINT64_FORMAT, self->till, seq);
}

char *till_db_dup_next_number(TillDb *self)
{
	char number[40];

	g_mutex_lock(&self->lock);
	till_format_number(self, self->committed.seq + 1, number);
	g_mutex_unlock(&self->lock);
	return g_strdup(number);
}

/* Adds the entry, with the proof in it. Takes @details; @receipt may be NULL. */
static bool note(TillDb *self, JournalKind kind, const TillRequest *request, int64_t shift,
		 json_t *details, const Receipt *receipt, const FiscalProof *proof, GError **error)
{
	bool ok;

	json_object_set_new(details, "fiscal", fiscal_proof_to_json(proof));
	ok = till_journal_add(self, kind, request->cashier, shift, details, receipt, error);
	json_decref(details);
	return ok;
}

/* --- receipts ------------------------------------------------------------------------------ */

static bool get_paid(TillDb *self, const TillRequest *request, const Receipt **ret, GError **error)
{
	ReceiptKind kind = request->kind == FISCAL_SALE ? RECEIPT_SALE : RECEIPT_RETURN;

	if (!till_receipt_get_paid(self, ret, error))
		return false;
	if (*ret == NULL || receipt_get_kind(*ret) != kind)
		return refuse(TILL_ERROR_NO_RECEIPT, "no paid receipt of this kind is open", error);
	return true;
}

static bool insert_receipt(TillDb *self, const TillDone *done, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/receipt/insert");

	store_bind_int(statement, 1, done->seq);
	store_bind_text(statement, 2, done->number);
	store_bind_int(statement, 3, self->ends.number);
	store_bind_int(statement, 4, done->shift);
	store_bind_int(statement, 5, done->total.minor);
	return store_run(statement, error);
}

static bool note_receipt(TillDb *self, const TillRequest *request, const TillShift *shift,
			 const Receipt *receipt, const TillDone *done, const FiscalProof *proof,
			 GError **error)
{
	json_t *details = json_pack("{s:s, s:I, s:i}", "number", done->number, "seq",
				    (json_int_t)done->seq, "day", (int)shift->day);

	if (*request->late_why != '\0')
		json_object_set_new(details, "late", json_string(request->late_why));
	return note(self, JOURNAL_RECEIPT, request, shift->number, details, receipt, proof, error);
}

static bool put_late(TillDb *self, const TillRequest *request, int64_t seq, GError **error)
{
	StoreStatement *statement;

	if (*request->late_why == '\0')
		return true;
	statement = store_statement(self->store, "till/sold/put_late");
	store_bind_int(statement, 1, seq);
	store_bind_text(statement, 2, request->late_why);
	return store_run(statement, error);
}

/* The receipt is closed; its registrar knows of it now. */
static bool tell_late(TillDb *self, const TillRequest *request, const FiscalProof *proof,
		      TillDone *ret, GError **error)
{
	json_t *details;

	ret->seq = request->late;
	till_format_number(self, ret->seq, ret->number);
	details = json_pack("{s:s, s:s, s:I, s:s}", "step", "late", "number", ret->number, "seq",
			    (json_int_t)ret->seq, "reason", request->reason);
	return note(self, JOURNAL_FISCAL, request, self->ends.shift.number, details, NULL, proof,
		    error) &&
	       till_run_with(self, "till/sold/remove_late", request->late, error);
}

/* The registrar alone has changed. */
static bool note_internal(TillDb *self, const TillRequest *request, const FiscalProof *proof,
			  GError **error)
{
	static const char *const steps[] = {
		[FISCAL_SHIFT_OPEN] = "shift-open",
		[FISCAL_SHIFT_CLOSE] = "shift-close",
		[FISCAL_CASH_IN] = "cash-in",
		[FISCAL_CASH_OUT] = "cash-out",
	};
	json_t *details = json_pack("{s:s, s:I}", "step", steps[request->kind], "amount",
				    (json_int_t)request->amount.minor);

	return note(self, JOURNAL_FISCAL, request, self->ends.shift.number, details, NULL, proof,
		    error);
}

static bool close_receipt(TillDb *self, const TillRequest *request, TillShift *shift,
			  const FiscalProof *proof, TillDone *ret, GError **error)
{
	const Receipt *receipt;
	const ReceiptTotals *totals;

	if (!get_paid(self, request, &receipt, error))
		return false;
	if (!shift_totals_add(&shift->totals, receipt))
		return refuse(TILL_ERROR_OVERFLOW, "the shift's totals would not fit", error);
	totals = receipt_get_totals(receipt);
	ret->seq = ++self->ends.seq;
	till_format_number(self, ret->seq, ret->number);
	ret->shift = shift->number;
	ret->total = totals->total;
	ret->change = totals->change;
	return note_receipt(self, request, shift, receipt, ret, proof, error) &&
	       insert_receipt(self, ret, error) &&
	       till_sold_put_returned(self, receipt, ret->seq, error) &&
	       put_late(self, request, ret->seq, error) &&
	       (*request->paper == '\0' || till_paper_add(self, ret->seq, request->paper, false,
							  request->paper_words, error)) &&
	       till_shift_store(self, shift, error) && till_receipt_clear(self, error);
}

/* --- shift and cash ------------------------------------------------------------------------ */

static bool open_shift(TillDb *self, const TillRequest *request, TillShift *shift,
		       const FiscalProof *proof, GError **error)
{
	json_t *details;

	if (!till_shift_open(self, request, error))
		return false;
	*shift = self->ends.shift;
	details = json_pack("{s:I, s:i}", "float", (json_int_t)request->amount.minor, "day",
			    (int)request->day);
	return note(self, JOURNAL_SHIFT_OPEN, request, shift->number, details, NULL, proof, error);
}

/* The registrar may have a shift of its own open, from before this till or its database. */
static bool note_orphan(TillDb *self, const TillRequest *request, const FiscalProof *proof,
			GError **error)
{
	return note(self, JOURNAL_FISCAL, request, 0, json_pack("{s:s}", "step", "shift-close"),
		    NULL, proof, error);
}

static bool close_shift(TillDb *self, const TillRequest *request, const TillShift *shift,
			const FiscalProof *proof, GError **error)
{
	json_t *details;

	if (!shift->open)
		return note_orphan(self, request, proof, error);
	details = json_pack(
		"{s:o, s:o, s:i}", "totals", shift_totals_to_json(&shift->totals), "counted",
		request->has_counted ? json_integer(request->counted.minor) : json_null(), "day",
		(int)shift->day);
	return note(self, JOURNAL_SHIFT_CLOSE, request, shift->number, details, NULL, proof,
		    error) &&
	       till_shift_close(self, error);
}

#define SETTING_SLIP "cash-slip"

/* Slips of cash in and out are numbered by the till, without a gap. */
static bool next_slip(TillDb *self, int64_t *ret, GError **error)
{
	g_autofree char *last = NULL, *text = NULL;

	if (!till_setting_load(self, SETTING_SLIP, &last, error))
		return false;
	*ret = 1 + (last != NULL ? g_ascii_strtoll(last, NULL, 10) : 0);
	text = g_strdup_printf("%" G_GINT64_FORMAT, *ret);
	return till_setting_store(self, SETTING_SLIP, text, error);
}

static bool move_cash(TillDb *self, const TillRequest *request, TillShift *shift,
		      const FiscalProof *proof, TillDone *ret, GError **error)
{
	bool in = request->kind == FISCAL_CASH_IN;
	Money *sum = in ? &shift->totals.cash_in : &shift->totals.cash_out;

	if (!money_add(*sum, request->amount, sum))
		return refuse(TILL_ERROR_OVERFLOW, "the shift's totals would not fit", error);
	return next_slip(self, &ret->slip, error) &&
	       note(self, in ? JOURNAL_CASH_IN : JOURNAL_CASH_OUT, request, shift->number,
		    json_pack("{s:I, s:I}", "amount", (json_int_t)request->amount.minor, "slip",
			      (json_int_t)ret->slip),
		    NULL, proof, error) &&
	       till_shift_store(self, shift, error);
}

/* --- all of them --------------------------------------------------------------------------- */

static bool apply(TillDb *self, const TillRequest *request, TillShift *shift,
		  const FiscalProof *proof, TillDone *ret, GError **error)
{
	if (request->internal)
		return note_internal(self, request, proof, error);
	if (request->late != 0)
		return tell_late(self, request, proof, ret, error);
	switch (request->kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
		return close_receipt(self, request, shift, proof, ret, error);
	case FISCAL_SHIFT_OPEN:
		return open_shift(self, request, shift, proof, error);
	case FISCAL_SHIFT_CLOSE:
		return close_shift(self, request, shift, proof, error);
	case FISCAL_CASH_IN:
	case FISCAL_CASH_OUT:
		return move_cash(self, request, shift, proof, ret, error);
	case FISCAL_X:
	case FISCAL_CORRECTION: /* always told later */
	case FISCAL_CORRECTION_RETURN:
		break;
	}
	g_assert_not_reached(); /* an X report changes nothing */
}

bool till_deed_apply(TillDb *self, const TillRequest *request, const FiscalProof *proof,
		     TillDone *ret, GError **error)
{
	TillDone done = { .total = request->amount };
	TillShift shift = self->ends.shift;

	if (!apply(self, request, &shift, proof, &done, error))
		return false;
	done.shift = shift.number;
	done.totals = shift.totals;
	*ret = done;
	return true;
}

static bool check_late(TillDb *self, const TillRequest *request, GError **error)
{
	StoreStatement *row = store_statement(self->store, "till/sold/is_late");
	bool late;

	store_bind_int(row, 1, request->late);
	if (store_step(row, error) != STORE_ROW)
		return false;
	late = store_get_int(row, 0) != 0;
	store_reset(row);
	return late || refuse(TILL_ERROR_NO_RECEIPT, "the registrar knows of that receipt", error);
}

static bool check_shift_end(TillDb *self, const TillShift *shift, Money *ret_total, GError **error)
{
	g_auto(TillOpen) open = { 0 };
	int64_t n_held;

	if (!till_receipt_load(self, &open, error))
		return false;
	if (open.receipt != NULL && receipt_get_totals(open.receipt)->n_goods > 0)
		return refuse(TILL_ERROR_RECEIPT_OPEN, "a receipt is open", error);
	if (!till_get_number(self, "till/held/count", &n_held, error))
		return false;
	if (n_held > 0)
		return refuse(TILL_ERROR_HELD, "receipts are put aside", error);
	*ret_total = (Money){ 0, shift->open ? shift->totals.currency : ret_total->currency };
	return true;
}

static bool check_receipt(TillDb *self, const TillRequest *request, Money *ret_total,
			  GError **error)
{
	const Receipt *receipt;

	if (!get_paid(self, request, &receipt, error))
		return false;
	*ret_total = receipt_get_totals(receipt)->total;
	return true;
}

bool till_deed_check(TillDb *self, const TillRequest *request, bool has_registrar, Money *ret_total,
		     GError **error)
{
	bool orphan = request->kind == FISCAL_SHIFT_CLOSE && has_registrar;
	const TillShift *shift = &self->ends.shift;

	*ret_total = request->amount;
	if (request->internal || request->late != 0)
		return request->late == 0 || check_late(self, request, error);
	if (request->kind == FISCAL_SHIFT_OPEN)
		return !shift->open || refuse(TILL_ERROR_SHIFT_OPEN, "a shift is open", error);
	if (!shift->open && !orphan)
		return refuse(TILL_ERROR_NO_SHIFT, "no shift is open", error);
	if (request->kind == FISCAL_SHIFT_CLOSE)
		return check_shift_end(self, shift, ret_total, error);
	if (request->kind == FISCAL_SALE || request->kind == FISCAL_SALE_RETURN)
		return check_receipt(self, request, ret_total, error);
	return true;
}

static bool do_once(TillDb *self, const TillRequest *request, TillDone *ret, GError **error)
{
	Money total;
	bool ok = till_begin(self, error) && till_receipt_check_free(self, error) &&
		  till_deed_check(self, request, false, &total, error) &&
		  till_deed_apply(self, request, NULL, ret, error);

	return till_end(self, ok, error);
}

bool till_db_do(TillDb *self, const TillRequest *request, TillDone *ret, GError **error)
{
	GError *local = NULL;

	while (!do_once(self, request, ret, &local)) {
		if (!till_use_reserve(self, &local)) {
			g_propagate_error(error, local);
			return false;
		}
	}
	return true;
}
