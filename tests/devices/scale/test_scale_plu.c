/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/plu.h"

#include "drivers/scale/massa_frame.h"
#include "drivers/scale/plu_cas.h"
#include "drivers/scale/plu_digi.h"
#include "drivers/scale/plu_massa.h"
#include "drivers/scale/plu_shtrih.h"
#include "tests/devices/scale/cable.h"

#include <string.h>

/* scale.md part B: PLU 7, code 12345, 89.90, ten days. */
#define APPLES                                                                                     \
	{                                                                                          \
		.number = 7, .code = 12345, .name = "Яблоки Гала", .price = 8990,                  \
		.shelf_life_days = 10                                                              \
	}
static const Plu apples = APPLES;

static void check_bytes(GByteArray *bytes, const char *hex)
{
	g_autoptr(GByteArray) expected = hex_new(hex);

	g_assert_nonnull(bytes);
	for (guint i = 0; i < MIN(bytes->len, expected->len); i++)
		g_assert_cmphex((unsigned)bytes->data[i] | i << 8, ==,
				(unsigned)expected->data[i] | i << 8);
	g_assert_cmpmem(bytes->data, bytes->len, expected->data, expected->len);
	g_byte_array_unref(bytes);
}

#define APPLES_1251 "DF E1 EB EE EA E8 20 C3 E0 EB E0"
#define ZERO_17 "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
#define ZERO_28 ZERO_17 "00 00 00 00 00 00 00 00 00 00 00"
/* B1a without its 02 57. */
#define B1A                                                                                        \
	"57 30 30 33 30 07 00 39 30 00 00" APPLES_1251 ZERO_17 ZERO_28                             \
	"1E 23 00 00 0A 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"

static void test_shtrih_vectors(void)
{
	static const PluShtrihSettings settings = { .password = "0030" };
	Plu pieces = APPLES;

	check_bytes(plu_shtrih_encode(&settings, &apples, NULL), B1A);
	pieces.pieces = true;
	pieces.tare = 5;
	pieces.group = 3;
	pieces.message = 258;
	check_bytes(plu_shtrih_encode(&settings, &pieces, NULL),
		    "57 30 30 33 30 07 00 39 30 00 00" APPLES_1251 ZERO_17 ZERO_28
		    "1E 23 00 00 0A 00 05 00 03 00 02 01 80 00 00 00 00 00 00 00");
	check_bytes(plu_shtrih_encode_removal(&settings, &apples, NULL), "54 30 30 33 30 07 00");
}

static void test_cas_vectors(void)
{
	static const PluCasSettings all = { 0 }, first = { .department = 1 };
	const Plu none = { 0 };
	Plu k5 = APPLES;
	g_autoptr(GByteArray) frame = NULL, head = hex_new("57 4C 00 00 00 00 2C 93 00 3A 01 00 07 "
							   "00 00 00 01 DF E1 EB");

	check_bytes(plu_cas_encode_removal(&all, &none, NULL),
		    "57 4C 00 00 00 00 2C 06 00 3A 00 00 00 00 00 00 3A A6 0D");
	check_bytes(plu_cas_encode_removal(&first, &apples, NULL),
		    "57 4C 00 00 00 00 2C 06 00 3A 01 00 07 00 00 00 3A AE 0D");
	k5.shelf_life_days = 0; /* K5 says nothing of it */
	frame = plu_cas_encode(&first, &k5, NULL);
	g_assert_cmpuint(frame->len, ==, 160);
	g_assert_cmpmem(frame->data, head->len, head->data, head->len);
	g_assert_cmphex(frame->data[157], ==, 0x3A);
	g_assert_cmphex(frame->data[158], ==, 0x1F);
	g_assert_cmphex(frame->data[159], ==, 0x0D);
}

