/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MS 1000

static const struct {
	const char *text;
	const char *aim, *data; /* data NULL: rubbish */
} parses[] = {
	{ "4601234567893", "", "4601234567893" },
	{ "4601234567893\r\n", "", "4601234567893" },
	{ "\x02]E04601234567893\x03", "]E0", "4601234567893" },
	{ "]E496385074", "]E4", "96385074" },
	{ "]d2010460123456789321abc\x1D"
	  "93dGVz",
	  "]d2",
	  "010460123456789321abc\x1D"
	  "93dGVz" },
	/* FNC1 in first place should not have been sent; the last one ends the last field */
	{ "]C1\x1D"
	  "01046012345678933103001234\x1D",
	  "]C1", "01046012345678933103001234\x1D" },
	{ "]z", "", "]z" },
	{ "]V0123", "", "]V0123" }, /* no such letter: data */
	{ "]E-123", "", "]E-123" },
	{ "https://example.org/?q=1", "", "https://example.org/?q=1" },
	{ "Карта 17", "", "Карта 17" },
	{ "", NULL, NULL },
	{ "\r\n", NULL, NULL },
	{ "   ", NULL, NULL },
	{ "]E0", NULL, NULL },
	{ "]E0\x1D", NULL, NULL },
	{ "12\x07"
	  "34",
	  NULL, NULL },
	{ "\xE4\xF6\xFC", NULL, NULL },
};

static void test_parse(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(parses); i++) {
		g_auto(Scan) scan = { 0 };
		bool ok = scan_parse(parses[i].text, strlen(parses[i].text), &scan);

		g_assert_cmpint(ok, ==, parses[i].data != NULL);
		if (!ok)
			continue;
		g_assert_cmpstr(scan.aim, ==, parses[i].aim);
		g_assert_cmpstr(scan.data, ==, parses[i].data);
	}
}

static void test_parse_rubbish(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(8);

	for (int i = 0; i < 200000; i++) {
		size_t len = (size_t)g_rand_int_range(rand, 0, 12);
		g_autofree char *text = g_malloc(len); /* no closing zero */
		g_auto(Scan) scan = { 0 };

		for (size_t j = 0; j < len; j++)
			text[j] = (char)g_rand_int_range(rand, 0, 256);
		if (scan_parse(text, len, &scan)) {
			g_assert_true(g_utf8_validate(scan.data, -1, NULL));
			g_assert_cmpint(scan.data[0], !=, '\0');
		}
	}
}

static void note_scan(const Scan *scan, void *data)
{
	g_string_append_printf(data, "%s%s;", scan->aim, scan->data);
}

/* Bytes with the millisecond at which they come; NULL is a tick. */
typedef struct {
	int ms;
	const char *bytes;
} Arrival;

static void check_collected(const char *expected, const Arrival *arrivals, int n)
{
	g_autoptr(GString) heard = g_string_new(NULL);
	ScanCollector *collector = scan_collector_new(note_scan, heard);

	for (int i = 0; i < n; i++) {
		int64_t now = arrivals[i].ms * MS;

		if (arrivals[i].bytes == NULL)
			scan_collector_tick(collector, now);
		else
			scan_collector_push(collector, (const uint8_t *)arrivals[i].bytes,
					    strlen(arrivals[i].bytes), now);
	}
	g_assert_cmpstr(heard->str, ==, expected);
	scan_collector_free(collector);
}

#define CHECK_COLLECTED(expected, ...)                                                             \
	do {                                                                                       \
		static const Arrival arrivals[] = { __VA_ARGS__ };                                 \
		check_collected(expected, arrivals, G_N_ELEMENTS(arrivals));                       \
	} while (0)

