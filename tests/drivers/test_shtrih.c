/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/fiscal.h"
#include "drivers/port/transcript.h"

#include <string.h>

/* The shipping driver against recorded conversations: the page's own examples. */
typedef struct {
	struct port *port;
	const struct fiscal_driver *driver;
	struct fiscal *registrar;
} Fixture;

static void set_up(Fixture *fixture, const char *name, GHashTable *options)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "transcripts", name, NULL);
	g_autofree char *address = g_strconcat("transcript:", path, NULL);
	g_autoptr(GError) error = NULL;

	fixture->driver = fiscal_driver_find("shtrih");
	g_assert_nonnull(fixture->driver);
	fixture->port = port_open(address, &error);
	g_assert_no_error(error);
	fixture->registrar = fixture->driver->open(fixture->port, options, &error);
	g_assert_no_error(error);
}

static void tear_down(Fixture *fixture)
{
	g_assert_true(port_transcript_is_done(fixture->port));
	fixture->driver->close(fixture->registrar);
	port_close(fixture->port);
}

static Money rub(int64_t minor)
{
	return (Money){ .minor = minor, .currency = 643 };
}

static const FiscalLine sale_lines[] = {
	{ .name = "Яблоки вес.",
	  .quantity = { 1234000 },
	  .price = { 8990, 643 },
	  .sum = { 11094, 643 },
	  .discount = { 0, 643 },
	  .tax = FISCAL_TAX_REDUCED,
	  .tax_rate = 1000,
	  .unit = UNIT_KILOGRAM },
	{ .name = "Шоколад (скидка 15.00)",
	  .quantity = { 2000000 },
	  .price = { 7500, 643 },
	  .sum = { 13500, 643 },
	  .discount = { 1500, 643 },
	  .tax = FISCAL_TAX_STANDARD,
	  .tax_rate = 2000,
	  .unit = UNIT_PIECE },
};

static const FiscalDocument sale = {
	.kind = FISCAL_SALE,
	.sale_id = "T2-118-17",
	.lines = sale_lines,
	.n_lines = G_N_ELEMENTS(sale_lines),
	.paid = { [TENDER_CASH] = { 20000, 643 }, [TENDER_CARD] = { 10000, 643 } },
	.total = { 24594, 643 },
	.customer_contact = "+79161234567",
};

static FiscalStatus observe(Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	FiscalStatus status;

	g_assert_true(fixture->driver->observe(fixture->registrar, &status, &error));
	g_assert_no_error(error);
	return status;
}

/* Runs steps till the first fault; -1 if there was none. */
static int run(Fixture *fixture, const FiscalDocument *document, FiscalProof *proof)
{
	const struct fiscal_driver *driver = fixture->driver;
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = driver->plan(fixture->registrar, document, &error);
	int fault = -1;

	g_assert_no_error(error);
	for (int i = 0; i < driver->plan_n_steps(plan) && fault < 0; i++) {
		if (!driver->step(fixture->registrar, plan, i, proof, &error))
			fault = error->code;
	}
	driver->plan_free(plan);
	return fault;
}

