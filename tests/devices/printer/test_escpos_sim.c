/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <stdlib.h>
#include <string.h>

/* The printer of receipt-printer-escpos against the page's own bytes. */
typedef struct {
	SimThread *sim;
	Wire *wire;
	char *log, *state, *folder;
} Bench;

static Bench bench_with(const char *name, const char *const *faults)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *log = g_strdup_printf("%s.log", name);
	g_autofree char *state = g_strdup_printf("%s.json", name);
	Bench bench = { .log = scratch_new(log), .state = scratch_new(state) };

	bench.folder = g_path_get_dirname(bench.log);
	bench.sim = sim_start("printer-escpos",
			      &(SimOptions){ .log_path = bench.log,
					     .state_path = bench.state,
					     .picture_dir = bench.folder,
					     .faults = faults,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	bench.wire = wire_new(sim_thread_get_address(bench.sim));
	return bench;
}

static Bench bench_new(const char *name)
{
	return bench_with(name, NULL);
}

static void bench_end(Bench *bench)
{
	g_autoptr(GError) error = NULL;

	wire_free(bench->wire);
	g_assert_true(sim_stop(bench->sim, &error));
	g_assert_no_error(error);
	g_free(bench->log);
	g_free(bench->state);
	g_free(bench->folder);
}

/* All before it is printed when this has come back. */
static void settle(Bench *bench)
{
	wire_send(bench->wire, "1D 28 48 06 00 30 30 30 30 37 37");
	wire_expect(bench->wire, "37 22 30 30 37 37 00");
}

static void say(Bench *bench, const char *line, const char *then)
{
	sim_say(bench->sim, line);
	wait_for_text(bench->log, then);
}

static void expect_clean(Bench *bench)
{
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(bench->log, &text, NULL, NULL));
	if (strstr(text, "FLAG") != NULL)
		g_test_message("%s", text);
	g_assert_null(strstr(text, "FLAG"));
}

/* What an independent reader finds in the first picture of this bench's folder. */
static char *read_picture(Bench *bench, const char *file)
{
	g_autofree char *path = g_build_filename(bench->folder, file, NULL);
	const char *argv[] = { "zbarimg", "--quiet", "--raw", path, NULL };
	g_autoptr(GError) error = NULL;
	char *out = NULL;
	int status;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
		     NULL, NULL, &out, NULL, &status, &error);
	g_assert_no_error(error);
	g_assert_true(g_spawn_check_wait_status(status, &error));
	return out;
}

