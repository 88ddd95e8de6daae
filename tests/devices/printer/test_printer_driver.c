/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/transcript.h"
#include "tests/devices/printer/printer_testing.h"

#include <string.h>

#define INIT "> 1B 40 1C 2E 1B 52 00 1B 74 11\n"
#define ASK(a, b, c, d)                                                                            \
	"> 10 04 01\n< " a "\n> 10 04 02\n< " b "\n> 10 04 03\n< " c "\n> 10 04 04\n< " d "\n"
#define WELL ASK("12", "12", "12", "12")
#define PAPER_OUT ASK("1A", "32", "12", "72")
#define COVER_OPEN ASK("1A", "16", "12", "12")
#define SILENCE "> 10 04 01\n> 10 04 02\n> 10 04 03\n> 10 04 04\n"
#define SILENCE_4 SILENCE SILENCE SILENCE SILENCE
/* "ok", a cut, and process id 0001 */
#define RECEIPT "> 6F 6B 0A 1D 56 42 00 1D 28 48 06 00 30 30 30 30 30 31\n"
#define AUTOMATIC "> 1D 61 0E\n"
#define NO_AUTOMATIC "> 1D 61 00\n"
#define IN_ORDER "> 1D 72 01\n"
#define ID_1 "< 37 22 30 30 30 31 00\n"
/* Told to send its status by itself, it does so at once. */
#define SENT INIT WELL INIT AUTOMATIC RECEIPT "< 10 00 00 0F\n" NO_AUTOMATIC IN_ORDER

typedef struct {
	const struct printer_driver *driver;
	struct port *port;
	struct printer *printer;
	GHashTable *options;
} Counter;

static void counter_open(Counter *self, GHashTable *options, const char *transcript)
{
	g_autoptr(GError) error = NULL;

	self->options = options;
	self->driver = printer_driver_find("escpos");
	self->port = port_new_transcript(transcript, &error);
	g_assert_no_error(error);
	self->printer = self->driver->open(self->port, options, &error);
	g_assert_no_error(error);
}

static void counter_close(Counter *self)
{
	g_assert_true(port_transcript_is_done(self->port));
	self->driver->close(self->printer);
	port_close(self->port);
	g_hash_table_unref(self->options);
}

/* A person who brings paper at the @waits-th look, or gives up then. */
typedef struct {
	int waits;
	int n;
	DeviceFault last;
} Person;

static bool wait_for(DeviceFault fault, void *data)
{
	Person *person = data;

	person->last = fault;
	return ++person->n < person->waits;
}

static PrintOutcome print_ok(Counter *counter, Person *person, GError **error)
{
	g_autoptr(Paper) paper = paper_new();

	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, "ok");
	return counter->driver->print(counter->printer, paper, person != NULL ? wait_for : NULL,
				      person, error);
}

/* One receipt on a printer that is opened for it. DEVICE_FAULT_N for no error. */
/* After such a fault it may sit in the middle of a command: zeros end it, once. */
static void mend(void)
{
	g_autoptr(GString) zeros = g_string_new(">");
	Counter counter;

	for (int i = 0; i < 4096; i++)
		g_string_append(zeros, " 00");
	g_string_append(zeros, " 1B 40\n" INIT);
	counter_open(&counter, options_new("process-id", "1", NULL), zeros->str);
	counter_close(&counter);
}

static void check_print(GHashTable *options, const char *transcript, Person *person,
			PrintOutcome outcome, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	Counter counter;

	counter_open(&counter, options, transcript);
	g_assert_cmpint(print_ok(&counter, person, &error), ==, outcome);
	if (fault == DEVICE_FAULT_N)
		g_assert_no_error(error);
	else
		g_assert_error(error, DEVICE_FAULT, (int)fault);
	counter_close(&counter);
	if (outcome == PRINT_UNKNOWN &&
	    (fault == DEVICE_FAULT_OFFLINE || fault == DEVICE_FAULT_OUTCOME_UNKNOWN))
		mend();
}

static GHashTable *numbered(void)
{
	return options_new("process-id", "1", NULL);
}