/* The record's offsets on the page, from the frame's tenth byte. */
static void test_cas_offsets(void)
{
	static const PluCasSettings settings = { .department = 2 };
	const Plu plu = {
		.number = 123456,
		.code = 0x01020304,
		.name = "A",
		.price = 0x05060708,
		.pieces = true,
		.shelf_life_days = 3,
		.tare = 0x0A0B,
		.group = 0x0C0D,
		.message = 0x0E0F,
	};
	g_autoptr(GByteArray) frame = plu_cas_encode(&settings, &plu, NULL);
	const uint8_t *data = frame->data + 10;

	g_assert_cmpmem(data, 8,
			"\x02\x00\x40\xE2\x01\x00\x02"
			"A",
			8);
	g_assert_cmpmem(data + 92, 2, "\x0D\x0C", 2);
	g_assert_cmpmem(data + 105, 4, "\x04\x03\x02\x01", 4);
	g_assert_cmpmem(data + 113, 4, "\x08\x07\x06\x05", 4);
	g_assert_cmpmem(data + 121, 4, "\x0B\x0A\x00\x00", 4);
	g_assert_cmpmem(data + 135, 4, "\x04\x00\x00\x00", 4); /* 1 is today */
	g_assert_cmpmem(data + 140, 2, "\x0F\x0E", 2);
}

#define G1                                                                                         \
	"F1 25 00 00 00 07 00 2B 54 00 0D 26 01 00 00 89 90 11 05 21 12 34 50 00 00 01 00 10 00 "  \
	"00 "                                                                                      \
	"04 0B 9F A1 AB AE AA A8 20 83 A0 AB A0 0C 00"
static void test_digi_vector(void)
{
	static const PluDigiSettings settings = { .prefix = 21, .prefix_pieces = 22 };
	Plu pieces = APPLES;

	check_bytes(plu_digi_encode(&settings, &apples, NULL), G1);
	pieces.pieces = true;
	pieces.tare = 15;
	check_bytes(plu_digi_encode(&settings, &pieces, NULL),
		    "F1 25 00 00 00 07 00 2D 55 00 4D 26 01 00 00 89 90 11 05 22 12 34 50 00 00 02 "
		    "00 10 00 15 00 00 04 0B 9F A1 AB AE AA A8 20 83 A0 AB A0 0C 00");
	check_bytes(plu_digi_encode_removal(&settings, &apples, NULL), "F3 25 00 00 00 07");
}

#define MK_GOODS                                                                                   \
	"07 00 00 00 29 00 19 35 23 00 00 31 32 33 34 35 EA E3 00 00 00 1E 23 00 00 00 00 00 40 "  \
	"38 00 00 0B 00" APPLES_1251 "00 00"
#define MK_PLU "07 00 00 00 13 00 30 30 30 30 30 37 07 00 00 00 EA E3 00 00 00 E8 03 00 00"
static void test_massa_records(void)
{
	static const PluMassaSettings settings = { 0 };

	check_bytes(plu_massa_encode_goods(&settings, &apples, NULL), MK_GOODS);
	check_bytes(plu_massa_encode_plu(&settings, &apples, NULL), MK_PLU);
}

static void test_names_in_two_lines(void)
{
	static const struct {
		const char *name, *lines; /* of six cells each */
	} cases[] = {
		{ "abc", "abc...|......" },	  { "abcdef", "abcdef|......" },
		{ "abcdef gh", "abcdef|gh...." }, { "abc def gh", "abc...|def gh" },
		{ "abcdefgh", "abcdef|gh...." },  { "abcdef ghijklm", "abcdef|ghijkl" },
		{ "", "......|......" },	  { "a b c d e f g h", "a b c.|d e f " },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		uint8_t lines[12];

		g_assert_true(
			plu_encode_lines(CODEPAGE_ASCII, NULL, cases[i].name, 6, '.', lines, NULL));
		g_assert_cmpmem(lines, 6, cases[i].lines, 6);
		g_assert_cmpmem(lines + 6, 6, cases[i].lines + 7, 6);
	}
}

/* --- conversations */

typedef struct {
	struct port *port;
	const struct plu_driver *driver;
	GError *error;
	int done;
} Load;

