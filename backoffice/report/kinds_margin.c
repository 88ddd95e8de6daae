/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"
#include "backoffice/report/sold_fill.h"

#include <glib/gi18n-lib.h>

/* Cost is what the stock ledger posted: backoffice/rollup/rollup.h. */

#define MARGIN                                                                                     \
	{ "tax", N_("Tax"), REPORT_MONEY, true }, { "net", N_("Net"), REPORT_MONEY, true },        \
		{ "cost", N_("Cost"), REPORT_MONEY, .total = true, .cost = true },                 \
		{ "margin", N_("Gross margin"), REPORT_MONEY, .total = true, .cost = true },       \
	{                                                                                          \
		"margin-rate", N_("Margin rate"), REPORT_RATE, .total = true, .cost = true         \
	}
#define QUANTITY                                                                                   \
	{                                                                                          \
		"quantity", N_("Quantity"), REPORT_QUANTITY, true                                  \
	}
#define RECEIPTS                                                                                   \
	{                                                                                          \
		"receipts", N_("Receipts"), REPORT_INTEGER, true                                   \
	}
#define SEE_COST (UINT32_C(1) << RIGHT_SEE_COST)

#define ANYTHING                                                                                   \
	(REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_WEEKDAYS | REPORT_TAKES_TILL |  \
	 REPORT_TAKES_CASHIER | REPORT_TAKES_GROUP | REPORT_TAKES_ITEM | REPORT_TAKES_SUPPLIER |   \
	 REPORT_TAKES_PAYMENT | REPORT_TAKES_HOURS | REPORT_TAKES_SHIFT)

static const ReportKind by_item = {
	.name = "margin",
	.title = N_("Margin by item"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_ITEM,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = 6,
	.picture = REPORT_ROWS,
	.picture_text = 1,
	.picture_value = 6,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	.n_columns = 8,
	.columns = { { "barcode", N_("Barcode"), REPORT_TEXT, false },
		     { "name", N_("Name"), REPORT_TEXT, false },
		     QUANTITY,
		     MARGIN },
};

static const ReportKind by_group = {
	.name = "margin-group",
	.title = N_("Margin by group"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_GROUP,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_GROUP,
	.next = "margin",
	.n_columns = 7,
	.columns = { { "group", N_("Group"), REPORT_TEXT, false }, QUANTITY, MARGIN },
};

static const ReportKind by_supplier = {
	.name = "margin-supplier",
	.title = N_("Margin by supplier"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_SUPPLIER,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_SUPPLIER,
	.next = "margin",
	.n_columns = 7,
	.columns = { { "supplier", N_("Supplier"), REPORT_TEXT, false }, QUANTITY, MARGIN },
};

static const ReportKind by_day = {
	.name = "margin-day",
	.title = N_("Margin by day"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_DAY,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_DAY,
	.next = "margin",
	.n_columns = 7,
	.columns = { { "day", N_("Day"), REPORT_DAY, false }, RECEIPTS, MARGIN },
};

static const ReportKind by_weekday = {
	.name = "margin-weekday",
	.title = N_("Margin by day of the week"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_WEEKDAY,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_WEEKDAY,
	.next = "margin-day",
	.n_columns = 7,
	.columns = { { "weekday", N_("Day of the week"), REPORT_WEEKDAY, false },
		     RECEIPTS,
		     MARGIN },
};

static const ReportKind by_month = {
	.name = "margin-month",
	.title = N_("Margin by month"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_MONTH,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_MONTH,
	.next = "margin-day",
	.n_columns = 7,
	.columns = { { "month", N_("Month"), REPORT_MONTH, false }, RECEIPTS, MARGIN },
};

static const ReportKind by_hour = {
	.name = "margin-hour",
	.title = N_("Margin by hour"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_HOUR,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_HOUR,
	.next = "receipts",
	.n_columns = 7,
	.columns = { { "hour", N_("Hour"), REPORT_HOUR, false }, RECEIPTS, MARGIN },
};

static const ReportKind by_shop = {
	.name = "margin-shop",
	.title = N_("Margin by shop"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_SHOP,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_SHOP,
	.next = "margin-group",
	.n_columns = 7,
	.columns = { { "shop", N_("Shop"), REPORT_TEXT, false }, RECEIPTS, MARGIN },
};

static const ReportKind by_till = {
	.name = "margin-till",
	.title = N_("Margin by till"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_TILL,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_TILL,
	.next = "receipts",
	.n_columns = 7,
	.columns = { { "till", N_("Till"), REPORT_TEXT, false }, RECEIPTS, MARGIN },
};

static const ReportKind by_cashier = {
	.name = "margin-cashier",
	.title = N_("Margin by cashier"),
	.chapter = N_("Margin"),
	.fill = sold_fill,
	.detail = SOLD_BY_CASHIER,
	.of_sales = true,
	.takes = ANYTHING,
	.needs = SEE_COST,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 5,
	.key = REPORT_KEY_CASHIER,
	.next = "receipts",
	.n_columns = 7,
	.columns = { { "cashier", N_("Cashier"), REPORT_TEXT, false }, RECEIPTS, MARGIN },
};

const ReportKind *const report_kinds_margin[] = {
	&by_item, &by_group, &by_supplier, &by_day,	&by_weekday, &by_month,
	&by_hour, &by_shop,  &by_till,	   &by_cashier, NULL,
};