static void test_done_by_process_id(void)
{
	check_print(numbered(), SENT ID_1, NULL, PRINT_DONE, DEVICE_FAULT_N);
	/* Its answer in order came first, and another receipt's number. */
	check_print(numbered(), SENT "< 00\n< 37 22 30 30 37 37 00\n" ID_1, NULL, PRINT_DONE,
		    DEVICE_FAULT_N);
	/* With flow control and a status of its own in between. */
	check_print(numbered(), SENT "< 13 10 00 00 11 00 37 22 30 30 11 30 31 00\n", NULL,
		    PRINT_DONE, DEVICE_FAULT_N);
}

static void test_second_receipt_has_next_id(void)
{
	g_autoptr(GError) error = NULL;
	Counter counter;

	counter_open(
		&counter, options_new("process-id", "9999", NULL),
		INIT WELL INIT AUTOMATIC
		"> 6F 6B 0A 1D 56 42 00 1D 28 48 06 00 30 30 39 39 39 39\n" NO_AUTOMATIC IN_ORDER
		"< 37 22 39 39 39 39 00\n" WELL INIT AUTOMATIC RECEIPT
			/* it is known to send them: no other question */
			NO_AUTOMATIC ID_1);
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_DONE);
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_DONE);
	g_assert_no_error(error);
	counter_close(&counter);
}

/* Then it is known: no number is sent to it again, where it might be printed. */
static void test_done_in_order(void)
{
	g_autoptr(GError) error = NULL;
	Counter counter;

	counter_open(&counter, numbered(),
		     SENT "< 00\n" WELL WELL WELL WELL WELL INIT AUTOMATIC
			  "> 6F 6B 0A 1D 56 42 00\n" NO_AUTOMATIC IN_ORDER "< 00\n");
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_DONE);
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_DONE);
	g_assert_no_error(error);
	counter_close(&counter);
}

/* A clone: nothing is sent to it that it may print. */
static void test_clone(void)
{
	check_print(options_new("profile", "pos58", NULL),
		    INIT WELL INIT "> 6F 6B 0A 1B 64 04\n" IN_ORDER "< 00\n", NULL, PRINT_DONE,
		    DEVICE_FAULT_N);
}

/* Ten rounds of half a second, and 40 ms a row more. */
#define ROUNDS_10 WELL WELL WELL WELL WELL WELL WELL WELL WELL WELL

/* A clone that knows but real-time questions is taken at the word of its good health. */
static void test_clone_without_answer(void)
{
	g_autoptr(GError) error = NULL;
	Counter counter;

	counter_open(&counter, options_new("profile", "pos58", NULL),
		     INIT WELL INIT "> 6F 6B 0A 1B 64 04\n" IN_ORDER ROUNDS_10 WELL WELL INIT
				    "> 6F 6B 0A 1B 64 04\n" IN_ORDER WELL WELL);
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_SENT);
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_SENT);
	g_assert_no_error(error);
	counter_close(&counter);
}

/* An Epson whose buffer was cleared: well, and without a word. */
static void test_number_never_comes(void)
{
	check_print(numbered(), SENT ROUNDS_10 WELL, NULL, PRINT_UNKNOWN,
		    DEVICE_FAULT_OUTCOME_UNKNOWN);
}

static void test_refuses_to_start(void)
{
	check_print(numbered(), INIT COVER_OPEN, NULL, PRINT_NOTHING, DEVICE_FAULT_COVER_OPEN);
	check_print(numbered(), INIT PAPER_OUT, NULL, PRINT_NOTHING, DEVICE_FAULT_PAPER_OUT);
	check_print(numbered(), INIT ASK("1A", "12", "12", "12"), NULL, PRINT_NOTHING,
		    DEVICE_FAULT_BUSY);
	check_print(numbered(), INIT ASK("1A", "52", "32", "12"), NULL, PRINT_NOTHING,
		    DEVICE_FAULT_NEEDS_SERVICE);
	check_print(numbered(),
		    INIT ASK("12", "12", "12", "1E")
			    INIT AUTOMATIC RECEIPT NO_AUTOMATIC IN_ORDER ID_1,
		    NULL, PRINT_DONE, DEVICE_FAULT_N); /* near its end */
}

