/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/payment.h"
#include "tests/devices/meet/sweep.h"

#include <string.h>

/* A ZVT card terminal (payment-terminal.md): what the till says of the money is what the terminal
 * has in its books, or UNKNOWN until query() knows. */

enum { N_THREADS = 64, CALL_MS = 12000, OPEN_TRIES = 6 };
#define EURO 978

static const char *const quick[] = { "card_ms=20", "t1_ms=100", "t2_ms=300", "t3_ms=300", NULL };

typedef struct {
	Meet *meet;
	const struct payment_driver *driver;
	struct payment *payment; /* or NULL */
} Desk;

static struct payment *open_terminal(Meet *meet, GError **error)
{
	g_autoptr(GHashTable) options =
		meet_options_new("password", "123456", "t1-ms", "100", "t2-ms", "400", "t3-ms",
				 "600", "t4-ms", "1000", NULL);

	return payment_driver_find("zvt")->open(meet_plug(meet), options, error);
}

static void desk_close(Desk *self)
{
	if (self->payment != NULL)
		self->driver->close(self->payment);
	self->payment = NULL;
}

static void desk_open(Desk *self)
{
	g_autoptr(GError) error = NULL;

	desk_close(self);
	self->payment = open_terminal(self->meet, &error);
	g_assert_no_error(error);
}

static Desk desk_new(MeetCable cable, const char *fault)
{
	const char *const faults[] = { quick[0], quick[1], quick[2], quick[3], fault, NULL };
	Desk desk = { .meet = meet_new("payment-zvt", cable, faults),
		      .driver = payment_driver_find("zvt") };

	desk_open(&desk);
	return desk;
}

static void desk_end(Desk *self)
{
	desk_close(self);
	meet_end(self->meet);
}

static PaymentIntent prepare(Desk *self, int64_t minor)
{
	g_autoptr(GError) error = NULL;
	PaymentIntent intent;

	self->driver->prepare(self->payment, (Money){ minor, EURO }, &intent, &error);
	g_assert_no_error(error);
	return intent;
}

static PaymentOutcome send_out(Desk *self, const PaymentIntent *intent, PaymentResult *ret,
			       GError **error)
{
	const struct payment_driver *driver = self->driver;

	return (intent->kind == PAYMENT_REFUND ? driver->refund
		: intent->kind == PAYMENT_REVERSAL
			? driver->reverse
			: driver->pay)(self->payment, intent, NULL, NULL, ret, error);
}

static PaymentIntent plan(Desk *self, PaymentIntentKind kind, int64_t minor, int receipt)
{
	PaymentIntent intent = prepare(self, minor);

	intent.kind = kind;
	intent.receipt = receipt;
	return intent;
}

static PaymentOutcome order(Desk *self, PaymentIntentKind kind, int64_t minor, int receipt,
			    PaymentResult *ret)
{
	PaymentIntent intent = plan(self, kind, minor, receipt);

	return send_out(self, &intent, ret, NULL);
}

static PaymentOutcome pay(Desk *self, int64_t minor, PaymentResult *ret)
{
	return order(self, PAYMENT_CHARGE, minor, -1, ret);
}

/* What the books have of @minor: charged, and not given back. */
static int count_money(const Meet *meet, const char *money)
{
	g_autofree char *charge = g_strdup_printf("CHARGE|%s|", money);
	g_autofree char *reversed = g_strdup_printf("REVERSED|%s|", money);

	return meet_count(meet, charge) - meet_count(meet, reversed);
}

/* ---- in peace */

static MeetCable cable_of(const void *data)
{
	return (MeetCable)GPOINTER_TO_INT(data);
}

static void test_pays(const void *data)
{
	Desk desk = desk_new(cable_of(data), NULL);
	g_auto(PaymentResult) first = { 0 }, second = { 0 }, back = { 0 }, again = { 0 },
			      refund = { 0 }, day = { 0 };
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(pay(&desk, 1234, &first), ==, PAYMENT_APPROVED);
	g_assert_cmpint(first.amount.minor, ==, 1234);
	g_assert_nonnull(first.slip);
	g_assert_cmpint(pay(&desk, 110, &second), ==, PAYMENT_APPROVED);
	g_assert_cmpint(second.receipt, ==, first.receipt + 1);
	g_assert_cmpint(order(&desk, PAYMENT_REVERSAL, 110, second.receipt, &back), ==,
			PAYMENT_APPROVED);
	/* A second one finds it done, and changes nothing. */
	g_assert_cmpint(order(&desk, PAYMENT_REVERSAL, 110, second.receipt, &again), ==,
			PAYMENT_APPROVED);
	g_assert_cmpint(order(&desk, PAYMENT_REFUND, 34, -1, &refund), ==, PAYMENT_APPROVED);
	g_assert_true(desk.driver->end_of_day(desk.payment, &day, &error));
	g_assert_no_error(error);
	g_assert_cmpint(count_money(desk.meet, "12.34"), ==, 1);
	g_assert_cmpint(count_money(desk.meet, "1.10"), ==, 0);
	g_assert_true(meet_has(desk.meet, "REFUND|0.34|"));
	meet_assert_no_flags(desk.meet);
	desk_end(&desk);
}

