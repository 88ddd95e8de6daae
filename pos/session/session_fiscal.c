/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* Documents: made by the registrar through the engine, or in the till's books alone where the shop
 * has no registrar. What follows a document is the same for both. */

/* Nobody is logged in: what was made or not is seen after the next log-in. */
static void settle_locked(Session *self)
{
	if (self->cashier != NULL)
		return;
	if (self->state == SESSION_PAID)
		session_forget_receipt(self);
	session_enter(self, SESSION_LOCKED);
}

/* What was recorded, also where only the paper of an earlier answer was finished. NULL: it was
 * recorded before the till was started. */
static const TillDone *find_done(const Session *self, const FiscalOutcome *outcome)
{
	if (outcome->done.totals.currency != 0 || outcome->kind == FISCAL_X)
		return &outcome->done;
	if (self->trouble.outcome == FISCAL_OUTCOME_NOT_PRINTED &&
	    self->trouble.done.totals.currency != 0)
		return &self->trouble.done;
	return NULL;
}

/* For whoever is at the till, or logs in next. */
static void remember_finished(Session *self, const FiscalOutcome *outcome)
{
	if (outcome->outcome != FISCAL_OUTCOME_DONE || outcome->kind != FISCAL_SALE)
		return;
	g_free(self->finished);
	self->finished = g_strdup(outcome->done.number);
	self->finished_change = outcome->done.change;
}

/* The document exists and is in the books. */
static void made(Session *self, FiscalKind kind, const TillDone *done, bool drawer_failed)
{
	self->trouble.outcome = FISCAL_OUTCOME_NOTHING;
	till_db_get_shift(self->db, &self->shift);
	if (done == NULL) {
		session_forget_receipt(self);
		session_resume(self);
		return;
	}
	switch (kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
		session_print_sale(self, self->receipt);
		session_sale_done(self, done, drawer_failed);
		break;
	case FISCAL_SHIFT_OPEN:
		self->registrar_shift_too_long = false;
		session_shift_opened(self);
		break;
	case FISCAL_SHIFT_CLOSE:
		self->registrar_shift_too_long = false;
		session_shift_closed(self, done);
		break;
	case FISCAL_X:
		session_x_done(self);
		break;
	case FISCAL_CASH_IN:
	case FISCAL_CASH_OUT:
		session_cash_moved(self, kind);
		break;
	}
	settle_locked(self);
}

static void needs_attention(Session *self, const FiscalOutcome *outcome, const char *consequence)
{
	self->trouble.outcome = outcome->outcome;
	self->trouble.kind = outcome->kind;
	session_enter(self, SESSION_NEEDS_ATTENTION);
	session_refuse_fault(self, outcome->error, consequence);
	settle_locked(self);
}

/* A registrar whose shift is already as we want it, after the till's books or the registrar were
 * changed: the books follow it. True if that was so. */
static bool follow_registrar(Session *self, const FiscalOutcome *outcome)
{
	bool follows = (outcome->kind == FISCAL_SHIFT_OPEN &&
			g_error_matches(outcome->error, DEVICE_FAULT, DEVICE_FAULT_SHIFT_OPEN)) ||
		       (outcome->kind == FISCAL_SHIFT_CLOSE &&
			g_error_matches(outcome->error, DEVICE_FAULT, DEVICE_FAULT_SHIFT_CLOSED));
	g_autoptr(GError) error = NULL;
	TillDone done;

	if (!follows || self->request.kind != outcome->kind)
		return false;
	if (!till_db_do(self->db, &self->request, &done, &error)) {
		session_refuse_store(self, error);
		return false;
	}
	made(self, outcome->kind, &done, false);
	return true;
}

static void not_made(Session *self, const FiscalOutcome *outcome)
{
	self->trouble.outcome = FISCAL_OUTCOME_NOTHING;
	if (outcome->kind == FISCAL_SALE || outcome->kind == FISCAL_SALE_RETURN) {
		needs_attention(self, outcome, "sale-not-made");
		return;
	}
	session_resume(self);
	session_refuse_fault(self, outcome->error, "report-not-made");
	settle_locked(self);
}