static void test_open_shift(void)
{
	Fixture fixture;
	FiscalDocument document = { .kind = FISCAL_SHIFT_OPEN, .cashier = "Иванова А." };
	FiscalStatus status;
	FiscalProof proof;

	set_up(&fixture, "shift-open", NULL);
	status = observe(&fixture);
	g_assert_false(status.shift_open);
	g_assert_false(status.document_open);
	g_assert_cmpuint(status.last_document, ==, 56);
	g_assert_cmpuint(status.shift_number, ==, 41);
	g_assert_cmpstr(status.serial, ==, "9999078900012345");
	g_assert_cmpint(run(&fixture, &document, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 57);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	g_assert_cmpstr(proof.sign, ==, "1261181449");
	g_assert_cmpstr(proof.serial, ==, "9999078900012345");
	tear_down(&fixture);
}

static void test_sale_with_mixed_payment(void)
{
	Fixture fixture;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	set_up(&fixture, "sale", NULL);
	g_assert_true(observe(&fixture).shift_open);
	g_assert_cmpint(run(&fixture, &sale, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 58);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	g_assert_cmpuint(proof.receipt_number, ==, 1);
	g_assert_cmpstr(proof.sign, ==, "1906569744");
	g_assert_cmpint(proof.change.minor, ==, 5406);
	g_assert_cmpint(proof.change.currency, ==, 643);
	g_assert_true(fixture.driver->finish_print(fixture.registrar, &error));
	tear_down(&fixture);
}

static void test_return_without_units(void)
{
	Fixture fixture;
	FiscalLine line = sale_lines[1];
	FiscalDocument document = { .kind = FISCAL_SALE_RETURN,
				    .lines = &line,
				    .n_lines = 1,
				    .paid = { [TENDER_CASH] = rub(6750), [TENDER_CARD] = rub(0) },
				    .total = rub(6750) };
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
	FiscalProof proof;

	g_hash_table_insert(options, (char *)"ffd", (char *)"1.05");
	line.quantity.micro = QUANTITY_ONE;
	line.sum = rub(6750);
	set_up(&fixture, "return", options);
	observe(&fixture);
	g_assert_cmpint(run(&fixture, &document, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 59);
	g_assert_cmpuint(proof.receipt_number, ==, 2);
	tear_down(&fixture);
}

static void test_x_and_z(void)
{
	Fixture fixture;
	FiscalDocument x = { .kind = FISCAL_X };
	FiscalDocument z = { .kind = FISCAL_SHIFT_CLOSE, .cashier = "Иванова А." };
	FiscalStatus status;
	FiscalProof proof;

	set_up(&fixture, "x-and-z", NULL);
	status = observe(&fixture);
	g_assert_cmpint(status.cash.minor, ==, 7844);
	g_assert_cmpint(run(&fixture, &x, &proof), ==, -1);
	observe(&fixture);
	g_assert_cmpint(run(&fixture, &z, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 60);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	g_assert_cmpstr(proof.sign, ==, "1719109785");
	tear_down(&fixture);
}

static const FiscalIntent sale_intent = {
	.kind = FISCAL_SALE,
	.before = { .serial = "9999078900012345",
		    .shift_open = true,
		    .last_document = 57,
		    .shift_number = 42,
		    .receipt_number = 0 },
	.total = { 24594, 643 },
};

static void test_answer_lost_is_unknown(void)
{
	Fixture fixture;
	FiscalProof proof;

	set_up(&fixture, "lost-answer", NULL);
	observe(&fixture);
	g_assert_cmpint(run(&fixture, &sale, &proof), ==, DEVICE_FAULT_OUTCOME_UNKNOWN);
	tear_down(&fixture);
}

static bool never_used(const char *serial, uint32_t number, void *data)
{
	return false;
}

static bool always_used(const char *serial, uint32_t number, void *data)
{
	g_assert_cmpstr(serial, ==, "9999078900012345");
	g_assert_cmpuint(number, ==, 58);
	return true;
}

/* Without the counter nothing could tell whether cash went in; without FF41h a shift opens all the
 * same. */
static void test_old_firmware(void)
{
	Fixture fixture;
	FiscalDocument shift = { .kind = FISCAL_SHIFT_OPEN, .cashier = "Иванова А." };
	FiscalDocument cash = { .kind = FISCAL_CASH_IN, .total = { 100000, 643 } };
	FiscalProof proof;

	set_up(&fixture, "old-firmware", NULL);
	g_assert_cmpint(observe(&fixture).cash.minor, ==, 0);
	g_assert_cmpint(run(&fixture, &cash, &proof), ==, DEVICE_FAULT_REFUSED);
	g_assert_cmpint(run(&fixture, &shift, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 57);
	tear_down(&fixture);
}

static void check_made(const char *transcript, int64_t change)
{
	Fixture fixture;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	set_up(&fixture, transcript, NULL);
	g_assert_cmpint(fixture.driver->reconcile(fixture.registrar, &sale_intent, never_used, NULL,
						  &proof, &error),
			==, FISCAL_MADE);
	g_assert_no_error(error);
	g_assert_cmpuint(proof.document_number, ==, 58);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	g_assert_cmpuint(proof.receipt_number, ==, 1);
	g_assert_cmpstr(proof.sign, ==, "1906569744");
	g_assert_cmpstr(proof.at, ==, "2026-06-03T10:17");
	g_assert_cmpint(proof.change.minor, ==, change);
	tear_down(&fixture);
}

static void test_plugged_in_again(void)
{
	check_made("held-answer", 5406);
}

static void test_registrar_restarted(void)
{
	check_made("power-cycle", 0); /* nobody knows the change any more */
}

static FiscalVerdict reconcile_after_power_cycle(const FiscalIntent *intent,
						 bool (*used)(const char *, uint32_t, void *),
						 GError **error)
{
	Fixture fixture;
	FiscalProof proof;
	FiscalVerdict verdict;

	set_up(&fixture, "power-cycle", NULL);
	verdict = fixture.driver->reconcile(fixture.registrar, intent, used, NULL, &proof, error);
	fixture.driver->close(fixture.registrar);
	port_close(fixture.port);
	return verdict;
}

static void test_verdicts(void)
{
	FiscalIntent intent = sale_intent;
	g_autoptr(GError) error = NULL;

	/* One proof serves one sale: document 58 is another sale of the same total. */
	g_assert_cmpint(reconcile_after_power_cycle(&intent, always_used, &error), ==,
			FISCAL_NOT_MADE);
	g_assert_no_error(error);

	intent.before.last_document = 58;
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==,
			FISCAL_NOT_MADE);
	g_assert_no_error(error);

	intent.before.last_document = 59;
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==,
			FISCAL_FOREIGN);
	g_clear_error(&error);

	intent = sale_intent;
	intent.total = rub(24595);
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==,
			FISCAL_FOREIGN);
	g_clear_error(&error);

	intent = sale_intent;
	intent.kind = FISCAL_SALE_RETURN;
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==,
			FISCAL_FOREIGN);
	g_clear_error(&error);

	intent = sale_intent;
	strcpy(intent.before.serial, "9999078900099999");
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==,
			FISCAL_CANNOT_TELL);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REPLACED);
	g_clear_error(&error);

	/* The drawer held 145.94 after it. */
	intent = sale_intent;
	intent.kind = FISCAL_CASH_IN;
	intent.total = rub(4594);
	intent.before.cash = rub(10000);
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==, FISCAL_MADE);
	intent.before.cash = rub(14594);
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==,
			FISCAL_NOT_MADE);
	intent.kind = FISCAL_CASH_OUT;
	intent.before.cash = rub(19188);
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==, FISCAL_MADE);
	intent.before.cash = rub(19189);
	g_assert_cmpint(reconcile_after_power_cycle(&intent, never_used, &error), ==,
			FISCAL_FOREIGN);
}

