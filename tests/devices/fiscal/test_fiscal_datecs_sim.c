/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/devices/fiscal/datecs_sim_wire.h"
#include "tests/wait_file.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

/* The simulated printer against the bytes of the page on Datecs, and against raw frames: it is not
 * our driver that speaks here. */
typedef struct {
	SimThread *sim;
	DatecsTalk talk;
	bool x;
	char *log, *state; /* owned */
} Bench;

static void switch_on(Bench *self, const char *faults)
{
	g_autofree char *all = g_strdup_printf("print_ms=0 family=%s %s", self->x ? "x" : "p",
					       faults != NULL ? faults : "");
	g_auto(GStrv) specs = g_strsplit(g_strchomp(all), " ", -1);
	g_autoptr(GError) error = NULL;

	self->sim = sim_start("fiscal-datecs",
			      &(SimOptions){ .faults = (const char *const *)specs,
					     .log_path = self->log,
					     .state_path = self->state,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	datecs_talk_init(&self->talk, sim_thread_get_address(self->sim), self->x);
}

static Bench bench_new(const char *name, bool x, const char *faults)
{
	g_autofree char *log = g_strdup_printf("%s.log", name);
	g_autofree char *state = g_strdup_printf("%s.json", name);
	Bench self = { .x = x, .log = scratch_new(log), .state = scratch_new(state) };

	switch_on(&self, faults);
	return self;
}

static void switch_off(Bench *self)
{
	g_autoptr(GError) error = NULL;

	datecs_talk_clear(&self->talk);
	g_assert_true(sim_stop(self->sim, &error));
	g_assert_no_error(error);
}

static void bench_end(Bench *self)
{
	switch_off(self);
	g_free(self->log);
	g_free(self->state);
}

static void reconnect(Bench *self)
{
	uint8_t seq = self->talk.seq;

	datecs_talk_clear(&self->talk);
	datecs_talk_init(&self->talk, sim_thread_get_address(self->sim), self->x);
	self->talk.seq = seq;
}

/* ---- the same in both families' words */

#define UNP "DT279013-0001-0000001"

static const char *open_data(const Bench *self)
{
	return self->x ? "1\t0000\t" UNP "\t1\t\t" : "1,0000,1," UNP;
}

static void open_sale(Bench *self)
{
	g_autofree char *answer = datecs_ask(&self->talk, 0x30, open_data(self));

	g_assert_true(self->x ? g_str_has_prefix(answer, "0\t") : strlen(answer) == 9);
}

static void sell_10_00(Bench *self)
{
	g_autofree char *answer = NULL;

	answer = datecs_ask(&self->talk, 0x31,
			    self->x ? "Хляб\t2\t10.00\t1.000\t0\t\t0\t" : "Хляб\tБ10.00");
}

static void pay(Bench *self, const char *amount, const char *letter, const char *rest)
{
	g_autofree char *data = g_strdup_printf(self->x ? "0\t%s\t\t" : "\tP%s", amount);
	g_autofree char *answer = g_strdup_printf(self->x ? "%s\t%s\t" : "%s%s", letter, rest);

	datecs_ok(&self->talk, 0x35, data, answer);
}

static void close_receipt(Bench *self)
{
	g_autofree char *answer = datecs_ask(&self->talk, 0x38, "");

	g_assert_true(self->x ? g_str_has_prefix(answer, "0\t") : strlen(answer) == 9);
}

static void sell(Bench *self)
{
	open_sale(self);
	sell_10_00(self);
	pay(self, "10.00", "R", self->x ? "0.00" : "0");
	close_receipt(self);
}

/* Of family P: 71h; of family X: 4Ch. */
static int64_t last_number(Bench *self)
{
	g_autofree char *answer = datecs_ask(&self->talk, self->x ? 0x4C : 0x71, "");

	return g_ascii_strtoll(self->x ? answer + 4 : answer, NULL, 10);
}

/* Entries of the book. */
static json_t *book_new(const Bench *self)
{
	json_t *root = json_load_file(self->state, 0, NULL), *book;

	g_assert_nonnull(root);
	book = json_incref(json_object_get(root, "book"));
	json_decref(root);
	g_assert_true(json_is_array(book));
	return book;
}

static size_t n_booked(const Bench *self)
{
	json_t *book = book_new(self);
	size_t n = json_array_size(book);

	json_decref(book);
	return n;
}

static void check_booked(const Bench *self, size_t i, const char *kind, int64_t number,
			 int64_t total, int64_t cash, int64_t card)
{
	json_t *book = book_new(self);
	const json_t *entry = json_array_get(book, i);

	g_assert_cmpstr(json_string_value(json_object_get(entry, "kind")), ==, kind);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "number")), ==, number);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "total")), ==, total);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "cash")), ==, cash);
	g_assert_cmpint(json_integer_value(json_object_get(entry, "card")), ==, card);
	g_assert_true(json_is_string(json_object_get(entry, "id")));
	json_decref(book);
}

/* ---- the page's own bytes, §3 and §7; 1.4 is set while a storno is open (§4), which the page's
 * transcript leaves out */

