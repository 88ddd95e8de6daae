/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/day_private.h"

#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The sections of the daily report: each a kind of report of its own, in the order in which a
 * manager reads them. */

#define TAKES (REPORT_TAKES_DAYS | REPORT_TAKES_TILL | REPORT_TAKES_SHIFT)
#define WHOLE 10000 /* 100 % as a rate */

StoreStatement *day_statement(Store *store, const ReportQuery *query, const char *what)
{
	g_autofree char *name =
		g_strconcat("office/day/", query->shift != 0 ? "shift_" : "", what, NULL);
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, query->shop_id);
	if (query->shift == 0) {
		store_bind_int(statement, 2, query->to);
		return statement;
	}
	store_bind_int(statement, 2, query->till_id);
	store_bind_int(statement, 3, query->shift);
	return statement;
}

bool day_read_figures(Store *store, const ReportQuery *query, DayFigures *ret, GError **error)
{
	StoreStatement *row = day_statement(store, query, "figures");

	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = (DayFigures){ .receipts = store_get_int(row, 0),
			     .returns = store_get_int(row, 1),
			     .returned = store_get_int(row, 2),
			     .gross = store_get_int(row, 3),
			     .discount = store_get_int(row, 4),
			     .tax = store_get_int(row, 5),
			     .added = store_get_int(row, 6),
			     .net = store_get_int(row, 7),
			     .rounding = store_get_int(row, 8),
			     .cost = store_get_int(row, 9) };
	store_reset(row);
	return true;
}

/* --- filling ------------------------------------------------------------------------------- */

static ReportCell *cell_at(Report *self, int row, int column)
{
	return &g_array_index(self->cells, ReportCell,
			      (guint)(row * self->kind->n_columns + column));
}

static RowKey *key_at(Report *self, int row)
{
	return &g_array_index(self->keys, RowKey, (guint)row);
}

/* What stands in the rows is all there is. */
static bool sum_rows(Report *self, GError **error)
{
	for (int i = 0; i < self->kind->n_columns; i++) {
		int64_t sum = 0;
		bool empty = true;

		for (int row = 0; self->kind->columns[i].total && row < self->n_rows; row++) {
			const ReportCell *cell = cell_at(self, row, i);

			if (cell->empty)
				continue;
			empty = false;
			if (__builtin_add_overflow(sum, cell->value, &sum)) {
				g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY,
					    _("The sums of this day are too large."));
				return false;
			}
		}
		if (!empty)
			report_put_total(self, i, sum);
	}
	return true;
}

static bool fill(Report *self, Store *store, const ReportQuery *query, const char *what,
		 GError **error)
{
	return report_read_rows(self, day_statement(store, query, what), error) &&
	       sum_rows(self, error);
}

/* @part of @whole as a rate; an empty cell where that says nothing. */
static void put_share(ReportCell *cell, int64_t part, int64_t whole)
{
	int64_t share;

	if (whole > 0 && scale_int64(part, WHOLE, whole, ROUND_HALF_AWAY, &share))
		report_put_value(cell, share);
}

static void put_average(ReportCell *cell, const DayFigures *figures)
{
	int64_t average;

	if (figures->receipts > 0 &&
	    scale_int64(figures->net, 1, figures->receipts, ROUND_HALF_AWAY, &average))
		report_put_value(cell, average);
}

static void put_day(Report *self, int32_t day, const DayFigures *figures)
{
	ReportCell *cells = report_add_row(self);

	report_put_value(&cells[0], day);
	report_put_value(&cells[1], figures->receipts);
	report_put_value(&cells[2], figures->returns);
	report_put_value(&cells[3], figures->returned);
	report_put_value(&cells[4], figures->gross);
	report_put_value(&cells[5], figures->discount);
	report_put_value(&cells[6], figures->tax);
	report_put_value(&cells[7], figures->net);
	put_average(&cells[8], figures);
}

