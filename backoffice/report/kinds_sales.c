/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"
#include "backoffice/report/sold_fill.h"

#include <glib/gi18n-lib.h>

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
/* How many of the receipts are returns, and what they gave back. */
#define RETURNS                                                                                    \
	{ "returns", N_("Returns"), REPORT_INTEGER, true },                                        \
	{                                                                                          \
		"returned", N_("Given back"), REPORT_MONEY, true                                   \
	}
#define BY_ITEM                                                                                    \
	.n_columns = 8, .columns = { { "barcode", N_("Barcode"), REPORT_TEXT, false },             \
				     { "name", N_("Name"), REPORT_TEXT, false },                   \
				     { "quantity", N_("Quantity"), REPORT_QUANTITY, true },        \
				     SUMS,                                                         \
				     RECEIPTS }
#define BY_RECEIPT(name, title, type)                                                              \
	.n_columns = 8, .columns = { { name, title, type, false }, RECEIPTS, SUMS, RETURNS }
#define NET_OF_RECEIPTS 5 /* column of BY_RECEIPT */
#define NET_OF_GOODS 5 /* of groups */

#define DAYS (REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_WEEKDAYS)
#define ANYTHING                                                                                   \
	(DAYS | REPORT_TAKES_TILL | REPORT_TAKES_CASHIER | REPORT_TAKES_GROUP |                    \
	 REPORT_TAKES_ITEM | REPORT_TAKES_SUPPLIER | REPORT_TAKES_PAYMENT | REPORT_TAKES_HOURS |   \
	 REPORT_TAKES_SHIFT)
#define OF_TILLS                                                                                   \
	(DAYS | REPORT_TAKES_TILL | REPORT_TAKES_CASHIER | REPORT_TAKES_HOURS | REPORT_TAKES_SHIFT)

static const ReportKind sales = {
	.name = "sales",
	.title = N_("Sales"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_ITEM,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_HOURS,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	BY_ITEM,
};

static const ReportKind items = {
	.name = "items",
	.title = N_("Best sellers"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_ITEM,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = 6,
	.picture = REPORT_ROWS,
	.picture_text = 1,
	.picture_value = 6,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	BY_ITEM,
};

static const ReportKind hours = {
	.name = "hours",
	.title = N_("Sales by hour"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_HOUR,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_HOURS,
	.picture_text = 0,
	.picture_value = NET_OF_RECEIPTS,
	.key = REPORT_KEY_HOUR,
	.next = "receipts",
	BY_RECEIPT("hour", N_("Hour"), REPORT_HOUR),
};

static const ReportKind days = {
	.name = "days",
	.title = N_("Sales by day"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_DAY,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = NET_OF_RECEIPTS,
	.key = REPORT_KEY_DAY,
	.next = "hours",
	BY_RECEIPT("day", N_("Day"), REPORT_DAY),
};

static const ReportKind weekdays = {
	.name = "weekdays",
	.title = N_("Sales by day of the week"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_WEEKDAY,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = NET_OF_RECEIPTS,
	.key = REPORT_KEY_WEEKDAY,
	.next = "days",
	BY_RECEIPT("weekday", N_("Day of the week"), REPORT_WEEKDAY),
};

static const ReportKind months = {
	.name = "months",
	.title = N_("Sales by month"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_MONTH,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = NET_OF_RECEIPTS,
	.key = REPORT_KEY_MONTH,
	.next = "days",
	BY_RECEIPT("month", N_("Month"), REPORT_MONTH),
};

static const ReportKind shops = {
	.name = "shops",
	.title = N_("Sales by shop"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_SHOP,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = NET_OF_RECEIPTS,
	.key = REPORT_KEY_SHOP,
	.next = "days",
	BY_RECEIPT("shop", N_("Shop"), REPORT_TEXT),
};

static const ReportKind tills = {
	.name = "tills",
	.title = N_("Sales by till"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_TILL,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = NET_OF_RECEIPTS,
	.key = REPORT_KEY_TILL,
	.next = "receipts",
	BY_RECEIPT("till", N_("Till"), REPORT_TEXT),
};

static const ReportKind cashiers = {
	.name = "cashiers",
	.title = N_("Sales by cashier"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_CASHIER,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = NET_OF_RECEIPTS,
	.key = REPORT_KEY_CASHIER,
	.next = "receipts",
	BY_RECEIPT("cashier", N_("Cashier"), REPORT_TEXT),
};

static const ReportKind groups = {
	.name = "groups",
	.title = N_("Sales by group"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_GROUP,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = NET_OF_GOODS,
	.key = REPORT_KEY_GROUP,
	.next = "sales",
	.n_columns = 7,
	.columns = { { "group", N_("Group"), REPORT_TEXT, false },
		     { "quantity", N_("Quantity"), REPORT_QUANTITY, true },
		     SUMS,
		     RECEIPTS },
};

static const ReportKind suppliers = {
	.name = "supplier-sales",
	.title = N_("Sales by supplier"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_SUPPLIER,
	.of_sales = true,
	.takes = ANYTHING,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 6,
	.key = REPORT_KEY_SUPPLIER,
	.next = "sales",
	.n_columns = 7,
	.columns = { { "supplier", N_("Supplier"), REPORT_TEXT, false },
		     { "items", N_("Goods"), REPORT_INTEGER, true },
		     { "quantity", N_("Quantity"), REPORT_QUANTITY, true },
		     SUMS },
};

static const ReportKind payments = {
	.name = "payments",
	.title = N_("Payments"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_PAYMENT,
	.of_sales = true,
	.takes = OF_TILLS | REPORT_TAKES_PAYMENT,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 2,
	.key = REPORT_KEY_PAYMENT,
	.next = "receipts",
	.n_columns = 3,
	.columns = { { "kind", N_("Payment"), REPORT_TENDER, false },
		     { "payments", N_("Payments"), REPORT_INTEGER, true },
		     { "amount", N_("Amount"), REPORT_MONEY, true } },
};

static const ReportKind taxes = {
	.name = "taxes",
	.title = N_("Taxes"),
	.chapter = N_("Sales"),
	.fill = sold_fill,
	.detail = SOLD_BY_TAX,
	.of_sales = true,
	.takes = OF_TILLS,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 4,
	.columns = { { "tax", N_("Tax"), REPORT_TAX, false },
		     { "rate", N_("Rate"), REPORT_RATE, false },
		     { "base", N_("Taxed amount"), REPORT_MONEY, false },
		     { "amount", N_("Tax amount"), REPORT_MONEY, true } },
};

const ReportKind *const report_kinds_sales[] = {
	&sales, &items, &groups, &suppliers, &days,	&weekdays, &months,
	&hours, &shops, &tills,	 &cashiers,  &payments, &taxes,	   NULL,
};
