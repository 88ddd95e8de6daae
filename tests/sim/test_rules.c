/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/sim/sale.h"
#include "tests/wait_file.h"

#include <string.h>

/* What the registrar refuses, and with which error of the page's §7. */
typedef struct {
	const char *why;
	const char *body;
	uint8_t error;
} Refusal;

static void refuse_all(Wire *wire, const Refusal *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_test_message("%s", cases[i].why);
		wire_refused(wire, cases[i].body, cases[i].error);
	}
}

static const Refusal anywhere[] = {
	{ "no such command", "A5 1E 00 00 00", 0x37 },
	{ "no such FF command", "FF 99 1E 00 00 00", 0x37 },
	{ "password of nobody", "10 1F 00 00 00", 0x4F },
	{ "password zero", "10 00 00 00 00", 0x4F },
	{ "operator 1 asks for Z", "41 01 00 00 00", 0x4F },
	{ "administrator asks the FN", "FF 01 1D 00 00 00", 0x4F },
	{ "a byte too many", "10 1E 00 00 00 00", 0x7E },
	{ "a byte too few", "10 1E 00 00", 0x7E },
	{ "beep without a password", "13", 0x7E },
	{ "a register nobody knows", "1A 1E 00 00 00 07", 0x33 },
	{ "a table nobody knows", "1F 1E 00 00 00 63 01 00 01", 0x5D },
	{ "document of another FN", "FF 0A 1E 00 00 00 01 00 00 00", 0x08 },
	{ "block of no document", "FF 3B 1E 00 00 00", 0x08 },
	{ "drawer 2", "28 1E 00 00 00 02", 0x33 },
};

static const Refusal shift_closed[] = {
	{ "Z of a closed shift", "41 1E 00 00 00", 0x3D },
	{ "FF42 of a closed shift", "FF 42 1E 00 00 00", 0x3D },
	{ "receipt in a closed shift", OPEN_SALE, 0x3D },
	{ "line in a closed shift", LINE_10_00, 0x3D },
	{ "cash in a closed shift", "50 1E 00 00 00 01 00 00 00 00", 0x3D },
	{ "close without a receipt",
	  "85 1E 00 00 00 "
	  "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	  "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
	  "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
	  0x55 },
	{ "cancel without a receipt", CANCEL, 0x55 },
	{ "subtotal without a receipt", SUBTOTAL, 0x55 },
	{ "copy of nothing", "8C 1E 00 00 00", 0x56 },
	{ "tags of no document", "FF 0C 1E 00 00 00 F0 03 01 00 41", 0x02 },
	{ "no FN document to cancel", "FF 08 1E 00 00 00", 0x02 },
	{ "date that is none", "22 1E 00 00 00 1F 02 1A", 0x7D },
	{ "confirming no date", "23 1E 00 00 00 01 02 1A", 0x73 },
};

static const Refusal shift_open[] = {
	{ "opening twice", OPEN_SHIFT, 0x3C },
	{ "E0 twice", "E0 1E 00 00 00", 0x3C },
	{ "FF41 in an open shift", "FF 41 1E 00 00 00", 0x3C },
	{ "clock in an open shift", "21 1E 00 00 00 01 01 01", 0x73 },
	{ "receipt of kind 4", "8D 1E 00 00 00 04", 0x33 },
	{ "cash in of nothing", "50 1E 00 00 00 00 00 00 00 00", 0x33 },
	{ "more cash out than there is", "51 1E 00 00 00 01 00 00 00 00", 0x46 },
};

#define LINE(op, quantity, price, sum, tax, vat, department, method, subject)                      \
	"FF 46 1E 00 00 00 " op " " quantity " " price " " sum " " tax " " vat " " department      \
	" " method " " subject " C0"
#define ONE "40 42 0F 00 00 00"
#define TEN "E8 03 00 00 00"
#define NONE "FF FF FF FF FF"

