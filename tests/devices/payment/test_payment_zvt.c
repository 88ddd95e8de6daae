/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/payment.h"
#include "drivers/port/transcript.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The driver in recorded conversations: payment-terminal §4 and §7, byte for
 * byte. */
#define ACK "> 80 00 00\n"
#define REGISTRATION "> 06 00 10 12 34 56 BE 09 78 03 01 06 06 26 04 0A 02 06 D3\n"
#define REGISTER REGISTRATION "< 80 00 00\n< 06 0F 00\n" ACK
#define PAY "> 06 01 0A 04 00 00 00 00 12 34 49 09 78\n"
#define INSERT_CARD "< 04 FF 01 0A\n"
#define STATUS_INFO                                                                                \
	"< 04 0F 32 27 00 04 00 00 00 00 12 34 0B 00 04 71 0C 14 30 15 0D 11 23 29 "               \
	"52 50 02 95 "                                                                             \
	"49 09 78 87 04 71 8A 06 22 F0 F8 EE EE EE EE EE EE 47 71 3C F0 F0 F2 4F "                 \
	"4B\n"
#define LINE "< 06 D1 03 00 4F 4B\n"
#define COMPLETION "< 06 0F 00\n"
#define ABORTED "< 06 1E 01 6C\n"

static const struct payment_driver *zvt; /* as the program finds it */

typedef struct {
	struct port *port;
	struct payment *terminal;
	PaymentOutcome outcome;
	PaymentResult result;
	GError *error;
	GArray *steps; /* of PaymentStep */
	bool abort_at_card;
} Talk;

static GHashTable *options_new(const char *framing, const char *currency)
{
	GHashTable *options = g_hash_table_new(g_str_hash, g_str_equal);

	g_hash_table_insert(options, (char *)"framing", (char *)framing);
	g_hash_table_insert(options, (char *)"password", (char *)"123456");
	g_hash_table_insert(options, (char *)"currency", (char *)currency);
	return options;
}

static void talk_open(Talk *talk, const char *framing, const char *currency, const char *text)
{
	g_autoptr(GHashTable) options = options_new(framing, currency);
	g_autoptr(GError) error = NULL;

	*talk = (Talk){ .port = port_new_transcript(text, &error) };
	g_assert_no_error(error);
	talk->terminal = zvt->open(talk->port, options, &error);
	g_assert_no_error(error);
	talk->steps = g_array_new(false, false, sizeof(PaymentStep));
}

static void talk_close(Talk *talk)
{
	g_assert_true(port_transcript_is_done(talk->port));
	zvt->close(talk->terminal);
	port_close(talk->port);
	payment_result_clear(&talk->result);
	g_clear_error(&talk->error);
	g_array_unref(talk->steps);
}

static void on_step(PaymentStep step, void *data)
{
	Talk *talk = data;

	g_array_append_val(talk->steps, step);
	if (talk->abort_at_card && step == PAYMENT_STEP_INSERT_CARD)
		zvt->abort(talk->terminal);
}

static const PaymentIntent intent = { .amount = { 1234, 978 },
				      .last_receipt = 470,
				      .last_trace = 470 };

static void pay(Talk *talk)
{
	talk->outcome =
		zvt->pay(talk->terminal, &intent, on_step, talk, &talk->result, &talk->error);
	if (talk->outcome == PAYMENT_APPROVED)
		g_assert_no_error(talk->error);
	else
		g_assert_nonnull(talk->error);
}

/* A payment of 12.34 over TCP after the registration. */
static void pay_in(Talk *talk, const char *text)
{
	g_autofree char *all = g_strconcat(REGISTER, text, NULL);

	talk_open(talk, "tcp", "978", all);
	pay(talk);
}

static void expect(Talk *talk, PaymentOutcome outcome, int fault)
{
	g_assert_cmpint(talk->outcome, ==, outcome);
	if (outcome != PAYMENT_APPROVED)
		g_assert_error(talk->error, DEVICE_FAULT, fault);
	talk_close(talk);
}

static void test_payment(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 80 00 00\n" INSERT_CARD ACK STATUS_INFO ACK LINE ACK COMPLETION ACK);
	g_assert_cmpint(talk.outcome, ==, PAYMENT_APPROVED);
	g_assert_cmpint(talk.result.amount.minor, ==, 1234);
	g_assert_cmpint(talk.result.amount.currency, ==, 978);
	g_assert_cmpint(talk.result.receipt, ==, 471);
	g_assert_cmpint(talk.result.trace, ==, 471);
	g_assert_cmpint(talk.result.result, ==, 0);
	g_assert_cmpstr(talk.result.terminal, ==, "52500295");
	g_assert_cmpstr(talk.result.card, ==, "Mastercard");
	g_assert_cmpstr(talk.result.pan, ==, "****4771");
	g_assert_cmpstr(talk.result.slip[0], ==, "OK");
	g_assert_null(talk.result.slip[1]);
	g_assert_cmpuint(talk.steps->len, ==, 2);
	g_assert_cmpint(g_array_index(talk.steps, PaymentStep, 1), ==, PAYMENT_STEP_INSERT_CARD);
	expect(&talk, PAYMENT_APPROVED, 0);
}

