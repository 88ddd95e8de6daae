/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/transcript.h"
#include "drivers/printer/check_digit.h"
#include "drivers/printer/escpos_commands.h"
#include "drivers/printer/escpos_encode.h"
#include "tests/devices/printer/printer_testing.h"

#include <string.h>

#define INIT "1B 40 1C 2E 1B 52 00 1B 74 11 "
#define CUT "1D 56 42 00 "
#define ID_1 "1D 28 48 06 00 30 30 30 30 30 31"

/* receipt-printer-escpos.md §6, V1 to V4. */
static void test_check_digits(void)
{
	static const struct {
		const char *digits;
		char check;
	} cases[] = {
		{ "460123456789", '3' }, { "400638133393", '1' },  { "9638507", '4' },
		{ "03600029145", '2' },	 { "46012345678x", '\0' },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(check_digit_gs1(cases[i].digits, strlen(cases[i].digits)), ==,
				cases[i].check);
}

static void check_plan(const char *text, const char *expected_values)
{
	Code128 code;

	code128_plan(text, &code);
	assert_bytes(code.values, code.n, expected_values);
}

/* V5, V6, V7; values in hexadecimal. */
static void test_code128_checks(void)
{
	static const Code128 pjj123c = { 8, { 103, 48, 42, 42, 17, 18, 19, 35 } };
	Code128 code;

	g_assert_cmpint(code128_check(&pjj123c), ==, 54);
	check_plan("AB12", "68 21 22 11 12");
	code128_plan("AB12", &code);
	g_assert_cmpint(code128_check(&code), ==, 19);
	check_plan("123456", "69 0C 22 38");
	code128_plan("123456", &code);
	g_assert_cmpint(code128_check(&code), ==, 44);
	g_assert_cmpint(code128_width(&code), ==, 11 * 5 + 13);
}

/* Shorter than each neighbour: set C pays from four digits at an end on, six in the middle. */
static void test_code128_is_shortest(void)
{
	check_plan("12", "69 0C");
	check_plan("123", "68 11 12 13");
	check_plan("1234", "69 0C 22");
	check_plan("12345", "68 11 63 17 2D");
	check_plan("A1234", "68 21 63 0C 22");
	check_plan("A1234B", "68 21 11 12 13 14 22");
	check_plan("A123456B", "68 21 63 0C 22 38 64 22");
	check_plan(" ~", "68 00 5E");
}

static void check_code128(const Code128 *code, const char *expected)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	escpos_append_code128(bytes, code);
	assert_bytes(bytes->data, bytes->len, expected);
}

/* V8 and V9; and what would be DLE EOT, DLE ENQ or DLE DC4 in set C. */
static void test_code128_commands(void)
{
	static const Code128 gs1 = {
		10, { CODE128_START_C, CODE128_FNC1, 1, 4, 60, 12, 34, 56, 78, 93 }
	};
	static const char *const traps[] = { "1604", "1605", "1620", "99161604", "12341604567890" };
	Code128 code;

	code128_plan("AB-1234", &code);
	check_code128(&code, "1D 6B 49 09 7B 42 41 42 2D 7B 43 0C 22");
	check_code128(&gs1, "1D 6B 49 0C 7B 43 7B 31 01 04 3C 0C 22 38 4E 5D");
	code128_plan("{a", &code);
	check_code128(&code, "1D 6B 49 05 7B 42 7B 7B 61");
	for (size_t i = 0; i < G_N_ELEMENTS(traps); i++) {
		g_autoptr(GByteArray) bytes = g_byte_array_new();

		code128_plan(traps[i], &code);
		escpos_append_code128(bytes, &code);
		g_assert_cmpint(escpos_find_trap(bytes->data, bytes->len), ==, -1);
	}
}

static Bitmap *frame_new(int width, int height)
{
	Bitmap *frame = bitmap_new(width, height);

	bitmap_fill(frame, 0, 0, width, 1);
	bitmap_fill(frame, 0, height - 1, width, 1);
	bitmap_fill(frame, 0, 0, 1, height);
	bitmap_fill(frame, width - 1, 0, 1, height);
	return frame;
}

