/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

/* The page's transcripts (fiscal-shtrih-m §9), byte for byte. Masked: fiscal sign and clock. */
static const char open_shift[] =
	"# 10h: mode 4 shift closed, submode 0\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 05 10 1E 00 00 00 0B\n"
	"D> 06\n"
	"D> 02 11 10 00 1E 92 02 04 00 00 33 8A 00 00 00 00 00 00 00 32\n"
	"H> 06\n"
	"# FF01: fiscal mode, no open doc, shift closed, last FD 56\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 06 FF 01 1E 00 00 00 E6\n"
	"D> 06\n"
	"D> 02 21 FF 01 00 03 00 00 00 00 1A 06 03 0A 0F 39 39 39 39 30 37 38 39 30 30 "
	"30 31 32 33 34 35 38 00 00 00 F9\n"
	"H> 06\n"
	"# FF41 begin opening the shift\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 06 FF 41 1E 00 00 00 A6\n"
	"D> 06\n"
	"D> 02 03 FF 41 00 BD\n"
	"H> 06\n"
	"# FF0C tag 1021 cashier (cp866)\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 14 FF 0C 1E 00 00 00 FD 03 0A 00 88 A2 A0 AD AE A2 A0 20 80 2E 08\n"
	"D> 06\n"
	"D> 02 03 FF 0C 00 F0\n"
	"H> 06\n"
	"# FF0B open shift: shift 42, FD 57, FP 1261181449\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 06 FF 0B 1E 00 00 00 EC\n"
	"D> 06\n"
	"D> 02 0D FF 0B 00 2A 00 39 00 00 00 ?? ?? ?? ?? ??\n"
	"H> 06\n"
	"~\n";

static const char sale[] =
	"# 8D open receipt, sale\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 06 8D 1E 00 00 00 00 95\n"
	"D> 06\n"
	"D> 02 03 8D 00 1E 90\n"
	"H> 06\n"
	"# FF46 1.234 kg x 89.90, sum 110.94, VAT 10 %\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 2B FF 46 1E 00 00 00 01 50 D4 12 00 00 00 1E 23 00 00 00 56 2B 00 00 00 "
	"FF FF FF FF FF 02 01 04 01 DF E1 EB EE EA E8 20 E2 E5 F1 2E 63\n"
	"D> 06\n"
	"D> 02 03 FF 46 00 BA\n"
	"H> 06\n"
	"# FF4D tag 2108 = 11 (kilogram), bound to the line above (FFD 1.2)\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 0B FF 4D 1E 00 00 00 3C 08 01 00 0B 99\n"
	"D> 06\n"
	"D> 02 03 FF 4D 00 B1\n"
	"H> 06\n"
	"# FF46 2 x 67.50 = 135.00, VAT 20 %\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 36 FF 46 1E 00 00 00 01 80 84 1E 00 00 00 5E 1A 00 00 00 BC 34 00 00 00 "
	"FF FF FF FF FF 01 01 04 01 D8 EE EA EE EB E0 E4 20 28 F1 EA E8 E4 EA E0 20 31 "
	"35 2E 30 30 29 57\n"
	"D> 06\n"
	"D> 02 03 FF 46 00 BA\n"
	"H> 06\n"
	"# 89 subtotal 245.94\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 05 89 1E 00 00 00 92\n"
	"D> 06\n"
	"D> 02 08 89 00 1E 12 60 00 00 00 ED\n"
	"H> 06\n"
	"# FF0C tag 1008 customer phone\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 16 FF 0C 1E 00 00 00 F0 03 0C 00 2B 37 39 31 36 31 32 33 34 35 36 37 16\n"
	"D> 06\n"
	"D> 02 03 FF 0C 00 F0\n"
	"H> 06\n"
	"# FF45 cash 200.00 + card 100.00, OSN -> change 54.06, FD 58\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 76 FF 45 1E 00 00 00 20 4E 00 00 00 10 27 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 8A\n"
	"D> 06\n"
	"D> 02 10 FF 45 00 1E 15 00 00 00 3A 00 00 00 ?? ?? ?? ?? ??\n"
	"H> 06\n"
	"# 10h: submode 5 printing\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 05 10 1E 00 00 00 0B\n"
	"D> 06\n"
	"D> 02 11 10 00 1E 92 02 02 05 00 33 8A 00 00 00 00 00 00 00 31\n"
	"H> 06\n"
	"~\n"
	"# 10h: submode 0 done\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 05 10 1E 00 00 00 0B\n"
	"D> 06\n"
	"D> 02 11 10 00 1E 92 02 02 00 00 33 8A 00 00 00 00 00 00 00 34\n"
	"H> 06\n";

