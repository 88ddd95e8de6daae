/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/epl_status.h"
#include "drivers/label/tspl_status.h"
#include "drivers/label/zpl_status.h"
#include "tests/devices/label/label_help.h"

#include <string.h>

/* ---- what printers say */

#define LINE1(fields) "\x02" fields "\x03\r\n"
/* L10 */
#define HEALTHY_1 LINE1("030,0,0,0320,000,0,0,0,000,0,0,0")
#define HEALTHY_2 LINE1("000,0,0,0,0,2,4,0,00000000,1,000")
#define HEALTHY_3 LINE1("1234,0")

typedef struct {
	const char *name, *answer;
	LabelAnswer expected;
} StatusCase;

static void check_answer(const LabelAnswer *answer, const LabelAnswer *expected)
{
	const LabelStatus *status = &answer->status, *wanted = &expected->status;

	g_assert_cmpint(status->paper_out, ==, wanted->paper_out);
	g_assert_cmpint(status->ribbon_out, ==, wanted->ribbon_out);
	g_assert_cmpint(status->head_open, ==, wanted->head_open);
	g_assert_cmpint(status->paused, ==, wanted->paused);
	g_assert_cmpint(status->too_hot, ==, wanted->too_hot);
	g_assert_cmpint(status->cutter_jam, ==, wanted->cutter_jam);
	g_assert_cmpint(status->needs_service, ==, wanted->needs_service);
	g_assert_cmpint(status->awaits_taking, ==, wanted->awaits_taking);
	g_assert_cmpint(status->busy, ==, wanted->busy);
	g_assert_cmpint(status->left, ==, wanted->left);
	g_assert_true(status->speaks);
	g_assert_cmpint(answer->partial, ==, expected->partial);
	g_assert_cmpint(answer->full, ==, expected->full);
	g_assert_cmpint(answer->syntax_error, ==, expected->syntax_error);
	g_assert_cmpint(answer->bad_data, ==, expected->bad_data);
}

static void test_zpl_status(void)
{
	static const StatusCase cases[] = {
		{ "L10", HEALTHY_1 HEALTHY_2 HEALTHY_3, { .status = { .left = 0 } } },
		{ "paper and pause",
		  LINE1("030,1,1,0320,000,0,0,0,000,0,0,0") HEALTHY_2 HEALTHY_3,
		  { .status = { .paper_out = true, .paused = true } } },
		{ "full, partial, hot",
		  LINE1("030,0,0,0320,003,1,0,1,000,0,0,1") HEALTHY_2 HEALTHY_3,
		  { .status = { .too_hot = true, .busy = true }, .full = true, .partial = true } },
		{ "head, ribbon, label waiting, 12 left",
		  HEALTHY_1 LINE1("000,0,1,1,0,2,4,1,00000012,1,000") HEALTHY_3,
		  { .status = { .head_open = true,
				.ribbon_out = true,
				.awaits_taking = true,
				.busy = true,
				.left = 12 } } },
		{ "left over from another answer",
		  "1,000\x03\r\n" HEALTHY_1 HEALTHY_2 HEALTHY_3,
		  { .status = { .left = 0 } } },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		LabelAnswer answer;

		g_test_message("%s", cases[i].name);
		g_assert_true(zpl_parse_status((const uint8_t *)cases[i].answer,
					       strlen(cases[i].answer), &answer, &error));
		check_answer(&answer, &cases[i].expected);
	}
	g_assert_cmpuint(strlen(cases[0].answer), ==, 82);
}

