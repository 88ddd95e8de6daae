/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"
#include "drivers/sim/sim.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The reader's thread under load: every code, in order, none mixed with another, and no half ones.
 * `test-scanner-flow --real-time` takes the ten minutes that ten scans a second need. */

#define TEN_MINUTES 6000 /* scans, at ten a second */
#define CODE_LEN 13

typedef struct {
	ScannerReader *reader;
	GAsyncQueue *told; /* of strings */
	char *link;
	int far; /* the scanner's end, or -1 where a simulator has it */
} Line;

static void hear_scan(const Scan *scan, void *data)
{
	g_async_queue_push(((Line *)data)->told, g_strconcat(scan->aim, scan->data, NULL));
}

static void hear_state(const GError *fault, void *data)
{
	const char *state = fault == NULL ? "here" : device_fault_code((DeviceFault)fault->code);

	g_async_queue_push(((Line *)data)->told, g_strdup(state));
}

static void expect(Line *self, const char *expected)
{
	g_autofree char *told = g_async_queue_timeout_pop(self->told, 20 * G_TIME_SPAN_SECOND);

	g_assert_cmpstr(told, ==, expected);
}

static char *new_link(const char *name)
{
	return g_strdup_printf("%s/baraa-flow-%s-%d", g_get_tmp_dir(), name, (int)getpid());
}

static int new_pty(const char *link)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);

	g_assert_cmpint(grantpt(master), ==, 0);
	g_assert_cmpint(unlockpt(master), ==, 0);
	unlink(link);
	g_assert_cmpint(symlink(ptsname(master), link), ==, 0);
	return master;
}

static void line_open(Line *self, const char *name)
{
	g_autofree char *address = NULL;

	self->link = new_link(name);
	self->far = new_pty(self->link);
	self->told = g_async_queue_new_full(g_free);
	address = g_strconcat("pty:", self->link, NULL);
	self->reader = scanner_reader_new(address, hear_scan, hear_state, self);
	expect(self, "here");
}

static void line_close(Line *self)
{
	scanner_reader_free(self->reader);
	if (self->far >= 0)
		close(self->far);
	g_assert_cmpint(g_async_queue_length(self->told), ==, 0); /* nothing over and above */
	g_async_queue_unref(self->told);
	unlink(self->link);
	g_free(self->link);
}

static void put(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		g_assert_cmpint(n, >, 0);
		bytes += n;
		len -= (size_t)n;
	}
}

/* Thirteen characters: whose, and which. */
static void write_code(char ret[static CODE_LEN + 1], int series, int n)
{
	g_snprintf(ret, CODE_LEN + 1, "%03d%010d", series, n);
}

typedef struct {
	int fd, series, n;
	int64_t pause_us; /* between codes, by the clock: what is late is made up for */
} Burst;

static void *fire(void *data)
{
	const Burst *burst = data;
	int64_t begun = g_get_monotonic_time();

	for (int i = 0; i < burst->n; i++) {
		char code[CODE_LEN + 2];
		int64_t ahead = begun + i * burst->pause_us - g_get_monotonic_time();

		if (ahead > 0)
			g_usleep((gulong)ahead);
		write_code(code, burst->series, i);
		code[CODE_LEN] = '\r';
		put(burst->fd, code, CODE_LEN + 1);
	}
	return NULL;
}

static void expect_series(Line *self, int series, int n)
{
	for (int i = 0; i < n; i++) {
		char code[CODE_LEN + 1];

		write_code(code, series, i);
		expect(self, code);
	}
}

static void run_burst(int n, int64_t pause_us)
{
	Line line;
	Burst burst = { .series = 460, .n = n, .pause_us = pause_us };
	int64_t begun = g_get_monotonic_time();
	GThread *scanner;

	line_open(&line, "burst");
	burst.fd = line.far;
	scanner = g_thread_new("far scanner", fire, &burst);
	expect_series(&line, 460, n);
	g_thread_join(scanner);
	g_test_message("%d scans in %" G_GINT64_FORMAT " ms, all heard, in order", n,
		       (g_get_monotonic_time() - begun) / 1000);
	line_close(&line);
}

static void test_as_fast_as_it_goes(void)
{
	run_burst(TEN_MINUTES, 0);
}

static void test_real_time(void)
{
	run_burst(TEN_MINUTES, 100 * 1000);
}

/* A character a millisecond, each in a write of its own. */
static void test_thousand_characters_a_second(void)
{
	Line line;
	int64_t begun;
	int at = 0;

	line_open(&line, "characters");
	begun = g_get_monotonic_time();
	for (int i = 0; i < 72; i++) {
		char code[CODE_LEN + 2];

		write_code(code, 461, i);
		code[CODE_LEN] = '\r';
		for (int j = 0; j <= CODE_LEN; j++, at++) {
			int64_t ahead = begun + at * 1000 - g_get_monotonic_time();

			if (ahead > 0)
				g_usleep((gulong)ahead);
			put(line.far, code + j, 1);
		}
	}
	expect_series(&line, 461, 72);
	line_close(&line);
}