static const char classic_sale[] =
	"# 80h 1.234 x 89.90\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 3C 80 1E 00 00 00 D2 04 00 00 00 1E 23 00 00 00 01 02 00 00 00 DF E1 EB "
	"EE EA E8 20 E2 E5 F1 2E 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 8B\n"
	"D> 06\n"
	"D> 02 03 80 00 1E 9D\n"
	"H> 06\n"
	"# 80h 2 x 75.00\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 3C 80 1E 00 00 00 D0 07 00 00 00 4C 1D 00 00 00 01 01 00 00 00 D8 EE EA "
	"EE EB E0 E4 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 F9\n"
	"D> 06\n"
	"D> 02 03 80 00 1E 9D\n"
	"H> 06\n"
	"# 86h discount 15.00\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 36 86 1E 00 00 00 DC 05 00 00 00 01 00 00 00 D1 EA E8 E4 EA E0 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 4B\n"
	"D> 06\n"
	"D> 02 03 86 00 1E 9B\n"
	"H> 06\n"
	"# 85h close: change 54.06\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 47 85 1E 00 00 00 20 4E 00 00 00 10 27 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 85\n"
	"D> 06\n"
	"D> 02 08 85 00 1E 1E 15 00 00 00 98\n"
	"H> 06\n";

static const char refund[] =
	"# 8D open receipt, return of sale\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 06 8D 1E 00 00 00 02 97\n"
	"D> 06\n"
	"D> 02 03 8D 00 1E 90\n"
	"H> 06\n"
	"# FF46 operation 2\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 36 FF 46 1E 00 00 00 02 40 42 0F 00 00 00 5E 1A 00 00 00 5E 1A 00 00 00 "
	"FF FF FF FF FF 01 01 04 01 D8 EE EA EE EB E0 E4 20 28 F1 EA E8 E4 EA E0 20 31 "
	"35 2E 30 30 29 8F\n"
	"D> 06\n"
	"D> 02 03 FF 46 00 BA\n"
	"H> 06\n"
	"# FF45 cash 67.50, FD 59\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 76 FF 45 1E 00 00 00 5E 1A 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 97\n"
	"D> 06\n"
	"D> 02 10 FF 45 00 00 00 00 00 00 3B 00 00 00 ?? ?? ?? ?? ??\n"
	"H> 06\n"
	"~\n";

static const char reports[] =
	"# 40 X report (not a fiscal document)\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 05 40 1E 00 00 00 5B\n"
	"D> 06\n"
	"D> 02 03 40 00 1E 5D\n"
	"H> 06\n"
	"~\n"
	"# FF42 begin closing\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 06 FF 42 1E 00 00 00 A5\n"
	"D> 06\n"
	"D> 02 03 FF 42 00 BE\n"
	"H> 06\n"
	"# FF0C tag 1021\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 14 FF 0C 1E 00 00 00 FD 03 0A 00 88 A2 A0 AD AE A2 A0 20 80 2E 08\n"
	"D> 06\n"
	"D> 02 03 FF 0C 00 F0\n"
	"H> 06\n"
	"# FF43 close shift 42, FD 60 (or single command 41)\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 06 FF 43 1E 00 00 00 A4\n"
	"D> 06\n"
	"D> 02 0D FF 43 00 2A 00 3C 00 00 00 ?? ?? ?? ?? ??\n"
	"H> 06\n"
	"~\n"
	"# FF40: closed, shift 42, 2 receipts\n"
	"H> 05\n"
	"D> 15\n"
	"H> 02 06 FF 40 1E 00 00 00 A7\n"
	"D> 06\n"
	"D> 02 08 FF 40 00 00 2A 00 02 00 9F\n"
	"H> 06\n";

static SimThread *start(const char *const *faults, const char *log)
{
	g_autoptr(GError) error = NULL;
	SimThread *sim = sim_start(
		"fiscal-shtrih",
		&(SimOptions){ .faults = faults, .log_path = log, .control_fd = -1 }, &error);

	g_assert_no_error(error);
	return sim;
}

