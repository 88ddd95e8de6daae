/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/epl_status.h"
#include "drivers/label/label_graphic.h"

/* EPL2 (label-printer.md §4). It does not say whether it still prints, only what is wrong. */
enum { WRITE_MS = 1000, ANSWER_MS = 700, MAX_ANSWER = 64 };

static bool ask(struct label_printer *self, LabelAnswer *ret, GError **error)
{
	static const uint8_t question[] = "^ee\n";
	uint8_t data[MAX_ANSWER];
	gssize len;

	port_discard_input(self->port);
	if (!port_write(self->port, question, sizeof(question) - 1, WRITE_MS, error))
		return false;
	len = label_printer_read(self, data, sizeof(data), ANSWER_MS, epl_status_is_whole, error);
	if (len < 0)
		return false;
	return len == 0 || epl_parse_status(data, (size_t)len, ret, error);
}

static void put_bars(GByteArray *ret, const LabelItem *item)
{
	bool ean = item->field->kind == LABEL_EAN13;

	label_put(ret, "B%d,%d,0,%s,%d,%d,%d,%c,\"%.*s\"\n", item->bars_x, item->bars_y,
		  ean ? "E30" : "1", item->module, item->module, item->bars_height,
		  item->digits_height > 0 ? 'B' : 'N', ean ? 12 : G_MAXINT, item->text);
}

static void put_box(GByteArray *ret, const LabelItem *item)
{
	if (label_item_is_line(item))
		label_put(ret, "LO%d,%d,%d,%d\n", item->x, item->y, item->width, item->height);
	else
		label_put(ret, "X%d,%d,%d,%d,%d\n", item->x, item->y, item->thickness,
			  item->x + item->width, item->y + item->height);
}

/* QR and Data Matrix are drawn: not all models have them. */
static bool put_native(GByteArray *ret, const LabelItem *item)
{
	switch (item->field->kind) {
	case LABEL_CODE128:
		if (!label_is_plain(item->text, "\"\\"))
			return false;
		put_bars(ret, item);
		return true;
	case LABEL_EAN13:
		put_bars(ret, item);
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
			epl_put_graphic(ret, bitmap);
	}
	g_byte_array_append(ret, native->data, native->len);
}

static void put_setup(GByteArray *ret, const LabelLayout *layout, const LabelOptions *options)
{
	int gap = label_dots(options->gap_um, layout->dots_per_metre);

	/* The first line end ends what a cut-off job left of a command. */
	label_put(ret, "\nN\nq%d\n", layout->width);
	label_put(ret, "Q%d,%s%d\n", layout->height, options->media == LABEL_MEDIA_MARK ? "B" : "",
		  options->media == LABEL_MEDIA_CONTINUOUS ? 0 : gap);
	if (options->speed >= 0)
		label_put(ret, "S%d\n", CLAMP(options->speed, 1, 6));
	if (options->darkness >= 0)
		label_put(ret, "D%d\n", MIN(options->darkness, 15));
}

static void put(GByteArray *ret, const LabelLayout *layout, const LabelOptions *options, int copies)
{
	put_setup(ret, layout, options);
	put_items(ret, layout, options);
	label_put(ret, "P%d\n", copies);
}

static const struct label_language epl = { .name = "epl", .ask = ask, .put = put };

static struct label_printer *open_epl(struct port *port, GHashTable *options, GError **error)
{
	return label_printer_open(&epl, port, options, error);
}

const struct label_driver epl_driver = {
	.name = "epl",
	.open = open_epl,
	.close = label_printer_close,
	.observe = label_printer_observe,
	.print = label_printer_print,
	.encode = label_printer_encode,
};