/* The paper alone: other lines of the log come in between. */
static bool paper_has(const char *log, const char *wanted)
{
	g_autofree char *text = NULL;
	g_autoptr(GString) paper = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;

	g_assert_true(g_file_get_contents(log, &text, NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	for (int i = 0; lines[i] != NULL; i++)
		if (g_str_has_prefix(lines[i], "PAPER|"))
			g_string_append_printf(paper, "%s\n", lines[i]);
	return strstr(paper->str, wanted) != NULL;
}

static bool has_line(const char *text, const char *line)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	return g_strv_contains((const char *const *)lines, line);
}

#define BLANKS_28                                                                                  \
	"20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 "
#define BLANKS_10 "20 20 20 20 20 20 20 20 20 20 "

/* §5 of the page, 250 bytes. */
static const char worked_example[] =
	"1B 40 1C 2E 1B 52 00 1B 74 11 1B 61 01 1B 45 01 1D 21 11 8C 80 83 80 87 88 8D 0A "
	"1D 21 00 1B 45 00 1B 61 00 8C AE AB AE AA AE 20 33 2C 32 25 20 31 20 AB " BLANKS_28
	"38 39 2E 39 30 0A 88 92 8E 83 8E " BLANKS_28 BLANKS_10 "38 39 2E 39 30 0A "
	"1B 61 01 1D 68 50 1D 77 02 1D 48 02 1D 66 00 "
	"1D 6B 43 0D 34 36 30 31 32 33 34 35 36 37 38 39 33 1D 28 6B 04 00 31 41 32 00 "
	"1D 28 6B 03 00 31 43 04 1D 28 6B 03 00 31 45 31 1D 28 6B 1C 00 31 50 30 68 74 74 70 73 "
	"3A 2F 2F 65 78 61 6D 70 6C 65 2E 6F 72 67 2F 74 3F 73 3D 31 1D 28 6B 03 00 31 51 30 "
	"1B 61 00 1D 56 42 00 1D 28 48 06 00 30 30 30 30 30 31";

static void test_worked_example(void)
{
	Bench bench = bench_new("worked");
	g_autoptr(GByteArray) bytes = bytes_new(worked_example);
	g_autofree char *sum =
		g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes->data, bytes->len);
	g_autofree char *found = NULL;

	g_assert_cmpstr(sum, ==,
			"c10430283dd5b0abe18d74274199936e8629182b444650d6b29aae2f7554ec78");
	wire_send(bench.wire, worked_example);
	wire_expect(bench.wire, "37 22 30 30 30 31 00");
	g_assert_true(paper_has(bench.log,
				"PAPER|                 МАГАЗИН\n"
				"PAPER|Молоко 3,2% 1 л                            89.90\n"
				"PAPER|ИТОГО                                      89.90\n"
				"PAPER|[EAN13 4601234567893]\n"
				"PAPER|[QR https://example.org/t?s=1]\n"));
	g_assert_true(file_has(bench.log, "PAPER|[cut]\nPICTURE|"));
	g_assert_true(file_has(bench.state, "\"process_id\": \"0001\""));
	g_assert_true(file_has(bench.state, "\"receipts\": 1"));
	expect_clean(&bench);
	found = read_picture(&bench, "0001-receipt.png");
	g_assert_true(has_line(found, "4601234567893"));
	g_assert_true(has_line(found, "https://example.org/t?s=1"));
	bench_end(&bench);
}

static void test_any_split_is_one_stream(void)
{
	Bench bench = bench_new("split");
	g_autoptr(GByteArray) bytes = bytes_new(worked_example);

	for (guint i = 0; i < bytes->len; i++) {
		g_autofree char *one = g_strdup_printf("%02X", bytes->data[i]);

		wire_send(bench.wire, one);
	}
	wire_expect(bench.wire, "37 22 30 30 30 31 00");
	g_assert_true(paper_has(bench.log, "PAPER|[QR https://example.org/t?s=1]\n"));
	expect_clean(&bench);
	bench_end(&bench);
}

static void test_long_lines_wrap(void)
{
	Bench bench = bench_with("wrap", (const char *const[]){ "dots=384", NULL });

	wire_send(bench.wire, "1B 40");
	for (int i = 0; i < 33; i++)
		wire_send(bench.wire, i < 32 ? "41" : "42");
	wire_send(bench.wire, "0A 1D 21 10");
	for (int i = 0; i < 17; i++)
		wire_send(bench.wire, i < 16 ? "43" : "44");
	wire_send(bench.wire, "0A");
	settle(&bench);
	g_assert_true(paper_has(bench.log, "PAPER|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nPAPER|B\n"));
	g_assert_true(paper_has(bench.log, "PAPER|CCCCCCCCCCCCCCCC\nPAPER|D\n"));
	bench_end(&bench);
}

static void test_code_pages_have_their_own_numbers(void)
{
	Bench bench = bench_with("pages", (const char *const[]){ "cp_table=4", NULL });

	/* "Итого" three times, then trap 3: page 0 shows 866 as 437. */
	wire_send(bench.wire, "1B 74 07 88 E2 AE A3 AE 0A 1B 74 1C B8 E5 D6 AC D6 0A "
			      "1B 74 06 C8 F2 EE E3 EE 0A 1B 40 88 E2 AE A3 AE 0A 1B 74 2E");
	wait_for_text(bench.log, "FLAG: this printer has no code page 2E");
	g_assert_true(paper_has(bench.log, "PAPER|Итого\nPAPER|Итого\nPAPER|Итого\n"
					   "PAPER|êΓ«ú«\n"));
	bench_end(&bench);
}