/* New paper is in, and the printer waits for FEED. */
static void test_let_go_on(void)
{
	check_print(numbered(),
		    INIT ASK("3A", "12", "12", "12") "> 10 05 00\n" WELL INIT AUTOMATIC RECEIPT
			    NO_AUTOMATIC IN_ORDER ID_1,
		    NULL, PRINT_DONE, DEVICE_FAULT_N);
}

static void test_paper_out_then_new(void)
{
	Person person = { .waits = 10 };

	check_print(numbered(), SENT PAPER_OUT PAPER_OUT COVER_OPEN WELL ID_1, &person, PRINT_DONE,
		    DEVICE_FAULT_N);
	g_assert_cmpint(person.n, ==, 3);
	g_assert_cmpint(person.last, ==, DEVICE_FAULT_COVER_OPEN);
}

static void test_paper_out_for_good(void)
{
	Person person = { .waits = 3 };

	check_print(numbered(), SENT PAPER_OUT PAPER_OUT PAPER_OUT, &person, PRINT_UNKNOWN,
		    DEVICE_FAULT_PAPER_OUT);
	g_assert_cmpint(person.n, ==, 3);
	/* Nobody to wait for. */
	check_print(numbered(), SENT PAPER_OUT, NULL, PRINT_UNKNOWN, DEVICE_FAULT_PAPER_OUT);
}

/* A person's time is not the printer's: it still has its own five seconds. */
static void test_slow_person(void)
{
	g_autoptr(GString) transcript = g_string_new(SENT);
	Person person = { .waits = 1000 };

	for (int i = 0; i < 600; i++)
		g_string_append(transcript, PAPER_OUT);
	g_string_append(transcript, WELL WELL ID_1);
	check_print(numbered(), transcript->str, &person, PRINT_DONE, DEVICE_FAULT_N);
	g_assert_cmpint(person.n, ==, 600);
}

static void test_cutter_jam_is_tried_again(void)
{
	Person person = { .waits = 10 };

#define JAM ASK("1A", "52", "1A", "12")
	check_print(numbered(), SENT JAM JAM JAM JAM "> 10 05 01\n" WELL ID_1, &person, PRINT_DONE,
		    DEVICE_FAULT_N);
	g_assert_cmpint(person.last, ==, DEVICE_FAULT_MECHANISM);
}

/* Nobody waits for a technician. */
static void test_broken_head(void)
{
	Person person = { .waits = 10 };

	check_print(numbered(), SENT ASK("1A", "52", "32", "12"), &person, PRINT_UNKNOWN,
		    DEVICE_FAULT_NEEDS_SERVICE);
	g_assert_cmpint(person.n, ==, 0);
}

static void test_falls_silent(void)
{
	check_print(numbered(), SENT SILENCE_4 SILENCE, NULL, PRINT_UNKNOWN, DEVICE_FAULT_OFFLINE);
}

/* Somebody waited till it was on again: what it held may be gone, whatever it says now. */
static void test_was_off(void)
{
	Person person = { .waits = 10 };

	check_print(numbered(), SENT SILENCE_4 SILENCE SILENCE WELL ID_1, &person, PRINT_UNKNOWN,
		    DEVICE_FAULT_OUTCOME_UNKNOWN);
	g_assert_cmpint(person.n, ==, 2);
	g_assert_cmpint(person.last, ==, DEVICE_FAULT_OFFLINE);
}

/* It reports by itself: not asked but every fourth time, as the report of the end may be lost. */
static void test_own_reports(void)
{
	Person person = { .waits = 10 };

	check_print(numbered(), SENT "< 18 00 0C 0F\n" WELL ID_1, &person, PRINT_DONE,
		    DEVICE_FAULT_N);
	g_assert_cmpint(person.n, ==, 3);
	g_assert_cmpint(person.last, ==, DEVICE_FAULT_PAPER_OUT);
}