/* §7: the line is lost behind each of these. */
static void test_link_lost_at_each_step(void)
{
	static const struct {
		const char *line;
		PaymentOutcome outcome;
	} steps[] = {
		{ "", PAYMENT_UNKNOWN },
		{ PAY, PAYMENT_UNKNOWN },
		{ "< 80 00 00\n", PAYMENT_UNKNOWN },
		{ INSERT_CARD, PAYMENT_UNKNOWN },
		{ ACK, PAYMENT_UNKNOWN },
		{ STATUS_INFO, PAYMENT_UNKNOWN },
		{ ACK, PAYMENT_UNKNOWN }, /* step 9, which may not have arrived */
		{ LINE, PAYMENT_UNKNOWN }, /* and 06 1E may still come */
		{ ACK, PAYMENT_UNKNOWN },
		{ COMPLETION, PAYMENT_APPROVED },
		{ ACK, PAYMENT_APPROVED },
	};
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autofree char *cut = NULL;
		Talk talk;

		g_string_append(text, steps[i].line);
		cut = g_strconcat(text->str, "!", NULL);
		g_test_message("lost after line %zu", i);
		pay_in(&talk, cut);
		expect(&talk, steps[i].outcome, DEVICE_FAULT_OUTCOME_UNKNOWN);
	}
}

static void test_every_declined_code(void)
{
	for (int code = 1; code <= 0xFF; code++) {
		bool doubtful = code == 0xFA || code == 0xFB || code == 0xFF;
		PaymentOutcome outcome = doubtful ? PAYMENT_UNKNOWN : PAYMENT_DECLINED;
		g_autofree char *told = g_strdup_printf(PAY "< 80 00 00\n< 04 0F 02 27 %02X\n" ACK
							    "< 06 1E 01 %02X\n" ACK,
							code, code);
		g_autofree char *completed = g_strdup_printf(
			PAY "< 80 00 00\n< 04 0F 02 27 %02X\n" ACK COMPLETION ACK, code);
		Talk talk;

		pay_in(&talk, told);
		g_assert_cmpint(talk.outcome, ==, outcome);
		g_assert_cmphex(talk.result.result, ==, code);
		g_assert_cmpstr(talk.result.reason, !=, "");
		g_assert_false(g_error_matches(talk.error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE));
		g_assert_false(g_error_matches(talk.error, DEVICE_FAULT, DEVICE_FAULT_REFUSED));
		talk_close(&talk);
		pay_in(&talk, completed);
		g_assert_cmpint(talk.outcome, ==, outcome);
		talk_close(&talk);
	}
}

static void test_aborted_at_once(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 80 00 00\n" INSERT_CARD ACK ABORTED ACK);
	g_assert_cmpstr(talk.result.reason, ==, "abort by key or time-out (6C)");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
}

static void test_cancelled_after_approval_is_not_paid(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 80 00 00\n" STATUS_INFO ACK ABORTED ACK);
	g_assert_cmpstr(talk.result.reason, ==, "cancelled after it was approved");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
}

static void test_refused_before_it_began(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 84 83 00\n");
	g_assert_cmpstr(talk.result.reason, ==, "function not possible (83)");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_REFUSED);
	pay_in(&talk, PAY "< 84 F0 00\n");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_MEMORY_FULL);
}

static void test_please_wait_is_asked_again(void)
{
	Talk talk;
	g_autoptr(GString) text = g_string_new(NULL);

	pay_in(&talk, PAY "< 84 9C 00\n" PAY "< 84 9C 00\n" PAY
			  "< 80 00 00\n" STATUS_INFO ACK COMPLETION ACK);
	expect(&talk, PAYMENT_APPROVED, 0);
	for (int i = 0; i <= 15; i++) /* half a minute of it */
		g_string_append(text, PAY "< 84 9C 00\n");
	pay_in(&talk, text->str);
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_BUSY);
}

static void test_not_registered_registers(void)
{
	Talk talk;

	pay_in(&talk,
	       PAY "< 84 6B 00\n" REGISTER PAY "< 80 00 00\n" STATUS_INFO ACK COMPLETION ACK);
	expect(&talk, PAYMENT_APPROVED, 0);
	pay_in(&talk, PAY "< 80 00 00\n< 06 1E 01 6B\n" ACK REGISTER PAY
			  "< 80 00 00\n" STATUS_INFO ACK COMPLETION ACK);
	expect(&talk, PAYMENT_APPROVED, 0);
	/* Once: a terminal that goes on forgetting is told to the cashier. */
	pay_in(&talk, PAY "< 84 6B 00\n" REGISTER PAY "< 84 6B 00\n");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_BUSY);
}