static void put_margin(Report *self, int32_t day, const DayFigures *figures)
{
	ReportCell *cells = report_add_row(self);

	report_put_value(&cells[0], day);
	report_put_value(&cells[1], figures->net);
	report_put_value(&cells[2], figures->cost);
	report_put_value(&cells[3], figures->net - figures->cost);
	put_share(&cells[4], figures->net - figures->cost, figures->net);
}

static int32_t week_before(int32_t day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
		       (GDateYear)(day / 10000));
	g_date_subtract_days(&date, 7);
	return g_date_get_year(&date) * 10000 + (int32_t)g_date_get_month(&date) * 100 +
	       g_date_get_day(&date);
}

/* Of a day also the same weekday a week before, where that sold anything. */
static bool fill_figures(Report *self, Store *store, const ReportQuery *query,
			 void (*put)(Report *self, int32_t day, const DayFigures *figures),
			 GError **error)
{
	ReportQuery earlier = *query;
	DayFigures figures;

	if (!day_read_figures(store, query, &figures, error))
		return false;
	put(self, query->to, &figures);
	if (query->shift != 0)
		return true;
	earlier.to = week_before(query->to);
	if (!day_read_figures(store, &earlier, &figures, error))
		return false;
	if (figures.receipts > 0)
		put(self, earlier.to, &figures);
	return true;
}

static bool fill_day(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill_figures(self, store, query, put_day, error);
}

static bool fill_margin(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill_figures(self, store, query, put_margin, error);
}

static bool fill_hours(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill(self, store, query, "hours", error);
}

static bool fill_taxes(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill(self, store, query, "taxes", error);
}

static bool fill_payments(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill(self, store, query, "payments", error);
}

static bool fill_groups(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	if (!fill(self, store, query, "groups", error))
		return false;
	for (int row = 0; row < self->n_rows; row++) {
		put_share(cell_at(self, row, 3), cell_at(self, row, 2)->value,
			  self->totals[2].value);
		key_at(self, row)->text = cell_at(self, row, 0)->text;
	}
	return true;
}

/* The till's own goods have no number, and are asked for by their name. */
static bool fill_items(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	if (!report_read_rows(self, day_statement(store, query, "items"), error))
		return false;
	for (int row = 0; row < self->n_rows; row++)
		if (key_at(self, row)->key.id == 0)
			key_at(self, row)->text = cell_at(self, row, 1)->text;
	return true;
}

static bool fill_cashiers(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill(self, store, query, "cashiers", error);
}

/* Of those who sold something what they sold. */
static bool fill_cashiers_sold(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = day_statement(store, query, "cashiers");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		ReportCell *cells;

		if (store_get_int(row, 1) == 0)
			continue;
		cells = report_add_row(self);
		report_put_text(self, &cells[0], store_get_text(row, 0));
		for (int i = 1; i < self->kind->n_columns; i++)
			report_put_value(&cells[i], store_get_int(row, i));
		report_put_key(self, store_get_int(row, 6), store_get_int(row, 7),
			       store_get_int(row, 8));
	}
	return step == STORE_DONE && sum_rows(self, error);
}

static bool fill_acts(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill(self, store, query, "acts", error);
}

static bool fill_shifts(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill(self, store, query, "shifts", error);
}

static bool fill_cash(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	return fill(self, store, query, "cash", error);
}

/* Those that were heard of after query->at. */
static bool fill_late(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/late");

	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, query->to);
	store_bind_int(row, 3, query->at);
	store_bind_int(row, 4, query->till_id);
	store_bind_int(row, 5, query->shift);
	return report_read_rows(self, row, error) && sum_rows(self, error);
}

/* --- words --------------------------------------------------------------------------------- */

static const char *group_word(const char *path)
{
	return *path != '\0' ? path : _("Without a group");
}

static const char *act_word(const char *code)
{
	static const struct {
		const char *code, *word;
	} words[] = {
		{ "line-void", N_("Lines voided") },
		{ "receipt-void", N_("Receipts voided") },
		{ "no-sale", N_("Drawer opened without a sale") },
		{ "override", N_("Rights lent") },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].code, code) == 0)
			return _(words[i].word);
	return code;
}