/* It never spoke: the bytes were taken, and that is all one can know. */
static void test_silence(void)
{
	check_print(numbered(), INIT SILENCE INIT RECEIPT, NULL, PRINT_SENT, DEVICE_FAULT_N);
	/* Its way back may carry the number alone. */
	check_print(numbered(), INIT SILENCE INIT RECEIPT ID_1, NULL, PRINT_DONE, DEVICE_FAULT_N);
}

/* It spoke before, so it is switched off. */
static void test_no_longer_answers(void)
{
	g_autoptr(GError) error = NULL;
	Counter counter;

	counter_open(&counter, numbered(), SENT ID_1 SILENCE);
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_DONE);
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_NOTHING);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE);
	counter_close(&counter);
}

/* Afterwards it may sit in the middle of a command: zeros end it, once. */
static void test_hang_up(void)
{
	g_autoptr(GString) again = g_string_new(">");

	for (int i = 0; i < 4096; i++)
		g_string_append(again, " 00");
	g_string_append(again, " 1B 40\n" SENT ID_1);
	check_print(numbered(), INIT "!\n", NULL, PRINT_NOTHING, DEVICE_FAULT_OFFLINE);
	check_print(numbered(), again->str, NULL, PRINT_DONE, DEVICE_FAULT_N);
	check_print(numbered(), INIT WELL INIT AUTOMATIC "> 6F\n!\n", NULL, PRINT_UNKNOWN,
		    DEVICE_FAULT_OFFLINE);
	check_print(numbered(), SENT ID_1, NULL, PRINT_DONE, DEVICE_FAULT_N);
	check_print(numbered(), INIT WELL INIT AUTOMATIC RECEIPT "!\n", NULL, PRINT_UNKNOWN,
		    DEVICE_FAULT_OFFLINE); /* between commands */
	check_print(numbered(), SENT ID_1, NULL, PRINT_DONE, DEVICE_FAULT_N);
}

/* An answer to somebody else's question came late: all are asked once more. */
static void test_stale_answer(void)
{
	g_autoptr(GError) error = NULL;
	PrinterStatus status;
	Counter counter;

	counter_open(&counter, numbered(),
		     "< 7E 12 5F 41\n" INIT ASK("1E", "12", "12", "12") "< 12\n" WELL);
	g_assert_true(counter.driver->observe(counter.printer, &status, &error));
	g_assert_true(status.speaks);
	g_assert_cmpint(printer_status_fault(&status), ==, DEVICE_FAULT_N);
	g_assert_false(status.drawer_high);
	counter_close(&counter);
}

static void test_observe(void)
{
	g_autoptr(GError) error = NULL;
	PrinterStatus status;
	Counter counter;

	counter_open(
		&counter, numbered(),
		INIT
		"> 10 04 01\n< 10 16 00 00 00\n> 10 04 02\n> 10 04 03\n> 10 04 04\n< 1E\n" SILENCE);
	g_assert_true(counter.driver->observe(counter.printer, &status, &error));
	g_assert_true(status.speaks && status.drawer_high && status.paper_near_end);
	g_assert_false(status.paper_out || status.cover_open || status.offline);
	g_assert_true(counter.driver->observe(counter.printer, &status, &error));
	g_assert_false(status.speaks);
	g_assert_no_error(error);
	counter_close(&counter);
}

static void check_drawer(GHashTable *options, const char *transcript, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	Counter counter;
	bool opened;

	counter_open(&counter, options, transcript);
	opened = counter.driver->open_drawer(counter.printer, &error);
	g_assert_cmpint(opened, ==, fault == DEVICE_FAULT_N);
	if (fault != DEVICE_FAULT_N)
		g_assert_error(error, DEVICE_FAULT, (int)fault);
	counter_close(&counter);
}

