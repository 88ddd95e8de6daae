/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/label/press.h"

/* The simulators of label printers: what they answer, and how they misbehave. */

/* --- answers ---------------------------------------------------------------------------------- */

#define HS_1(b, c, f)                                                                              \
	"\x02"                                                                                     \
	"030," b "," c ",0320,000," f ",0,0,000,0,0,0\x03\r\n"
#define HS_2(o, p, t, u)                                                                           \
	"\x02"                                                                                     \
	"000,0," o "," p ",0,2,4," t "," u ",1,000\x03\r\n"
#define HS_3                                                                                       \
	"\x02"                                                                                     \
	"1234,0\x03\r\n"

static void test_zpl_answers(void)
{
	Press press = press_new("label-zpl");

	/* L10. */
	send_text(&press, "^XA^LL320^XZ~HS");
	wire_expect(press.wire,
		    "02 30 33 30 2C 30 2C 30 2C 30 33 32 30 2C 30 30 30 2C 30 2C 30 2C 30 2C 30 30 "
		    "30 2C 30 2C 30 2C 30 03 0D 0A "
		    "02 30 30 30 2C 30 2C 30 2C 30 2C 30 2C 32 2C 34 2C 30 2C 30 30 30 30 30 30 30 "
		    "30 2C 31 2C 30 30 30 03 0D 0A "
		    "02 31 32 33 34 2C 30 03 0D 0A");
	say(&press, "paper-out");
	say(&press, "head-open");
	send_text(&press, "~HS");
	expect_text(&press, HS_1("1", "0", "0") HS_2("1", "0", "0", "00000000") HS_3);
	say(&press, "ribbon-out");
	say(&press, "pause");
	send_text(&press, "~HQES~HI");
	expect_text(&press, "\x02\r\n\r\n  PRINTER STATUS\r\n"
			    "   ERRORS:         1 00000000 00010007\r\n"
			    "   WARNINGS:       0 00000000 00000000\r\n\x03"
			    "\x02ZD421-203dpi,V84.20.18Z,8,8176KB\x03\r\n");
	say(&press, "paper");
	say(&press, "head-close");
	say(&press, "ribbon");
	send_text(&press, "~PS~HS");
	expect_text(&press, HS_1("0", "0", "0") HS_2("0", "0", "0", "00000000") HS_3);
	press_end(&press);
}

static void test_tspl_answers(void)
{
	Press press = press_new("label-tspl");

	wire_send(press.wire, "1B 21 3F");
	wire_expect(press.wire, "00");
	/* L11. */
	wire_send(press.wire, "1B 21 53");
	wire_expect(press.wire, "02 40 40 40 40 03 0D 0A");
	say(&press, "head-open");
	say(&press, "paper-out");
	/* Even within a line. */
	send_text(&press, "CL\x1B!?S\r\n");
	wire_expect(press.wire, "05");
	wire_send(press.wire, "1B 21 53");
	wire_expect(press.wire, "02 45 40 40 61 03 0D 0A");
	say(&press, "head-close");
	say(&press, "paper");
	send_text(&press, "\x1B!P\x1B!?\x1B!O\x1B!?~!T~!@");
	wire_expect(press.wire, "10 00");
	expect_text(&press, "TE210\r\n0\r\n");
	assert_no_flags(&press);
	press_end(&press);
}

static void test_epl_answers(void)
{
	Press press = press_new("label-epl");

	send_text(&press, "^ee");
	expect_text(&press, "00\r\n");
	send_text(&press, "US\nn\n");
	wire_expect(press.wire, "15 30 31");
	send_text(&press, "^ee^ee");
	expect_text(&press, "01\r\n00\r\n");
	send_text(&press, EPL("LO1,1,8,8"));
	wire_expect(press.wire, "06");
	say(&press, "head-open");
	wire_expect(press.wire, "15 31 31 13");
	say(&press, "paper-out");
	send_text(&press, "^ee");
	expect_text(&press, "07,11\r\n");
	say(&press, "head-close");
	say(&press, "paper");
	wire_expect(press.wire, "11");
	send_text(&press, "UN\nUQ\n");
	expect_text(&press, "UKQ1935HLU V4.42\r\n");
	press_end(&press);
}

/* --- paper, people, misbehaviour -------------------------------------------------------------- */

#define BLACK_LABELS(n) "^XA^PW400^LL320^FO10,10^GB20,20,20^FS^PQ" n "^XZ"