/* --- kinds --------------------------------------------------------------------------------- */

#define SECTION(its_name, its_title, its_fill)                                                     \
	.name = its_name, .title = its_title, .chapter = N_("Sales"), .fill = its_fill,            \
	.takes = TAKES, .sort = -1

const ReportKind day_section_day = {
	SECTION("day", N_("The day"), fill_day),
	.n_columns = 9,
	.columns = { { "day", N_("Day"), REPORT_DAY },
		     { "receipts", N_("Receipts"), REPORT_INTEGER },
		     { "returns", N_("Returns"), REPORT_INTEGER },
		     { "returned", N_("Given back"), REPORT_MONEY },
		     { "gross", N_("Gross"), REPORT_MONEY },
		     { "discount", N_("Discount"), REPORT_MONEY },
		     { "tax", N_("Tax"), REPORT_MONEY },
		     { "net", N_("Net"), REPORT_MONEY },
		     { "average", N_("Average receipt"), REPORT_MONEY } },
};

const ReportKind day_section_margin = {
	SECTION("margin", N_("Gross margin"), fill_margin),
	.needs = UINT32_C(1) << RIGHT_SEE_COST,
	.n_columns = 5,
	.columns = { { "day", N_("Day"), REPORT_DAY },
		     { "net", N_("Net"), REPORT_MONEY },
		     { "cost", N_("Cost"), REPORT_MONEY, .cost = true },
		     { "margin", N_("Gross margin"), REPORT_MONEY, .cost = true },
		     { "margin_rate", N_("Margin rate"), REPORT_RATE, .cost = true } },
};

static const ReportKind hours = {
	SECTION("hours", N_("Sales by hour"), fill_hours),
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = 2,
	.key = REPORT_KEY_HOUR,
	.n_columns = 3,
	.columns = { { "hour", N_("Hour"), REPORT_HOUR },
		     { "receipts", N_("Receipts"), REPORT_INTEGER, true },
		     { "net", N_("Net"), REPORT_MONEY, true } },
};

static const ReportKind taxes = {
	SECTION("taxes", N_("Taxes"), fill_taxes),
	.n_columns = 4,
	.columns = { { "tax", N_("Tax"), REPORT_TAX },
		     { "rate", N_("Rate"), REPORT_RATE },
		     { "base", N_("Taxed amount"), REPORT_MONEY },
		     { "amount", N_("Tax amount"), REPORT_MONEY, true } },
};

/* amount − rounding = net. */
static const ReportKind payments = {
	SECTION("payments", N_("Payments"), fill_payments),
	.key = REPORT_KEY_PAYMENT,
	.n_columns = 4,
	.columns = { { "kind", N_("Payment"), REPORT_TENDER },
		     { "payments", N_("Payments"), REPORT_INTEGER, true },
		     { "amount", N_("Amount"), REPORT_MONEY, true },
		     { "rounding", N_("Rounding"), REPORT_MONEY, true } },
};

static const ReportKind groups = {
	SECTION("groups", N_("Sales by group"), fill_groups),
	.key = REPORT_KEY_GROUP,
	.n_columns = 6,
	.columns = { { "group", N_("Group"), REPORT_WORD, .word = group_word },
		     { "receipts", N_("Receipts"), REPORT_INTEGER },
		     { "net", N_("Net"), REPORT_MONEY, true },
		     { "share", N_("Share"), REPORT_RATE },
		     { "cost", N_("Cost"), REPORT_MONEY, true, .cost = true },
		     { "margin", N_("Gross margin"), REPORT_MONEY, true, .cost = true } },
};

static const ReportKind items = {
	SECTION("items", N_("Best sellers"), fill_items),
	.key = REPORT_KEY_ITEM,
	.n_columns = 6,
	.columns = { { "barcode", N_("Barcode"), REPORT_TEXT },
		     { "name", N_("Name"), REPORT_TEXT },
		     { "quantity", N_("Quantity"), REPORT_QUANTITY },
		     { "net", N_("Net"), REPORT_MONEY },
		     { "cost", N_("Cost"), REPORT_MONEY, .cost = true },
		     { "margin", N_("Gross margin"), REPORT_MONEY, .cost = true } },
};