/* A fault of the terminal's own: what pay() says, and after UNKNOWN what query() does. */
typedef struct {
	const char *fault;
	PaymentOutcome outcome, query;
	int64_t amount; /* of an approved one; 0: as asked */
	bool serial_only;
} Trouble;

static const Trouble troubles[] = {
	{ "declined=67", PAYMENT_DECLINED, PAYMENT_DECLINED, 0, false },
	{ "abort", PAYMENT_DECLINED, PAYMENT_DECLINED, 0, false },
	{ "silent=0", PAYMENT_UNKNOWN, PAYMENT_DECLINED, 0, false },
	{ "silent=1", PAYMENT_UNKNOWN, PAYMENT_APPROVED, 0, false },
	{ "twice_status", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, false },
	{ "partial=100", PAYMENT_APPROVED, PAYMENT_UNKNOWN, 100, false },
	{ "cancel_after", PAYMENT_DECLINED, PAYMENT_DECLINED, 0, false },
	{ "glued", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, false },
	{ "length_ff", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, false },
	{ "unknown_bmp=61", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, false },
	{ "barge_in@3", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, false },
	{ "flood=50", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, false },
	{ "end_of_day_forced", PAYMENT_DECLINED, PAYMENT_DECLINED, 0, false },
	{ "nak=3", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, true },
	{ "bad_crc=1@3", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, true },
	{ "late_ack=200@3", PAYMENT_APPROVED, PAYMENT_APPROVED, 0, true },
};

/* The books agree with @outcome, and query() with both. */
static void expect_money(Desk *desk, const PaymentIntent *intent, PaymentOutcome outcome,
			 int64_t amount)
{
	g_autofree char *money =
		g_strdup_printf("%" G_GINT64_FORMAT ".%02d", amount / 100, (int)(amount % 100));

	(void)intent;
	g_assert_cmpint(count_money(desk->meet, money), ==, outcome == PAYMENT_APPROVED);
}

static PaymentOutcome query(Desk *desk, const PaymentIntent *intent)
{
	g_auto(PaymentResult) result = { 0 };

	desk_close(desk);
	meet_leave(desk->meet);
	desk_open(desk);
	return desk->driver->query(desk->payment, intent, &result, NULL);
}

static void run_trouble(MeetCable cable, const Trouble *trouble)
{
	Desk desk = desk_new(cable, NULL);
	g_auto(PaymentResult) before = { 0 }, result = { 0 };
	g_autofree char *line = g_strdup_printf("fault %s", trouble->fault);
	PaymentIntent intent;
	PaymentOutcome outcome;

	g_test_message("%s, %s", trouble->fault, meet_cable_names[cable]);
	g_assert_cmpint(pay(&desk, 99, &before), ==, PAYMENT_APPROVED);
	intent = prepare(&desk, 1234);
	meet_say(desk.meet, line);
	outcome = desk.driver->pay(desk.payment, &intent, NULL, NULL, &result, NULL);
	g_assert_cmpint(outcome, ==, trouble->outcome);
	if (outcome == PAYMENT_APPROVED)
		g_assert_cmpint(result.amount.minor, ==,
				trouble->amount > 0 ? trouble->amount : 1234);
	g_assert_cmpint(query(&desk, &intent), ==, trouble->query);
	expect_money(&desk, &intent, outcome == PAYMENT_UNKNOWN ? trouble->query : outcome,
		     trouble->amount > 0 ? trouble->amount : 1234);
	desk_end(&desk);
}

static void test_has_its_troubles(const void *data)
{
	MeetCable cable = cable_of(data);

	for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++)
		if (cable == MEET_PTY || !troubles[i].serial_only)
			run_trouble(cable, &troubles[i]);
}

