/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/device_id.h"

#include <string.h>

#define EPSON "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;CLS:PRINTER;"

/* device-discovery.md §8 */
static void test_lengths(void)
{
	static const struct {
		const char *answer;
		size_t len;
		const char *text; /* NULL: none */
	} cases[] = {
		{ "\x00\x2F" EPSON, 47, EPSON }, /* X1 */
		{ "\x2F\x00" EPSON, 47, EPSON }, /* low byte first */
		{ "\x00\x2D" EPSON, 47, EPSON }, /* does not count itself */
		{ "\x00\x2F" EPSON "rubbish", 54, EPSON },
		{ "\x04\x00" EPSON, 47, EPSON }, /* says 1024, as large as the buffer */
		{ "\x00\x2F" EPSON, 20, "MFG:EPSON;CMD:ESC/" }, /* cut short */
		{ "\x00\x06"
		  "\x01\nA\xFF",
		  6, "A" },
		{ "\x00\x02", 2, NULL },
		{ "\x00\x00" EPSON, 47, NULL },
		{ "\x00", 1, NULL },
		{ "", 0, NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text =
			device_id_dup_text((const uint8_t *)cases[i].answer, cases[i].len);

		g_test_message("case %zu", i);
		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

static void test_values(void)
{
	static const char longer[] = "MANUFACTURER: Zebra ;COMMAND SET:EPL,ZPL;MODEL:GK420d;"
				     "CLASS:PRINTER;OPTIONS:XML;SERN:12:34";
	static const struct {
		const char *key, *value;
	} cases[] = {
		{ "MFG", "Zebra" }, { "CMD", "EPL,ZPL" }, { "MDL", "GK420d" }, { "CLS", "PRINTER" },
		{ "SN", "12:34" },  { "OPTIONS", "XML" }, { "NOTHING", NULL }, { "DES", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *value = device_id_dup_value(longer, cases[i].key);

		g_assert_cmpstr(value, ==, cases[i].value);
	}
}

static void test_protocols(void)
{
	static const struct {
		const char *text, *protocol;
	} cases[] = {
		{ EPSON, "escpos" },
		{ "MFG:X;CMD:EPSON;", "escpos" },
		{ "MFG:Zebra;CMD:ZPL;", "zpl" },
		{ "MFG:TSC;COMMAND SET:tspl2;", "tspl" },
		{ "MFG:Zebra;CMD:EPL;", "epl" },
		{ "MFG:HP;CMD:PCL,PJL;", NULL },
		{ "MFG:EPSON;MDL:ZPL;", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(device_id_protocol(cases[i].text), ==, cases[i].protocol);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/device_id/lengths", test_lengths);
	g_test_add_func("/device_id/values", test_values);
	g_test_add_func("/device_id/protocols", test_protocols);
	return g_test_run();
}