static Load load_new(const char *driver, const char *script)
{
	Load load = { .port = cable_new(script), .driver = plu_driver_find(driver), .done = -1 };

	g_assert_nonnull(load.driver);
	return load;
}

static bool send_all(Load *load, GHashTable *options, const Plu *plus, int n)
{
	return load->driver->send(load->port, options, plus, n, &load->done, &load->error);
}

static void expect_done(Load *load, int done)
{
	g_assert_no_error(load->error);
	g_assert_cmpint(load->done, ==, done);
	g_assert_true(cable_is_done(load->port));
	port_close(load->port);
}

static void expect_stop(Load *load, int done, DeviceFault fault, const char *words)
{
	g_assert_error(load->error, DEVICE_FAULT, (int)fault);
	g_test_message("%s", load->error->message);
	g_assert_nonnull(strstr(load->error->message, words));
	g_assert_cmpint(load->done, ==, done);
	g_assert_true(cable_is_done(load->port));
	g_clear_error(&load->error);
	port_close(load->port);
}

/* Short ones for the conversations. */
static const Plu three[] = {
	{ .number = 1, .code = 1, .name = "A", .price = 1 },
	{ .number = 2, .code = 2, .name = "B", .price = 2 },
	{ .number = 3, .code = 3, .name = "C", .price = 3 },
};
#define DIGI(n, letter)                                                                            \
	"> F1 25 00 00 00 0" n " 00 21 50 00 0D 26 01 00 00 00 0" n " 11 05 21 00 00 " n           \
	"0 00 00 01 00 00 00 00 04 01 " letter " 0C 00\n"

static void test_stops_at_the_first_that_fails(void)
{
	g_autoptr(GHashTable) options = options_new("prefix", "21", NULL);
	Load load = load_new("digi", DIGI("1", "41") "< 06\n" DIGI("2", "42") "< 15\n");

	g_assert_false(send_all(&load, options, three, 3));
	expect_stop(&load, 1, DEVICE_FAULT_REFUSED, "PLU 2 'B'");
}

static void test_a_lost_link_is_gone_on_with(void)
{
	g_autoptr(GHashTable) options = options_new("prefix", "21", NULL);
	Load load = load_new(
		"digi", DIGI("1", "41") "< 06\n" DIGI("2", "42") "< 06\n" DIGI("3", "43") "!\n");
	int done;

	g_assert_false(send_all(&load, options, three, 3));
	done = load.done;
	expect_stop(&load, 2, DEVICE_FAULT_OFFLINE, "PLU 3 'C'");
	load = load_new("digi", DIGI("3", "43") "< 06\n");
	g_assert_true(send_all(&load, options, three + done, 3 - done));
	expect_done(&load, 1);
}

static void test_an_item_is_sent_three_times(void)
{
	g_autoptr(GHashTable) options = options_new("prefix", "21", NULL);
	Load load = load_new("digi", DIGI("1", "41") DIGI("1", "41") DIGI("1", "41"));

	g_assert_false(send_all(&load, options, three, 3));
	expect_stop(&load, 0, DEVICE_FAULT_OFFLINE, "PLU 1 'A'");
}

static void test_a_bad_item_is_found_before_anything_is_sent(void)
{
	static const struct {
		const char *driver;
		Plu bad;
		const char *words;
	} cases[] = {
		{ "digi", { .number = 2, .name = "Өрөм" }, "no letter Ө" },
		{ "cas-cl5000", { .number = 2, .name = "Сүү" }, "no letter ү" },
		{ "shtrih-print", { .number = 2, .name = "Сүү" }, "no letter ү" },
		{ "massa-mk", { .number = 2, .name = "₮" }, "no letter ₮" },
		{ "massa-mk", { .number = 2, .name = "\xFF" }, "not UTF-8" },
		{ "digi", { .number = 2, .name = "B", .code = 100000 }, "the code 100000" },
		{ "digi", { .number = 0, .name = "B" }, "no number" },
		{ "cas-cl5000", { .number = 1000000, .name = "B" }, "the number 1000000" },
		{ "cas-cl5000", { .number = 2, .name = "B", .price = -1 }, "the price -1" },
		{ "shtrih-print", { .number = 65536, .name = "B" }, "the number 65536" },
		{ "shtrih-print", { .number = 2, .name = "B", .tare = -1 }, "the tare -1" },
		{ "massa-mk", { .number = 2, .name = "B", .group = 65536 }, "the group 65536" },
	};
	g_autoptr(GHashTable) options = options_new("prefix", "21", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Plu plus[] = { three[0], cases[i].bad };
		Load load = load_new(cases[i].driver, "");

		g_assert_false(send_all(&load, options, plus, 2));
		expect_stop(&load, 0, DEVICE_FAULT_REFUSED, cases[i].words);
	}
}

