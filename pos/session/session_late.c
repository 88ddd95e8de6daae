/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "pos/session/sentences.h"

/* Receipts that were closed while the registrar was down, as the shop's policy and its country's
 * law allow, and what a manager has to look after. The registrar is told of them behind the
 * cashier's back, one at a time, while it is well. */

static void case_free(void *data)
{
	SessionCase *self = data;

	g_free(self->number);
	g_free(self->why);
	g_free(self->id);
	g_free(self);
}

static void add_late(GPtrArray *cases, const TillLate *late)
{
	SessionCase *one = g_new0(SessionCase, 1);

	*one = (SessionCase){ .number = g_strdup(late->number),
			      .at = late->at,
			      .total = late->total,
			      .late = true,
			      .why = sentence_dup("case-late", NULL, NULL),
			      .id = g_strdup("") };
	g_ptr_array_add(cases, one);
}

static void add_doubt(GPtrArray *cases, const TillDoubt *doubt)
{
	const char *code =
		g_str_equal(doubt->doubt, "possibly-twice") ? "case-twice" : "case-number";
	SessionCase *one = g_new0(SessionCase, 1);

	*one = (SessionCase){ .number = g_strdup(doubt->number),
			      .at = doubt->at,
			      .total = doubt->total,
			      .why = sentence_dup(code, NULL, NULL),
			      .id = g_strdup(doubt->id) };
	g_ptr_array_add(cases, one);
}

void session_free_cases(Session *self)
{
	g_clear_pointer(&self->cases, g_ptr_array_unref);
}

void session_load_cases(Session *self)
{
	g_autoptr(GArray) late = NULL, doubts = NULL;
	g_autoptr(GError) error = NULL;

	if (!till_db_list_late(self->db, self->shop.currency, &late, &error) ||
	    !till_db_list_doubts(self->db, self->shop.currency, &doubts, &error)) {
		session_refuse_store(self, error);
		return;
	}
	session_free_cases(self);
	self->cases = g_ptr_array_new_with_free_func(case_free);
	self->late = till_db_count_late(self->db);
	for (guint i = 0; i < late->len; i++)
		add_late(self->cases, &g_array_index(late, TillLate, i));
	for (guint i = 0; i < doubts->len; i++)
		add_doubt(self->cases, &g_array_index(doubts, TillDoubt, i));
}

bool session_may_close_late(const Session *self)
{
	/* Not every registrar has a correction of a return; goods can come back another hour. */
	if (session_is_return(self) && self->offline == OFFLINE_CORRECTION)
		return false;
	return self->engine != NULL && self->offline != OFFLINE_REFUSE;
}

/* --- telling ---------------------------------------------------------------------------------- */

/* Corrections are a manager's, with a reason; late sales go by themselves. */
static bool goes_on(const Session *self)
{
	return self->late > 0 && !self->late_working && self->engine != NULL &&
	       self->devices[SESSION_FISCAL].state == DEVICE_READY &&
	       self->trouble.outcome == FISCAL_OUTCOME_NOTHING &&
	       (self->offline == OFFLINE_LATE_SALE || self->telling_late);
}

static FiscalKind late_kind(const Session *self, const TillSold *sold)
{
	bool back = receipt_get_kind(sold->receipt) == RECEIPT_RETURN;
	bool corrects = (session_fiscal_caps(self) & FISCAL_CORRECTS) != 0 &&
			self->offline == OFFLINE_CORRECTION;

	if (corrects)
		return back ? FISCAL_CORRECTION_RETURN : FISCAL_CORRECTION;
	return back ? FISCAL_SALE_RETURN : FISCAL_SALE;
}

static void on_outcome(GObject *source, GAsyncResult *result, void *data)
{
	Session *self = data;
	g_auto(FiscalOutcome) outcome = { 0 };

	self->late_working = false;
	fiscal_engine_finish(self->engine, result, &outcome);
	session_late_told(self, &outcome);
}

static void run(Session *self, const TillRequest *request)
{
	self->late_working = true;
	g_main_context_push_thread_default(self->context);
	fiscal_engine_run_async(self->engine, request,
				self->cashier != NULL ? self->cashier->name : self->till_name,
				on_outcome, self);
	g_main_context_pop_thread_default(self->context);
}

