/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_graphic.h"
#include "drivers/label/zpl_graphic.h"
#include "tests/devices/label/label_help.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static GHashTable *milk_new(void)
{
	return words_new("name", "Milk 3.2% 1 l", "price", "89.90", "barcode", "460123456789", "qr",
			 "https://example.org/t?s=1", NULL);
}

static void expect_text(const char *text, const char *part)
{
	g_test_message("%s", text);
	g_assert_nonnull(strstr(text, part));
}

/* ---- the page's worked examples */

/* 5.1, with a text block for each line. */
static void test_shelf_tag_in_zpl(void)
{
	g_autoptr(LabelDesign) design = shelf_tag_new();
	g_autoptr(GHashTable) data = milk_new();
	g_autoptr(GHashTable) options = words_new("text", "native", NULL);
	g_autofree char *text = encode_text("zpl", options, design, data, 1);

	g_assert_cmpstr(text, ==,
			"^XA^CI28^PW464^LL320^LH0,0\n"
			"^FO20,16^A0N,32,32^FB424,2,0,L^FDMilk 3.2% 1 l^FS\n"
			"^FO20,90^A0N,60,60^FB240,1,0,L^FD89.90^FS\n"
			"^FO20,170^BY2^BEN,80,Y,N^FD460123456789^FS\n"
			"^FO290,160^BQN,2,3^FDMA,https://example.org/t?s=1^FS\n"
			"^PQ1^XZ\n");
}

/* 5.2 */
static void test_marking_code_in_zpl(void)
{
	g_autoptr(LabelDesign) design = label_design_new(58000, 40000);
	g_autoptr(GHashTable) data = words_new("code",
					       "\x1D"
					       "0104601234567893215abcDEF\x1D"
					       "93dGVz",
					       NULL);
	g_autofree char *text = NULL;

	label_design_add(design, &(LabelField){ .kind = LABEL_DATAMATRIX,
						.x = 5000,
						.y = 5000,
						.width = 25000,
						.height = 25000,
						.module = 625,
						.content = "{code}" });
	text = encode_text("zpl", NULL, design, data, 1);
	expect_text(text, "^FO40,40^BXN,5,200,,,,_,1^FD_10104601234567893215abcDEF_193dGVz^FS");
}

/* 5.3: texts are pictures, all else as on the page. */
static void test_shelf_tag_in_tspl(void)
{
	static const char head[] =
		"\r\nSIZE 58 mm,40 mm\r\nGAP 2 mm,0 mm\r\nDENSITY 8\r\nSPEED 4\r\n"
		"DIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\nBITMAP ";
	static const char tail[] =
		"\r\nBARCODE 20,170,\"EAN13\",80,1,0,2,2,\"460123456789\"\r\n"
		"QRCODE 290,160,M,3,A,0,\"https://example.org/t?s=1\"\r\nPRINT 1,1\r\n";
	g_autoptr(LabelDesign) design = shelf_tag_new();
	g_autoptr(GHashTable) data = milk_new();
	g_autoptr(GHashTable) options = words_new("darkness", "8", "speed", "4", NULL);
	g_autoptr(GBytes) bytes = encode("tspl", options, design, data, 1);
	const char *all = g_bytes_get_data(bytes, NULL);
	gsize len = g_bytes_get_size(bytes);

	g_assert_cmpmem(all, strlen(head), head, strlen(head));
	g_assert_cmpmem(all + len - strlen(tail), strlen(tail), tail, strlen(tail));
}

/* 5.4: texts and the QR code are pictures. */
static void test_shelf_tag_in_epl(void)
{
	static const char head[] = "\nN\nq464\nQ320,24\nGW";
	static const char tail[] = "\nB20,170,0,E30,2,2,80,B,\"460123456789\"\nP1\n";
	g_autoptr(LabelDesign) design = shelf_tag_new();
	g_autoptr(GHashTable) data = milk_new();
	g_autoptr(GHashTable) options = words_new("gap", "3", NULL);
	g_autoptr(GBytes) bytes = encode("epl", options, design, data, 1);
	const char *all = g_bytes_get_data(bytes, NULL);
	gsize len = g_bytes_get_size(bytes);

	g_assert_cmpmem(all, strlen(head), head, strlen(head));
	g_assert_cmpmem(all + len - strlen(tail), strlen(tail), tail, strlen(tail));
	g_assert_true(bytes_have(bytes, "\nGW290,160,10,75,", 17)); /* 25 modules of three dots */
}

