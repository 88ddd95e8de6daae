/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/day_press.h"
#include "tests/office/day_roll.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is asked for comes out once, or says that it may have come out before. */

typedef struct {
	DayShop shop;
	DayRoll roll;
	DayPress *press;
} Desk;

static const NumberStyle plain = { .decimal = ".", .group = "" };

static void desk_init(Desk *self, PrintAtClose when)
{
	day_shop_init(&self->shop);
	day_roll_init(&self->roll, &self->shop.office);
	day_roll_set(&self->roll, &self->shop.office, "", when);
	self->press = day_press_new(&plain);
	day_shop_sell(&self->shop, 0, RECEIPT_SALE, 3, 7);
	day_shop_sell(&self->shop, 1, RECEIPT_SALE, 2, 8);
	day_shop_send(&self->shop, 0);
	day_shop_send(&self->shop, 1);
}

static void desk_clear(Desk *self)
{
	day_press_free(self->press);
	day_roll_clear(&self->roll);
	day_shop_clear(&self->shop);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

static void ask(Desk *self)
{
	const DayQuery query = {
		.shop_id = 1, .day = FAKE_DAY, .with_cost = true, .with_acts = true
	};
	g_autoptr(GError) error = NULL;
	int n;

	day_job_ask(self->shop.office.store, &query, 0, &n, &error);
	g_assert_no_error(error);
	g_assert_cmpint(n, ==, 1);
}

static void run(Desk *self, int printed, int failed)
{
	g_auto(DayPressResult) result = { 0 };
	g_autoptr(GError) error = NULL;

	day_press_run(self->press, self->shop.office.store, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.printed, ==, printed);
	g_assert_cmpint(result.failed, ==, failed);
}

static GPtrArray *jobs(Desk *self)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *list = day_job_list(self->shop.office.store, 1, false, 100, &error);

	g_assert_no_error(error);
	return list;
}

static DayJobState state(Desk *self)
{
	g_autoptr(GPtrArray) list = jobs(self);

	return ((const DayJob *)list->pdata[0])->state;
}

static void retry(Desk *self)
{
	g_autoptr(GPtrArray) list = jobs(self);
	g_autoptr(GError) error = NULL;

	day_job_retry(self->shop.office.store, ((const DayJob *)list->pdata[0])->id, 0, &error);
	g_assert_no_error(error);
}

static GPtrArray *prints(Desk *self)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *list = day_print_list(self->shop.office.store, 1, FAKE_DAY, FAKE_DAY, &error);

	g_assert_no_error(error);
	return list;
}

/* --- once ------------------------------------------------------------------------------------ */

static void test_one_key_prints_once(void)
{
	g_auto(Desk) desk;
	g_autoptr(GPtrArray) list = NULL;
	const DayPrint *print;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	ask(&desk);
	run(&desk, 1, 0);
	run(&desk, 0, 0);
	g_assert_cmpint(day_roll_papers(&desk.roll), ==, 1);
	g_assert_cmpint(day_roll_count(&desk.roll, "Daily report"), ==, 1);
	g_assert_cmpint(state(&desk), ==, DAY_JOB_PRINTED);
	list = prints(&desk);
	g_assert_cmpint((int)list->len, ==, 1);
	print = list->pdata[0];
	g_assert_cmpint(print->receipts, ==, desk.shop.sums.receipts);
	g_assert_cmpint(print->net, ==, desk.shop.sums.net);
	g_assert_false(print->copy);
	g_assert_cmpstr(print->device, ==, desk.roll.device);
}