/* Whether what was asked for has been done. */
static bool take_outcome(Session *self, const FiscalOutcome *outcome)
{
	const TillDone *done;

	switch (outcome->outcome) {
	case FISCAL_OUTCOME_DONE:
		session_set_device(self, SESSION_FISCAL, DEVICE_READY, DEVICE_FAULT_N);
		done = find_done(self, outcome);
		made(self, outcome->kind, done, outcome->drawer_failed);
		if (done == NULL && self->cashier != NULL) {
			remember_finished(self, outcome);
			session_tell_finished(self);
		}
		return true;
	case FISCAL_OUTCOME_NOT_PRINTED:
		till_db_get_shift(self->db, &self->shift);
		if (outcome->done.totals.currency != 0)
			self->trouble.done = outcome->done;
		needs_attention(self, outcome, "sale-paper");
		return false;
	case FISCAL_OUTCOME_NOT_MADE:
		if (follow_registrar(self, outcome))
			return true;
		not_made(self, outcome);
		return false;
	case FISCAL_OUTCOME_UNKNOWN:
		needs_attention(self, outcome, "sale-unknown");
		return false;
	case FISCAL_OUTCOME_FOREIGN:
		needs_attention(self, outcome, "sale-foreign");
		return false;
	default:
		self->trouble.outcome = FISCAL_OUTCOME_NOTHING;
		session_resume(self);
		return true;
	}
}

static void on_outcome(GObject *source, GAsyncResult *result, void *data)
{
	Session *self = data;
	g_auto(FiscalOutcome) outcome = { 0 };

	fiscal_engine_finish(self->engine, result, &outcome);
	/* The light in the status bar is to say what the message says. */
	if (outcome.error != NULL || self->devices[SESSION_FISCAL].state == DEVICE_DOWN)
		fiscal_engine_look(self->engine);
	session_job_end(self, take_outcome(self, &outcome));
}

static bool make_in_books(Session *self)
{
	g_autoptr(GError) error = NULL;
	TillDone done = { .seq = 0 };

	/* An X report changes no books. */
	if (self->request.kind != FISCAL_X &&
	    !till_db_do(self->db, &self->request, &done, &error)) {
		if (self->request.kind != FISCAL_SALE)
			return session_refuse_store(self, error);
		g_debug("receipt not closed: %s", error->message);
		self->trouble.outcome = FISCAL_OUTCOME_NOT_MADE;
		self->trouble.kind = FISCAL_SALE;
		session_tell(self, "close-failed", NULL, NULL);
		session_enter(self, SESSION_NEEDS_ATTENTION);
		return false;
	}
	made(self, self->request.kind, &done, false);
	return true;
}

bool session_check_registrar(Session *self, const char *consequence)
{
	g_autoptr(GError) fault = NULL;

	if (self->devices[SESSION_FISCAL].state != DEVICE_DOWN)
		return true;
	fault = g_error_new_literal(DEVICE_FAULT, self->devices[SESSION_FISCAL].fault,
				    "the registrar is down");
	return session_refuse_fault(self, fault, consequence);
}

bool session_make(Session *self, const TillRequest *request, SessionState state)
{
	self->request = *request;
	session_leave_paid(self);
	if (self->engine == NULL)
		return session_check_registrar(self, "report-not-made") && make_in_books(self);
	session_job_begin(self, state);
	g_main_context_push_thread_default(self->context);
	fiscal_engine_run_async(self->engine, request, self->cashier->name, on_outcome, self);
	g_main_context_pop_thread_default(self->context);
	return true;
}

bool session_make_sale(Session *self)
{
	TillRequest request = { .kind = FISCAL_SALE, .cashier = self->cashier->id };

	session_owe_paper(self, &request);
	g_free(self->number);
	self->number = till_db_dup_next_number(self->db);
	return session_make(self, &request, SESSION_FISCALISING);
}

