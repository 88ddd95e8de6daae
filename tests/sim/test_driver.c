/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/display.h"
#include "drivers/fiscal/fiscal.h"
#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <jansson.h>

/* The shipping drivers against the simulators, over their public faces: two readings of one page
 * that know nothing of each other must agree. Whatever the fault, one sale is one document. */
typedef struct {
	SimThread *sim;
	char *state, *log;
	struct port *port;
	struct fiscal *fiscal;
} Shop;

static const struct fiscal_driver *driver;
static int64_t our_clock = INT64_C(1700000000) * 1000000;

static void plug_in(Shop *shop)
{
	g_autoptr(GError) error = NULL;

	shop->port = port_open(sim_thread_get_address(shop->sim), &error);
	g_assert_no_error(error);
	shop->fiscal = driver->open(shop->port, NULL, &error);
	g_assert_no_error(error);
}

static void pull_out(Shop *shop)
{
	driver->close(shop->fiscal);
	port_close(shop->port);
}

static Shop shop_new(const char *name, const char *pty, const char *fault)
{
	g_autofree char *state = g_strdup_printf("driver-%s.json", name);
	g_autofree char *log = g_strdup_printf("driver-%s.log", name);
	const char *faults[] = { fault, NULL };
	g_autoptr(GError) error = NULL;
	Shop shop = { .state = scratch_new(state), .log = scratch_new(log) };

	shop.sim = sim_start("fiscal-shtrih",
			     &(SimOptions){ .pty_link = pty,
					    .faults = faults,
					    .state_path = shop.state,
					    .log_path = shop.log,
					    .control_fd = -1 },
			     &error);
	g_assert_no_error(error);
	plug_in(&shop);
	return shop;
}

static void shop_end(Shop *shop)
{
	g_autoptr(GError) error = NULL;

	pull_out(shop);
	g_assert_true(sim_stop(shop->sim, &error));
	g_assert_no_error(error);
	g_free(shop->state);
	g_free(shop->log);
}

static Money rub(int64_t kopecks)
{
	return (Money){ kopecks, 643 };
}

/* The page's sale: apples by weight, chocolate with a discount, card and cash. */
static const FiscalLine *page_lines(void)
{
	static FiscalLine lines[2];

	lines[0] = (FiscalLine){ .name = "Яблоки вес.",
				 .quantity = { 1234000 },
				 .price = rub(8990),
				 .sum = rub(11094),
				 .discount = rub(0),
				 .tax = FISCAL_TAX_REDUCED,
				 .tax_rate = 1000,
				 .unit = UNIT_KILOGRAM };
	lines[1] = (FiscalLine){ .name = "Шоколад",
				 .quantity = { 2000000 },
				 .price = rub(7500),
				 .sum = rub(13500),
				 .discount = rub(1500),
				 .tax = FISCAL_TAX_STANDARD,
				 .tax_rate = 2200,
				 .unit = UNIT_PIECE };
	return lines;
}

static FiscalDocument page_sale(FiscalKind kind)
{
	return (FiscalDocument){ .kind = kind,
				 .sale_id = "T1-42-1",
				 .lines = page_lines(),
				 .n_lines = 2,
				 .paid = { rub(kind == FISCAL_SALE ? 20000 : 14594), rub(10000) },
				 .total = rub(24594),
				 .cashier = "Иванова А." };
}

static bool nothing_used(const char *serial, uint32_t number, void *data)
{
	return false;
}

/* All steps; false at the first that fails. */
static bool take_steps(Shop *shop, const FiscalDocument *document, FiscalProof *proof,
		       GError **error)
{
	struct fiscal_plan *plan = driver->plan(shop->fiscal, document, error);
	bool done = plan != NULL;

	for (int i = 0; done && i < driver->plan_n_steps(plan); i++)
		done = driver->step(shop->fiscal, plan, i, proof, error);
	if (plan != NULL)
		driver->plan_free(plan);
	return done;
}

