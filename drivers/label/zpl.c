/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/zpl_graphic.h"
#include "drivers/label/zpl_status.h"

#include <string.h>

/* ZPL II (label-printer.md §2). */
enum { WRITE_MS = 1000, ANSWER_MS = 700, MAX_ANSWER = 512, MAX_QR_MODULE = 10, GS = 0x1D };

static bool ask(struct label_printer *self, LabelAnswer *ret, GError **error)
{
	static const uint8_t question[] = "~HS";
	uint8_t data[MAX_ANSWER];
	gssize len;

	port_discard_input(self->port);
	if (!port_write(self->port, question, sizeof(question) - 1, WRITE_MS, error))
		return false;
	len = label_printer_read(self, data, sizeof(data), ANSWER_MS, zpl_status_is_whole, error);
	if (len < 0)
		return false;
	return len == 0 || zpl_parse_status(data, (size_t)len, ret, error);
}

/* ---- fields */

/* ^ and ~ begin commands wherever they stand, _ is the sign of the escape itself. */
static void put_data(GByteArray *ret, const char *text)
{
	bool escaped = !label_is_plain(text, "^~_");

	label_put(ret, "%s^FD", escaped ? "^FH" : "");
	for (; *text != '\0'; text++)
		if (escaped &&
		    (*text == '^' || *text == '~' || *text == '_' || (uint8_t)*text < 0x20))
			label_put(ret, "_%02X", (uint8_t)*text);
		else
			label_put(ret, "%c", *text);
	label_put(ret, "^FS\n");
}

static void put_text(GByteArray *ret, const LabelItem *item)
{
	static const char aligns[] = {
		[LABEL_LEFT] = 'L', [LABEL_CENTRE] = 'C', [LABEL_RIGHT] = 'R'
	};

	label_put(ret, "^FO%d,%d^A0N,%d,%d^FB%d,%d,0,%c", item->x, item->y, item->height,
		  item->height, item->width, item->field->max_lines, aligns[item->field->align]);
	put_data(ret, item->text);
}

static void put_bars(GByteArray *ret, const LabelItem *item)
{
	char digits = item->digits_height > 0 ? 'Y' : 'N';

	label_put(ret, "^FO%d,%d^BY%d", item->bars_x, item->bars_y, item->module);
	if (item->field->kind == LABEL_EAN13) {
		/* Twelve digits: the printer makes the check digit. */
		g_autofree char *twelve = g_strndup(item->text, 12);

		label_put(ret, "^BEN,%d,%c,N", item->bars_height, digits);
		put_data(ret, twelve);
	} else {
		label_put(ret, "^BCN,%d,%c,N,N,A", item->bars_height, digits);
		put_data(ret, item->text);
	}
}

static void put_qr(GByteArray *ret, const LabelItem *item)
{
	g_autofree char *data = g_strdup_printf("MA,%s", item->text);

	label_put(ret, "^FO%d,%d^BQN,2,%d", item->bars_x, item->bars_y, item->module);
	put_data(ret, data);
}

/* With GS it is a GS1 symbol: FNC1 first, and in place of each GS; the escape is '_', as a tilde
 * would begin a command. */
static void put_data_matrix(GByteArray *ret, const LabelItem *item)
{
	bool gs1 = strchr(item->text, GS) != NULL;

	label_put(ret, "^FO%d,%d^BXN,%d,200%s^FD", item->bars_x, item->bars_y, item->module,
		  gs1 ? ",,,,_,1" : "");
	if (gs1 && item->text[0] != GS)
		label_put(ret, "_1");
	for (const char *at = item->text; *at != '\0'; at++)
		if (*at == GS)
			label_put(ret, "_1");
		else
			label_put(ret, "%c", *at);
	label_put(ret, "^FS\n");
}

static void put_box(GByteArray *ret, const LabelItem *item)
{
	int thickness = label_item_is_line(item) ? MIN(item->width, item->height) : item->thickness;

	label_put(ret, "^FO%d,%d^GB%d,%d,%d^FS\n", item->x, item->y, item->width, item->height,
		  thickness);
}

