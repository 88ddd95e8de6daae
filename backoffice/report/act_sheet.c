/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The discrepancy act as a sheet. */
#include "backoffice/report/act_private.h"
#include "backoffice/report/sheet.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>

static void add_facts(Sheet *sheet, const Act *act)
{
	const Document *document = act->document;

	sheet_add_fact(sheet, _("Shop"), act->shop);
	sheet_add_fact(sheet, _("Supplier"), act->supplier);
	sheet_add_fact(sheet, _("From the shop"), act->other_shop);
	sheet_add_fact(sheet, _("Number of their paper"), document->reference);
	sheet_add_fact(sheet, _("Received"), act->day);
	sheet_add_fact(sheet, _("Received by"), act->person);
	if (act->with_costs)
		sheet_add_fact(sheet, _("Amounts in"), currency_by_number(act->currency)->code);
	sheet_add_fact(sheet, _("Note"), document->note);
}

static void add_columns(Sheet *sheet, const Act *act)
{
	sheet_add_column(sheet, _("No."), 24, true);
	sheet_add_column(sheet, _("Code"), 96, false);
	sheet_add_column(sheet, _("Goods"), 0, false);
	sheet_add_column(sheet, _("Expected"), 60, true);
	sheet_add_column(sheet, _("Came"), 60, true);
	sheet_add_column(sheet, _("Difference"), 66, true);
	if (act->with_costs)
		sheet_add_column(sheet, _("Cost of it"), 66, true);
}

static void add_quantity(Sheet *sheet, const NumberStyle *style, int64_t micro)
{
	g_autofree char *text = number_text_quantity(style, (Quantity){ micro });
	g_autofree char *plain = quantity_dup_decimal((Quantity){ micro });

	sheet_add_number(sheet, text, plain);
}

/* "+3", "−2": what is missing stands with a minus. */
static void add_difference(Sheet *sheet, const NumberStyle *style, const Discrepancy *line)
{
	int64_t by = line->came - line->expected;
	g_autofree char *amount = number_text_quantity(style, (Quantity){ ABS(by) });
	g_autofree char *text = g_strdup_printf("%s%s %s",
						by < 0	 ? "−"
						: by > 0 ? "+"
							 : "",
						amount, line->unit);
	g_autofree char *plain = quantity_dup_decimal((Quantity){ by });

	sheet_add_number(sheet, text, plain);
}

static void add_name(Sheet *sheet, const Act *act, const Discrepancy *line)
{
	const char *instead = g_hash_table_lookup(act->names, &line->instead_of);
	g_autofree char *text = instead != NULL ? g_strdup_printf(_("%s\n(came instead of %s)"),
								  line->name, instead)
						: g_strdup(line->name);

	sheet_add_cell(sheet, text);
}

static void add_cost(Sheet *sheet, const Act *act, const NumberStyle *style,
		     const Discrepancy *line)
{
	Money cost = { line->cost, act->currency };
	g_autofree char *text = number_text_money(style, cost, false);
	g_autofree char *plain = money_dup_decimal(cost);

	if (line->has_cost)
		sheet_add_number(sheet, text, plain);
	else
		sheet_add_cell(sheet, "—");
}

static void add_row(Sheet *sheet, const Act *act, const NumberStyle *style, guint row)
{
	const Discrepancy *line = act->lines->pdata[row];
	g_autofree char *number = g_strdup_printf("%u", row + 1);

	sheet_add_row(sheet, false);
	sheet_add_number(sheet, number, number);
	sheet_add_cell(sheet, line->code);
	add_name(sheet, act, line);
	add_quantity(sheet, style, line->expected);
	add_quantity(sheet, style, line->came);
	add_difference(sheet, style, line);
	if (act->with_costs)
		add_cost(sheet, act, style, line);
}

Sheet *act_to_sheet(const Act *self, const NumberStyle *style)
{
	g_autofree char *title =
		g_strdup_printf(_("Discrepancy act to %s %s"),
				document_kind_title(self->document->kind), self->document->number);
	Sheet *sheet = sheet_new(title);

	add_facts(sheet, self);
	add_columns(sheet, self);
	for (guint row = 0; row < self->lines->len; row++)
		add_row(sheet, self, style, row);
	sheet_add_signature(sheet, _("Received by"));
	sheet_add_signature(sheet, _("Delivered by"));
	return sheet;
}