static void test_no_answer_is_in_doubt(void)
{
	Talk talk;

	pay_in(&talk, PAY);
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
}

static void test_silence_is_aborted(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 80 00 00\n> 06 B0 00\n< 80 00 00\n" ABORTED ACK);
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
	pay_in(&talk, PAY "< 80 00 00\n> 06 B0 00\n");
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
	/* The abort came too late: the bank had said yes. */
	pay_in(&talk, PAY "< 80 00 00\n> 06 B0 00\n< 84 83 00\n" STATUS_INFO ACK COMPLETION ACK);
	expect(&talk, PAYMENT_APPROVED, 0);
	/* An approval is not aborted, whatever the terminal does next; but only its
	 * end is final. */
	pay_in(&talk, PAY "< 80 00 00\n" STATUS_INFO ACK);
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
}

static void test_ended_without_a_result_is_in_doubt(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 80 00 00\n" COMPLETION ACK);
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
	pay_in(&talk, PAY "< 80 00 00\n< 04 0F 03 87 04 71\n" ACK COMPLETION ACK);
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
}

static void test_the_last_status_information_counts(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 80 00 00\n< 04 0F 02 27 9C\n" ACK STATUS_INFO ACK COMPLETION ACK);
	expect(&talk, PAYMENT_APPROVED, 0);
	pay_in(&talk, PAY "< 80 00 00\n" STATUS_INFO ACK "< 04 0F 02 27 05\n" ACK COMPLETION ACK);
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
	/* One that says nothing of the result takes nothing back. */
	pay_in(&talk,
	       PAY "< 80 00 00\n" STATUS_INFO ACK "< 04 0F 03 87 04 72\n" ACK COMPLETION ACK);
	g_assert_cmpint(talk.result.receipt, ==, 472);
	expect(&talk, PAYMENT_APPROVED, 0);
}

static void test_leftovers_are_not_this_payment(void)
{
	Talk talk;

	/* Yesterday's approval comes before our command is taken up. */
	pay_in(&talk, PAY STATUS_INFO ACK COMPLETION ACK "< 80 00 00\n" ABORTED ACK);
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
	pay_in(&talk, PAY STATUS_INFO ACK COMPLETION ACK);
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
}

/* The till was killed while it paid: the terminal's answer to that comes before its "please wait"
 * to the registration. Of a payment no refusal is believed that comes behind its answer. */
static void test_late_refusal(void)
{
	Talk talk;

	talk_open(&talk, "tcp", "978", REGISTRATION "< 80 00 00\n< 84 9C 00\n" REGISTER);
	talk_close(&talk);
	pay_in(&talk, PAY "< 80 00 00\n< 84 9C 00\n" STATUS_INFO ACK COMPLETION ACK);
	expect(&talk, PAYMENT_APPROVED, 0);
}

static void test_part_of_the_amount(void)
{
	Talk talk;

	pay_in(&talk, PAY
	       "< 80 00 00\n< 04 0F 0C 27 00 04 00 00 00 00 10 00 87 04 71\n" ACK COMPLETION ACK);
	g_assert_cmpint(talk.result.amount.minor, ==, 1000);
	expect(&talk, PAYMENT_APPROVED, 0);
}

static void test_what_it_does_not_know_is_refused(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 80 00 00\n< 06 E0 03 F0 F0 F0\n> 84 83 00\n" STATUS_INFO ACK
			  "< 06 D3 0C 1F 07 01 02 25 06 07 04 54 65 78 74\n" ACK COMPLETION ACK);
	g_assert_cmpstr(talk.result.slip[0], ==, "Text");
	expect(&talk, PAYMENT_APPROVED, 0);
}

static void test_no_zvt_terminal(void)
{
	Talk talk;

	pay_in(&talk, PAY "< 48 54 54\n");
	/* 54 bytes are announced, and do not come. */
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
	pay_in(&talk, PAY "< 48 54 00\n");
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
}

static void test_abort_by_the_cashier(void)
{
	Talk talk;

	talk_open(&talk, "tcp", "978",
		  REGISTER PAY "< 80 00 00\n" INSERT_CARD ACK
			       "> 06 B0 00\n< 80 00 00\n" ABORTED ACK);
	talk.abort_at_card = true;
	pay(&talk);
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
}

