/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/sim/sale.h"
#include "tests/wait_file.h"

#include <string.h>

/* Each fault strikes once where it was told to, and a careful host gets over it. */
#define STATUS_FRAME "02 05 10 1E 00 00 00 0B"
#define STATUS_ANSWER "02 11 10 00 1E 92 02 04 00 00 33 8A 00 00 00 00 00 00 00 32"

typedef struct {
	SimThread *sim;
	Wire *wire;
	char *log;
} Bench;

static Bench bench_new(const char *name, const char *fault)
{
	Bench bench;
	g_autofree char *file = g_strdup_printf("%s.log", name);
	const char *faults[] = { fault, NULL };

	bench.log = scratch_new(file);
	bench.sim = sim_start_registrar(faults, bench.log, NULL);
	bench.wire = wire_new(sim_thread_get_address(bench.sim));
	return bench;
}

static void reconnect(Bench *bench)
{
	wire_free(bench->wire);
	bench->wire = wire_new(sim_thread_get_address(bench->sim));
}

static void bench_end(Bench *bench)
{
	wire_free(bench->wire);
	sim_end(bench->sim);
	g_free(bench->log);
}

static void test_swallowed_byte_and_byte_time_out(void)
{
	Bench bench = bench_new("drop_rx", "drop_rx=4");

	/* ENQ is the first byte; the frame is one short and the registrar waits for the rest. */
	wire_play(bench.wire, "H> 05\nD> 15\nH> " STATUS_FRAME);
	wait_for_text(bench.log, "byte time-out");
	wire_play(bench.wire,
		  "H> 05\nD> 15\nH> " STATUS_FRAME "\nD> 06\nD> " STATUS_ANSWER "\nH> 06");
	bench_end(&bench);
}

static void test_unsent_byte(void)
{
	Bench bench = bench_new("drop_tx", "drop_tx=3");

	wire_play(bench.wire, "H> 05\nD> 15\nH> " STATUS_FRAME "\nD> 06");
	wire_expect(bench.wire, "02 11 00 1E 92 02 04 00 00 33 8A 00 00 00 00 00 00 00 32");
	wire_play(bench.wire, "H> 15\nH> 05\nD> 06\nD> " STATUS_ANSWER "\nH> 06");
	bench_end(&bench);
}

static void test_bad_check_sums(void)
{
	Bench bench = bench_new("bad_lrc", "bad_lrc=2@2");

	wire_ok(bench.wire, STATUS);
	wire_play(bench.wire, "H> 05\nD> 15\nH> " STATUS_FRAME "\nD> 06");
	wire_expect(bench.wire, "02 11 10 00 1E 92 02 04 00 00 33 8A 00 00 00 00 00 00 00 67");
	wire_play(bench.wire, "H> 15\nH> 05\nD> 06");
	wire_expect(bench.wire, "02 11 10 00 1E 92 02 04 00 00 33 8A 00 00 00 00 00 00 00 67");
	wire_play(bench.wire, "H> 15\nH> 05\nD> 06\nD> " STATUS_ANSWER "\nH> 06");
	bench_end(&bench);
}

static void test_our_bad_check_sum_is_refused(void)
{
	Bench bench = bench_new("our_lrc", "print_ms=1");

	/* V1 with a wrong LRC, a length of none, stray bytes before STX, then V1. */
	wire_play(bench.wire,
		  "H> 05\nD> 15\nH> 02 05 10 1E 00 00 00 0C\nD> 15\n"
		  "H> 02 00\nD> 15\n"
		  "H> 41 42 FF 06 " STATUS_FRAME "\nD> 06\nD> " STATUS_ANSWER "\nH> 06\n"
		  "H> 05\nD> 15");
	bench_end(&bench);
}

static void test_refused_frames(void)
{
	Bench bench = bench_new("nak", "nak=2");

	wire_play(bench.wire, "H> 05\nD> 15\nH> " STATUS_FRAME "\nD> 15\nH> " STATUS_FRAME
			      "\nD> 15\nH> " STATUS_FRAME "\nD> 06\nD> " STATUS_ANSWER "\nH> 06");
	bench_end(&bench);
}

static void test_slow_answer_is_asked_for(void)
{
	Bench bench = bench_new("slow", "slow=50*1");

	/* ENQ during the wait: ACK, it is preparing; the answer follows by itself. */
	wire_play(bench.wire, "H> 05\nD> 15\nH> " STATUS_FRAME
			      "\nD> 06\nH> 05\nD> 06\nD> " STATUS_ANSWER "\nH> 06\nH> 05\nD> 15");
	bench_end(&bench);
}

