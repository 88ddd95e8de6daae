/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_printer.h"

#include <cairo-pdf.h>

/* Any printer that CUPS prints PDF on, IPP Everywhere label printers first (label-printer.md §6): a
 * page a label, at its very size. The layout's dots are micrometres. */
enum { UM_PER_INCH = 25400, POINTS_PER_INCH = 72 };

static double points(int um)
{
	return (double)um * POINTS_PER_INCH / UM_PER_INCH;
}

static cairo_status_t take(void *data, const unsigned char *bytes, unsigned len)
{
	g_byte_array_append(data, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static void draw_page(cairo_surface_t *surface, const LabelLayout *layout, const char *font)
{
	cairo_t *cairo = cairo_create(surface);

	cairo_scale(cairo, points(1), points(1));
	for (guint i = 0; i < layout->items->len; i++)
		label_draw_item(cairo, label_layout_get(layout, i), font);
	cairo_destroy(cairo);
}

static void draw(cairo_surface_t *surface, GPtrArray *layouts, const int *copies, const char *font)
{
	for (guint i = 0; i < layouts->len; i++) {
		const LabelLayout *layout = g_ptr_array_index(layouts, i);

		for (int copy = 0; copy < copies[i]; copy++) {
			draw_page(surface, layout, font);
			cairo_surface_show_page(surface);
		}
	}
}

static GBytes *document(GPtrArray *layouts, const int *copies, const LabelOptions *options,
			GError **error)
{
	const LabelLayout *first = g_ptr_array_index(layouts, 0);
	GByteArray *bytes = g_byte_array_new();
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
		take, bytes, points(first->width), points(first->height));
	cairo_status_t status;

	draw(surface, layouts, copies, options->font);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return g_byte_array_free_to_bytes(bytes);
	g_byte_array_unref(bytes);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "cannot draw the labels: %s",
		    cairo_status_to_string(status));
	return NULL;
}

static const struct label_language pdf = { .name = "pdf", .document = document };

static struct label_printer *open_pdf(struct port *port, GHashTable *options, GError **error)
{
	return label_printer_open(&pdf, port, options, error);
}

const struct label_driver pdf_driver = {
	.name = "pdf",
	.open = open_pdf,
	.close = label_printer_close,
	.observe = label_printer_observe,
	.print = label_printer_print,
	.encode = label_printer_encode,
};