static void test_asks_in_vain(const void *data)
{
	Desk desk = desk_new(cable_of(data), NULL);
	g_auto(PaymentResult) result = { 0 };
	PaymentIntent intent = prepare(&desk, 1234);

	meet_say(desk.meet, "fault repeat_refused");
	meet_say(desk.meet, "fault cut_booked=8");
	g_assert_cmpint(desk.driver->pay(desk.payment, &intent, NULL, NULL, &result, NULL), ==,
			PAYMENT_UNKNOWN);
	g_assert_cmpint(query(&desk, &intent), ==, PAYMENT_UNKNOWN);
	desk_end(&desk);
}

/* ---- §7: the link breaks at each step of §4, the payment booked or not */

static void run_cut(MeetCable cable, int step, bool booked)
{
	Desk desk = desk_new(cable, NULL);
	g_auto(PaymentResult) before = { 0 }, result = { 0 };
	g_autofree char *line =
		g_strdup_printf("fault cut_%s=%d", booked ? "booked" : "unbooked", step);
	PaymentIntent intent;
	PaymentOutcome outcome, asked;

	g_assert_cmpint(pay(&desk, 99, &before), ==, PAYMENT_APPROVED);
	intent = prepare(&desk, 1234);
	meet_say(desk.meet, line);
	if (step <= 4) { /* of the registration: nothing was begun */
		g_autoptr(GError) error = NULL;
		struct payment *again;

		desk_close(&desk);
		again = open_terminal(desk.meet, &error);
		g_assert_true(again == NULL || step == 4);
		desk.payment = again;
		g_assert_cmpint(query(&desk, &intent), ==, PAYMENT_DECLINED);
		g_assert_cmpint(count_money(desk.meet, "12.34"), ==, 0);
		desk_end(&desk);
		return;
	}
	outcome = desk.driver->pay(desk.payment, &intent, NULL, NULL, &result, NULL);
	/* The shopper who is alone with the terminal takes his time. */
	if (booked && step < 8)
		meet_wait(desk.meet, "CHARGE|12.34|");
	asked = query(&desk, &intent);
	g_test_message("%s step %d %s: pay() %d, query() %d, books %d", meet_cable_names[cable],
		       step, booked ? "booked" : "unbooked", outcome, asked,
		       count_money(desk.meet, "12.34"));
	g_assert_cmpint(asked, ==, booked ? PAYMENT_APPROVED : PAYMENT_DECLINED);
	g_assert_cmpint(count_money(desk.meet, "12.34"), ==, booked);
	if (outcome != PAYMENT_UNKNOWN)
		g_assert_cmpint(outcome, ==, asked);
	desk_end(&desk);
}

static void test_cut_at_each_step(const void *data)
{
	for (int step = 1; step <= 11; step++) {
		run_cut(cable_of(data), step, true);
		run_cut(cable_of(data), step, false);
	}
}

/* ---- with a bad cable */

static char *late(const char *what, int64_t begun)
{
	int ms = (int)((g_get_monotonic_time() - begun) / 1000);

	return ms > CALL_MS ? g_strdup_printf("%s took %d ms", what, ms) : NULL;
}

static const char *const kinds[] = {
	[PAYMENT_CHARGE] = "pay()",
	[PAYMENT_REFUND] = "refund()",
	[PAYMENT_REVERSAL] = "reverse()",
};

/* Of 12.34; a reversal finds it charged. What it could not tell anybody the terminal takes back by
 * itself, a refund too. */
static bool is_booked(const Meet *meet, PaymentIntentKind kind)
{
	switch (kind) {
	case PAYMENT_REFUND:
		return meet_count(meet, "REFUND|12.34|") > meet_count(meet, "REVERSED|12.34|");
	case PAYMENT_REVERSAL:
		return count_money(meet, "12.34") == 0;
	default:
		return count_money(meet, "12.34") == 1;
	}
}

/* What the terminal has of this payment when it is at rest: asked through a good cable. */
static char *ask_again(Desk *desk, const PaymentIntent *intent, PaymentOutcome said, int tries)
{
	g_auto(PaymentResult) result = { 0 };
	g_autoptr(GError) error = NULL;
	PaymentOutcome asked;
	bool booked;

	desk_close(desk);
	/* What came late or slowly is still on its way for a while. */
	for (int i = 0; i < OPEN_TRIES && desk->payment == NULL; i++) {
		g_clear_error(&error);
		desk->payment = open_terminal(desk->meet, &error);
	}
	if (desk->payment == NULL)
		return g_strdup_printf("it does not open again: %s", error->message);
	asked = desk->driver->query(desk->payment, intent, &result, &error);
	if (asked == PAYMENT_UNKNOWN && tries > 1) {
		desk_close(desk);
		return ask_again(desk, intent, said, tries - 1);
	}
	booked = is_booked(desk->meet, intent->kind);
	if (asked != (booked ? PAYMENT_APPROVED : PAYMENT_DECLINED))
		return g_strdup_printf("query() says %d, booked %d: %s", asked, booked,
				       error != NULL ? error->message : "");
	if (said != PAYMENT_UNKNOWN && said != asked)
		return g_strdup_printf("%s said %d and query() %d", kinds[intent->kind], said,
				       asked);
	return NULL;
}

