/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/label/press.h"

/* The simulators of label printers against the bytes of label-printer.md: what they print, and what
 * they must not take. */

#define QR_WORDS "https://example.org/t?s=1"
#define ZPL_TAG                                                                                    \
	"^XA^CI28^PW464^LL320^LH0,0\n"                                                             \
	"^FO20,16^A0N,32,32^FB424,2,0,L^FDMilk 3.2% 1 l^FS\n"                                      \
	"^FO20,90^A0N,60,60^FD89.90^FS\n"                                                          \
	"^FO20,170^BY2^BEN,80,Y,N^FD460123456789^FS\n"                                             \
	"^FO290,160^BQN,2,3^FDMA," QR_WORDS "^FS\n"                                                \
	"^PQ1^XZ\n"
#define TSPL_TAG                                                                                   \
	"SIZE 58 mm,40 mm\r\nGAP 2 mm,0 mm\r\nDENSITY 8\r\nSPEED 4\r\nDIRECTION 1\r\n"             \
	"CODEPAGE UTF-8\r\nCLS\r\n"                                                                \
	"TEXT 20,16,\"3\",0,1,1,\"Milk 3.2% 1 l\"\r\n"                                             \
	"TEXT 20,80,\"5\",0,1,1,\"89.90\"\r\n"                                                     \
	"BARCODE 20,170,\"EAN13\",80,1,0,2,2,\"460123456789\"\r\n"                                 \
	"QRCODE 290,160,M,3,A,0,\"" QR_WORDS "\"\r\n"                                              \
	"PRINT 1,1\r\n"
#define EPL_TAG                                                                                    \
	"\nN\nq464\nQ320,24\nA20,16,0,3,1,1,N,\"Milk 3.2% 1 l\"\nA20,80,0,5,1,1,N,\"89.90\"\n"     \
	"B20,170,0,E30,2,2,80,B,\"460123456789\"\nP1\n"

/* --- §5, worked examples ---------------------------------------------------------------------- */

static const struct {
	const char *sim, *source;
	bool has_qr;
} tags[] = { { "label-zpl", ZPL_TAG, true },
	     { "label-tspl", TSPL_TAG, true },
	     { "label-epl", EPL_TAG, false } };

static void test_price_tags_are_read_back(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
		Press press = press_new(tags[i].sim);

		send_text(&press, tags[i].source);
		wait_for_text(press.log, "LABEL|1 copies");
		assert_no_flags(&press);
		g_assert_true(file_has(press.log, "464 x 320 dots"));
		assert_reads(&press, 1, "EAN-13:4601234567893");
		if (tags[i].has_qr)
			assert_reads(&press, 1, "QR-Code:" QR_WORDS);
		press_end(&press);
	}
}

/* Any split of the bytes is the same label. */
static void test_a_byte_at_a_time(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
		Press whole = press_new(tags[i].sim), split = press_new(tags[i].sim);

		send_text(&whole, tags[i].source);
		for (const char *at = tags[i].source; *at != '\0'; at++)
			send_bytes(&split, at, 1);
		wait_for_text(whole.log, "LABEL|1 copies");
		wait_for_text(split.log, "LABEL|1 copies");
		assert_no_flags(&split);
		assert_same_picture(&whole, &split);
		press_end(&whole);
		press_end(&split);
	}
}

static void check_data_matrix(const char *sim, const char *source)
{
	static const char *const dmtx[] = { "dmtxread", "-G", "29", NULL };
	Press press = press_new(sim);
	g_autofree char *found = NULL;

	send_text(&press, source);
	wait_for_text(press.log, "LABEL|1 copies");
	assert_no_flags(&press);
	found = read_with(&press, dmtx, 1);
	g_assert_cmpstr(found, ==,
			"\x1D"
			"010460123456789321"
			"5abcDEF\x1D"
			"93dGVz");
	press_end(&press);
}

static void test_data_matrix_of_gs1_is_read_back(void)
{
	check_data_matrix("label-zpl", "^XA^CI28^PW464^LL320^FO40,40^BXN,5,200,,,,_,1"
				       "^FD_10104601234567893215abcDEF_193dGVz^FS^XZ");
	check_data_matrix("label-zpl", "^XA^CI28^PW464^LL320^FO40,40^BXB,4,200,,,,_,1"
				       "^FD_10104601234567893215abcDEF_193dGVz^FS^XZ");
	check_data_matrix("label-tspl", TSPL("DMATRIX 40,20,120,120,c126,x5,"
					     "\"~10104601234567893215abcDEF~193dGVz\""));
}

#define FRAME_BITS "00 00 7F FE 7F FE 7F FE 7F FE 7F FE 7F FE 00 00"
#define ZPL_FRAME(graphic) "^XA^PW80^LL80^FO10,20^GFA,16,16,2," graphic "^FS^XZ"