/* Only what the printer is sure to print as we would. */
static bool is_data_matrix_native(const char *text)
{
	g_autofree char *plain = g_strdup(text);

	return label_is_plain(g_strdelimit(plain, "\x1D", ' '), "^~_\\");
}

static bool put_native(GByteArray *ret, const LabelItem *item, const LabelOptions *options)
{
	switch (item->field->kind) {
	case LABEL_TEXT:
		if (!options->native_text || item->field->bold ||
		    !label_is_plain(item->text, "\\") || !label_text_fits(item, options->font))
			return false;
		put_text(ret, item);
		return true;
	case LABEL_EAN13:
		put_bars(ret, item);
		return true;
	case LABEL_CODE128:
		if (!label_is_plain(item->text, ">"))
			return false;
		put_bars(ret, item);
		return true;
	case LABEL_QR:
		if (!label_is_plain(item->text, "") || item->module > MAX_QR_MODULE)
			return false;
		put_qr(ret, item);
		return true;
	case LABEL_DATAMATRIX:
		if (!is_data_matrix_native(item->text))
			return false;
		put_data_matrix(ret, item);
		return true;
	case LABEL_BOX:
		put_box(ret, item);
		return true;
	default:
		return false;
	}
}

static void put_item(GByteArray *ret, const LabelItem *item, const LabelLayout *layout,
		     const LabelOptions *options)
{
	g_autoptr(LabelBitmap) bitmap = NULL;

	if (put_native(ret, item, options))
		return;
	bitmap = label_bitmap_new(item, layout, options->font);
	if (bitmap == NULL)
		return;
	label_put(ret, "^FO%d,%d", bitmap->x, bitmap->y);
	zpl_put_graphic(ret, bitmap, options->graphics);
}

/* ---- the label */

static void put_setup(GByteArray *ret, const LabelLayout *layout, const LabelOptions *options)
{
	static const char media[] = {
		[LABEL_MEDIA_GAP] = 'W', [LABEL_MEDIA_MARK] = 'M', [LABEL_MEDIA_CONTINUOUS] = 'N'
	};

	/* UTF-8 before any data: the escapes and codes are plain ASCII in it. */
	label_put(ret, "^XA^CI28^PW%d^LL%d^LH0,0", layout->width, layout->height);
	if (options->media != LABEL_MEDIA_GAP)
		label_put(ret, "^MN%c", media[options->media]);
	if (options->speed >= 0)
		label_put(ret, "^PR%d", options->speed);
	if (options->cutter_set)
		label_put(ret, "^MM%c", options->cutter == LABEL_CUTTER_OFF ? 'T' : 'C');
	label_put(ret, "\n");
}

static void put(GByteArray *ret, const LabelLayout *layout, const LabelOptions *options, int copies)
{
	if (options->darkness >= 0)
		label_put(ret, "~SD%02d\n", options->darkness);
	put_setup(ret, layout, options);
	for (guint i = 0; i < layout->items->len; i++)
		put_item(ret, label_layout_get(layout, i), layout, options);
	/* One cut after all copies: the count at which it would pause, with Y for not pausing. */
	if (options->cutter_set && options->cutter == LABEL_CUTTER_BATCH)
		label_put(ret, "^PQ%d,%d,0,Y^XZ\n", copies, copies);
	else
		label_put(ret, "^PQ%d^XZ\n", copies);
}

static const struct label_language zpl = { .name = "zpl", .ask = ask, .put = put, .cancel = "~JA" };

static struct label_printer *open_zpl(struct port *port, GHashTable *options, GError **error)
{
	return label_printer_open(&zpl, port, options, error);
}

const struct label_driver zpl_driver = {
	.name = "zpl",
	.open = open_zpl,
	.close = label_printer_close,
	.observe = label_printer_observe,
	.print = label_printer_print,
	.encode = label_printer_encode,
};