static void test_printer_away_prints_once_when_back(void)
{
	g_auto(Desk) desk;
	g_autoptr(GPtrArray) list = NULL;
	const DayJob *job;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	day_roll_switch_off(&desk.roll);
	ask(&desk);
	run(&desk, 0, 1);
	run(&desk, 0, 0); /* not before its time */
	list = jobs(&desk);
	job = list->pdata[0];
	g_assert_cmpint(job->state, ==, DAY_JOB_FAILED);
	g_assert_false(job->doubt);
	g_assert_nonnull(strstr(job->error, "does not answer"));
	g_assert_cmpint(job->next_at, >, job->changed_at);
	day_roll_switch_on(&desk.roll);
	retry(&desk);
	run(&desk, 1, 0);
	run(&desk, 0, 0);
	g_assert_cmpint(day_roll_papers(&desk.roll), ==, 1);
	g_assert_cmpint(day_roll_count(&desk.roll, "COPY"), ==, 0);
}

static void test_waits_grow(void)
{
	g_auto(Desk) desk;
	int64_t before = 0;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	day_roll_switch_off(&desk.roll);
	ask(&desk);
	for (int i = 0; i < 5; i++) {
		g_autoptr(GPtrArray) list = NULL;
		const DayJob *job;

		run(&desk, 0, 1);
		list = jobs(&desk);
		job = list->pdata[0];
		g_assert_cmpint(job->tries, ==, i + 1);
		/* Twice as long each time, a second for the test's own slowness. */
		g_assert_cmpint(job->next_at - job->changed_at, >, 2 * before - G_TIME_SPAN_SECOND);
		before = job->next_at - job->changed_at;
		retry(&desk);
	}
}

/* A process claims the job, prints, and dies before it can say so. */
static void print_and_die(Desk *self)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		g_autoptr(Store) store = store_open(self->shop.office.dsn, 0, NULL);
		DayPress *press = day_press_new(&plain);
		DayJob *job = NULL;
		int64_t next;
		bool doubt;
		bool ok = store != NULL &&
			  day_job_claim(store, g_get_real_time(), &job, &next, NULL) && job != NULL;
		DayReport *report = ok ? day_report_read(store, &job->query, NULL) : NULL;
		const ReportPrinter printer = { .form = PRINT_PAPER,
						.device = self->roll.device,
						.options = (char *)"" };

		ok = report != NULL &&
		     day_press_print(press, report, &printer, false, &doubt, NULL);
		_exit(ok ? 0 : 1);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void test_crash_after_printing_says_copy(void)
{
	g_auto(Desk) desk;
	g_autoptr(GPtrArray) list = NULL;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	ask(&desk);
	print_and_die(&desk);
	g_assert_cmpint(state(&desk), ==, DAY_JOB_PRINTING);
	g_assert_cmpint(day_roll_papers(&desk.roll), ==, 1);
	run(&desk, 1, 0);
	run(&desk, 0, 0);
	g_assert_cmpint(day_roll_papers(&desk.roll), ==, 2);
	g_assert_cmpint(day_roll_count(&desk.roll, "COPY: possibly printed before"), ==, 1);
	list = prints(&desk);
	g_assert_cmpint((int)list->len, ==, 1);
	g_assert_true(((const DayPrint *)list->pdata[0])->copy);
}

/* While it prints nobody else does. */
static void test_claimed_is_left_alone(void)
{
	g_auto(Desk) desk;
	g_autoptr(GError) error = NULL;
	g_autoptr(DayJob) job = NULL, other = NULL;
	int64_t now = g_get_real_time(), next;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	ask(&desk);
	now = g_get_real_time();
	g_assert_true(day_job_claim(desk.shop.office.store, now, &job, &next, &error));
	g_assert_nonnull(job);
	g_assert_true(day_job_claim(desk.shop.office.store, now, &other, &next, &error));
	g_assert_null(other);
	g_assert_cmpint(next, >, now);
	g_assert_false(day_job_retry(desk.shop.office.store, job->id, 0, &error));
	g_assert_error(error, REPORT_PRINTER_ERROR, REPORT_PRINTER_ERROR_GONE);
	g_clear_error(&error);
	/* Its lease is over: it hangs, or its machine is gone. */
	g_assert_true(day_job_claim(desk.shop.office.store, next, &other, &next, &error));
	g_assert_nonnull(other);
	g_assert_true(other->doubt);
}