static void test_letters_by_consent(void)
{
	g_autoptr(GHashTable) options = options_new("prefix", "21", "letters", "ӨО,ҮУ", NULL);
	const Plu plu = { .number = 1, .code = 1, .name = "Өү", .price = 1 };
	Load load =
		load_new("digi", "> F1 25 00 00 00 01 00 22 50 00 0D 26 01 00 00 00 01 11 05 21 "
				 "00 00 10 00 00 01 00 00 00 00 04 02 8E E3 0C 00\n< 06\n");

	g_assert_true(send_all(&load, options, &plu, 1));
	expect_done(&load, 1);
}

static void test_options(void)
{
	static const char *const cases[][3] = {
		{ "digi", "prefix", NULL },	     { "digi", "prefix", "19" },
		{ "cas-cl5000", "department", "0" }, { "shtrih-print", "password", "x" },
		{ "shtrih-print", "framing", "ip" }, { "massa-mk", "load", "some" },
		{ "massa-mk", "letters", "Ө" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GHashTable) options = options_new("x", "y", NULL);
		Load load = load_new(cases[i][0], "");

		if (cases[i][2] != NULL)
			g_hash_table_insert(options, (char *)cases[i][1], (char *)cases[i][2]);
		g_assert_false(send_all(&load, options, three, 3));
		expect_stop(&load, 0, DEVICE_FAULT_BAD_ADDRESS, cases[i][1]);
	}
}

#define SHTRIH_DATAGRAM "> 02 57 " B1A "\n"
static void test_shtrih_over_udp(void)
{
	g_autoptr(GHashTable) options = options_new("framing", "udp", NULL);
	const Plu two[] = { APPLES, APPLES };
	Load load = load_new("shtrih-print",
			     /* lost; answered twice */
			     SHTRIH_DATAGRAM SHTRIH_DATAGRAM
			     "< 02 02 57 00 02 02 57 00\n" SHTRIH_DATAGRAM "< 02 02 57 00\n");

	g_assert_true(send_all(&load, options, two, 2));
	expect_done(&load, 2);
	load = load_new("shtrih-print", SHTRIH_DATAGRAM "< 02 02 57 83\n");
	g_assert_false(send_all(&load, options, two, 2));
	expect_stop(&load, 0, DEVICE_FAULT_REFUSED, "error 131, wrong price");
	load = load_new("shtrih-print", SHTRIH_DATAGRAM "< 02 02 57 7A\n");
	g_assert_false(send_all(&load, options, two, 2));
	expect_stop(&load, 0, DEVICE_FAULT_WRONG_PASSWORD, "122"); /* never sent again: it locks */
	load = load_new("shtrih-print", "> 02 07 54 30 30 33 30 07 00\n< 15\n"
					"> 02 07 54 30 30 33 30 07 00\n< 02 02 54 00\n");
	g_assert_true(load.driver->remove(load.port, options, two, 1, &load.done, &load.error));
	expect_done(&load, 1);
}

