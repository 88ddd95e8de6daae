/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* The shift, its reports, and cash that moves without a sale. */

/* YYYYMMDD of now in the shop's time zone: the business day of a shift that opens now. */
static int32_t local_day(const Session *self)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(self->shop.timezone);
	g_autoptr(GDateTime) now =
		zone != NULL ? g_date_time_new_now(zone) : g_date_time_new_now_utc();

	return g_date_time_get_year(now) * 10000 + g_date_time_get_month(now) * 100 +
	       g_date_time_get_day_of_month(now);
}

/* An amount that may be left out, and may be nothing at all. */
static bool read_optional(Session *self, const SessionEvent *event, bool *ret_given, Money *ret)
{
	*ret_given = event->text != NULL && *event->text != '\0';
	*ret = session_money(self, 0);
	if (*ret_given &&
	    (!money_parse_decimal(event->text, self->shop.currency, ret) || ret->minor < 0))
		return session_refuse(self, "bad-amount", event->text, NULL);
	return true;
}

bool session_on_open_shift(Session *self, const SessionEvent *event)
{
	TillRequest request = { .kind = FISCAL_SHIFT_OPEN,
				.cashier = self->cashier->id,
				.day = local_day(self) };
	bool given;

	if (!read_optional(self, event, &given, &request.amount))
		return false;
	return session_make(self, &request, SESSION_REPORTING);
}

void session_shift_opened(Session *self)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, self->shift.number);

	session_resume(self);
	session_display_idle(self);
	session_tell(self, "shift-opened", number, NULL);
}

/* A receipt without goods is no reason to keep a shift open. */
static bool drop_empty_receipt(Session *self)
{
	g_autoptr(GError) error = NULL;

	if (self->state == SESSION_PAID || self->receipt == NULL)
		return true;
	if (receipt_get_totals(self->receipt)->n_goods > 0)
		return session_refuse(self, "receipt-open", NULL, NULL);
	if (!till_db_void_receipt(self->db, self->cashier->id, &error))
		return session_refuse_store(self, error);
	session_forget_receipt(self);
	return true;
}

bool session_on_close_shift(Session *self, const SessionEvent *event)
{
	TillRequest request = { .kind = FISCAL_SHIFT_CLOSE, .cashier = self->cashier->id };

	if (self->pending.item != NULL)
		return session_refuse_pending(self);
	if (self->held_list->len > 0)
		return session_refuse(self, "held-first", NULL, NULL);
	if (!read_optional(self, event, &request.has_counted, &request.counted) ||
	    !drop_empty_receipt(self))
		return false;
	return session_make(self, &request, SESSION_REPORTING);
}

/* Where nothing is told later, both have counted the same documents, or somebody has to know. */
static bool tell_difference(Session *self, const TillDone *done)
{
	const FiscalTotals *theirs = &self->z_totals;
	const ShiftTotals *ours = &done->totals;
	g_autofree char *their_text = NULL, *our_text = NULL;

	if (!theirs->known || self->offline != OFFLINE_REFUSE ||
	    (theirs->sales.minor == ours->sales.minor &&
	     theirs->returns.minor == ours->returns.minor))
		return false;
	their_text = session_dup_amount(
		self, session_money(self, theirs->sales.minor - theirs->returns.minor));
	our_text = session_dup_amount(self,
				      session_money(self, ours->sales.minor - ours->returns.minor));
	session_tell(self, "registrar-differs", their_text, our_text);
	return true;
}

void session_shift_closed(Session *self, const TillDone *done)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, done->shift);
	g_autofree char *expected_text = NULL, *difference_text = NULL;
	Money expected, difference;

	session_print_shift(self, SHIFT_PAPER_Z, done->shift, &done->totals,
			    self->request.has_counted ? &self->request.counted : NULL);
	session_forget_receipt(self);
	session_resume(self);
	session_display_idle(self);
	if (!shift_totals_expected_cash(&done->totals, &expected))
		expected = session_money(self, 0);
	expected_text = session_dup_amount(self, expected);
	if (tell_difference(self, done))
		return;
	if (self->request.has_counted && self->request.counted.minor != expected.minor &&
	    money_subtract(self->request.counted, expected, &difference)) {
		difference_text = session_dup_amount(self, difference);
		session_tell(self, "shift-difference", difference_text, expected_text);
		return;
	}
	session_tell(self, "shift-done", number, expected_text);
}