static void test_amounts_that_cannot_be(void)
{
	static const Money amounts[] = {
		{ 0, 978 }, { -1, 978 }, { 1000000000000, 978 }, { 1234, 643 }
	};

	for (size_t i = 0; i < G_N_ELEMENTS(amounts); i++) {
		PaymentIntent wrong = { .amount = amounts[i] };
		Talk talk;

		talk_open(&talk, "tcp", "978", REGISTER);
		talk.outcome =
			zvt->pay(talk.terminal, &wrong, NULL, NULL, &talk.result, &talk.error);
		expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_REFUSED);
	}
}

static void test_tugrik_and_rouble(void)
{
	static const struct {
		const char *currency, *digits;
		uint16_t number;
	} cases[] = { { "496", "04 96", 496 }, { "643", "06 43", 643 } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *digits = cases[i].digits;
		g_autofree char *text = g_strdup_printf(
			"> 06 00 10 12 34 56 BE %s 03 01 06 06 26 04 0A 02 06 D3\n"
			"< 80 00 00\n" COMPLETION ACK
			"> 06 01 0A 04 00 00 01 50 00 00 49 %s\n< 80 00 00\n"
			"< 04 0F 0F 27 00 04 00 00 01 50 00 00 49 %s 87 00 01\n" ACK COMPLETION ACK,
			digits, digits, digits);
		PaymentIntent big = { .amount = { 1500000, cases[i].number } };
		Talk talk;

		talk_open(&talk, "tcp", cases[i].currency, text);
		talk.outcome = zvt->pay(talk.terminal, &big, NULL, NULL, &talk.result, &talk.error);
		g_assert_cmpint(talk.result.amount.minor, ==, 1500000);
		g_assert_cmpint(talk.result.amount.currency, ==, cases[i].number);
		expect(&talk, PAYMENT_APPROVED, 0);
	}
}

/* ---- what its last payment was */

#define ENQUIRE "> 05 01 03 12 34 56\n< 80 00 00\n< 06 0F 06 F0 F0 F0 F2 31 32\n" ACK
#define REPEAT "> 06 20 03 12 34 56\n"