static const char page_p[] =
	"H> 01 2A 22 46 35 30 30 2E 30 30 05 30 31 3B 3A 03\n"
	"D> 01 3A 22 46 50 2C 35 30 30 30 30 2C 35 30 30 30 30 2C 30 04 80 80 80 80 86 9A 05 30 36 "
	"3B 39 03\n"
	"H> 01 42 23 30 31 2C 30 30 30 30 2C 31 2C 44 54 32 37 39 30 31 33 2D 30 30 30 31 2D 30 30 "
	"30 30 30 30 31 05 30 36 37 3A 03\n"
	"D> 01 34 23 30 30 30 30 31 2C 30 30 30 31 04 80 80 88 80 86 9A 05 30 35 36 36 03\n"
	"H> 01 3A 24 31 DF E1 FA EB EA E8 09 C1 38 39 2E 39 30 2A 31 2E 32 33 34 23 EA E3 05 30 3A "
	"3E 3F 03\n"
	"D> 01 2B 24 31 04 80 80 88 80 86 9A 05 30 33 3B 31 03\n"
	"H> 01 3F 25 31 D8 EE EA EE EB E0 E4 09 C1 37 35 2E 30 30 2A 32 2E 30 30 30 3B 2D 31 35 2E "
	"30 30 05 30 3B 32 31 03\n"
	"D> 01 2B 25 31 04 80 80 88 80 86 9A 05 30 33 3B 32 03\n"
	"H> 01 26 26 33 30 30 05 30 30 3E 34 03\n"
	"D> 01 44 26 33 32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 2C 30 2C 30 2C 30 2C 30 2C 30 "
	"04 80 80 88 80 86 9A 05 30 38 38 3E 03\n"
	"H> 01 2C 27 35 09 44 31 30 30 2E 30 30 05 30 31 3F 39 03\n"
	"D> 01 31 27 35 44 31 34 35 39 34 04 80 80 88 80 86 9A 05 30 35 30 39 03\n"
	"H> 01 2C 28 35 09 50 32 30 30 2E 30 30 05 30 32 30 37 03\n"
	"D> 01 30 28 35 52 35 34 30 36 04 80 80 88 80 86 9A 05 30 34 3D 3F 03\n"
	"H> 01 24 29 38 05 30 30 38 3A 03\n"
	"D> 01 34 29 38 30 30 30 31 2C 30 30 30 31 04 80 80 80 80 86 9A 05 30 35 36 3C 03\n"
	"H> 01 24 2A 71 05 30 30 3C 34 03\n"
	"D> 01 32 2A 71 30 30 30 30 31 33 37 04 80 80 80 80 86 9A 05 30 35 35 31 03\n"
	"H> 01 61 2B 2E 31 2C 30 30 30 30 2C 31 2C 52 30 30 30 30 31 33 37 2C 44 54 32 37 39 30 31 "
	"33 2D 30 30 30 31 2D 30 30 30 30 30 30 31 2C 30 33 30 36 32 36 31 30 31 37 31 32 2C 30 32 "
	"32 37 39 30 31 33 05 30 3C 3C 35 03\n"
	"D> 01 34 2B 2E 30 30 30 32 2C 30 30 30 31 04 80 90 88 80 86 9A 05 ?? ?? ?? ?? 03\n"
	"H> 01 32 2C 31 D8 EE EA EE EB E0 E4 09 C1 36 37 2E 35 30 05 30 38 3A 3B 03\n"
	"D> 01 2B 2C 31 04 80 90 88 80 86 9A 05 ?? ?? ?? ?? 03\n"
	"H> 01 2B 2D 35 09 50 36 37 2E 35 30 05 30 31 3E 3B 03\n"
	"D> 01 2D 2D 35 52 30 04 80 90 88 80 86 9A 05 ?? ?? ?? ?? 03\n"
	"H> 01 24 2E 38 05 30 30 38 3F 03\n"
	"D> 01 34 2E 38 30 30 30 32 2C 30 30 30 32 04 80 80 80 80 86 9A 05 30 35 37 33 03\n"
	"H> 01 25 2F 45 32 05 30 30 3D 30 03\n"
	"D> 01 49 2F 45 30 30 34 31 2C 32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 2C 30 2C 30 2C "
	"30 2C 30 2C 30 04 80 80 80 80 86 9A 05 30 39 39 37 03\n"
	"H> 01 24 30 45 05 30 30 39 3E 03\n"
	"D> 01 49 30 45 30 30 34 31 2C 32 34 35 39 34 2C 30 2C 32 34 35 39 34 2C 30 2C 30 2C 30 2C "
	"30 2C 30 2C 30 04 80 80 80 80 86 9A 05 30 39 39 38 03\n";
static const char page_x[] =
	"H> 01 30 30 34 3A 41 30 30 33 30 31 09 30 30 30 30 09 44 54 32 37 39 30 31 33 2D 30 30 30 "
	"31 2D 30 30 30 30 30 30 32 09 31 09 09 05 30 37 36 31 03\n"
	"D> 01 30 30 33 39 41 30 30 33 30 30 09 31 33 38 09 04 80 80 88 80 86 9A 80 80 05 30 36 3D "
	"3F 03\n"
	"H> 01 30 30 34 37 42 30 30 33 31 DF E1 FA EB EA E8 09 32 09 38 39 2E 39 30 09 31 2E 32 33 "
	"34 09 30 09 09 30 09 EA E3 09 05 30 3B 3F 34 03\n"
	"D> 01 30 30 33 39 42 30 30 33 31 30 09 31 33 38 09 04 80 80 88 80 86 9A 80 80 05 30 36 3E "
	"31 03\n"
	"H> 01 30 30 34 3D 43 30 30 33 31 D8 EE EA EE EB E0 E4 09 32 09 37 35 2E 30 30 09 32 2E 30 "
	"30 30 09 34 09 31 35 2E 30 30 09 30 09 E1 F0 09 05 30 3D 3B 37 03\n"
	"D> 01 30 30 33 39 43 30 30 33 31 30 09 31 33 38 09 04 80 80 88 80 86 9A 80 80 05 30 36 3E "
	"32 03\n"
	"H> 01 30 30 33 34 44 30 30 33 35 31 09 31 30 30 2E 30 30 09 09 05 30 33 34 33 03\n"
	"D> 01 30 30 33 3E 44 30 30 33 35 30 09 44 09 31 34 35 2E 39 34 09 04 80 80 88 80 86 9A 80 "
	"80 05 30 37 3D 32 03\n"
	"H> 01 30 30 33 34 45 30 30 33 35 30 09 32 30 30 2E 30 30 09 09 05 30 33 34 34 03\n"
	"D> 01 30 30 33 3D 45 30 30 33 35 30 09 52 09 35 34 2E 30 36 09 04 80 80 88 80 86 9A 80 80 "
	"05 30 37 3A 38 03\n"
	"H> 01 30 30 32 3A 46 30 30 33 38 05 30 31 3E 32 03\n"
	"D> 01 30 30 33 39 46 30 30 33 38 30 09 31 33 38 09 04 80 80 80 80 86 9A 80 80 05 30 36 3E "
	"34 03\n"
	"H> 01 30 30 36 3D 47 30 30 32 3B 31 09 30 30 30 30 09 31 09 31 09 31 33 38 09 30 33 2D 30 "
	"36 2D 32 36 20 31 30 3A 31 37 3A 31 32 09 30 32 32 37 39 30 31 33 09 09 09 09 44 54 32 37 "
	"39 30 31 33 2D 30 30 30 31 2D 30 30 30 30 30 30 32 09 05 30 3D 35 3C 03\n"
	"D> 01 30 30 33 39 47 30 30 32 3B 30 09 31 33 39 09 04 80 80 88 80 86 9A 80 80 05 30 36 3F "
	"30 03\n"
	"H> 01 30 30 34 38 48 30 30 33 31 D8 EE EA EE EB E0 E4 09 32 09 36 37 2E 35 30 09 31 2E 30 "
	"30 30 09 30 09 09 30 09 E1 F0 09 05 30 3C 3C 34 03\n"
	"D> 01 30 30 33 39 48 30 30 33 31 30 09 31 33 39 09 04 80 80 88 80 86 9A 80 80 05 30 36 3E "
	"38 03\n"
	"H> 01 30 30 33 33 49 30 30 33 35 30 09 36 37 2E 35 30 09 09 05 30 33 32 37 03\n"
	"D> 01 30 30 33 3C 49 30 30 33 35 30 09 52 09 30 2E 30 30 09 04 80 80 88 80 86 9A 80 80 05 "
	"30 37 36 3C 03\n"
	"H> 01 30 30 32 3A 4A 30 30 33 38 05 30 31 3E 36 03\n"
	"D> 01 30 30 33 39 4A 30 30 33 38 30 09 31 33 39 09 04 80 80 80 80 86 9A 80 80 05 30 36 3E "
	"39 03\n"
	"H> 01 30 30 32 3C 4B 30 30 34 35 58 09 05 30 32 34 38 03\n"
	"D> 01 30 30 38 3B 4B 30 30 34 35 30 09 34 31 09 30 2E 30 30 09 32 34 35 2E 39 34 09 30 2E "
	"30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E "
	"30 30 09 36 37 2E 35 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 "
	"2E 30 30 09 30 2E 30 30 09 04 80 80 80 80 86 9A 80 80 05 31 33 3E 31 03\n"
	"H> 01 30 30 32 3C 4C 30 30 34 35 5A 09 05 30 32 34 3B 03\n"
	"D> 01 30 30 38 3B 4C 30 30 34 35 30 09 34 31 09 30 2E 30 30 09 32 34 35 2E 39 34 09 30 2E "
	"30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E "
	"30 30 09 36 37 2E 35 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 2E 30 30 09 30 "
	"2E 30 30 09 30 2E 30 30 09 04 80 80 80 80 86 9A 80 80 05 31 33 3E 32 03\n";

