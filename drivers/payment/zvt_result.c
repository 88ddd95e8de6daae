/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt.h"

#include "drivers/payment/zvt_codes.h"

/* What a command that moves money has come to. No I/O. */

void zvt_result_init(PaymentResult *ret, Money asked)
{
	*ret = (PaymentResult){ .amount = asked, .receipt = -1, .trace = -1, .result = -1 };
}

void zvt_result_fill(PaymentResult *ret, const ZvtTalk *talk, bool admin)
{
	const ZvtInfo *info = &talk->info;

	if (info->amount != ZVT_NONE)
		ret->amount.minor = info->amount;
	if (info->currency > 0)
		ret->amount.currency = (uint16_t)info->currency;
	ret->receipt = info->receipt;
	ret->trace = info->trace;
	if (ret->result < 0)
		ret->result = info->result;
	g_strlcpy(ret->terminal, info->terminal, sizeof(ret->terminal));
	g_strlcpy(ret->pan, info->pan, sizeof(ret->pan));
	g_strlcpy(ret->authorisation, info->authorisation, sizeof(ret->authorisation));
	g_strlcpy(ret->card, info->card[0] != '\0' ? info->card : zvt_card_name(info->card_type),
		  sizeof(ret->card));
	g_clear_pointer(&ret->slip, g_strfreev);
	ret->slip = zvt_slips_dup(&talk->slips, admin);
}

/* That payment is taken back: now, or by an earlier reversal whose answer was lost or that was
 * made at the terminal's own keys. It goes by the number within the terminal's day, so that nothing
 * can be taken back twice. [inf]: one number may come again in the terminal's next day; the amount
 * tells, as far as it is said. */
static PaymentOutcome judge_reversal(const ZvtTalk *talk, const PaymentIntent *intent,
				     PaymentOutcome outcome, PaymentResult *ret, GError **error)
{
	bool before = talk->refused == ZVT_RESULT_REVERSED ||
		      talk->aborted == ZVT_RESULT_REVERSED ||
		      (talk->has_info && talk->info.result == ZVT_RESULT_REVERSED);

	if (outcome == PAYMENT_DECLINED && before) {
		g_clear_error(error);
		ret->amount = intent->amount;
		return PAYMENT_APPROVED;
	}
	if (outcome != PAYMENT_APPROVED || ret->amount.minor == intent->amount.minor)
		return outcome;
	g_strlcpy(ret->reason, "another amount was taken back", sizeof(ret->reason));
	g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN, ret->reason);
	return PAYMENT_UNKNOWN;
}

/* §7 says of a payment alone that 06 1E behind an approval cancels it; of the others the terminal
 * is asked. */
static bool is_ambiguous(const ZvtTalk *talk, const PaymentIntent *intent)
{
	return intent->kind != PAYMENT_CHARGE && talk->aborted != ZVT_NONE && talk->has_info &&
	       talk->info.result == ZVT_RESULT_OK;
}

PaymentOutcome zvt_judge(const ZvtTalk *talk, const PaymentIntent *intent, const GError *cause,
			 PaymentResult *ret, GError **error)
{
	PaymentOutcome outcome;

	if (is_ambiguous(talk, intent)) {
		g_strlcpy(ret->reason, "approved, and then aborted", sizeof(ret->reason));
		g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN, ret->reason);
		return PAYMENT_UNKNOWN;
	}
	outcome = zvt_talk_judge(talk, cause, ret, error);
	if (outcome == PAYMENT_APPROVED || talk->has_info)
		zvt_result_fill(ret, talk, false);
	return intent->kind == PAYMENT_REVERSAL ? judge_reversal(talk, intent, outcome, ret, error)
						: outcome;
}
