/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_preview.h"

#include "drivers/label/label_draw.h"
#include "drivers/label/label_fill.h"

enum { UM_PER_METRE = 1000000, ANY_SIDE_UM = 300000 };

/* As jobs do: what is no EAN-13 is printed as Code 128. */
static LabelKind kind_for(const LabelField *field, LabelData *data)
{
	g_autofree char *code = NULL;

	if (field->kind != LABEL_EAN13)
		return field->kind;
	code = label_fill_code(field->kind, field->content, data, NULL);
	return code != NULL ? LABEL_EAN13 : LABEL_CODE128;
}

bool label_preview_draw(cairo_t *cairo, const LabelField *field, LabelData *data, GError **error)
{
	g_autoptr(LabelDesign) alone = label_design_new(ANY_SIDE_UM, ANY_SIDE_UM);
	g_autoptr(LabelLayout) layout = NULL;
	LabelField shown = *field;

	shown.kind = kind_for(field, data);
	label_design_add(alone, &shown);
	layout = label_layout_new(alone, data, UM_PER_METRE, error);
	if (layout == NULL)
		return false;
	for (guint i = 0; i < layout->items->len; i++)
		label_draw_item(cairo, label_layout_get(layout, i), "Sans");
	return true;
}
