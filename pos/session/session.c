/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include <string.h>

/* What a state does with an event; what is not in the table is refused. */
typedef enum {
	REFUSE,
	SERVE,
	LATER, /* kept until the state is over: nobody's scan gets lost while a machine works */
} Verdict;

static const Verdict verdicts[SESSION_N_STATES][SESSION_N_EVENTS] = {
	[SESSION_LOCKED] = { [SESSION_LOGIN] = SERVE },
	[SESSION_SHIFT_CLOSED] = {
		[SESSION_LOGIN] = SERVE, [SESSION_LOCK] = SERVE, [SESSION_OPEN_SHIFT] = SERVE,
		[SESSION_NO_SALE] = SERVE, [SESSION_OVERRIDE] = SERVE,
		[SESSION_REPRINT] = SERVE, [SESSION_DROP_PAPER] = SERVE,
		[SESSION_SET_DEVICE] = SERVE, [SESSION_TEST_DEVICE] = SERVE,
		[SESSION_ACCEPT_REGISTRAR] = SERVE, [SESSION_VOID_HELD] = SERVE,
	},
	[SESSION_SELLING] = {
		[SESSION_LOGIN] = SERVE, [SESSION_LOCK] = SERVE, [SESSION_SCAN] = SERVE,
		[SESSION_FIND] = SERVE, [SESSION_ADD_FOUND] = SERVE, [SESSION_QUANTITY] = SERVE,
		[SESSION_PRICE] = SERVE, [SESSION_DISCOUNT_LINE] = SERVE,
		[SESSION_DISCOUNT_RECEIPT] = SERVE, [SESSION_VOID_LINE] = SERVE,
		[SESSION_VOID_RECEIPT] = SERVE, [SESSION_PAY_CASH] = SERVE,
		[SESSION_PAY_CARD] = SERVE, [SESSION_NO_SALE] = SERVE, [SESSION_CASH_IN] = SERVE,
		[SESSION_CASH_OUT] = SERVE, [SESSION_X_REPORT] = SERVE,
		[SESSION_CLOSE_SHIFT] = SERVE, [SESSION_OVERRIDE] = SERVE,
		[SESSION_WEIGH] = SERVE, [SESSION_REPRINT] = SERVE, [SESSION_DROP_PAPER] = SERVE,
		[SESSION_SET_DEVICE] = SERVE, [SESSION_TEST_DEVICE] = SERVE,
		[SESSION_HOLD] = SERVE, [SESSION_RECALL] = SERVE, [SESSION_VOID_HELD] = SERVE,
		[SESSION_CUSTOMER] = SERVE, [SESSION_RETURN] = SERVE, [SESSION_GIVE_BACK] = SERVE,
		[SESSION_ACCEPT_REGISTRAR] = SERVE, [SESSION_TELL_LATE] = SERVE,
	},
	[SESSION_TENDERING] = {
		[SESSION_LOCK] = SERVE, [SESSION_PAY_CASH] = SERVE, [SESSION_PAY_CARD] = SERVE,
		[SESSION_BACK] = SERVE, [SESSION_GIVE_BACK] = SERVE,
		[SESSION_CUSTOMER] = SERVE, [SESSION_ACCEPT_REGISTRAR] = SERVE,
		[SESSION_OVERRIDE] = SERVE,
	},
	[SESSION_CARD_WORKING] = { [SESSION_BACK] = SERVE, [SESSION_SCAN] = LATER },
	[SESSION_CARD_ASKED] = {
		[SESSION_CARD_RESULT] = SERVE, [SESSION_RETRY] = SERVE, [SESSION_OVERRIDE] = SERVE,
		[SESSION_SCAN] = LATER,
	},
	[SESSION_FISCALISING] = { [SESSION_SCAN] = LATER },
	[SESSION_PAID] = {
		[SESSION_LOGIN] = SERVE, [SESSION_LOCK] = SERVE, [SESSION_SCAN] = SERVE,
		[SESSION_FIND] = SERVE, [SESSION_ADD_FOUND] = SERVE, [SESSION_NO_SALE] = SERVE,
		[SESSION_CASH_IN] = SERVE, [SESSION_CASH_OUT] = SERVE, [SESSION_X_REPORT] = SERVE,
		[SESSION_CLOSE_SHIFT] = SERVE, [SESSION_OVERRIDE] = SERVE,
		[SESSION_REPRINT] = SERVE, [SESSION_DROP_PAPER] = SERVE,
		[SESSION_SET_DEVICE] = SERVE, [SESSION_TEST_DEVICE] = SERVE,
		[SESSION_RECALL] = SERVE, [SESSION_VOID_HELD] = SERVE, [SESSION_RETURN] = SERVE,
		[SESSION_CUSTOMER] = SERVE, [SESSION_ACCEPT_REGISTRAR] = SERVE,
		[SESSION_TELL_LATE] = SERVE,
	},
	[SESSION_REPORTING] = { [SESSION_SCAN] = LATER, [SESSION_LOGIN] = LATER },
	[SESSION_NEEDS_ATTENTION] = {
		[SESSION_RETRY] = SERVE, [SESSION_ABANDON] = SERVE, [SESSION_OVERRIDE] = SERVE,
		[SESSION_ACCEPT_REGISTRAR] = SERVE, [SESSION_CLOSE_LATE] = SERVE,
	},
};

