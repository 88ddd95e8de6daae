/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include <glib/gi18n-lib.h>

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
	.chapter = N_("Sales"),
	.statement = "office/report/sales",
	.totals = "office/report/sales_totals",
	.takes = REPORT_TAKES_DAYS,
	.sort = -1,
	.picture = REPORT_HOURS,
	BY_ITEM,
};

static const ReportKind items = {
	.name = "items",
	.title = N_("Best sellers"),
	.chapter = N_("Sales"),
	.statement = "office/report/sales",
	.totals = "office/report/sales_totals",
	.takes = REPORT_TAKES_DAYS,
	.sort = 6,
	.picture = REPORT_ROWS,
	.picture_text = 1,
	.picture_value = 6,
	BY_ITEM,
};

static const ReportKind hours = {
	.name = "hours",
	.title = N_("Sales by hour"),
	.chapter = N_("Sales"),
	.statement = "office/report/hours",
	.totals = "office/report/receipt_totals",
	.takes = REPORT_TAKES_DAYS,
	.sort = -1,
	.picture = REPORT_HOURS,
	.n_columns = 6,
	.columns = { { "hour", N_("Hour"), REPORT_HOUR, false }, RECEIPTS, SUMS },
};

static const ReportKind cashiers = {
	.name = "cashiers",
	.title = N_("Sales by cashier"),
	.chapter = N_("Sales"),
	.statement = "office/report/cashiers",
	.totals = "office/report/receipt_totals",
	.takes = REPORT_TAKES_DAYS,
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
	.chapter = N_("Sales"),
	.statement = "office/report/payments",
	.totals = "office/report/payment_totals",
	.takes = REPORT_TAKES_DAYS,
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
	.chapter = N_("Sales"),
	.statement = "office/report/taxes",
	.totals = "office/report/tax_totals",
	.takes = REPORT_TAKES_DAYS,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 4,
	.columns = { { "tax", N_("Tax"), REPORT_TAX, false },
		     { "rate", N_("Rate"), REPORT_RATE, false },
		     { "base", N_("Taxed amount"), REPORT_MONEY, false },
		     { "amount", N_("Tax amount"), REPORT_MONEY, true } },
};

const ReportKind *const report_kinds_sales[] = { &sales,    &items, &hours, &cashiers,
						 &payments, &taxes, NULL };