/* The printer makes the interrupted label again; nothing is to be resent. */
static void test_roll_ends_within_a_batch(void)
{
	static const char *const faults[] = { "paper_out=2", NULL };
	Press press = press_new_with("label-zpl", faults, NULL);

	send_text(&press, BLACK_LABELS("3"));
	wait_for_text(press.log, "the roll ends within label 2");
	send_text(&press, "~HS");
	expect_text(&press, "\x02"
			    "030,1,0,0320,001,0,0,0,000,0,0,0\x03\r\n" HS_2("0", "0", "0",
									    "00000002") HS_3);
	say(&press, "paper");
	wait_for_text(press.log, "LABEL|3 copies");
	g_assert_true(file_has(press.log, "label 3 of 3 is out, 3 in all"));
	press_end(&press);
}

static void test_trouble_in_the_middle(void)
{
	static const struct {
		const char *fault, *mend;
		const char *status; /* of TSPL */
	} troubles[] = { { "head_open=2", "head-close", "01" },
			 { "ribbon_out=2", "ribbon", "08" },
			 { "pause=2", "pause", "10" } };

	for (size_t i = 0; i < G_N_ELEMENTS(troubles); i++) {
		const char *const faults[] = { troubles[i].fault, NULL };
		Press press = press_new_with("label-tspl", faults, NULL);

		send_text(&press, "SIZE 50 mm,25 mm\r\nCLS\r\nBAR 1,1,8,8\r\nPRINT 3\r\n");
		wait_for_text(press.log, "within label 2");
		wire_send(press.wire, "1B 21 3F");
		wire_expect(press.wire, troubles[i].status);
		say(&press, troubles[i].mend);
		wait_for_text(press.log, "LABEL|3 copies");
		press_end(&press);
	}
}

static void test_labels_hang_in_the_peeler(void)
{
	static const char *const faults[] = { "peel", NULL };
	Press press = press_new_with("label-zpl", faults, NULL);

	send_text(&press, BLACK_LABELS("2"));
	wait_for_text(press.log, "label 1 of 2 is out");
	send_text(&press, "~HS");
	expect_text(&press, "\x02"
			    "030,0,0,0320,001,0,0,0,000,0,0,0\x03\r\n"
			    "\x02"
			    "000,0,0,0,0,1,4,1,00000001,1,000\x03\r\n" HS_3);
	say(&press, "take");
	wait_for_text(press.log, "LABEL|2 copies");
	press_end(&press);
}

/* The counter and the roll outlast the printer's power. */
static void test_memory(void)
{
	static const char *const faults[] = { "roll=2", NULL };
	g_autofree char *state = scratch_new("label-state.json");
	Press press = press_new_with("label-zpl", faults, state);

	send_text(&press, BLACK_LABELS("1"));
	wait_for_text(press.log, "label 1 of 1 is out, 1 in all");
	press_end(&press);
	press = press_new_with("label-zpl", faults, state);
	send_text(&press, BLACK_LABELS("2"));
	wait_for_text(press.log, "label 1 of 2 is out, 2 in all");
	wait_for_text(press.log, "the roll is at its end");
	say(&press, "paper");
	wait_for_text(press.log, "label 2 of 2 is out, 3 in all");
	press_end(&press);
}

static void test_one_picture_for_each_label_that_differs(void)
{
	Press press = press_new("label-zpl");

	send_text(&press, BLACK_LABELS("2") BLACK_LABELS("1") ZPL("^FO1,1^GB9,9,9^FS"));
	wait_for_text(press.log, "0002-label.png");
	wait_for_text(press.log, "4 in all");
	g_assert_false(file_has(press.log, "0003-label.png"));
	g_assert_true(file_has(press.log, "LABEL|2 copies"));
	press_end(&press);
}

static void test_cancelled(void)
{
	static const char *const faults[] = { "pause=3", NULL };
	Press press = press_new_with("label-zpl", faults, NULL);

	send_text(&press, BLACK_LABELS("9"));
	wait_for_text(press.log, "PAUSE is pressed within label 3");
	send_text(&press, "~JA~PS~HS");
	expect_text(&press, HS_1("0", "0", "0") HS_2("0", "0", "0", "00000000") HS_3);
	g_assert_true(file_has(press.log, "LABEL|2 copies"));
	press_end(&press);
}

static void test_bad_answers(void)
{
	static const char *const faults[] = { "silent_error", "leftover", "buffer_full=1", NULL };
	Press press = press_new_with("label-zpl", faults, NULL);

	send_text(&press, "^XA^LL320^XZ~HS");
	expect_text(&press, "\x02ZD421-203dpi,V84.20.18Z,8,8176KB\x03\r\n" HS_1("0", "0", "1")
				    HS_2("0", "0", "0", "00000000") HS_3);
	say(&press, "head-open");
	send_text(&press, "~HS");
	wait_for_text(press.log, "no answer: it wants attention");
	say(&press, "head-close");
	send_text(&press, "~HS");
	expect_text(&press, HS_1("0", "0", "0") HS_2("0", "0", "0", "00000000") HS_3);
	press_end(&press);
}

