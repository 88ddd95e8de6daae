/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* What is on the screen is on the disk first; what could not be saved is taken back. */

static bool save(Session *self, int line, bool all_lines, const struct TillNote *note)
{
	TillSave change = { .receipt = self->receipt,
			    .line = line,
			    .all_lines = all_lines,
			    .cashier = self->cashier->id,
			    .card_asked = self->card_asked,
			    .card_amount = self->card_amount,
			    .note = note };
	g_autoptr(GError) error = NULL, again = NULL;

	if (till_db_save_receipt(self->db, &change, &error))
		return true;
	if (!session_load_receipt(self, &again))
		g_debug("nor read back: %s", again->message);
	return session_refuse_store(self, error);
}

bool session_save(Session *self, int line)
{
	return save(self, line, false, NULL);
}

bool session_save_all(Session *self)
{
	return save(self, 0, true, NULL);
}

bool session_save_with(Session *self, int line, JournalKind kind, const json_t *details)
{
	struct TillNote note = { .kind = kind, .details = details };

	return save(self, line, false, &note);
}

bool session_journal(Session *self, JournalKind kind, const json_t *details)
{
	g_autoptr(GError) error = NULL;
	int64_t cashier = self->cashier != NULL ? self->cashier->id : 0;

	if (till_db_append(self->db, kind, cashier, details, &error))
		return true;
	return session_refuse_store(self, error);
}

bool session_load_receipt(Session *self, GError **error)
{
	g_auto(TillOpen) open = { 0 };

	if (!till_db_load_receipt(self->db, &open, error))
		return false;
	session_forget_receipt(self);
	self->receipt = g_steal_pointer(&open.receipt);
	self->receipt_cashier = open.cashier;
	self->card_asked = open.card_asked;
	self->card_amount = open.card_amount;
	session_load_customer(self);
	return true;
}

void session_forget_receipt(Session *self)
{
	g_clear_pointer(&self->receipt, receipt_free);
	g_clear_pointer(&self->customer, till_customer_free);
	g_clear_pointer(&self->number, g_free);
	self->last_line = 0;
	self->card_asked = false;
	self->card_amount = session_money(self, 0);
}

void session_leave_paid(Session *self)
{
	if (self->state == SESSION_PAID)
		session_forget_receipt(self);
}

void session_watch_clock(Session *self)
{
	int64_t now = g_get_real_time();

	if (now < self->newest_time - G_TIME_SPAN_SECOND) {
		json_auto_t *details = json_pack("{s:I}", "was", (json_int_t)self->newest_time);

		self->alarm = "clock-back";
		session_journal(self, JOURNAL_CLOCK, details);
		self->newest_time = now;
	}
	self->newest_time = MAX(self->newest_time, now);
}