/* V10, V11, V13. */
static void test_pictures(void)
{
	g_autoptr(Bitmap) dot = frame_new(1, 1), frame = frame_new(16, 8);
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	escpos_append_raster(bytes, dot);
	assert_bytes(bytes->data, bytes->len, "1D 76 30 00 01 00 01 00 80");
	g_byte_array_set_size(bytes, 0);
	escpos_append_graphics(bytes, dot);
	assert_bytes(bytes->data, bytes->len,
		     "1D 28 4C 0B 00 30 70 30 01 01 31 01 00 01 00 80 1D 28 4C 02 00 30 32");
	g_byte_array_set_size(bytes, 0);
	escpos_append_raster(bytes, frame);
	assert_bytes(bytes->data, bytes->len,
		     "1D 76 30 00 02 00 08 00 FF FF 80 01 80 01 80 01 80 01 80 01 80 01 FF FF");
}

/* V12, whose own length and source say "1234", and V14. */
static void test_codes(void)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	escpos_append_qr(bytes, "1234", 3, ESCPOS_QR_L);
	assert_bytes(bytes->data, bytes->len,
		     "1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 03 1D 28 6B 03 00 31 45 30 "
		     "1D 28 6B 07 00 31 50 30 31 32 33 34 1D 28 6B 03 00 31 51 30");
	g_byte_array_set_size(bytes, 0);
	escpos_append_barcode(bytes, ESCPOS_UPC_A, (const uint8_t *)"01234567890", 11);
	assert_bytes(bytes->data, bytes->len, "1D 6B 41 0B 30 31 32 33 34 35 36 37 38 39 30");
}

static Paper *worked_example_new(void)
{
	Paper *paper = paper_new();

	paper_add_text(paper, PAPER_CENTRE, PAPER_BOLD | PAPER_DOUBLE, "МАГАЗИН");
	paper_add_pair(paper, PAPER_PLAIN, "Молоко 3,2% 1 л", "89.90");
	paper_add_pair(paper, PAPER_PLAIN, "ИТОГО", "89.90");
	g_assert_true(paper_add_ean13(paper, "4601234567893"));
	g_assert_true(paper_add_qr(paper, "https://example.org/t?s=1"));
	return paper;
}

/* §5, all 250 bytes. */
static void test_worked_example(void)
{
	g_autoptr(Paper) paper = worked_example_new();
	g_autoptr(GBytes) bytes = encode_paper(NULL, paper);
	g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);

	g_assert_cmpuint(g_bytes_get_size(bytes), ==, 250);
	g_assert_cmpstr(sum, ==,
			"c10430283dd5b0abe18d74274199936e8629182b444650d6b29aae2f7554ec78");
}

/* The same through the driver, which asks nothing for it. */
static void test_worked_example_of_driver(void)
{
	const struct printer_driver *driver = printer_driver_find("escpos");
	g_autoptr(GHashTable) options = options_new("width", "80", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Paper) paper = worked_example_new();
	struct port *port = port_new_transcript("> " INIT "\n", &error);
	struct printer *printer = driver->open(port, options, &error);
	g_autoptr(GBytes) bytes = NULL, expected = encode_paper(NULL, paper);

	g_assert_no_error(error);
	g_assert_cmpint(driver->columns(printer), ==, 48);
	bytes = driver->encode(printer, paper, &error);
	g_assert_no_error(error);
	g_assert_true(g_bytes_equal(bytes, expected));
	g_assert_true(port_transcript_is_done(port));
	driver->close(printer);
	port_close(port);
}

static void check_text(GHashTable *options, const char *text, const char *expected)
{
	g_autoptr(Paper) paper = paper_new();
	g_autoptr(GBytes) bytes = NULL;

	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, text);
	bytes = encode_paper(options, paper);
	assert_bytes(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), expected);
}