bool session_on_retry(Session *self, const SessionEvent *event)
{
	bool is_sale = self->trouble.kind == FISCAL_SALE;

	if (self->state == SESSION_CARD_ASKED)
		return session_card_ask_again(self);
	session_say_nothing(self);
	if (self->trouble.outcome == FISCAL_OUTCOME_NOT_MADE)
		return session_make_sale(self);
	session_job_begin(self, is_sale ? SESSION_FISCALISING : SESSION_REPORTING);
	g_main_context_push_thread_default(self->context);
	fiscal_engine_retry_async(self->engine, on_outcome, self);
	g_main_context_pop_thread_default(self->context);
	return true;
}

static bool settle_foreign(Session *self, const SessionEvent *event)
{
	if (!session_may(self, event, RIGHT_SETTLE, "settle-right", NULL))
		return false;
	session_job_begin(self, SESSION_FISCALISING);
	g_main_context_push_thread_default(self->context);
	fiscal_engine_settle_async(self->engine, self->cashier->id, on_outcome, self);
	g_main_context_pop_thread_default(self->context);
	return true;
}

bool session_on_abandon(Session *self, const SessionEvent *event)
{
	switch (self->trouble.outcome) {
	case FISCAL_OUTCOME_NOT_MADE:
		self->trouble.outcome = FISCAL_OUTCOME_NOTHING;
		session_say_nothing(self);
		return session_unpay_cash(self);
	case FISCAL_OUTCOME_FOREIGN:
		return settle_foreign(self, event);
	default:
		return session_refuse(self, "attention-first", NULL, NULL);
	}
}

/* --- what the engine finds by itself -------------------------------------------------------- */

static void on_device(bool ready, DeviceFault fault, const FiscalStatus *status, void *data)
{
	Session *self = data;

	if (status != NULL)
		self->registrar_shift_too_long = status->shift_open && status->shift_too_long;
	if (ready && status != NULL && status->paper_out) {
		ready = false;
		fault = DEVICE_FAULT_PAPER_OUT;
	}
	session_set_device(self, SESSION_FISCAL, ready ? DEVICE_READY : DEVICE_DOWN, fault);
	session_serve_held(self);
}

/* While a job of ours runs its own answer tells. */
static void on_resolved(const FiscalOutcome *outcome, void *data)
{
	Session *self = data;

	if (self->working || self->trouble.outcome == FISCAL_OUTCOME_NOTHING)
		return;
	session_say_nothing(self);
	self->answer.ok = take_outcome(self, outcome);
	session_emit(self);
	session_serve_waiting(self);
}

static void on_recovered(GObject *source, GAsyncResult *result, void *data)
{
	Session *self = data;
	g_auto(FiscalOutcome) outcome = { 0 };
	g_autoptr(GError) error = NULL;

	fiscal_engine_finish(self->engine, result, &outcome);
	take_outcome(self, &outcome);
	remember_finished(self, &outcome);
	till_db_get_shift(self->db, &self->shift);
	if (!session_load_receipt(self, &error))
		session_refuse_store(self, error);
	session_enter(self, SESSION_LOCKED);
	session_job_end(self, true);
}

/* A paid receipt that power took before it was closed: without a registrar the books are enough. */
static void recover_in_books(Session *self)
{
	TillRequest request = { .kind = FISCAL_SALE, .cashier = self->receipt_cashier };
	g_autoptr(GError) error = NULL;
	TillDone done;

	session_owe_paper(self, &request);

	if (self->receipt == NULL || !receipt_is_paid(self->receipt))
		return;
	if (!till_db_do(self->db, &request, &done, &error) || !session_load_receipt(self, &error))
		session_refuse_store(self, error);
	till_db_get_shift(self->db, &self->shift);
}

void session_watch_registrar(Session *self)
{
	static const FiscalListener listener = { .device = on_device, .resolved = on_resolved };

	if (self->engine == NULL)
		return;
	g_main_context_push_thread_default(self->context);
	fiscal_engine_watch(self->engine, &listener, self);
	g_main_context_pop_thread_default(self->context);
}

void session_recover(Session *self)
{
	if (self->engine == NULL) {
		recover_in_books(self);
		return;
	}
	session_job_begin(self, SESSION_REPORTING);
	g_main_context_push_thread_default(self->context);
	fiscal_engine_recover_async(self->engine, on_recovered, self);
	g_main_context_pop_thread_default(self->context);
	session_watch_registrar(self);
}
