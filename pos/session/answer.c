/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "pos/session/sentences.h"
#include "store/store.h"

/* How the session tells the cashier what became of an event. */

static void set_message(Session *self, const char *code, SessionTone tone, char *text,
			const char *detail)
{
	g_free(self->answer.message);
	g_free(self->answer.detail);
	self->answer.code = code;
	self->answer.tone = tone;
	self->answer.message = text;
	self->answer.detail = g_strdup(detail != NULL ? detail : "");
}

void session_say_nothing(Session *self)
{
	set_message(self, "", SESSION_TONE_NONE, g_strdup(""), NULL);
	self->answer.asks_override = false;
}

void session_tell(Session *self, const char *code, const char *first, const char *second)
{
	set_message(self, sentence_code(code), sentence_tone(code),
		    sentence_dup(code, first, second), first);
}

void session_note(Session *self, const char *code, const char *first)
{
	g_free(self->answer.detail);
	self->answer.detail = sentence_dup(code, first, NULL);
}

bool session_refuse(Session *self, const char *code, const char *first, const char *second)
{
	/* What needs a decision stays to be read; the sound says that this was refused. Only one
	 * who typed a PIN has to know what became of it. */
	if (self->state != SESSION_NEEDS_ATTENTION || self->answer.kind == SESSION_OVERRIDE)
		session_tell(self, code, first, second);
	self->answer.sound = SESSION_SOUND_REFUSE;
	return false;
}

bool session_refuse_fault_of(Session *self, SessionDevice device, const GError *error,
			     const char *consequence)
{
	g_autofree char *so = sentence_dup(consequence, NULL, NULL);

	g_debug("device %d: %s", (int)device, error != NULL ? error->message : "no reason given");
	self->answer.sound = SESSION_SOUND_REFUSE;
	if (error == NULL || error->domain != DEVICE_FAULT) {
		set_message(self, sentence_code(consequence), sentence_tone(consequence),
			    g_steal_pointer(&so), NULL);
	} else {
		g_autofree char *what = sentence_dup_fault(device, error->code);

		set_message(self, device_fault_code(error->code), sentence_tone(consequence),
			    g_strjoin(" ", what, so, NULL), NULL);
	}
	return false;
}

bool session_refuse_fault(Session *self, const GError *error, const char *consequence)
{
	return session_refuse_fault_of(self, SESSION_FISCAL, error, consequence);
}

bool session_refuse_store(Session *self, const GError *error)
{
	g_debug("not saved: %s", error->message);
	if (g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL))
		return session_refuse(self, "no-room", NULL, NULL);
	return session_refuse(self, "save-failed", NULL, NULL);
}

bool session_refuse_receipt(Session *self, const GError *error, const char *given)
{
	g_debug("refused by the receipt: %s", error->message);
	switch ((RECEIPT_ERROR == error->domain) ? error->code : -1) {
	case RECEIPT_ERROR_NO_LINE:
		return session_refuse(self, "no-line", NULL, NULL);
	case RECEIPT_ERROR_QUANTITY:
		return session_refuse(self, "bad-quantity", given, NULL);
	case RECEIPT_ERROR_PRICE:
		return session_refuse(self, "bad-price", given, NULL);
	case RECEIPT_ERROR_DISCOUNT:
		return session_refuse(self, "bad-discount", given, NULL);
	case RECEIPT_ERROR_EMPTY:
		return session_refuse(self, "empty", NULL, NULL);
	case RECEIPT_ERROR_PAID:
		return session_refuse(self, "paying", NULL, NULL);
	case RECEIPT_ERROR_PAYMENT:
		return session_refuse(self, "bad-amount", given, NULL);
	case RECEIPT_ERROR_RETURN:
		return session_refuse(self,
				      self->answer.kind == SESSION_PRICE ||
						      self->answer.kind == SESSION_DISCOUNT_LINE ||
						      self->answer.kind == SESSION_DISCOUNT_RECEIPT
					      ? "return-fixed"
					      : "return-line",
				      NULL, NULL);
	case RECEIPT_ERROR_MARK:
		return session_refuse(self, "mark-twice", NULL, NULL);
	default:
		return session_refuse(self, "too-large", NULL, NULL);
	}
}

char *session_dup_amount(const Session *self, Money amount)
{
	return number_text_money(&self->style, amount, true);
}

Money session_money(const Session *self, int64_t minor)
{
	return (Money){ .minor = minor, .currency = self->shop.currency };
}

void session_tell_amount(Session *self, const char *code, Money amount)
{
	g_autofree char *text = session_dup_amount(self, amount);

	session_tell(self, code, text, NULL);
}

bool session_refuse_amount(Session *self, const char *code, Money amount)
{
	g_autofree char *text = session_dup_amount(self, amount);

	return session_refuse(self, code, text, NULL);
}
