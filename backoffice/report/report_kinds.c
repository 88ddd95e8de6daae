/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Columns come in the order of the statement. */

#define SUMS                                                                                       \
	{ "gross", N_("Gross"), REPORT_MONEY, true },                                              \
		{ "discount", N_("Discount"), REPORT_MONEY, true },                                \
		{ "tax", N_("Tax"), REPORT_MONEY, true },                                          \
	{                                                                                          \
		"net", N_("Net"), REPORT_MONEY, true                                               \
	}
#define RECEIPTS                                                                                   \
	{                                                                                          \
		"receipts", N_("Receipts"), REPORT_INTEGER, true                                   \
	}
#define BY_ITEM                                                                                    \
	.n_columns = 8, .columns = { { "barcode", N_("Barcode"), REPORT_TEXT, false },             \
				     { "name", N_("Name"), REPORT_TEXT, false },                   \
				     { "quantity", N_("Quantity"), REPORT_QUANTITY, true },        \
				     SUMS,                                                         \
				     RECEIPTS }

static const ReportKind sales = {
	.name = "sales",
	.title = N_("Sales"),
	.statement = "office/report/sales",
	.totals = "office/report/sales_totals",
	.sort = -1,
	.picture = REPORT_HOURS,
	BY_ITEM,
};

static const ReportKind items = {
	.name = "items",
	.title = N_("Best sellers"),
	.statement = "office/report/sales",
	.totals = "office/report/sales_totals",
	.sort = 6,
	.picture = REPORT_ROWS,
	.picture_text = 1,
	.picture_value = 6,
	BY_ITEM,
};

static const ReportKind hours = {
	.name = "hours",
	.title = N_("Sales by hour"),
	.statement = "office/report/hours",
	.totals = "office/report/receipt_totals",
	.sort = -1,
	.picture = REPORT_HOURS,
	.n_columns = 6,
	.columns = { { "hour", N_("Hour"), REPORT_HOUR, false }, RECEIPTS, SUMS },
};

static const ReportKind cashiers = {
	.name = "cashiers",
	.title = N_("Sales by cashier"),
	.statement = "office/report/cashiers",
	.totals = "office/report/receipt_totals",
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 5,
	.n_columns = 6,
	.columns = { { "cashier", N_("Cashier"), REPORT_TEXT, false }, RECEIPTS, SUMS },
};

static const ReportKind payments = {
	.name = "payments",
	.title = N_("Payments"),
	.statement = "office/report/payments",
	.totals = "office/report/payment_totals",
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 2,
	.n_columns = 3,
	.columns = { { "kind", N_("Payment"), REPORT_TENDER, false },
		     { "payments", N_("Payments"), REPORT_INTEGER, true },
		     { "amount", N_("Amount"), REPORT_MONEY, true } },
};

static const ReportKind taxes = {
	.name = "taxes",
	.title = N_("Taxes"),
	.statement = "office/report/taxes",
	.totals = "office/report/tax_totals",
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 4,
	.columns = { { "tax", N_("Tax"), REPORT_TAX, false },
		     { "rate", N_("Rate"), REPORT_RATE, false },
		     { "base", N_("Taxed amount"), REPORT_MONEY, false },
		     { "amount", N_("Tax amount"), REPORT_MONEY, true } },
};

/* Each row adds up: opening + in + out + sales + returns + rounding = expected. */
static const ReportKind cash = {
	.name = "cash",
	.title = N_("Cash in drawers"),
	.statement = "office/report/cash",
	.totals = "office/report/cash_totals",
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 12,
	.columns = { { "day", N_("Day"), REPORT_DAY, false },
		     { "till", N_("Till"), REPORT_TEXT, false },
		     { "shift", N_("Shift"), REPORT_INTEGER, false },
		     { "opening", N_("At opening"), REPORT_MONEY, false },
		     { "in", N_("Put in"), REPORT_MONEY, true },
		     { "out", N_("Taken out"), REPORT_MONEY, true },
		     { "sales", N_("Sold for cash"), REPORT_MONEY, true },
		     { "returns", N_("Given back"), REPORT_MONEY, true },
		     { "rounding", N_("Rounding"), REPORT_MONEY, true },
		     { "expected", N_("Expected"), REPORT_MONEY, false },
		     { "counted", N_("Counted"), REPORT_MONEY, false },
		     { "difference", N_("Difference"), REPORT_MONEY, true } },
};

static const ReportKind cases = {
	.name = "cases",
	.title = N_("To look after"),
	.statement = "office/report/cases",
	.totals = "office/report/no_totals",
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 9,
	.columns = { { "day", N_("Day"), REPORT_DAY, false },
		     { "case", N_("Case"), REPORT_CASE, false },
		     { "till", N_("Till"), REPORT_TEXT, false },
		     { "receipt", N_("Receipt"), REPORT_TEXT, false },
		     { "cashier", N_("Cashier"), REPORT_TEXT, false },
		     { "amount", N_("Amount"), REPORT_MONEY, false },
		     { "detail", N_("Detail"), REPORT_TEXT, false },
		     { "other", N_("Other return"), REPORT_TEXT, false },
		     { "other_cashier", N_("Its cashier"), REPORT_TEXT, false } },
};

static const ReportKind stock = {
	.name = "stock",
	.title = N_("Stock on hand"),
	.statement = "office/stock/balance",
	.totals = "office/stock/totals",
	.of_items = true,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 7,
	.columns = { { "barcode", N_("Barcode"), REPORT_TEXT, false },
		     { "article", N_("Article"), REPORT_TEXT, false },
		     { "name", N_("Name"), REPORT_TEXT, false },
		     { "unit", N_("Unit"), REPORT_UNIT, false },
		     { "balance", N_("Balance"), REPORT_QUANTITY, true },
		     { "cost", N_("Cost"), REPORT_MONEY, false },
		     { "value", N_("Value"), REPORT_MONEY, true } },
};

static const ReportKind expiring = {
	.name = "expiring",
	.title = N_("What expires"),
	.statement = "office/report/expiring",
	.totals = "office/report/no_totals",
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 6,
	.columns = { { "day", N_("Sell until"), REPORT_DAY, false },
		     { "barcode", N_("Barcode"), REPORT_TEXT, false },
		     { "name", N_("Name"), REPORT_TEXT, false },
		     { "batch", N_("Batch"), REPORT_TEXT, false },
		     { "unit", N_("Unit"), REPORT_UNIT, false },
		     { "balance", N_("Balance"), REPORT_QUANTITY, false } },
};

static const ReportKind *const kinds[] = { &sales, &items, &hours, &cashiers, &payments, &taxes,
					   &cash,  &cases, &stock, &expiring, NULL };

const ReportKind *const *report_list(void)
{
	return kinds;
}

bool report_kind_has_totals(const ReportKind *kind)
{
	for (int i = 0; i < kind->n_columns; i++)
		if (kind->columns[i].total)
			return true;
	return false;
}

const ReportKind *report_find(const char *name)
{
	for (int i = 0; kinds[i] != NULL; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}