static void test_pairs_vanish_in_kanji_mode(void)
{
	Bench bench = bench_with("kanji", (const char *const[]){ "kanji", NULL });

	wire_send(bench.wire, "1B 40 1B 74 11 88 E2 AE A3 41 0A");
	settle(&bench);
	g_assert_true(paper_has(bench.log, "PAPER|A\n"));
	g_assert_true(file_has(bench.log, "FLAG: 88 E2 is a pair"));
	wire_send(bench.wire, "1B 40 1C 2E 1B 74 11 88 E2 AE A3 41 0A");
	settle(&bench);
	g_assert_true(paper_has(bench.log, "PAPER|ИтогA\n"));
	bench_end(&bench);
}

static void test_status_bytes(void)
{
	Bench bench = bench_new("status");

	wire_send(bench.wire, "10 04 01 10 04 02 10 04 03 10 04 04");
	wire_expect(bench.wire, "12 12 12 12");
	say(&bench, "near-end", "status 12 12 12 1E");
	wire_send(bench.wire, "10 04 04");
	wire_expect(bench.wire, "1E");
	say(&bench, "paper", "status 12 12 12 12");
	say(&bench, "paper-out", "status 1A 32 12 72");
	wire_send(bench.wire, "10 04 04 10 04 01 10 04 02");
	wire_expect(bench.wire, "72 1A 32");
	say(&bench, "cover-open", "status 1A 36 12 72");
	wire_send(bench.wire, "10 04 02");
	wire_expect(bench.wire, "36");
	expect_clean(&bench);
	bench_end(&bench);
}

static void test_status_back_on_change(void)
{
	Bench bench = bench_new("asb");

	wire_send(bench.wire, "1D 61 0F");
	wire_expect(bench.wire, "10 00 00 00");
	sim_say(bench.sim, "cover-open");
	wire_expect(bench.wire, "38 00 00 00");
	sim_say(bench.sim, "cover-close");
	wire_expect(bench.wire, "10 00 00 00");
	sim_say(bench.sim, "near-end");
	wire_expect(bench.wire, "10 00 03 00");
	wire_send(bench.wire, "1D 72 31");
	wire_expect(bench.wire, "03");
	sim_say(bench.sim, "paper-out");
	wire_expect(bench.wire, "18 00 0F 00");
	sim_say(bench.sim, "paper");
	wire_expect(bench.wire, "10 00 00 00");
	wire_send(bench.wire, "1D 61 00 1D 72 01");
	wire_expect(bench.wire, "00");
	bench_end(&bench);
}

static void test_data_waits_while_off_line(void)
{
	Bench bench = bench_new("offline");

	say(&bench, "cover-open", "status 1A 16 12 12");
	wire_send(bench.wire,
		  "41 42 43 0A 1D 72 01 1B 70 00 19 FA 1D 28 48 06 00 30 30 30 30 30 39 "
		  "10 04 01");
	wire_expect(bench.wire, "1A"); /* at once, before all that waits */
	g_assert_false(paper_has(bench.log, "PAPER|"));
	g_assert_false(file_has(bench.log, "DRAWER|"));
	sim_say(bench.sim, "cover-close");
	wire_expect(bench.wire, "00 37 22 30 30 30 39 00");
	g_assert_true(paper_has(bench.log, "PAPER|ABC\n"));
	g_assert_true(file_has(bench.log, "DRAWER|50\n"));
	bench_end(&bench);
}

