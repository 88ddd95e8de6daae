/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include "backoffice/people/shop.h"
#include "backoffice/report/sold.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK(report - error - quark, report_error)

/* --- whose figures ------------------------------------------------------------------------- */

static GTimeZone *zone_of(const Shop *shop)
{
	GTimeZone *zone = g_time_zone_new_identifier(shop->timezone);

	return zone != NULL ? zone : g_time_zone_new_utc();
}

static const Shop *find_shop(const GPtrArray *shops, int64_t shop_id)
{
	for (guint i = 0; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (shop->id == shop_id || shop_id == 0)
			return shop;
	}
	return NULL;
}

/* Different currencies make no sum. */
static bool check_currency(const GPtrArray *shops, GError **error)
{
	const Shop *first = shops->pdata[0];

	for (guint i = 1; i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (shop->currency == first->currency)
			continue;
		g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY,
			    _("“%s” and “%s” sell in different currencies, which make no sum. "
			      "Ask for one shop at a time."),
			    first->name, shop->name);
		return false;
	}
	return true;
}

static void refuse_shop(int64_t shop_id, GError **error)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, shop_id);

	g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY,
		    _("There is no shop with the number %s."), number);
}

static bool read_shop(Report *self, Store *store, GError **error)
{
	int64_t shop_id = self->query.shop_id;
	g_autoptr(GPtrArray) shops = shop_list(store, error);
	const Shop *shop;

	if (shops == NULL)
		return false;
	shop = find_shop(shops, shop_id);
	if (shop == NULL) {
		refuse_shop(shop_id, error);
		return false;
	}
	if (shop_id == 0 && !check_currency(shops, error))
		return false;
	self->shop = g_strdup(shop_id == 0 ? _("All shops") : shop->name);
	self->currency = shop->currency;
	self->zone = zone_of(shop);
	return true;
}

/* --- what was asked ------------------------------------------------------------------------ */

int64_t report_day_start(GTimeZone *zone, int32_t day)
{
	g_autoptr(GDateTime) start =
		g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, 0, 0, 0);

	return start != NULL ? g_date_time_to_unix(start) * G_USEC_PER_SEC : INT64_MIN;
}

int64_t report_day_last(GTimeZone *zone, int32_t day)
{
	g_autoptr(GDateTime) start = NULL, next = NULL;

	start = g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
	next = start != NULL ? g_date_time_add_days(start, 1) : NULL;
	return next != NULL ? g_date_time_to_unix(next) * G_USEC_PER_SEC - 1 : INT64_MAX;
}

bool report_day_end(Store *store, int64_t shop_id, int32_t day, int64_t *ret, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);
	const Shop *shop = shops != NULL ? find_shop(shops, shop_id) : NULL;
	g_autoptr(GTimeZone) zone = shop != NULL ? zone_of(shop) : NULL;

	if (shop != NULL)
		*ret = report_day_last(zone, day);
	else if (shops != NULL)
		refuse_shop(shop_id, error);
	return shop != NULL;
}

static const char *word_of(unsigned bit)
{
	static const struct {
		unsigned bit;
		const char *word;
	} words[] = {
		{ REPORT_TAKES_ALL_SHOPS, N_("all shops together") },
		{ REPORT_TAKES_TILL, N_("a till") },
		{ REPORT_TAKES_CASHIER, N_("a cashier") },
		{ REPORT_TAKES_GROUP, N_("a group") },
		{ REPORT_TAKES_ITEM, N_("an item") },
		{ REPORT_TAKES_SUPPLIER, N_("a supplier") },
		{ REPORT_TAKES_PAYMENT, N_("a kind of payment") },
		{ REPORT_TAKES_HOURS, N_("hours") },
		{ REPORT_TAKES_WEEKDAYS, N_("days of the week") },
		{ REPORT_TAKES_SHIFT, N_("a shift") },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if ((words[i].bit & bit) != 0)
			return _(words[i].word);
	g_return_val_if_reached("");
}

static bool check_query(const ReportKind *kind, const ReportQuery *query, GError **error)
{
	unsigned refused = report_narrowed_by(query) & ~kind->takes;

	if (refused != 0) {
		g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY,
			    _("The report “%s” cannot be asked for this: %s."), _(kind->title),
			    word_of(refused & -refused));
		return false;
	}
	return true;
}

static bool check_group(Store *store, const char *group, GError **error)
{
	StoreStatement *row = store_statement(store, "office/sold/group_known");
	StoreStep step;
	bool known;

	if (group == NULL || *group == '\0')
		return true;
	store_bind_text(row, 1, group);
	step = store_step(row, error);
	known = step == STORE_ROW && store_get_int(row, 0) != 0;
	store_reset(row);
	if (step != STORE_FAILED && !known)
		g_set_error(error, REPORT_ERROR, REPORT_ERROR_QUERY, _("There is no group “%s”."),
			    group);
	return known;
}

/* --- filling it ---------------------------------------------------------------------------- */

static Report *report_new(const ReportKind *kind)
{
	Report *self = g_new0(Report, 1);

	self->kind = kind;
	self->cells = g_array_new(false, true, sizeof(ReportCell));
	self->keys = g_array_new(false, true, sizeof(RowKey));
	self->notes = g_ptr_array_new_with_free_func(g_free);
	self->texts = g_string_chunk_new(4096);
	for (int i = 0; i < REPORT_COLUMNS_MAX; i++)
		self->totals[i].empty = true;
	return self;
}

