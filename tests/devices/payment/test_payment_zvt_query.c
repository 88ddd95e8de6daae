/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt.h"

/* payment-terminal §7, step 3: is the terminal's last payment ours? */
typedef struct {
	const char *name;
	int last_receipt, last_trace; /* before */
	int receipt, trace; /* now */
	int64_t amount;
	int currency, result;
	int date, time;
	PaymentOutcome outcome;
} Case;

/* Asked for 12.34 EUR on 2026-12-31 at 23:59:00. */
static const Case cases[] = {
	{ "newer", 470, 470, 471, 471, 1234, 978, 0, 1231, 235930, PAYMENT_APPROVED },
	{ "the one before", 471, 471, 471, 471, 1234, 978, 0, 1231, 235930, PAYMENT_DECLINED },
	{ "the one before, of other money", 471, 471, 471, 471, 99, 978, 0, 1201, 0,
	  PAYMENT_DECLINED },
	{ "the one before by its trace", -1, 471, -1, 471, 1234, 978, 0, 1231, 235930,
	  PAYMENT_DECLINED },
	{ "newer by its trace alone", 470, 470, -1, 471, 1234, 978, 0, 1231, 235930,
	  PAYMENT_APPROVED },
	{ "newer, declined", 470, 470, 471, 471, 1234, 978, 5, 1231, 235930, PAYMENT_DECLINED },
	{ "newer, system error", 470, 470, 471, 471, 1234, 978, 0xFF, 1231, 235930,
	  PAYMENT_UNKNOWN },
	{ "newer, no result", 470, 470, 471, 471, 1234, 978, -1, 1231, 235930, PAYMENT_UNKNOWN },
	{ "newer, other amount", 470, 470, 471, 471, 1235, 978, 0, 1231, 235930, PAYMENT_UNKNOWN },
	{ "newer, other currency", 470, 470, 471, 471, 1234, 643, 0, 1231, 235930,
	  PAYMENT_UNKNOWN },
	{ "newer, currency not said", 470, 470, 471, 471, 1234, -1, 0, 1231, 235930,
	  PAYMENT_APPROVED },
	{ "newer, but an hour before", 470, 470, 471, 471, 1234, 978, 0, 1231, 225930,
	  PAYMENT_UNKNOWN },
	{ "newer, its clock is a minute slow", 470, 470, 471, 471, 1234, 978, 0, 1231, 235800,
	  PAYMENT_APPROVED },
	{ "newer, time not said", 470, 470, 471, 471, 1234, 978, 0, -1, -1, PAYMENT_APPROVED },
	{ "newer, in the new year", 470, 470, 471, 471, 1234, 978, 0, 101, 10, PAYMENT_APPROVED },
	{ "newer, no such day", 470, 470, 471, 471, 1234, 978, 0, 1341, 10, PAYMENT_UNKNOWN },
	{ "numbers begin again", 9999, 999999, 1, 1, 1234, 978, 0, 1231, 235930, PAYMENT_APPROVED },
	{ "numbers go back", 470, 470, 469, 469, 1234, 978, 0, 1231, 235930, PAYMENT_UNKNOWN },
	{ "no numbers", 470, 470, -1, -1, 1234, 978, 0, 1231, 235930, PAYMENT_UNKNOWN },
	{ "the first one ever", -1, -1, 1, 1, 1234, 978, 0, 1231, 235930, PAYMENT_APPROVED },
	{ "the first we know of, time not said", -1, -1, 1, 1, 1234, 978, 0, -1, -1,
	  PAYMENT_UNKNOWN },
	{ "the first we know of, of yesterday", -1, -1, 1, 1, 1234, 978, 0, 1230, 235930,
	  PAYMENT_UNKNOWN },
};