static void test_collector(void)
{
	CHECK_COLLECTED("1111;2222;", { 0, "1111\r" }, { 600, "2222\n" });
	CHECK_COLLECTED("1111;2222;", { 0, "1111\r\n2222\r\n" });
	CHECK_COLLECTED("]E01111;", { 0, "]E0" }, { 5, "11" }, { 10, "11\r" });
	/* no suffix: 200 ms of silence */
	CHECK_COLLECTED("", { 0, "1111" }, { 199, NULL });
	CHECK_COLLECTED("1111;", { 0, "1111" }, { 200, NULL });
	CHECK_COLLECTED("1111;2222;", { 0, "1111" }, { 250, NULL }, { 250, "2222\r" });
	/* bytes that we came late to read: nobody has seen a silence */
	CHECK_COLLECTED("11112222;", { 0, "1111" }, { 250, "2222\r" });
	/* a scanner that ends its codes: without the end it is half a code */
	CHECK_COLLECTED("1111;3333;", { 0, "1111\r" }, { 600, "22" }, { 800, NULL },
			{ 900, "3333\r" });
	/* but the same again and again is one whose setup was changed */
	CHECK_COLLECTED("1111;2222;3333;", { 0, "1111\r" }, { 600, "2222" }, { 800, NULL },
			{ 1600, "2222" }, { 1800, NULL }, { 2600, "3333" }, { 2800, NULL });
	CHECK_COLLECTED("1111;3333;", { 0, "1111\r" }, { 600, "2222" }, { 800, NULL },
			{ 1600, "3333\r" }, { 2600, "2222" }, { 2800, NULL });
	/* a bounce, a second piece of the same goods, another code between */
	CHECK_COLLECTED("1111;", { 0, "1111\r" }, { 499, "1111\r" });
	CHECK_COLLECTED("1111;1111;", { 0, "1111\r" }, { 500, "1111\r" });
	CHECK_COLLECTED("1111;2222;1111;", { 0, "1111\r" }, { 100, "2222\r" }, { 200, "1111\r" });
	CHECK_COLLECTED("]E01111;]E41111;", { 0, "]E01111\r" }, { 100, "]E41111\r" });
	/* rubbish in between loses nothing */
	CHECK_COLLECTED("1111;2222;", { 0, "1111\r" }, { 10, "\x07\xFF\r" }, { 20, "2222\r" });
}

static void test_collector_drops_nul_and_the_endless(void)
{
	g_autoptr(GString) heard = g_string_new(NULL);
	ScanCollector *collector = scan_collector_new(note_scan, heard);
	g_autofree char *endless = g_strnfill(10000, '1');

	scan_collector_push(collector, (const uint8_t *)"1\0001\0\r", 5, 0);
	scan_collector_push(collector, (const uint8_t *)endless, 10000, 1000 * MS);
	scan_collector_push(collector, (const uint8_t *)"\r2222\r", 6, 1001 * MS);
	g_assert_cmpstr(heard->str, ==, "11;2222;");
	scan_collector_free(collector);
}

/* @gap: ms between characters; @pause: one gap of that length in the middle; @ends: before Enter.
 */
static const struct {
	const char *what;
	const char *typed;
	int gap, pause, ends;
	const char *scanned; /* NULL: a hand */
} bursts[] = {
	{ "scanner", "4601234567893\r", 5, 5, 5, "4601234567893" },
	{ "slow scanner", "4601234567893\r", 20, 20, 20, "4601234567893" },
	{ "at the limit", "460123\r", 30, 30, 80, "460123" },
	{ "over the mean", "460123\r", 31, 31, 5, NULL },
	{ "one long gap in a quick burst", "4601234567893\t", 5, 80, 5, "4601234567893" },
	{ "too long a gap", "46012345\r", 5, 81, 5, NULL },
	{ "Enter came late, by hand", "4601234567893\r", 5, 5, 81, NULL },
	{ "too short", "46012\r", 5, 5, 5, NULL },
	{ "quick fingers", "460123\r", 60, 60, 60, NULL },
	{ "separator inside",
	  "0104601234\x1D"
	  "93dG\r",
	  5, 5, 5,
	  "0104601234\x1D"
	  "93dG" },
	{ "only Enter", "\r", 5, 5, 5, NULL },
};

static void test_wedge(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(bursts); i++) {
		WedgeDetector *detector = wedge_detector_new();
		size_t len = strlen(bursts[i].typed);
		g_autofree char *code = NULL;
		int64_t now = 1000 * MS;
		bool scanned = false;

		for (size_t j = 0; j < len; j++) {
			int gap = j == len - 1 ? bursts[i].ends : bursts[i].gap;

			if (j == len / 2 && j != len - 1)
				gap = bursts[i].pause;
			if (j > 0)
				now += gap * MS;
			scanned = wedge_detector_key(detector, (guchar)bursts[i].typed[j], now,
						     &code);
			g_assert_true(!scanned || j == len - 1);
		}
		g_test_message("%s", bursts[i].what);
		g_assert_cmpint(scanned, ==, bursts[i].scanned != NULL);
		g_assert_cmpstr(code, ==, bursts[i].scanned);
		wedge_detector_free(detector);
	}
}