static const char *keep(Report *self, const char *text)
{
	return text != NULL ? g_string_chunk_insert_const(self->texts, text) : NULL;
}

/* The question as it will be answered: with its texts kept and its moment named. */
static void take_query(Report *self, const ReportQuery *query)
{
	self->query = *query;
	self->query.own = keep(self, query->own);
	self->query.group = keep(self, query->group);
	self->query.payment = keep(self, query->payment);
	if ((self->kind->takes & REPORT_TAKES_DAYS) == 0)
		self->query.from = query->to;
}

static void name_moment(ReportQuery *query, GTimeZone *zone)
{
	if (!query->at_set)
		query->at = query->to != 0 ? report_day_last(zone, query->to) : INT64_MAX;
}

static StoreStatement *bind(Store *store, const char *name, const ReportQuery *query)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, query->shop_id);
	store_bind_int(statement, 2, query->from);
	store_bind_int(statement, 3, query->to);
	return statement;
}

static bool read_hours(Report *self, Store *store, GError **error)
{
	g_autoptr(GArray) hours = NULL;

	if (self->kind->picture != REPORT_HOURS)
		return true;
	hours = sold_ask(store, &self->query, SOLD_BY_HOUR, error);
	for (guint i = 0; hours != NULL && i < hours->len; i++) {
		const Sold *sold = &g_array_index(hours, Sold, i);

		if (sold->id < 0 || sold->id >= HOURS)
			continue;
		self->has_hour[sold->id] = true;
		self->hours[sold->id] = sold->values[SOLD_NET];
	}
	return hours != NULL;
}

static bool fill_from_statements(Report *self, Store *store, GError **error)
{
	return report_read_rows(self, bind(store, self->kind->statement, &self->query), error) &&
	       report_read_totals(self, bind(store, self->kind->totals, &self->query), error);
}

static bool fill(Report *self, Store *store, GError **error)
{
	return (self->kind->fill != NULL ? self->kind->fill(self, store, &self->query, error)
					 : fill_from_statements(self, store, error)) &&
	       read_hours(self, store, error);
}

/* --- what the reader may not see ----------------------------------------------------------- */

/* Where @column went when those of cost were left out; −1: it is one of them. */
static int moved_to(const ReportKind *kind, int column)
{
	int to = column;

	if (column < 0 || kind->columns[column].cost)
		return -1;
	for (int i = 0; i < column; i++)
		to -= kind->columns[i].cost;
	return to;
}

static void reduce_kind(const ReportKind *kind, ReportKind *ret)
{
	*ret = *kind;
	ret->n_columns = 0;
	for (int i = 0; i < kind->n_columns; i++)
		if (!kind->columns[i].cost)
			ret->columns[ret->n_columns++] = kind->columns[i];
	ret->sort = moved_to(kind, kind->sort);
	if (kind->picture == REPORT_NO_PICTURE || kind->picture == REPORT_HOURS)
		return;
	ret->picture_text = moved_to(kind, kind->picture_text);
	ret->picture_value = moved_to(kind, kind->picture_value);
	if (ret->picture_text < 0 || ret->picture_value < 0)
		ret->picture = REPORT_NO_PICTURE;
}

/* Of any form of the report: what was left out here is in none of them. */
static void leave_costs_out(Report *self)
{
	const ReportKind *kind = self->kind;
	GArray *cells = g_array_new(false, true, sizeof(ReportCell));
	int to = 0;

	for (int row = 0; row < self->n_rows; row++)
		for (int i = 0; i < kind->n_columns; i++)
			if (!kind->columns[i].cost)
				g_array_append_vals(cells, report_get_cell(self, row, i), 1);
	for (int i = 0; i < kind->n_columns; i++)
		if (!kind->columns[i].cost)
			self->totals[to++] = self->totals[i];
	g_array_unref(self->cells);
	self->cells = cells;
	reduce_kind(kind, &self->reduced);
	self->kind = &self->reduced;
}

/* --- asking -------------------------------------------------------------------------------- */

Report *report_ask(Store *store, const ReportKind *kind, const ReportQuery *query, GError **error)
{
	g_autoptr(Report) self = NULL;

	g_return_val_if_fail(kind != NULL, NULL);
	if (!check_query(kind, query, error))
		return NULL;
	self = report_new(kind);
	take_query(self, query);
	if (!read_shop(self, store, error) || !check_group(store, query->group, error))
		return NULL;
	name_moment(&self->query, self->zone);
	if (!fill(self, store, error))
		return NULL;
	if (kind->of_sales && !report_trust(self, store, error))
		return NULL;
	report_tell_limit(self);
	if (kind->sort >= 0)
		report_sort(self, kind->sort, true);
	if (query->no_cost)
		leave_costs_out(self);
	return g_steal_pointer(&self);
}

Report *report_run(Store *store, const ReportKind *kind, int64_t shop_id, int32_t from, int32_t to,
		   GError **error)
{
	ReportQuery query = { .shop_id = shop_id, .from = from, .to = to };

	return report_ask(store, kind, &query, error);
}
