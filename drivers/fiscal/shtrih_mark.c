/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_maker.h"

#include <string.h>

/* Tag 2003. */
enum { SOLD_PIECE = 1, SOLD_MEASURED, RETURNED_PIECE, RETURNED_MEASURED };

static uint8_t plan_of(const FiscalDocument *document, const FiscalLine *line)
{
	bool returned = document->kind != FISCAL_SALE;

	if (line->unit == UNIT_PIECE)
		return returned ? RETURNED_PIECE : SOLD_PIECE;
	return returned ? RETURNED_MEASURED : SOLD_MEASURED;
}

static bool check_code(const FiscalLine *line, GError **error)
{
	size_t len = strlen(line->mark);

	if (len == 0 || len > SHTRIH_MARK_MAX)
		return shtrih_refuse(error, "a marking code of %zu characters", len);
	if (line->unit == UNIT_PIECE && line->quantity.micro != QUANTITY_ONE)
		return shtrih_refuse(error, "a marking code is of one piece");
	return true;
}

bool shtrih_add_mark_checks(ShtrihMaker *maker, GError **error)
{
	const FiscalDocument *document = maker->document;
	ShtrihBody body;

	for (int i = 0; i < document->n_lines; i++) {
		const FiscalLine *line = &document->lines[i];
		uint8_t plan = plan_of(document, line);

		if (line->mark == NULL)
			continue;
		if (!check_code(line, error)) {
			g_prefix_error(error, "line %d: ", i + 1);
			return false;
		}
		if (!maker->options->ffd_1_2) /* it is only bound */
			continue;
		shtrih_command_mark_check(&body, maker->options->password, plan, line->mark);
		shtrih_add_step(
			maker, &body,
			g_strdup_printf("check the mark of line %d, tag 2003 %d", i + 1, plan));
		shtrih_command_byte(&body, SHTRIH_MARK_ACCEPT, maker->options->password, 1);
		shtrih_add_step(maker, &body, g_strdup("accept it"));
	}
	return true;
}

bool shtrih_add_mark_bound(ShtrihMaker *maker, const FiscalLine *line, GError **error)
{
	g_autofree char *readable = g_strescape(line->mark, NULL); /* it has GS in it */
	ShtrihBody body;

	if (!check_code(line, error))
		return false;
	shtrih_command_mark_bind(&body, maker->options->password, line->mark);
	shtrih_add_step(maker, &body, g_strdup_printf("mark \"%s\"", readable));
	return true;
}