bool session_on_x_report(Session *self, const SessionEvent *event)
{
	TillRequest request = { .kind = FISCAL_X, .cashier = self->cashier->id };

	return session_make(self, &request, SESSION_REPORTING);
}

void session_x_done(Session *self)
{
	g_autofree char *sales = session_dup_amount(self, self->shift.totals.sales);
	json_auto_t *totals = shift_totals_to_json(&self->shift.totals);
	json_auto_t *details = json_pack("{s:O}", "totals", totals);

	session_resume(self);
	session_print_shift(self, SHIFT_PAPER_X, self->shift.number, &self->shift.totals, NULL);
	if (session_journal(self, JOURNAL_X_REPORT, details))
		session_tell(self, "x-done", sales, NULL);
}

/* A positive amount. */
static bool read_amount(Session *self, const SessionEvent *event, Money *ret)
{
	const char *text = event->text != NULL ? event->text : "";

	if (!money_parse_decimal(text, self->shop.currency, ret) || ret->minor <= 0)
		return session_refuse(self, "bad-amount", text, NULL);
	return true;
}

bool session_on_cash_in(Session *self, const SessionEvent *event)
{
	TillRequest request = { .kind = FISCAL_CASH_IN, .cashier = self->cashier->id };

	return read_amount(self, event, &request.amount) &&
	       session_make(self, &request, SESSION_REPORTING);
}

bool session_on_cash_out(Session *self, const SessionEvent *event)
{
	TillRequest request = { .kind = FISCAL_CASH_OUT, .cashier = self->cashier->id };
	Money there;

	if (!read_amount(self, event, &request.amount))
		return false;
	if (!shift_totals_expected_cash(&self->shift.totals, &there) ||
	    request.amount.minor > there.minor)
		return session_refuse_amount(self, "not-enough-cash", there);
	return session_make(self, &request, SESSION_REPORTING);
}

void session_cash_moved(Session *self, FiscalKind kind, const TillDone *done)
{
	bool in = kind == FISCAL_CASH_IN;
	g_autofree char *amount = session_dup_amount(self, done->total);
	g_autofree char *slip = g_strdup_printf("%" G_GINT64_FORMAT, done->slip);

	session_resume(self);
	session_print_cash(self, in, done->total, done->slip);
	session_tell(self, in ? "cash-in-done" : "cash-out-done", amount, slip);
}

static void on_drawer(GObject *source, GAsyncResult *result, void *data)
{
	Session *self = data;
	g_autoptr(GError) error = NULL;
	bool opened = fiscal_engine_open_drawer_finish(self->engine, result, &error);

	session_resume(self);
	session_job_end(self, opened || session_refuse_fault(self, error, "drawer-stays"));
}

bool session_on_no_sale(Session *self, const SessionEvent *event)
{
	if (!session_may(self, event, TILL_RIGHT_NO_SALE, "no-sale-right", NULL))
		return false;
	if (!session_has_drawer(self))
		return session_refuse(self, "no-drawer", NULL, NULL);
	if (!session_journal(self, JOURNAL_NO_SALE, NULL))
		return false;
	session_leave_paid(self);
	session_job_begin(self, SESSION_REPORTING);
	if (self->drawer != NULL) {
		self->drawer_asked = true;
		session_open_drawer(self);
		return true;
	}
	g_main_context_push_thread_default(self->context);
	fiscal_engine_open_drawer_async(self->engine, on_drawer, self);
	g_main_context_pop_thread_default(self->context);
	return true;
}