/* 5.5: one picture, and L5. */
static void test_one_picture(void)
{
	uint8_t frame[16] = { 0xFF, 0xFF, 0x80, 0x01, 0x80, 0x01, 0x80, 0x01,
			      0x80, 0x01, 0x80, 0x01, 0x80, 0x01, 0xFF, 0xFF };
	static const uint8_t inverted[] = { 0x00, 0x00, 0x7F, 0xFE, 0x7F, 0xFE, 0x7F, 0xFE,
					    0x7F, 0xFE, 0x7F, 0xFE, 0x7F, 0xFE, 0x00, 0x00 };
	const LabelBitmap bitmap = {
		.x = 10, .y = 20, .width_bytes = 2, .height = 8, .bits = frame
	};
	g_autoptr(GByteArray) zpl = g_byte_array_new();
	g_autoptr(GByteArray) tspl = g_byte_array_new();
	g_autoptr(GByteArray) epl = g_byte_array_new();

	zpl_put_graphic(zpl, &bitmap, LABEL_GRAPHICS_HEX);
	zpl_put_graphic(zpl, &bitmap, LABEL_GRAPHICS_RUNS);
	zpl_put_graphic(zpl, &bitmap, LABEL_GRAPHICS_ROWS);
	g_byte_array_append(zpl, (const uint8_t *)"", 1);
	g_assert_cmpstr((const char *)zpl->data, ==,
			"^GFA,16,16,2,FFFF800180018001800180018001FFFF^FS\n"
			"^GFA,16,16,2,JF800180018001800180018001JF^FS\n"
			"^GFA,16,16,2,!8001:::::!^FS\n");
	tspl_put_graphic(tspl, &bitmap);
	g_assert_cmpmem(tspl->data, 21, "BITMAP 10,20,2,8,0,\0\0", 21);
	g_assert_cmpmem(tspl->data + 19, 16, inverted, 16);
	g_assert_cmpmem(tspl->data + 35, tspl->len - 35, "\r\n", 2);
	epl_put_graphic(epl, &bitmap);
	g_assert_cmpmem(epl->data, 12, "GW10,20,2,8,", 12);
	g_assert_cmpmem(epl->data + 12, 16, inverted, 16);
	g_assert_cmpmem(epl->data + 28, epl->len - 28, "\n", 1);
}

/* ---- packed pictures unpack to what they were */

static int count_of(char letter)
{
	return letter >= 'g' ? (letter - 'g' + 1) * 20 : letter - 'G' + 1;
}

/* As a printer does it (§2.1). */
static GString *unpack(const char *data, size_t row)
{
	GString *hex = g_string_new(NULL);
	int n = 0;

	for (; *data != '^'; data++) {
		if (g_ascii_isxdigit(*data)) {
			for (n = MAX(n, 1); n > 0; n--)
				g_string_append_c(hex, *data);
		} else if (*data == ',' || *data == '!') {
			while (hex->len % row != 0 || n == 0) {
				g_string_append_c(hex, *data == ',' ? '0' : 'F');
				n = 1;
			}
			n = 0;
		} else if (*data == ':') {
			g_string_append_len(hex, hex->str + hex->len - row, (gssize)row);
		} else {
			n += count_of(*data);
		}
	}
	return hex;
}