/* How many rows of @text go as pictures, and that nothing is hidden in it. */
static int count_pictures(GHashTable *options, const char *text)
{
	static const uint8_t picture[] = { 0x1D, 0x76, 0x30, 0x00 };
	g_autoptr(Paper) paper = paper_new();
	g_autoptr(GBytes) bytes = NULL;
	const uint8_t *data;
	gsize len;
	int n = 0;

	paper_add_text(paper, PAPER_LEFT, PAPER_PLAIN, text);
	bytes = encode_paper(options, paper);
	data = g_bytes_get_data(bytes, &len);
	for (gsize i = 0; i + 8 < len; i++) {
		if (memcmp(data + i, picture, 4) == 0) {
			n++;
			i += 7 + (gsize)(data[i + 4] | data[i + 5] << 8) *
					 (gsize)(data[i + 6] | data[i + 7] << 8);
		}
	}
	g_assert_cmpint(escpos_find_trap(data, len), ==, -1);
	return n;
}

/* The current page, the other one, or a picture: by the row, and no row twice. */
static void test_page_by_row(void)
{
	g_autoptr(GHashTable) plain = options_new("process-id", "no", NULL);

	check_text(plain, "№ 5 Ёж", INIT "FC 20 35 20 F0 A6 0A " CUT);
	check_text(plain, "«Ёж» —", INIT "22 F0 A6 22 20 2D 0A " CUT);
	/* 5 € is in 1251 alone, and the row after it is content there. */
	check_text(plain, "А\n5 €\nБ", INIT "80 0A 1B 74 2E 35 20 88 0A C1 0A " CUT);
	g_assert_cmpint(count_pictures(plain, "Сүү\nХлеб\nӨндөг ₮\n5 €"), ==, 2);
	g_assert_cmpint(count_pictures(plain, "ө"), ==, 1);
	g_assert_cmpint(count_pictures(plain, "₽"), ==, 1);
	g_assert_cmpint(count_pictures(plain, "Хлеб, milk"), ==, 0);
}

static void test_pages_of_profiles(void)
{
	static const struct {
		const char *profile, *codepage, *expected;
	} cases[] = {
		{ "epson", "cp1251", "1B 74 2E C6 0A" },
		{ "epson", "cp855", "1B 74 22 EA 0A" },
		{ "pos58", "auto", "1B 74 11 86 0A" },
		{ "pos58", "cp1251", "1B 74 49 C6 0A" },
		{ "pos58", "cp855", "1B 74 3C EA 0A" },
		{ "kr306", "auto", "1B 74 0C 86 0A" },
		{ "kr306", "cp855", "1B 74 26 EA 0A" },
		{ "kr306", "cp1251", "1B 74 33 C6 0A" },
		{ "yhd8390", "auto", "1B 74 0C 86 0A" },
		{ "yhd8390", "cp1251", "1B 74 12 C6 0A" },
		{ "rp326", "auto", "1B 74 07 86 0A" },
		{ "rp326", "cp1251", "1B 74 06 C6 0A" },
		{ "rp326", "cp855", "1B 74 1C EA 0A" },
		{ "citizen", "auto", "1B 74 07 86 0A" },
		{ "th230", "auto", "1B 74 07 86 0A" },
		{ "tm88iii", "auto", "1B 74 11 86 0A" },
		{ "tm88iii", "cp1251", "1B 74 06 C6 0A" },
		{ "star", "auto", "1B 74 0A 86 0A" },
		{ "star", "cp855", "1B 74 0B EA 0A" },
		{ "star", "cp1251", "1B 74 22 C6 0A" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GHashTable) options =
			options_new("profile", cases[i].profile, "codepage", cases[i].codepage,
				    "process-id", "no", "cutter", "yes", NULL);
		g_autofree char *expected =
			g_strconcat("1B 40 1C 2E 1B 52 00 ", cases[i].expected, " " CUT, NULL);

		check_text(options, "Ж", expected);
	}
}

