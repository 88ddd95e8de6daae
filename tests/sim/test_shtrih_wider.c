/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/sim/sale.h"
#include "tests/wait_file.h"

#include <jansson.h>
#include <string.h>

/* What the registrar knows beyond a plain sale: corrections, marked goods, registers, its book, and
 * how it tells of roll and cover. */
typedef struct {
	SimThread *sim;
	Wire *wire;
	char *log, *state; /* owned */
} Bench;

static Bench bench_new(const char *name, const char *faults)
{
	g_autofree char *log = g_strdup_printf("%s.log", name);
	g_autofree char *state = g_strdup_printf("%s.json", name);
	g_autofree char *all = g_strdup_printf("print_ms=1 %s", faults != NULL ? faults : "");
	g_auto(GStrv) specs = g_strsplit(g_strchomp(all), " ", -1);
	Bench self = { .log = scratch_new(log), .state = scratch_new(state) };

	self.sim = sim_start_registrar((const char *const *)specs, self.log, self.state);
	self.wire = wire_new(sim_thread_get_address(self.sim));
	return self;
}

static void restart(Bench *self)
{
	static const char *const faults[] = { "print_ms=1", NULL };

	wire_free(self->wire);
	sim_end(self->sim);
	self->sim = sim_start_registrar(faults, self->log, self->state);
	self->wire = wire_new(sim_thread_get_address(self->sim));
}

static void bench_end(Bench *self)
{
	wire_free(self->wire);
	sim_end(self->sim);
	g_free(self->log);
	g_free(self->state);
}

static void say(Bench *self, const char *line)
{
	g_autofree char *seen = g_strdup_printf("control: %s\n", line);

	sim_say(self->sim, line);
	wait_for_text(self->log, seen);
}

/* The lines of the book, "kind number total cash card id", one below the other. Own it. */
static char *book_new(const Bench *self)
{
	json_t *root = json_load_file(self->state, 0, NULL), *entry;
	GString *text = g_string_new(NULL);
	size_t i;

	g_assert_nonnull(root);
	g_assert_true(json_is_array(json_object_get(root, "book")));
	json_array_foreach(json_object_get(root, "book"), i, entry)
	{
		const char *kind;
		const char *id;
		json_int_t number, total, cash, card;

		g_assert_cmpint(json_unpack(entry, "{s:s,s:I,s:I,s:I,s:I,s:s}", "kind", &kind,
					    "number", &number, "total", &total, "cash", &cash,
					    "card", &card, "id", &id),
				==, 0);
		g_string_append_printf(text, "%s %d %d %d %d %s\n", kind, (int)number, (int)total,
				       (int)cash, (int)card, id);
	}
	json_decref(root);
	return g_string_free(text, false);
}

static void check_book(const Bench *self, const char *expected)
{
	g_autofree char *book = book_new(self);

	g_assert_cmpstr(book, ==, expected);
}

static int64_t money_register(Bench *self, int number)
{
	g_autofree char *body = g_strdup_printf("1A 1E 00 00 00 %02X", number);
	g_autoptr(GByteArray) answer = wire_command(self->wire, body);

	g_assert_cmphex(answer->data[1], ==, 0);
	return bytes_get(answer, 3, 6);
}

static void close_with(Bench *self, int64_t cash, int64_t card)
{
	g_autofree char *body = close_body_new(cash, card);

	wire_ok(self->wire, body);
}

/* ---- the book and the registers */

/* 1084 with 1085 “till” and 1086 “T1-000017”. */
#define OUR_NUMBER                                                                                 \
	"FF 0C 1E 00 00 00 3C 04 15 00 3D 04 04 00 74 69 6C 6C 3E 04 09 00 54 31 2D 30 30 30 30 "  \
	"31 37"