static const Refusal receipt_open[] = {
	{ "second receipt", OPEN_SALE, 0x4A },
	{ "X in a receipt", "40 1E 00 00 00", 0x4A },
	{ "Z in a receipt", "41 1E 00 00 00", 0x4A },
	{ "cash in a receipt", "50 1E 00 00 00 01 00 00 00 00", 0x4A },
	{ "FF08 before 88h", "FF 08 1E 00 00 00", 0x4A },
	{ "tags of no line", "FF 4D 1E 00 00 00 3C 08 01 00 0B", 0x02 },
	{ "return line in a sale", RETURN_10_00, 0x49 },
	{ "operation 5", LINE("05", ONE, TEN, NONE, NONE, "01", "01", "04", "01"), 0x33 },
	{ "no quantity", LINE("01", "00 00 00 00 00 00", TEN, NONE, NONE, "01", "01", "04", "01"),
	  0x62 },
	{ "VAT byte 3", LINE("01", ONE, TEN, NONE, NONE, "03", "01", "04", "01"), 0x33 },
	{ "department 17", LINE("01", ONE, TEN, NONE, NONE, "01", "11", "04", "01"), 0x63 },
	{ "method 8", LINE("01", ONE, TEN, NONE, NONE, "01", "01", "08", "01"), 0x33 },
	{ "subject 0", LINE("01", ONE, TEN, NONE, NONE, "01", "01", "04", "00"), 0x33 },
	{ "sum two kopecks off",
	  LINE("01", ONE, TEN, "EA 03 00 00 00", NONE, "01", "01", "04", "01"), 0x33 },
	{ "tax that is not the tax",
	  LINE("01", ONE, TEN, NONE, "64 00 00 00 00", "02", "01", "04", "01"), 0x33 },
	{ "name of 129 bytes",
	  "FF 46 1E 00 00 00 01 " ONE " " TEN " " NONE " " NONE " 01 01 04 01 "
	  "41414141414141414141414141414141414141414141414141414141414141414141"
	  "41414141414141414141414141414141414141414141414141414141414141414141"
	  "41414141414141414141414141414141414141414141414141414141414141414141"
	  "414141414141414141414141414141414141414141414141414141",
	  0x7E },
};

static const Refusal tags[] = {
	{ "tag nobody knows", "FF 0C 1E 00 00 00 01 00 01 00 41", 0x09 },
	{ "tag longer than it says", "FF 0C 1E 00 00 00 F0 03 02 00 41", 0x09 },
	{ "half a tag", "FF 0C 1E 00 00 00 F0 03 02", 0x09 },
	{ "tag of a line in the document", "FF 0C 1E 00 00 00 3C 08 01 00 0B", 0x09 },
	{ "tag of the document in a line", "FF 4D 1E 00 00 00 F0 03 01 00 41", 0x09 },
	{ "INN of ten and no blanks", "FF 0C 1E 00 00 00 B3 04 0A 00 37373031323334353637", 0x09 },
	{ "line feed in a text", "FF 0C 1E 00 00 00 FD 03 02 00 41 0A", 0x09 },
	{ "unit of two bytes", "FF 4D 1E 00 00 00 3C 08 02 00 0B 00", 0x10 },
};

static void test_refusals(void)
{
	SimThread *sim = sim_start_registrar(NULL, NULL, NULL);
	g_autoptr(Wire) wire = wire_new(sim_thread_get_address(sim));
	g_autofree char *nothing = close_body_new(0, 0);

	refuse_all(wire, anywhere, G_N_ELEMENTS(anywhere));
	refuse_all(wire, shift_closed, G_N_ELEMENTS(shift_closed));
	wire_ok(wire, OPEN_SHIFT);
	refuse_all(wire, shift_open, G_N_ELEMENTS(shift_open));
	wire_ok(wire, OPEN_SALE);
	refuse_all(wire, receipt_open, G_N_ELEMENTS(receipt_open));
	wire_refused(wire, nothing, 0x8E);
	wire_ok(wire, LINE_10_00);
	refuse_all(wire, tags, G_N_ELEMENTS(tags));
	/* None of it left a trace. */
	wire_ok(wire, CANCEL);
	g_assert_cmpint(wire_last_document(wire), ==, 57);
	sim_end(sim);
}

static int64_t subtotal(Wire *wire)
{
	g_autoptr(GByteArray) answer = wire_command(wire, SUBTOTAL);

	return bytes_get(answer, 3, 5);
}

