/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/sold_fill.h"

#include "backoffice/report/report_private.h"
#include "backoffice/report/sold_names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
	const Sold *sold; /* borrowed */
	SoldName name; /* owned */
} Row;

typedef struct {
	Report *report;
	Store *store;
	const ReportQuery *query;
	SoldBy by;
	GArray *rows; /* owned, of Row */
	Sold total;
} Filling;

static void row_clear(void *data)
{
	sold_name_clear(&((Row *)data)->name);
}

/* --- columns ------------------------------------------------------------------------------- */

static bool set_margin(const Sold *sold, int64_t *ret)
{
	return !__builtin_sub_overflow(sold->values[SOLD_NET], sold->values[SOLD_COST], ret);
}

/* Of what was given away or given back nobody can say a part. */
static bool set_rate(const Sold *sold, int64_t *ret)
{
	int64_t margin;

	return sold->values[SOLD_NET] > 0 && set_margin(sold, &margin) &&
	       scale_int64(margin, 10000, sold->values[SOLD_NET], ROUND_HALF_AWAY, ret);
}

/* False where the column is none of these, or has no value here. */
static bool value_of(const char *column, const Sold *sold, int64_t *ret)
{
	static const struct {
		const char *name;
		SoldValue value;
	} values[] = {
		{ "receipts", SOLD_RECEIPTS }, { "payments", SOLD_RECEIPTS },
		{ "returns", SOLD_RETURNS },   { "returned", SOLD_RETURNED },
		{ "quantity", SOLD_QUANTITY }, { "gross", SOLD_GROSS },
		{ "base", SOLD_GROSS },	       { "discount", SOLD_DISCOUNT },
		{ "tax", SOLD_TAX },	       { "net", SOLD_NET },
		{ "amount", SOLD_NET },	       { "cost", SOLD_COST },
		{ "items", SOLD_ITEMS },
	};

	if (strcmp(column, "margin") == 0)
		return set_margin(sold, ret);
	if (strcmp(column, "margin-rate") == 0)
		return set_rate(sold, ret);
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
		if (strcmp(column, values[i].name) == 0) {
			*ret = sold->values[values[i].value];
			return true;
		}
	return false;
}

static void put_values(const ReportKind *kind, int from, const Sold *sold, ReportCell *cells)
{
	int64_t value;

	for (int i = from; i < kind->n_columns; i++)
		if (value_of(kind->columns[i].name, sold, &value))
			report_put_value(&cells[i], value);
}

/* --- rows ---------------------------------------------------------------------------------- */

static void put_key(Filling *self, const Row *row)
{
	const Sold *sold = row->sold;
	int64_t shop_id = sold->shop_id != 0 ? sold->shop_id : self->query->shop_id;
	bool own = self->by == SOLD_BY_ITEM && sold->id == 0;

	if (self->report->kind->key == REPORT_NO_KEY || sold->id == SOLD_NO_RECEIPT)
		return;
	if (sold->id == 0 && (self->by == SOLD_BY_CASHIER || self->by == SOLD_BY_SUPPLIER))
		return;
	report_put_key(self->report, shop_id, self->by == SOLD_BY_TILL ? sold->id : 0, sold->id);
	if (own)
		report_put_key_text(self->report, sold->text);
}

/* The first columns: what the row is about. How many they are. */
static int put_subject(Filling *self, const Row *row, ReportCell *cells)
{
	const Sold *sold = row->sold;

	switch (self->by) {
	case SOLD_BY_ITEM:
		report_put_text(self->report, &cells[0],
				row->name.barcode != NULL ? row->name.barcode : "");
		report_put_text(self->report, &cells[1], row->name.title);
		return 2;
	case SOLD_BY_TAX:
		report_put_text(self->report, &cells[0], sold->text);
		report_put_value(&cells[1], sold->id);
		return 2;
	case SOLD_BY_DAY:
	case SOLD_BY_WEEKDAY:
	case SOLD_BY_MONTH:
		report_put_value(&cells[0], sold->id);
		return 1;
	case SOLD_BY_HOUR:
		if (sold->id == SOLD_NO_RECEIPT) {
			report_put_text(self->report, &cells[0], row->name.title);
			cells[0].empty = true; /* no hour, but words */
		} else {
			report_put_value(&cells[0], sold->id);
		}
		return 1;
	default:
		report_put_text(self->report, &cells[0], row->name.title);
		return 1;
	}
}

static bool group_path(Filling *self, const Row *row, GError **error)
{
	StoreStatement *path;
	StoreStep step;

	if (self->by != SOLD_BY_GROUP || self->report->kind->key == REPORT_NO_KEY)
		return true;
	path = store_statement(self->store, "office/sold/group_path");
	store_bind_int(path, 1, row->sold->id);
	step = store_step(path, error);
	if (step == STORE_ROW)
		report_put_key_text(self->report, store_get_text(path, 0));
	store_reset(path);
	return step != STORE_FAILED;
}

static bool put_row(Filling *self, const Row *row, GError **error)
{
	ReportCell *cells = report_add_row(self->report);
	int from = put_subject(self, row, cells);

	put_values(self->report->kind, from, row->sold, cells);
	put_key(self, row);
	return group_path(self, row, error);
}

/* --- order --------------------------------------------------------------------------------- */

static bool by_number(SoldBy by)
{
	return by == SOLD_BY_DAY || by == SOLD_BY_WEEKDAY || by == SOLD_BY_MONTH ||
	       by == SOLD_BY_HOUR;
}

