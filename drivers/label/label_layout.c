/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_layout.h"

#include "drivers/label/label_fill.h"

enum {
	UM_PER_METRE = 1000000,
	DIGITS_UM = 3000, /* what printers need for the digits below their bars */
	LEAST_BARS_UM = 2000,
};

int label_dots_per_metre(int dpi)
{
	switch (dpi) {
	case 203:
		return 8000;
	case 300:
		return 11811;
	default:
		return 23622; /* 600 */
	}
}

int label_dots(int um, int dots_per_metre)
{
	return (int)(((int64_t)um * dots_per_metre + UM_PER_METRE / 2) / UM_PER_METRE);
}

static void clear_item(void *data)
{
	LabelItem *item = data;

	g_free(item->text);
	label_symbol_free(item->symbol);
}

void label_layout_free(LabelLayout *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->items);
	g_free(self);
}

/* Both edges are rounded, not one and a length: that way errors do not add. */
static void place_box(LabelItem *item, int dots_per_metre)
{
	const LabelField *field = item->field;

	item->x = label_dots(field->x, dots_per_metre);
	item->y = label_dots(field->y, dots_per_metre);
	item->width = MAX(label_dots(field->x + field->width, dots_per_metre) - item->x, 1);
	item->height = MAX(label_dots(field->y + field->height, dots_per_metre) - item->y, 1);
	item->thickness = MAX(label_dots(field->thickness, dots_per_metre), 1);
}

static int align_in(const LabelItem *item, int width)
{
	switch (item->field->align) {
	case LABEL_CENTRE:
		return item->x + (item->width - width) / 2;
	case LABEL_RIGHT:
		return item->x + item->width - width;
	default:
		return item->x;
	}
}

/* The design's module in dots, or as large as there is room for where it names none. 0: no room. */
static int fit_module(const LabelItem *item, int dots_per_metre)
{
	int room = item->width / item->symbol->columns, wanted;

	if (item->symbol->rows > 1)
		room = MIN(room, item->height / item->symbol->rows);
	if (item->field->module == 0)
		return room;
	wanted = MAX(label_dots(item->field->module, dots_per_metre), 1);
	return MIN(wanted, room);
}

static bool place_code(LabelItem *item, int dots_per_metre, GError **error)
{
	bool bars = item->field->kind == LABEL_EAN13 || item->field->kind == LABEL_CODE128;
	int digits = label_dots(DIGITS_UM, dots_per_metre);

	item->symbol = label_symbol_new(item->field->kind, item->text, error);
	if (item->symbol == NULL)
		return false;
	item->module = fit_module(item, dots_per_metre);
	if (item->module == 0) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
			    "'%s' needs %d modules and has a box of %d dots", item->text,
			    item->symbol->columns, item->width);
		return false;
	}
	if (bars && item->field->digits_below &&
	    item->height >= digits + label_dots(LEAST_BARS_UM, dots_per_metre))
		item->digits_height = digits;
	item->bars_width = item->symbol->columns * item->module;
	item->bars_height =
		bars ? item->height - item->digits_height : item->symbol->rows * item->module;
	item->bars_x = align_in(item, item->bars_width);
	item->bars_y = item->y;
	return true;
}

static bool fill_item(LabelItem *item, LabelData *data, int dots_per_metre, GError **error)
{
	const LabelField *field = item->field;

	switch (field->kind) {
	case LABEL_TEXT:
	case LABEL_STRUCK_TEXT:
		item->text = label_fill(field->content, data);
		g_strstrip(item->text);
		return true;
	case LABEL_BOX:
		item->text = g_strdup("");
		return true;
	default:
		item->text = label_fill_code(field->kind, field->content, data, error);
		return item->text != NULL &&
		       (item->text[0] == '\0' || place_code(item, dots_per_metre, error));
	}
}

LabelLayout *label_layout_new(const LabelDesign *design, LabelData *data, int dots_per_metre,
			      GError **error)
{
	g_autoptr(LabelLayout) self = g_new0(LabelLayout, 1);

	self->dots_per_metre = dots_per_metre;
	self->width_um = label_design_get_width(design);
	self->height_um = label_design_get_height(design);
	self->width = label_dots(self->width_um, dots_per_metre);
	self->height = label_dots(self->height_um, dots_per_metre);
	self->items = g_array_new(FALSE, FALSE, sizeof(LabelItem));
	g_array_set_clear_func(self->items, clear_item);
	for (int i = 0; i < label_design_get_n_fields(design); i++) {
		LabelItem item = { .field = label_design_get_field(design, i) };
		bool filled;

		place_box(&item, dots_per_metre);
		filled = fill_item(&item, data, dots_per_metre, error);
		if (filled && (item.field->kind == LABEL_BOX || item.text[0] != '\0'))
			g_array_append_val(self->items, item);
		else
			clear_item(&item);
		if (!filled)
			return NULL;
	}
	return g_steal_pointer(&self);
}
