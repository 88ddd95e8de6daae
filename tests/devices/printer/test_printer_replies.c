/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_reply.h"
#include "tests/devices/printer/printer_testing.h"

/* What a reader makes of @hex, a letter each: Status, In order, Automatic, Block, or "P0042" for a
 * process id. */
static char *read_all(const char *hex)
{
	static const char letters[] = { [ESCPOS_REPLY_STATUS] = 'S',
					[ESCPOS_REPLY_IN_ORDER] = 'I',
					[ESCPOS_REPLY_AUTOMATIC] = 'A',
					[ESCPOS_REPLY_BLOCK] = 'B' };
	g_autoptr(GBytes) bytes = bytes_from_hex(hex);
	const uint8_t *data = g_bytes_get_data(bytes, NULL);
	GString *said = g_string_new(NULL);
	EscposReader reader = { 0 };
	EscposReply reply;

	for (gsize i = 0; i < g_bytes_get_size(bytes); i++) {
		escpos_reader_push(&reader, data[i], &reply);
		if (escpos_reply_process_id(&reply) >= 0)
			g_string_append_printf(said, "P%04d", escpos_reply_process_id(&reply));
		else if (reply.kind != ESCPOS_REPLY_NONE)
			g_string_append_c(said, letters[reply.kind]);
	}
	return g_string_free(said, FALSE);
}

