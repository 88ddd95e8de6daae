/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include <glib/gi18n-lib.h>

static StoreStatement *bind(Store *store, const char *name, const ReportQuery *query)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, query->shop_id);
	store_bind_int(statement, 2, query->item_id);
	store_bind_int(statement, 3, query->at);
	return statement;
}

static bool fill_stock(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return report_read_rows(self, bind(store, "office/stock/balance", query), error) &&
	       report_read_totals(self, bind(store, "office/stock/totals", query), error);
}

static const ReportKind stock = {
	.name = "stock",
	.title = N_("Stock on hand"),
	.chapter = N_("Stock"),
	.fill = fill_stock,
	.takes = REPORT_TAKES_DAY | REPORT_TAKES_ITEM,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 7,
	.columns = { { "barcode", N_("Barcode"), REPORT_TEXT, false },
		     { "article", N_("Article"), REPORT_TEXT, false },
		     { "name", N_("Name"), REPORT_TEXT, false },
		     { "unit", N_("Unit"), REPORT_UNIT, false },
		     { "balance", N_("Balance"), REPORT_QUANTITY, true },
		     { "cost", N_("Cost"), REPORT_MONEY, .cost = true },
		     { "value", N_("Value"), REPORT_MONEY, .total = true, .cost = true } },
};

static const ReportKind expiring = {
	.name = "expiring",
	.title = N_("What expires"),
	.chapter = N_("Stock"),
	.statement = "office/report/expiring",
	.totals = "office/report/no_totals",
	.takes = REPORT_TAKES_DAYS,
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

const ReportKind *const report_kinds_stock[] = { &stock, &expiring, NULL };