static void test_another_language_prints_the_source(void)
{
	static const char *const faults[] = { "language", NULL };
	Press press = press_new_with("label-epl", faults, NULL);

	send_text(&press, "^XA^FO1,1\n^FDMilk^FS^XZ\n");
	wait_for_text(press.log, "PAPER|^FDMilk^FS^XZ");
	wait_for_text(press.log, "LABEL|1 copies");
	press_end(&press);
}

static void test_cable_that_eats_line_ends(void)
{
	static const char *const faults[] = { "drops_crlf", NULL };
	Press press = press_new_with("label-tspl", faults, NULL);

	send_text(&press, TSPL("BITMAP 0,0,2,2,0,a\r\nb"));
	wait_for_text(press.log, "graphic: wrong byte count");
	press_end(&press);
}

#define FRAME_LABEL ZPL("^FO10,20^GFA,16,16,2,FFFF800180018001800180018001FFFF^FS")

static void test_reset_in_a_graphic(void)
{
	static const char *const faults[] = { "reset_mid_graphic", NULL };
	Press press = press_new_with("label-zpl", faults, NULL);

	send_text(&press, FRAME_LABEL);
	g_assert_true(wire_is_gone(press.wire));
	wait_for_text(press.log, "reset in the middle of a graphic");
	wire_free(press.wire);
	press.wire = wire_new(sim_thread_get_address(press.sim));
	send_text(&press, FRAME_LABEL);
	wait_for_text(press.log, "LABEL|1 copies");
	press_end(&press);
}

static void test_dots(void)
{
	static const char *const faults[] = { "dpi=600", NULL };
	Press press = press_new_with("label-tspl", faults, NULL);

	send_text(&press, "SIZE 58 mm,40 mm\r\nCLS\r\nBAR 1380,950,12,10\r\nPRINT 1\r\n");
	wait_for_text(press.log, "1392 x 960 dots");
	wait_for_text(press.log, "LABEL|1 copies");
	assert_no_flags(&press);
	press_end(&press);
}

static void test_host_leaves_within_a_label(void)
{
	Press press = press_new("label-zpl");

	send_text(&press, "^XA^PW400^LL200^FO10,10^GB5,5,5^FS");
	wait_for_text(press.log, "host connected");
	wire_free(press.wire);
	wait_for_text(press.log, "the host left, and the format of byte 0 has no ^XZ");
	press.wire = wire_new(sim_thread_get_address(press.sim));
	send_text(&press, "~HS");
	/* h, a partial format, until ~JA. */
	expect_text(&press, "\x02"
			    "030,0,0,0200,000,0,0,1,000,0,0,0\x03\r\n");
	wire_free(press.wire);
	press.wire = wire_new(sim_thread_get_address(press.sim));
	send_text(&press, "~JA~HS");
	expect_text(&press, "\x02"
			    "030,0,0,0200,000,0,0,0,000,0,0,0\x03\r\n");
	press_end(&press);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/label_trouble/host leaves", test_host_leaves_within_a_label);
	g_test_add_func("/label_trouble/zpl answers", test_zpl_answers);
	g_test_add_func("/label_trouble/tspl answers", test_tspl_answers);
	g_test_add_func("/label_trouble/epl answers", test_epl_answers);
	g_test_add_func("/label_trouble/roll ends", test_roll_ends_within_a_batch);
	g_test_add_func("/label_trouble/trouble", test_trouble_in_the_middle);
	g_test_add_func("/label_trouble/peeler", test_labels_hang_in_the_peeler);
	g_test_add_func("/label_trouble/memory", test_memory);
	g_test_add_func("/label_trouble/pictures", test_one_picture_for_each_label_that_differs);
	g_test_add_func("/label_trouble/cancelled", test_cancelled);
	g_test_add_func("/label_trouble/bad answers", test_bad_answers);
	g_test_add_func("/label_trouble/another language", test_another_language_prints_the_source);
	g_test_add_func("/label_trouble/line ends", test_cable_that_eats_line_ends);
	g_test_add_func("/label_trouble/reset", test_reset_in_a_graphic);
	g_test_add_func("/label_trouble/dots", test_dots);
	return g_test_run();
}