static void test_the_book(void)
{
	Bench bench = bench_new("book", NULL);

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_ok(bench.wire, "50 1E 00 00 00 E8 03 00 00 00");
	wire_ok(bench.wire, OPEN_SALE);
	wire_ok(bench.wire, LINE_10_00);
	wire_ok(bench.wire, LINE_10_00);
	wire_ok(bench.wire, OUR_NUMBER);
	close_with(&bench, 5000, 500);
	wire_ok(bench.wire, OPEN_RETURN);
	wire_ok(bench.wire, RETURN_10_00);
	close_with(&bench, 1000, 0);
	wire_ok(bench.wire, "51 1E 00 00 00 64 00 00 00 00");
	wire_ok(bench.wire, OPEN_SALE);
	wire_ok(bench.wire, LINE_10_00);
	wire_ok(bench.wire, CANCEL);
	/* By payment and kind of receipt: 193 cash of sales, 195 of returns, 197 the second
	 * payment. */
	g_assert_cmpint(money_register(&bench, 193), ==, 1500);
	g_assert_cmpint(money_register(&bench, 195), ==, 1000);
	g_assert_cmpint(money_register(&bench, 197), ==, 500);
	g_assert_cmpint(money_register(&bench, 199), ==, 0);
	g_assert_cmpint(money_register(&bench, 241), ==, 1400);
	wire_refused(bench.wire, "1A 1E 00 00 00 D1", 0x33);
	wire_ok(bench.wire, CLOSE_SHIFT);
	check_book(&bench, "shift-open 57 0 0 0 \n"
			   "cash-in 58 1000 1000 0 \n"
			   "sale 58 2000 1500 500 T1-000017\n"
			   "return 59 1000 1000 0 \n"
			   "cash-out 61 100 100 0 \n"
			   "shift-close 60 2000 0 0 \n");
	/* It survives, and so does what the documents say. */
	restart(&bench);
	wire_ok(bench.wire, "B0 1E 00 00 00");
	wire_wait_printed(bench.wire);
	wire_ok(bench.wire, OPEN_SHIFT);
	{
		g_autofree char *book = book_new(&bench);
		g_autoptr(GByteArray) head =
			wire_command(bench.wire, "FF 3A 1E 00 00 00 3A 00 00 00");

		g_assert_true(
			g_str_has_suffix(book, "shift-close 60 2000 0 0 \nshift-open 61 0 0 0 \n"));
		g_assert_cmphex(head->data[2], ==, 0);
	}
	bench_end(&bench);
}

static void test_what_the_shift_close_tells(void)
{
	Bench bench = bench_new("shift", NULL);
	json_t *root, *last;

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_sell(bench.wire);
	wire_ok(bench.wire, CLOSE_SHIFT);
	root = json_load_file(bench.state, 0, NULL);
	last = json_array_get(json_object_get(root, "book"), 2);
	g_assert_cmpint(json_integer_value(json_object_get(last, "sales")), ==, 1000);
	g_assert_cmpint(json_integer_value(json_object_get(last, "returns")), ==, 0);
	g_assert_cmpint(json_integer_value(json_object_get(last, "cash_in_drawer")), ==, 1000);
	json_decref(root);
	bench_end(&bench);
}

/* ---- corrections */

#define BEGIN_CORRECTION "FF 35 1E 00 00 00"
/* 1174 with 1178, 3 June 2026, and 1179, a blank; and 1192. */
#define BASIS "FF 0C 1E 00 00 00 96 04 0D 00 9A 04 04 00 00 6F 1F 6A 9B 04 01 00 20"
#define WRONG_SIGN "FF 0C 1E 00 00 00 A8 04 04 00 31 32 33 34"

static void append_sum(GString *body, int64_t sum)
{
	for (int i = 0; i < 5; i++, sum >>= 8)
		g_string_append_printf(body, " %02X", (uint8_t)sum);
}

static char *correction_new(int operation, int64_t total, int64_t cash, int64_t card)
{
	GString *body = g_string_new("FF 4A 1E 00 00 00 00");

	g_string_append_printf(body, " %02X", operation);
	append_sum(body, total);
	append_sum(body, cash);
	append_sum(body, card);
	for (int i = 0; i < 3 + 6; i++)
		append_sum(body, 0);
	g_string_append(body, " 01");
	return g_string_free(body, false);
}

static void correct(Bench *self, int operation, int64_t total, int64_t cash, int64_t card,
		    uint8_t error)
{
	g_autofree char *body = correction_new(operation, total, cash, card);

	wire_refused(self->wire, body, error);
}