static void test_shtrih_talks_with_another(void)
{
	g_autoptr(GHashTable) options = options_new("framing", "udp", NULL);
#define BUSY SHTRIH_DATAGRAM "< 0B C0 A8 01 02 57 04\n"
#define BUSY_8 BUSY BUSY BUSY BUSY BUSY BUSY BUSY BUSY
	Load load = load_new("shtrih-print", BUSY_8 BUSY SHTRIH_DATAGRAM "< 02 02 57 00\n");

	g_assert_true(send_all(&load, options, &apples, 1));
	expect_done(&load, 1);
	load = load_new("shtrih-print", BUSY_8 BUSY_8 BUSY_8);
	g_assert_false(send_all(&load, options, &apples, 1));
	expect_stop(&load, 0, DEVICE_FAULT_BUSY, "192.168.1.2");
}

static void test_shtrih_over_a_serial_line(void)
{
#define SERIAL "> 05\n< 15\n> 02 07 54 30 30 33 30 07 00 57\n"
	Load load = load_new("shtrih-print", SERIAL "< 06 02 02 54 00 56\n> 06\n");

	g_assert_true(load.driver->remove(load.port, NULL, &apples, 1, &load.done, &load.error));
	expect_done(&load, 1);
	load = load_new("shtrih-print", SERIAL "< 06 02 02 54 80 D6\n> 06\n");
	g_assert_false(load.driver->remove(load.port, NULL, &apples, 1, &load.done, &load.error));
	expect_stop(&load, 0, DEVICE_FAULT_REFUSED, "wrong number");
}

#define K2 "> 57 4C 00 00 00 00 2C 06 00 3A 01 00 07 00 00 00 3A AE 0D\n"
#define K3 "47 4C 01 00 00 00 2C 04 00 3A 47 42 0F 00 3A 3D 0D"
#define K4 "4E 4C 01 00 00 00 2C 05 00 3A 47 42 0F 00 54 3A 92 0D"
#define FULL "4E 4C 01 00 00 00 2C 05 00 3A 47 42 0F 00 59 3A 97 0D"
static void test_cas_answers(void)
{
	Load load = load_new("cas-cl5000", K2 "< " K4 "\n" K2 "< " K3 "\n");

	g_assert_true(load.driver->remove(load.port, NULL, &apples, 1, &load.done, &load.error));
	expect_done(&load, 1);
	load = load_new("cas-cl5000", K2 "< " FULL "\n" K2 "< " FULL "\n" K2 "< " K3 "\n");
	g_assert_true(load.driver->remove(load.port, NULL, &apples, 1, &load.done, &load.error));
	expect_done(&load, 1);
	load = load_new("cas-cl5000", K2 "< " FULL "\n" K2 "< " FULL "\n" K2 "< " FULL "\n");
	g_assert_false(load.driver->remove(load.port, NULL, &apples, 1, &load.done, &load.error));
	expect_stop(&load, 0, DEVICE_FAULT_MEMORY_FULL, "error 89");
}