static void test_line_sum_within_a_kopeck(void)
{
	SimThread *sim = sim_start_registrar(NULL, NULL, NULL);
	g_autoptr(Wire) wire = wire_new_with_shift(sim);

	/* 1.234 x 89.90 = 110.9366: 110.93, 110.94 and 110.95 pass, 110.92 and 110.96 do not. */
	wire_ok(wire, LINE("01", "50 D4 12 00 00 00", "1E 23 00 00 00", "55 2B 00 00 00", NONE,
			   "02", "01", "04", "01"));
	g_assert_cmpint(subtotal(wire), ==, 11093);
	wire_ok(wire, LINE("01", "50 D4 12 00 00 00", "1E 23 00 00 00", "57 2B 00 00 00", NONE,
			   "02", "01", "04", "01"));
	g_assert_cmpint(subtotal(wire), ==, 11093 + 11095);
	wire_ok(wire, LINE("01", "50 D4 12 00 00 00", "1E 23 00 00 00", NONE, NONE, "02", "01",
			   "04", "01"));
	g_assert_cmpint(subtotal(wire), ==, 11093 + 11095 + 11094);
	wire_refused(wire,
		     LINE("01", "50 D4 12 00 00 00", "1E 23 00 00 00", "54 2B 00 00 00", NONE, "02",
			  "01", "04", "01"),
		     0x33);
	wire_refused(wire,
		     LINE("01", "50 D4 12 00 00 00", "1E 23 00 00 00", "58 2B 00 00 00", NONE, "02",
			  "01", "04", "01"),
		     0x33);
	g_assert_cmpint(subtotal(wire), ==, 11093 + 11095 + 11094);
	sim_end(sim);
}

static void check_close(Wire *wire, int64_t cash, int64_t card, uint8_t error, int64_t change)
{
	g_autofree char *body = close_body_new(cash, card);
	g_autoptr(GByteArray) answer = wire_patient(wire, body);

	g_assert_cmphex(answer->data[2], ==, error);
	if (error == 0)
		g_assert_cmpint(bytes_get(answer, 3, 5), ==, change);
}

static void test_payments_and_change(void)
{
	SimThread *sim = sim_start_registrar(NULL, NULL, NULL);
	g_autoptr(Wire) wire = wire_new_with_shift(sim);

	wire_ok(wire, LINE_10_00);
	check_close(wire, 999, 0, 0x45, 0);
	check_close(wire, 500, 499, 0x45, 0);
	check_close(wire, 0, 1001, 0x4D, 0);
	check_close(wire, 5000, 1001, 0x4D, 0);
	check_close(wire, 5000, 400, 0x00, 4400);
	g_assert_cmpint(wire_cash(wire), ==, 600);
	/* Card to the last kopeck, then more cash back than the drawer holds. */
	wire_ok(wire, LINE_10_00);
	check_close(wire, 0, 1000, 0x00, 0);
	wire_ok(wire, RETURN_10_00);
	check_close(wire, 1000, 0, 0x46, 0);
	check_close(wire, 600, 400, 0x00, 0);
	g_assert_cmpint(wire_cash(wire), ==, 0);
	sim_end(sim);
}

static void test_two_equal_sales_are_two_documents(void)
{
	g_autofree char *log = scratch_new("equal.log");
	SimThread *sim = sim_start_registrar(NULL, log, NULL);
	g_autoptr(Wire) wire = wire_new_with_shift(sim);
	g_autoptr(GByteArray) first = NULL, second = NULL, shift = NULL;

	g_assert_cmpint(wire_sell(wire), ==, 58);
	g_assert_cmpint(wire_sell(wire), ==, 59);
	first = wire_command(wire, "FF 0A 1E 00 00 00 3A 00 00 00");
	second = wire_command(wire, "FF 0A 1E 00 00 00 3B 00 00 00");
	g_assert_cmpint(bytes_get(first, 10, 4), ==, 58);
	g_assert_cmpint(bytes_get(second, 10, 4), ==, 59);
	g_assert_cmpint(bytes_get(first, 14, 4), !=, bytes_get(second, 14, 4)); /* sign */
	g_assert_cmpint(bytes_get(first, 19, 5), ==, 1000);
	g_assert_cmpint(bytes_get(second, 19, 5), ==, 1000);
	shift = wire_command(wire, SHIFT_STATUS);
	g_assert_cmpint(bytes_get(shift, 6, 2), ==, 2);
	g_assert_cmpint(wire_cash(wire), ==, 2000);
	wire_wait_printed(wire);
	g_assert_true(file_has(log, "PAPER|ЧЕК 0002   СМЕНА 0042"));
	sim_end(sim);
}