static void test_correction(void)
{
	Bench bench = bench_new("correction", NULL);
	g_autoptr(GByteArray) found = NULL, status = NULL;

	wire_refused(bench.wire, BEGIN_CORRECTION, 0x3D);
	wire_ok(bench.wire, OPEN_SHIFT);
	correct(&bench, 1, 1500, 1000, 500, 0x02); /* not begun */
	wire_ok(bench.wire, BEGIN_CORRECTION);
	status = wire_command(bench.wire, FN_STATUS);
	g_assert_cmphex(status->data[4], ==, 0x14);
	wire_refused(bench.wire, BEGIN_CORRECTION, 0x02);
	wire_refused(bench.wire, OPEN_SALE, 0x02);
	wire_refused(bench.wire, CLOSE_SHIFT, 0x02);
	correct(&bench, 1, 1500, 1000, 500, 0xA4); /* no basis */
	wire_ok(bench.wire, BASIS);
	wire_ok(bench.wire, WRONG_SIGN);
	correct(&bench, 2, 1500, 1000, 500, 0x33);
	correct(&bench, 1, 0, 0, 0, 0x8E);
	correct(&bench, 1, 1500, 1000, 499, 0x45);
	correct(&bench, 1, 1500, 1000, 501, 0x33);
	correct(&bench, 3, 1500, 1000, 500, 0x46); /* more cash than there is */
	correct(&bench, 1, 1500, 1000, 500, 0x00);
	g_assert_cmpint(wire_cash(bench.wire), ==, 1000);
	found = wire_command(bench.wire, "FF 0A 1E 00 00 00 3A 00 00 00");
	g_assert_cmphex(found->data[3], ==, 31);
	g_assert_cmphex(found->data[18], ==, 1);
	g_assert_cmpint(bytes_get(found, 19, 5), ==, 1500);
	/* And one the other way; the old form of the end. */
	wire_ok(bench.wire, BEGIN_CORRECTION);
	wire_ok(bench.wire, BASIS);
	correct(&bench, 3, 300, 300, 0, 0x00);
	wire_ok(bench.wire, BEGIN_CORRECTION);
	wire_ok(bench.wire, BASIS);
	wire_ok(bench.wire, "FF 36 1E 00 00 00 64 00 00 00 00 01");
	check_book(&bench, "shift-open 57 0 0 0 \n"
			   "correction 58 1500 1000 500 1234\n"
			   "correction-return 59 300 300 0 \n"
			   "correction 60 100 100 0 \n");
	wire_wait_printed(bench.wire);
	g_assert_true(file_has(bench.log, "КОРРЕКЦИЯ ПРИХОДА"));
	bench_end(&bench);
}

static void test_missing_tag_is_named(void)
{
	Bench bench = bench_new("missing", NULL);
	g_autofree char *body = correction_new(1, 100, 100, 0);
	g_autoptr(GByteArray) answer = NULL;

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_wait_printed(bench.wire);
	wire_ok(bench.wire, BEGIN_CORRECTION);
	answer = wire_command(bench.wire, body);
	g_assert_cmpuint(answer->len, ==, 5);
	g_assert_cmphex(answer->data[2], ==, 0xA4);
	g_assert_cmpint(bytes_get(answer, 3, 2), ==, 1174);
	/* Begun for nothing: taken back, and a sale goes on. */
	wire_ok(bench.wire, "FF 08 1E 00 00 00");
	g_assert_cmpint(wire_sell(bench.wire), ==, 58);
	bench_end(&bench);
}

/* ---- marked goods: "01" 04600000000017 "21" serial GS "93" key */

#define CODE                                                                                       \
	"30 31 30 34 36 30 30 30 30 30 30 30 30 30 31 37 32 31 61 62 63 64 65 66 1D 39 33 31 32 "  \
	"33 34"
#define CODE_LEN "1F"
#define CHECK(status) "FF 61 1E 00 00 00 " status " 00 " CODE_LEN " 00 " CODE
#define ACCEPT "FF 69 1E 00 00 00 01"
#define REJECT "FF 69 1E 00 00 00 00"
#define BIND "FF 67 1E 00 00 00 " CODE_LEN " " CODE
/* As LINE_10_00, subject 33. */
#define MARKED_10_00                                                                               \
	"FF 46 1E 00 00 00 01 40 42 0F 00 00 00 E8 03 00 00 00 FF FF FF FF FF FF FF FF FF FF 01 "  \
	"01 04 21 C0"

