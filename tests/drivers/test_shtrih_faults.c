/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/fiscal.h"
#include "drivers/sim/sim.h"

#include <glib/gstdio.h>

/* The shipping driver against the simulated registrar, which misbehaves once: whatever happens, one
 * sale becomes one document. The engine's part (journal, restart) is played here in its simplest
 * form: after any doubt open again, reconcile, and do what the verdict says. */
typedef struct {
	const char *fault; /* as baraa sim takes it */
	FiscalKind kind;
} Trouble;

static const Trouble troubles[] = {
	{ "extended", FISCAL_SALE },
	{ "ff_byte", FISCAL_SALE },
	{ "lost_answer@8D:1", FISCAL_SALE },
	{ "lost_answer_power@8D:1", FISCAL_SALE },
	{ "lost_answer@FF46:2", FISCAL_SALE },
	{ "lost_answer_power@FF46:2", FISCAL_SALE },
	{ "die_before@89:1", FISCAL_SALE },
	{ "lost_answer@FF45:1", FISCAL_SALE },
	{ "lost_answer_power@FF45:1", FISCAL_SALE },
	{ "die_before@FF45:1", FISCAL_SALE },
	{ "bad_lrc=2@FF45:1", FISCAL_SALE },
	{ "nak=2@FF45:1", FISCAL_SALE },
	{ "busy=3@FF45:1", FISCAL_SALE },
	{ "busy=3", FISCAL_SALE },
	{ "garbage=7@FF45:1", FISCAL_SALE },
	{ "drop_tx=1@FF45:1", FISCAL_SALE },
	{ "drop_tx=2@FF45:1", FISCAL_SALE },
	{ "drop_tx=12@FF45:1", FISCAL_SALE },
	{ "drop_rx=60@15", FISCAL_SALE },
	{ "lost_answer@FF45:1", FISCAL_SALE_RETURN },
	{ "lost_answer_power@FF45:1", FISCAL_SALE_RETURN },
	{ "die_before@FF45:1", FISCAL_SALE_RETURN },
	{ "lost_answer@50:1", FISCAL_CASH_IN },
	{ "lost_answer_power@50:1", FISCAL_CASH_IN },
	{ "die_before@50:1", FISCAL_CASH_IN },
	{ "lost_answer_power@51:1", FISCAL_CASH_OUT },
	{ "lost_answer@FF43:1", FISCAL_SHIFT_CLOSE },
	{ "lost_answer_power@FF43:1", FISCAL_SHIFT_CLOSE },
	{ "die_before@FF43:1", FISCAL_SHIFT_CLOSE },
	{ "lost_answer_power@FF42:1", FISCAL_SHIFT_CLOSE },
};

typedef struct {
	const struct fiscal_driver *driver;
	const char *address; /* borrowed */
	struct port *port;
	struct fiscal *registrar;
} Till;

static void connect(Till *till)
{
	int64_t until = g_get_monotonic_time() + G_TIME_SPAN_MINUTE;

	/* The cable comes back by itself. */
	while (g_get_monotonic_time() < until) {
		till->port = port_open(till->address, NULL);
		if (till->port != NULL)
			till->registrar = till->driver->open(till->port, NULL, NULL);
		if (till->registrar != NULL)
			return;
		g_clear_pointer(&till->port, port_close);
		g_thread_yield();
	}
	g_error("%s does not come back", till->address);
}

static void disconnect(Till *till)
{
	till->driver->close(g_steal_pointer(&till->registrar));
	port_close(g_steal_pointer(&till->port));
}

static FiscalStatus observe(Till *till)
{
	g_autoptr(GError) error = NULL;
	FiscalStatus status;

	g_assert_true(till->driver->finish_print(till->registrar, &error));
	g_assert_true(till->driver->observe(till->registrar, &status, &error));
	g_assert_no_error(error);
	return status;
}

/* True if it was made for certain, false if nothing is known. Any other fault is a failed test. */
static bool send_document(Till *till, const FiscalDocument *document, FiscalProof *proof)
{
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = till->driver->plan(till->registrar, document, &error);
	bool ok = true;

	g_assert_no_error(error);
	for (int i = 0; ok && i < till->driver->plan_n_steps(plan); i++)
		ok = till->driver->step(till->registrar, plan, i, proof, &error);
	till->driver->plan_free(plan);
	if (!ok && error->code != DEVICE_FAULT_OFFLINE && error->code != DEVICE_FAULT_PROTOCOL)
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN);
	return ok;
}

static bool never_used(const char *serial, uint32_t number, void *data)
{
	return false;
}

static FiscalVerdict reconcile(Till *till, const FiscalIntent *intent, FiscalProof *proof)
{
	for (int i = 0; i < 10; i++) {
		FiscalVerdict verdict;

		disconnect(till);
		connect(till);
		verdict = till->driver->reconcile(till->registrar, intent, never_used, NULL, proof,
						  NULL);
		if (verdict != FISCAL_CANNOT_TELL)
			return verdict;
	}
	return FISCAL_CANNOT_TELL;
}