static void test_two_at_once(void)
{
	Line lines[2];
	Burst bursts[2] = { { .series = 471, .n = 1500 }, { .series = 472, .n = 1500 } };
	GThread *scanners[2];

	for (int i = 0; i < 2; i++) {
		line_open(&lines[i], i == 0 ? "left" : "right");
		bursts[i].fd = lines[i].far;
	}
	for (int i = 0; i < 2; i++)
		scanners[i] = g_thread_new("far scanner", fire, &bursts[i]);
	for (int i = 0; i < 2; i++)
		expect_series(&lines[i], bursts[i].series, bursts[i].n);
	for (int i = 0; i < 2; i++) {
		g_thread_join(scanners[i]);
		line_close(&lines[i]);
	}
}

/* --- against the simulator --------------------------------------------------------------------
 */

static SimThread *sim_open(Line *self, const char *name)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *address = NULL;
	SimOptions options = { .control_fd = -1 };
	SimThread *sim;

	self->link = new_link(name);
	self->far = -1;
	options.pty_link = self->link;
	sim = sim_start("scanner-serial", &options, &error);
	g_assert_no_error(error);
	self->told = g_async_queue_new_full(g_free);
	self->reader = scanner_reader_new(sim_thread_get_address(sim), hear_scan, hear_state, self);
	expect(self, "here");
	return sim;
}

static void sim_close(Line *self, SimThread *sim)
{
	g_autoptr(GError) error = NULL;

	scanner_reader_free(self->reader);
	self->reader = NULL;
	g_assert_true(sim_stop(sim, &error));
	g_assert_no_error(error);
	line_close(self);
}

/* A terminal holds four kilobytes; a scanner that runs ahead further has its own say in it. */
static void test_simulated_ten_minutes(void)
{
	enum { AHEAD = 100 };
	Line line;
	SimThread *sim = sim_open(&line, "simulated");
	char code[CODE_LEN + 1];

	for (int i = 0; i < TEN_MINUTES + AHEAD; i++) {
		if (i < TEN_MINUTES) {
			write_code(code, 480, i);
			sim_say(sim, code);
		}
		if (i >= AHEAD) {
			write_code(code, 480, i - AHEAD);
			expect(&line, code);
		}
	}
	sim_close(&line, sim);
}

/* Wherever the cable breaks, what came of that code is no scan. */
static void test_cable_pulled_mid_code(void)
{
	static const char *const cuts[] = { "fault cut_out=2", "fault cut_out=9",
					    "fault cut_out=14" };
	Line line;
	SimThread *sim = sim_open(&line, "pulled");

	sim_say(sim, "4601234567893");
	expect(&line, "4601234567893");
	for (size_t i = 0; i < G_N_ELEMENTS(cuts); i++) {
		sim_say(sim, cuts[i]);
		sim_say(sim, "4607001771562");
		expect(&line, "offline");
		expect(&line, "here");
		sim_say(sim, "96385074");
		expect(&line, "96385074");
	}
	sim_close(&line, sim);
}

/* The cable is broken and nobody hangs up, as on a plain serial line: mute from the Nth byte on. */
static void test_cable_goes_silent_mid_code(void)
{
	Line line;
	SimThread *sim = sim_open(&line, "silent");

	sim_say(sim, "4601234567893");
	expect(&line, "4601234567893");
	sim_say(sim, "fault mute=9");
	sim_say(sim, "4607001771562");
	g_usleep(400 * 1000); /* the silence is what is tested */
	sim_say(sim, "hear");
	sim_say(sim, "036000291452");
	expect(&line, "036000291452");
	sim_close(&line, sim);
}

int main(int argc, char **argv)
{
	bool real_time = argc > 1 && g_str_equal(argv[argc - 1], "--real-time");

	argc -= real_time;
	g_test_init(&argc, &argv, NULL);
	if (real_time) {
		g_test_add_func("/scanner_flow/real_time", test_real_time);
		return g_test_run();
	}
	g_test_add_func("/scanner_flow/as_fast_as_it_goes", test_as_fast_as_it_goes);
	g_test_add_func("/scanner_flow/thousand_characters", test_thousand_characters_a_second);
	g_test_add_func("/scanner_flow/two_at_once", test_two_at_once);
	g_test_add_func("/scanner_flow/simulated_ten_minutes", test_simulated_ten_minutes);
	g_test_add_func("/scanner_flow/pulled_mid_code", test_cable_pulled_mid_code);
	g_test_add_func("/scanner_flow/silent_mid_code", test_cable_goes_silent_mid_code);
	return g_test_run();
}
