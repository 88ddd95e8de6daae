/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "core/barcode.h"

/* Who works at the till: log-in, lock, and another's PIN for one action. */

#define WRONG_PINS_ALLOWED 5
#define PIN_WAIT (30 * G_TIME_SPAN_SECOND)

/* Goods scanned at a locked till are no guess at a PIN. */
static bool is_goods_code(const char *text)
{
	BarcodeKind kind = text != NULL ? barcode_kind(text) : BARCODE_OTHER;

	return kind == BARCODE_EAN13 || kind == BARCODE_UPCA || kind == BARCODE_GTIN14;
}

/* The person with this PIN, or NULL and refused; slows down guessing. */
static TillPerson *find_person(Session *self, const char *pin)
{
	g_autoptr(TillPerson) person = NULL;
	g_autoptr(GError) error = NULL;
	gint64 now = g_get_monotonic_time();

	if (now < self->pin_wait_until) {
		session_refuse(self, "pin-wait", NULL, NULL);
		return NULL;
	}
	if (!goods_find_pin(self->goods, pin != NULL ? pin : "", &person, &error)) {
		session_refuse_store(self, error);
		return NULL;
	}
	if (person != NULL) {
		self->wrong_pins = 0;
		return g_steal_pointer(&person);
	}
	if (is_goods_code(pin)) {
		session_refuse(self, "locked", NULL, NULL);
		return NULL;
	}
	if (++self->wrong_pins >= WRONG_PINS_ALLOWED) {
		self->wrong_pins = 0;
		self->pin_wait_until = now + PIN_WAIT;
	}
	session_refuse(self, "wrong-pin", NULL, NULL);
	return NULL;
}

static const char *trouble_code(const Session *self)
{
	switch (self->trouble.outcome) {
	case FISCAL_OUTCOME_NOT_MADE:
		return "sale-not-made";
	case FISCAL_OUTCOME_NOT_PRINTED:
		return "sale-paper";
	case FISCAL_OUTCOME_FOREIGN:
		return "sale-foreign";
	default:
		return self->trouble.kind == FISCAL_SALE ? "sale-unknown" : "document-unknown";
	}
}

static SessionState state_of_work(const Session *self)
{
	if (self->cashier == NULL)
		return SESSION_LOCKED;
	if (self->trouble.outcome != FISCAL_OUTCOME_NOTHING)
		return SESSION_NEEDS_ATTENTION;
	if (!self->shift.open)
		return SESSION_SHIFT_CLOSED;
	if (self->card_asked)
		return SESSION_CARD_ASKED;
	if (self->receipt != NULL &&
	    (receipt_get_n_payments(self->receipt) > 0 || receipt_is_paid(self->receipt)))
		return SESSION_TENDERING;
	return SESSION_SELLING;
}

void session_resume(Session *self)
{
	session_enter(self, state_of_work(self));
	if (self->state == SESSION_NEEDS_ATTENTION)
		session_tell(self, trouble_code(self), NULL, NULL);
}

void session_tell_finished(Session *self)
{
	g_autofree char *change = NULL;

	if (self->finished == NULL)
		return;
	change = session_dup_amount(self, self->finished_change);
	session_tell(self, "finished", self->finished, change);
	g_clear_pointer(&self->finished, g_free);
}

/* What the one who logs in finds. */
static void greet(Session *self)
{
	int64_t age = g_get_real_time() - self->shift.opened_at;

	if (self->finished != NULL)
		session_tell_finished(self);
	else if (self->state == SESSION_CARD_ASKED)
		session_tell_amount(self, "card-ask", self->card_amount);
	else if (self->receipt != NULL && receipt_get_n_lines(self->receipt) > 0 &&
		 self->state != SESSION_NEEDS_ATTENTION)
		session_tell(self, "restored", NULL, NULL);
	else if (self->shift.open && self->engine != NULL && age > G_TIME_SPAN_DAY)
		session_tell(self, "shift-over-24", NULL, NULL);
}

/* Ends the work of whoever is there. What was begun waits for the next one. */
static bool leave(Session *self)
{
	if (self->cashier == NULL)
		return true;
	if (!session_journal(self, JOURNAL_LOGOUT, NULL))
		return false;
	session_leave_paid(self);
	g_clear_pointer(&self->cashier, till_person_free);
	session_drop_pending(self);
	session_enter(self, SESSION_LOCKED);
	return true;
}

bool session_on_login(Session *self, const SessionEvent *event)
{
	g_autoptr(TillPerson) person = find_person(self, event->text);

	if (person == NULL)
		return false;
	if (!rights_allow(person->role, RIGHT_SELL))
		return session_refuse(self, "no-till-right", person->name, NULL);
	if (!leave(self))
		return false;
	self->cashier = g_steal_pointer(&person);
	if (!session_journal(self, JOURNAL_LOGIN, NULL)) {
		g_clear_pointer(&self->cashier, till_person_free);
		return false;
	}
	session_resume(self);
	greet(self);
	/* Its payment was agreed before the power went; but not where a card was being taken back.
	 */
	if (self->state == SESSION_TENDERING && receipt_is_paid(self->receipt))
		return session_make_sale(self);
	session_card_resume(self);
	return true;
}

bool session_on_lock(Session *self, const SessionEvent *event)
{
	return leave(self);
}

bool session_keeps_refused(SessionEventKind kind)
{
	return kind == SESSION_OVERRIDE || kind == SESSION_FIND || kind == SESSION_SYNC;
}

/* A grant serves once, and the journal names both people before anything is done with it. */
static bool use_grant(Session *self, Right right)
{
	json_auto_t *details = json_pack("{s:I, s:s}", "by", (json_int_t)self->grant.by, "right",
					 right_code(right));

	self->grant.active = false;
	return session_journal(self, JOURNAL_OVERRIDE, details);
}

bool session_may(Session *self, const SessionEvent *event, Right right, const char *refusal,
		 const char *first)
{
	return rights_allow(self->cashier->role, right) ||
	       session_may_if_asked(self, event, right, refusal, first);
}

bool session_may_if_asked(Session *self, const SessionEvent *event, Right right,
			  const char *refusal, const char *first)
{
	if (self->grant.active && self->grant.right == right)
		return use_grant(self, right);
	g_clear_pointer(&self->refused, session_event_free);
	self->refused = session_event_copy(event);
	self->refused_right = right;
	session_tell(self, refusal, first, NULL);
	self->answer.sound = SESSION_SOUND_REFUSE;
	self->answer.asks_override = true;
	return false;
}

/* Runs the refused event with the right of @by. */
static bool run_refused(Session *self, const TillPerson *by)
{
	g_autoptr(SessionEvent) event = g_steal_pointer(&self->refused);
	bool done;

	self->grant.active = true;
	self->grant.right = self->refused_right;
	self->grant.by = by->id;
	session_say_nothing(self);
	done = session_run(self, event);
	self->grant.active = false;
	return done;
}

bool session_on_override(Session *self, const SessionEvent *event)
{
	g_autoptr(TillPerson) by = NULL;

	if (self->refused == NULL)
		return session_refuse(self, "nothing-refused", NULL, NULL);
	by = find_person(self, event->text);
	if (by != NULL && rights_allow(by->role, self->refused_right))
		return run_refused(self, by);
	if (by != NULL)
		session_refuse(self, "override-right", by->name, NULL);
	self->answer.asks_override = true;
	return false;
}

bool session_on_dismiss(Session *self, const SessionEvent *event)
{
	session_drop_pending(self);
	return true;
}
