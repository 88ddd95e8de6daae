/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"
#include "tests/devices/meet/sweep.h"

#include <string.h>

/* A serial scanner (scanner.md): codes as they were scanned. */

enum { PATIENCE_S = 20, N_THREADS = 16 };

typedef struct {
	ScannerReader *reader;
	GAsyncQueue *told; /* of strings, owned */
} Ear;

static void hear_scan(const Scan *scan, void *data)
{
	g_async_queue_push(((Ear *)data)->told, g_strconcat(scan->aim, scan->data, NULL));
}

static void hear_state(const GError *fault, void *data)
{
	g_async_queue_push(((Ear *)data)->told, g_strdup(fault == NULL ? "here" : "gone"));
}

static char *next(Ear *self)
{
	return g_async_queue_timeout_pop(self->told, PATIENCE_S * G_TIME_SPAN_SECOND);
}

static void expect(Ear *self, const char *expected)
{
	g_autofree char *told = next(self);

	g_assert_cmpstr(told, ==, expected);
}

static Ear *ear_new(Meet *meet)
{
	Ear *self = g_new0(Ear, 1);

	self->told = g_async_queue_new_full(g_free);
	self->reader =
		scanner_reader_new(sim_thread_get_address(meet->sim), hear_scan, hear_state, self);
	expect(self, "here");
	meet_wait(meet, "host connected");
	return self;
}

static void ear_end(Ear *self)
{
	scanner_reader_free(self->reader);
	g_async_queue_unref(self->told);
	g_free(self);
}

static void scan(Meet *meet, Ear *ear, const char *line, const char *expected)
{
	sim_say(meet->sim, line);
	expect(ear, expected);
}

static void scan_all(MeetCable cable, const char *const *settings)
{
	g_autoptr(Meet) meet = meet_new("scanner-serial", cable, settings);
	Ear *ear = ear_new(meet);

	scan(meet, ear, "4601234567893", "4601234567893");
	scan(meet, ear, "@ean13 2112345012346", "]E02112345012346");
	scan(meet, ear, "@gs1-datamatrix 010460123456789321abcDEF\\x1D93Zz09",
	     "]d2010460123456789321abcDEF\x1D"
	     "93Zz09");
	scan(meet, ear, "@qr https://a.example/?t=20261128T1200&s=89.90",
	     "]Q1https://a.example/?t=20261128T1200&s=89.90");
	ear_end(ear);
}

static void test_scans(void)
{
	static const char *const suffixes[] = { "suffix=cr", "suffix=lf", "suffix=crlf",
						"suffix=none" };

	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		const char *const settings[] = { suffixes[i], NULL };

		scan_all(MEET_PTY, settings);
		scan_all(MEET_TCP, settings);
	}
}

static void test_once(void)
{
	g_autoptr(Meet) meet =
		meet_new("scanner-serial", MEET_PTY, (const char *const[]){ "twice", NULL });
	Ear *ear = ear_new(meet);

	scan(meet, ear, "4601234567893", "4601234567893");
	scan(meet, ear, "4609876543210", "4609876543210");
	ear_end(ear);
}

static void test_burst(void)
{
	g_autoptr(Meet) meet =
		meet_new("scanner-serial", MEET_PTY, (const char *const[]){ "burst=3", NULL });
	Ear *ear = ear_new(meet);

	sim_say(meet->sim, "4601234567893");
	sim_say(meet->sim, "4609876543210");
	scan(meet, ear, "4600000000008", "4601234567893");
	expect(ear, "4609876543210");
	expect(ear, "4600000000008");
	ear_end(ear);
}

/* ---- with a bad cable */

#define FIRST "4600000000008"
#define SECOND "4609876543210"
#define LAST "4601234567893"
enum { LEN = 13, N_TRIES = 10 };

static int count_wrong(const char *code, const char *told)
{
	int n = 0;

	for (size_t i = 0; i < LEN; i++)
		n += told[i] != code[i];
	return n;
}

/* A scan is a code, or none: half of one may not be heard. But a serial scanner has no check sum: a
 * lost, doubled or wrong character is not seen here (the check digit finds it, core/barcode.h), and
 * a suffix that was lost joins two. */
static char *judge(const SweepFault *fault, const char *told)
{
	size_t len = strlen(told);
	bool fits = len == LEN && (count_wrong(FIRST, told) == 0 || count_wrong(SECOND, told) == 0);

	if (sweep_is(fault, "flip_out"))
		fits |= len == LEN && MIN(count_wrong(FIRST, told), count_wrong(SECOND, told)) == 1;
	if (sweep_is(fault, "lose_out"))
		fits |= len == LEN - 1;
	if (sweep_is(fault, "lose_out") || sweep_is(fault, "flip_out"))
		fits |= len >= 2 * LEN;
	if (sweep_is(fault, "twice_out"))
		fits |= len == LEN + 1;
	if (sweep_is(fault, "mute")) /* half of one, and the next within its silence */
		fits |= len > LEN && g_str_has_suffix(told, LAST);
	return fits ? NULL : g_strdup_printf("“%s” was heard", told);
}

/* Scanned again, as people do, until it is heard. */
static char *expect_last(Meet *meet, Ear *ear, const SweepFault *fault)
{
	char *wrong = NULL;

	for (int i = 0; i < N_TRIES && wrong == NULL; i++) {
		g_autofree char *told = NULL;

		sim_say(meet->sim, LAST);
		while (wrong == NULL &&
		       (told = g_async_queue_timeout_pop(ear->told, G_TIME_SPAN_SECOND)) != NULL) {
			if (strcmp(told, LAST) == 0)
				return NULL;
			if (strcmp(told, "gone") != 0 && strcmp(told, "here") != 0)
				wrong = judge(fault, told);
			g_clear_pointer(&told, g_free);
		}
	}
	return wrong != NULL ? wrong : g_strdup("it hears no more");
}

static char *talk(Meet *meet, const SweepFault *fault, const void *data)
{
	Ear *ear = ear_new(meet);
	char *wrong;

	(void)data;
	/* From the first one's suffix the reader learns that there are suffixes. */
	sim_say(meet->sim, "4609999999991");
	expect(ear, "4609999999991");
	if (fault->fault != NULL) {
		g_autofree char *line = g_strdup_printf("fault %s=%d", fault->fault, fault->at);

		sim_say(meet->sim, line);
	}
	sim_say(meet->sim, FIRST);
	sim_say(meet->sim, SECOND);
	sim_say(meet->sim, "hear");
	wrong = expect_last(meet, ear, fault);
	ear_end(ear);
	return wrong;
}

static void test_bad_cable(const void *data)
{
	(void)data;
	sweep_run(&(Sweep){ .sim = "scanner-serial",
			    .cable = MEET_PTY,
			    .talk = talk,
			    .later = true,
			    .stride = 1,
			    .n_threads = N_THREADS });
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/meet/scanner-serial/scans", test_scans);
	g_test_add_func("/meet/scanner-serial/once", test_once);
	g_test_add_func("/meet/scanner-serial/burst", test_burst);
	g_test_add_data_func("/meet/scanner-serial/bad cable", NULL, test_bad_cable);
	return g_test_run();
}