static void test_broken_zpl_status(void)
{
	static const char *const answers[] = {
		"",
		"\x02",
		HEALTHY_1,
		HEALTHY_1 HEALTHY_2,
		HEALTHY_1 HEALTHY_1 HEALTHY_3,
		LINE1("030,0,0,0320,000,0,0,0,000,0,0") HEALTHY_2 HEALTHY_3,
		LINE1("030,0,0,0320,000,0,0,0,000,0,0,x") HEALTHY_2 HEALTHY_3,
		LINE1("030,0,0,0320,000,0,0,0,000,0,0,") HEALTHY_2 HEALTHY_3,
		LINE1("030,0,0,0320,000,0,0,0,000,0,0,99999999999999999999") HEALTHY_2 HEALTHY_3,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(answers); i++) {
		g_autoptr(GError) error = NULL;
		LabelAnswer answer;

		g_assert_false(zpl_parse_status((const uint8_t *)answers[i], strlen(answers[i]),
						&answer, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	}
}

static void test_tspl_byte(void)
{
	static const struct {
		uint8_t byte;
		LabelStatus expected;
	} cases[] = {
		{ 0x00, { .left = -1 } },
		{ 0x01, { .head_open = true, .left = -1 } },
		{ 0x02, { .cutter_jam = true, .left = -1 } },
		{ 0x04, { .paper_out = true, .left = -1 } },
		{ 0x05, { .head_open = true, .paper_out = true, .left = -1 } },
		{ 0x08, { .ribbon_out = true, .left = -1 } },
		{ 0x0C, { .ribbon_out = true, .paper_out = true, .left = -1 } },
		{ 0x10, { .paused = true, .left = -1 } },
		{ 0x20, { .busy = true, .left = -1 } },
		{ 0x80, { .needs_service = true, .left = -1 } },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const LabelAnswer expected = { .status = cases[i].expected };
		LabelAnswer answer;

		tspl_parse_byte(cases[i].byte, &answer);
		check_answer(&answer, &expected);
	}
}

static void test_tspl_details(void)
{
	static const StatusCase cases[] = {
		{ "L11", "\x02\x40\x40\x40\x40\x03\r\n", { .status = { .left = -1 } } },
		{ "pause",
		  "\x02\x60\x40\x40\x40\x03\r\n",
		  { .status = { .paused = true, .left = -1 } } },
		{ "waits for taking",
		  "\x02\x4C\x40\x40\x40\x03\r\n",
		  { .status = { .awaits_taking = true, .left = -1 } } },
		{ "batch, buffer full",
		  "\x02\x50\x48\x40\x40\x03\r\n",
		  { .status = { .busy = true, .left = -1 }, .full = true } },
		{ "hot",
		  "\x02\x45\x40\x41\x40\x03\r\n",
		  { .status = { .too_hot = true, .left = -1 } } },
		{ "cutter",
		  "\x02\x45\x40\x48\x40\x03\r\n",
		  { .status = { .cutter_jam = true, .left = -1 } } },
		{ "memory",
		  "\x02\x45\x40\x50\x40\x03\r\n",
		  { .status = { .left = -1 }, .bad_data = true } },
		{ "paper",
		  "\x02\x45\x40\x40\x41\x03\r\n",
		  { .status = { .paper_out = true, .left = -1 } } },
		{ "ribbon",
		  "\x02\x45\x40\x40\x44\x03\r\n",
		  { .status = { .ribbon_out = true, .left = -1 } } },
		{ "head",
		  "\x02\x45\x40\x40\x60\x03\r\n",
		  { .status = { .head_open = true, .left = -1 } } },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		LabelAnswer answer;

		tspl_parse_byte(0, &answer);
		g_test_message("%s", cases[i].name);
		g_assert_true(
			tspl_parse_details((const uint8_t *)cases[i].answer, 8, &answer, &error));
		check_answer(&answer, &cases[i].expected);
	}
	g_assert_false(tspl_parse_details((const uint8_t *)"\x02\x40\x40\x40\x40\x03\r", 7,
					  &(LabelAnswer){ 0 }, NULL));
	g_assert_false(tspl_parse_details((const uint8_t *)"\x02\x40\x40\x00\x40\x03\r\n", 8,
					  &(LabelAnswer){ 0 }, NULL));
}

static void test_epl_status(void)
{
	static const StatusCase cases[] = {
		{ "none", "00\r\n", { .status = { .left = -1 } } },
		{ "after a printed form",
		  "\x06\x06"
		  "00\r\n",
		  { .status = { .left = -1 } } },
		{ "paper", "07\r\n", { .status = { .paper_out = true, .left = -1 } } },
		{ "two",
		  "07,11\r\n",
		  { .status = { .paper_out = true, .head_open = true, .left = -1 } } },
		{ "told by itself",
		  "\x15"
		  "12\x13\r\n",
		  { .status = { .paused = true, .left = -1 } } },
		{ "syntax", "01\r\n", { .status = { .left = -1 }, .syntax_error = true } },
		{ "outside", "02\r\n", { .status = { .left = -1 }, .bad_data = true } },
	};
	static const char *const broken[] = {
		"", "\r\n", "0\r\n", "00", "xx\r\n", "99\r\n", "7\r\n"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		LabelAnswer answer;

		g_test_message("%s", cases[i].name);
		g_assert_true(epl_parse_status((const uint8_t *)cases[i].answer,
					       strlen(cases[i].answer), &answer, &error));
		check_answer(&answer, &cases[i].expected);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
		LabelAnswer answer;

		g_assert_false(epl_parse_status((const uint8_t *)broken[i], strlen(broken[i]),
						&answer, NULL));
	}
}

/* ---- printing, by transcript */

#define ASK "> 7E 48 53\n"
#define ANSWER(b, c, e, f, h, o, left)                                                             \
	"< 02 30 33 30 2C 3" b " 2C 3" c " 2C 30 33 32 30 2C 30 30 3" e " 2C 3" f " 2C 30 2C 3" h  \
	" 2C 30 30 30 2C 30 2C 30 2C 30 03 0D 0A\n"                                                \
	"< 02 30 30 30 2C 30 2C 3" o " 2C 30 2C 30 2C 32 2C 34 2C 30 2C 30 30 30 30 30 30 30 "     \
	"3" left " 2C 31 2C 30 30 30 03 0D 0A\n"                                                   \
	"< 02 31 32 33 34 2C 30 03 0D 0A\n"
#define PARTIAL ASK ANSWER("0", "0", "0", "0", "1", "0", "0")
#define READY ASK ANSWER("0", "0", "0", "0", "0", "0", "0")

typedef struct {
	struct port *port;
	const struct label_driver *driver;
	struct label_printer *printer;
	LabelDesign *design;
	GHashTable *label;
} Job;

static Job job_new(const char *driver, const char *transcript)
{
	g_autoptr(GError) error = NULL;
	Job job = { .port = port_new_transcript(transcript, &error),
		    .driver = label_driver_find(driver),
		    .design = label_design_new(58000, 40000),
		    .label = words_new("barcode", "460123456789", NULL) };

	g_assert_no_error(error);
	job.printer = job.driver->open(job.port, NULL, &error);
	g_assert_no_error(error);
	label_design_add(job.design, &(LabelField){ .kind = LABEL_EAN13,
						    .width = 30000,
						    .height = 10000,
						    .module = 250,
						    .content = "{barcode}" });
	return job;
}

static void job_end(Job *job)
{
	g_assert_true(port_transcript_is_done(job->port));
	job->driver->close(job->printer);
	port_close(job->port);
	label_design_free(job->design);
	g_hash_table_unref(job->label);
}

/* The line of a transcript that sends one label of @driver @copies times; "" where none. */
static char *sends(const char *driver, int copies)
{
	g_autoptr(GString) line = g_string_new("> ");
	Job job = job_new(driver, "");
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes =
		job.driver->encode(job.printer, job.design, job.label, copies, &error);
	gsize len;
	const uint8_t *data = g_bytes_get_data(bytes, &len);

	for (gsize i = 0; i < len; i++)
		g_string_append_printf(line, "%02X ", data[i]);
	g_string_append_c(line, '\n');
	job_end(&job);
	return g_strdup(line->str);
}

static void check_print(const char *driver, const char *transcript, int n, int copies,
			int expected_printed, int expected_fault)
{
	Job job = job_new(driver, transcript);
	g_autoptr(GPtrArray) labels = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	int printed = -1;
	bool done;

	for (int i = 0; i < n; i++)
		g_ptr_array_add(labels, job.label);
	done = job.driver->print(job.printer, job.design, (LabelData *const *)labels->pdata, n,
				 copies, &printed, &error);
	g_assert_cmpint(printed, ==, expected_printed);
	if (expected_fault == DEVICE_FAULT_N) {
		g_assert_no_error(error);
		g_assert_true(done);
	} else {
		g_assert_false(done);
		g_assert_error(error, DEVICE_FAULT, expected_fault);
	}
	job_end(&job);
}

/* Sixty copies: fifty, and ten when those are out. */
static void test_jobs_of_fifty(void)
{
	g_autofree char *fifty = sends("zpl", 50);
	g_autofree char *ten = sends("zpl", 10);
	g_autofree char *transcript =
		g_strconcat(READY, fifty, ASK ANSWER("0", "0", "1", "0", "0", "0", "9"),
			    ASK ANSWER("0", "0", "0", "0", "0", "0", "1"), READY, ten, READY, NULL);

	check_print("zpl", transcript, 1, 60, 60, DEVICE_FAULT_N);
}

/* Rows and copies fill the jobs in order. */
static void test_rows_fill_jobs(void)
{
	g_autofree char *twenty = sends("zpl", 20);
	g_autofree char *ten = sends("zpl", 10);
	g_autofree char *transcript =
		g_strconcat(READY, twenty, twenty, ten, READY, ten, READY, NULL);

	check_print("zpl", transcript, 3, 20, 60, DEVICE_FAULT_N);
}

/* Before the job nothing was sent; after it the printer has it and goes on by itself. */
static void test_out_of_labels(void)
{
	g_autofree char *two = sends("zpl", 2);
	g_autofree char *transcript =
		g_strconcat(READY, two, ASK ANSWER("1", "1", "1", "0", "0", "0", "1"), NULL);

	check_print("zpl", ASK ANSWER("1", "0", "0", "0", "0", "0", "0"), 1, 2, 0,
		    DEVICE_FAULT_PAPER_OUT);
	check_print("zpl", transcript, 1, 2, 2, DEVICE_FAULT_PAPER_OUT);
}

static void test_faults_have_names(void)
{
	check_print("zpl", ASK ANSWER("0", "1", "0", "0", "0", "0", "0"), 1, 1, 0,
		    DEVICE_FAULT_PAUSED);
	check_print("zpl", ASK ANSWER("0", "0", "0", "0", "0", "1", "0"), 1, 1, 0,
		    DEVICE_FAULT_COVER_OPEN);
	check_print("tspl", "> 1B 21 3F\n< 08\n> 1B 21 53\n< 02 45 40 40 44 03 0D 0A\n", 1, 1, 0,
		    DEVICE_FAULT_RIBBON_OUT);
	check_print("tspl", "> 1B 21 3F\n< 80\n> 1B 21 53\n< 02 45 40 48 40 03 0D 0A\n", 1, 1, 0,
		    DEVICE_FAULT_MECHANISM);
	check_print("tspl", "> 1B 21 3F\n< 80\n> 1B 21 53\n", 1, 1, 0, DEVICE_FAULT_NEEDS_SERVICE);
	check_print("epl", "> 5E 65 65 0A\n< 31 31 0D 0A\n", 1, 1, 0, DEVICE_FAULT_COVER_OPEN);
	check_print("epl", "> 5E 65 65 0A\n< 30 31 0D 0A\n", 1, 1, 0, DEVICE_FAULT_PROTOCOL);
}

/* A job cut off half sent: it is thrown away first, or it would swallow ours. */
static void test_partial_format_is_cancelled(void)
{
	g_autofree char *one = sends("zpl", 1);
	g_autofree char *transcript =
		g_strconcat(PARTIAL, PARTIAL, "> 7E 4A 41\n", READY, one, READY, NULL);

	check_print("zpl", transcript, 1, 1, 1, DEVICE_FAULT_N);
}

/* After our own job it may be the end of ours, still on its way: it is waited for. */
static void test_our_own_job_is_not_cancelled(void)
{
	g_autofree char *one = sends("zpl", 1);
	g_autofree char *transcript =
		g_strconcat(READY, one, PARTIAL, PARTIAL, PARTIAL, READY, NULL);

	check_print("zpl", transcript, 1, 1, 1, DEVICE_FAULT_N);
}

/* It never said a word: sent, unconfirmed. */
static void test_a_mute_printer_is_sent_to(void)
{
	g_autofree char *one = sends("zpl", 1);
	g_autofree char *transcript = g_strconcat(ASK, ASK, ASK, one, ASK, NULL);

	check_print("zpl", transcript, 1, 1, 1, DEVICE_FAULT_N);
}

/* It spoke before: now somebody has to look at it. */
static void test_a_printer_that_falls_silent(void)
{
	g_autofree char *one = sends("zpl", 1);
	g_autofree char *transcript = g_strconcat(READY, one, ASK, ASK, ASK, NULL);

	check_print("zpl", transcript, 1, 1, 1, DEVICE_FAULT_OFFLINE);
}

/* A damaged answer is asked for again. */
static void test_garbage_is_asked_again(void)
{
	g_autofree char *one = sends("tspl", 1);
	g_autofree char *tspl = g_strconcat("> 1B 21 3F\n< 00\n", one,
					    "> 1B 21 3F\n< 20\n> 1B 21 3F\n< 00\n", NULL);
	g_autofree char *label = sends("zpl", 1);
	g_autofree char *zpl = g_strconcat(ASK "< 02 30 03 0D 0A\n", READY, label, READY, NULL);

	check_print("tspl", tspl, 1, 1, 1, DEVICE_FAULT_N);
	check_print("zpl", zpl, 1, 1, 1, DEVICE_FAULT_N);
}

static void test_unplugged_before_the_job_was_sent(void)
{
	check_print("zpl", READY "!\n", 1, 1, 0, DEVICE_FAULT_OFFLINE);
}

/* One wrong label among many: told before the first is printed. */
static void test_a_wrong_label_is_refused_first(void)
{
	Job job = job_new("zpl", "");
	g_autoptr(GHashTable) wrong = words_new("barcode", "4601234567890", NULL);
	LabelData *const labels[] = { job.label, wrong };
	g_autoptr(GError) error = NULL;
	int printed = -1;

	g_assert_false(job.driver->print(job.printer, job.design, labels, 2, 1, &printed, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_assert_nonnull(strstr(error->message, "label 2"));
	g_assert_cmpint(printed, ==, 0);
	job_end(&job);
}

static void test_observe(void)
{
	Job job = job_new("zpl", ASK ANSWER("0", "0", "0", "0", "0", "1", "7") ASK ASK ASK);
	g_autoptr(GError) error = NULL;
	LabelStatus status;

	g_assert_true(job.driver->observe(job.printer, &status, &error));
	g_assert_true(status.speaks && status.head_open && status.busy);
	g_assert_cmpint(status.left, ==, 7);
	g_assert_cmpint(label_status_fault(&status), ==, DEVICE_FAULT_COVER_OPEN);
	g_assert_true(job.driver->observe(job.printer, &status, &error));
	g_assert_false(status.speaks);
	job_end(&job);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/label-print/zpl-status", test_zpl_status);
	g_test_add_func("/label-print/broken-zpl-status", test_broken_zpl_status);
	g_test_add_func("/label-print/tspl-byte", test_tspl_byte);
	g_test_add_func("/label-print/tspl-details", test_tspl_details);
	g_test_add_func("/label-print/epl-status", test_epl_status);
	g_test_add_func("/label-print/jobs-of-fifty", test_jobs_of_fifty);
	g_test_add_func("/label-print/rows-fill-jobs", test_rows_fill_jobs);
	g_test_add_func("/label-print/out-of-labels", test_out_of_labels);
	g_test_add_func("/label-print/faults-have-names", test_faults_have_names);
	g_test_add_func("/label-print/partial-format-is-cancelled",
			test_partial_format_is_cancelled);
	g_test_add_func("/label-print/our-own-job-is-not-cancelled",
			test_our_own_job_is_not_cancelled);
	g_test_add_func("/label-print/a-mute-printer-is-sent-to", test_a_mute_printer_is_sent_to);
	g_test_add_func("/label-print/a-printer-that-falls-silent",
			test_a_printer_that_falls_silent);
	g_test_add_func("/label-print/garbage-is-asked-again", test_garbage_is_asked_again);
	g_test_add_func("/label-print/unplugged-before-the-job-was-sent",
			test_unplugged_before_the_job_was_sent);
	g_test_add_func("/label-print/a-wrong-label-is-refused-first",
			test_a_wrong_label_is_refused_first);
	g_test_add_func("/label-print/observe", test_observe);
	return g_test_run();
}