static int sign(int64_t left, int64_t right)
{
	return (left > right) - (left < right);
}

static int compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
	const Row *left = a, *right = b;
	SoldBy by = *(const SoldBy *)data;
	int order = 0;

	if ((left->sold->id == SOLD_NO_RECEIPT) != (right->sold->id == SOLD_NO_RECEIPT))
		return left->sold->id == SOLD_NO_RECEIPT ? 1 : -1;
	if (by == SOLD_BY_ITEM)
		order = strcmp(left->name.order != NULL ? left->name.order : "",
			       right->name.order != NULL ? right->name.order : "");
	else if (by == SOLD_BY_CASHIER || by == SOLD_BY_SUPPLIER)
		order = sign(right->sold->values[SOLD_NET], left->sold->values[SOLD_NET]);
	else if (!by_number(by))
		order = strcmp(left->name.title, right->name.title);
	return order != 0 ? order : sign(left->sold->id, right->sold->id);
}

/* --- all of it ----------------------------------------------------------------------------- */

static bool shows_cost(const ReportKind *kind)
{
	for (int i = 0; i < kind->n_columns; i++)
		if (strcmp(kind->columns[i].name, "cost") == 0)
			return true;
	return false;
}

/* Cost alone is no row of what was sold. */
static bool is_row(const Filling *self, const Sold *sold)
{
	if (shows_cost(self->report->kind))
		return true;
	for (int i = 0; i < SOLD_N; i++)
		if (i != SOLD_COST && i != SOLD_ITEMS && sold->values[i] != 0)
			return true;
	return false;
}

static bool add_row(Filling *self, const Sold *sold, GError **error)
{
	Row row = { .sold = sold };

	if (!is_row(self, sold))
		return true;
	for (int i = 0; i < SOLD_N; i++)
		if (!sold_add(&self->total.values[i], sold->values[i], error))
			return false;
	if (!sold_name_init(&row.name, self->store, self->by, sold, self->query->shop_id == 0,
			    error)) {
		sold_name_clear(&row.name);
		return false;
	}
	g_array_append_val(self->rows, row);
	return true;
}

/* A receipt with two goods counts once. */
static bool count_receipts(Filling *self, GError **error)
{
	g_autoptr(GArray) all = NULL;

	if (self->by != SOLD_BY_ITEM && self->by != SOLD_BY_GROUP)
		return true;
	all = sold_ask(self->store, self->query, SOLD_BY_ALL, error);
	if (all != NULL)
		self->total.values[SOLD_RECEIPTS] =
			all->len > 0 ? g_array_index(all, Sold, 0).values[SOLD_RECEIPTS] : 0;
	return all != NULL;
}

static int count_unknown_costs(const GArray *items)
{
	int n = 0;

	for (guint i = 0; i < items->len; i++) {
		const Sold *item = &g_array_index(items, Sold, i);

		n += item->values[SOLD_QUANTITY] > 0 && item->values[SOLD_COST] == 0;
	}
	return n;
}

static void tell_of_unknown_costs(Filling *self, int n)
{
	g_autofree char *text =
		g_strdup_printf(g_dngettext(GETTEXT_PACKAGE,
					    "The cost of %d item sold is not known: its margin is "
					    "too high here.",
					    "The cost of %d items sold is not known: their margin "
					    "is too high here.",
					    (gulong)n),
				n);

	if (n > 0)
		report_add_note(self->report, text);
}

/* What was never bought, as far as the office knows, seems to be all margin. */
static bool look_for_unknown_costs(Filling *self, const GArray *sold, GError **error)
{
	g_autoptr(GArray) items = NULL;

	if (!shows_cost(self->report->kind))
		return true;
	if (self->by == SOLD_BY_ITEM) {
		tell_of_unknown_costs(self, count_unknown_costs(sold));
		return true;
	}
	if (self->by != SOLD_BY_GROUP && self->by != SOLD_BY_SUPPLIER)
		return true;
	items = sold_ask(self->store, self->query, SOLD_BY_ITEM, error);
	if (items != NULL)
		tell_of_unknown_costs(self, count_unknown_costs(items));
	return items != NULL;
}

static void put_totals(Filling *self)
{
	const ReportKind *kind = self->report->kind;
	int64_t value;

	for (int i = 0; i < kind->n_columns; i++)
		if (kind->columns[i].total && value_of(kind->columns[i].name, &self->total, &value))
			report_put_total(self->report, i, value);
}

static bool fill(Filling *self, const GArray *sold, GError **error)
{
	for (guint i = 0; i < sold->len; i++)
		if (!add_row(self, &g_array_index(sold, Sold, i), error))
			return false;
	if (!count_receipts(self, error) || !look_for_unknown_costs(self, sold, error))
		return false;
	g_array_sort_with_data(self->rows, compare_rows, &self->by);
	for (guint i = 0; i < self->rows->len; i++)
		if (!put_row(self, &g_array_index(self->rows, Row, i), error))
			return false;
	put_totals(self);
	return true;
}

bool sold_fill(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	SoldBy by = (SoldBy)self->kind->detail;
	g_autoptr(GArray) sold = sold_ask(store, query, by, error);
	Filling filling = { .report = self, .store = store, .query = query, .by = by };
	bool done;

	if (sold == NULL)
		return false;
	filling.rows = g_array_new(false, false, sizeof(Row));
	g_array_set_clear_func(filling.rows, row_clear);
	done = fill(&filling, sold, error);
	g_array_unref(filling.rows);
	return done;
}