static Press print_zpl_frame(const char *source)
{
	Press press = press_new("label-zpl");

	send_text(&press, source);
	wait_for_text(press.log, "LABEL|1 copies");
	assert_no_flags(&press);
	return press;
}

/* §5.5, and L2 to L5: the same frame in every coding. */
static void test_one_picture_in_all_languages(void)
{
	static const char *const codings[] = {
		ZPL_FRAME("JF800180018001800180018001JF"),
		ZPL_FRAME("Jf800180018001800180018001Jf"),
		ZPL_FRAME("!8001:::::!"),
		ZPL_FRAME(":B64://+AAYABgAGAAYABgAH//w==:8B95"),
		ZPL_FRAME(":Z64:eJz7/7+BEQH//wcAPR4HAw==:F967"),
		ZPL_FRAME(":Z64:eNr7/7+BEQH//wcAPR4HAw==:23C9"),
	};
	Press plain = print_zpl_frame(ZPL_FRAME("FFFF800180018001800180018001FFFF"));
	Press tspl = press_new("label-tspl"), epl = press_new("label-epl");

	send_text(&tspl, "SIZE 10 mm,10 mm\r\nCLS\r\nBITMAP 10,20,2,8,0,");
	wire_send(tspl.wire, FRAME_BITS);
	send_text(&tspl, "\r\nPRINT 1\r\n");
	send_text(&epl, "\nN\nq80\nQ80,24\nGW10,20,2,8,");
	wire_send(epl.wire, FRAME_BITS);
	send_text(&epl, "\nP1\n");
	wait_for_text(tspl.log, "LABEL|1 copies");
	wait_for_text(epl.log, "LABEL|1 copies");
	assert_no_flags(&tspl);
	assert_no_flags(&epl);
	assert_same_picture(&plain, &tspl);
	assert_same_picture(&plain, &epl);
	for (size_t i = 0; i < G_N_ELEMENTS(codings); i++) {
		Press press = print_zpl_frame(codings[i]);

		assert_same_picture(&plain, &press);
		press_end(&press);
	}
	press_end(&plain);
	press_end(&tspl);
	press_end(&epl);
}

/* --- codes ------------------------------------------------------------------------------------ */

static void check_code(const char *sim, const char *source, const char *read)
{
	Press press = press_new(sim);

	send_text(&press, source);
	wait_for_text(press.log, "LABEL|1 copies");
	assert_no_flags(&press);
	assert_reads(&press, 1, read);
	press_end(&press);
}

static void test_short_codes(void)
{
	check_code("label-zpl", "^XA^PW464^LL200^FO40,20^BY2^B8N,80,Y^FD9638507^FS^XZ",
		   "EAN-8:96385074");
	check_code("label-zpl", "^XA^PW464^LL200^FO40,20^BY2^BUN,80,Y^FD03600029145^FS^XZ",
		   "EAN-13:0036000291452");
	check_code("label-zpl", "^XA^PW464^LL400^FO40,20^BY2^BER,80,Y^FD460123456789^FS^XZ",
		   "EAN-13:4601234567893");
	check_code("label-tspl",
		   "SIZE 58 mm,40 mm\r\nCLS\r\nBARCODE 200,20,\"128M\",80,0,90,2,2,"
		   "\"!104A!0991234!100z\"\r\nPRINT 1\r\n",
		   "CODE-128:A1234z");
	check_code("label-tspl",
		   "SIZE 80 mm,40 mm\r\nCLS\r\nBARCODE 40,20,\"128\",80,2,0,2,2,"
		   "\"ab\t1234567\"\r\nPRINT 1\r\n",
		   "CODE-128:ab\t1234567");
	check_code("label-epl", "\nN\nq464\nQ320,24\nB60,20,0,1,2,2,80,N,\"12345A\\\"\\\\\"\nP1\n",
		   "CODE-128:12345A\"\\");
	check_code("label-epl", "\nN\nq464\nQ320,24\nb60,60,Q,m2,s4,eQ,iA,\"" QR_WORDS "\"\nP1\n",
		   "QR-Code:" QR_WORDS);
	check_code("label-zpl", "^XA^PW464^LL200^FO40,20^BY2^BCN,80,N,N,N,D^FD(10)AB1234^FS^XZ",
		   "CODE-128:10AB1234");
}

/* Every pattern of Code 128 that stands for a sign of set B or a pair of set C: ours against the
 * reader's table. */