static void stop(SimThread *sim)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(sim_stop(sim, &error));
	g_assert_no_error(error);
}

static const char *const slow_paper[] = { "print_ms=150", NULL };

static void test_a_day_as_on_the_page(void)
{
	g_autofree char *log = scratch_new("day.log");
	SimThread *sim = start(slow_paper, log);
	g_autoptr(Wire) wire = wire_new(sim_thread_get_address(sim));

	wire_play(wire, open_shift);
	wire_play(wire, sale);
	wire_play(wire, refund);
	wire_play(wire, reports);
	stop(sim);
	g_assert_true(file_has(log, "PAPER|1.234 x 89.90                  =110.94 Б\n"));
	g_assert_true(file_has(log, "PAPER|ИТОГ                             =245.94\n"));
	g_assert_true(file_has(log, "PAPER| БЕЗНАЛИЧНЫМИ                    =100.00\n"));
	g_assert_true(file_has(log, "PAPER|СДАЧА                             =54.06\n"));
	g_assert_true(file_has(log, "PAPER|КАССИР: Иванова А.\n"));
	g_assert_true(file_has(log, "PAPER|НАЛИЧНЫХ В КАССЕ                  =78.44\n"));
}

static void test_the_same_over_a_terminal(void)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *link = scratch_new("tty");
	g_autofree char *address = g_strdup_printf("pty:%s", link);
	SimThread *sim = sim_start(
		"fiscal-shtrih",
		&(SimOptions){ .pty_link = link, .faults = slow_paper, .control_fd = -1 }, &error);
	Wire *wire;

	g_assert_no_error(error);
	g_assert_cmpstr(sim_thread_get_address(sim), ==, address);
	wire = wire_new(address);
	wire_play(wire, open_shift);
	wire_free(wire);
	wire = wire_new(address); /* a client may close and come back */
	wire_play(wire, sale);
	wire_free(wire);
	stop(sim);
	g_assert_false(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
}

static void test_the_sale_of_an_old_client(void)
{
	SimThread *sim = start(NULL, NULL);
	g_autoptr(Wire) wire = wire_new(sim_thread_get_address(sim));

	/* No 8Dh, and no wait between the lines. */
	wire_ok(wire, "E0 1E 00 00 00");
	wire_wait_printed(wire);
	wire_play(wire, classic_sale);
	stop(sim);
}

/* ---- §9.5, the interesting failures */

#define LINE_245_94                                                                                \
	"FF 46 1E 00 00 00 01 40 42 0F 00 00 00 12 60 00 00 00 FF FF FF FF FF FF FF FF FF FF 01 "  \
	"01 04 01"                                                                                 \
	" D2"
static const char close_with_change[] =
	"FF 45 1E 00 00 00 20 4E 00 00 00 10 27 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	"00 "
	"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01";

static Wire *sell_until_close(SimThread *sim)
{
	Wire *wire = wire_new(sim_thread_get_address(sim));

	wire_ok(wire, "FF 0B 1E 00 00 00");
	wire_ok(wire, "8D 1E 00 00 00 00");
	wire_ok(wire, LINE_245_94);
	return wire;
}

static void test_cable_pulled_after_the_sale(void)
{
	SimThread *sim = start((const char *const[]){ "lost_answer@FF45:1", NULL }, NULL);
	Wire *wire = sell_until_close(sim);

	wire_send_frame(wire, close_with_change);
	g_assert_true(wire_is_gone(wire));
	wire_free(wire);
	wire = wire_new(sim_thread_get_address(sim));
	wire_play(wire, "H> 05\n"
			"D> 06\n"
			"D> 02 10 FF 45 00 1E 15 00 00 00 3A 00 00 00 ?? ?? ?? ?? ??\n"
			"H> 06\n"
			"H> 05\n"
			"D> 15\n");
	wire_free(wire);
	stop(sim);
}