static bool (*const handlers[SESSION_N_EVENTS])(Session *, const SessionEvent *) = {
	[SESSION_LOGIN] = session_on_login,
	[SESSION_LOCK] = session_on_lock,
	[SESSION_OPEN_SHIFT] = session_on_open_shift,
	[SESSION_SCAN] = session_on_scan,
	[SESSION_FIND] = session_on_find,
	[SESSION_ADD_FOUND] = session_on_add_found,
	[SESSION_QUANTITY] = session_on_quantity,
	[SESSION_PRICE] = session_on_price,
	[SESSION_DISCOUNT_LINE] = session_on_discount_line,
	[SESSION_DISCOUNT_RECEIPT] = session_on_discount_receipt,
	[SESSION_VOID_LINE] = session_on_void_line,
	[SESSION_VOID_RECEIPT] = session_on_void_receipt,
	[SESSION_PAY_CASH] = session_on_pay_cash,
	[SESSION_PAY_CARD] = session_on_pay_card,
	[SESSION_CARD_RESULT] = session_on_card_result,
	[SESSION_BACK] = session_on_back,
	[SESSION_RETRY] = session_on_retry,
	[SESSION_ABANDON] = session_on_abandon,
	[SESSION_NO_SALE] = session_on_no_sale,
	[SESSION_CASH_IN] = session_on_cash_in,
	[SESSION_CASH_OUT] = session_on_cash_out,
	[SESSION_X_REPORT] = session_on_x_report,
	[SESSION_CLOSE_SHIFT] = session_on_close_shift,
	[SESSION_OVERRIDE] = session_on_override,
	[SESSION_SYNC] = session_on_sync,
	[SESSION_DISMISS] = session_on_dismiss,
	[SESSION_WEIGH] = session_on_weigh,
	[SESSION_REPRINT] = session_on_reprint,
	[SESSION_DROP_PAPER] = session_on_drop_paper,
	[SESSION_SET_DEVICE] = session_on_set_device,
	[SESSION_TEST_DEVICE] = session_on_test_device,
	[SESSION_HOLD] = session_on_hold,
	[SESSION_RECALL] = session_on_recall,
	[SESSION_VOID_HELD] = session_on_void_held,
	[SESSION_CUSTOMER] = session_on_customer,
	[SESSION_RETURN] = session_on_return,
	[SESSION_GIVE_BACK] = session_on_give_back,
	[SESSION_ACCEPT_REGISTRAR] = session_on_accept_registrar,
	[SESSION_CLOSE_LATE] = session_on_close_late,
	[SESSION_TELL_LATE] = session_on_tell_late,
};