static void test_cas_answers_that_are_none(void)
{
	static const PluCasSettings settings = { .department = 1 };
	g_autoptr(GByteArray) request = plu_cas_encode_removal(&settings, &apples, NULL);
	static const char *const cases[] = {
		"47 4C 01 00 00 00 2C 04 00 3A 47 42 0F 00 3A 3E 0D", /* check sum */
		"47 4C 01 00 00 00 2C 04 00 3A 48 42 0F 00 3A 3E 0D", /* of PLU 8 */
		"47 4C 01 00 00 00 2C 04 00 3A 47 42 0F 00 3A 3D",
		"",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GByteArray) bytes = hex_new(cases[i]);

		g_assert_false(plu_cas_decode(bytes->data, bytes->len, request, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	}
}

static char *massa_line(char direction, uint8_t command, const char *hex)
{
	g_autoptr(GByteArray) data = hex_new(hex);
	g_autoptr(GByteArray) frame = massa_frame_new(command, data->data, data->len);
	GString *line = g_string_new(NULL);

	g_string_append_printf(line, "%c", direction);
	for (guint i = 0; i < frame->len; i++)
		g_string_append_printf(line, " %02X", frame->data[i]);
	g_string_append_c(line, '\n');
	return g_string_free(line, FALSE);
}

static char *massa_script(const char *const *words)
{
	GString *script = g_string_new(NULL);

	for (; words[0] != NULL; words += 2) {
		g_autofree char *line = massa_line(
			words[0][0], (uint8_t)g_ascii_strtoull(words[0] + 1, NULL, 16), words[1]);

		g_string_append(script, line);
	}
	return g_string_free(script, FALSE);
}

static void test_massa_loads(void)
{
	static const char *const changes[] = {
		">91", "04",
		"<51", "",
		">82", "65 01 00 01 00 2F 00" MK_GOODS,
		"<42", "65",
		">82", "69 01 00 01 00 19 00" MK_PLU,
		"<42", "69",
		NULL,
	};
	static const char *const full[] = {
		">91", "04",
		"<51", "",
		">81", "11 00 00 00",
		"<41", "11 00 00 00",
		">82", "01 01 00 01 00 3D 00 30 31 50 43 30 30 30 30 30 30 30 30 30 31" MK_GOODS,
		"<42", "01",
		">82", "05 01 00 01 00 27 00 30 35 50 43 30 30 30 30 30 30 30 30 30 31" MK_PLU,
		"<43", "05",
		NULL,
	};
	g_autofree char *script = massa_script(changes);
	g_autofree char *full_script = massa_script(full);
	g_autoptr(GHashTable) options = options_new("load", "full", NULL);
	Load load = load_new("massa-mk", script);

	g_assert_null(load.driver->remove);
	g_assert_true(send_all(&load, NULL, &apples, 1));
	expect_done(&load, 1);
	load = load_new("massa-mk", full_script);
	g_assert_false(send_all(&load, options, &apples, 1));
	expect_stop(&load, 0, DEVICE_FAULT_REFUSED, "Яблоки");
}

static void test_massa_refuses_the_mode(void)
{
	static const char *const words[] = { ">91", "04", "<54", "", NULL };
	g_autofree char *script = massa_script(words);
	Load load = load_new("massa-mk", script);

	g_assert_false(send_all(&load, NULL, &apples, 1));
	expect_stop(&load, 0, DEVICE_FAULT_REFUSED, "command 91");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scale/plu/shtrih vectors", test_shtrih_vectors);
	g_test_add_func("/scale/plu/cas vectors", test_cas_vectors);
	g_test_add_func("/scale/plu/cas offsets", test_cas_offsets);
	g_test_add_func("/scale/plu/digi vector", test_digi_vector);
	g_test_add_func("/scale/plu/massa records", test_massa_records);
	g_test_add_func("/scale/plu/names in two lines", test_names_in_two_lines);
	g_test_add_func("/scale/plu/stops at the first that fails",
			test_stops_at_the_first_that_fails);
	g_test_add_func("/scale/plu/a lost link is gone on with", test_a_lost_link_is_gone_on_with);
	g_test_add_func("/scale/plu/an item is sent three times", test_an_item_is_sent_three_times);
	g_test_add_func("/scale/plu/a bad item is found before anything is sent",
			test_a_bad_item_is_found_before_anything_is_sent);
	g_test_add_func("/scale/plu/letters by consent", test_letters_by_consent);
	g_test_add_func("/scale/plu/options", test_options);
	g_test_add_func("/scale/plu/shtrih over udp", test_shtrih_over_udp);
	g_test_add_func("/scale/plu/shtrih talks with another", test_shtrih_talks_with_another);
	g_test_add_func("/scale/plu/shtrih over a serial line", test_shtrih_over_a_serial_line);
	g_test_add_func("/scale/plu/cas answers", test_cas_answers);
	g_test_add_func("/scale/plu/cas answers that are none", test_cas_answers_that_are_none);
	g_test_add_func("/scale/plu/massa loads", test_massa_loads);
	g_test_add_func("/scale/plu/massa refuses the mode", test_massa_refuses_the_mode);
	return g_test_run();
}