/* A line was registered twice over a bad cable: the totals differ before the commit. */
static FiscalVerdict reconcile_doubled_line(Fixture *fixture, const FiscalIntent *intent)
{
	FiscalProof proof;
	FiscalVerdict verdict;
	g_autoptr(GError) error = NULL;

	set_up(fixture, "doubled-line", NULL);
	observe(fixture);
	g_assert_cmpint(run(fixture, &sale, &proof), ==, DEVICE_FAULT_REFUSED);
	verdict = fixture->driver->reconcile(fixture->registrar, intent, never_used, NULL, &proof,
					     &error);
	g_assert_cmpint(error != NULL, ==, verdict == FISCAL_FOREIGN);
	return verdict;
}

static void test_doubled_line_is_made_anew(void)
{
	Fixture fixture;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(reconcile_doubled_line(&fixture, &sale_intent), ==, FISCAL_OPEN_OURS);
	g_assert_true(fixture.driver->cancel_open(fixture.registrar, &error));
	g_assert_no_error(error);
	g_assert_cmpint(fixture.driver->reconcile(fixture.registrar, &sale_intent, never_used, NULL,
						  &proof, &error),
			==, FISCAL_NOT_MADE);
	g_assert_no_error(error);
	g_assert_cmpint(run(&fixture, &sale, &proof), ==, -1);
	g_assert_cmpuint(proof.document_number, ==, 58);
	g_assert_cmpuint(proof.receipt_number, ==, 1);
	tear_down(&fixture);
}