static void test_late_ack_executes_what_came_twice(void)
{
	Bench bench = bench_new("slow_ack", "slow_ack=50*1@50:1");

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_wait_printed(bench.wire);
	/* A host that repeats a frame for want of an ACK pays in twice, were it not still printing.
	 */
	wire_play(bench.wire, "H> 05\nD> 15\nH> 02 0A 50 1E 00 00 00 E8 03 00 00 00 AF\n"
			      "H> 02 0A 50 1E 00 00 00 E8 03 00 00 00 AF\n"
			      "D> 06\nD> 02 05 50 00 1E 3A 00 ??\nD> 06\nD> 02 02 50 50 02\nH> 06");
	g_assert_cmpint(wire_cash(bench.wire), ==, 1000);
	bench_end(&bench);
}

static void test_answer_lost_but_held(void)
{
	Bench bench = bench_new("lost", "lost_answer@50:1");

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_wait_printed(bench.wire);
	wire_send_frame(bench.wire, "50 1E 00 00 00 E8 03 00 00 00");
	g_assert_true(wire_is_gone(bench.wire));
	reconnect(&bench);
	wire_play(bench.wire, "H> 05\nD> 06\nD> 02 05 50 00 1E 3A 00 ??\nH> 06\nH> 05\nD> 15");
	g_assert_cmpint(wire_cash(bench.wire), ==, 1000);
	bench_end(&bench);
}

static void test_answer_lost_with_the_power(void)
{
	Bench bench = bench_new("lost_power", "lost_answer_power@50:1");

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_wait_printed(bench.wire);
	wire_send_frame(bench.wire, "50 1E 00 00 00 E8 03 00 00 00");
	g_assert_true(wire_is_gone(bench.wire));
	reconnect(&bench);
	wire_play(bench.wire, "H> 05\nD> 15");
	g_assert_cmpint(wire_cash(bench.wire), ==, 1000);
	bench_end(&bench);
}

static void test_link_lost_before_it_is_done(void)
{
	Bench bench = bench_new("die", "die_before@50:1");

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_wait_printed(bench.wire);
	wire_send_frame(bench.wire, "50 1E 00 00 00 E8 03 00 00 00");
	g_assert_true(wire_is_gone(bench.wire));
	reconnect(&bench);
	wire_play(bench.wire, "H> 05\nD> 15");
	g_assert_cmpint(wire_cash(bench.wire), ==, 0);
	bench_end(&bench);
}

static void test_a_shift_over_24_hours(void)
{
	Bench bench = bench_new("24h", "shift_24h@FF45:1");
	g_autofree char *close = close_body_new(1000, 0);
	Bench other;

	/* The day passes while a receipt is open: the fiscal memory refuses it. */
	wire_ok(bench.wire, OPEN_SHIFT);
	wire_ok(bench.wire, LINE_10_00);
	wire_refused(bench.wire, close, 0x16);
	bench_end(&bench);

	other = bench_new("24h_all", "shift_24h");
	wire_ok(other.wire, OPEN_SHIFT);
	wire_wait_printed(other.wire);
	wire_play(other.wire,
		  "H> 05\nD> 15\nH> " STATUS_FRAME "\nD> 06\n"
		  "D> 02 11 10 00 1E 92 02 03 00 00 33 8A 00 00 00 00 00 00 00 35\nH> 06");
	wire_refused(other.wire, OPEN_SALE, 0x4E);
	wire_refused(other.wire, LINE_10_00, 0x4E);
	wire_ok(other.wire, "41 1E 00 00 00");
	bench_end(&other);
}

static void test_no_password_is_right(void)
{
	Bench bench = bench_new("password", "wrong_password*2");

	wire_refused(bench.wire, STATUS, 0x4F);
	wire_refused(bench.wire, FN_STATUS, 0x4F);
	wire_ok(bench.wire, STATUS);
	bench_end(&bench);
}

static void test_busy(void)
{
	Bench bench = bench_new("busy", "busy=2");
	g_autoptr(GByteArray) first = NULL, second = NULL;

	wire_ok(bench.wire, STATUS); /* a question is answered all the same */
	first = wire_command(bench.wire, OPEN_SHIFT);
	second = wire_command(bench.wire, OPEN_SHIFT);
	g_assert_cmphex(first->data[2], ==, 0x50);
	g_assert_cmphex(second->data[2], ==, 0x50);
	wire_ok(bench.wire, OPEN_SHIFT);
	bench_end(&bench);
}

static void test_the_fiscal_memory_refuses(void)
{
	Bench bench = bench_new("fn", "fn_error=14@FF45:1");
	g_autofree char *close = close_body_new(1000, 0);

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_ok(bench.wire, LINE_10_00);
	wire_refused(bench.wire, close, 0x14);
	g_assert_cmpint(wire_last_document(bench.wire), ==, 57);
	wire_ok(bench.wire, close); /* the receipt was still open */
	g_assert_cmpint(wire_last_document(bench.wire), ==, 58);
	bench_end(&bench);
}

static void test_a_filler_byte_after_our_ack(void)
{
	Bench bench = bench_new("ff", "ff_byte*1");

	wire_ok(bench.wire, STATUS);
	wire_expect(bench.wire, "FF");
	wire_ok(bench.wire, STATUS);
	bench_end(&bench);
}