static void test_printing_refuses_all_but_lines(void)
{
	g_autofree char *log = scratch_new("printing.log");
	SimThread *sim =
		sim_start_registrar((const char *const[]){ "print_ms=100000", NULL }, log, NULL);
	g_autoptr(Wire) wire = wire_new(sim_thread_get_address(sim));
	static const char *const printing[] = { "40 1E 00 00 00", "41 1E 00 00 00", OPEN_SALE,
						"50 1E 00 00 00 01 00 00 00 00",
						"25 1E 00 00 00 00" };

	wire_ok(wire, OPEN_SHIFT);
	for (size_t i = 0; i < G_N_ELEMENTS(printing); i++) {
		g_autoptr(GByteArray) answer = wire_command(wire, printing[i]);

		g_assert_cmphex(answer->data[1], ==, 0x50);
	}
	wire_ok(wire, LINE_10_00); /* is buffered, and opens its receipt itself */
	wire_ok(wire, SUBTOTAL);
	wire_ok(wire, CANCEL);
	sim_end(sim);
}

static void test_document_read_back_as_tags(void)
{
	/* Quantity 1, sum 10.00, and the tag bound to the line, inside 1059. */
	static const char line[] = "\xFF\x03\x02\x00\x00\x01\x13\x04\x02\x00\xE8\x03";
	SimThread *sim = sim_start_registrar(NULL, NULL, NULL);
	g_autoptr(Wire) wire = wire_new_with_shift(sim);
	g_autoptr(GByteArray) head = NULL, all = g_byte_array_new();

	wire_sell(wire);
	head = wire_command(wire, "FF 3A 1E 00 00 00 3A 00 00 00");
	g_assert_cmpint(bytes_get(head, 3, 2), ==, 3);
	for (;;) {
		g_autoptr(GByteArray) block = wire_command(wire, "FF 3B 1E 00 00 00");

		if (block->data[2] == 0x08)
			break;
		g_assert_cmphex(block->data[2], ==, 0);
		g_byte_array_append(all, block->data + 3, block->len - 3);
	}
	g_assert_cmpuint(all->len, ==, (guint)bytes_get(head, 5, 2));
	g_assert_true(memmem(all->data, all->len, line, sizeof(line) - 1) != NULL);
	g_assert_true(memmem(all->data, all->len, "\xFC\x03\x02\x00\xE8\x03", 6) !=
		      NULL); /* 1020 */
	sim_end(sim);
}

static void test_date_is_said_twice(void)
{
	SimThread *sim = sim_start_registrar(NULL, NULL, NULL);
	g_autoptr(Wire) wire = wire_new(sim_thread_get_address(sim));
	g_autoptr(GByteArray) status = NULL;

	wire_ok(wire, "22 1E 00 00 00 02 01 1B");
	wire_refused(wire, OPEN_SHIFT, 0xC0);
	wire_refused(wire, "23 1E 00 00 00 03 01 1B", 0x7C);
	wire_ok(wire, "23 1E 00 00 00 02 01 1B");
	wire_ok(wire, "21 1E 00 00 00 0C 00 00");
	wire_ok(wire, OPEN_SHIFT);
	status = wire_command(wire, FN_STATUS);
	g_assert_cmpint(bytes_get(status, 8, 3), ==, 0x02011B); /* YY MM DD of the last document */
	g_assert_cmpint(status->data[11], ==, 12);
	sim_end(sim);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim/rules/refusals", test_refusals);
	g_test_add_func("/sim/rules/line sum within a kopeck", test_line_sum_within_a_kopeck);
	g_test_add_func("/sim/rules/payments and change", test_payments_and_change);
	g_test_add_func("/sim/rules/two equal sales are two documents",
			test_two_equal_sales_are_two_documents);
	g_test_add_func("/sim/rules/printing refuses all but lines",
			test_printing_refuses_all_but_lines);
	g_test_add_func("/sim/rules/document read back as tags", test_document_read_back_as_tags);
	g_test_add_func("/sim/rules/date is said twice", test_date_is_said_twice);
	return g_test_run();
}
