/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include <glib/gi18n-lib.h>

/* Each row adds up: opening + in + out + sales + returns + rounding = expected. */
static const ReportKind cash = {
	.name = "cash",
	.title = N_("Cash in drawers"),
	.chapter = N_("Money"),
	.statement = "office/report/cash",
	.totals = "office/report/cash_totals",
	.takes = REPORT_TAKES_DAYS,
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
	.chapter = N_("Money"),
	.statement = "office/report/cases",
	.totals = "office/report/no_totals",
	.takes = REPORT_TAKES_DAYS,
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

const ReportKind *const report_kinds_drawers[] = { &cash, &cases, NULL };
