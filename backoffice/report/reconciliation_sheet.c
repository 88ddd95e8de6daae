/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reconciliation act: what both sides say of a period. */
#include "backoffice/report/buying_sheets.h"
#include "backoffice/report/report.h"
#include "core/currency.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>

typedef struct {
	Sheet *sheet; /* borrowed */
	const Reconciliation *of;
	const NumberStyle *style;
} Act;

static void add_amount(const Act *self, int64_t minor)
{
	Money amount = { minor, self->of->currency };
	g_autofree char *text = number_text_money(self->style, amount, false);
	g_autofree char *plain = money_dup_decimal(amount);

	sheet_add_number(self->sheet, text, plain);
}

static void skip(const Act *self, int n)
{
	while (n-- > 0)
		sheet_add_cell(self->sheet, "");
}

/* What is owed stands on the left, what takes it off on the right: never below zero. */
static void add_sides(const Act *self, int64_t amount)
{
	if (amount < 0) {
		skip(self, 1);
		add_amount(self, -amount);
	} else if (amount > 0) {
		add_amount(self, amount);
		skip(self, 1);
	} else {
		add_amount(self, 0);
		skip(self, 1);
	}
}

static void add_balance(const Act *self, const char *title, int32_t day, int64_t amount)
{
	g_autofree char *date = report_day_dup(day);

	sheet_add_row(self->sheet, true);
	sheet_add_cell(self->sheet, date);
	sheet_add_cell(self->sheet, title);
	skip(self, 1);
	add_sides(self, amount);
}

static void add_entry(const Act *self, const SettlementEntry *entry)
{
	g_autofree char *date = report_day_dup(entry->day);
	g_autofree char *what =
		*entry->number != '\0'
			? g_strdup_printf("%s %s", settlement_kind_title(entry->kind),
					  entry->number)
			: g_strdup(settlement_kind_title(entry->kind));

	sheet_add_row(self->sheet, false);
	sheet_add_cell(self->sheet, date);
	sheet_add_cell(self->sheet, what);
	sheet_add_cell(self->sheet, entry->reference);
	add_sides(self, entry->amount);
}

static void add_turnover(const Act *self)
{
	sheet_add_row(self->sheet, true);
	skip(self, 1);
	sheet_add_cell(self->sheet, _("Turnover of the period"));
	skip(self, 1);
	add_amount(self, self->of->more);
	add_amount(self, self->of->less);
}

static void add_head(const Act *self)
{
	const Reconciliation *of = self->of;
	g_autofree char *from = report_day_dup(of->from), *to = report_day_dup(of->to);
	g_autofree char *period = g_strdup_printf("%s – %s", from, to);

	sheet_add_fact(self->sheet, _("Shop"), *of->shop != '\0' ? of->shop : _("All shops"));
	sheet_add_fact(self->sheet, _("Supplier"), of->supplier);
	sheet_add_fact(self->sheet, _("Taxpayer's number"), of->tin);
	sheet_add_fact(self->sheet, _("Period"), period);
	sheet_add_fact(self->sheet, _("Amounts in"), currency_by_number(of->currency)->code);
	sheet_add_column(self->sheet, _("Day"), 84, false);
	sheet_add_column(self->sheet, _("Document"), 0, false);
	sheet_add_column(self->sheet, _("Number of their paper"), 104, false);
	sheet_add_column(self->sheet, _("Owed to the supplier"), 92, true);
	sheet_add_column(self->sheet, _("Paid and returned"), 92, true);
}

Sheet *reconciliation_to_sheet(const Reconciliation *of, const NumberStyle *style)
{
	Act self = { .sheet = sheet_new(_("Reconciliation act")), .of = of, .style = style };
	g_autofree char *verdict = reconciliation_dup_verdict(of, style);

	add_head(&self);
	add_balance(&self, _("Balance at the beginning"), of->from, of->turnover.opening);
	for (guint i = 0; i < of->entries->len; i++)
		add_entry(&self, of->entries->pdata[i]);
	add_turnover(&self);
	add_balance(&self, _("Balance at the end"), of->to, of->turnover.closing);
	sheet_add_words(self.sheet, verdict);
	sheet_add_signature(self.sheet, *of->shop != '\0' ? of->shop : _("For the shops"));
	sheet_add_signature(self.sheet, of->supplier);
	return self.sheet;
}