const char *session_state_code(SessionState state)
{
	static const char *const codes[SESSION_N_STATES] = {
		[SESSION_LOCKED] = "locked",
		[SESSION_SHIFT_CLOSED] = "shift-closed",
		[SESSION_SELLING] = "selling",
		[SESSION_TENDERING] = "tendering",
		[SESSION_CARD_WORKING] = "card-working",
		[SESSION_CARD_ASKED] = "card-asked",
		[SESSION_FISCALISING] = "fiscalising",
		[SESSION_PAID] = "paid",
		[SESSION_REPORTING] = "reporting",
		[SESSION_NEEDS_ATTENTION] = "needs-attention",
	};

	g_return_val_if_fail(state >= 0 && state < SESSION_N_STATES, "");
	return codes[state];
}

SessionEvent *session_event_new(SessionEventKind kind, const char *text)
{
	SessionEvent *self = g_new0(SessionEvent, 1);

	self->kind = kind;
	self->text = g_strdup(text);
	return self;
}

SessionEvent *session_event_copy(const SessionEvent *event)
{
	SessionEvent *self = session_event_new(event->kind, event->text);

	self->number = event->number;
	self->flag = event->flag;
	self->mark = event->mark;
	return self;
}

void session_event_free(SessionEvent *self)
{
	if (self == NULL)
		return;
	g_free(self->text);
	g_free(self);
}

/* Talking to the network and closing a message are possible in every state. */
static Verdict verdict_of(const Session *self, SessionEventKind kind)
{
	if (kind == SESSION_SYNC || kind == SESSION_DISMISS)
		return SERVE;
	return verdicts[self->state][kind];
}

/* Why the state refuses @kind. */
static const char *refusal_of(const Session *self, SessionEventKind kind)
{
	SessionState state = self->state;

	if (kind == SESSION_RETRY || kind == SESSION_ABANDON)
		return "nothing-waits";
	switch (state) {
	case SESSION_LOCKED:
		return "locked";
	case SESSION_SHIFT_CLOSED:
		return "shift-closed";
	case SESSION_SELLING:
		return kind == SESSION_OPEN_SHIFT    ? "shift-is-open"
		       : kind == SESSION_CARD_RESULT ? "no-card-asked"
						     : "not-paying";
	case SESSION_TENDERING:
		return kind == SESSION_CARD_RESULT ? "no-card-asked" : "paying";
	case SESSION_CARD_WORKING:
		return "card-in-work";
	case SESSION_CARD_ASKED:
		return "card-asked-first";
	case SESSION_FISCALISING:
		return "receipt-in-work";
	case SESSION_PAID:
		return kind == SESSION_OPEN_SHIFT ? "shift-is-open" : "paid-already";
	case SESSION_REPORTING:
		return self->trial != NULL		? "device-in-trial"
		       : session_is_asking_office(self) ? "office-asked-first"
							: "report-in-work";
	default:
		return "attention-first";
	}
}

/* Whatever was written down is to reach the hub at once. */
static void watch_journal(Session *self)
{
	int64_t newest = till_db_get_last_number(self->db);

	self->outbox = till_db_count_outbox(self->db);
	if (newest == self->newest_entry)
		return;
	self->newest_entry = newest;
	sync_agent_wake(self->agent);
}

void session_emit(Session *self)
{
	g_autoptr(SessionView) view = NULL;

	if (!self->started)
		return;
	watch_journal(self);
	view = session_view_new(self);

	self->listener(view, self->listener_data);
	self->answer.sound = SESSION_SOUND_NONE;
}

/* A typed query that a newer one has overtaken needs no answer. */
static bool is_overtaken(Session *self, const SessionEvent *event)
{
	return event->kind == SESSION_FIND &&
	       event->number != g_atomic_int_get(&self->newest_query);
}