/* --- at the close of a shift ----------------------------------------------------------------- */

static void close_and_send(Desk *self, int till)
{
	day_shop_close(&self->shop, till);
	day_shop_send(&self->shop, till);
}

static void test_last_shift_prints_the_day(void)
{
	g_auto(Desk) desk;
	g_autoptr(GPtrArray) list = NULL;
	const DayJob *job;

	desk_init(&desk, PRINT_AT_CLOSE_DAY);
	close_and_send(&desk, 0);
	run(&desk, 0, 0);
	close_and_send(&desk, 1);
	/* The same once more, as a till that had no answer sends it. */
	desk.shop.sent[1] = 0;
	day_shop_send(&desk.shop, 1);
	list = jobs(&desk);
	g_assert_cmpint((int)list->len, ==, 1);
	job = list->pdata[0];
	g_assert_true(job->by_itself);
	g_assert_cmpint(job->query.shift, ==, 0);
	run(&desk, 1, 0);
	g_assert_cmpint(day_roll_papers(&desk.roll), ==, 1);
	g_assert_cmpint(day_roll_count(&desk.roll, "Daily report"), ==, 1);
}

static void test_each_shift_prints_itself(void)
{
	g_auto(Desk) desk;

	desk_init(&desk, PRINT_AT_CLOSE_SHIFT);
	close_and_send(&desk, 0);
	run(&desk, 1, 0);
	close_and_send(&desk, 1);
	run(&desk, 1, 0);
	g_assert_cmpint(day_roll_count(&desk.roll, "Shift 1, Касса 1"), ==, 1);
	g_assert_cmpint(day_roll_count(&desk.roll, "Shift 1, Касса 2"), ==, 1);
}

static void test_not_asked_prints_nothing(void)
{
	g_auto(Desk) desk;
	g_autoptr(GPtrArray) list = NULL;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	close_and_send(&desk, 0);
	close_and_send(&desk, 1);
	list = jobs(&desk);
	g_assert_cmpint((int)list->len, ==, 0);
}

/* --- what comes after ------------------------------------------------------------------------ */

static bool has_note(const DayReport *report, const char *part)
{
	for (int i = 0; i < day_report_get_n_notes(report); i++)
		if (strstr(day_report_get_note(report, i), part) != NULL)
			return true;
	return false;
}

static void test_late_receipt_is_told(void)
{
	g_auto(Desk) desk;
	g_autoptr(DayReport) then = NULL, now = NULL;
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *kept = NULL;
	json_t *before;
	int64_t receipts, net, printed;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	ask(&desk);
	run(&desk, 1, 0);
	printed = desk.shop.sums.net;
	then = day_shop_report(&desk.shop);
	g_assert_nonnull(day_report_get_last_print(then));
	g_assert_false(day_report_get_late(then, &receipts, &net));
	g_assert_false(has_note(then, "Printed at"));

	day_shop_sell(&desk.shop, 1, RECEIPT_SALE, 4, 9);
	day_shop_sell(&desk.shop, 1, RECEIPT_SALE, 4, 10);
	day_shop_send(&desk.shop, 1);
	now = day_shop_report(&desk.shop);
	g_assert_true(day_report_get_late(now, &receipts, &net));
	g_assert_cmpint(receipts, ==, 2);
	g_assert_cmpint(net, ==, desk.shop.sums.net - printed);
	g_assert_true(has_note(now, "receipts 2, net"));
	g_assert_true(has_note(now, "Since then came 2 receipts"));
	g_assert_true(has_note(now, "Касса 2"));
	g_assert_cmpint(report_get_n_rows(day_report_find_section(now, "late")), ==, 2);

	/* What stood on the paper can still be seen. */
	list = prints(&desk);
	kept = day_print_dup_report(desk.shop.office.store, ((const DayPrint *)list->pdata[0])->id,
				    &error);
	g_assert_no_error(error);
	before = json_loads(kept, 0, NULL);
	g_assert_cmpint(
		json_integer_value(json_object_get(json_object_get(before, "totals"), "receipts")),
		==, 2);
	json_decref(before);
}

