/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/sold_private.h"

#include <glib/gi18n-lib.h>

/* --- who answers ---------------------------------------------------------------------------- */

#define OF_GOODS (REPORT_TAKES_GROUP | REPORT_TAKES_ITEM | REPORT_TAKES_SUPPLIER)
#define BIT(by) (1u << (by))
#define OF_RECEIPTS                                                                                \
	(BIT(SOLD_BY_ALL) | BIT(SOLD_BY_DAY) | BIT(SOLD_BY_HOUR) | BIT(SOLD_BY_SHOP) |             \
	 BIT(SOLD_BY_TILL) | BIT(SOLD_BY_CASHIER))

/* The first that can answer does: sums before receipts, receipts before their lines. @parameters
 * are bits of those that schema/office/sold.sql names. */
static const struct source {
	const char *statement;
	unsigned by; /* what rows may be about */
	unsigned narrows; /* ReportTakes */
	unsigned parameters;
	bool of_receipts; /* their lines are read */
} sources[] = {
	{ "office/sold/by_hour", OF_RECEIPTS,
	  SOLD_ALWAYS | REPORT_TAKES_TILL | REPORT_TAKES_CASHIER | REPORT_TAKES_HOURS, 0x983e,
	  false },
	{ "office/sold/by_group", BIT(SOLD_BY_GROUP), SOLD_ALWAYS | REPORT_TAKES_GROUP, 0x1810e,
	  false },
	{ "office/sold/by_item", BIT(SOLD_BY_ITEM), SOLD_ALWAYS | OF_GOODS, 0x183ce, false },
	{ "office/sold/by_payment", BIT(SOLD_BY_PAYMENT),
	  SOLD_ALWAYS | REPORT_TAKES_TILL | REPORT_TAKES_CASHIER | REPORT_TAKES_PAYMENT, 0x043e,
	  false },
	{ "office/sold/by_tax", BIT(SOLD_BY_TAX), SOLD_ALWAYS, 0x000e, false },
	{ "office/sold/payments", BIT(SOLD_BY_PAYMENT), ~OF_GOODS, 0x5c3e, false },
	{ "office/sold/taxes", BIT(SOLD_BY_TAX), ~(OF_GOODS | REPORT_TAKES_PAYMENT), 0x583e,
	  false },
	{ "office/sold/receipts", OF_RECEIPTS, ~OF_GOODS, 0xdc3e, true },
	{ "office/sold/lines", OF_RECEIPTS | BIT(SOLD_BY_GROUP) | BIT(SOLD_BY_ITEM), ~0u, 0x1dffe,
	  true },
};

static const struct source *find_source(SoldBy by, unsigned narrowed)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		if ((sources[i].by & BIT(by)) != 0 && (narrowed & ~sources[i].narrows) == 0)
			return &sources[i];
	return NULL;
}

static const char *by_code(SoldBy by)
{
	static const char *const codes[SOLD_BY_N] = {
		[SOLD_BY_DAY] = "day",	       [SOLD_BY_HOUR] = "hour", [SOLD_BY_SHOP] = "shop",
		[SOLD_BY_TILL] = "till",       [SOLD_BY_ITEM] = "item", [SOLD_BY_GROUP] = "group",
		[SOLD_BY_CASHIER] = "cashier",
	};

	return codes[by] != NULL ? codes[by] : "";
}

static StoreStatement *bind(Store *store, const struct source *source, const ReportQuery *query,
			    SoldBy by)
{
	StoreStatement *statement = store_statement(store, source->statement);
	const struct {
		int64_t number;
		const char *text;
		bool is_text;
	} values[] = {
		[1] = { query->shop_id },      [2] = { query->from },
		[3] = { query->to },	       [4] = { query->till_id },
		[5] = { query->cashier_id },   [6] = { query->item_id },
		[7] = { 0, query->own, true }, [8] = { 0, query->group, true },
		[9] = { query->supplier_id },  [10] = { 0, query->payment, true },
		[11] = { query->hour },	       [12] = { query->until },
		[14] = { query->shift },       [15] = { 0, by_code(by), true },
		[16] = { query->group_alone },
	};

	for (int i = 1; i < (int)G_N_ELEMENTS(values); i++) {
		if ((source->parameters & 1u << i) == 0)
			continue;
		if (values[i].is_text)
			store_bind_text(statement, i, values[i].text);
		else
			store_bind_int(statement, i, values[i].number);
	}
	return statement;
}

StoreStatement *sold_bind_receipts(Store *store, const ReportQuery *query)
{
	static const struct source list = { "office/sold/receipt_list", 0, 0, 0x15ffe, false };

	return bind(store, &list, query, SOLD_BY_ALL);
}

/* --- adding up ----------------------------------------------------------------------------- */

static guint sold_hash(gconstpointer key)
{
	const Sold *sold = key;

	return g_int64_hash(&sold->id) * 31 + g_int64_hash(&sold->shop_id) + g_str_hash(sold->text);
}

static gboolean sold_equal(gconstpointer a, gconstpointer b)
{
	const Sold *left = a, *right = b;

	return left->id == right->id && left->shop_id == right->shop_id &&
	       g_str_equal(left->text, right->text);
}

static void sold_free(void *data)
{
	g_free(((Sold *)data)->text);
	g_free(data);
}

bool sold_add(int64_t *to, int64_t value, GError **error)
{
	if (!__builtin_add_overflow(*to, value, to))
		return true;
	g_set_error_literal(error, REPORT_ERROR, REPORT_ERROR_TOO_LARGE,
			    _("The sum is too large. Ask for fewer days."));
	return false;
}