#define CASHIER                                                                                    \
	{ "cashier", N_("Cashier"), REPORT_TEXT },                                                 \
		{ "receipts", N_("Receipts"), REPORT_INTEGER, true },                              \
		{ "returns", N_("Returns"), REPORT_INTEGER, true },                                \
	{                                                                                          \
		"net", N_("Net"), REPORT_MONEY, true                                               \
	}

static const ReportKind cashiers = {
	SECTION("cashiers", N_("Sales by cashier"), fill_cashiers),
	.needs = UINT32_C(1) << RIGHT_SEE_ACTS,
	.key = REPORT_KEY_CASHIER,
	.n_columns = 6,
	.columns = { CASHIER,
		     { "discount", N_("Discount"), REPORT_MONEY, true },
		     { "voids", N_("Voids"), REPORT_INTEGER, true } },
};

/* For whoever may not see what single cashiers did. */
static const ReportKind cashiers_sold = {
	SECTION("cashiers", N_("Sales by cashier"), fill_cashiers_sold),
	.key = REPORT_KEY_CASHIER,
	.n_columns = 4,
	.columns = { CASHIER },
};

static const ReportKind acts = {
	SECTION("acts", N_("Voids, drawer openings, lent rights"), fill_acts),
	.needs = UINT32_C(1) << RIGHT_SEE_ACTS,
	.n_columns = 4,
	.columns = { { "act", N_("What"), REPORT_WORD, .word = act_word },
		     { "cashier", N_("Cashier"), REPORT_TEXT },
		     { "times", N_("Times"), REPORT_INTEGER, true },
		     { "amount", N_("Amount"), REPORT_MONEY, true } },
};

static const ReportKind shifts = {
	SECTION("shifts", N_("Shifts"), fill_shifts),
	.key = REPORT_KEY_SHIFT,
	.n_columns = 8,
	.columns = { { "till", N_("Till"), REPORT_TEXT },
		     { "shift", N_("Z report"), REPORT_INTEGER },
		     { "opened", N_("Opened"), REPORT_TIME },
		     { "closed", N_("Closed"), REPORT_TIME },
		     { "opening", N_("At opening"), REPORT_MONEY },
		     { "expected", N_("Expected"), REPORT_MONEY },
		     { "counted", N_("Counted"), REPORT_MONEY },
		     { "difference", N_("Difference"), REPORT_MONEY, true } },
};

static const ReportKind cash = {
	SECTION("cash", N_("Cash put in and taken out"), fill_cash),
	.n_columns = 5,
	.columns = { { "at", N_("Time"), REPORT_TIME },
		     { "till", N_("Till"), REPORT_TEXT },
		     { "cashier", N_("Cashier"), REPORT_TEXT },
		     { "in", N_("Put in"), REPORT_MONEY, true },
		     { "out", N_("Taken out"), REPORT_MONEY, true } },
};

const ReportKind day_section_late = {
	SECTION("late", N_("Came after it was printed"), fill_late),
	.key = REPORT_KEY_RECEIPT,
	.n_columns = 5,
	.columns = { { "till", N_("Till"), REPORT_TEXT },
		     { "receipt", N_("Receipt"), REPORT_TEXT },
		     { "at", N_("Sold"), REPORT_TIME },
		     { "heard", N_("Heard of"), REPORT_TIME },
		     { "net", N_("Net"), REPORT_MONEY, true } },
};

const ReportKind *const *day_section_kinds(bool with_acts)
{
	static const ReportKind *const all[] = { &payments, &taxes, &hours,  &groups, &items,
						 &cashiers, &acts,  &shifts, &cash,   NULL };
	static const ReportKind *const sold[] = { &payments,	  &taxes,  &hours, &groups, &items,
						  &cashiers_sold, &shifts, &cash,  NULL };

	return with_acts ? all : sold;
}
