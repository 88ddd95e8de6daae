/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"
#include "backoffice/report/sold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Receipts and shifts one by one. */

#define RECEIPTS_MAX 10000

static const char *receipt_word(const char *code)
{
	if (strcmp(code, "sale") == 0)
		return _("Sale");
	return strcmp(code, "return") == 0 ? _("Return") : code;
}

static bool of_goods(const ReportQuery *query)
{
	return (report_narrowed_by(query) &
		(REPORT_TAKES_GROUP | REPORT_TAKES_ITEM | REPORT_TAKES_SUPPLIER)) != 0;
}

static bool fill_receipts(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	int limit = query->limit > 0 ? query->limit : RECEIPTS_MAX;
	int32_t from = query->from;
	ReportQuery days = *query;

	while (report_next_days(&from, query->to, query->weekdays, &days.from, &days.to))
		if (!report_read_adding(self, sold_bind_receipts(store, &days), limit, error))
			return false;
	if (of_goods(query) && self->n_rows > 0)
		report_add_note(self,
				_("Gross, discount, tax and net are of the goods asked for. "
				  "Cash and the rest is what whole receipts were paid with."));
	return true;
}

static const ReportKind receipts = {
	.name = "receipts",
	.title = N_("Receipts"),
	.chapter = N_("Sales"),
	.fill = fill_receipts,
	.of_sales = true,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_WEEKDAYS |
		 REPORT_TAKES_TILL | REPORT_TAKES_CASHIER | REPORT_TAKES_GROUP | REPORT_TAKES_ITEM |
		 REPORT_TAKES_SUPPLIER | REPORT_TAKES_PAYMENT | REPORT_TAKES_HOURS |
		 REPORT_TAKES_SHIFT,
	.sort = -1,
	.key = REPORT_KEY_RECEIPT,
	.n_columns = 12,
	.columns = { { "time", N_("Time"), REPORT_TIME, false },
		     { "receipt", N_("Receipt"), REPORT_TEXT, false },
		     { "till", N_("Till"), REPORT_TEXT, false },
		     { "cashier", N_("Cashier"), REPORT_TEXT, false },
		     { "kind", N_("Kind"), REPORT_WORD, .word = receipt_word },
		     { "lines", N_("Lines"), REPORT_INTEGER, true },
		     { "gross", N_("Gross"), REPORT_MONEY, true },
		     { "discount", N_("Discount"), REPORT_MONEY, true },
		     { "tax", N_("Tax"), REPORT_MONEY, true },
		     { "net", N_("Net"), REPORT_MONEY, true },
		     { "cash", N_("Cash"), REPORT_MONEY, true },
		     { "other", N_("Paid otherwise"), REPORT_MONEY, true } },
};

static bool fill_shifts(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = store_statement(store, "office/sold/shifts");

	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, query->from);
	store_bind_int(row, 3, query->to);
	store_bind_int(row, 4, query->till_id);
	return report_read_adding(self, row, 0, error);
}

static const ReportKind shifts = {
	.name = "z",
	.title = N_("Register of shifts (Z)"),
	.chapter = N_("Sales"),
	.fill = fill_shifts,
	.of_sales = true,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_TILL,
	.sort = -1,
	.key = REPORT_KEY_SHIFT,
	.next = "receipts",
	.n_columns = 16,
	.columns = { { "day", N_("Day"), REPORT_DAY, false },
		     { "till", N_("Till"), REPORT_TEXT, false },
		     { "shift", N_("Shift"), REPORT_INTEGER, false },
		     { "opened", N_("Opened"), REPORT_TIME, false },
		     { "opened-by", N_("Opened by"), REPORT_TEXT, false },
		     { "closed", N_("Closed"), REPORT_TIME, false },
		     { "closed-by", N_("Closed by"), REPORT_TEXT, false },
		     { "receipts", N_("Receipts"), REPORT_INTEGER, true },
		     { "sales", N_("Sold"), REPORT_MONEY, true },
		     { "returns", N_("Given back"), REPORT_MONEY, true },
		     { "cash", N_("Cash"), REPORT_MONEY, true },
		     { "card", N_("Card"), REPORT_MONEY, true },
		     { "counted", N_("Counted"), REPORT_MONEY, false },
		     { "difference", N_("Difference"), REPORT_MONEY, true },
		     { "z", N_("Registrar’s shift"), REPORT_INTEGER, false },
		     { "registrar", N_("Registrar’s net"), REPORT_MONEY, false } },
};

const ReportKind *const report_kinds_receipts[] = { &receipts, &shifts, NULL };