static void test_prepare(void)
{
	PaymentIntent ret;
	Talk talk;

	talk_open(&talk, "tcp", "978",
		  REGISTER ENQUIRE REPEAT "< 80 00 00\n" STATUS_INFO ACK LINE ACK COMPLETION ACK);
	g_assert_true(zvt->prepare(talk.terminal, intent.amount, &ret, &talk.error));
	g_assert_cmpint(ret.last_receipt, ==, 471);
	g_assert_cmpint(ret.last_trace, ==, 471);
	g_assert_cmpstr(ret.terminal, ==, "52500295");
	g_assert_cmpint(ret.kind, ==, PAYMENT_CHARGE);
	g_assert_cmpint(ret.amount.minor, ==, 1234);
	g_assert_cmpint(ABS(ret.at - g_get_real_time()), <, 60 * G_USEC_PER_SEC);
	talk_close(&talk);
	/* A new terminal, or one that cannot say. */
	talk_open(&talk, "tcp", "978",
		  REGISTER "> 05 01 03 12 34 56\n< 84 83 00\n" REPEAT "< 84 64 00\n");
	g_assert_true(zvt->prepare(talk.terminal, intent.amount, &ret, &talk.error));
	g_assert_cmpint(ret.last_receipt, ==, -1);
	g_assert_cmpint(ret.last_trace, ==, -1);
	talk_close(&talk);
	talk_open(&talk, "tcp", "978", REGISTER ENQUIRE REPEAT "!");
	g_assert_false(zvt->prepare(talk.terminal, intent.amount, &ret, &talk.error));
	g_assert_error(talk.error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	talk_close(&talk);
}

static void query(const char *text, const PaymentIntent *of, PaymentOutcome outcome, int fault)
{
	g_autofree char *all = g_strconcat(REGISTER, text, NULL);
	Talk talk;

	talk_open(&talk, "tcp", "978", all);
	talk.outcome = zvt->query(talk.terminal, of, &talk.result, &talk.error);
	if (outcome == PAYMENT_APPROVED)
		g_assert_cmpint(talk.result.receipt, ==, 471);
	expect(&talk, outcome, fault);
}

/* 14:29 on the 23rd of November, a minute before STATUS_INFO. */
static PaymentIntent asked_at_1429(int last)
{
	g_autoptr(GDateTime) time = g_date_time_new_local(2026, 11, 23, 14, 29, 0);

	return (PaymentIntent){ .amount = { 1234, 978 },
				.last_receipt = last,
				.last_trace = last,
				.at = g_date_time_to_unix(time) * G_USEC_PER_SEC };
}

static void test_query(void)
{
	PaymentIntent mine = asked_at_1429(470), older = asked_at_1429(471);

	query(ENQUIRE REPEAT "< 80 00 00\n" STATUS_INFO ACK COMPLETION ACK, &mine, PAYMENT_APPROVED,
	      0);
	query(ENQUIRE REPEAT "< 80 00 00\n" STATUS_INFO ACK COMPLETION ACK, &older,
	      PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
	query(ENQUIRE REPEAT "< 84 83 00\n", &mine, PAYMENT_UNKNOWN, DEVICE_FAULT_REFUSED);
	query(ENQUIRE REPEAT "< 80 00 00\n" COMPLETION ACK, &mine, PAYMENT_UNKNOWN,
	      DEVICE_FAULT_OUTCOME_UNKNOWN);
	query(ENQUIRE REPEAT "!", &mine, PAYMENT_UNKNOWN, DEVICE_FAULT_OFFLINE);
	/* Still at it: asked till it is idle. */
	query("> 05 01 03 12 34 56\n< 84 9C 00\n" ENQUIRE REPEAT
	      "< 80 00 00\n" STATUS_INFO ACK COMPLETION ACK,
	      &mine, PAYMENT_APPROVED, 0);
}

/* ---- money back, and the end of the day */

static const PaymentIntent taken = { .kind = PAYMENT_REVERSAL,
				     .receipt = 470,
				     .amount = { 1234, 978 },
				     .last_receipt = 470,
				     .last_trace = 470 };
static const PaymentIntent given = { .kind = PAYMENT_REFUND,
				     .receipt = -1,
				     .amount = { 1234, 978 },
				     .last_receipt = 470,
				     .last_trace = 470 };

#define REVERSE "> 06 30 06 12 34 56 87 04 70\n"
#define REFUND "> 06 31 0D 12 34 56 04 00 00 00 00 12 34 49 09 78\n"

static void give_in(Talk *talk, const PaymentIntent *wanted, const char *text)
{
	g_autofree char *all = g_strconcat(REGISTER, text, NULL);
	bool reverses = wanted->kind == PAYMENT_REVERSAL;

	talk_open(talk, "tcp", "978", all);
	talk->outcome = (reverses ? zvt->reverse : zvt->refund)(talk->terminal, wanted, on_step,
								talk, &talk->result, &talk->error);
	g_assert_true((talk->outcome == PAYMENT_APPROVED) == (talk->error == NULL));
}

static void test_reversal(void)
{
	Talk talk;

	give_in(&talk, &taken,
		REVERSE "< 80 00 00\n< 04 FF 01 0A\n" ACK
			"< 04 0F 05 27 00 87 04 72\n" ACK COMPLETION ACK);
	g_assert_cmpint(talk.result.receipt, ==, 472);
	g_assert_cmpint(talk.result.amount.minor, ==, 1234);
	g_assert_cmpuint(talk.steps->len, ==, 2);
	g_assert_cmpint(g_array_index(talk.steps, PaymentStep, 1), ==, PAYMENT_STEP_INSERT_CARD);
	expect(&talk, PAYMENT_APPROVED, 0);
	give_in(&talk, &taken, REVERSE "< 80 00 00\n< 06 1E 01 B5\n" ACK);
	g_assert_cmpstr(talk.result.reason, ==, "not reversible (B5)");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
	give_in(&talk, &taken, REVERSE "< 84 83 00\n");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_REFUSED);
	give_in(&talk, &taken, REVERSE "< 80 00 00\n!");
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
}

/* The answer to an earlier one was lost: the shopper has the money all the same. */
static void test_reversed_before(void)
{
	static const char *const ways[] = {
		REVERSE "< 80 00 00\n< 06 1E 01 B4\n" ACK,
		REVERSE "< 84 B4 00\n",
		REVERSE "< 80 00 00\n< 04 0F 02 27 B4\n" ACK "< 06 1E 01 6C\n" ACK,
		REVERSE "< 80 00 00\n< 04 0F 02 27 B4\n" ACK COMPLETION ACK,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		Talk talk;

		give_in(&talk, &taken, ways[i]);
		g_assert_cmpint(talk.result.amount.minor, ==, 1234);
		expect(&talk, PAYMENT_APPROVED, 0);
	}
}

/* The number stood for another payment. */
static void test_reversal_of_another_amount(void)
{
	Talk talk;

	give_in(&talk, &taken,
		REVERSE
		"< 80 00 00\n< 04 0F 0C 27 00 04 00 00 00 00 99 99 87 04 72\n" ACK COMPLETION ACK);
	expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
}

static void test_refund(void)
{
	Talk talk;

	give_in(&talk, &given, REFUND "< 80 00 00\n< 04 0F 02 27 00\n" ACK COMPLETION ACK);
	expect(&talk, PAYMENT_APPROVED, 0);
	give_in(&talk, &given, REFUND "< 80 00 00\n< 04 0F 02 27 05\n" ACK "< 06 1E 01 05\n" ACK);
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_CANCELLED);
	give_in(&talk, &given, REFUND "< 84 B4 00\n"); /* means nothing here */
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_REFUSED);
}