static void test_page_p(void)
{
	Bench bench = bench_new("page_p", false, NULL);

	datecs_play(&bench.talk, page_p);
	check_booked(&bench, 0, "cash-in", 136, 50000, 50000, 0);
	check_booked(&bench, 1, "sale", 137, 24594, 14594, 10000);
	check_booked(&bench, 2, "return", 138, 6750, 6750, 0);
	check_booked(&bench, 3, "shift-close", 138, 24594, 0, 0);
	g_assert_cmpuint(n_booked(&bench), ==, 4);
	wait_for_text(bench.log, "PAPER|РЕСТО                                54.06");
	g_assert_false(file_has(bench.log, "FLAG"));
	bench_end(&bench);
}

static void test_page_x(void)
{
	/* The page's example begins with 137 documents, and money for the storno. */
	Bench bench = bench_new("page_x", true, "jump=1");

	datecs_play(&bench.talk, page_x);
	check_booked(&bench, 0, "sale", 138, 24594, 14594, 10000);
	check_booked(&bench, 1, "return", 139, 6750, 6750, 0);
	check_booked(&bench, 2, "shift-close", 139, 24594, 0, 0);
	g_assert_false(file_has(bench.log, "FLAG"));
	bench_end(&bench);
}

static void test_vectors_p(void)
{
	Bench bench = bench_new("vectors_p", false, NULL);

	/* P8 is the answer to 4Ah; P3, P4, P7, P1, P6 are taken; P5 asks for cash in. */
	datecs_play(
		&bench.talk,
		"H> 01 24 20 4A 05 30 30 39 33 03\n"
		"D> 01 31 20 4A 80 80 80 80 86 9A 04 80 80 80 80 86 9A 05 30 36 3E 34 03\n"
		"H> 01 24 22 3E 05 30 30 38 39 03\n"
		"D> 01 3C 22 3E ?? ?? 2D ?? ?? 2D ?? ?? 20 ?? ?? 3A ?? ?? 3A ?? ?? 04 80 80 80 80 "
		"86 "
		"9A 05 ?? ?? ?? ?? 03\n"
		"H> 01 2A 23 46 31 30 30 2E 30 30 05 30 31 3B 37 03\n"
		"D> 01 3A 23 46 50 2C 31 30 30 30 30 2C 31 30 30 30 30 2C 30 04 80 80 80 80 86 9A "
		"05 ?? ?? ?? ?? 03\n"
		"H> 01 2F 24 2F 54 4F 54 41 4C 20 31 32 2E 33 30 05 30 33 31 3F 03\n"
		"D> 01 2B 24 2F 04 80 80 80 80 86 9A 05 ?? ?? ?? ?? 03\n"
		/* 31h without a receipt: not permitted. */
		"H> 01 25 21 31 41 05 30 30 3B 3D 03\n"
		"D> 01 2B 21 31 04 A1 80 80 80 86 9A 05 ?? ?? ?? ?? 03\n"
		"H> 01 24 7F 38 05 30 30 3E 30 03\n"
		"D> 01 2B 7F 38 04 A0 82 80 80 86 9A 05 ?? ?? ?? ?? 03\n");
	g_assert_true(file_has(bench.log, "GLASS|1|TOTAL 12.30         \n"));
	bench_end(&bench);
}

static void test_vectors_x(void)
{
	Bench bench = bench_new("vectors_x", true, NULL);

	datecs_play(
		&bench.talk,
		"H> 01 30 30 32 3A 21 30 30 34 3A 05 30 31 3C 30 03\n"
		"D> 01 30 30 33 35 21 30 30 34 3A 30 09 04 80 80 80 80 86 9A 80 80 05 ?? ?? ?? ?? "
		"03\n"
		/* The vendor's own pair, in a service receipt. */
		"H> 01 30 30 32 3A 22 30 30 32 36 05 30 31 3B 3B 03\n"
		"D> 01 30 30 33 39 22 30 30 32 36 30 09 31 33 36 09 04 80 80 A0 80 86 9A 80 80 05 "
		"?? ?? ?? ?? 03\n"
		"H> 01 30 30 32 3F 24 30 30 32 3A 54 65 73 74 09 05 30 33 36 3F 03\n"
		"D> 01 30 30 33 35 24 30 30 32 3A 30 09 04 80 80 A0 80 86 9A 80 80 05 30 36 33 3A "
		"03\n");
	g_assert_true(file_has(bench.log, "PAPER|Test\n"));
	bench_end(&bench);
}

/* ---- the frame number */

static void test_same_number_is_not_done_again(bool x)
{
	Bench bench = bench_new(x ? "seq_x" : "seq_p", x, NULL);
	const char *in = x ? "0\t5.00\t" : "5.00";
	DatecsAnswer first, again;

	datecs_send(&bench.talk, 0x46, in);
	first = datecs_hear(&bench.talk, 0x46);
	datecs_send_as(&bench.talk, bench.talk.seq, 0x46, in);
	again = datecs_hear(&bench.talk, 0x46);
	g_assert_cmpstr(first.data, ==, again.data);
	/* And over a new connection, as after a pulled cable. */
	reconnect(&bench);
	datecs_send_as(&bench.talk, bench.talk.seq, 0x46, in);
	datecs_answer_clear(&again);
	again = datecs_hear(&bench.talk, 0x46);
	g_assert_cmpstr(first.data, ==, again.data);
	g_assert_cmpuint(n_booked(&bench), ==, 1);
	g_assert_false(file_has(bench.log, "FLAG"));
	/* Another command under the same number is a mistake of the host: answered as the first. */
	datecs_send_as(&bench.talk, bench.talk.seq, 0x46, x ? "0\t7.00\t" : "7.00");
	datecs_answer_clear(&again);
	again = datecs_hear(&bench.talk, 0x46);
	g_assert_cmpstr(first.data, ==, again.data);
	g_assert_cmpuint(n_booked(&bench), ==, 1);
	g_assert_true(file_has(bench.log, "FLAG: command 46 has the number of 46 before it"));
	/* With the next number it is another five. */
	datecs_ok(&bench.talk, 0x46, in, x ? "10.00\t10.00\t0.00\t" : "P,1000,1000,0");
	g_assert_cmpuint(n_booked(&bench), ==, 2);
	datecs_answer_clear(&first);
	datecs_answer_clear(&again);
	bench_end(&bench);
}