static void test_all_patterns_of_code_128(void)
{
	for (int from = 0; from < 96; from += 16) {
		g_autoptr(GString) b = g_string_new(NULL), hex = g_string_new(NULL);
		g_autofree char *source = NULL, *read = NULL;

		for (int i = 0x20 + from; i < 0x30 + from && i < 0x7F; i++) {
			g_string_append_c(b, (char)i);
			g_string_append_printf(hex, i == '>' ? ">0" : "_%02X", i);
		}
		source = g_strdup_printf("^XA^PW800^LL200^FO40,20^BY2^BCN,80,N^FH^FD>:*%s*^FS^XZ",
					 hex->str);
		read = g_strdup_printf("CODE-128:*%s*", b->str);
		check_code("label-zpl", source, read);
	}
	for (int from = 0; from < 100; from += 20) {
		g_autoptr(GString) pairs = g_string_new(NULL);
		g_autofree char *source = NULL, *read = NULL;

		for (int i = from; i < from + 20; i++)
			g_string_append_printf(pairs, "%02d", i);
		source = g_strdup_printf("^XA^PW800^LL200^FO40,20^BY2^BCN,80,N^FD>;%s^FS^XZ",
					 pairs->str);
		read = g_strdup_printf("CODE-128:%s", pairs->str);
		check_code("label-zpl", source, read);
	}
}

/* --- strictness ------------------------------------------------------------------------------- */

static const struct {
	const char *sim, *source, *flag;
} slips[] = {
	{ "label-zpl", ZPL("^QQ1"), "FLAG: byte 15: unknown command ^QQ" },
	{ "label-zpl", "~DGR:A.GRF^XA", "FLAG: byte 0: unknown command ~DG" },
	{ "label-zpl", "^XA^PW400^XA", "FLAG: byte 9: ^XA, and the format of byte 0 has no ^XZ" },
	{ "label-zpl", "^XZ", "FLAG: byte 0: ^XZ without ^XA" },
	{ "label-zpl", "^FO1,1^XA", "^FO outside of ^XA and ^XZ" },
	{ "label-zpl", "hello^XA", "FLAG: byte 0: bytes outside of a command, from 68 on" },
	{ "label-zpl", ZPL("^FO390,10^GB20,20,2^FS"), "reaches outside of the label" },
	{ "label-zpl", ZPL("^FO30,10^BEN,20,N^FD46012345678^FS"), "11 digits, not 12 or 13" },
	{ "label-zpl", ZPL("^FO30,10^BEN,20,N^FD4601234567890^FS"), "check digit 0, not 3" },
	{ "label-zpl", ZPL("^FO30,10^BEN,20,N^FD46012345678x^FS"), "not all of" },
	{ "label-zpl", ZPL("^FO0,0^GFA,16,16,2,FFFF^FS"), "graphic of 2 bytes, 16 were told" },
	{ "label-zpl", ZPL("^FO0,0^GFA,16,16,3,JF^FS"), "^GF is not A" },
	{ "label-zpl", ZPL_FRAME(":B64://+AAYABgAGAAYABgAH//w==:8B96"),
	  "check sum of the base64 data is wrong" },
	{ "label-zpl", ZPL("^FO10,10^A0N,20,20^FDa~b^FS"), "FLAG: byte 37: ~ in data" },
	{ "label-zpl", ZPL("^FO10,10^A0N,20,20^FDМолоко^FS"), "UTF-8 without ^CI28" },
	{ "label-zpl", ZPL("^CI28^FO10,10^A0N,20,20^FDМолоко^FS"),
	  "6 characters of “Молоко” are not in the font" },
	{ "label-zpl", ZPL("^FO10,10^FDMilk^FS"), "text without ^A" },
	{ "label-zpl", ZPL("^FO10,10^A0N,20,20^FDMilk"), "the last field has no ^FS" },
	{ "label-zpl", ZPL("^FO10,10^A0N,20,20^FB40,1^FDMilk and more of it^FS"),
	  "is too long for its block" },
	{ "label-zpl", ZPL("^FO10,10^BQN,2,3^FDno level^FS"), "without level and mode" },
	{ "label-zpl", ZPL("^FO30,10^GB4,90,4^FS^FO40,10^BY2^BEN,80,N^FD460123456789^FS"),
	  "quiet zone" },
	{ "label-zpl", ZPL("^JUS"), "a till saves no settings" },
	{ "label-zpl", ZPL("^PQ0"), "^PQ parameter 1" },
	{ "label-tspl", TSPL("PRNT 1"), "FLAG: byte 23: unknown command PRNT" },
	{ "label-tspl", TSPL("BAR 390,10,20,20"), "reaches outside of the label" },
	{ "label-tspl", TSPL("BARCODE 30,10,\"EAN13\",20,0,0,2,2,\"46012345678\""),
	  "11 digits, not 12 or 13" },
	{ "label-tspl", TSPL("BARCODE 30,10,\"EAN13\",20,0,0,2,2,\"4601234567890\""),
	  "check digit 0, not 3" },
	{ "label-tspl", TSPL("BITMAP 0,0,2,2,0,abc"), "graphic: wrong byte count" },
	{ "label-tspl", TSPL("BITMAP 0,0,2,2,0,abcde"), "graphic: wrong byte count, 65 follows" },
	{ "label-tspl", TSPL("TEXT 10,10,\"3\",0,1,1,\"Молоко\""), "UTF-8, and the printer" },
	{ "label-tspl", TSPL("CODEPAGE UTF-8\r\nTEXT 10,10,\"3\",0,1,1,\"Молоко\""),
	  "6 characters of “Молоко” are not in the font" },
	{ "label-tspl", TSPL("CODEPAGE UTF-8\r\nTEXT 10,10,\"A.TTF\",0,8,8,\"Milk\""),
	  "font “A.TTF” is not in the printer" },
	{ "label-tspl", TSPL("TEXT 10,10,\"3\",0,1,1,\"Milk"), "a quote is not closed" },
	{ "label-tspl", TSPL("TEXT 10,10,\"3\",45,1,1,\"Milk\""), "turned by 45 degrees" },
	{ "label-tspl", "CLS\n", "a line ends with 0A alone" },
	{ "label-tspl", "BAR 0,0,8,8\r\n", "BAR without SIZE and CLS" },
	{ "label-tspl", TSPL("DENSITY 16"), "parameters of DENSITY are wrong" },
	{ "label-epl", EPL("n"), "FLAG: byte 16: n: unknown command" },
	{ "label-epl", EPL("LO390,10,20,20"), "reaches outside of the label" },
	{ "label-epl", EPL("B30,10,0,E30,2,2,20,N,\"46012345678\""), "11 digits, not 12 or 13" },
	{ "label-epl", EPL("B30,10,0,E30,2,2,20,N,\"4601234567890\""), "check digit 0, not 3" },
	{ "label-epl", EPL("GW0,0,2,2,abcde"), "graphic: wrong byte count, 65 follows" },
	{ "label-epl", EPL("A10,10,0,3,1,1,N,\"Молоко\""), "UTF-8, and the printer" },
	{ "label-epl", EPL("A10,10,0,5,1,1,N,\"Milk\""), "3 characters of “Milk”" },
	{ "label-epl", EPL("A10,10,0,3,1,1,N,Milk"), "is not a string in quotes" },
	{ "label-epl", "A1,1,0,3,1,1,N,\"Milk\"\n", "A without N" },
	{ "label-epl", "^default\n", "never from a till" },
};