/* Until it exists. */
static void make(Till *till, const FiscalDocument *document, FiscalProof *proof)
{
	for (int i = 0; i < 10; i++) {
		FiscalIntent intent = { .kind = document->kind,
					.before = observe(till),
					.total = document->total };
		FiscalVerdict verdict;

		if (send_document(till, document, proof))
			return;
		verdict = reconcile(till, &intent, proof);
		if (verdict == FISCAL_OPEN_OURS) {
			g_assert_true(till->driver->cancel_open(till->registrar, NULL));
			verdict = reconcile(till, &intent, proof);
		}
		if (verdict == FISCAL_MADE)
			return;
		g_assert_cmpint(verdict, ==, FISCAL_NOT_MADE);
	}
	g_assert_not_reached();
}

static const FiscalLine lines[] = {
	{ .name = "Яблоки",
	  .quantity = { 1234000 },
	  .price = { 8990, 643 },
	  .sum = { 11094, 643 },
	  .discount = { 0, 643 },
	  .tax = FISCAL_TAX_REDUCED,
	  .tax_rate = 1000,
	  .unit = UNIT_KILOGRAM },
	{ .name = "Сок",
	  .quantity = { 7000000 },
	  .price = { 2000, 643 },
	  .sum = { 10000, 643 },
	  .discount = { 4000, 643 },
	  .tax = FISCAL_TAX_STANDARD,
	  .tax_rate = 2200,
	  .unit = UNIT_PIECE },
};

static FiscalDocument document_of(FiscalKind kind)
{
	FiscalDocument document = { .kind = kind, .cashier = "Иванова А.", .total = { 0, 643 } };

	if (kind == FISCAL_CASH_IN || kind == FISCAL_CASH_OUT)
		document.total.minor = 5000;
	if (kind != FISCAL_SALE && kind != FISCAL_SALE_RETURN)
		return document;
	document.lines = lines;
	document.n_lines = G_N_ELEMENTS(lines);
	document.total.minor = 21094;
	document.paid[TENDER_CASH] = (Money){ kind == FISCAL_SALE ? 15000 : 11094, 643 };
	document.paid[TENDER_CARD] = (Money){ 10000, 643 };
	return document;
}

/* What the drawer holds more after it. */
static int64_t cash_effect(FiscalKind kind)
{
	switch (kind) {
	case FISCAL_SALE:
		return 11094;
	case FISCAL_SALE_RETURN:
		return -11094;
	case FISCAL_CASH_IN:
		return 5000;
	case FISCAL_CASH_OUT:
		return -5000;
	default:
		return 0;
	}
}

static void start(Till *till, const SimOptions *options, SimThread **ret_sim)
{
	g_autoptr(GError) error = NULL;

	*ret_sim = sim_start("fiscal-shtrih", options, &error);
	g_assert_no_error(error);
	till->address = sim_thread_get_address(*ret_sim);
	connect(till);
}

static void stop(Till *till, SimThread *sim)
{
	g_autoptr(GError) error = NULL;

	disconnect(till);
	g_assert_true(sim_stop(sim, &error));
	g_assert_no_error(error);
}

static void test_trouble(const void *data)
{
	const Trouble *trouble = data;
	static const char *const quick[] = { "print_ms=1", NULL };
	const char *faults[] = { "print_ms=1", trouble->fault, NULL };
	g_autofree char *dir = g_dir_make_tmp("baraa-XXXXXX", NULL);
	g_autofree char *state = g_build_filename(dir, "state", NULL);
	SimOptions options = { .faults = quick, .state_path = state, .control_fd = -1 };
	FiscalDocument opening = document_of(FISCAL_SHIFT_OPEN);
	FiscalDocument cash = document_of(FISCAL_CASH_IN);
	FiscalDocument document = document_of(trouble->kind);
	bool numbered = trouble->kind != FISCAL_CASH_IN && trouble->kind != FISCAL_CASH_OUT;
	Till till = { .driver = fiscal_driver_find("shtrih") };
	FiscalStatus before, after;
	FiscalProof proof = { 0 };
	SimThread *sim;

	cash.total.minor = 50000;
	start(&till, &options, &sim);
	make(&till, &opening, &proof);
	make(&till, &cash, &proof);
	before = observe(&till);
	stop(&till, sim);

	options.faults = faults;
	start(&till, &options, &sim);
	make(&till, &document, &proof);
	after = observe(&till);
	stop(&till, sim);

	g_assert_cmpuint(after.last_document - before.last_document, ==, numbered ? 1 : 0);
	g_assert_cmpint(after.cash.minor - before.cash.minor, ==, cash_effect(trouble->kind));
	g_assert_false(after.document_open);
	if (numbered) {
		g_assert_cmpuint(proof.document_number, ==, after.last_document);
		g_assert_cmpuint(proof.shift_number, ==, before.shift_number);
		g_assert_cmpstr(proof.serial, ==, before.serial);
	}
	g_assert_cmpint(g_remove(state), ==, 0);
	g_assert_cmpint(g_rmdir(dir), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++) {
		g_autofree char *path = g_strdup_printf("/shtrih_faults/%d/%s", troubles[i].kind,
							troubles[i].fault);

		g_test_add_data_func(path, &troubles[i], test_trouble);
	}
	return g_test_run();
}