static void test_same_number_p(void)
{
	test_same_number_is_not_done_again(false);
}

static void test_same_number_x(void)
{
	test_same_number_is_not_done_again(true);
}

/* The power goes with the answer: what then is asked with the same number is done a second time,
 * unless the memory of the number is kept (§1). */
static void power_cut(const char *memory, size_t booked)
{
	g_autofree char *faults = g_strdup_printf("lost_answer_power@46:1 seq_memory=%s", memory);
	g_autofree char *name = g_strdup_printf("number_%s", memory);
	Bench bench = bench_new(name, false, faults);
	uint8_t seq;

	datecs_send(&bench.talk, 0x46, "5.00");
	seq = bench.talk.seq;
	g_assert_true(wire_is_gone(bench.talk.wire));
	g_assert_cmpuint(n_booked(&bench), ==, 1);
	switch_off(&bench);
	switch_on(&bench, strcmp(memory, "kept") == 0 ? "seq_memory=kept" : NULL);
	datecs_send_as(&bench.talk, seq, 0x46, "5.00");
	{
		DatecsAnswer answer = datecs_hear(&bench.talk, 0x46);

		g_assert_cmpstr(answer.data, ==, booked == 1 ? "P,500,500,0" : "P,1000,1000,0");
		datecs_answer_clear(&answer);
	}
	g_assert_cmpuint(n_booked(&bench), ==, booked);
	g_assert_true(file_has(bench.log, "ПРЕКЪСВАНЕ НА ЗАХРАНВАНЕТО"));
	bench_end(&bench);
}

static void test_power_cut_forgets_the_number(void)
{
	power_cut("lost", 2);
}

static void test_power_cut_keeps_the_number(void)
{
	power_cut("kept", 1);
}

static void test_power_cut_before(void)
{
	Bench bench = bench_new("die", false, "die_before@46:1");

	datecs_send(&bench.talk, 0x46, "5.00");
	g_assert_true(wire_is_gone(bench.talk.wire));
	reconnect(&bench);
	datecs_ok(&bench.talk, 0x46, "", "P,0,0,0");
	g_assert_cmpuint(n_booked(&bench), ==, 0);
	bench_end(&bench);
}

static void test_lost_answers(void)
{
	Bench bench = bench_new("lost", true, "lost_answer@38:1 lost_answer_link@38:2");
	uint8_t seq;

	open_sale(&bench);
	sell_10_00(&bench);
	pay(&bench, "10.00", "R", "0.00");
	datecs_send(&bench.talk, 0x38, "");
	seq = bench.talk.seq;
	wait_for_text(bench.log, "fault: done, no answer is sent");
	g_assert_cmpuint(n_booked(&bench), ==, 1);
	/* The same frame: the link breaks now, and the third time it is answered. */
	datecs_send_as(&bench.talk, seq, 0x38, "");
	{
		DatecsAnswer answer = datecs_hear(&bench.talk, 0x38);

		g_assert_cmpstr(answer.data, ==, "0\t137\t");
		datecs_answer_clear(&answer);
	}
	g_assert_cmpuint(n_booked(&bench), ==, 1);
	open_sale(&bench);
	sell_10_00(&bench);
	pay(&bench, "10.00", "R", "0.00");
	datecs_send(&bench.talk, 0x38, "");
	g_assert_true(wire_is_gone(bench.talk.wire));
	reconnect(&bench);
	datecs_send_as(&bench.talk, bench.talk.seq, 0x38, "");
	{
		DatecsAnswer answer = datecs_hear(&bench.talk, 0x38);

		g_assert_cmpstr(answer.data, ==, "0\t138\t");
		datecs_answer_clear(&answer);
	}
	g_assert_cmpuint(n_booked(&bench), ==, 2);
	bench_end(&bench);
}

/* ---- the wire */

static void test_damage_gets_nak(void)
{
	Bench bench = bench_new("damage", false, NULL);

	datecs_play(&bench.talk,
		    "# stray bytes, then a wrong check sum\n"
		    "H> 41 42 43 01 24 31 3E 05 30 30 31 38 03\nD> 15\n"
		    "# 04 for 05, no 03, a number of 1F, a LEN that is none\n"
		    "H> 01 24 31 3E 04 30 30 39 37 03\nD> 15\n"
		    "H> 01 24 31 3E 05 30 30 39 38 02\nD> 15\n"
		    "H> 01 24 1F 3E 05 30 30 38 36 03\nD> 15\n"
		    "H> 01 20\nD> 15\n"
		    "# half a frame, then a whole one\n"
		    "H> 01 24 31 01 24 32 4A 05 30 30 3A 35 03\n"
		    "D> 01 31 32 4A 80 80 80 80 86 9A 04 80 80 80 80 86 9A 05 ?? ?? ?? ?? 03\n"
		    "# half a frame and silence: dropped without an answer\n"
		    "H> 01 24 33 4A");
	wait_for_text(bench.log, "FLAG: only 4 bytes of a frame came");
	datecs_send_as(&bench.talk, 0x34, 0x71, "");
	{
		DatecsAnswer answer = datecs_hear(&bench.talk, 0x71);

		g_assert_cmpstr(answer.data, ==, "0000136");
		datecs_answer_clear(&answer);
	}
	bench_end(&bench);
}

static void test_nak_and_bad_sums(void)
{
	Bench bench = bench_new("nak", true, "nak=2 bad_bcc=1 garbage=4@4C:2");
	DatecsAnswer answer;

	datecs_send(&bench.talk, 0x4C, "");
	wire_expect(bench.talk.wire, "15");
	datecs_send_as(&bench.talk, bench.talk.seq, 0x4C, "");
	wire_expect(bench.talk.wire, "15");
	datecs_send_as(&bench.talk, bench.talk.seq, 0x4C, "");
	/* Four stray bytes, then the frame with a wrong sum: its place says so. */
	wire_expect(bench.talk.wire, "?? ?? ?? ?? 01 30 30");
	for (int i = 0; i < 42; i++)
		wire_read(bench.talk.wire);
	datecs_send_as(&bench.talk, bench.talk.seq, 0x4C, "");
	answer = datecs_hear(&bench.talk, 0x4C);
	g_assert_cmpstr(answer.data, ==, "0\t0\t136\t0\t0.00\t0.00\t");
	datecs_answer_clear(&answer);
	bench_end(&bench);
}

static void test_busy_says_syn(void)
{
	Bench bench = bench_new("busy", false, "busy=1@4A:1");
	DatecsAnswer answer;

	datecs_send(&bench.talk, 0x4A, "");
	/* A host that does not wait is not heard. */
	datecs_send_as(&bench.talk, bench.talk.seq, 0x4A, "");
	datecs_send_as(&bench.talk, 0x50, 0x46, "5.00");
	bench.talk.seq = 0x21;
	answer = datecs_hear(&bench.talk, 0x4A);
	g_assert_cmpint(answer.n_syn, >=, 10); /* of 16 */
	g_assert_cmpint(answer.n_syn, <=, 17);
	datecs_answer_clear(&answer);
	g_assert_cmpuint(n_booked(&bench), ==, 0);
	g_assert_true(file_has(bench.log, "FLAG: command 46 before the answer to the last"));
	bench_end(&bench);
}

