/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* Documents: made by the registrar through the engine, or in the till's books alone where the shop
 * has no registrar. What follows a document is the same for both. */

static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN;
}

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
	if (outcome->outcome != FISCAL_OUTCOME_DONE || !is_receipt(outcome->kind) ||
	    outcome->late != 0)
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
		session_cash_moved(self, kind, done);
		break;
	case FISCAL_CORRECTION: /* told later: session_late_told() */
	case FISCAL_CORRECTION_RETURN:
		break;
	}
	settle_locked(self);
}

static void needs_attention(Session *self, const FiscalOutcome *outcome, const char *consequence)
{
	self->trouble.outcome = outcome->outcome;
	self->trouble.kind = outcome->kind;
	self->trouble_fault = outcome->error != NULL && outcome->error->domain == DEVICE_FAULT
				      ? (DeviceFault)outcome->error->code
				      : DEVICE_FAULT_OFFLINE;
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
	if (is_receipt(outcome->kind) && outcome->late == 0) {
		needs_attention(self, outcome, "sale-not-made");
		return;
	}
	session_resume(self);
	session_refuse_fault(self, outcome->error, "report-not-made");
	settle_locked(self);
}

/* Beside whatever the document says: a manager has to look at it. */
static void note_doubt(Session *self, const FiscalOutcome *outcome)
{
	if (*outcome->proof.doubt != '\0')
		session_load_cases(self);
}

/* Words for paper alone go to the printer, which waits for them, and are nowhere else then. */
static void hand_on_words(Session *self, FiscalOutcome *outcome)
{
	if (self->printer != NULL && outcome->done.seq != 0 && outcome->late == 0)
		till_printer_give_words(self->printer, outcome->done.seq,
					g_steal_pointer(&outcome->words));
	g_clear_pointer(&outcome->words, paper_only_free);
}

/* Whether what was asked for has been done. */
static bool take_outcome(Session *self, FiscalOutcome *outcome)
{
	const TillDone *done;

	hand_on_words(self, outcome);
	if (outcome->late != 0 || outcome->internal) {
		self->trouble.outcome = FISCAL_OUTCOME_NOTHING;
		session_resume(self);
		session_late_told(self, outcome);
		return true;
	}
	switch (outcome->outcome) {
	case FISCAL_OUTCOME_DONE:
		session_set_device(self, SESSION_FISCAL, DEVICE_READY, DEVICE_FAULT_N);
		note_doubt(self, outcome);
		self->z_totals = outcome->proof.totals;
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
		if (!is_receipt(self->request.kind))
			return session_refuse_store(self, error);
		g_debug("receipt not closed: %s", error->message);
		self->trouble.outcome = FISCAL_OUTCOME_NOT_MADE;
		self->trouble.kind = self->request.kind;
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

FiscalCaps session_fiscal_caps(const Session *self)
{
	return self->engine != NULL ? fiscal_driver_find(self->fiscal_conf.protocol)->caps : 0;
}

/* Cash in and out of a till whose registrar counts no drawer is the till's own; and what a shop may
 * do without its registrar it does without asking. */
static bool stays_in_books(Session *self)
{
	FiscalKind kind = self->request.kind;
	bool is_cash = kind == FISCAL_CASH_IN || kind == FISCAL_CASH_OUT;

	if (is_cash && (session_fiscal_caps(self) & FISCAL_KEEPS_CASH) == 0)
		return true;
	if (self->devices[SESSION_FISCAL].state != DEVICE_DOWN || !session_may_close_late(self))
		return false;
	if (is_receipt(kind))
		g_strlcpy(self->request.late_why,
			  device_fault_code(self->devices[SESSION_FISCAL].fault),
			  sizeof self->request.late_why);
	return true;
}

bool session_make(Session *self, const TillRequest *request, SessionState state)
{
	self->request = *request;
	session_leave_paid(self);
	if (self->engine != NULL && stays_in_books(self)) {
		bool ok = make_in_books(self);

		session_load_cases(self);
		return ok;
	}
	if (self->engine == NULL)
		return session_check_registrar(self, "report-not-made") && make_in_books(self);
	session_job_begin(self, state);
	g_main_context_push_thread_default(self->context);
	fiscal_engine_run_async(self->engine, request, self->cashier->name, on_outcome, self);
	g_main_context_pop_thread_default(self->context);
	return true;
}

static TillRequest receipt_request(const Session *self)
{
	return (TillRequest){ .kind = session_is_return(self) ? FISCAL_SALE_RETURN : FISCAL_SALE,
			      .cashier = self->cashier->id };
}

bool session_make_late(Session *self)
{
	self->request = receipt_request(self);
	session_owe_paper(self, &self->request);
	g_strlcpy(self->request.late_why, device_fault_code(self->trouble_fault),
		  sizeof self->request.late_why);
	if (!make_in_books(self))
		return false;
	session_load_cases(self);
	return true;
}

void session_late_in_doubt(Session *self, FiscalOutcome *outcome)
{
	needs_attention(self, outcome,
			outcome->outcome == FISCAL_OUTCOME_FOREIGN ? "sale-foreign"
								   : "document-unknown");
}

bool session_make_sale(Session *self)
{
	TillRequest request = receipt_request(self);

	session_owe_paper(self, &request);
	g_free(self->number);
	self->number = till_db_dup_next_number(self->db);
	return session_make(self, &request, SESSION_FISCALISING);
}

bool session_on_retry(Session *self, const SessionEvent *event)
{
	bool is_sale = is_receipt(self->trouble.kind);

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
	if (!session_may(self, event, TILL_RIGHT_SETTLE, "settle-right", NULL))
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

/* While a job of ours runs its own answer tells. */
void session_take_resolved(FiscalOutcome *outcome, void *data)
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
	TillRequest request = { .kind = session_is_return(self) ? FISCAL_SALE_RETURN : FISCAL_SALE,
				.cashier = self->receipt_cashier };
	g_autoptr(GError) error = NULL;
	TillDone done;

	session_owe_paper(self, &request);
	/* A card that is being taken back may leave it unpaid. */
	if (self->receipt == NULL || self->card_asked || !receipt_is_paid(self->receipt))
		return;
	if (!till_db_do(self->db, &request, &done, &error) || !session_load_receipt(self, &error))
		session_refuse_store(self, error);
	till_db_get_shift(self->db, &self->shift);
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