static void test_packed_pictures(void)
{
	enum { ROW = 58, ROWS = 12 };
	uint8_t bits[ROW * ROWS] = { 0 };
	const LabelBitmap bitmap = { .width_bytes = ROW, .height = ROWS, .bits = bits };

	memset(bits + ROW, 0xFF, ROW); /* white, black, twice some, long runs, ends */
	memset(bits + 2 * ROW, 0xA5, 2 * ROW);
	memset(bits + 4 * ROW + 3, 0xFF, 50);
	memset(bits + 5 * ROW, 0x0F, 2);
	memset(bits + 6 * ROW + 57, 0x01, 1);
	for (int i = 7 * ROW; i < ROW * ROWS; i++)
		bits[i] = (uint8_t)(i * i % 251 % 7 == 0 ? i : 0);
	for (int packing = LABEL_GRAPHICS_ROWS; packing <= LABEL_GRAPHICS_HEX; packing++) {
		g_autoptr(GByteArray) zpl = g_byte_array_new();
		const char *data;
		g_autoptr(GString) hex = NULL;

		zpl_put_graphic(zpl, &bitmap, (LabelGraphics)packing);
		g_byte_array_append(zpl, (const uint8_t *)"", 1);
		data = strrchr((const char *)zpl->data, ',');
		data = (const char *)zpl->data + strlen("^GFA,696,696,58,");
		hex = unpack(data, 2 * ROW);
		g_assert_cmpuint(hex->len, ==, 2 * sizeof(bits));
		for (size_t i = 0; i < sizeof(bits); i++)
			g_assert_cmpint(g_ascii_xdigit_value(hex->str[2 * i]) << 4 |
						g_ascii_xdigit_value(hex->str[2 * i + 1]),
					==, bits[i]);
	}
}

/* ---- what a label's words may hold */

static LabelDesign *one_field_new(LabelKind kind)
{
	LabelDesign *design = label_design_new(58000, 40000);

	label_design_add(design, &(LabelField){ .kind = kind,
						.x = 1000,
						.y = 1000,
						.width = 56000,
						.height = 15000,
						.module = 250,
						.content = "{text}" });
	return design;
}

/* Nothing in them is a command. */
static void test_escapes_in_zpl(void)
{
	g_autoptr(LabelDesign) text = label_design_new(58000, 40000);
	g_autoptr(LabelDesign) code = one_field_new(LABEL_CODE128);
	g_autoptr(LabelDesign) qr = one_field_new(LABEL_QR);
	g_autoptr(GHashTable) options = words_new("text", "native", NULL);
	g_autoptr(GHashTable) data = words_new("text", "a^XZ~JA_b", NULL);
	g_autofree char *zpl = NULL, *code_zpl = NULL, *qr_zpl = NULL;

	label_design_add(text, &(LabelField){ .kind = LABEL_TEXT,
					      .width = 50000,
					      .height = 3000,
					      .content = "{text}" });
	zpl = encode_text("zpl", options, text, data, 1);
	expect_text(zpl, "^FH^FDa_5EXZ_7EJA_5Fb^FS");
	code_zpl = encode_text("zpl", options, code, data, 1);
	expect_text(code_zpl, "^BCN,120,N,N,N,A^FH^FDa_5EXZ_7EJA_5Fb^FS");
	qr_zpl = encode_text("zpl", options, qr, data, 1);
	expect_text(qr_zpl, "^FH^FDMA,a_5EXZ_7EJA_5Fb^FS");
}

/* Letters a printer's font may lack are drawn, whatever the option says. */
static void test_cyrillic_is_drawn(void)
{
	g_autoptr(LabelDesign) design = one_field_new(LABEL_TEXT);
	g_autoptr(GHashTable) options = words_new("text", "native", "graphics", "hex", NULL);
	g_autoptr(GHashTable) data = words_new("text", "Өглөө ₮", NULL);
	g_autofree char *zpl = encode_text("zpl", options, design, data, 1);

	expect_text(zpl, "^GFA,");
	g_assert_null(strstr(zpl, "^A0"));
	g_assert_true(label_is_plain(g_strdelimit(zpl, "\n", ' '), ""));
}