static char *send_badly(Desk *desk, const PaymentIntent *intent, const SweepFault *fault,
			PaymentOutcome *ret)
{
	g_auto(PaymentResult) result = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t begun = g_get_monotonic_time();

	*ret = send_out(desk, intent, &result, &error);
	if (*ret == PAYMENT_APPROVED && result.amount.minor != 1234)
		return g_strdup_printf("%" G_GINT64_FORMAT " were moved", result.amount.minor);
	if (*ret != PAYMENT_APPROVED) {
		char *wrong = sweep_check_fault(kinds[intent->kind], error);

		if (wrong != NULL)
			return wrong;
	}
	/* A terminal that talks all the time, if slowly, is listened to. */
	return sweep_is(fault, "split_out") ? NULL : late(kinds[intent->kind], begun);
}

static char *talk(Meet *meet, const SweepFault *fault, const void *data)
{
	PaymentIntentKind kind = *(const PaymentIntentKind *)data;
	Desk desk = { .meet = meet, .driver = payment_driver_find("zvt") };
	g_auto(PaymentResult) before = { 0 };
	g_autofree char *line = NULL;
	PaymentIntent intent;
	PaymentOutcome said;
	char *wrong;

	desk_open(&desk);
	g_assert_cmpint(pay(&desk, kind == PAYMENT_REVERSAL ? 1234 : 99, &before), ==,
			PAYMENT_APPROVED);
	intent = plan(&desk, kind, 1234, before.receipt);
	if (fault->fault != NULL) {
		line = g_strdup_printf("fault %s=%d", fault->fault, fault->at);
		meet_say(meet, line);
	} else {
		meet_say(meet, "hear"); /* marks where the payment begins */
	}
	wrong = send_badly(&desk, &intent, fault, &said);
	desk_close(&desk);
	meet_leave(meet);
	if (fault->fault != NULL)
		meet_say(meet, "hear");
	if (wrong == NULL)
		wrong = ask_again(&desk, &intent, said,
				  sweep_is(fault, "late_out") || sweep_is(fault, "split_out")
					  ? OPEN_TRIES
					  : 1);
	desk_close(&desk);
	return wrong;
}

static void run_bad_cable(MeetCable cable, PaymentIntentKind kind)
{
	sweep_run(&(Sweep){ .sim = "payment-zvt",
			    .cable = cable,
			    .settings = quick,
			    .talk = talk,
			    .data = &kind,
			    .later = true,
			    .from = "control: hear",
			    .good_stream = cable == MEET_TCP,
			    .stride = sweep_is_long() ? 1 : 7,
			    .n_threads = N_THREADS });
}

static void test_bad_cable(const void *data)
{
	run_bad_cable(cable_of(data), PAYMENT_CHARGE);
}

static void test_bad_cable_refund(const void *data)
{
	run_bad_cable(cable_of(data), PAYMENT_REFUND);
}

static void test_bad_cable_reversal(const void *data)
{
	run_bad_cable(cable_of(data), PAYMENT_REVERSAL);
}

static void add(MeetCable cable, const char *what, GTestDataFunc test)
{
	g_autofree char *path =
		g_strdup_printf("/meet/payment-zvt/%s/%s", meet_cable_names[cable], what);

	g_test_add_data_func(path, GINT_TO_POINTER(cable), test);
}

int main(int argc, char **argv)
{
	sweep_init(&argc, &argv);
	for (MeetCable cable = MEET_PTY; cable <= MEET_TCP; cable++) {
		add(cable, "pays", test_pays);
		add(cable, "has its troubles", test_has_its_troubles);
		add(cable, "asks in vain", test_asks_in_vain);
		add(cable, "cut at each step", test_cut_at_each_step);
		add(cable, "bad cable", test_bad_cable);
		add(cable, "bad cable, refund", test_bad_cable_refund);
		add(cable, "bad cable, reversal", test_bad_cable_reversal);
	}
	return g_test_run();
}