static void test_roll_ends_within_a_receipt(void)
{
	Bench bench = bench_with("roll", (const char *const[]){ "paper_out=10", NULL });

	for (int i = 0; i < 6; i++)
		wire_send(bench.wire, "41 0A");
	wire_send(bench.wire, "1D 28 48 06 00 30 30 30 30 30 32");
	wait_for_text(bench.log, "status 1A 32 12 72");
	/* 30 dots a line: the third ends behind 80. */
	wire_send(bench.wire, "10 04 04");
	wire_expect(bench.wire, "72");
	g_assert_true(paper_has(bench.log, "PAPER|A\nPAPER|A\n"));
	g_assert_false(paper_has(bench.log, "PAPER|A\nPAPER|A\nPAPER|A\nPAPER|A\n"));
	sim_say(bench.sim, "paper");
	wire_expect(bench.wire, "37 22 30 30 30 32 00");
	bench_end(&bench);
}

static void test_paper_takes_its_time(void)
{
	Bench bench = bench_with("speed", (const char *const[]){ "speed_mm=10", NULL });
	gint64 before = g_get_monotonic_time();

	/* Three lines are 90 dots, 11.25 mm, 1.125 s. */
	wire_send(bench.wire, "41 0A 41 0A 41 0A 10 04 01");
	wire_expect(bench.wire, "12");
	settle(&bench);
	g_assert_cmpint(g_get_monotonic_time() - before, >=, 1120000);
	bench_end(&bench);
}

static void test_process_ids_merged_or_never(void)
{
	Bench merged = bench_with("merged", (const char *const[]){ "merged_ids", NULL });
	Bench never = bench_with("never", (const char *const[]){ "no_process_id", NULL });

	wire_send(merged.wire, "1D 28 48 06 00 30 30 30 30 30 31 1D 28 48 06 00 30 30 30 30 30 32");
	wire_expect(merged.wire, "37 22 30 30 30 32 00");
	wire_send(never.wire, "1D 28 48 06 00 30 30 30 30 30 31 1D 72 01");
	wire_expect(never.wire, "00");
	g_assert_true(file_has(never.state, "\"process_id\": \"0001\""));
	bench_end(&merged);
	bench_end(&never);
}

static void test_identity(void)
{
	Bench bench = bench_new("identity");

	wire_send(bench.wire, "1D 49 01 1D 49 02 1D 49 42 1D 49 43");
	wire_expect(bench.wire, "20 02 5F 42 41 52 41 41 00 5F 53 49 4D 2D 38 30 00");
	bench_end(&bench);
}

static void test_vectors(void)
{
	Bench bench = bench_new("vectors");
	g_autofree char *found = NULL;

	wire_send(bench.wire, "1D 77 02 1D 6B 49 09 7B 42 41 42 2D 7B 43 0C 22 0A 0A 0A");
	wire_send(bench.wire, "1D 6B 49 0C 7B 43 7B 31 01 04 3C 0C 22 38 4E 5D 0A 0A 0A");
	wire_send(bench.wire, "1D 76 30 00 01 00 01 00 80");
	wire_send(bench.wire, "1D 28 4C 0B 00 30 70 30 01 01 31 01 00 01 00 80 1D 28 4C 02 00 30 "
			      "32 0A 0A 0A");
	/* The page's V12 without the stray 30: its length says four bytes. */
	wire_send(bench.wire,
		  "1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 03 1D 28 6B 03 00 31 45 30 1D "
		  "28 6B 07 00 31 50 30 31 32 33 34 1D 28 6B 03 00 31 51 30 0A 0A 0A");
	wire_send(bench.wire,
		  "1D 76 30 00 02 00 08 00 FF FF 80 01 80 01 80 01 80 01 80 01 80 01 FF FF");
	wire_send(bench.wire, "1D 6B 41 0B 30 31 32 33 34 35 36 37 38 39 30 1D 56 41 00");
	settle(&bench);
	expect_clean(&bench);
	g_assert_true(paper_has(bench.log, "PAPER|[CODE128 AB-1234]\n"));
	g_assert_true(paper_has(bench.log, "PAPER|[CODE128 {10104601234567893]\n"));
	g_assert_true(paper_has(bench.log, "PAPER|[raster 8x1]\nPAPER|[raster 1x1]\n"));
	g_assert_true(paper_has(bench.log, "PAPER|[QR 1234]\n"));
	g_assert_true(paper_has(bench.log, "PAPER|[raster 16x8]\nPAPER|[UPC-A 012345678905]\n"));
	found = read_picture(&bench, "0001-receipt.png");
	g_assert_true(has_line(found, "AB-1234"));
	g_assert_true(has_line(found, "0104601234567893"));
	g_assert_true(has_line(found, "1234"));
	g_assert_true(has_line(found, "0012345678905"));
	bench_end(&bench);
}

