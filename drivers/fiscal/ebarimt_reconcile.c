/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt.h"

#include <string.h>

/* What became of an intent (fiscal-ebarimt.md §8). The service cannot be asked; so the same request
 * with the same number goes there once more, and its stock of lottery numbers is a hint. What a
 * service does with a number that it has already is not known: refuse it, answer as the first time,
 * or book again. All three lead to one sale in our books, and a manager hears of the last two. */

typedef enum {
	HINT_NONE, /* none is drawn, or the stock was filled up, or it does not say */
	HINT_NOT_BOOKED,
	HINT_BOOKED, /* or another till on the service sold something meanwhile */
} Hint;

static Hint find_hint(const FiscalIntent *intent, const struct fiscal_plan *plan,
		      const FiscalStatus *now)
{
	if (!ebarimt_plan_draws_lottery(plan) || intent->before.lotteries < 0 || now->lotteries < 0)
		return HINT_NONE;
	if (now->lotteries == intent->before.lotteries)
		return HINT_NOT_BOOKED;
	return now->lotteries < intent->before.lotteries ? HINT_BOOKED : HINT_NONE;
}

/* There is no list of codes (§9): words of the message, in the languages it was seen in [inf]. */
static bool says_duplicate(const char *message)
{
	static const char *const words[] = { "suffix", "duplicat", "already", "давхар" };
	g_autofree char *folded = g_utf8_strdown(message, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strstr(folded, words[i]) != NULL)
			return true;
	return false;
}

/* It stands there, and its number went with the lost answer. */
static FiscalVerdict lost_number(const struct fiscal *self, FiscalProof *ret)
{
	*ret = (FiscalProof){ 0 };
	g_strlcpy(ret->serial, self->serial, sizeof ret->serial);
	g_strlcpy(ret->doubt, "number-unknown", sizeof ret->doubt);
	return FISCAL_MADE;
}

/* The second time is refused. What replaces an older receipt does so once: refused is what it may
 * well be because the first time did it; to keep asking would not end, and a manager sees the older
 * receipt at the tax authority. */
static FiscalVerdict judge_refusal(struct fiscal *self, const struct fiscal_plan *plan, Hint hint,
				   const char *message, FiscalProof *ret)
{
	if (hint == HINT_BOOKED || ebarimt_plan_replaces(plan) || says_duplicate(message))
		return lost_number(self, ret);
	return hint == HINT_NOT_BOOKED ? FISCAL_NOT_MADE : FISCAL_CANNOT_TELL;
}

/* To delete twice is to delete once. */
static bool may_be_twice(const struct fiscal_plan *plan, Hint hint)
{
	return plan->replaced == NULL && hint != HINT_NOT_BOOKED;
}

static FiscalVerdict judge(struct fiscal *self, const struct fiscal_plan *plan, Hint hint,
			   FiscalProof *ret, GError **error)
{
	switch (ebarimt_send(self, plan, ret, error)) {
	case EBARIMT_BOOKED:
		if (may_be_twice(plan, hint))
			g_strlcpy(ret->doubt, "possibly-twice", sizeof ret->doubt);
		return FISCAL_MADE;
	case EBARIMT_REFUSED:
		return judge_refusal(self, plan, hint, (*error)->message, ret);
	case EBARIMT_STRANGE:
		return FISCAL_FOREIGN;
	case EBARIMT_UNCLEAR:
		break;
	}
	return FISCAL_CANNOT_TELL;
}

static bool makes_document(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN;
}

static FiscalVerdict send_again(struct fiscal *self, const FiscalIntent *intent,
				const struct fiscal_plan *plan, FiscalProof *ret, GError **error)
{
	FiscalStatus now;

	if (!ebarimt_observe(self, &now, error))
		return FISCAL_CANNOT_TELL;
	if (intent->before.serial[0] != '\0' && strcmp(intent->before.serial, now.serial) != 0) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REPLACED,
			    "%s: another receipt service", port_get_address(self->port));
		return FISCAL_CANNOT_TELL;
	}
	return judge(self, plan, find_hint(intent, plan, &now), ret, error);
}

FiscalVerdict ebarimt_reconcile(struct fiscal *self, const FiscalIntent *intent,
				bool (*used_proof)(const char *serial, uint32_t number, void *data),
				void *data, FiscalProof *ret, GError **error)
{
	struct fiscal_plan *plan;
	GError *local = NULL;
	FiscalVerdict verdict;

	/* The end of a shift leaves no trace and can be had again. */
	if (!makes_document(intent->kind) || (intent->id != 0 && intent->id == self->not_booked))
		return FISCAL_NOT_MADE;
	plan = ebarimt_plan_parse(intent->plan);
	if (plan == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN,
			    "what was sent is not known any more");
		return FISCAL_CANNOT_TELL;
	}
	verdict = send_again(self, intent, plan, ret, &local);
	ebarimt_plan_free(plan);
	if (verdict == FISCAL_MADE || verdict == FISCAL_NOT_MADE)
		g_clear_error(&local);
	else
		g_propagate_error(error, local);
	return verdict;
}