/* A scan that waited comes before anybody has read what the payment ended with: the change to give
 * stays in sight through the receipt that begins so. */
static bool outlives_scan(const Session *self, const SessionEvent *event)
{
	bool is_change = strcmp(self->answer.code, "paid-change") == 0;
	bool is_declined = strcmp(self->answer.code, "card-declined") == 0;

	return event->kind == SESSION_SCAN && (is_change || is_declined) &&
	       (self->serves_waiting || (is_change && self->state == SESSION_SELLING));
}

static void begin_answer(Session *self, const SessionEvent *event)
{
	bool keeps_message = self->state == SESSION_NEEDS_ATTENTION || self->working ||
			     event->kind == SESSION_FIND || event->kind == SESSION_SYNC ||
			     outlives_scan(self, event);

	self->answer.kind = event->kind;
	self->answer.mark = event->mark;
	self->answer.ok = true;
	self->answer.sound = SESSION_SOUND_NONE;
	if (!keeps_message)
		session_say_nothing(self);
	if (!session_keeps_refused(event->kind))
		g_clear_pointer(&self->refused, session_event_free);
}

bool session_run(Session *self, const SessionEvent *event)
{
	if (verdict_of(self, event->kind) == SERVE)
		return handlers[event->kind](self, event);
	if (self->state == SESSION_NEEDS_ATTENTION && event->kind == SESSION_SCAN)
		session_note(self, "scan-not-added", event->text);
	return session_refuse(self, refusal_of(self, event->kind), NULL, NULL);
}

void session_serve(Session *self, const SessionEvent *event)
{
	g_autoptr(SessionEvent) badge = session_read_badge(self, event);

	if (badge != NULL)
		event = badge;
	begin_answer(self, event);
	session_watch_clock(self);
	self->answer.ok = session_run(self, event);
	session_emit(self);
}

void session_serve_waiting(Session *self)
{
	SessionEvent *event;

	while ((event = g_queue_peek_head(&self->waiting)) != NULL &&
	       verdict_of(self, event->kind) == SERVE) {
		g_queue_pop_head(&self->waiting);
		self->serves_waiting = true;
		session_serve(self, event);
		self->serves_waiting = false;
		session_event_free(event);
	}
}

static void keep_for_later(Session *self, const SessionEvent *event)
{
	g_queue_push_tail(&self->waiting, session_event_copy(event));
	if (self->state != SESSION_CARD_ASKED)
		return; /* soon over, and the screen says that scans wait */
	session_tell(self, "scan-waits", event->text, NULL);
	session_emit(self);
}

static void handle(void *owner, void *data)
{
	Session *self = owner;
	const SessionEvent *event = data;

	if (is_overtaken(self, event))
		return;
	if (verdict_of(self, event->kind) == LATER) {
		keep_for_later(self, event);
		return;
	}
	session_serve(self, event);
	session_serve_waiting(self);
}

void session_post(Session *self, SessionEvent *event)
{
	g_return_if_fail(event->kind >= 0 && event->kind < SESSION_N_EVENTS);
	if (event->kind == SESSION_FIND) {
		event->number = g_atomic_int_add(&self->newest_query, 1) + 1;
		goods_cancel_search(self->goods);
	}
	mailbox_send(self->mailbox, handle, event, (GDestroyNotify)session_event_free);
}

void session_enter(Session *self, SessionState state)
{
	self->state = state;
}

void session_job_begin(Session *self, SessionState state)
{
	self->working = true;
	self->job.kind = self->answer.kind;
	self->job.mark = self->answer.mark;
	session_enter(self, state);
}

void session_job_end(Session *self, bool ok)
{
	self->working = false;
	self->answer.kind = self->job.kind;
	self->answer.mark = self->job.mark;
	self->answer.ok = ok;
	session_emit(self);
	session_serve_waiting(self);
}
