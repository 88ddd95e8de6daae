/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/printer.h"
#include "tests/devices/meet/sweep.h"

#include <string.h>

/* Receipt printers (receipt-printer-escpos.md): PRINT_DONE is said of what is on paper to its end,
 * PRINT_NOTHING of what is not on it at all. */

enum { N_THREADS = 48 };

static MeetCable cable_of(const void *data)
{
	return (MeetCable)GPOINTER_TO_INT(data);
}

typedef struct {
	Meet *meet;
	const struct printer_driver *driver;
	struct printer *printer; /* or NULL */
} Till;

static void till_open(Till *self)
{
	g_autoptr(GError) error = NULL;

	if (self->printer != NULL)
		self->driver->close(self->printer);
	self->printer = self->driver->open(meet_plug(self->meet), NULL, &error);
	g_assert_no_error(error);
}

static Till till_new(MeetCable cable, const char *fault)
{
	Till till = { .meet = meet_new("printer-escpos", cable,
				       (const char *const[]){ "speed_mm=0", fault, NULL }),
		      .driver = printer_driver_find("escpos") };

	till_open(&till);
	return till;
}

static void till_end(Till *self)
{
	self->driver->close(self->printer);
	meet_end(self->meet);
}

static Paper *receipt_new(const char *last)
{
	Paper *paper = paper_new();

	paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD, "Дэлгүүр №5");
	paper_add_pair(paper, PAPER_PLAIN, "Хлеб ржаной", "45.00");
	paper_add_rule(paper);
	paper_add_pair(paper, PAPER_DOUBLE, "ИТОГО", "45.00");
	g_assert_true(paper_add_ean13(paper, "4601234567893"));
	g_assert_true(paper_add_qr(paper, "https://a.example/?s=45.00"));
	paper_add_text(paper, PAPER_CENTRE, PAPER_PLAIN, last);
	return paper;
}

static PrintOutcome print(Till *self, const char *last, GError **error)
{
	g_autoptr(Paper) paper = receipt_new(last);

	return self->driver->print(self->printer, paper, NULL, NULL, error);
}

/* ---- in peace */

static void test_prints(const void *data)
{
	Till till = till_new(cable_of(data), NULL);
	g_autoptr(GError) error = NULL;
	PrinterStatus status;

	g_assert_cmpint(print(&till, "THANKS", &error), ==, PRINT_DONE);
	g_assert_no_error(error);
	g_assert_true(meet_has(till.meet, "PAPER|[EAN13 4601234567893]"));
	g_assert_true(meet_has(till.meet, "PAPER|[QR https://a.example/?s=45.00]"));
	g_assert_true(meet_has(till.meet, "THANKS\n"));
	g_assert_true(meet_has(till.meet, "PAPER|[cut]"));
	g_assert_cmpint(print(&till, "AGAIN", &error), ==, PRINT_DONE);
	g_assert_true(till.driver->open_drawer(till.printer, &error));
	meet_wait(till.meet, "DRAWER|");
	g_assert_true(till.driver->observe(till.printer, &status, &error));
	g_assert_true(status.speaks);
	g_assert_cmpint(printer_status_fault(&status), ==, DEVICE_FAULT_N);
	meet_assert_no_flags(till.meet);
	till_end(&till);
}

typedef struct {
	const char *trouble, *cure;
	DeviceFault told;
} Trouble;

/* It has it before the receipt: nothing is printed, and all of it when it is cured. */
static void run_trouble(MeetCable cable, const Trouble *trouble)
{
	Till till = till_new(cable, NULL);
	g_autoptr(GError) error = NULL;

	g_test_message("%s, %s", trouble->trouble, meet_cable_names[cable]);
	meet_say(till.meet, trouble->trouble);
	g_assert_cmpint(print(&till, "THANKS", &error), ==, PRINT_NOTHING);
	g_assert_error(error, DEVICE_FAULT, (int)trouble->told);
	g_clear_error(&error);
	g_assert_false(meet_has(till.meet, "PAPER|"));
	g_assert_false(till.driver->open_drawer(till.printer, &error));
	g_clear_error(&error);
	meet_say(till.meet, trouble->cure);
	g_assert_cmpint(print(&till, "THANKS", &error), ==, PRINT_DONE);
	g_assert_true(meet_has(till.meet, "THANKS\n"));
	g_assert_false(meet_has(till.meet, "DRAWER|"));
	meet_assert_no_flags(till.meet);
	till_end(&till);
}

static void test_has_its_troubles(const void *data)
{
	static const Trouble troubles[] = {
		{ "paper-out", "paper", DEVICE_FAULT_PAPER_OUT },
		{ "cover-open", "cover-close", DEVICE_FAULT_COVER_OPEN },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++)
		run_trouble(cable_of(data), &troubles[i]);
}

typedef struct {
	Meet *meet;
	const char *cure;
	DeviceFault told;
} Helper;

static bool help(DeviceFault fault, void *data)
{
	Helper *helper = data;

	if (helper->told == DEVICE_FAULT_N) {
		helper->told = fault;
		sim_say(helper->meet->sim, helper->cure);
	}
	return true;
}