/* Its shift follows the till's first. True if something was begun. */
static bool follow_shift(Session *self)
{
	TillRequest request = { .cashier = self->cashier != NULL ? self->cashier->id : 0,
				.amount = session_money(self, 0),
				.internal = true };

	if (self->registrar.shift_too_long)
		request.kind = FISCAL_SHIFT_CLOSE;
	else if (!self->registrar.shift_open)
		request.kind = FISCAL_SHIFT_OPEN;
	else
		return false;
	run(self, &request);
	return true;
}

static void tell_next(Session *self)
{
	g_autoptr(GArray) list = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(TillSold) sold = { 0 };
	TillRequest request = { .cashier = self->cashier != NULL ? self->cashier->id : 0 };

	if (!till_db_list_late(self->db, self->shop.currency, &list, &error) || list->len == 0)
		return;
	request.late = g_array_index(list, TillLate, 0).seq;
	if (!till_db_get_sold(self->db, request.late, &sold, &error) || sold.seq == 0) {
		g_debug("late receipt: %s", error != NULL ? error->message : "it is gone");
		return;
	}
	request.kind = late_kind(self, &sold);
	request.amount = receipt_get_totals(sold.receipt)->total;
	g_strlcpy(request.reason, self->late_reason, sizeof request.reason);
	run(self, &request);
}

void session_go_on_late(Session *self)
{
	if (goes_on(self) && !follow_shift(self))
		tell_next(self);
}

/* Nothing else can be begun before a doubt is cleared up; else it is tried again when the registrar
 * says something new. */
void session_late_told(Session *self, FiscalOutcome *outcome)
{
	session_load_cases(self);
	if (outcome->internal && outcome->outcome == FISCAL_OUTCOME_DONE)
		self->registrar.shift_open = outcome->kind == FISCAL_SHIFT_OPEN;
	if (outcome->internal)
		self->registrar.shift_too_long = false;
	switch (outcome->outcome) {
	case FISCAL_OUTCOME_DONE:
	case FISCAL_OUTCOME_NOT_PRINTED:
	case FISCAL_OUTCOME_NOTHING:
		if (self->late == 0)
			self->telling_late = false;
		session_go_on_late(self);
		break;
	case FISCAL_OUTCOME_UNKNOWN:
	case FISCAL_OUTCOME_FOREIGN:
		self->telling_late = false;
		session_late_in_doubt(self, outcome);
		break;
	default:
		self->telling_late = false;
		if (!self->working && self->cashier != NULL)
			session_refuse_fault(self, outcome->error, "late-not-told");
	}
	session_emit(self);
}

/* As much of it as fits, cut after a whole letter: the journal takes nothing else. */
static void keep_reason(Session *self, const char *reason)
{
	const char *end;

	g_strlcpy(self->late_reason, reason, sizeof self->late_reason);
	g_utf8_validate(self->late_reason, -1, &end);
	self->late_reason[end - self->late_reason] = '\0';
}

bool session_on_tell_late(Session *self, const SessionEvent *event)
{
	const char *reason = event->text != NULL ? event->text : "";
	g_autofree char *count = g_strdup_printf("%" G_GINT64_FORMAT, self->late);

	if (self->late == 0)
		return session_refuse(self, "none-late", NULL, NULL);
	if (!session_check_registrar(self, "late-not-told"))
		return false;
	if (self->offline == OFFLINE_CORRECTION) {
		if (!session_may(self, event, TILL_RIGHT_SETTLE, "late-right", NULL))
			return false;
		if (*reason == '\0')
			return session_refuse(self, "late-reason", NULL, NULL);
	}
	keep_reason(self, reason);
	self->telling_late = true;
	session_tell(self, "late-telling", count, NULL);
	session_go_on_late(self);
	return true;
}

bool session_on_close_late(Session *self, const SessionEvent *event)
{
	bool is_receipt =
		self->trouble.kind == FISCAL_SALE || self->trouble.kind == FISCAL_SALE_RETURN;

	if (self->trouble.outcome != FISCAL_OUTCOME_NOT_MADE || !is_receipt ||
	    !session_may_close_late(self))
		return session_refuse(self, "attention-first", NULL, NULL);
	self->trouble.outcome = FISCAL_OUTCOME_NOTHING;
	session_say_nothing(self);
	return session_make_late(self);
}