/* What the till's engine does after a doubt, in short: asks until it knows. */
static FiscalVerdict resolve(Shop *shop, const FiscalIntent *intent, FiscalProof *proof)
{
	for (int attempt = 0; attempt < 10; attempt++) {
		g_autoptr(GError) error = NULL, cancel_error = NULL;
		FiscalVerdict verdict =
			driver->reconcile(shop->fiscal, intent, nothing_used, NULL, proof, &error);

		g_test_message("verdict %d: %s", verdict, error != NULL ? error->message : "");
		if (verdict == FISCAL_MADE || verdict == FISCAL_NOT_MADE)
			return verdict;
		if (verdict == FISCAL_OPEN_OURS && driver->cancel_open(shop->fiscal, &cancel_error))
			continue;
		pull_out(shop);
		plug_in(shop);
	}
	return FISCAL_CANNOT_TELL;
}

/* Makes the document once, through whatever happens. */
static FiscalProof make(Shop *shop, const FiscalDocument *document)
{
	for (int attempt = 0; attempt < 10; attempt++) {
		g_autoptr(GError) error = NULL;
		FiscalProof proof = { 0 };
		FiscalIntent intent = { .kind = document->kind,
					.total = document->total,
					.at = our_clock };

		if (!driver->observe(shop->fiscal, &intent.before, &error)) {
			g_test_message("observe: %s", error->message);
			pull_out(shop);
			plug_in(shop);
			continue;
		}
		if (take_steps(shop, document, &proof, &error))
			return proof;
		g_test_message("step: %s", error->message);
		if (resolve(shop, &intent, &proof) == FISCAL_MADE)
			return proof;
		g_clear_error(&error);
		if (!driver->finish_print(shop->fiscal, &error))
			g_test_message("finish_print: %s", error->message);
	}
	g_assert_not_reached();
}

static void expect_receipts(const Shop *shop, size_t n, int64_t sum)
{
	json_t *root = json_load_file(shop->state, 0, NULL), *item;
	size_t i, found = 0;
	int64_t total = 0;

	json_array_foreach(json_object_get(root, "documents"), i, item)
	{
		if (json_integer_value(json_object_get(item, "type")) != 3)
			continue;
		found++;
		total += json_integer_value(json_object_get(item, "total"));
	}
	g_assert_cmpuint(found, ==, n);
	g_assert_cmpint(total, ==, sum);
	json_decref(root);
}

static void sell_once(const char *name, const char *pty, const char *fault)
{
	const FiscalDocument open = { .kind = FISCAL_SHIFT_OPEN, .cashier = "Иванова А." };
	const FiscalDocument sale = page_sale(FISCAL_SALE);
	Shop shop = shop_new(name, pty, fault);
	g_autoptr(GError) error = NULL;
	FiscalProof proof;

	g_test_message("--- %s", fault);
	make(&shop, &open);
	/* Or a fault would strike a command that the paper of the shift had refused anyway. */
	if (!driver->finish_print(shop.fiscal, &error))
		g_test_message("finish_print: %s", error->message);
	proof = make(&shop, &sale);
	g_assert_cmpuint(proof.document_number, ==, 58);
	expect_receipts(&shop, 1, 24594);
	shop_end(&shop);
}

static void test_a_day(void)
{
	const FiscalDocument open = { .kind = FISCAL_SHIFT_OPEN, .cashier = "Иванова А." };
	const FiscalDocument in = { .kind = FISCAL_CASH_IN,
				    .total = rub(50000),
				    .paid = { rub(50000) } };
	const FiscalDocument out = { .kind = FISCAL_CASH_OUT,
				     .total = rub(10000),
				     .paid = { rub(10000) } };
	const FiscalDocument x = { .kind = FISCAL_X, .cashier = "Иванова А." };
	const FiscalDocument close = { .kind = FISCAL_SHIFT_CLOSE, .cashier = "Иванова А." };
	const FiscalDocument sale = page_sale(FISCAL_SALE), back = page_sale(FISCAL_SALE_RETURN);
	g_autofree char *link = scratch_new("driver-tty");
	Shop shop = shop_new("day", link, "print_ms=20");
	FiscalProof proof;
	FiscalStatus status;
	g_autoptr(GError) error = NULL;

	g_assert_cmpuint(make(&shop, &open).document_number, ==, 57);
	make(&shop, &in);
	proof = make(&shop, &sale);
	g_assert_cmpuint(proof.document_number, ==, 58);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	g_assert_cmpint(proof.change.minor, ==, 5406);
	g_assert_cmpstr(proof.serial, ==, "9999078900012345");
	g_assert_cmpuint(make(&shop, &sale).document_number, ==,
			 59); /* the next shopper, the same goods */
	make(&shop, &back);
	make(&shop, &out);
	make(&shop, &x);
	g_assert_true(driver->observe(shop.fiscal, &status, &error));
	g_assert_cmpint(status.cash.minor, ==, 50000 + 14594 - 10000);
	make(&shop, &close);
	g_assert_true(driver->finish_print(shop.fiscal, &error));
	g_assert_true(driver->observe(shop.fiscal, &status, &error));
	g_assert_false(status.shift_open);
	expect_receipts(&shop, 3, 3 * 24594);
	g_assert_true(file_has(shop.log, "PAPER|ИТОГ                             =245.94\n"));
	g_assert_true(file_has(shop.log, "PAPER|КАССИР: Иванова А.\n"));
	g_assert_true(file_has(shop.log, "PAPER|Яблоки вес.\n"));
	shop_end(&shop);
}