static void test_marked_goods(void)
{
	Bench bench = bench_new("marks", NULL);
	g_autofree char *close = close_body_new(1000, 0);
	g_autoptr(GByteArray) checked = NULL, bound = NULL, accepted = NULL;

	wire_refused(bench.wire, CHECK("01"), 0x3D);
	wire_ok(bench.wire, OPEN_SHIFT);
	wire_refused(bench.wire, ACCEPT, 0xA1); /* nothing was checked */
	wire_refused(bench.wire, CHECK("05"), 0x09);
	wire_refused(bench.wire, "FF 61 1E 00 00 00 01 00 03 00 30 31 30", 0x09); /* no code */
	wire_refused(bench.wire, "FF 61 1E 00 00 00 01 00 04 00 30 31 30", 0x7E);
	checked = wire_command(bench.wire, CHECK("01"));
	g_assert_cmphex(checked->data[2], ==, 0);
	g_assert_cmphex(checked->data[3], ==, 0x03); /* found good by the FN */
	accepted = wire_command(bench.wire, ACCEPT);
	g_assert_cmphex(accepted->data[3], ==, 0x0F);
	wire_refused(bench.wire, BIND, 0x55);
	/* A receipt that is given up takes its codes with it. */
	wire_ok(bench.wire, OPEN_SALE);
	wire_ok(bench.wire, CANCEL);
	wire_ok(bench.wire, OPEN_SALE);
	wire_ok(bench.wire, MARKED_10_00);
	wire_refused(bench.wire, close, 0xA4); /* a marked line without its code */
	wire_refused(bench.wire, BIND, 0xA5);
	wire_ok(bench.wire, CHECK("01"));
	wire_refused(bench.wire, BIND, 0xA5); /* checked, not accepted */
	wire_ok(bench.wire, REJECT);
	wire_refused(bench.wire, BIND, 0xA5);
	wire_ok(bench.wire, CHECK("01"));
	wire_ok(bench.wire, ACCEPT);
	bound = wire_command(bench.wire, BIND);
	g_assert_cmphex(bound->data[2], ==, 0);
	g_assert_cmphex(bound->data[3], ==, 0x44);
	g_assert_cmphex(bound->data[4], ==, 0x4D);
	wire_refused(bench.wire, BIND, 0xA1); /* it has one */
	wire_ok(bench.wire, MARKED_10_00);
	wire_refused(bench.wire, BIND, 0x09); /* the same code twice */
	bench_end(&bench);
}

static void test_marked_line_outlives_the_power(void)
{
	Bench bench = bench_new("marks_power", NULL);

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_wait_printed(bench.wire);
	/* Checked as it is scanned, before the receipt is opened. */
	wire_ok(bench.wire, CHECK("01"));
	wire_ok(bench.wire, ACCEPT);
	wire_ok(bench.wire, OPEN_SALE);
	wire_ok(bench.wire, MARKED_10_00);
	restart(&bench);
	wire_ok(bench.wire, BIND);
	restart(&bench);
	close_with(&bench, 1000, 0);
	check_book(&bench, "shift-open 57 0 0 0 \nsale 58 1000 1000 0 \n");
	bench_end(&bench);
}

static void test_false_mark(void)
{
	Bench bench = bench_new("false", "mark_bad");
	g_autoptr(GByteArray) checked = NULL;

	wire_ok(bench.wire, OPEN_SHIFT);
	checked = wire_command(bench.wire, CHECK("01"));
	g_assert_cmphex(checked->data[3], ==, 0x01);
	g_assert_cmphex(checked->data[8], ==, 0x05); /* 2106 */
	wire_ok(bench.wire, REJECT);
	bench_end(&bench);
}

/* ---- roll and cover, operator of the tax data */

static int64_t flags(Bench *self)
{
	g_autoptr(GByteArray) status = wire_command(self->wire, STATUS);

	return bytes_get(status, 3, 2);
}

static void test_roll_and_cover(void)
{
	Bench bench = bench_new("roll", NULL);

	g_assert_cmphex(flags(&bench), ==, 0x0292);
	say(&bench, "paper-low");
	g_assert_cmphex(flags(&bench), ==, 0x0290);
	wire_ok(bench.wire, OPEN_SHIFT); /* it still prints */
	wire_wait_printed(bench.wire);
	say(&bench, "paper");
	g_assert_cmphex(flags(&bench), ==, 0x0292);
	say(&bench, "cover-open");
	g_assert_cmphex(flags(&bench), ==, 0x0692);
	wire_refused(bench.wire, "40 1E 00 00 00", 0x6B);
	say(&bench, "cover");
	wire_ok(bench.wire, "40 1E 00 00 00");
	bench_end(&bench);
}