static void test_other_ways_of_text(void)
{
	g_autoptr(GHashTable) letters = options_new("letters", "ӨО,ҮУ", "process-id", "no", NULL);
	g_autoptr(GHashTable) ascii = options_new("codepage", "ascii", "process-id", "no", NULL);
	g_autoptr(GHashTable) raster = options_new("codepage", "raster", NULL);

	check_text(letters, "Сүү", INIT "91 E3 E3 0A " CUT); /* by consent, fast */
	g_assert_cmpint(count_pictures(letters, "Сүү 5 ₮"), ==, 1);
	check_text(ascii, "milk", "1B 40 1C 2E 1B 52 00 1B 74 00 6D 69 6C 6B 0A " CUT);
	g_assert_cmpint(count_pictures(ascii, "Хлеб"), ==, 1);
	g_assert_cmpint(count_pictures(raster, "milk\nХлеб"), ==, 2);
}

static void test_paper_without_cutter(void)
{
	g_autoptr(GHashTable) options = options_new("profile", "pos58", NULL);
	g_autoptr(Paper) empty = paper_new();
	g_autoptr(Paper) twice = paper_new();
	g_autoptr(GBytes) nothing = encode_paper(options, empty), parts = NULL;

	check_text(options, "a", INIT "61 0A 1B 64 04");
	assert_bytes(g_bytes_get_data(nothing, NULL), g_bytes_get_size(nothing), INIT);
	paper_add_feed(twice, 2);
	paper_add_cut(twice);
	paper_add_rule(twice);
	paper_add_cut(twice);
	parts = encode_paper(NULL, twice);
	assert_bytes(g_bytes_get_data(parts, NULL), g_bytes_get_size(parts),
		     INIT "1B 64 02 " CUT
			  "2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D "
			  "2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D 2D "
			  "0A " CUT ID_1);
}

/* Every picture of noise, with the dangerous bytes more often than chance has them. */
static void test_pictures_hide_no_command(void)
{
	static const uint8_t bytes[] = { 0x10, 0x04, 0x05, 0x14, 0x10, 0x00, 0xFF, 0x90 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(26);

	for (int i = 0; i < 2000; i++) {
		g_autoptr(Bitmap) picture = bitmap_new(64, 24);
		g_autoptr(Bitmap) before = bitmap_new(64, 24);
		int flipped = 0, traps = 0;

		for (int j = 0; j < 8 * 24; j++)
			picture->data[j] = bytes[g_rand_int_range(rand, 0, sizeof bytes)];
		memcpy(before->data, picture->data, 8 * 24);
		bitmap_defuse(picture);
		g_assert_cmpint(escpos_find_trap(picture->data, 8 * 24), ==, -1);
		for (int j = 0; j < 8 * 24; j++) {
			flipped += __builtin_popcount(before->data[j] ^ picture->data[j]);
			traps += j < 8 * 24 - 1 &&
				 escpos_is_trap(before->data[j], before->data[j + 1]);
		}
		g_assert_cmpint(flipped, ==, traps); /* a dot each, and no other */
	}
}

static void check_pulse(const char *pin, const char *on, const char *off, const char *expected)
{
	g_autoptr(GHashTable) options =
		options_new("drawer-pin", pin, "drawer-on-ms", on, "drawer-off-ms", off, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	EscposOptions parsed;

	g_assert_true(escpos_options_parse(options, &parsed, &error));
	escpos_append_pulse(bytes, parsed.drawer_pin, parsed.drawer_on_ms, parsed.drawer_off_ms);
	assert_bytes(bytes->data, bytes->len, expected);
}

/* cash-drawer-and-keys.md §1.2. */
static void test_pulses(void)
{
	check_pulse("0", "50", "500", "1B 70 00 19 FA");
	check_pulse("1", "200", "200", "1B 70 01 64 64");
	check_pulse("0", "120", "20", "1B 70 00 3C 3C"); /* off no shorter than on */
	check_pulse("0", "32", "40", "1B 70 00 10 15"); /* 10 14 is a command */
}

/* A link that holds a real-time command goes as a picture, and a long one in smaller modules. */
static void test_qr_by_picture(void)
{
	static const uint8_t native[] = { 0x1D, 0x28, 0x6B };
	static const struct {
		const char *text, *qr;
		bool is_native;
	} cases[] = { { "https://example.org", "native", true },
		      { "https://example.org", "raster", false },
		      { "a\x10\x04\x01", "native", false } };

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GHashTable) options = options_new("qr", cases[i].qr, NULL);
		g_autoptr(Paper) paper = paper_new();
		g_autoptr(GBytes) bytes = NULL;

		g_assert_true(paper_add_qr(paper, cases[i].text));
		bytes = encode_paper(options, paper);
		g_assert_cmpint(memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
				       native, sizeof native) != NULL,
				==, cases[i].is_native);
		g_assert_cmpint(
			escpos_find_trap(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)),
			==, -1);
	}
	g_assert_cmpint(escpos_qr_side(25), ==, 25);
	g_assert_cmpint(escpos_qr_side(700), ==, 101);
	g_assert_cmpint(escpos_qr_side(2000), ==, 0);
}