static void test_bad_symbols_are_dropped(void)
{
	Bench bench = bench_new("symbols");

	wire_send(bench.wire, "1D 6B 43 0D 34 36 30 31 32 33 34 35 36 37 38 39 34");
	wire_send(bench.wire, "1D 6B 43 03 34 36 30 1D 6B 49 03 41 42 43");
	wire_send(bench.wire, "1D 77 06 1D 6B 49 0B 7B 42 41 41 41 41 41 41 41 41 41");
	wire_send(bench.wire, "1D 76 30 00 49 00 01 00");
	for (int i = 0; i < 73; i++)
		wire_send(bench.wire, "FF");
	wire_send(bench.wire, "1B 99");
	settle(&bench);
	g_assert_true(file_has(bench.log, "FLAG: EAN13: a wrong check digit (byte 1)"));
	g_assert_true(file_has(bench.log, "FLAG: EAN13: the wrong number of digits (byte 18)"));
	g_assert_true(file_has(bench.log, "FLAG: CODE128: no code set selector in front"));
	g_assert_true(file_has(bench.log, "CODE128 of 804 dots on a line of 576"));
	g_assert_true(file_has(bench.log, "FLAG: an image of 584 dots on a head of 576"));
	g_assert_true(file_has(bench.log, "FLAG: unknown sequence 1B 99"));
	g_assert_false(paper_has(bench.log, "PAPER|[EAN13"));
	g_assert_false(paper_has(bench.log, "PAPER|[CODE128"));
	bench_end(&bench);
}

static void test_clone_prints_what_it_does_not_know(void)
{
	Bench bench = bench_with("clone", (const char *const[]){ "clone=2", NULL });

	wire_send(bench.wire, "1D 28 6B 07 00 31 50 30 30 31 32 33 34 0A 1B 3F 0A 1D 72 01");
	wire_expect(bench.wire, "00");
	g_assert_true(paper_has(bench.log, "PAPER|(k1P001234\n"));
	g_assert_true(paper_has(bench.log, "PAPER|?\n"));
	bench_end(&bench);
}

static void test_real_time_bytes_in_an_image_open_the_drawer(void)
{
	Bench bench = bench_new("trap");

	wire_send(bench.wire, "1D 76 30 00 05 00 01 00 10 14 01 00 05");
	settle(&bench);
	g_assert_true(file_has(bench.log, "DRAWER|500\n"));
	g_assert_true(file_has(bench.log, "FLAG: a real-time command in the data, 8 bytes in"));
	wire_send(bench.wire, "1D 28 44 05 00 14 01 00 02 00");
	settle(&bench);
	wire_send(bench.wire, "10 14 01 00 02");
	wait_for_text(bench.log, "real-time pulse: disabled");
	bench_end(&bench);
}

static void test_drawer_and_its_sensor(void)
{
	Bench bench = bench_new("drawer");

	wire_send(bench.wire, "1D 61 01");
	wire_expect(bench.wire, "10 00 00 00");
	wire_send(bench.wire, "1B 70 00 0A FA"); /* 20 ms frees no latch */
	wait_for_text(bench.log, "DRAWER|20\n");
	wire_send(bench.wire, "1B 70 01 19 FA");
	wire_expect(bench.wire, "14 00 00 00"); /* only now: the level has changed once */
	wire_send(bench.wire, "10 04 01 1D 72 02");
	wire_expect(bench.wire, "16 01");
	g_assert_true(file_has(bench.log, "connector pin 5\nDRAWER|50\n"));
	sim_say(bench.sim, "drawer-close");
	wire_expect(bench.wire, "10 00 00 00");
	g_assert_true(file_has(bench.state, "\"pulses\": 2"));
	expect_clean(&bench);
	/* 120 ms of every 360 is more than a coil stands. */
	wire_send(bench.wire, "1B 70 30 3C 78 1B 70 30 3C 78");
	wait_for_text(bench.log, "FLAG: drawer duty: 120 ms on within");
	bench_end(&bench);
}

