/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>

/* How fast stock turns into sales, and what stands on the shelves for long. */

#define DAY (INT64_C(86400) * G_USEC_PER_SEC)
/* Slow: what is there lasts for so many times the days that were looked at. */
#define SLOW_TIMES 3

/* Of one item; SQL's order. */
typedef struct {
	const char *barcode, *name, *unit; /* lent by the statement */
	int64_t item_id, sold, cost, average, quantity, value;
	int64_t last_day; /* 0: never sold */
} Turn;

static Turn read_turn(StoreStatement *row)
{
	return (Turn){ .barcode = store_get_text(row, 0),
		       .name = store_get_text(row, 1),
		       .unit = store_get_text(row, 2),
		       .item_id = store_get_int(row, 3),
		       .sold = store_get_int(row, 4),
		       .cost = store_get_int(row, 5),
		       .average = store_get_int(row, 6),
		       .quantity = store_get_int(row, 7),
		       .value = store_get_int(row, 8),
		       .last_day = store_get_int(row, 9) };
}

/* part × factor / whole, where that is something. */
static bool ratio(int64_t part, int64_t factor, int64_t whole, int64_t *ret)
{
	return part > 0 && whole > 0 && scale_int64(part, factor, whole, ROUND_HALF_AWAY, ret);
}

typedef struct {
	Report *report;
	int64_t shop_id, days;
	int64_t cost, average, value; /* sums */
} Filling;

static bool add(int64_t *to, int64_t value, GError **error)
{
	if (!__builtin_add_overflow(*to, value, to))
		return true;
	g_set_error_literal(error, REPORT_ERROR, REPORT_ERROR_TOO_LARGE,
			    _("The sum of these rows is too large."));
	return false;
}

static void put_subject(Filling *self, const Turn *turn, ReportCell *cells)
{
	report_put_text(self->report, &cells[0], turn->barcode);
	report_put_text(self->report, &cells[1], turn->name);
	report_put_text(self->report, &cells[2], turn->unit);
	report_put_key(self->report, self->shop_id, 0, turn->item_id);
}

/* Times the stock was sold, and how long it lasts: by its cost, and what is there now by pieces. */
static void put_speed(const Turn *turn, int64_t days, ReportCell *times, ReportCell *lasts,
		      ReportCell *left)
{
	int64_t value;

	if (ratio(turn->cost, 100, turn->average, &value))
		report_put_value(times, value);
	if (ratio(turn->average, days, turn->cost, &value))
		report_put_value(lasts, value);
	if (left != NULL && ratio(turn->quantity, days, turn->sold, &value))
		report_put_value(left, value);
}

static bool put_turnover(Filling *self, const Turn *turn, GError **error)
{
	ReportCell *cells;

	if (turn->cost == 0 && turn->average == 0 && turn->quantity == 0)
		return true;
	cells = report_add_row(self->report);
	put_subject(self, turn, cells);
	report_put_value(&cells[3], turn->sold);
	report_put_value(&cells[4], turn->cost);
	report_put_value(&cells[5], turn->average);
	put_speed(turn, self->days, &cells[6], &cells[7], &cells[9]);
	report_put_value(&cells[8], turn->quantity);
	return add(&self->cost, turn->cost, error) && add(&self->average, turn->average, error);
}

static void put_turnover_totals(Filling *self)
{
	Turn all = { .cost = self->cost, .average = self->average };
	ReportCell times = { 0 }, lasts = { 0 };

	put_speed(&all, self->days, &times, &lasts, NULL);
	report_put_total(self->report, 4, self->cost);
	report_put_total(self->report, 5, self->average);
	report_put_total(self->report, 6, times.value);
	report_put_total(self->report, 7, lasts.value);
}

/* What is there and was not sold, or lasts for long. */
static bool is_slow(const Turn *turn)
{
	int64_t times;

	if (turn->quantity <= 0)
		return false;
	return turn->sold <= 0 || !ratio(turn->quantity, 1, turn->sold, &times) ||
	       times >= SLOW_TIMES;
}