static void test_told_apart(void)
{
	static const char *const cases[][2] = {
		{ "12", "S" },
		{ "12 1E 7E 72", "SSSS" },
		{ "10 00 00 00", "A" },
		{ "14 20 0C 0F", "A" },
		{ "00", "I" },
		{ "0F", "I" },
		{ "37 22 30 30 34 32 00", "P0042" },
		{ "37 36 31 32 00", "B" },
		{ "5F 54 4D 00", "B" },
		{ "11 37 22 13 30 30 34 11 32 00 13", "P0042" }, /* flow control anywhere */
		{ "10 12 00 00 1A 00", "SSA" }, /* status amid an automatic one */
		{ "10 00 10 00 00 00", "A" }, /* the first has lost its end */
		{ "10 00 00 00 0C 12", "AIS" },
		{ "37 22 30 12 30", "S" }, /* a block that has lost its end */
		{ "37 22 30 37 22 30 30 30 31 00", "B" },
		{ "37 22 30 14 00 00 00", "A" },
		{ "80 FF 95", "" }, /* noise */
		{ "37 22 30 30 41 32 00", "B" }, /* no number */
		{ "00 12 10 00 12 00 00 37 22 30 30 30 31 00 12", "ISSAP0001S" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *said = read_all(cases[i][0]);

		g_assert_cmpstr(said, ==, cases[i][1]);
	}
}

/* Whatever was before, a long silence of a lost block does not swallow what follows. */
static void test_endless_block(void)
{
	g_autoptr(GString) hex = g_string_new("5F");
	g_autofree char *said = NULL;

	for (int i = 0; i < 200; i++)
		g_string_append(hex, " 41");
	g_string_append(hex, " 12 00");
	said = read_all(hex->str);
	g_assert_true(g_str_has_suffix(said, "SI"));
}

static void check_status(int question, uint8_t answer, const PrinterStatus *expected,
			 DeviceFault fault)
{
	uint8_t answers[] = { 0x12, 0x12, 0x12, 0x12 };
	PrinterStatus status;

	answers[question - 1] = answer;
	escpos_status_decode(answers, &status);
	g_assert_cmpmem(&status, sizeof status, expected, sizeof *expected);
	g_assert_cmpint(printer_status_fault(&status), ==, fault);
}

#define CHECK(question, answer, fault, ...)                                                        \
	check_status(question, answer, &(PrinterStatus){ __VA_ARGS__ }, fault)

/* §4.1, bit by bit. */
static void test_real_time_bits(void)
{
	CHECK(1, 0x12, DEVICE_FAULT_N, .offline = false);
	CHECK(1, 0x16, DEVICE_FAULT_N, .drawer_high = true);
	CHECK(1, 0x1A, DEVICE_FAULT_BUSY, .offline = true);
	CHECK(1, 0x32, DEVICE_FAULT_N, .waits_for_feed = true);
	CHECK(1, 0x52, DEVICE_FAULT_N, .offline = false); /* FEED pressed */
	CHECK(2, 0x16, DEVICE_FAULT_COVER_OPEN, .cover_open = true);
	CHECK(2, 0x1A, DEVICE_FAULT_N, .offline = false); /* fed by FEED */
	CHECK(2, 0x32, DEVICE_FAULT_PAPER_OUT, .paper_out = true);
	CHECK(2, 0x52, DEVICE_FAULT_N, .offline = false); /* question 3 says which */
	CHECK(3, 0x16, DEVICE_FAULT_N, .offline = false); /* no error: bit 2 is undefined */
	CHECK(3, 0x1A, DEVICE_FAULT_MECHANISM, .cutter_jam = true);
	CHECK(3, 0x32, DEVICE_FAULT_NEEDS_SERVICE, .needs_service = true);
	CHECK(3, 0x52, DEVICE_FAULT_MECHANISM, .too_hot = true);
	CHECK(4, 0x16, DEVICE_FAULT_N, .paper_near_end = true);
	CHECK(4, 0x1A, DEVICE_FAULT_N, .paper_near_end = true);
	CHECK(4, 0x1E, DEVICE_FAULT_N, .paper_near_end = true);
	CHECK(4, 0x32, DEVICE_FAULT_PAPER_OUT, .paper_out = true);
	CHECK(4, 0x52, DEVICE_FAULT_PAPER_OUT, .paper_out = true);
	CHECK(4, 0x72, DEVICE_FAULT_PAPER_OUT, .paper_out = true);
	CHECK(4, 0x7E, DEVICE_FAULT_PAPER_OUT, .paper_out = true, .paper_near_end = true);
}

static void test_mechanical_error(void)
{
	PrinterStatus status;

	escpos_status_decode((const uint8_t[]){ 0x1A, 0x52, 0x16, 0x12 }, &status);
	g_assert_true(status.cutter_jam);
	g_assert_cmpint(printer_status_fault(&status), ==, DEVICE_FAULT_MECHANISM);
}

#define CHECK_AUTOMATIC(b1, b2, b3, b4, ...)                                                       \
	do {                                                                                       \
		PrinterStatus got, expected = { __VA_ARGS__ };                                     \
		escpos_status_decode_automatic((const uint8_t[]){ b1, b2, b3, b4 }, &got);         \
		g_assert_cmpmem(&got, sizeof got, &expected, sizeof expected);                     \
	} while (false)

/* §4.2. */
static void test_automatic_bits(void)
{
	CHECK_AUTOMATIC(0x10, 0x00, 0x00, 0x0F, .offline = false);
	CHECK_AUTOMATIC(0x14, 0x00, 0x00, 0x00, .drawer_high = true);
	CHECK_AUTOMATIC(0x18, 0x00, 0x00, 0x00, .offline = true);
	CHECK_AUTOMATIC(0x38, 0x00, 0x00, 0x00, .offline = true, .cover_open = true);
	CHECK_AUTOMATIC(0x10, 0x01, 0x00, 0x00, .waits_for_feed = true);
	CHECK_AUTOMATIC(0x10, 0x04, 0x00, 0x00, .cutter_jam = true);
	CHECK_AUTOMATIC(0x10, 0x08, 0x00, 0x00, .cutter_jam = true);
	CHECK_AUTOMATIC(0x10, 0x20, 0x00, 0x00, .needs_service = true);
	CHECK_AUTOMATIC(0x10, 0x40, 0x00, 0x00, .too_hot = true);
	CHECK_AUTOMATIC(0x10, 0x00, 0x03, 0x00, .paper_near_end = true);
	CHECK_AUTOMATIC(0x10, 0x00, 0x0C, 0x00, .paper_out = true);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/printer/told_apart", test_told_apart);
	g_test_add_func("/printer/endless_block", test_endless_block);
	g_test_add_func("/printer/real_time_bits", test_real_time_bits);
	g_test_add_func("/printer/mechanical_error", test_mechanical_error);
	g_test_add_func("/printer/automatic_bits", test_automatic_bits);
	return g_test_run();
}