/* The page says what that means of payments alone. */
static void test_aborted_behind_an_approval_is_in_doubt(void)
{
	static const char *const ends =
		"< 80 00 00\n< 04 0F 02 27 00\n> 80 00 00\n< 06 1E 01 6C\n> 80 00 00\n";
	const PaymentIntent *const both[] = { &taken, &given };

	for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
		g_autofree char *text = g_strconcat(i == 0 ? REVERSE : REFUND, ends, NULL);
		Talk talk;

		give_in(&talk, both[i], text);
		expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
	}
}

/* The line is lost behind each of these. */
static void test_money_back_is_lost_at_each_step(void)
{
	static const char *const rest[] = { "< 80 00 00\n", STATUS_INFO, ACK, LINE, ACK };
	const PaymentIntent *const both[] = { &taken, &given };

	for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
		g_autoptr(GString) text = g_string_new(i == 0 ? REVERSE : REFUND);

		for (size_t j = 0; j <= G_N_ELEMENTS(rest); j++) {
			g_autofree char *cut = g_strconcat(text->str, "!", NULL);
			Talk talk;

			give_in(&talk, both[i], cut);
			expect(&talk, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
			if (j < G_N_ELEMENTS(rest))
				g_string_append(text, rest[j]);
		}
	}
}

static void test_nothing_is_sent_for_what_cannot_be(void)
{
	PaymentIntent none = taken, nothing = given;
	Talk talk;

	none.receipt = -1;
	give_in(&talk, &none, "");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_REFUSED);
	nothing.amount.minor = 0;
	give_in(&talk, &nothing, "");
	expect(&talk, PAYMENT_DECLINED, DEVICE_FAULT_REFUSED);
}

static void test_end_of_day(void)
{
	Talk talk;

	talk_open(&talk, "tcp", "978",
		  REGISTER "> 06 50 03 12 34 56\n< 80 00 00\n< 04 0F 09 27 00 04 00 "
			   "00 00 00 56 78\n" ACK
			   "< 06 D1 06 00 54 6F 74 61 6C\n" ACK COMPLETION ACK);
	g_assert_true(zvt->end_of_day(talk.terminal, &talk.result, &talk.error));
	g_assert_cmpint(talk.result.amount.minor, ==, 5678);
	g_assert_cmpstr(talk.result.slip[0], ==, "Total");
	talk_close(&talk);
	talk_open(&talk, "tcp", "978",
		  REGISTER "> 06 50 03 12 34 56\n< 80 00 00\n< 06 1E 01 77\n" ACK);
	g_assert_false(zvt->end_of_day(talk.terminal, &talk.result, &talk.error));
	g_assert_error(talk.error, DEVICE_FAULT, DEVICE_FAULT_NEEDS_SERVICE);
	talk_close(&talk);
}

/* ---- opening */

static void expect_no_terminal(const char *text, GHashTable *options, int fault)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript(text, &error);

	g_assert_no_error(error);
	g_assert_null(zvt->open(port, options, &error));
	g_assert_error(error, DEVICE_FAULT, fault);
	g_assert_true(port_transcript_is_done(port));
	port_close(port);
}

static void test_opening_fails(void)
{
	static const char *const wrong[][2] = { { "framing", "usb" },	  { "password", "12345" },
						{ "password", "12345x" }, { "currency", "0" },
						{ "currency", "EUR" },	  { "config", "100" },
						{ "timeout", "1" },	  { "t2-ms", "5" } };
	g_autoptr(GHashTable) options = options_new("tcp", "978");
	const char *registration = "> 06 00 10 12 34 56 BE 09 78 03 01 06 06 26 04 0A 02 06 D3\n";
	g_autofree char *refused = g_strconcat(registration, "< 84 9A 00\n", NULL);
	g_autofree char *gone = g_strconcat(registration, "!", NULL);

	expect_no_terminal(registration, options, DEVICE_FAULT_OFFLINE);
	expect_no_terminal(gone, options, DEVICE_FAULT_OFFLINE);
	expect_no_terminal(refused, options, DEVICE_FAULT_PROTOCOL);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GHashTable) bad = options_new("tcp", "978");

		g_hash_table_insert(bad, (char *)wrong[i][0], (char *)wrong[i][1]);
		expect_no_terminal("", bad, DEVICE_FAULT_BAD_ADDRESS);
	}
}

/* ---- over a serial line */

#define SERIAL_REGISTER                                                                            \
	"> 10 02 06 00 10 10 12 34 56 BE 09 78 03 01 06 06 26 04 0A 02 06 D3 10 03 "               \
	"78 B5\n"