static void test_documents_reach_the_tax_office(void)
{
	Bench bench = bench_new("ofd", NULL);
	g_autoptr(GByteArray) before = NULL, after = NULL, one = NULL;

	wire_ok(bench.wire, OPEN_SHIFT);
	wire_sell(bench.wire);
	before = wire_command(bench.wire, "FF 39 1E 00 00 00");
	g_assert_cmphex(before->data[3], ==, 0x02);
	g_assert_cmpint(bytes_get(before, 5, 2), ==, 2);
	g_assert_cmpint(bytes_get(before, 7, 4), ==, 57);
	say(&bench, "ofd");
	after = wire_command(bench.wire, "FF 39 1E 00 00 00");
	g_assert_cmphex(after->data[3], ==, 0x00);
	g_assert_cmpint(bytes_get(after, 5, 2), ==, 0);
	wire_sell(bench.wire);
	one = wire_command(bench.wire, "FF 39 1E 00 00 00");
	g_assert_cmpint(bytes_get(one, 5, 2), ==, 1);
	g_assert_cmpint(bytes_get(one, 7, 4), ==, 59);
	bench_end(&bench);
}

/* ---- faults */

static void test_another_serial(void)
{
	Bench bench = bench_new("serial", NULL);
	g_autoptr(GByteArray) before = wire_command(bench.wire, "FF 02 1E 00 00 00"), after = NULL;

	g_assert_cmpmem(before->data + 3, 16, "9999078900012345", 16);
	say(&bench, "fault serial=777");
	after = wire_command(bench.wire, "FF 02 1E 00 00 00");
	g_assert_cmpmem(after->data + 3, 16, "9999078900000777", 16);
	bench_end(&bench);
}

static void test_numbers_jump(void)
{
	Bench bench = bench_new("jump", "jump=3@FF45:1 foreign=250@FF45:2");
	g_autoptr(GByteArray) none = NULL, strange = NULL;

	wire_ok(bench.wire, OPEN_SHIFT);
	g_assert_cmpint(wire_sell(bench.wire), ==, 61);
	none = wire_command(bench.wire, "FF 0A 1E 00 00 00 3A 00 00 00");
	g_assert_cmphex(none->data[2], ==, 0x08);
	g_assert_cmpint(wire_sell(bench.wire), ==, 63);
	strange = wire_command(bench.wire, "FF 0A 1E 00 00 00 3E 00 00 00");
	g_assert_cmpint(bytes_get(strange, 19, 5), ==, 250);
	check_book(&bench, "shift-open 57 0 0 0 \n"
			   "sale 61 1000 1000 0 \n"
			   "sale 62 250 250 0 somebody else\n"
			   "sale 63 1000 1000 0 \n");
	bench_end(&bench);
}

static void test_full_archive(void)
{
	Bench bench = bench_new("full", "memory_full");
	g_autoptr(GByteArray) status = wire_command(bench.wire, FN_STATUS);

	g_assert_cmphex(status->data[7], ==, 0x04);
	wire_refused(bench.wire, OPEN_SHIFT, 0x06);
	check_book(&bench, "");
	bench_end(&bench);
}

static void test_slow_clock(void)
{
	Bench bench = bench_new("clock", NULL);
	g_autoptr(GByteArray) before = wire_command(bench.wire, "11 1E 00 00 00"), after = NULL;

	say(&bench, "fault clock_wrong=2880");
	after = wire_command(bench.wire, "11 1E 00 00 00");
	g_assert_cmpint(bytes_get(before, 25, 3), !=, bytes_get(after, 25, 3)); /* DD MM YY */
	bench_end(&bench);
}

/* ---- text and the buyer on paper */