/* What would end a quoted text, or mean something else in it, is drawn. */
static void test_quotes_are_drawn(void)
{
	static const LabelKind kinds[] = { LABEL_CODE128, LABEL_QR, LABEL_DATAMATRIX };
	g_autoptr(GHashTable) data = words_new("text", "a\"b\\", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autoptr(LabelDesign) design = one_field_new(kinds[i]);
		g_autoptr(GBytes) tspl = encode("tspl", NULL, design, data, 1);
		g_autoptr(GBytes) epl = encode("epl", NULL, design, data, 1);

		g_assert_true(bytes_have(tspl, "BITMAP ", 7));
		g_assert_false(bytes_have(tspl, "a\"b", 3));
		g_assert_true(bytes_have(epl, "\nGW", 3));
		g_assert_false(bytes_have(epl, "a\"b", 3));
	}
}

static void test_boxes_and_lines(void)
{
	g_autoptr(LabelDesign) design = label_design_new(58000, 40000);
	g_autofree char *zpl = NULL, *tspl = NULL, *epl = NULL;

	label_design_add(design, &(LabelField){ .kind = LABEL_BOX,
						.x = 1000,
						.y = 2000,
						.width = 50000,
						.height = 30000,
						.thickness = 500 });
	label_design_add(design, &(LabelField){ .kind = LABEL_BOX,
						.x = 1000,
						.y = 20000,
						.width = 50000,
						.height = 250,
						.thickness = 500 });
	zpl = encode_text("zpl", NULL, design, NULL, 3);
	expect_text(zpl, "^FO8,16^GB400,240,4^FS\n^FO8,160^GB400,2,2^FS\n^PQ3^XZ");
	tspl = encode_text("tspl", NULL, design, NULL, 3);
	expect_text(tspl, "BOX 8,16,408,256,4\r\nBAR 8,160,400,2\r\nPRINT 1,3\r\n");
	epl = encode_text("epl", NULL, design, NULL, 3);
	expect_text(epl, "X8,16,4,408,256\nLO8,160,400,2\nP3\n");
}

/* ---- options */

static void test_options(void)
{
	g_autoptr(LabelDesign) design = label_design_new(58500, 40000);
	g_autoptr(GHashTable) mark = words_new("dpi", "300", "media", "mark", "gap", "2.5", "speed",
					       "3", "darkness", "20", "cutter", "each", NULL);
	g_autoptr(GHashTable) endless = words_new("media", "continuous", "cutter", "off", NULL);
	g_autofree char *zpl = encode_text("zpl", mark, design, NULL, 1);
	g_autofree char *tspl = encode_text("tspl", mark, design, NULL, 1);
	g_autofree char *epl = encode_text("epl", mark, design, NULL, 1);
	g_autofree char *zpl_endless = encode_text("zpl", endless, design, NULL, 1);
	g_autofree char *tspl_endless = encode_text("tspl", endless, design, NULL, 1);
	g_autofree char *epl_endless = encode_text("epl", endless, design, NULL, 1);

	expect_text(zpl, "~SD20\n^XA^CI28^PW691^LL472^LH0,0^MNM^PR3^MMC\n");
	expect_text(tspl, "SIZE 58.5 mm,40 mm\r\nBLINE 2.5 mm,0 mm\r\nDENSITY 15\r\nSPEED 3\r\n"
			  "SET CUTTER 1\r\n");
	expect_text(epl, "\nN\nq691\nQ472,B30\nS3\nD15\n");
	expect_text(zpl_endless, "^MNN^MMT\n");
	expect_text(tspl_endless, "GAP 0,0\r\nSET CUTTER OFF\r\n");
	expect_text(epl_endless, "Q320,0\n");
}