static void test_strange_answers(void)
{
	Bench bench = bench_new("strange", false,
				"wrong_seq@4C:1 wrong_cmd@4C:2 nonsense=empty@4C:3 "
				"two_answers@4C:4 nonsense=long@4C:5");
	DatecsAnswer answer;

	datecs_send(&bench.talk, 0x4C, "");
	wire_expect(bench.talk.wire, "01 30 20 4C"); /* 21 was asked */
	for (int i = 0; i < 18; i++)
		wire_read(bench.talk.wire);
	datecs_send(&bench.talk, 0x4C, "");
	answer = datecs_hear(&bench.talk, 0x4A);
	datecs_answer_clear(&answer);
	datecs_send(&bench.talk, 0x4C, "");
	answer = datecs_hear(&bench.talk, 0x4C);
	g_assert_cmpstr(answer.data, ==, "");
	datecs_answer_clear(&answer);
	datecs_send(&bench.talk, 0x4C, "");
	answer = datecs_hear(&bench.talk, 0x4C);
	datecs_answer_clear(&answer);
	answer = datecs_hear(&bench.talk, 0x4C);
	g_assert_cmpstr(answer.data, ==, "0,0,0");
	datecs_answer_clear(&answer);
	datecs_send(&bench.talk, 0x4C, "");
	answer = datecs_hear(&bench.talk, 0x4C);
	g_assert_cmpuint(strlen(answer.data), ==, 200);
	datecs_answer_clear(&answer);
	bench_end(&bench);
}

/* ---- rules of a receipt */

static void test_rules_p(void)
{
	Bench bench = bench_new("rules_p", false, NULL);
	DatecsTalk *talk = &bench.talk;

	datecs_refused(talk, 0x22, "", 0x01); /* no such command */
	datecs_refused(talk, 0x31, "Хляб\tБ10.00", 0x11); /* no receipt */
	datecs_refused(talk, 0x38, "", 0x11);
	datecs_refused(talk, 0x3C, "", 0x11);
	datecs_refused(talk, 0x30, "1,0000,1,DT279013-0001-001", 0x00); /* no UNP */
	datecs_refused(talk, 0x30, "1,0000", 0x00);
	datecs_ok(talk, 0x30, open_data(&bench), "0001,0001");
	datecs_refused(talk, 0x30, open_data(&bench), 0x11);
	datecs_refused(talk, 0x35, "\tP1.00", 0x11); /* nothing sold */
	datecs_refused(talk, 0x31, "Хляб\tД10.00", 0x11); /* group not enabled */
	datecs_refused(talk, 0x31, "Хляб Б10.00", 0x00); /* no TAB */
	datecs_refused(talk, 0x31, "Хляб\tБ10.00*1.2345", 0x00); /* four decimals */
	datecs_refused(talk, 0x31, "Хляб\tБ10.001", 0x00);
	datecs_refused(talk, 0x31, "Хляб\tБ999999.99*99999.000", 0x10); /* overflow */
	datecs_refused(talk, 0x31, "Хляб\tБ10.00;-10.01", 0x11);
	datecs_ok(talk, 0x31, "Хляб\tB10.00*1.5#бр,-10.00", ""); /* Latin B, 13.50 */
	datecs_ok(talk, 0x33, "00;-1.50", "1200,0,1200,0,0,0,0,0,0");
	datecs_refused(talk, 0x38, "", 0x11); /* not paid */
	datecs_ok(talk, 0x35, "\tD2.00", "D1000");
	datecs_refused(talk, 0x31, "Хляб\tБ10.00", 0x11); /* payment has begun */
	datecs_refused(talk, 0x3C, "", 0x11);
	datecs_refused(talk, 0x33, "00", 0x11);
	datecs_refused(talk, 0x38, "", 0x11); /* not paid in full */
	datecs_refused(talk, 0x35, "\tD10.01", 0x11); /* no change of a card */
	datecs_ok(talk, 0x4C, "T", "1,1,1200,200");
	datecs_ok(talk, 0x67, "", "0,0,1200,0,0,0,0,0,0,0,0000000000");
	datecs_ok(talk, 0x35, "\t", "R0"); /* the rest in cash */
	datecs_refused(talk, 0x35, "\tP1.00", 0x11);
	datecs_ok(talk, 0x38, "", "0001,0001");
	datecs_ok(talk, 0x4C, "T", "0,1,1200,1200");
	datecs_ok(talk, 0x30, "*", "0000137," UNP);
	datecs_ok(talk, 0x30, "", "0001,0001");
	check_booked(&bench, 0, "sale", 137, 1200, 1000, 200);
	bench_end(&bench);
}

static void test_rules_x(void)
{
	Bench bench = bench_new("rules_x", true, NULL);
	DatecsTalk *talk = &bench.talk;

	datecs_refused(talk, 0x2E, "", -104003); /* family P's storno */
	datecs_refused(talk, 0x31, "Хляб\t2\t10.00\t1.000\t0\t\t0\t", -111016);
	datecs_refused(talk, 0x30, "1\t0001\t" UNP "\t1\t\t", -102002);
	datecs_refused(talk, 0x30, "1\t0000\t" UNP "\t1\t", -101004); /* NSale is no till */
	datecs_refused(talk, 0x30, "1\t0000\t1\t", -101004);
	datecs_refused(talk, 0x30, "1\t0000\t" UNP "\t1\t\tx", -101004); /* no TAB at the end */
	datecs_ok(talk, 0x30, open_data(&bench), "137\t");
	datecs_refused(talk, 0x45, "Z\t", -111015);
	datecs_refused(talk, 0x46, "0\t5.00\t", -111015);
	datecs_refused(talk, 0x35, "0\t1.00\t\t", -111020);
	datecs_refused(talk, 0x31, "Хляб\t9\t10.00\t1.000\t0\t\t0\t", -101004);
	datecs_refused(talk, 0x31, "Хляб\t5\t10.00\t1.000\t0\t\t0\t", -111005);
	datecs_refused(talk, 0x31, "Хляб\t2\t10.00\t1.000\t0\t1.00\t0\t", -101004);
	datecs_refused(talk, 0x31, "Хляб\t2\t10.00\t1.000\t0\t\t100\t", -111009);
	datecs_refused(talk, 0x31, "Хляб\t2\t999999.99\t99999.000\t0\t\t0\t", -111006);
	datecs_ok(talk, 0x31, "Хляб\t2\t10.00\t1.500\t2\t10.00\t0\tбр\t", "137\t");
	datecs_ok(talk, 0x33, "1\t0\t4\t1.50\t",
		  "137\t12.00\t0.00\t12.00\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t");
	datecs_refused(talk, 0x38, "", -111050);
	datecs_ok(talk, 0x35, "1\t2.00\t\t", "D\t10.00\t");
	datecs_refused(talk, 0x31, "Хляб\t2\t10.00\t1.000\t0\t\t0\t", -111018);
	datecs_refused(talk, 0x3C, "", -111018);
	datecs_refused(talk, 0x38, "", -111003);
	datecs_ok(talk, 0x4C, "", "1\t137\t1\t12.00\t2.00\t");
	datecs_ok(talk, 0x35, "0\t\t\t", "R\t0.00\t");
	datecs_ok(talk, 0x38, "", "137\t");
	datecs_ok(talk, 0x4C, "", "0\t137\t1\t12.00\t12.00\t");
	datecs_ok(talk, 0x64, "-111018\t", "-111018\tПлащането е започнало\t");
	check_booked(&bench, 0, "sale", 137, 1200, 1000, 200);
	bench_end(&bench);
}