static void test_text_and_buyer(void)
{
	Bench bench = bench_new("text", NULL);

	wire_ok(bench.wire, OPEN_SHIFT);
	/* V14, and the same in another font. */
	wire_ok(bench.wire,
		"17 1E 00 00 00 02 48 45 4C 4C 4F 00 00 00 00 00 00 00 00 00 00 00 00 00 "
		"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
	wire_ok(bench.wire,
		"2F 1E 00 00 00 02 01 46 4F 4E 54 00 00 00 00 00 00 00 00 00 00 00 00 00 "
		"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
	wire_ok(bench.wire, OPEN_SALE);
	wire_ok(bench.wire, LINE_10_00);
	/* 1227 “Firm”, 1228 with ten digits and two blanks. */
	wire_ok(bench.wire,
		"FF 0C 1E 00 00 00 CB 04 04 00 46 69 72 6D CC 04 0C 00 37 37 30 31 32 33 "
		"34 35 36 37 20 20");
	close_with(&bench, 1000, 0);
	wire_wait_printed(bench.wire);
	wait_for_text(bench.log, "ПОКУПАТЕЛЬ                          Firm\n");
	g_assert_true(file_has(bench.log, "ИНН ПОКУПАТЕЛЯ                7701234567\n"));
	g_assert_true(file_has(bench.log, "PAPER|HELLO\n"));
	g_assert_true(file_has(bench.log, "PAPER|FONT\n"));
	wire_ok(bench.wire, "8C 1E 00 00 00");
	wire_wait_printed(bench.wire);
	g_assert_true(file_has(bench.log, "PAPER|КОПИЯ\n"));
	wire_ok(bench.wire, "28 1E 00 00 00 00");
	g_assert_true(file_has(bench.log, "DRAWER|100\n"));
	bench_end(&bench);
}

/* Any bytes in a good frame, whatever is open: it lives, and answers the command that was asked. */
static void test_any_data(void)
{
	static const char *const codes[] = { "12",    "17",    "1A",	"21",	 "2F",	  "50",
					     "8C",    "FF 0A", "FF 0C", "FF 35", "FF 36", "FF 3A",
					     "FF 4A", "FF 4D", "FF 61", "FF 67", "FF 69", "FF 70" };
	static const int lens[] = { 0, 1, 3, 4, 5, 6, 21, 35, 41, 42, 63 };
	Bench bench = bench_new("any", NULL);
	g_autoptr(GRand) random = g_rand_new_with_seed(20261128);

	wire_ok(bench.wire, OPEN_SHIFT);
	for (int i = 0; i < 1500; i++) {
		const char *code = codes[g_rand_int_range(random, 0, G_N_ELEMENTS(codes))];
		int len = lens[g_rand_int_range(random, 0, G_N_ELEMENTS(lens))];
		g_autoptr(GString) body = g_string_new(code);
		g_autoptr(GByteArray) answer = NULL, sale = NULL;

		g_string_append(body, " 1E 00 00 00");
		for (int k = 0; k < len; k++)
			g_string_append_printf(body, " %02X",
					       g_rand_int_range(random, 0, 4) == 0
						       ? g_rand_int_range(random, 0, 256)
						       : g_rand_int_range(random, 0, 3));
		answer = wire_command(bench.wire, body->str);
		g_assert_cmphex(answer->data[0], ==, g_ascii_strtoull(code, NULL, 16));
		if (i % 5 == 0)
			sale = wire_command(bench.wire, i % 2 == 0 ? MARKED_10_00 : CANCEL);
	}
	bench_end(&bench);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/wider/the book", test_the_book);
	g_test_add_func("/sim/wider/what the shift close tells", test_what_the_shift_close_tells);
	g_test_add_func("/sim/wider/correction", test_correction);
	g_test_add_func("/sim/wider/missing tag is named", test_missing_tag_is_named);
	g_test_add_func("/sim/wider/marked goods", test_marked_goods);
	g_test_add_func("/sim/wider/marked line outlives the power",
			test_marked_line_outlives_the_power);
	g_test_add_func("/sim/wider/false mark", test_false_mark);
	g_test_add_func("/sim/wider/roll and cover", test_roll_and_cover);
	g_test_add_func("/sim/wider/documents reach the tax office",
			test_documents_reach_the_tax_office);
	g_test_add_func("/sim/wider/another serial", test_another_serial);
	g_test_add_func("/sim/wider/numbers jump", test_numbers_jump);
	g_test_add_func("/sim/wider/full archive", test_full_archive);
	g_test_add_func("/sim/wider/slow clock", test_slow_clock);
	g_test_add_func("/sim/wider/text and buyer", test_text_and_buyer);
	g_test_add_func("/sim/wider/any data", test_any_data);
	return g_test_run();
}