static void test_garbage_before_the_answer(void)
{
	Bench bench = bench_new("garbage", "garbage=3");

	wire_send_frame(bench.wire, STATUS);
	wire_expect(bench.wire, "?? ?? ??");
	wire_play(bench.wire, "D> " STATUS_ANSWER "\nH> 06");
	wire_ok(bench.wire, STATUS);
	bench_end(&bench);
}

static void test_a_second_connection_is_refused(void)
{
	Bench bench = bench_new("two", "two_tcp");
	Wire *second;

	wire_ok(bench.wire, STATUS);
	second = wire_new(sim_thread_get_address(bench.sim));
	g_assert_true(wire_is_gone(second));
	wire_free(second);
	wire_ok(bench.wire, STATUS);
	bench_end(&bench);
}

static void test_answers_with_a_date(void)
{
	Bench bench = bench_new("extended", "extended");
	g_autoptr(GByteArray) answer = wire_command(bench.wire, OPEN_SHIFT);

	g_assert_cmpuint(answer->len, ==, 3 + 2 + 4 + 4 + 5);
	bench_end(&bench);
}

static void test_cable_pulled_and_put_back(void)
{
	Bench bench = bench_new("cable", "print_ms=1");

	wire_ok(bench.wire, OPEN_SHIFT);
	sim_say(bench.sim, "cable");
	g_assert_true(wire_is_gone(bench.wire));
	sim_say(bench.sim, "plug");
	wait_for_text(bench.log, "plugged in");
	reconnect(&bench); /* under the same address, and with its memory */
	g_assert_cmpint(wire_last_document(bench.wire), ==, 57);
	bench_end(&bench);
}

static void test_a_bad_fault_is_named(void)
{
	static const char *const bad[] = { "",
					   "foo",
					   "slow=",
					   "slow=x",
					   "slow@0",
					   "slow@FF45",
					   "nak=1@",
					   "drop_rx=1@FF45:1",
					   "fn_error=XY",
					   "slow*",
					   "slow=1 " };

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		const char *faults[] = { bad[i], NULL };
		SimThread *sim =
			sim_start("fiscal-shtrih",
				  &(SimOptions){ .faults = faults, .control_fd = -1 }, &error);

		g_assert_null(sim);
		g_assert_error(error, SIM_ERROR, SIM_ERROR_USAGE);
	}
}

/* A byte that is on its way when a fault is ordered would else slip past it. */
static void test_an_order_is_done_when_it_was_given(void)
{
	Bench bench = bench_new("ordered", "drop_rx=1000");

	for (int i = 0; i < 200; i++) {
		g_autofree char *order = g_strdup_printf("order %d", i);

		sim_say(bench.sim, order);
		g_assert_true(file_has(bench.log, order));
	}
	bench_end(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/faults/swallowed byte and byte time-out",
			test_swallowed_byte_and_byte_time_out);
	g_test_add_func("/sim/faults/unsent byte", test_unsent_byte);
	g_test_add_func("/sim/faults/bad check sums", test_bad_check_sums);
	g_test_add_func("/sim/faults/our bad check sum is refused",
			test_our_bad_check_sum_is_refused);
	g_test_add_func("/sim/faults/refused frames", test_refused_frames);
	g_test_add_func("/sim/faults/slow answer is asked for", test_slow_answer_is_asked_for);
	g_test_add_func("/sim/faults/late ack executes what came twice",
			test_late_ack_executes_what_came_twice);
	g_test_add_func("/sim/faults/answer lost but held", test_answer_lost_but_held);
	g_test_add_func("/sim/faults/answer lost with the power", test_answer_lost_with_the_power);
	g_test_add_func("/sim/faults/link lost before it is done",
			test_link_lost_before_it_is_done);
	g_test_add_func("/sim/faults/a shift over 24 hours", test_a_shift_over_24_hours);
	g_test_add_func("/sim/faults/no password is right", test_no_password_is_right);
	g_test_add_func("/sim/faults/busy", test_busy);
	g_test_add_func("/sim/faults/the fiscal memory refuses", test_the_fiscal_memory_refuses);
	g_test_add_func("/sim/faults/a filler byte after our ack",
			test_a_filler_byte_after_our_ack);
	g_test_add_func("/sim/faults/garbage before the answer", test_garbage_before_the_answer);
	g_test_add_func("/sim/faults/a second connection is refused",
			test_a_second_connection_is_refused);
	g_test_add_func("/sim/faults/answers with a date", test_answers_with_a_date);
	g_test_add_func("/sim/faults/cable pulled and put back", test_cable_pulled_and_put_back);
	g_test_add_func("/sim/faults/an order is done when it was given",
			test_an_order_is_done_when_it_was_given);
	g_test_add_func("/sim/faults/a bad fault is named", test_a_bad_fault_is_named);
	return g_test_run();
}