static void test_cancelled_receipt_leaves_nothing(bool x)
{
	Bench bench = bench_new(x ? "cancel_x" : "cancel_p", x, NULL);

	open_sale(&bench);
	sell_10_00(&bench);
	datecs_ok(&bench.talk, 0x3C, "", "");
	datecs_ok(&bench.talk, 0x4C, "", x ? "0\t136\t0\t0.00\t0.00\t" : "0,0,0");
	sell(&bench);
	g_assert_cmpint(last_number(&bench), ==, 137);
	g_assert_cmpuint(n_booked(&bench), ==, 1);
	bench_end(&bench);
}

static void test_cancel_p(void)
{
	test_cancelled_receipt_leaves_nothing(false);
}

static void test_cancel_x(void)
{
	test_cancelled_receipt_leaves_nothing(true);
}

static void test_three_wrong_passwords_lock(void)
{
	Bench bench = bench_new("lock", false, NULL);

	for (int i = 0; i < 3; i++)
		datecs_refused(&bench.talk, 0x30, "1,9999,1", 0x11);
	datecs_refused(&bench.talk, 0x30, "1,0000,1", 0x11);
	switch_off(&bench);
	switch_on(&bench, NULL);
	datecs_ok(&bench.talk, 0x30, "1,0000,1", "0001,0001");
	bench_end(&bench);
}

static void test_storno_needs_cash(void)
{
	Bench bench = bench_new("storno", true, NULL);
	DatecsTalk *talk = &bench.talk;
	static const char data[] =
		"1\t0000\t1\t1\t137\t03-06-26 10:17:12\t02279013\t\t\t\t" UNP "\t";

	datecs_refused(talk, 0x2B, "1\t0000\t1\t3\t137\t03-06-26 10:17:12\t02279013\t\t\t\t\t",
		       -101004);
	datecs_refused(talk, 0x2B, "1\t0000\t1\t1\t137\t33-06-26 10:17:12\t02279013\t\t\t\t\t",
		       -101004);
	datecs_ok(talk, 0x2B, data, "137\t");
	datecs_ok(talk, 0x4C, "", "3\t137\t0\t0.00\t0.00\t");
	sell_10_00(&bench);
	datecs_refused(talk, 0x35, "0\t10.00\t\t", -111017);
	datecs_refused(talk, 0x35, "1\t10.01\t\t", -111003);
	datecs_ok(talk, 0x35, "1\t10.00\t\t", "R\t0.00\t");
	datecs_ok(talk, 0x38, "", "137\t");
	check_booked(&bench, 0, "return", 137, 1000, 0, 1000);
	bench_end(&bench);
}

/* ---- the day */

static void test_cash_and_reports(void)
{
	Bench bench = bench_new("cash", false, NULL);
	DatecsTalk *talk = &bench.talk;

	datecs_ok(talk, 0x46, "", "P,0,0,0");
	datecs_refused(talk, 0x46, "-0.01", 0x11);
	datecs_ok(talk, 0x46, "20.00", "P,2000,2000,0");
	datecs_ok(talk, 0x46, "-5.00", "P,1500,2000,500");
	sell(&bench);
	datecs_ok(talk, 0x41, "", "0,1000,0,0,0,0,0,0");
	datecs_ok(talk, 0x41, "1", "0,167,0,0,0,0,0,0");
	datecs_ok(talk, 0x45, "2", "0041,1000,0,1000,0,0,0,0,0,0");
	datecs_ok(talk, 0x45, "0", "0041,1000,0,1000,0,0,0,0,0,0");
	datecs_ok(talk, 0x45, "2N", "0042,0,0,0,0,0,0,0,0,0");
	datecs_ok(talk, 0x46, "0", "P,2500,0,0"); /* the drawer keeps its money */
	check_booked(&bench, 0, "cash-in", 136, 2000, 2000, 0);
	check_booked(&bench, 1, "cash-out", 136, 500, 500, 0);
	check_booked(&bench, 3, "shift-close", 137, 1000, 0, 0);
	g_assert_cmpuint(n_booked(&bench), ==, 4);
	bench_end(&bench);
}

static void test_points_and_numbers_for_all(void)
{
	Bench bench = bench_new("variants", false, "amounts=point numbers=all exact=d");
	g_autofree char *found = NULL;

	datecs_ok(&bench.talk, 0x46, "20.00", "P,20.00,20.00,0.00");
	g_assert_cmpint(last_number(&bench), ==, 137);
	open_sale(&bench);
	sell_10_00(&bench);
	pay(&bench, "10.00", "D", "0.00");
	close_receipt(&bench);
	g_assert_cmpint(last_number(&bench), ==, 138);
	datecs_refused(&bench.talk, 0x77, "R9999", 0x11);
	g_free(found);
	found = datecs_ask(&bench.talk, 0x77, "R138");
	g_assert_true(g_str_has_prefix(found, "P,0000138,"));
	g_assert_true(g_str_has_suffix(found, ",10.00," UNP));
	bench_end(&bench);
}

static void test_variants_x(void)
{
	Bench bench = bench_new("variants_x", true, "bare_status line_answer=total password=17");
	DatecsAnswer answer;

	datecs_send(&bench.talk, 0x4A, "0\t");
	answer = datecs_hear(&bench.talk, 0x4A);
	g_assert_true(g_str_has_prefix(answer.data, "0\t0\t136\t0.00\t0\t"));
	datecs_answer_clear(&answer);
	datecs_refused(&bench.talk, 0x30, open_data(&bench), -102002);
	datecs_ok(&bench.talk, 0x30, "1\t0017\t" UNP "\t1\t\t", "137\t");
	datecs_ok(&bench.talk, 0x31, "Хляб\t2\t10.00\t1.000\t0\t\t0\t", "10.00\t");
	bench_end(&bench);
}