static void test_cutter_jam_is_recovered(void)
{
	Bench bench = bench_new("jam");

	say(&bench, "cutter-jam", "control: cutter-jam");
	wire_send(bench.wire, "41 0A 1D 56 42 00 1D 28 48 06 00 30 30 30 30 30 33");
	wait_for_text(bench.log, "status 1A 52 1A 12");
	wire_send(bench.wire, "10 04 03");
	wire_expect(bench.wire, "1A");
	wire_send(bench.wire, "10 05 01");
	wire_expect(bench.wire, "37 22 30 30 30 33 00");
	g_assert_true(paper_has(bench.log, "PAPER|[cut]\n"));
	bench_end(&bench);
}

static void test_hot_head_cools_by_itself(void)
{
	Bench bench = bench_new("hot");

	say(&bench, "hot 300", "the head is hot");
	wire_send(bench.wire, "41 0A 10 04 03");
	wire_expect(bench.wire, "52");
	settle(&bench);
	wire_send(bench.wire, "10 04 03");
	wire_expect(bench.wire, "12");
	bench_end(&bench);
}

static void test_waits_for_its_button(void)
{
	Bench bench = bench_with("button", (const char *const[]){ "feed_wait", NULL });

	say(&bench, "cover-open", "status 1A 16 12 12");
	say(&bench, "cover-close", "status 3A 12 12 12");
	wire_send(bench.wire, "10 05 00 10 04 01");
	wire_expect(bench.wire, "12");
	bench_end(&bench);
}

static void test_full_buffer_holds_the_host_up(void)
{
	Bench bench = bench_with("buffer", (const char *const[]){ "buffer", NULL });
	g_autoptr(GString) zeros = g_string_new(NULL);

	for (int i = 0; i < 12288; i++)
		g_string_append(zeros, "00");
	say(&bench, "cover-open", "status 1A 16 12 12");
	wire_send(bench.wire, zeros->str);
	wire_send(bench.wire, "10 04 01");
	say(&bench, "cover-close", "status 12 12 12 12");
	wire_expect(bench.wire, "12"); /* 1A, had it been read while the cover was open */
	bench_end(&bench);
}

static void test_power_cut_forgets_the_buffer(void)
{
	Bench bench = bench_with("power", (const char *const[]){ "loses_power=6", NULL });

	wire_send(bench.wire, "41 42 43 44 45 46");
	g_assert_true(wire_is_gone(bench.wire));
	wire_free(bench.wire);
	bench.wire = wire_new(sim_thread_get_address(bench.sim));
	wire_send(bench.wire, "47 0A");
	settle(&bench);
	g_assert_true(paper_has(bench.log, "PAPER|G\n"));
	bench_end(&bench);
}

static void test_stale_and_mixed_and_silent(void)
{
	Bench stale = bench_with("stale", (const char *const[]){ "stale=16", NULL });
	Bench mixed = bench_with("mixed", (const char *const[]){ "asb_mixed", NULL });
	Bench silent = bench_with("silent", (const char *const[]){ "silent", NULL });

	wire_expect(stale.wire, "16");
	wire_send(mixed.wire, "10 04 01");
	wire_expect(mixed.wire, "10 00 00 00 12");
	wire_send(silent.wire, "10 04 01 1D 72 01 41 0A");
	wait_for_text(silent.log, "PAPER|A");
	g_assert_false(file_has(silent.log, "D>"));
	bench_end(&stale);
	bench_end(&mixed);
	bench_end(&silent);
}