static void test_bad_options(void)
{
	static const char *const bad[][2] = {
		{ "profile", "oki" },	  { "width", "76" },	   { "dots", "500" },
		{ "columns", "10" },	  { "columns", "100" },	   { "columns", "many" },
		{ "codepage", "koi8" },	  { "letters", "Ө" },	   { "qr", "yes" },
		{ "barcode", "no" },	  { "image", "jpeg" },	   { "cutter", "maybe" },
		{ "drawer-pin", "2" },	  { "drawer-on-ms", "0" }, { "drawer-on-ms", "900" },
		{ "drawer-off-ms", "-" }, { "process-id", "0" },   { "process-id", "yes" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GHashTable) options = options_new(bad[i][0], bad[i][1], NULL);
		g_autoptr(GError) error = NULL;
		EscposOptions parsed;

		g_assert_false(escpos_options_parse(options, &parsed, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
	}
}

static void check_head(const char *key, const char *value, const char *profile, int dots,
		       int columns)
{
	g_autoptr(GHashTable) options = options_new("profile", profile, key, value, NULL);
	g_autoptr(GError) error = NULL;
	EscposOptions parsed;

	g_assert_true(escpos_options_parse(options, &parsed, &error));
	g_assert_cmpint(parsed.dots, ==, dots);
	g_assert_cmpint(parsed.columns, ==, columns);
}

/* §1.2. */
static void test_heads(void)
{
	check_head("width", "58", "epson", 384, 32);
	check_head("width", "80", "epson", 576, 48);
	check_head("width", "80", "pos58", 576, 48);
	check_head("width", "58", "pos58", 384, 32);
	check_head("width", "80", "tm88iii", 512, 42);
	check_head("dots", "420", "epson", 420, 35);
	check_head("dots", "546", "epson", 546, 42);
	check_head("columns", "42", "epson", 576, 42);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/printer/check_digits", test_check_digits);
	g_test_add_func("/printer/code128_checks", test_code128_checks);
	g_test_add_func("/printer/code128_is_shortest", test_code128_is_shortest);
	g_test_add_func("/printer/code128_commands", test_code128_commands);
	g_test_add_func("/printer/pictures", test_pictures);
	g_test_add_func("/printer/codes", test_codes);
	g_test_add_func("/printer/worked_example", test_worked_example);
	g_test_add_func("/printer/worked_example_of_driver", test_worked_example_of_driver);
	g_test_add_func("/printer/page_by_row", test_page_by_row);
	g_test_add_func("/printer/pages_of_profiles", test_pages_of_profiles);
	g_test_add_func("/printer/other_ways_of_text", test_other_ways_of_text);
	g_test_add_func("/printer/paper_without_cutter", test_paper_without_cutter);
	g_test_add_func("/printer/pictures_hide_no_command", test_pictures_hide_no_command);
	g_test_add_func("/printer/pulses", test_pulses);
	g_test_add_func("/printer/qr_by_picture", test_qr_by_picture);
	g_test_add_func("/printer/bad_options", test_bad_options);
	g_test_add_func("/printer/heads", test_heads);
	return g_test_run();
}