#define SERIAL_ACK "10 02 80 00 00 10 03 F5 1F\n"
#define SERIAL_OPEN                                                                                \
	SERIAL_REGISTER "< 06\n< " SERIAL_ACK "> 06\n< 10 02 06 0F 00 10 03 C6 33\n> 06\n"         \
			"> " SERIAL_ACK "< 06\n"
#define SERIAL_PAY "> 10 02 06 01 0A 04 00 00 00 01 10 10 00 49 09 78 10 03 F2 FF\n"
#define SERIAL_INFO                                                                                \
	"< 10 02 04 0F 32 27 00 04 00 00 00 00 12 34 0B 00 04 71 0C 14 30 15 0D 11 "               \
	"23 29 52 50 02"                                                                           \
	" 95 49 09 78 87 04 71 8A 06 22 F0 F8 EE EE EE EE EE EE 47 71 3C F0 F0 F2 "                \
	"4F 4B 10 03 "
#define SERIAL_END "< 10 02 06 0F 00 10 03 C6 33\n> 06\n> " SERIAL_ACK "< 06\n"

static void pay_serial(const char *text, PaymentOutcome outcome, int fault)
{
	static const PaymentIntent hundred_ten = { .amount = { 11000, 978 } };
	g_autofree char *all = g_strconcat(SERIAL_OPEN, text, NULL);
	Talk talk;

	talk_open(&talk, "serial", "978", all);
	talk.outcome = zvt->pay(talk.terminal, &hundred_ten, NULL, NULL, &talk.result, &talk.error);
	expect(&talk, outcome, fault);
}

static void test_serial_payment(void)
{
	pay_serial(SERIAL_PAY "< 06\n< " SERIAL_ACK "> 06\n" SERIAL_INFO
			      "4B 5C\n> 06\n> " SERIAL_ACK "< 06\n" SERIAL_END,
		   PAYMENT_APPROVED, 0);
}

static void test_serial_line_errors(void)
{
	/* Ours is not understood, then theirs. */
	pay_serial(SERIAL_PAY "< 15\n" SERIAL_PAY "< 06\n< " SERIAL_ACK "> 06\n" SERIAL_INFO
			      "4B 5D\n> 15\n" SERIAL_INFO "4B 5C\n> 06\n> " SERIAL_ACK
			      "< 06\n" SERIAL_END,
		   PAYMENT_APPROVED, 0);
	/* A frame that stops half-way. */
	pay_serial(SERIAL_PAY "< 06\n< 10 02 80\n> 15\n< " SERIAL_ACK "> 06\n" SERIAL_INFO
			      "4B 5C\n> 06\n> " SERIAL_ACK "< 06\n" SERIAL_END,
		   PAYMENT_APPROVED, 0);
	/* Three times and no more. */
	pay_serial(SERIAL_PAY SERIAL_PAY SERIAL_PAY, PAYMENT_UNKNOWN, DEVICE_FAULT_OUTCOME_UNKNOWN);
	pay_serial(SERIAL_PAY "< 15\n" SERIAL_PAY "< 15\n" SERIAL_PAY "< 15\n", PAYMENT_UNKNOWN,
		   DEVICE_FAULT_OUTCOME_UNKNOWN);
}

static void test_serial_message_crosses_ours(void)
{
	/* The answer overtakes the ACK of the block it answers. */
	pay_serial(SERIAL_PAY "< " SERIAL_ACK "> 06\n< 06\n" SERIAL_INFO
			      "4B 5C\n> 06\n> " SERIAL_ACK "< 06\n" SERIAL_END,
		   PAYMENT_APPROVED, 0);
}

/* ---- two threads */

typedef struct {
	int listener;
	struct payment *terminal; /* told before the payment is sent */
} Bank;

static void take(int fd, const char *what, size_t n)
{
	uint8_t bytes[64];

	g_assert_cmpint(recv(fd, bytes, n, MSG_WAITALL), ==, (ssize_t)n);
	if (what != NULL)
		g_assert_cmpmem(bytes, 2, what, 2);
}

static void give(int fd, const char *bytes, size_t n)
{
	g_assert_cmpint(send(fd, bytes, n, MSG_NOSIGNAL), ==, (ssize_t)n);
}

/* A terminal that waits for a card, and for nothing else. */
static void *serve(void *data)
{
	Bank *bank = data;
	int fd = accept(bank->listener, NULL, NULL);

	take(fd, "\x06\x00", 19);
	give(fd, "\x80\x00\x00\x06\x0F\x00", 6);
	take(fd, "\x80\x00", 3);
	take(fd, "\x06\x01", 13);
	give(fd, "\x80\x00\x00", 3);
	zvt->abort(g_atomic_pointer_get(&bank->terminal));
	take(fd, "\x06\xB0", 3);
	give(fd, "\x80\x00\x00\x06\x1E\x01\x6C", 7);
	take(fd, "\x80\x00", 3);
	close(fd);
	return NULL;
}