static void check_foreign(const FiscalIntent *intent)
{
	Fixture fixture;

	g_assert_cmpint(reconcile_doubled_line(&fixture, intent), ==, FISCAL_FOREIGN);
	fixture.driver->close(fixture.registrar);
	port_close(fixture.port);
}

static void test_larger_receipt_of_others(void)
{
	FiscalIntent intent = sale_intent;

	intent.kind = FISCAL_SALE_RETURN;
	check_foreign(&intent);
	intent = sale_intent;
	intent.before.document_open = true;
	check_foreign(&intent);
	intent = sale_intent;
	intent.before.shift_number = 41;
	check_foreign(&intent);
	intent = sale_intent;
	intent.before.receipt_number = 1;
	check_foreign(&intent);
	intent = sale_intent;
	intent.kind = FISCAL_SHIFT_CLOSE;
	check_foreign(&intent);
}

static void test_paper_out_and_continue(void)
{
	Fixture fixture;
	g_autoptr(GError) error = NULL;

	set_up(&fixture, "paper-out", NULL);
	g_assert_false(fixture.driver->finish_print(fixture.registrar, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
	g_clear_error(&error);
	g_assert_true(fixture.driver->finish_print(fixture.registrar, &error));
	g_assert_no_error(error);
	tear_down(&fixture);
}

static void test_damaged_answer_is_asked_for_again(void)
{
	Fixture fixture;
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan;
	FiscalProof proof;

	set_up(&fixture, "bad-lrc", NULL);
	observe(&fixture);
	plan = fixture.driver->plan(fixture.registrar, &sale, &error);
	g_assert_true(fixture.driver->step(fixture.registrar, plan, 0, &proof, &error));
	fixture.driver->plan_free(plan);
	tear_down(&fixture);
}

/* Short conversations, written here: after the driver's first ENQ. */
#define ASK(frame) "> 05\n< 15\n> " frame "\n< 06\n"
#define STATUS ASK("02 05 10 1E 00 00 00 0B")
#define DRAWER ASK("02 06 28 1E 00 00 00 00 30")
#define IDLE STATUS "< 02 11 10 00 1E 92 02 02 00 00 33 8A 00 00 00 00 00 00 00 34\n> 06\n"
#define PRINTING STATUS "< 02 11 10 00 1E 92 02 02 05 00 33 8A 00 00 00 00 00 00 00 31\n> 06\n"
#define AWAITS STATUS "< 02 11 10 00 1E 92 02 02 03 00 33 8A 00 00 00 00 00 00 00 37\n> 06\n"
#define NO_PAPER STATUS "< 02 11 10 00 1E 12 02 02 01 00 33 8A 00 00 00 00 00 00 00 B5\n> 06\n"
#define CONTINUE ASK("02 05 B0 1E 00 00 00 AB") "< 02 03 B0 00 1E AD\n> 06\n"

typedef struct {
	const char *name;
	const char *transcript;
	int fault; /* -1: none */
} Kick;

static const Kick kicks[] = {
	{ "opens", DRAWER "< 02 03 28 00 1E 35\n> 06\n", -1 },
	{ "busy_then_opens",
	  DRAWER "< 02 02 28 50 7A\n> 06\n" PRINTING IDLE DRAWER "< 02 03 28 00 1E 35\n> 06\n",
	  -1 },
	{ "busy_question",
	  DRAWER "< 02 02 28 50 7A\n> 06\n" STATUS "< 02 02 10 50 42\n> 06\n" IDLE DRAWER
		 "< 02 03 28 00 1E 35\n> 06\n",
	  -1 },
	{ "paper_reloaded_then_opens",
	  DRAWER "< 02 02 28 58 72\n> 06\n" AWAITS AWAITS CONTINUE IDLE DRAWER
		 "< 02 03 28 00 1E 35\n> 06\n",
	  -1 },
	{ "no_paper", DRAWER "< 02 02 28 6B 41\n> 06\n" NO_PAPER, DEVICE_FAULT_PAPER_OUT },
	{ "wrong_password", DRAWER "< 02 02 28 4F 65\n> 06\n", DEVICE_FAULT_WRONG_PASSWORD },
	{ "shift_too_long", DRAWER "< 02 02 28 4E 64\n> 06\n", DEVICE_FAULT_SHIFT_TOO_LONG },
	{ "answer_without_error", DRAWER "< 02 01 28 29\n> 06\n", DEVICE_FAULT_OUTCOME_UNKNOWN },
};

static void test_kick(const void *data)
{
	const Kick *kick = data;
	g_autofree char *text = g_strconcat("> 05\n< 15\n", kick->transcript, NULL);
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript(text, &error);
	const struct fiscal_driver *driver = fiscal_driver_find("shtrih");
	struct fiscal *registrar = driver->open(port, NULL, &error);
	bool ok;

	g_assert_no_error(error);
	ok = driver->open_drawer(registrar, &error);
	if (kick->fault < 0)
		g_assert_no_error(error);
	else
		g_assert_error(error, DEVICE_FAULT, kick->fault);
	g_assert_cmpint(ok, ==, kick->fault < 0);
	g_assert_true(port_transcript_is_done(port));
	driver->close(registrar);
	port_close(port);
}

static void test_silent_device_does_not_open(void)
{
	g_autoptr(GError) error = NULL;
	struct port *port = port_new_transcript("> 05 05 05\n", &error);

	g_assert_null(fiscal_driver_find("shtrih")->open(port, NULL, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	port_close(port);
	g_assert_null(fiscal_driver_find("abacus"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shtrih/old-firmware", test_old_firmware);
	g_test_add_func("/shtrih/open_shift", test_open_shift);
	g_test_add_func("/shtrih/sale_with_mixed_payment", test_sale_with_mixed_payment);
	g_test_add_func("/shtrih/return_without_units", test_return_without_units);
	g_test_add_func("/shtrih/x_and_z", test_x_and_z);
	g_test_add_func("/shtrih/answer_lost_is_unknown", test_answer_lost_is_unknown);
	g_test_add_func("/shtrih/plugged_in_again", test_plugged_in_again);
	g_test_add_func("/shtrih/registrar_restarted", test_registrar_restarted);
	g_test_add_func("/shtrih/verdicts", test_verdicts);
	g_test_add_func("/shtrih/doubled_line", test_doubled_line_is_made_anew);
	g_test_add_func("/shtrih/larger_receipt_of_others", test_larger_receipt_of_others);
	g_test_add_func("/shtrih/paper_out_and_continue", test_paper_out_and_continue);
	g_test_add_func("/shtrih/damaged_answer", test_damaged_answer_is_asked_for_again);
	g_test_add_func("/shtrih/silent_device", test_silent_device_does_not_open);
	for (size_t i = 0; i < G_N_ELEMENTS(kicks); i++) {
		g_autofree char *path = g_strdup_printf("/shtrih/drawer/%s", kicks[i].name);

		g_test_add_data_func(path, &kicks[i], test_kick);
	}
	return g_test_run();
}