static void test_memory_outlives_the_power(void)
{
	Bench bench = bench_new("memory");

	wire_send(bench.wire, "1B 70 00 19 FA 41 0A 1D 56 42 00");
	settle(&bench);
	sim_say(bench.sim, "power");
	g_assert_true(wire_is_gone(bench.wire));
	wire_free(bench.wire);
	bench.wire = wire_new(sim_thread_get_address(bench.sim));
	wire_send(bench.wire, "41 0A 1D 56 42 00");
	settle(&bench);
	g_assert_true(file_has(bench.state, "\"receipts\": 2"));
	g_assert_true(file_has(bench.state, "\"pulses\": 1"));
	bench_end(&bench);
}

static void test_cut_through_the_text_is_flagged(void)
{
	Bench bench = bench_new("knife");

	wire_send(bench.wire, "41 0A 1D 56 00");
	settle(&bench);
	g_assert_true(file_has(bench.log, "FLAG: the knife is 114 dots inside the text"));
	wire_send(bench.wire, "41 1D 56 42 00");
	settle(&bench);
	g_assert_true(file_has(bench.log, "FLAG: a cut in the middle of a line is ignored"));
	say(&bench, "look", "PICTURE|");
	bench_end(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/escpos/the page's receipt is printed and read back",
			test_worked_example);
	g_test_add_func("/sim/escpos/any split is one stream", test_any_split_is_one_stream);
	g_test_add_func("/sim/escpos/long lines wrap", test_long_lines_wrap);
	g_test_add_func("/sim/escpos/code pages have their own numbers",
			test_code_pages_have_their_own_numbers);
	g_test_add_func("/sim/escpos/pairs vanish in kanji mode", test_pairs_vanish_in_kanji_mode);
	g_test_add_func("/sim/escpos/status bytes", test_status_bytes);
	g_test_add_func("/sim/escpos/status back on change", test_status_back_on_change);
	g_test_add_func("/sim/escpos/data waits while off-line", test_data_waits_while_off_line);
	g_test_add_func("/sim/escpos/the roll ends within a receipt",
			test_roll_ends_within_a_receipt);
	g_test_add_func("/sim/escpos/paper takes its time", test_paper_takes_its_time);
	g_test_add_func("/sim/escpos/process ids merged or never",
			test_process_ids_merged_or_never);
	g_test_add_func("/sim/escpos/identity", test_identity);
	g_test_add_func("/sim/escpos/vectors of the page", test_vectors);
	g_test_add_func("/sim/escpos/bad symbols are dropped", test_bad_symbols_are_dropped);
	g_test_add_func("/sim/escpos/a clone prints what it does not know",
			test_clone_prints_what_it_does_not_know);
	g_test_add_func("/sim/escpos/real-time bytes in an image open the drawer",
			test_real_time_bytes_in_an_image_open_the_drawer);
	g_test_add_func("/sim/escpos/drawer and its sensor", test_drawer_and_its_sensor);
	g_test_add_func("/sim/escpos/a cutter jam is recovered", test_cutter_jam_is_recovered);
	g_test_add_func("/sim/escpos/a hot head cools by itself", test_hot_head_cools_by_itself);
	g_test_add_func("/sim/escpos/waits for its button", test_waits_for_its_button);
	g_test_add_func("/sim/escpos/a full buffer holds the host up",
			test_full_buffer_holds_the_host_up);
	g_test_add_func("/sim/escpos/a power cut forgets the buffer",
			test_power_cut_forgets_the_buffer);
	g_test_add_func("/sim/escpos/stale and mixed and silent", test_stale_and_mixed_and_silent);
	g_test_add_func("/sim/escpos/memory outlives the power", test_memory_outlives_the_power);
	g_test_add_func("/sim/escpos/a cut through the text is flagged",
			test_cut_through_the_text_is_flagged);
	return g_test_run();
}