static void test_unknown_options_are_refused(void)
{
	static const struct {
		const char *key, *value;
	} cases[] = {
		{ "dpi", "200" },      { "gap", "2,5" },     { "gap", "" },
		{ "gap", "99" },       { "speed", "fast" },  { "darkness", "31" },
		{ "cutter", "yes" },   { "media", "paper" }, { "text", "printed" },
		{ "graphics", "png" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GHashTable) options = words_new(cases[i].key, cases[i].value, NULL);
		g_autoptr(GError) error = NULL;
		struct port *port = port_new_transcript("", NULL);

		g_assert_null(label_driver_find("zpl")->open(port, options, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
		port_close(port);
	}
}

/* 58 x 40 mm in points, and a page a copy. */
static void test_pdf_pages(void)
{
	g_autoptr(LabelDesign) design = installed_design_new();
	g_autoptr(GHashTable) data = milk_new();
	g_autoptr(GBytes) bytes = encode("pdf", NULL, design, data, 3);

	g_assert_true(bytes_have(bytes, "%PDF-", 5));
	g_assert_true(bytes_have(bytes, "/Count 3", 8));
	g_assert_true(bytes_have(bytes, "/MediaBox [ 0 0 164.409449 113.385827 ]", 38));
}

/* Where a reader of PDF finds the price: 7.5 mm of letters at 2.5, 11.25 mm. */
static void test_pdf_text_has_its_size(void)
{
	g_autoptr(LabelDesign) design = shelf_tag_new();
	g_autoptr(GHashTable) data = milk_new();
	g_autoptr(GBytes) bytes = encode("pdf", NULL, design, data, 1);
	g_autofree char *path = NULL, *output = NULL;
	g_autoptr(GError) error = NULL;
	int fd = g_file_open_tmp("label-XXXXXX.pdf", &path, NULL), x, y, right, bottom;
	const char *argv[] = { "pdftotext", "-bbox", path, "-", NULL };
	const char *word;

	g_assert_true(g_file_set_contents(path, g_bytes_get_data(bytes, NULL),
					  (gssize)g_bytes_get_size(bytes), NULL));
	g_assert_true(g_close(fd, NULL));
	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
		     NULL, &error);
	g_unlink(path);
	if (g_error_matches(error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)) {
		g_test_skip("no reader of PDF is installed");
		return;
	}
	g_assert_no_error(error);
	word = strstr(output, ">89.90<");
	g_assert_nonnull(word);
	while (*word != '\n')
		word--;
	/* Whole points are enough: a millimetre has 2.8. */
	g_assert_cmpint(sscanf(word,
			       " <word xMin=\"%d.%*d\" yMin=\"%d.%*d\" xMax=\"%d.%*d\" yMax=\"%d",
			       &x, &y, &right, &bottom),
			==, 4);
	g_assert_cmpint(x, ==, 7);
	g_assert_cmpint(right, >, 7 + 40);
	g_assert_cmpint(right, <, 7 + 60);
	g_assert_cmpint(ABS(y - 31), <=, 2);
	g_assert_cmpint(ABS(bottom - 53), <=, 2);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/label-languages/shelf-tag-in-zpl", test_shelf_tag_in_zpl);
	g_test_add_func("/label-languages/marking-code-in-zpl", test_marking_code_in_zpl);
	g_test_add_func("/label-languages/shelf-tag-in-tspl", test_shelf_tag_in_tspl);
	g_test_add_func("/label-languages/shelf-tag-in-epl", test_shelf_tag_in_epl);
	g_test_add_func("/label-languages/one-picture", test_one_picture);
	g_test_add_func("/label-languages/packed-pictures", test_packed_pictures);
	g_test_add_func("/label-languages/escapes-in-zpl", test_escapes_in_zpl);
	g_test_add_func("/label-languages/cyrillic-is-drawn", test_cyrillic_is_drawn);
	g_test_add_func("/label-languages/quotes-are-drawn", test_quotes_are_drawn);
	g_test_add_func("/label-languages/boxes-and-lines", test_boxes_and_lines);
	g_test_add_func("/label-languages/options", test_options);
	g_test_add_func("/label-languages/unknown-options-are-refused",
			test_unknown_options_are_refused);
	g_test_add_func("/label-languages/pdf-pages", test_pdf_pages);
	g_test_add_func("/label-languages/pdf-text-has-its-size", test_pdf_text_has_its_size);
	return g_test_run();
}