/* Any bytes in a good frame, to every command, whatever is open: it lives, and answers. */
static void test_any_data(bool x)
{
	static const char letters[] = "0123456789.,;*#\t\t\t-+PDIRET ZX@:\nA";
	Bench bench = bench_new(x ? "any_x" : "any_p", x, NULL);
	g_autoptr(GRand) random = g_rand_new_with_seed(20261128);

	for (int i = 0; i < 1000; i++) {
		int code = g_rand_int_range(random, 0x20, 0x80),
		    len = g_rand_int_range(random, 0, 40);
		g_autoptr(GString) data = g_string_new(NULL);
		g_autofree char *answer = NULL;

		if (i % 7 == 0)
			code = 0x30;
		if (code == 0x30)
			g_string_append(data, open_data(&bench));
		for (int k = 0; k < len; k++)
			g_string_append_c(
				data, letters[g_rand_int_range(random, 0, sizeof(letters) - 1)]);
		answer = datecs_ask(&bench.talk, code, data->str);
		g_assert_nonnull(answer);
		if (i % 7 == 1)
			sell_10_00(&bench);
	}
	bench_end(&bench);
}

static void test_any_data_p(void)
{
	test_any_data(false);
}

static void test_any_data_x(void)
{
	test_any_data(true);
}

static void test_clock(void)
{
	Bench bench = bench_new("clock", true, "clock_unset@30:1");
	g_autofree char *time = NULL;

	datecs_refused(&bench.talk, 0x30, open_data(&bench), -101008);
	datecs_refused(&bench.talk, 0x3D, "32-01-30 10:00:00\t", -101008);
	datecs_refused(&bench.talk, 0x3D, "02-01-20 20:59:59\t", -102019);
	datecs_ok(&bench.talk, 0x3D, "03-06-30 10:15:00\t", "");
	time = datecs_ask(&bench.talk, 0x3E, "");
	g_assert_true(g_str_has_prefix(time, "0\t03-06-30 10:15:"));
	datecs_ok(&bench.talk, 0x30, open_data(&bench), "137\t");
	bench_end(&bench);
}

static void test_day_over_24_hours(void)
{
	Bench bench = bench_new("24h", true, NULL);

	sell(&bench);
	sim_say(bench.sim, "fault shift_24h");
	wait_for_text(bench.log, "control: fault shift_24h");
	datecs_refused(&bench.talk, 0x30, open_data(&bench), -111024);
	datecs_refused(&bench.talk, 0x46, "0\t5.00\t", -111024);
	{
		/* A Z is always possible. */
		g_autofree char *answer = datecs_ask(&bench.talk, 0x45, "Z\t");

		g_assert_true(g_str_has_prefix(answer, "0\t41\t"));
	}
	bench_end(&bench);
}

static void test_full_memory(void)
{
	Bench bench = bench_new("full", true, "memory_full");
	DatecsAnswer answer;

	datecs_refused(&bench.talk, 0x30, open_data(&bench), -100114);
	datecs_send(&bench.talk, 0x4A, "");
	answer = datecs_hear(&bench.talk, 0x4A);
	g_assert_cmphex(answer.status[4], ==, 0xB6);
	datecs_answer_clear(&answer);
	bench_end(&bench);
}

static void test_ram_reset(void)
{
	Bench bench = bench_new("ram", false, "ram_reset@4C:1");
	DatecsAnswer answer;

	open_sale(&bench);
	datecs_ok(&bench.talk, 0x4C, "", "0,0,0");
	datecs_send(&bench.talk, 0x4A, "");
	answer = datecs_hear(&bench.talk, 0x4A);
	g_assert_cmphex(answer.status[1], ==, 0x84);
	datecs_answer_clear(&answer);
	bench_end(&bench);
}

/* ---- paper, drawer, copies */

static void test_paper_out(bool x, const char *when)
{
	g_autofree char *faults = g_strdup_printf("paper_out=%s@38:1", when);
	g_autofree char *name = g_strdup_printf("paper_%s_%d", when, x);
	Bench bench = bench_new(name, x, faults);
	int out = x ? -100403 : 0x20;

	open_sale(&bench);
	sell_10_00(&bench);
	pay(&bench, "10.00", "R", x ? "0.00" : "0");
	datecs_refused(&bench.talk, 0x38, "", out);
	g_assert_cmpuint(n_booked(&bench), ==, 0);
	datecs_refused(&bench.talk, 0x38, "", out); /* until there is paper */
	sim_say(bench.sim, "paper");
	wait_for_text(bench.log, "control: paper");
	datecs_ok(&bench.talk, 0x38, "", x ? "137\t" : "0001,0001");
	g_assert_cmpuint(n_booked(&bench), ==, 1);
	bench_end(&bench);
}

static void test_paper_out_before(void)
{
	test_paper_out(false, "before");
	test_paper_out(true, "before");
}

static void test_paper_out_in_the_middle(void)
{
	test_paper_out(false, "middle");
	test_paper_out(true, "middle");
}

static void test_paper_out_after(void)
{
	Bench bench = bench_new("paper_after", false, "paper_out=after@38:1");

	sell(&bench);
	g_assert_cmpuint(n_booked(&bench), ==, 1);
	datecs_refused(&bench.talk, 0x30, open_data(&bench), 0x20);
	/* Questions need no paper, and say that there is none. */
	g_assert_cmpint(last_number(&bench), ==, 137);
	bench_end(&bench);
}

static void test_drawer_and_copy(void)
{
	Bench bench = bench_new("drawer", false, NULL);

	datecs_ok(&bench.talk, 0x6A, "", "");
	datecs_ok(&bench.talk, 0x6A, "80", "");
	datecs_refused(&bench.talk, 0x6A, "101", 0x00);
	wait_for_text(bench.log, "DRAWER|80\n");
	g_assert_true(file_has(bench.log, "DRAWER|50\n"));
	datecs_refused(&bench.talk, 0x6D, "1", 0x11); /* of nothing */
	sell(&bench);
	datecs_ok(&bench.talk, 0x6D, "1", "");
	datecs_refused(&bench.talk, 0x6D, "1", 0x11); /* once only */
	g_assert_true(file_has(bench.log, "PAPER|ДУБЛИКАТ\n"));
	bench_end(&bench);
}

static void test_text(void)
{
	Bench bench = bench_new("text", false, NULL);

	datecs_refused(&bench.talk, 0x2A, "Здравей", 0x11);
	datecs_ok(&bench.talk, 0x26, "", "0001");
	datecs_ok(&bench.talk, 0x2A, "Здравей", "");
	datecs_refused(&bench.talk, 0x30, open_data(&bench), 0x11);
	datecs_ok(&bench.talk, 0x27, "", "0001");
	datecs_ok(&bench.talk, 0x2D, "", "");
	g_assert_true(file_has(bench.log, "PAPER|Здравей\n"));
	g_assert_cmpuint(n_booked(&bench), ==, 0);
	bench_end(&bench);
}

/* ---- who it is, and what others did */

static void test_another_serial(void)
{
	Bench bench = bench_new("serial", false, NULL);

	datecs_ok(&bench.talk, 0x5A, "1",
		  "FP-800,1.00BG 01FEB26 1000,A1B2,00000000,DT279013,02279013");
	sim_say(bench.sim, "fault serial=300001");
	wait_for_text(bench.log, "control: fault serial");
	datecs_ok(&bench.talk, 0x5A, "*1",
		  "FP-800,1.00BG 01FEB26 1000,A1B2,00000000,DT300001,02300001");
	bench_end(&bench);
}

