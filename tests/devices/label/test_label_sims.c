/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/sim.h"
#include "tests/sim/wire.h"
#include "tests/wait_file.h"

#include <string.h>

/* The simulators of label printers against raw bytes of label-printer.md. What they print is read
 * back by programs that know none of it: zbarimg and dmtxread. */
typedef struct {
	SimThread *sim;
	Wire *wire;
	char *log, *pictures, *state;
} Press;

/* @faults: NULL or NULL-terminated. @state: NULL, or a memory that lasts. */
static Press press_new_with(const char *sim, const char *const *faults, const char *state)
{
	static int n;
	g_autoptr(GError) error = NULL;
	g_autofree char *log = g_strdup_printf("%d.log", ++n);
	g_autofree char *pictures = g_strdup_printf("%d.png", n);
	Press press = { .log = scratch_new(log),
			.pictures = scratch_new(pictures),
			.state = g_strdup(state) };

	g_assert_cmpint(g_mkdir_with_parents(press.pictures, 0700), ==, 0);
	press.sim = sim_start(sim,
			      &(SimOptions){ .log_path = press.log,
					     .picture_dir = press.pictures,
					     .state_path = press.state,
					     .faults = faults,
					     .control_fd = -1 },
			      &error);
	g_assert_no_error(error);
	press.wire = wire_new(sim_thread_get_address(press.sim));
	return press;
}

static Press press_new(const char *sim)
{
	return press_new_with(sim, NULL, NULL);
}

static void press_end(Press *press)
{
	g_autoptr(GError) error = NULL;

	wire_free(press->wire);
	g_assert_true(sim_stop(press->sim, &error));
	g_free(press->log);
	g_free(press->pictures);
	g_free(press->state);
}

static char *hex_new(const void *data, size_t len)
{
	GString *hex = g_string_new(NULL);

	for (size_t i = 0; i < len; i++)
		g_string_append_printf(hex, "%02X", ((const uint8_t *)data)[i]);
	return g_string_free(hex, FALSE);
}

static void send_bytes(Press *press, const void *data, size_t len)
{
	g_autofree char *hex = hex_new(data, len);

	wire_send(press->wire, hex);
}

static void send_text(Press *press, const char *text)
{
	send_bytes(press, text, strlen(text));
}

static void expect_text(Press *press, const char *text)
{
	g_autofree char *hex = hex_new(text, strlen(text));

	wire_expect(press->wire, hex);
}

/* Said, and done. */
static void say(Press *press, const char *line)
{
	g_autofree char *logged = g_strdup_printf("control: %s\n", line);

	sim_say(press->sim, line);
	wait_for_text(press->log, logged);
}

static char *picture_path(const Press *press, int n)
{
	return g_strdup_printf("%s/%04d-label.png", press->pictures, n);
}

static char *picture_new(const Press *press, int n, gsize *len)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = picture_path(press, n);
	char *bytes;

	g_file_get_contents(path, &bytes, len, &error);
	g_assert_no_error(error);
	return bytes;
}

static void assert_same_picture(const Press *a, const Press *b)
{
	gsize a_len, b_len;
	g_autofree char *a_bytes = picture_new(a, 1, &a_len);
	g_autofree char *b_bytes = picture_new(b, 1, &b_len);

	g_assert_cmpmem(a_bytes, a_len, b_bytes, b_len);
}

/* What a reader of codes finds in picture @n: its whole output. */
static char *read_with(const Press *press, const char *const *reader, int n)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = picture_path(press, n);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	char *found;

	for (int i = 0; reader[i] != NULL; i++)
		g_ptr_array_add(argv, (char *)reader[i]);
	g_ptr_array_add(argv, path);
	g_ptr_array_add(argv, NULL);
	g_spawn_sync(NULL, (char **)argv->pdata, NULL,
		     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &found, NULL,
		     NULL, &error);
	g_assert_no_error(error);
	return found;
}

static void assert_reads(const Press *press, int n, const char *code)
{
	static const char *const zbar[] = { "zbarimg", "-q", NULL };
	g_autofree char *found = read_with(press, zbar, n);
	g_autofree char *line = g_strdup_printf("%s\n", code);

	if (strstr(found, line) == NULL)
		g_error("“%s” is not among what was read:\n%s", code, found);
}

static void assert_no_flags(const Press *press)
{
	if (file_has(press->log, "FLAG")) {
		g_autofree char *log = NULL;

		g_file_get_contents(press->log, &log, NULL, NULL);
		g_error("flags:\n%s", log);
	}
}

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

static void test_data_matrix_of_gs1_is_read_back(void)
{
	static const char *const dmtx[] = { "dmtxread", "-G", "29", NULL };
	Press press = press_new("label-zpl");
	g_autofree char *found = NULL;

	send_text(&press, "^XA^CI28^PW464^LL320^FO40,40^BXN,5,200,,,,_,1"
			  "^FD_10104601234567893215abcDEF_193dGVz^FS^XZ");
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

#define ZPL(fields) "^XA^PW400^LL200" fields "^XZ"
#define TSPL(lines) "SIZE 50 mm,25 mm\r\nCLS\r\n" lines "\r\nPRINT 1\r\n"
#define EPL(lines) "\nN\nq400\nQ200,24\n" lines "\nP1\n"

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

static void test_reset_in_a_graphic(void)
{
	static const char *const faults[] = { "reset_mid_graphic", NULL };
	Press press = press_new_with("label-zpl", faults, NULL);

	send_text(&press, ZPL_FRAME("FFFF800180018001800180018001FFFF"));
	g_assert_true(wire_is_gone(press.wire));
	wait_for_text(press.log, "reset in the middle of a graphic");
	wire_free(press.wire);
	press.wire = wire_new(sim_thread_get_address(press.sim));
	send_text(&press, ZPL_FRAME("FFFF800180018001800180018001FFFF"));
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
	g_test_add_func("/label_sims/host leaves", test_host_leaves_within_a_label);
	g_test_add_func("/label_sims/fonts", test_fonts);
	g_test_add_func("/label_sims/russian", test_russian_in_a_code_page);
	g_test_add_func("/label_sims/zpl answers", test_zpl_answers);
	g_test_add_func("/label_sims/tspl answers", test_tspl_answers);
	g_test_add_func("/label_sims/epl answers", test_epl_answers);
	g_test_add_func("/label_sims/roll ends", test_roll_ends_within_a_batch);
	g_test_add_func("/label_sims/trouble", test_trouble_in_the_middle);
	g_test_add_func("/label_sims/peeler", test_labels_hang_in_the_peeler);
	g_test_add_func("/label_sims/memory", test_memory);
	g_test_add_func("/label_sims/pictures", test_one_picture_for_each_label_that_differs);
	g_test_add_func("/label_sims/cancelled", test_cancelled);
	g_test_add_func("/label_sims/bad answers", test_bad_answers);
	g_test_add_func("/label_sims/another language", test_another_language_prints_the_source);
	g_test_add_func("/label_sims/line ends", test_cable_that_eats_line_ends);
	g_test_add_func("/label_sims/reset", test_reset_in_a_graphic);
	g_test_add_func("/label_sims/dots", test_dots);
	return g_test_run();
}
