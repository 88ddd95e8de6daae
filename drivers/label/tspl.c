/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_graphic.h"
#include "drivers/label/tspl_status.h"

/* TSPL and TSPL2 (label-printer.md §3). */
enum { WRITE_MS = 1000, ANSWER_MS = 700, DETAILS_MS = 250, DETAILS_LEN = 8 };
enum { MAX_QR_MODULE = 10, PRINTING = 0x20 };

static bool is_byte(const uint8_t *data, size_t len)
{
	return len >= 1;
}

static gssize exchange(struct label_printer *self, char question, uint8_t *data, size_t size,
		       int timeout_ms, bool (*is_whole)(const uint8_t *, size_t), GError **error)
{
	const uint8_t command[] = { 0x1B, '!', (uint8_t)question };

	port_discard_input(self->port);
	if (!port_write(self->port, command, sizeof(command), WRITE_MS, error))
		return -1;
	return label_printer_read(self, data, size, timeout_ms, is_whole, error);
}

/* Newer firmware says more where something is wrong; older says nothing to that. */
static bool ask_details(struct label_printer *self, LabelAnswer *ret, GError **error)
{
	uint8_t data[DETAILS_LEN];
	gssize len =
		exchange(self, 'S', data, sizeof(data), DETAILS_MS, tspl_details_are_whole, error);

	if (len < 0)
		return false;
	self->lacks_details = len == 0;
	return len == 0 || tspl_parse_details(data, (size_t)len, ret, error);
}

static bool ask(struct label_printer *self, LabelAnswer *ret, GError **error)
{
	uint8_t byte;
	gssize len = exchange(self, '?', &byte, 1, ANSWER_MS, is_byte, error);

	if (len < 0)
		return false;
	if (len == 0)
		return true;
	tspl_parse_byte(byte, ret);
	return (byte & ~PRINTING) == 0 || self->lacks_details || ask_details(self, ret, error);
}

/* ---- objects */

static void put_bars(GByteArray *ret, const LabelItem *item)
{
	bool ean = item->field->kind == LABEL_EAN13;

	/* Twelve digits of an EAN-13: the printer makes the check digit. */
	label_put(ret, "BARCODE %d,%d,\"%s\",%d,%d,0,%d,%d,\"%.*s\"\r\n", item->bars_x,
		  item->bars_y, ean ? "EAN13" : "128", item->bars_height,
		  item->digits_height > 0 ? 1 : 0, item->module, item->module, ean ? 12 : G_MAXINT,
		  item->text);
}

static void put_box(GByteArray *ret, const LabelItem *item)
{
	if (label_item_is_line(item))
		label_put(ret, "BAR %d,%d,%d,%d\r\n", item->x, item->y, item->width, item->height);
	else
		label_put(ret, "BOX %d,%d,%d,%d,%d\r\n", item->x, item->y, item->x + item->width,
			  item->y + item->height, item->thickness);
}

/* Only what the printer is sure to print as we would: quotes end a text, '!' is code 128's own
 * sign, and how DMATRIX is told FNC1 is known from one manual alone. */
static bool put_native(GByteArray *ret, const LabelItem *item)
{
	switch (item->field->kind) {
	case LABEL_EAN13:
		put_bars(ret, item);
		return true;
	case LABEL_CODE128:
		if (!label_is_plain(item->text, "\"\\!"))
			return false;
		put_bars(ret, item);
		return true;
	case LABEL_QR:
		if (!label_is_plain(item->text, "\"\\") || item->module > MAX_QR_MODULE)
			return false;
		label_put(ret, "QRCODE %d,%d,M,%d,A,0,\"%s\"\r\n", item->bars_x, item->bars_y,
			  item->module, item->text);
		return true;
	case LABEL_DATAMATRIX:
		if (!label_is_plain(item->text, "\"\\~"))
			return false;
		label_put(ret, "DMATRIX %d,%d,%d,%d,x%d,\"%s\"\r\n", item->bars_x, item->bars_y,
			  item->bars_width, item->bars_height, item->module, item->text);
		return true;
	case LABEL_BOX:
		put_box(ret, item);
		return true;
	default:
		return false;
	}
}

/* Pictures first: they overwrite what lies below them. */
static void put_items(GByteArray *ret, const LabelLayout *layout, const LabelOptions *options)
{
	g_autoptr(GByteArray) native = g_byte_array_new();

	for (guint i = 0; i < layout->items->len; i++) {
		const LabelItem *item = label_layout_get(layout, i);
		g_autoptr(LabelBitmap) bitmap = NULL;

		if (put_native(native, item))
			continue;
		bitmap = label_bitmap_new(item, layout, options->font);
		if (bitmap != NULL)
			tspl_put_graphic(ret, bitmap);
	}
	g_byte_array_append(ret, native->data, native->len);
}

/* ---- the label */

static void put_media(GByteArray *ret, const LabelOptions *options)
{
	g_autofree char *gap = label_millimetres(options->gap_um);

	if (options->media == LABEL_MEDIA_GAP)
		label_put(ret, "GAP %s mm,0 mm\r\n", gap);
	else if (options->media == LABEL_MEDIA_MARK)
		label_put(ret, "BLINE %s mm,0 mm\r\n", gap);
	else
		label_put(ret, "GAP 0,0\r\n");
}

static void put_setup(GByteArray *ret, const LabelLayout *layout, const LabelOptions *options)
{
	static const char *const cutters[] = { [LABEL_CUTTER_OFF] = "OFF",
					       [LABEL_CUTTER_EACH] = "1",
					       [LABEL_CUTTER_BATCH] = "BATCH" };
	g_autofree char *width = label_millimetres(layout->width_um);
	g_autofree char *height = label_millimetres(layout->height_um);

	/* A line end first: what a cut-off job left of a command ends there. */
	label_put(ret, "\r\nSIZE %s mm,%s mm\r\n", width, height);
	put_media(ret, options);
	if (options->darkness >= 0)
		label_put(ret, "DENSITY %d\r\n", MIN(options->darkness, 15));
	if (options->speed >= 0)
		label_put(ret, "SPEED %d\r\n", options->speed);
	if (options->cutter_set)
		label_put(ret, "SET CUTTER %s\r\n", cutters[options->cutter]);
	label_put(ret, "DIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n");
}

static void put(GByteArray *ret, const LabelLayout *layout, const LabelOptions *options, int copies)
{
	put_setup(ret, layout, options);
	put_items(ret, layout, options);
	label_put(ret, "PRINT 1,%d\r\n", copies);
}

static const struct label_language tspl = { .name = "tspl", .ask = ask, .put = put };

static struct label_printer *open_tspl(struct port *port, GHashTable *options, GError **error)
{
	return label_printer_open(&tspl, port, options, error);
}

const struct label_driver tspl_driver = {
	.name = "tspl",
	.open = open_tspl,
	.close = label_printer_close,
	.observe = label_printer_observe,
	.print = label_printer_print,
	.encode = label_printer_encode,
};