static void test_jumps_and_strangers(void)
{
	Bench bench = bench_new("jump", true, "jump=5@38:1 foreign=250@4C:1");

	sell(&bench);
	check_booked(&bench, 0, "sale", 142, 1000, 1000, 0);
	datecs_ok(&bench.talk, 0x4C, "", "0\t143\t1\t2.50\t2.50\t");
	check_booked(&bench, 1, "sale", 143, 250, 250, 0);
	bench_end(&bench);
}

static void test_journal(void)
{
	Bench bench = bench_new("journal", true, NULL);
	g_autofree char *found = NULL, *head = NULL, *line = NULL;

	datecs_refused(&bench.talk, 0x7D, "0\t137\t", -100004);
	datecs_refused(&bench.talk, 0x7C, "01-01-26 00:00:00\t01-01-40 00:00:00\t1\t", -100004);
	sell(&bench);
	sell(&bench);
	found = datecs_ask(&bench.talk, 0x7C, "01-01-26 00:00:00\t01-01-40 00:00:00\t1\t");
	g_assert_cmpstr(found, ==, "0\t01-01-26 00:00:00\t01-01-40 00:00:00\t137\t138\t");
	head = datecs_ask(&bench.talk, 0x7D, "0\t138\t");
	g_assert_true(g_str_has_prefix(head, "0\t138\t2\t"));
	g_assert_true(g_str_has_suffix(head, "\t1\t41\t"));
	line = datecs_ask(&bench.talk, 0x7D, "1\t");
	g_assert_cmpstr(line, ==, "0\t              УЧЕБЕН МАГАЗИН\t");
	for (int i = 0; i < 100; i++) {
		g_autofree char *next = datecs_ask(&bench.talk, 0x7D, "1\t");

		if (strcmp(next, "-100004\t") == 0)
			break;
		g_assert_cmpint(i, <, 99);
	}
	bench_end(&bench);
}

/* ---- memory */

static void test_open_receipt_outlives_the_power(void)
{
	Bench bench = bench_new("memory", true, NULL);

	sell(&bench);
	open_sale(&bench);
	sell_10_00(&bench);
	pay(&bench, "4.00", "D", "6.00");
	switch_off(&bench);
	switch_on(&bench, NULL);
	datecs_ok(&bench.talk, 0x4C, "", "1\t138\t1\t10.00\t4.00\t");
	pay(&bench, "6.00", "R", "0.00");
	close_receipt(&bench);
	check_booked(&bench, 1, "sale", 138, 1000, 1000, 0);
	{
		g_autofree char *head = datecs_ask(&bench.talk, 0x7D, "0\t137\t");

		g_assert_true(g_str_has_prefix(head, "0\t137\t1\t"));
	}
	bench_end(&bench);
}

static void test_a_torn_archive_is_mended(void)
{
	/* X reports have numbers here: they fill the journal until it spills into the archive. */
	Bench bench = bench_new("torn", true, "numbers=all");
	g_autofree char *archive = g_strconcat(bench.state, ".archive", NULL);
	g_autofree char *text = NULL, *torn = NULL;

	for (int i = 0; i < 300; i++)
		g_free(datecs_ask(&bench.talk, 0x45, "X\t"));
	switch_off(&bench);
	g_assert_true(g_file_get_contents(archive, &text, NULL, NULL));
	torn = g_strconcat(text, "{\"unp\": \"half", NULL);
	g_assert_true(g_file_set_contents(archive, torn, -1, NULL));
	switch_on(&bench, "numbers=all");
	for (int i = 0; i < 300; i++)
		g_free(datecs_ask(&bench.talk, 0x45, "X\t"));
	sell(&bench);
	switch_off(&bench);
	switch_on(&bench, NULL);
	{
		g_autofree char *first = datecs_ask(&bench.talk, 0x7D, "0\t137\t");
		g_autofree char *last = datecs_ask(&bench.talk, 0x7D, "0\t737\t");

		g_assert_true(g_str_has_prefix(first, "0\t137\t1\t"));
		g_assert_true(g_str_has_prefix(last, "0\t737\t601\t"));
	}
	switch_off(&bench);
	/* One that is too short is not: what was booked would be gone. */
	g_assert_true(g_file_set_contents(archive, "", 0, NULL));
	{
		g_autoptr(GError) error = NULL;
		SimThread *sim = sim_start(
			"fiscal-datecs",
			&(SimOptions){ .state_path = bench.state, .control_fd = -1 }, &error);

		g_assert_null(sim);
		g_assert_error(error, SIM_ERROR, SIM_ERROR_STATE);
	}
	g_free(bench.log);
	g_free(bench.state);
}

typedef struct {
	const char *name;
	void (*test)(void);
} Test;

static const Test tests[] = {
	{ "page/p", test_page_p },
	{ "page/x", test_page_x },
	{ "page/vectors p", test_vectors_p },
	{ "page/vectors x", test_vectors_x },
	{ "number/same is not done again p", test_same_number_p },
	{ "number/same is not done again x", test_same_number_x },
	{ "number/power cut forgets it", test_power_cut_forgets_the_number },
	{ "number/power cut keeps it", test_power_cut_keeps_the_number },
	{ "number/power cut before", test_power_cut_before },
	{ "number/lost answers", test_lost_answers },
	{ "wire/damage gets nak", test_damage_gets_nak },
	{ "wire/nak and bad sums", test_nak_and_bad_sums },
	{ "wire/busy says syn", test_busy_says_syn },
	{ "wire/strange answers", test_strange_answers },
	{ "rules/p", test_rules_p },
	{ "rules/x", test_rules_x },
	{ "rules/cancel p", test_cancel_p },
	{ "rules/cancel x", test_cancel_x },
	{ "rules/three wrong passwords lock", test_three_wrong_passwords_lock },
	{ "rules/storno needs cash", test_storno_needs_cash },
	{ "day/cash and reports", test_cash_and_reports },
	{ "day/points, numbers for all", test_points_and_numbers_for_all },
	{ "day/slips or totals", test_variants_x },
	{ "day/clock", test_clock },
	{ "day/over 24 hours", test_day_over_24_hours },
	{ "day/full memory", test_full_memory },
	{ "day/ram reset", test_ram_reset },
	{ "paper/out before", test_paper_out_before },
	{ "paper/out in the middle", test_paper_out_in_the_middle },
	{ "paper/out after", test_paper_out_after },
	{ "paper/drawer and copy", test_drawer_and_copy },
	{ "paper/text", test_text },
	{ "others/another serial", test_another_serial },
	{ "others/jumps and strangers", test_jumps_and_strangers },
	{ "rules/any data p", test_any_data_p },
	{ "rules/any data x", test_any_data_x },
	{ "memory/journal", test_journal },
	{ "memory/open receipt outlives the power", test_open_receipt_outlives_the_power },
	{ "memory/a torn archive is mended", test_a_torn_archive_is_mended },
};

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++) {
		g_autofree char *path = g_strconcat("/fiscal datecs sim/", tests[i].name, NULL);

		g_test_add_func(path, tests[i].test);
	}
	return g_test_run();
}