static void test_abort_from_another_thread(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(address);
	g_autoptr(GHashTable) options = options_new("tcp", "978");
	g_autofree char *name = NULL;
	Bank bank = { .listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	Talk talk = { 0 };
	GThread *thread;

	g_assert_cmpint(bind(bank.listener, (struct sockaddr *)&address, size), ==, 0);
	g_assert_cmpint(listen(bank.listener, 1), ==, 0);
	g_assert_cmpint(getsockname(bank.listener, (struct sockaddr *)&address, &size), ==, 0);
	name = g_strdup_printf("tcp:127.0.0.1:%d", ntohs(address.sin_port));
	thread = g_thread_new("bank", serve, &bank);
	talk.port = port_open(name, &talk.error);
	g_assert_no_error(talk.error);
	talk.terminal = zvt->open(talk.port, options, &talk.error);
	g_assert_no_error(talk.error);
	g_atomic_pointer_set(&bank.terminal, talk.terminal);
	talk.outcome = zvt->pay(talk.terminal, &intent, NULL, NULL, &talk.result, &talk.error);
	g_assert_cmpint(talk.outcome, ==, PAYMENT_DECLINED);
	g_assert_error(talk.error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	g_thread_join(thread);
	g_clear_error(&talk.error);
	zvt->close(talk.terminal);
	port_close(talk.port);
	close(bank.listener);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	zvt = payment_driver_find("zvt");
	g_assert_nonnull(zvt);
	g_test_add_func("/payment/zvt/a payment", test_payment);
	g_test_add_func("/payment/zvt/link lost at each step", test_link_lost_at_each_step);
	g_test_add_func("/payment/zvt/every declined code", test_every_declined_code);
	g_test_add_func("/payment/zvt/aborted at once", test_aborted_at_once);
	g_test_add_func("/payment/zvt/cancelled after approval is not paid",
			test_cancelled_after_approval_is_not_paid);
	g_test_add_func("/payment/zvt/refused before it began", test_refused_before_it_began);
	g_test_add_func("/payment/zvt/please wait is asked again", test_please_wait_is_asked_again);
	g_test_add_func("/payment/zvt/not registered registers", test_not_registered_registers);
	g_test_add_func("/payment/zvt/no answer is in doubt", test_no_answer_is_in_doubt);
	g_test_add_func("/payment/zvt/silence is aborted", test_silence_is_aborted);
	g_test_add_func("/payment/zvt/ended without a result is in doubt",
			test_ended_without_a_result_is_in_doubt);
	g_test_add_func("/payment/zvt/the last status information counts",
			test_the_last_status_information_counts);
	g_test_add_func("/payment/zvt/leftovers are not this payment",
			test_leftovers_are_not_this_payment);
	g_test_add_func("/payment/zvt/a refusal behind an older answer", test_late_refusal);
	g_test_add_func("/payment/zvt/part of the amount", test_part_of_the_amount);
	g_test_add_func("/payment/zvt/what it does not know is refused",
			test_what_it_does_not_know_is_refused);
	g_test_add_func("/payment/zvt/no zvt terminal", test_no_zvt_terminal);
	g_test_add_func("/payment/zvt/abort by the cashier", test_abort_by_the_cashier);
	g_test_add_func("/payment/zvt/amounts that cannot be", test_amounts_that_cannot_be);
	g_test_add_func("/payment/zvt/tugrik and rouble", test_tugrik_and_rouble);
	g_test_add_func("/payment/zvt/prepare", test_prepare);
	g_test_add_func("/payment/zvt/query", test_query);
	g_test_add_func("/payment/zvt/reversal", test_reversal);
	g_test_add_func("/payment/zvt/reversed before", test_reversed_before);
	g_test_add_func("/payment/zvt/reversal of another amount", test_reversal_of_another_amount);
	g_test_add_func("/payment/zvt/refund", test_refund);
	g_test_add_func("/payment/zvt/money back, aborted behind an approval",
			test_aborted_behind_an_approval_is_in_doubt);
	g_test_add_func("/payment/zvt/money back, link lost at each step",
			test_money_back_is_lost_at_each_step);
	g_test_add_func("/payment/zvt/money back that cannot be",
			test_nothing_is_sent_for_what_cannot_be);
	g_test_add_func("/payment/zvt/end of day", test_end_of_day);
	g_test_add_func("/payment/zvt/opening fails", test_opening_fails);
	g_test_add_func("/payment/zvt/serial payment", test_serial_payment);
	g_test_add_func("/payment/zvt/serial line errors", test_serial_line_errors);
	g_test_add_func("/payment/zvt/serial message crosses ours",
			test_serial_message_crosses_ours);
	g_test_add_func("/payment/zvt/abort from another thread", test_abort_from_another_thread);
	return g_test_run();
}