static void test_is_it_ours(void)
{
	g_autoptr(GDateTime) at = g_date_time_new_local(2026, 12, 31, 23, 59, 0);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const Case *c = &cases[i];
		PaymentIntent intent = { .amount = { 1234, 978 },
					 .last_receipt = c->last_receipt,
					 .last_trace = c->last_trace,
					 .at = g_date_time_to_unix(at) * G_USEC_PER_SEC };
		ZvtInfo info;

		zvt_info_init(&info);
		info.receipt = c->receipt;
		info.trace = c->trace;
		info.amount = c->amount;
		info.currency = c->currency;
		info.result = c->result;
		info.date = c->date;
		info.time = c->time;
		g_test_message("%s", c->name);
		g_assert_cmpint(zvt_compare(&intent, &info), ==, c->outcome);
	}
}

/* 12.34 of payment 470, newest of its kind, given back at 23:59:00; what does the newest say now?
 */
typedef struct {
	const char *name;
	PaymentIntentKind kind;
	int last; /* receipt and trace */
	int receipt, original; /* now */
	int64_t amount;
	int result;
	PaymentOutcome outcome;
} BackCase;

static const BackCase back_cases[] = {
	{ "reversed", PAYMENT_REVERSAL, 470, 471, 470, 1234, 0, PAYMENT_APPROVED },
	{ "reversed, and it does not say of which", PAYMENT_REVERSAL, 470, 471, -1, 1234, 0,
	  PAYMENT_APPROVED },
	{ "another one was reversed", PAYMENT_REVERSAL, 470, 471, 469, 1234, 0, PAYMENT_UNKNOWN },
	{ "an older one was reversed", PAYMENT_REVERSAL, 475, 476, 470, 1234, 0, PAYMENT_APPROVED },
	{ "another amount was reversed", PAYMENT_REVERSAL, 470, 471, 470, 99, 0, PAYMENT_UNKNOWN },
	{ "the reversal was refused", PAYMENT_REVERSAL, 470, 471, -1, 1234, 0xB5,
	  PAYMENT_DECLINED },
	{ "the payment is the newest", PAYMENT_REVERSAL, 470, 470, -1, 1234, 0, PAYMENT_DECLINED },
	{ "the payment is the newest, and it was not known before", PAYMENT_REVERSAL, -1, 470, -1,
	  1234, 0, PAYMENT_DECLINED },
	{ "nothing was known before the reversal", PAYMENT_REVERSAL, -1, 471, -1, 1234, 0,
	  PAYMENT_UNKNOWN },
	{ "given back", PAYMENT_REFUND, 470, 471, -1, 1234, 0, PAYMENT_APPROVED },
	{ "not given back", PAYMENT_REFUND, 470, 470, -1, 1234, 0, PAYMENT_DECLINED },
	{ "refused", PAYMENT_REFUND, 470, 471, -1, 1234, 5, PAYMENT_DECLINED },
	{ "that was a reversal", PAYMENT_REFUND, 470, 471, 470, 1234, 0, PAYMENT_UNKNOWN },
	{ "nothing was known before the refund", PAYMENT_REFUND, -1, 471, -1, 1234, 0,
	  PAYMENT_UNKNOWN },
	{ "not a payment, but a reversal", PAYMENT_CHARGE, 470, 471, 470, 1234, 0,
	  PAYMENT_UNKNOWN },
};

static void test_did_it_go_back(void)
{
	g_autoptr(GDateTime) at = g_date_time_new_local(2026, 12, 31, 23, 59, 0);

	for (size_t i = 0; i < G_N_ELEMENTS(back_cases); i++) {
		const BackCase *c = &back_cases[i];
		PaymentIntent intent = { .kind = c->kind,
					 .receipt = c->kind == PAYMENT_REVERSAL ? 470 : -1,
					 .amount = { 1234, 978 },
					 .last_receipt = c->last,
					 .last_trace = c->last,
					 .at = g_date_time_to_unix(at) * G_USEC_PER_SEC };
		ZvtInfo info;

		zvt_info_init(&info);
		info.receipt = info.trace = c->receipt;
		info.original = c->original;
		info.amount = c->amount;
		info.result = c->result;
		info.date = 1231;
		info.time = 235930;
		g_test_message("%s", c->name);
		g_assert_cmpint(zvt_compare(&intent, &info), ==, c->outcome);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/payment/zvt query/is it ours", test_is_it_ours);
	g_test_add_func("/payment/zvt query/did it go back", test_did_it_go_back);
	return g_test_run();
}
