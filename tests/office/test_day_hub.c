/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/day_job.h"
#include "tests/hub/hub_process.h"
#include "tests/office/day_roll.h"

#include <string.h>

/* A shift that is closed at a till comes out at the office's printer, through a real hub. */

typedef struct {
	HubProcess hub;
	DayRoll roll;
	FakeTill till;
	char *token; /* owned */
	guint sent;
} Counter;

static void counter_init(Counter *self, PrintAtClose when)
{
	*self = (Counter){ 0 };
	hub_process_init(&self->hub);
	self->token = hub_enrol(&self->hub, "Касса 1");
	fake_office_add_goods(&self->hub.office, 50);
	day_roll_init(&self->roll, &self->hub.office);
	day_roll_set(&self->roll, &self->hub.office, "", when);
	fake_till_init(&self->till);
}

static void counter_clear(Counter *self)
{
	fake_till_clear(&self->till);
	day_roll_clear(&self->roll);
	hub_process_clear(&self->hub);
	g_free(self->token);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Counter, counter_clear)

static void open_and_sell(Counter *self, int n)
{
	fake_till_open_shift(&self->till, 50000);
	for (int i = 0; i < n; i++) {
		g_autoptr(Receipt) receipt = fake_receipt(RECEIPT_SALE, 1 + i % 4, (guint32)i);

		fake_till_sell(&self->till, receipt);
	}
}

static void close_shift(Counter *self)
{
	ShiftTotals totals;

	shift_totals_init(&totals, FAKE_RUB, (Money){ 50000, FAKE_RUB });
	fake_till_close_shift(&self->till, &totals, 50000);
}

static void post(Counter *self, guint from)
{
	g_auto(HubAnswer) answer = { 0 };

	hub_post(&self->hub, "/v1/tills/1/journal", self->token,
		 fake_till_dup_body(&self->till, from, self->till.entries->len), &answer);
	g_assert_cmpint(answer.status, ==, 200);
	self->sent = self->till.entries->len;
}

static int64_t metric(Counter *self, const char *name)
{
	g_auto(HubAnswer) answer = { 0 };
	g_autofree char *line = g_strdup_printf("\n%s ", name), *text = NULL;
	const char *found;
	gsize len;

	hub_get(&self->hub, "/metrics", NULL, &answer);
	text = g_strdup(g_bytes_get_data(answer.body, &len));
	found = g_strstr_len(text, (gssize)len, line);
	g_assert_nonnull(found);
	return g_ascii_strtoll(found + strlen(line), NULL, 10);
}

/* Each question is answered by the hub, which prints meanwhile. */
static void wait_for_metric(Counter *self, const char *name, int64_t value)
{
	int64_t until = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;

	while (metric(self, name) != value)
		g_assert_cmpint(g_get_monotonic_time(), <, until);
}

static int count_jobs(Counter *self, DayJobState state)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) jobs = day_job_list(self->hub.office.store, 1, false, 100, &error);
	int n = 0;

	g_assert_no_error(error);
	for (guint i = 0; i < jobs->len; i++)
		n += ((const DayJob *)jobs->pdata[i])->state == state;
	return n;
}

static void wait_for_state(Counter *self, DayJobState state)
{
	int64_t until = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;

	while (count_jobs(self, state) != 1)
		g_assert_cmpint(g_get_monotonic_time(), <, until);
}

static void test_close_prints_once(void)
{
	g_auto(Counter) counter;

	counter_init(&counter, PRINT_AT_CLOSE_DAY);
	open_and_sell(&counter, 5);
	post(&counter, 0);
	g_assert_cmpint(count_jobs(&counter, DAY_JOB_WAITING), ==, 0);
	close_shift(&counter);
	post(&counter, counter.sent);
	post(&counter, 0); /* a till that had no answer */
	wait_for_state(&counter, DAY_JOB_PRINTED);
	g_assert_cmpint(metric(&counter, "baraa_hub_day_papers"), ==, 0);
	g_assert_cmpint(hub_process_stop(&counter.hub), ==, 0);
	hub_process_start(&counter.hub);
	g_assert_cmpint(metric(&counter, "baraa_hub_day_papers"), ==, 0);
	g_assert_cmpint(day_roll_papers(&counter.roll), ==, 1);
	g_assert_cmpint(day_roll_count(&counter.roll, "Daily report"), ==, 1);
	g_assert_cmpint(day_roll_count(&counter.roll, "COPY"), ==, 0);
}

static void test_printer_away_prints_when_back(void)
{
	g_auto(Counter) counter;

	counter_init(&counter, PRINT_AT_CLOSE_SHIFT);
	day_roll_switch_off(&counter.roll);
	open_and_sell(&counter, 3);
	close_shift(&counter);
	post(&counter, 0); /* and is answered at once, whatever the printer does */
	wait_for_metric(&counter, "baraa_hub_day_papers_failed", 1);
	g_assert_cmpint(metric(&counter, "baraa_hub_day_papers"), ==, 1);
	day_roll_switch_on(&counter.roll);
	wait_for_state(&counter, DAY_JOB_PRINTED);
	g_assert_cmpint(day_roll_papers(&counter.roll), ==, 1);
	g_assert_cmpint(day_roll_count(&counter.roll, "COPY"), ==, 0);
	g_assert_cmpint(day_roll_count(&counter.roll, "Shift 1, Касса 1"), ==, 1);
}

/* The hub is killed while the printer waits for a new roll. */
static void test_killed_hub_prints_a_copy(void)
{
	g_auto(Counter) counter;

	counter_init(&counter, PRINT_AT_CLOSE_DAY);
	sim_say(counter.roll.sim, "paper-out");
	open_and_sell(&counter, 3);
	close_shift(&counter);
	post(&counter, 0);
	wait_for_state(&counter, DAY_JOB_PRINTING);
	hub_process_kill(&counter.hub);
	sim_say(counter.roll.sim, "paper");
	sim_say(counter.roll.sim, "feed");
	hub_process_start(&counter.hub);
	wait_for_state(&counter, DAY_JOB_PRINTED);
	g_assert_cmpint(day_roll_count(&counter.roll, "COPY: possibly printed before"), ==, 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/day-hub/close", test_close_prints_once);
	g_test_add_func("/day-hub/away", test_printer_away_prints_when_back);
	g_test_add_func("/day-hub/killed", test_killed_hub_prints_a_copy);
	return g_test_run();
}
