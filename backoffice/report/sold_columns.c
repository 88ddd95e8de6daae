/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/sold_private.h"
#include "backoffice/rollup/columns.h"

/* Lines of days as arrays of numbers: they answer most of what no sum does, and fast. */

typedef struct {
	Store *store; /* borrowed */
	const ReportQuery *query; /* borrowed */
	SoldBy by;
	GArray *groups; /* owned, of int64_t; NULL: all */
} Columns;

/* False where they cannot be asked so. */
static bool columns_by(SoldBy by, ColumnsBy *ret)
{
	static const struct {
		SoldBy by;
		ColumnsBy columns;
	} pairs[] = {
		{ SOLD_BY_ALL, COLUMNS_BY_NONE },    { SOLD_BY_DAY, COLUMNS_BY_DAY },
		{ SOLD_BY_HOUR, COLUMNS_BY_HOUR },   { SOLD_BY_SHOP, COLUMNS_BY_SHOP },
		{ SOLD_BY_MONTH, COLUMNS_BY_MONTH }, { SOLD_BY_WEEKDAY, COLUMNS_BY_WEEKDAY },
		{ SOLD_BY_TILL, COLUMNS_BY_TILL },   { SOLD_BY_CASHIER, COLUMNS_BY_CASHIER },
		{ SOLD_BY_GROUP, COLUMNS_BY_GROUP }, { SOLD_BY_ITEM, COLUMNS_BY_ITEM },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (pairs[i].by == by) {
			*ret = pairs[i].columns;
			return true;
		}
	return false;
}

/* They know neither payments nor suppliers, and have cost without a receipt at hour 0. */
static bool columns_can(const ReportQuery *query, SoldBy by)
{
	const unsigned known = SOLD_ALWAYS | REPORT_TAKES_TILL | REPORT_TAKES_CASHIER |
			       REPORT_TAKES_HOURS | REPORT_TAKES_GROUP | REPORT_TAKES_ITEM;
	ColumnsBy columns;

	return (report_narrowed_by(query) & ~known) == 0 && query->own == NULL &&
	       (query->until == 0 || query->hour > 0) && columns_by(by, &columns);
}

static bool read_groups(Columns *self, GError **error)
{
	StoreStatement *row;
	StoreStep step;

	if (self->query->group == NULL)
		return true;
	self->groups = g_array_new(false, false, sizeof(int64_t));
	row = store_statement(self->store, "office/sold/groups_below");
	store_bind_text(row, 1, self->query->group);
	store_bind_int(row, 2, self->query->group_alone);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t id = store_get_int(row, 0);

		g_array_append_val(self->groups, id);
	}
	return step == STORE_DONE;
}

static GArray *ask_columns(Columns *self, GError **error)
{
	const ReportQuery *query = self->query;
	ColumnsQuery asked = { .shop_id = query->shop_id,
			       .first_day = query->from,
			       .last_day = query->to,
			       .item_id = query->item_id,
			       .till_id = query->till_id,
			       .cashier_id = query->cashier_id,
			       .groups = self->groups,
			       .weekdays = query->weekdays };
	ColumnsBy by;

	for (int hour = query->hour; hour < query->until; hour++)
		asked.hours |= UINT32_C(1) << hour;
	if (!columns_by(self->by, &by))
		return NULL;
	return columns_sum_within(self->store, &asked, by, error);
}

static bool shop_of(Columns *self, int64_t till_id, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/sold/till_shop");
	StoreStep step;

	store_bind_int(row, 1, till_id);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

/* A row of key 0 that is of receipts cannot be told from cost without one, nor goods of the till's
 * own from each other. */
static bool is_clear(SoldBy by, const ColumnsRow *row)
{
	bool mixed = by == SOLD_BY_HOUR || by == SOLD_BY_CASHIER || by == SOLD_BY_ITEM;

	return !mixed || row->key != 0 || (row->receipts == 0 && by != SOLD_BY_ITEM);
}

static bool take_column(Columns *self, Sums *sums, const ColumnsRow *row, GError **error)
{
	bool of_receipts =
		self->by == SOLD_BY_HOUR || self->by == SOLD_BY_TILL || self->by == SOLD_BY_CASHIER;
	int64_t id = of_receipts && row->key == 0 ? SOLD_NO_RECEIPT : row->key, shop_id = 0;
	Sold *sold;

	if (self->by == SOLD_BY_TILL && !shop_of(self, row->key, &shop_id, error))
		return false;
	if (self->by == SOLD_BY_SHOP)
		shop_id = row->key;
	sold = sold_row(sums, shop_id, id, "");
	sold->values[SOLD_RECEIPTS] = row->receipts;
	sold->values[SOLD_RETURNS] = row->returns;
	sold->values[SOLD_RETURNED] = row->returned;
	sold->values[SOLD_QUANTITY] = row->quantity;
	sold->values[SOLD_GROSS] = row->gross;
	sold->values[SOLD_DISCOUNT] = row->discount;
	sold->values[SOLD_TAX] = row->tax;
	sold->values[SOLD_NET] = row->net;
	sold->values[SOLD_COST] = row->cost;
	return true;
}

/* *ret_done is false where the lines have to be read after all. */
static bool take_columns(Columns *self, Sums *sums, bool *ret_done, GError **error)
{
	g_autoptr(GArray) rows = ask_columns(self, error);

	*ret_done = false;
	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows->len; i++)
		if (!is_clear(self->by, &g_array_index(rows, ColumnsRow, i)))
			return true;
	for (guint i = 0; i < rows->len; i++)
		if (!take_column(self, sums, &g_array_index(rows, ColumnsRow, i), error))
			return false;
	*ret_done = true;
	return true;
}

bool sold_try_columns(Sums *sums, Store *store, const ReportQuery *query, SoldBy by, bool *ret_done,
		      GError **error)
{
	Columns columns = { .store = store, .query = query, .by = by };
	bool went;

	*ret_done = false;
	if (!columns_can(query, by))
		return true;
	went = read_groups(&columns, error) && take_columns(&columns, sums, ret_done, error);
	g_clear_pointer(&columns.groups, g_array_unref);
	return went;
}

/* Days that somebody told of less than this ago are still being sold. */
#define SETTLED (10 * G_TIME_SPAN_MINUTE)

/* Where they cannot be written now they are made another time. */
bool report_prepare(Store *store, const ReportQuery *query, GError **error)
{
	const unsigned of_goods = REPORT_TAKES_GROUP | REPORT_TAKES_ITEM | REPORT_TAKES_SUPPLIER;
	g_autoptr(GError) failed = NULL;

	if ((report_narrowed_by(query) & of_goods) == 0 || !store_is_writable(store) ||
	    columns_refresh(store, query->shop_id, query->from, query->to,
			    g_get_real_time() - SETTLED, &failed) ||
	    g_error_matches(failed, STORE_ERROR, STORE_ERROR_BUSY) ||
	    g_error_matches(failed, STORE_ERROR, STORE_ERROR_FULL))
		return true;
	g_propagate_error(error, g_steal_pointer(&failed));
	return false;
}