static void test_strict(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(slips); i++) {
		Press press = press_new(slips[i].sim);

		send_text(&press, slips[i].source);
		g_test_message("%s", slips[i].source);
		wait_for_text(press.log, slips[i].flag);
		press_end(&press);
	}
}

/* Letters that a loaded font has are no boxes; those of Mongolian are, all the same. */
static void test_fonts(void)
{
	static const char *const faults[] = { "fonts=1", NULL };
	Press press = press_new_with("label-zpl", faults, NULL);

	send_text(&press, ZPL("^CI28^FO10,10^A0N,20,20^FDМолоко^FS"));
	wait_for_text(press.log, "LABEL|1 copies");
	assert_no_flags(&press);
	send_text(&press, ZPL("^CI28^FO10,10^A0N,20,20^FDСүү Өрөм^FS"));
	wait_for_text(press.log, "4 characters of “Сүү Өрөм” are not in the font");
	press_end(&press);
}

/* L9: a bitmap font has Russian letters where the code page says so. */
static void test_russian_in_a_code_page(void)
{
	Press press = press_new("label-tspl");

	send_text(&press, "SIZE 50 mm,25 mm\r\nCODEPAGE 866\r\nCLS\r\n");
	wire_send(press.wire, "54 45 58 54 20 32 30 2C 32 30 2C 22 33 22 2C 30 2C 31 2C 31 2C 22 "
			      "8C AE AB AE AA AE 22 0D 0A");
	send_text(&press, "PRINT 1\r\n");
	wait_for_text(press.log, "LABEL|1 copies");
	assert_no_flags(&press);
	press_end(&press);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/label_sims/price tags", test_price_tags_are_read_back);
	g_test_add_func("/label_sims/a byte at a time", test_a_byte_at_a_time);
	g_test_add_func("/label_sims/data matrix", test_data_matrix_of_gs1_is_read_back);
	g_test_add_func("/label_sims/one picture", test_one_picture_in_all_languages);
	g_test_add_func("/label_sims/short codes", test_short_codes);
	g_test_add_func("/label_sims/code 128", test_all_patterns_of_code_128);
	g_test_add_func("/label_sims/strict", test_strict);
	g_test_add_func("/label_sims/fonts", test_fonts);
	g_test_add_func("/label_sims/russian", test_russian_in_a_code_page);
	return g_test_run();
}