/* In the middle of the receipt: a person helps, and it is whole. */
static void run_helped(MeetCable cable, const char *fault, const char *cure, DeviceFault told)
{
	Till till = till_new(cable, fault);
	Helper helper = { till.meet, cure, DEVICE_FAULT_N };
	g_autoptr(GError) error = NULL;
	g_autoptr(Paper) paper = receipt_new("THANKS");

	g_test_message("%s, %s", fault, meet_cable_names[cable]);
	g_assert_cmpint(till.driver->print(till.printer, paper, help, &helper, &error), ==,
			PRINT_DONE);
	g_assert_cmpint(helper.told, ==, told);
	g_assert_true(meet_has(till.meet, "THANKS\n"));
	meet_assert_no_flags(till.meet);
	till_end(&till);
}

static void test_is_helped(const void *data)
{
	MeetCable cable = cable_of(data);

	run_helped(cable, "paper_out=0@300", "paper", DEVICE_FAULT_PAPER_OUT);
	run_helped(cable, "cover_open@300", "cover-close", DEVICE_FAULT_COVER_OPEN);
}

static void test_silent_one(const void *data)
{
	Till till = till_new(cable_of(data), "silent");
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(print(&till, "THANKS", &error), ==, PRINT_SENT);
	meet_wait(till.meet, "THANKS\n");
	till_end(&till);
}

/* ---- with a bad cable */

/* Is every row of the receipt on paper? A flipped or lost byte may have spoilt one: there is no
 * check sum, and then only its end is looked for. */
static bool is_whole(const Meet *meet, const SweepFault *fault)
{
	static const char *const rows[] = { "45.00\n", "[EAN13 4601234567893]",
					    "[QR https://a.example/?s=45.00]", "THANKS\n",
					    "PAPER|[cut]" };
	bool spoils = sweep_is(fault, "lose_in") || sweep_is(fault, "flip_in") ||
		      sweep_is(fault, "twice_in");

	for (size_t i = 0; i < G_N_ELEMENTS(rows) && !spoils; i++)
		if (!meet_has(meet, rows[i]))
			return false;
	return true;
}

static char *judge(const Meet *meet, const SweepFault *fault, PrintOutcome outcome,
		   const GError *error)
{
	switch (outcome) {
	case PRINT_DONE:
		return is_whole(meet, fault) ? NULL : g_strdup("done, and not all on paper");
	case PRINT_SENT:
		return NULL;
	case PRINT_NOTHING:
		if (meet_has(meet, "THANKS\n"))
			return g_strdup("nothing, and it is on paper");
		break;
	case PRINT_UNKNOWN:
		break;
	}
	return sweep_check_fault("print()", error);
}

static char *print_last(Till *till)
{
	g_autoptr(GError) error = NULL;
	PrintOutcome outcome = PRINT_NOTHING;

	for (int i = 0; i < 4 && outcome != PRINT_DONE; i++) {
		g_clear_error(&error);
		if (till->printer != NULL)
			till->driver->close(till->printer);
		till->printer = till->driver->open(meet_plug(till->meet), NULL, &error);
		if (till->printer != NULL)
			outcome = print(till, "LAST", &error);
	}
	if (outcome != PRINT_DONE)
		return g_strdup_printf("it does not recover: %d, %s", outcome,
				       error != NULL ? error->message : "no reason");
	return meet_has(till->meet, "LAST\n") ? NULL : g_strdup("done, and the last is not there");
}

static char *talk(Meet *meet, const SweepFault *fault, const void *data)
{
	Till till = { .meet = meet, .driver = printer_driver_find("escpos") };
	g_autoptr(GError) error = NULL;
	char *wrong = NULL;

	(void)data;
	till.printer = till.driver->open(meet_plug(meet), NULL, &error);
	if (till.printer == NULL) {
		wrong = sweep_check_fault("open()", error);
	} else {
		PrintOutcome outcome = print(&till, "THANKS", &error);

		wrong = judge(meet, fault, outcome, error);
	}
	if (fault->fault != NULL && wrong == NULL) {
		meet_say(meet, "hear");
		wrong = print_last(&till);
	}
	if (till.printer != NULL)
		till.driver->close(till.printer);
	return wrong;
}

static void test_bad_cable(const void *data)
{
	sweep_run(&(Sweep){ .sim = "printer-escpos",
			    .cable = cable_of(data),
			    .settings = (const char *const[]){ "speed_mm=0", NULL },
			    .talk = talk,
			    .good_stream = cable_of(data) == MEET_TCP,
			    .stride = sweep_is_long() ? 1 : 9,
			    .n_threads = N_THREADS });
}

static void add(MeetCable cable, const char *what, GTestDataFunc test)
{
	g_autofree char *path =
		g_strdup_printf("/meet/printer-escpos/%s/%s", meet_cable_names[cable], what);

	g_test_add_data_func(path, GINT_TO_POINTER(cable), test);
}

int main(int argc, char **argv)
{
	sweep_init(&argc, &argv);
	for (MeetCable cable = MEET_PTY; cable <= MEET_TCP; cable++) {
		add(cable, "prints", test_prints);
		add(cable, "has its troubles", test_has_its_troubles);
		add(cable, "is helped", test_is_helped);
		add(cable, "silent one", test_silent_one);
		add(cable, "bad cable", test_bad_cable);
	}
	return g_test_run();
}