static void test_power_lost_after_the_sale(void)
{
	SimThread *sim = start((const char *const[]){ "lost_answer_power@FF45:1", NULL }, NULL);
	Wire *wire = sell_until_close(sim);

	wire_send_frame(wire, close_with_change);
	g_assert_true(wire_is_gone(wire));
	wire_free(wire);
	wire = wire_new(sim_thread_get_address(sim));
	wire_play(wire, "# what was being printed waits for B0h\n"
			"H> 05\nD> 15\n"
			"H> 02 05 10 1E 00 00 00 0B\nD> 06\n"
			"D> 02 11 10 00 1E 92 02 02 03 00 33 8A 00 00 00 00 00 00 00 37\n"
			"H> 06\n"
			"# last FD 58\n"
			"H> 05\nD> 15\n"
			"H> 02 06 FF 01 1E 00 00 00 E6\nD> 06\n"
			"D> 02 21 FF 01 00 03 00 00 01 00 ?? ?? ?? ?? ?? 39 39 39 39 30 37 38 39 "
			"30 30 30 31 32 "
			"33 34 35 3A 00 00 00 ??\n"
			"H> 06\n"
			"# document 58 is a receipt, income, 245.94\n"
			"H> 05\nD> 15\n"
			"H> 02 0A FF 0A 1E 00 00 00 3A 00 00 00 DB\nD> 06\n"
			"D> 02 18 FF 0A 00 03 00 ?? ?? ?? ?? ?? 3A 00 00 00 ?? ?? ?? ?? 01 12 60 "
			"00 00 00 ??\n"
			"H> 06\n");
	wire_free(wire);
	stop(sim);
}

static void test_paper_ends_in_the_receipt(void)
{
	g_autofree char *log = scratch_new("paper.log");
	SimThread *sim = start((const char *const[]){ "paper_out=9@FF45:1", NULL }, log);
	Wire *wire = sell_until_close(sim);

	wire_ok(wire, close_with_change); /* missing paper never cancels a document */
	wait_for_text(log, "paper is out");
	wire_play(wire, "H> 05\nD> 15\n"
			"H> 02 05 10 1E 00 00 00 0B\nD> 06\n"
			"D> 02 11 10 00 1E 12 02 02 02 00 33 8A 00 00 00 00 00 00 01 B7\n"
			"H> 06\n");
	wire_refused(wire, "B0 1E 00 00 00", 0x6B);
	wire_refused(wire, "40 1E 00 00 00", 0x6B);
	g_assert_false(file_has(log, "PAPER|ИТОГ"));
	sim_say(sim, "paper");
	wait_for_text(log, "control: paper");
	wire_play(wire, "H> 05\nD> 15\n"
			"H> 02 05 10 1E 00 00 00 0B\nD> 06\n"
			"D> 02 11 10 00 1E 92 02 02 03 00 33 8A 00 00 00 00 00 00 00 37\n"
			"H> 06\n");
	wire_refused(wire, "40 1E 00 00 00", 0x58);
	wire_play(wire, "H> 05\nD> 15\n"
			"H> 02 05 B0 1E 00 00 00 AB\nD> 06\n"
			"D> 02 03 B0 00 1E AD\n"
			"H> 06\n~\n");
	g_assert_true(file_has(log, "PAPER|ИТОГ                             =245.94"));
	wire_free(wire);
	stop(sim);
}

static void test_answer_damaged_on_the_wire(void)
{
	SimThread *sim = start((const char *const[]){ "bad_lrc@8D:1", NULL }, NULL);
	g_autoptr(Wire) wire = wire_new(sim_thread_get_address(sim));

	wire_ok(wire, "FF 0B 1E 00 00 00");
	wire_wait_printed(wire);
	wire_send_frame(wire, "8D 1E 00 00 00 00");
	wire_expect(wire, "02 03 8D 00 1E C5"); /* it should be 90 */
	wire_play(wire, "H> 15\nH> 05\nD> 06\nD> 02 03 8D 00 1E 90\nH> 06\n");
	stop(sim);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/transcripts/a day as on the page", test_a_day_as_on_the_page);
	g_test_add_func("/sim/transcripts/the same over a terminal", test_the_same_over_a_terminal);
	g_test_add_func("/sim/transcripts/the sale of an old client",
			test_the_sale_of_an_old_client);
	g_test_add_func("/sim/transcripts/cable pulled after the sale",
			test_cable_pulled_after_the_sale);
	g_test_add_func("/sim/transcripts/power lost after the sale",
			test_power_lost_after_the_sale);
	g_test_add_func("/sim/transcripts/paper ends in the receipt",
			test_paper_ends_in_the_receipt);
	g_test_add_func("/sim/transcripts/answer damaged on the wire",
			test_answer_damaged_on_the_wire);
	return g_test_run();
}