/* --- who may ---------------------------------------------------------------------------------- */

static void test_rights_are_asked(void)
{
	g_auto(Desk) desk;
	const DayQuery query = { .shop_id = 1, .day = FAKE_DAY };
	ReportPrinter printer = { .shop_id = 1,
				  .form = PRINT_A4,
				  .device = (char *)"cups:OFFICE",
				  .options = (char *)"" };
	g_autoptr(GError) error = NULL;
	int64_t cashier;
	int n;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	g_assert_true(
		people_add(desk.shop.office.store, "Оюун", ROLE_CASHIER, "4711", &cashier, &error));
	g_assert_false(day_job_ask(desk.shop.office.store, &query, cashier, &n, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_false(report_printer_write(desk.shop.office.store, &printer, cashier, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_false(
		report_printer_delete(desk.shop.office.store, 1, PRINT_PAPER, cashier, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
}

static void test_wrong_devices_are_refused(void)
{
	static const struct {
		PrintForm form;
		const char *device, *options;
	} wrong[] = {
		{ PRINT_A4, "OFFICE", "" },
		{ PRINT_A4, "cups:", "" },
		{ PRINT_A4, "cups:OFFICE", "dpi=1" },
		{ PRINT_PAPER, "tcp:10.0.0.7:9100", "" },
		{ PRINT_PAPER, "zpl@tcp:a:1", "" },
		{ PRINT_PAPER, "escpos@tcp:a:1", "columns" },
		{ PRINT_PAPER, "escpos@tcp:a:1", "columns=7000" },
	};
	g_auto(Desk) desk;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		const ReportPrinter printer = { .shop_id = 1,
						.form = wrong[i].form,
						.device = (char *)wrong[i].device,
						.options = (char *)wrong[i].options };
		g_autoptr(GError) error = NULL;

		g_assert_false(report_printer_write(desk.shop.office.store, &printer, 0, &error));
		g_assert_nonnull(error);
	}
}

/* A new address is where the waiting paper goes. */
static void test_corrected_printer_gets_what_waits(void)
{
	g_auto(Desk) desk;
	g_autofree char *right = NULL;

	desk_init(&desk, PRINT_AT_CLOSE_NO);
	right = g_strdup(desk.roll.device);
	g_free(desk.roll.device);
	desk.roll.device = g_strdup("escpos@tcp:127.0.0.1:1");
	day_roll_set(&desk.roll, &desk.shop.office, "", PRINT_AT_CLOSE_NO);
	ask(&desk);
	run(&desk, 0, 1);
	g_free(desk.roll.device);
	desk.roll.device = g_strdup(right);
	day_roll_set(&desk.roll, &desk.shop.office, "columns=42", PRINT_AT_CLOSE_NO);
	run(&desk, 1, 0);
	g_assert_cmpint(day_roll_papers(&desk.roll), ==, 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/day-jobs/once", test_one_key_prints_once);
	g_test_add_func("/day-jobs/away", test_printer_away_prints_once_when_back);
	g_test_add_func("/day-jobs/waits", test_waits_grow);
	g_test_add_func("/day-jobs/crash", test_crash_after_printing_says_copy);
	g_test_add_func("/day-jobs/claimed", test_claimed_is_left_alone);
	g_test_add_func("/day-jobs/close-day", test_last_shift_prints_the_day);
	g_test_add_func("/day-jobs/close-shift", test_each_shift_prints_itself);
	g_test_add_func("/day-jobs/close-no", test_not_asked_prints_nothing);
	g_test_add_func("/day-jobs/late", test_late_receipt_is_told);
	g_test_add_func("/day-jobs/rights", test_rights_are_asked);
	g_test_add_func("/day-jobs/wrong", test_wrong_devices_are_refused);
	g_test_add_func("/day-jobs/corrected", test_corrected_printer_gets_what_waits);
	return g_test_run();
}