Sold *sold_row(Sums *self, int64_t shop_id, int64_t id, const char *text)
{
	Sold wanted = { .shop_id = shop_id, .id = id, .text = (char *)text };
	Sold *row = g_hash_table_lookup(self->rows, &wanted);

	if (row == NULL) {
		row = g_new0(Sold, 1);
		*row = (Sold){ .shop_id = shop_id, .id = id, .text = g_strdup(text) };
		g_hash_table_add(self->rows, row);
	}
	return row;
}

/* A day of the rows belongs to a month and a weekday. */
static int64_t id_of(SoldBy by, int64_t id)
{
	if (by == SOLD_BY_MONTH)
		return id / 100;
	if (by == SOLD_BY_WEEKDAY)
		return report_weekday((int32_t)id);
	return id;
}

static bool read_sums(Sums *self, StoreStatement *row, SoldBy by, GError **error)
{
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		Sold *sold = sold_row(self, store_get_int(row, 0), id_of(by, store_get_int(row, 1)),
				      store_get_text(row, 2));

		for (int i = 0; i <= SOLD_COST; i++)
			if (!sold_add(&sold->values[i], store_get_int(row, 3 + i), error)) {
				store_reset(row);
				return false;
			}
	}
	return step == STORE_DONE;
}

static void sums_init(Sums *self)
{
	self->rows = g_hash_table_new_full(sold_hash, sold_equal, sold_free, NULL);
}

/* --- who answers what ---------------------------------------------------------------------- */

/* What no sum answers, with cost that no receipt caused where that is asked for too. */
static bool read_receipts(Sums *self, Store *store, const struct source *source,
			  const ReportQuery *query, SoldBy by, SoldBy rows, GError **error)
{
	static const struct source differences = { "office/sold/differences", 0, 0, 0x183ce,
						   false };
	const unsigned of_receipts = REPORT_TAKES_TILL | REPORT_TAKES_CASHIER | REPORT_TAKES_HOURS |
				     REPORT_TAKES_PAYMENT | REPORT_TAKES_SHIFT;

	if (!read_sums(self, bind(store, source, query, rows), by, error))
		return false;
	return !source->of_receipts || (report_narrowed_by(query) & of_receipts) != 0 ||
	       read_sums(self, bind(store, &differences, query, rows), by, error);
}

static bool ask(Sums *self, Store *store, const ReportQuery *query, SoldBy by, GError **error)
{
	bool folded = by == SOLD_BY_MONTH || by == SOLD_BY_WEEKDAY, done = false;
	SoldBy rows = folded ? SOLD_BY_DAY : by;
	const struct source *source = find_source(rows, report_narrowed_by(query));
	ReportQuery days = *query;
	int32_t from = query->from;

	g_return_val_if_fail(source != NULL, false);
	if (source->of_receipts && !sold_try_columns(self, store, query, by, &done, error))
		return false;
	while (!done && report_next_days(&from, query->to, query->weekdays, &days.from, &days.to))
		if (!read_receipts(self, store, source, &days, by, rows, error))
			return false;
	return true;
}

/* --- suppliers ----------------------------------------------------------------------------- */

static bool supplier_of(Store *store, int64_t item_id, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/sold/item_supplier");

	store_bind_int(row, 1, item_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

static bool add_values(Sold *to, const Sold *sold, GError **error)
{
	for (int i = 0; i < SOLD_ITEMS; i++)
		if (!sold_add(&to->values[i], sold->values[i], error))
			return false;
	to->values[SOLD_ITEMS]++;
	return true;
}

/* Rows of items become rows of those who usually bring them. */
static bool fold_suppliers(Sums *self, Store *store, GError **error)
{
	GHashTableIter iter;
	Sums suppliers;
	void *key;
	bool done = true;

	sums_init(&suppliers);
	g_hash_table_iter_init(&iter, self->rows);
	while (done && g_hash_table_iter_next(&iter, &key, NULL)) {
		const Sold *item = key;
		int64_t supplier = 0;

		done = supplier_of(store, item->id, &supplier, error) &&
		       add_values(sold_row(&suppliers, 0, supplier, ""), item, error);
	}
	g_hash_table_unref(self->rows);
	self->rows = suppliers.rows;
	return done;
}

/* --- asking -------------------------------------------------------------------------------- */

static void clear_sold(void *data)
{
	g_free(((Sold *)data)->text);
}

static bool is_nothing(const Sold *sold)
{
	for (int i = 0; i < SOLD_N; i++)
		if (sold->values[i] != 0)
			return false;
	return true;
}

static GArray *take_rows(Sums *self)
{
	GArray *rows = g_array_new(false, false, sizeof(Sold));
	GHashTableIter iter;
	void *key;

	g_array_set_clear_func(rows, clear_sold);
	g_hash_table_iter_init(&iter, self->rows);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		Sold *sold = key;
		Sold row = *sold;

		if (is_nothing(sold))
			continue;
		row.text = g_strdup(sold->text);
		g_array_append_val(rows, row);
	}
	return rows;
}

GArray *sold_ask(Store *store, const ReportQuery *query, SoldBy by, GError **error)
{
	SoldBy rows = by == SOLD_BY_SUPPLIER ? SOLD_BY_ITEM : by;
	GArray *taken = NULL;
	Sums sums;

	sums_init(&sums);
	if (ask(&sums, store, query, rows, error) &&
	    (by != SOLD_BY_SUPPLIER || fold_suppliers(&sums, store, error)))
		taken = take_rows(&sums);
	g_hash_table_unref(sums.rows);
	return taken;
}