static void test_every_fault(void)
{
	static const char *const faults[] = {
		"drop_rx=1",
		"drop_rx=30",
		"drop_rx=300",
		"drop_tx=4@FF45:1",
		"drop_tx=1@FF46:1",
		"drop_tx=15@FF45:1",
		"bad_lrc=2@FF45:1",
		"bad_lrc=1@FF46:2",
		"nak=2@FF45:1",
		"nak=1@8D:1",
		"slow=50*3@FF45:1",
		"lost_answer@FF45:1",
		"lost_answer@FF46:1",
		"lost_answer@FF0B:1",
		"lost_answer_power@FF45:1",
		"lost_answer_power@FF46:2",
		"lost_answer_power@FF0B:1",
		"lost_answer_power@8D:1",
		"die_before@FF45:1",
		"die_before@FF46:1",
		"die_before@FF0B:1",
		"busy=2@FF45:1",
		"fn_error=03@FF45:1",
		"ff_byte",
		"garbage=4@FF45:1",
		"extended",
		"two_tcp",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
		g_autofree char *name = g_strdup_printf("%zu", i);

		sell_once(name, NULL, faults[i]);
	}
}

static void test_paper_ends_and_is_not_a_second_sale(void)
{
	const FiscalDocument open = { .kind = FISCAL_SHIFT_OPEN };
	const FiscalDocument sale = page_sale(FISCAL_SALE);
	Shop shop = shop_new("paper", NULL, "paper_out=10@FF45:1");
	g_autoptr(GError) error = NULL;

	make(&shop, &open);
	g_assert_cmpuint(make(&shop, &sale).document_number, ==, 58);
	g_assert_false(driver->finish_print(shop.fiscal, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT);
	g_clear_error(&error);
	sim_say(shop.sim, "paper");
	wait_for_text(shop.log, "control: paper");
	g_assert_true(driver->finish_print(shop.fiscal, &error));
	expect_receipts(&shop, 1, 24594);
	g_assert_true(file_has(shop.log, "PAPER|ИТОГ                             =245.94\n"));
	shop_end(&shop);
}

static void test_display(void)
{
	const struct display_driver *pole = display_driver_find("cd5220");
	g_autofree char *log = scratch_new("driver-pole.log");
	g_autoptr(GError) error = NULL;
	SimThread *sim = sim_start("display-cd5220",
				   &(SimOptions){ .log_path = log, .control_fd = -1 }, &error);
	struct port *port = port_open(sim_thread_get_address(sim), &error);
	struct display *display = pole->open(port, NULL, &error);

	g_assert_no_error(error);
	g_assert_true(pole->show(display, "Молоко         89.90", "Өрөм Үхэр      12₮50", &error));
	wait_for_text(log, "GLASS|1|Молоко         89.90\nGLASS|2|Өрөм Үхэр      12₮50\n");
	g_assert_true(pole->show(display, "Спасибо!", "", &error));
	wait_for_text(log, "GLASS|1|Спасибо!            \nGLASS|2|                    \n");
	g_assert_false(file_has(log, "FLAG"));
	pole->close(display);
	port_close(port);
	g_assert_true(sim_stop(sim, &error));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	driver = fiscal_driver_find("shtrih");
	g_assert_nonnull(driver);
	g_test_add_func("/sim/driver/a day", test_a_day);
	g_test_add_func("/sim/driver/every fault", test_every_fault);
	g_test_add_func("/sim/driver/paper ends and is not a second sale",
			test_paper_ends_and_is_not_a_second_sale);
	g_test_add_func("/sim/driver/display", test_display);
	return g_test_run();
}