static bool put_slow(Filling *self, const Turn *turn, GError **error)
{
	ReportCell *cells;
	int64_t left;

	if (!is_slow(turn))
		return true;
	cells = report_add_row(self->report);
	put_subject(self, turn, cells);
	report_put_value(&cells[3], turn->quantity);
	report_put_value(&cells[4], turn->value);
	report_put_value(&cells[5], turn->sold);
	if (ratio(turn->quantity, self->days, turn->sold, &left))
		report_put_value(&cells[6], left);
	if (turn->last_day != 0)
		report_put_value(&cells[7], turn->last_day);
	return add(&self->value, turn->value, error);
}

static StoreStatement *bind(const Report *self, Store *store, const ReportQuery *query,
			    int64_t *ret_days)
{
	StoreStatement *row = store_statement(store, "office/analysis/turnover");
	int64_t start = report_day_start(self->zone, query->from);
	int64_t end = MIN(report_day_last(self->zone, query->to) + 1,
			  MAX(g_get_real_time(), start + G_USEC_PER_SEC));

	*ret_days = MAX((end - start + DAY / 2) / DAY, 1);
	store_bind_int(row, 1, query->shop_id);
	store_bind_int(row, 2, query->from);
	store_bind_int(row, 3, query->to);
	store_bind_int(row, 4, start);
	store_bind_int(row, 5, end);
	return row;
}

static bool fill(Report *report, Store *store, const ReportQuery *query,
		 bool (*put)(Filling *, const Turn *, GError **), Filling *filling, GError **error)
{
	StoreStatement *row;
	StoreStep step;

	*filling = (Filling){ .report = report, .shop_id = query->shop_id };
	row = bind(report, store, query, &filling->days);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Turn turn = read_turn(row);

		if (!put(filling, &turn, error)) {
			store_reset(row);
			return false;
		}
	}
	return step == STORE_DONE;
}

static bool fill_turnover(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	Filling filling;

	if (!fill(self, store, query, put_turnover, &filling, error))
		return false;
	put_turnover_totals(&filling);
	return true;
}

static bool fill_slow(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	Filling filling;

	if (!fill(self, store, query, put_slow, &filling, error))
		return false;
	report_put_total(self, 4, filling.value);
	return true;
}

#define OF_ITEM                                                                                    \
	{ "barcode", N_("Barcode"), REPORT_TEXT, false },                                          \
		{ "name", N_("Name"), REPORT_TEXT, false },                                        \
	{                                                                                          \
		"unit", N_("Unit"), REPORT_UNIT, false                                             \
	}

static const ReportKind turnover = {
	.name = "turnover",
	.title = N_("Turnover of stock"),
	.chapter = N_("Stock"),
	.fill = fill_turnover,
	.of_sales = true,
	.takes = REPORT_TAKES_DAYS,
	.needs = UINT32_C(1) << RIGHT_SEE_COST,
	.sort = 4,
	.picture = REPORT_ROWS,
	.picture_text = 1,
	.picture_value = 5,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	.n_columns = 10,
	.columns = { OF_ITEM,
		     { "quantity", N_("Sold"), REPORT_QUANTITY, false },
		     { "cost", N_("Cost of it"), REPORT_MONEY, .total = true, .cost = true },
		     { "average", N_("Average stock"), REPORT_MONEY, .total = true, .cost = true },
		     { "times", N_("Turned"), REPORT_HUNDREDTHS, .total = true, .cost = true },
		     { "days", N_("Days of stock"), REPORT_INTEGER, .total = true, .cost = true },
		     { "balance", N_("Now"), REPORT_QUANTITY, false },
		     { "left", N_("Lasts, days"), REPORT_INTEGER, false } },
};

static const ReportKind slow = {
	.name = "slow",
	.title = N_("Slow sellers"),
	.chapter = N_("Assortment"),
	.fill = fill_slow,
	.of_sales = true,
	.takes = REPORT_TAKES_DAYS,
	.sort = 4,
	.picture = REPORT_ROWS,
	.picture_text = 1,
	.picture_value = 4,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	.n_columns = 8,
	.columns = { OF_ITEM,
		     { "balance", N_("Now"), REPORT_QUANTITY, false },
		     { "value", N_("Value"), REPORT_MONEY, .total = true, .cost = true },
		     { "quantity", N_("Sold"), REPORT_QUANTITY, false },
		     { "left", N_("Lasts, days"), REPORT_INTEGER, false },
		     { "last", N_("Sold last"), REPORT_DAY, false } },
};

const ReportKind *const report_kinds_turnover[] = { &turnover, &slow, NULL };
