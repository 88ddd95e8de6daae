/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "core/barcode.h"

/* Who works at the till: log-in, lock, and another's PIN for one action. */

#define WRONG_PINS_ALLOWED 5
#define PIN_WAIT (30 * G_TIME_SPAN_SECOND)
#define BADGE_WAIT G_TIME_SPAN_MINUTE

/* Goods scanned at a locked till are no guess at a PIN. */
static bool is_goods_code(const char *text)
{
	BarcodeKind kind = text != NULL ? barcode_kind(text) : BARCODE_OTHER;

	return kind == BARCODE_EAN13 || kind == BARCODE_UPCA || kind == BARCODE_GTIN14;
}

/* Slows down guessing. */
static TillPerson *refuse_code(Session *self)
{
	if (++self->wrong_pins >= WRONG_PINS_ALLOWED) {
		self->wrong_pins = 0;
		self->pin_wait_until = g_get_monotonic_time() + PIN_WAIT;
	}
	session_refuse(self, "wrong-pin", NULL, NULL);
	return NULL;
}

static void drop_badge(Session *self)
{
	g_clear_pointer(&self->badge, till_person_free);
}

/* Whoever showed a badge, and has a minute to type the PIN that belongs to it. */
static const TillPerson *waiting_badge(Session *self)
{
	if (self->badge != NULL && g_get_monotonic_time() > self->badge_until)
		drop_badge(self);
	return self->badge;
}

/* Takes @person, the owner of a badge; NULL where the shop wants their PIN too, and it is asked. */
static TillPerson *take_badge(Session *self, TillPerson *person)
{
	if (!self->shop.card_pin) {
		self->wrong_pins = 0;
		return person;
	}
	drop_badge(self);
	self->badge = person;
	self->badge_until = g_get_monotonic_time() + BADGE_WAIT;
	session_tell(self, "card-pin", person->name, NULL);
	return NULL;
}

/* Takes @person, whose PIN was typed: where badges want a PIN, PINs want the badge. */
static TillPerson *take_pin(Session *self, TillPerson *person)
{
	const TillPerson *badge = waiting_badge(self);
	bool mine = badge != NULL && badge->id == person->id;

	if (badge != NULL && !mine) {
		till_person_free(person);
		drop_badge(self);
		return refuse_code(self);
	}
	drop_badge(self);
	if (self->shop.card_pin && person->has_card && !mine) {
		session_refuse(self, "show-card", person->name, NULL);
		till_person_free(person);
		return NULL;
	}
	self->wrong_pins = 0;
	return person;
}

/* The person with this badge or PIN, or NULL and refused. */
static TillPerson *find_person(Session *self, const char *text)
{
	const char *code = text != NULL ? text : "";
	TillPerson *person = NULL;
	g_autoptr(GError) error = NULL;
	bool is_card, ok;

	if (g_get_monotonic_time() < self->pin_wait_until) {
		session_refuse(self, "pin-wait", NULL, NULL);
		return NULL;
	}
	ok = goods_find_card(self->goods, code, &person, &error);
	is_card = person != NULL;
	if (!ok || (!is_card && !goods_find_pin(self->goods, code, &person, &error))) {
		session_refuse_store(self, error);
		return NULL;
	}
	if (person != NULL)
		return is_card ? take_badge(self, person) : take_pin(self, person);
	if (is_goods_code(code)) {
		session_refuse(self, "locked", NULL, NULL);
		return NULL;
	}
	return refuse_code(self);
}

/* "]C1…": a scanner says what kind of code it saw. */
static const char *skip_aim(const char *text)
{
	return text[0] == ']' && text[1] != '\0' && text[2] != '\0' ? text + 3 : text;
}

SessionEvent *session_read_badge(Session *self, const SessionEvent *event)
{
	bool at_gate = self->state == SESSION_LOCKED || self->state == SESSION_SHIFT_CLOSED;
	g_autoptr(TillPerson) person = NULL;
	SessionEvent *badge;

	if (event->kind != SESSION_SCAN || event->text == NULL || (!at_gate && !self->refused))
		return NULL;
	if (!goods_find_card(self->goods, skip_aim(event->text), &person, NULL) || person == NULL)
		return NULL; /* what cannot be read is refused as any other scan */
	badge = session_event_new(self->refused != NULL ? SESSION_OVERRIDE : SESSION_LOGIN,
				  skip_aim(event->text));
	badge->mark = event->mark;
	return badge;
}

/* A store that cannot be read allows nothing. */
static bool may(Session *self, const TillPerson *person, TillRight right)
{
	g_autoptr(GError) error = NULL;
	bool allowed = false;

	if (goods_role_may(self->goods, person->role, right, &allowed, &error))
		return allowed;
	g_debug("rights not read: %s", error->message);
	return false;
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
	if (!may(self, person, TILL_RIGHT_SELL))
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
static bool use_grant(Session *self, TillRight right)
{
	json_auto_t *details = json_pack("{s:I, s:s}", "by", (json_int_t)self->grant.by, "right",
					 till_right_word(right));

	self->grant.active = false;
	return session_journal(self, JOURNAL_OVERRIDE, details);
}

bool session_may(Session *self, const SessionEvent *event, TillRight right, const char *refusal,
		 const char *first)
{
	return may(self, self->cashier, right) ||
	       session_may_if_asked(self, event, right, refusal, first);
}

bool session_may_if_asked(Session *self, const SessionEvent *event, TillRight right,
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
	if (by != NULL && may(self, by, self->refused_right))
		return run_refused(self, by);
	if (by != NULL)
		session_refuse(self, "override-right", by->name, NULL);
	self->answer.asks_override = true;
	return false;
}

bool session_on_dismiss(Session *self, const SessionEvent *event)
{
	drop_badge(self);
	session_drop_pending(self);
	return true;
}