/* No pulse is left in a printer that would let it go later. */
static void test_drawer(void)
{
	check_drawer(numbered(), INIT WELL "> 1B 70 00 19 FA\n", DEVICE_FAULT_N);
	check_drawer(options_new("drawer-pin", "1", "drawer-on-ms", "200", NULL),
		     INIT WELL "> 1B 70 01 64 FA\n", DEVICE_FAULT_N);
	check_drawer(numbered(), INIT SILENCE "> 1B 70 00 19 FA\n", DEVICE_FAULT_N);
	check_drawer(numbered(), INIT ASK("1A", "12", "12", "12"), DEVICE_FAULT_BUSY);
	check_drawer(numbered(), INIT COVER_OPEN, DEVICE_FAULT_COVER_OPEN);
	check_drawer(numbered(), INIT PAPER_OUT, DEVICE_FAULT_PAPER_OUT);
}

/* A long receipt is sent in pieces of whole commands, and between them the printer is asked. */
static void test_paper_out_between_pieces(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) transcript = g_string_new(INIT WELL INIT AUTOMATIC ">");
	g_autoptr(Paper) paper = paper_new();
	Person person = { .waits = 5 };
	Counter counter;

	/* 49 bytes a row with its LF: 83 fit into 4096 */
	for (int row = 0; row < 100; row++) {
		g_autofree char *text = g_strnfill(48, 'x');

		if (row == 83)
			g_string_append(transcript, "\n" PAPER_OUT PAPER_OUT WELL ">");
		paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, text);
		for (int i = 0; i < 48; i++)
			g_string_append(transcript, " 78");
		g_string_append(transcript, " 0A");
	}
	g_string_append(
		transcript,
		" 1D 56 42 00 1D 28 48 06 00 30 30 30 30 30 31\n" NO_AUTOMATIC IN_ORDER ID_1);
	counter_open(&counter, numbered(), transcript->str);
	g_assert_cmpint(counter.driver->print(counter.printer, paper, wait_for, &person, &error),
			==, PRINT_DONE);
	g_assert_no_error(error);
	g_assert_cmpint(person.n, ==, 2);
	counter_close(&counter);
}

static void test_cancelled(void)
{
	g_autoptr(GError) error = NULL;
	Counter counter;

	counter_open(&counter, numbered(), INIT);
	port_cancel(counter.port);
	g_assert_cmpint(print_ok(&counter, NULL, &error), ==, PRINT_NOTHING);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED);
	counter_close(&counter);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/printer/done_by_process_id", test_done_by_process_id);
	g_test_add_func("/printer/second_receipt_has_next_id", test_second_receipt_has_next_id);
	g_test_add_func("/printer/done_in_order", test_done_in_order);
	g_test_add_func("/printer/clone", test_clone);
	g_test_add_func("/printer/clone_without_answer", test_clone_without_answer);
	g_test_add_func("/printer/number_never_comes", test_number_never_comes);
	g_test_add_func("/printer/refuses_to_start", test_refuses_to_start);
	g_test_add_func("/printer/let_go_on", test_let_go_on);
	g_test_add_func("/printer/paper_out_then_new", test_paper_out_then_new);
	g_test_add_func("/printer/paper_out_for_good", test_paper_out_for_good);
	g_test_add_func("/printer/paper_out_between_pieces", test_paper_out_between_pieces);
	g_test_add_func("/printer/slow_person", test_slow_person);
	g_test_add_func("/printer/cutter_jam_is_tried_again", test_cutter_jam_is_tried_again);
	g_test_add_func("/printer/broken_head", test_broken_head);
	g_test_add_func("/printer/falls_silent", test_falls_silent);
	g_test_add_func("/printer/was_off", test_was_off);
	g_test_add_func("/printer/own_reports", test_own_reports);
	g_test_add_func("/printer/silence", test_silence);
	g_test_add_func("/printer/no_longer_answers", test_no_longer_answers);
	g_test_add_func("/printer/stale_answer", test_stale_answer);
	g_test_add_func("/printer/observe", test_observe);
	g_test_add_func("/printer/drawer", test_drawer);
	g_test_add_func("/printer/cancelled", test_cancelled);
	g_test_add_func("/printer/hang_up", test_hang_up);
	return g_test_run();
}