/* A hand typed half a word and stopped; then the scanner fired. */
static void test_wedge_after_typing(void)
{
	WedgeDetector *detector = wedge_detector_new();
	g_autofree char *code = NULL;
	int64_t now = 0;

	for (const char *at = "mil"; *at != '\0'; at++, now += 150 * MS)
		g_assert_false(wedge_detector_key(detector, (guchar)*at, now, &code));
	for (const char *at = "96385074"; *at != '\0'; at++, now += 5 * MS)
		g_assert_false(wedge_detector_key(detector, (guchar)*at, now, &code));
	g_assert_true(wedge_detector_key(detector, '\r', now, &code));
	g_assert_cmpstr(code, ==, "96385074");
	wedge_detector_free(detector);
}

/* What the reader's thread tells the test. */
typedef struct {
	GAsyncQueue *told; /* of strings */
} Ear;

static void hear_scan(const Scan *scan, void *data)
{
	Ear *ear = data;

	g_async_queue_push(ear->told, g_strdup(scan->data));
}

static void hear_state(const GError *fault, void *data)
{
	Ear *ear = data;

	g_async_queue_push(
		ear->told,
		g_strdup(fault == NULL ? "here" : device_fault_code((DeviceFault)fault->code)));
}

static void expect(Ear *ear, const char *expected)
{
	g_autofree char *told = g_async_queue_pop(ear->told);

	g_assert_cmpstr(told, ==, expected);
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

static void test_reader_outlives_its_cable(void)
{
	g_autofree char *link =
		g_strdup_printf("%s/baraa-scanner-%d", g_get_tmp_dir(), (int)getpid());
	g_autofree char *address = g_strconcat("pty:", link, NULL);
	Ear ear = { .told = g_async_queue_new_full(g_free) };
	int far = new_pty(link);
	ScannerReader *reader = scanner_reader_new(address, hear_scan, hear_state, &ear);

	expect(&ear, "here");
	g_assert_cmpint(write(far, "4601234567893\r", 14), ==, 14);
	expect(&ear, "4601234567893");
	g_assert_cmpint(write(far, "96385", 5), ==, 5); /* pulled out in the middle of a code */
	close(far);
	expect(&ear, "offline");
	far = new_pty(link);
	expect(&ear, "here"); /* by itself, at its next try */
	g_assert_cmpint(write(far, "]E04601234567893\r", 17), ==, 17);
	expect(&ear, "4601234567893");
	g_assert_cmpint(write(far, "074\r", 4), ==, 4);
	expect(&ear, "074"); /* nothing of what came before */
	close(far);
	expect(&ear, "offline"); /* told again after it was back */

	scanner_reader_free(reader);
	g_async_queue_unref(ear.told);
	unlink(link);
}

static void test_reader_without_suffix(void)
{
	g_autofree char *link =
		g_strdup_printf("%s/baraa-scanner-bare-%d", g_get_tmp_dir(), (int)getpid());
	g_autofree char *address = g_strconcat("pty:", link, NULL);
	Ear ear = { .told = g_async_queue_new_full(g_free) };
	int far = new_pty(link);
	ScannerReader *reader = scanner_reader_new(address, hear_scan, hear_state, &ear);

	expect(&ear, "here");
	g_assert_cmpint(write(far, "96385074", 8), ==, 8); /* the silence ends it */
	expect(&ear, "96385074");
	scanner_reader_free(reader);
	close(far);
	g_async_queue_unref(ear.told);
	unlink(link);
}

static void test_reader_ends_while_it_waits(void)
{
	Ear ear = { .told = g_async_queue_new_full(g_free) };
	ScannerReader *reader = scanner_reader_new("pty:/nowhere", hear_scan, hear_state, &ear);

	expect(&ear, "offline");
	scanner_reader_free(reader);
	g_async_queue_unref(ear.told);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scanner/parse", test_parse);
	g_test_add_func("/scanner/parse_rubbish", test_parse_rubbish);
	g_test_add_func("/scanner/collector", test_collector);
	g_test_add_func("/scanner/collector_limits", test_collector_drops_nul_and_the_endless);
	g_test_add_func("/scanner/wedge", test_wedge);
	g_test_add_func("/scanner/wedge_after_typing", test_wedge_after_typing);
	g_test_add_func("/scanner/reader", test_reader_outlives_its_cable);
	g_test_add_func("/scanner/reader_without_suffix", test_reader_without_suffix);
	g_test_add_func("/scanner/reader_ends", test_reader_ends_while_it_waits);
	return g_test_run();
}
