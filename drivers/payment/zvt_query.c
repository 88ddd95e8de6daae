/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt.h"

#include "drivers/payment/zvt_codes.h"

/* Terminals keep their own time: this much may theirs be behind ours. [inf] */
enum { CLOCK_SLACK_S = 300, HALF_A_YEAR_S = 180 * 24 * 3600 };
enum { RECEIPT_NUMBERS = 10000, TRACE_NUMBERS = 1000000 };

/* Numbers go on past their end. @old unknown: any is newer. */
static bool is_newer(int number, int old, int numbers)
{
	int ahead;

	if (number == ZVT_NONE)
		return false;
	if (old < 0)
		return true;
	ahead = ((number - old) % numbers + numbers) % numbers;
	return ahead > 0 && ahead < numbers / 2;
}

static bool has_date(const ZvtInfo *info)
{
	return info->time != ZVT_NONE && info->date != ZVT_NONE;
}

static int64_t moment(const ZvtInfo *info, int year)
{
	g_autoptr(GDateTime) time =
		g_date_time_new_local(year, info->date / 100, info->date % 100, info->time / 10000,
				      info->time / 100 % 100, info->time % 100);

	return time != NULL ? g_date_time_to_unix(time) : G_MININT64;
}

/* The terminal does not say the year: the one nearest to ours is meant. */
static bool is_before(const ZvtInfo *info, int64_t at_us)
{
	int64_t at = at_us / G_USEC_PER_SEC, then;
	g_autoptr(GDateTime) ours = g_date_time_new_from_unix_local(at);
	int year = ours != NULL ? g_date_time_get_year(ours) : 0;

	then = moment(info, year);
	if (then != G_MININT64 && then - at > HALF_A_YEAR_S)
		then = moment(info, year - 1);
	else if (then != G_MININT64 && at - then > HALF_A_YEAR_S)
		then = moment(info, year + 1);
	return then == G_MININT64 || then + CLOCK_SLACK_S < at;
}

static bool is_same_as_before(const PaymentIntent *intent, const ZvtInfo *info)
{
	bool receipt = intent->last_receipt >= 0 && info->receipt == intent->last_receipt;
	bool trace = intent->last_trace >= 0 && info->trace == intent->last_trace;

	if (intent->last_receipt >= 0 && info->receipt != ZVT_NONE && !receipt)
		return false;
	if (intent->last_trace >= 0 && info->trace != ZVT_NONE && !trace)
		return false;
	return receipt || trace;
}

/* Can this be what @intent asked for? 37 is on reversals alone; a terminal need not send it. */
static bool is_of_kind(const PaymentIntent *intent, const ZvtInfo *info)
{
	bool newest = intent->last_receipt >= 0 && intent->receipt == intent->last_receipt;

	if (info->original == ZVT_NONE)
		return true;
	if (intent->kind != PAYMENT_REVERSAL)
		return false;
	return !newest || intent->last_trace < 0 || info->original == intent->last_trace;
}

/* The payment that was to be taken back is the terminal's newest still. */
static bool is_still_there(const PaymentIntent *intent, const ZvtInfo *info)
{
	return intent->kind == PAYMENT_REVERSAL && info->original == ZVT_NONE &&
	       info->receipt == intent->receipt && info->result == ZVT_RESULT_OK;
}

/* The page has this for payments. 06 20 repeats the last transaction of any kind [inf], so that it
 * tells of refunds and reversals too. */
PaymentOutcome zvt_compare(const PaymentIntent *intent, const ZvtInfo *info)
{
	bool known = intent->last_receipt >= 0 || intent->last_trace >= 0;

	if (is_same_as_before(intent, info) || is_still_there(intent, info))
		return PAYMENT_DECLINED;
	/* The payment that is given back may have been a minute ago, of the same amount: without a
	 * number from before it could be taken for its own refund. */
	if (!is_of_kind(intent, info) || (intent->kind != PAYMENT_CHARGE && !known))
		return PAYMENT_UNKNOWN;
	if (!is_newer(info->receipt, intent->last_receipt, RECEIPT_NUMBERS) &&
	    !is_newer(info->trace, intent->last_trace, TRACE_NUMBERS))
		return PAYMENT_UNKNOWN;
	/* Without a number from before only the clock tells old from new. */
	if (has_date(info) ? is_before(info, intent->at) : !known)
		return PAYMENT_UNKNOWN;
	if (info->amount != intent->amount.minor ||
	    (info->currency != ZVT_NONE && info->currency != intent->amount.currency))
		return PAYMENT_UNKNOWN;
	if (info->result == ZVT_NONE || zvt_result_is_doubtful(info->result))
		return PAYMENT_UNKNOWN;
	return info->result == ZVT_RESULT_OK ? PAYMENT_APPROVED : PAYMENT_DECLINED;
}

static PaymentOutcome tell(PaymentOutcome outcome, const ZvtInfo *info, PaymentResult *ret,
			   GError **error)
{
	if (outcome == PAYMENT_UNKNOWN) {
		g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN,
				    "its last payment is neither ours nor the one before");
	} else if (outcome == PAYMENT_DECLINED) {
		if (info->result > ZVT_RESULT_OK)
			g_snprintf(ret->reason, sizeof(ret->reason), "%s (%02X)",
				   zvt_result_text(info->result), info->result);
		else
			g_strlcpy(ret->reason, "the terminal has no such payment",
				  sizeof(ret->reason));
		g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, ret->reason);
	}
	return outcome;
}

PaymentOutcome zvt_query(struct payment *self, const PaymentIntent *intent, PaymentResult *ret,
			 GError **error)
{
	g_auto(ZvtTalk) talk = { 0 };
	PaymentOutcome outcome;

	zvt_result_init(ret, intent->amount);
	zvt_talk_init(&talk);
	if (!zvt_enquire(self, error) || !zvt_repeat_receipt(self, &talk, error))
		return PAYMENT_UNKNOWN;
	outcome = zvt_compare(intent, &talk.info);
	if (outcome == PAYMENT_APPROVED)
		zvt_result_fill(ret, &talk, false);
	return tell(outcome, &talk.info, ret, error);
}
