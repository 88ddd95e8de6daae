/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/analysis.h"
#include "backoffice/report/report_private.h"
#include "backoffice/report/sold.h"
#include "backoffice/report/sold_names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ABC, XYZ and both crossed: what goods are worth to the shop and how evenly they sell. */

#define PERIODS_MIN 3

typedef struct {
	const Sold *sold; /* borrowed */
	int64_t value; /* what it is ranked by */
	int64_t running; /* share with all before it, hundredths of a percent */
	int64_t periods[XYZ_PERIODS_MAX];
	int64_t rate; /* of XYZ, −1: none */
	char abc, xyz;
} Ranked;

typedef struct {
	/* owned */
	GArray *sold; /* of Sold */
	GArray *rows; /* of Ranked */

	int64_t total; /* Σ value of those above zero */
	int n_periods;
	bool by_months;
} Ranking;

static void ranking_clear(Ranking *self)
{
	g_clear_pointer(&self->rows, g_array_unref);
	g_clear_pointer(&self->sold, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ranking, ranking_clear)

/* --- ABC ----------------------------------------------------------------------------------- */

/* What a kind ranks by; its `detail`. */
enum { BY_NET = 0, BY_MARGIN = 1, OF_GROUPS = 2 };

static int more_first(gconstpointer a, gconstpointer b)
{
	const Ranked *left = a, *right = b;

	if (left->value != right->value)
		return left->value < right->value ? 1 : -1;
	return (left->sold->id > right->sold->id) - (left->sold->id < right->sold->id);
}

static bool add_ranked(Ranking *self, const Sold *sold, int detail, GError **error)
{
	Ranked row = { .sold = sold, .value = sold->values[SOLD_NET], .abc = 'C' };

	if ((detail & BY_MARGIN) != 0 && !sold_add(&row.value, -sold->values[SOLD_COST], error))
		return false;
	if (row.value > 0 && !sold_add(&self->total, row.value, error))
		return false;
	g_array_append_val(self->rows, row);
	return true;
}

static void classify(Ranking *self)
{
	int64_t running = 0;

	for (guint i = 0; i < self->rows->len; i++) {
		Ranked *row = &g_array_index(self->rows, Ranked, i);

		if (row->value <= 0) {
			row->running = 10000;
			continue;
		}
		running += row->value; /* at most total, which fits */
		row->abc = abc_class(running, self->total, i == 0);
		if (!scale_int64(running, 10000, self->total, ROUND_HALF_AWAY, &row->running))
			row->running = 10000;
	}
}

/* Goods that the day's cost alone is known of were not sold. */
static bool was_sold(const Sold *sold)
{
	return sold->values[SOLD_NET] != 0 || sold->values[SOLD_QUANTITY] != 0 ||
	       sold->values[SOLD_RECEIPTS] != 0;
}

static bool rank(Ranking *self, Store *store, const ReportQuery *query, int detail, GError **error)
{
	self->rows = g_array_new(false, true, sizeof(Ranked));
	self->sold = sold_ask(store, query,
			      (detail & OF_GROUPS) != 0 ? SOLD_BY_GROUP : SOLD_BY_ITEM, error);
	if (self->sold == NULL)
		return false;
	for (guint i = 0; i < self->sold->len; i++) {
		const Sold *sold = &g_array_index(self->sold, Sold, i);

		if (was_sold(sold) && !add_ranked(self, sold, detail, error))
			return false;
	}
	g_array_sort(self->rows, more_first);
	classify(self);
	return true;
}

/* --- XYZ ----------------------------------------------------------------------------------- */

static void day_to_date(int32_t day, GDate *ret)
{
	g_date_clear(ret, 1);
	g_date_set_dmy(ret, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
		       (GDateYear)(day / 10000));
}

static int32_t date_to_day(const GDate *date)
{
	return g_date_get_year(date) * 10000 + (int32_t)g_date_get_month(date) * 100 +
	       g_date_get_day(date);
}

typedef struct {
	int32_t from, to;
} Period;

/* Months or weeks, whole ones, the last of them first. */
static GArray *dup_equal_periods(const ReportQuery *query, bool months)
{
	GArray *periods = g_array_new(false, false, sizeof(Period));
	GDate first, start, end;

	day_to_date(query->from, &first);
	day_to_date(query->to, &end);
	while (periods->len < XYZ_PERIODS_MAX) {
		Period period;

		start = end;
		if (months)
			g_date_set_day(&start, 1);
		else
			g_date_subtract_days(&start, 6);
		if (g_date_compare(&start, &first) < 0)
			break;
		period = (Period){ date_to_day(&start), date_to_day(&end) };
		g_array_append_val(periods, period);
		end = start;
		g_date_subtract_days(&end, 1);
	}
	return periods;
}

static bool are_months(const ReportQuery *query)
{
	GDate after;

	day_to_date(query->to, &after);
	g_date_add_days(&after, 1);
	return query->from % 100 == 1 && g_date_get_day(&after) == 1;
}

/* Months where the days are three of them or more, else weeks up to the last day. */
static GArray *dup_periods(const ReportQuery *query, bool *ret_months)
{
	GArray *periods = dup_equal_periods(query, are_months(query));

	*ret_months = are_months(query) && periods->len >= PERIODS_MIN;
	if (*ret_months || !are_months(query))
		return periods;
	g_array_unref(periods);
	return dup_equal_periods(query, false);
}

/* Goods are told apart by id; those of the till's own by their name. */
static guint sold_hash(gconstpointer key)
{
	const Sold *sold = key;

	return g_int64_hash(&sold->id) ^ (sold->id == 0 ? g_str_hash(sold->text) : 0);
}

static gboolean sold_equal(gconstpointer a, gconstpointer b)
{
	const Sold *left = a, *right = b;

	return left->id == right->id && (left->id != 0 || strcmp(left->text, right->text) == 0);
}

static bool add_period(GHashTable *rows, Store *store, const ReportQuery *query, SoldBy by, int n,
		       GError **error)
{
	g_autoptr(GArray) sold = sold_ask(store, query, by, error);

	for (guint i = 0; sold != NULL && i < sold->len; i++) {
		const Sold *one = &g_array_index(sold, Sold, i);
		Ranked *row = g_hash_table_lookup(rows, one);

		if (row != NULL)
			row->periods[n] = one->values[SOLD_QUANTITY];
	}
	return sold != NULL;
}

static bool even(Ranking *self, Store *store, const ReportQuery *query, GError **error)
{
	g_autoptr(GArray) periods = dup_periods(query, &self->by_months);
	g_autoptr(GHashTable) rows = g_hash_table_new(sold_hash, sold_equal);

	for (guint i = 0; i < self->rows->len; i++) {
		Ranked *row = &g_array_index(self->rows, Ranked, i);

		g_hash_table_insert(rows, (void *)row->sold, row);
	}
	for (guint i = 0; i < periods->len; i++) {
		ReportQuery part = *query;

		part.from = g_array_index(periods, Period, i).from;
		part.to = g_array_index(periods, Period, i).to;
		if (!add_period(rows, store, &part, SOLD_BY_ITEM, (int)i, error))
			return false;
	}
	self->n_periods = (int)periods->len;
	for (guint i = 0; periods->len >= PERIODS_MIN && i < self->rows->len; i++) {
		Ranked *row = &g_array_index(self->rows, Ranked, i);

		row->xyz = xyz_class(row->periods, self->n_periods, &row->rate);
	}
	return true;
}

static void tell_periods(Report *report, const Ranking *ranking)
{
	g_autofree char *text = NULL;

	if (ranking->n_periods < PERIODS_MIN)
		text = g_strdup(_("XYZ needs at least three whole weeks: choose more days."));
	else if (ranking->by_months)
		text = g_strdup_printf(
			g_dngettext(GETTEXT_PACKAGE, "XYZ: how much %d month differs.",
				    "XYZ: how much %d months differ from each other.",
				    (gulong)ranking->n_periods),
			ranking->n_periods);
	else
		text = g_strdup_printf(
			g_dngettext(GETTEXT_PACKAGE, "XYZ: how much %d week differs.",
				    "XYZ: how much %d weeks differ from each other, the last "
				    "ends with the last day.",
				    (gulong)ranking->n_periods),
			ranking->n_periods);
	report_add_note(report, text);
}

/* --- rows ---------------------------------------------------------------------------------- */

static void put_class(Report *report, ReportCell *cell, char class)
{
	const char text[2] = { class, '\0' };

	report_put_text(report, cell, class != '\0' ? text : NULL);
}

/* By the names of the columns, which all kinds here share. */
static void put_cell(Report *report, ReportCell *cell, const char *column, const Ranked *row,
		     int64_t total)
{
	int64_t share;

	if (strcmp(column, "class") == 0)
		put_class(report, cell, row->abc);
	else if (strcmp(column, "xyz") == 0)
		put_class(report, cell, row->xyz);
	else if (strcmp(column, "quantity") == 0)
		report_put_value(cell, row->sold->values[SOLD_QUANTITY]);
	else if (strcmp(column, "net") == 0)
		report_put_value(cell, row->sold->values[SOLD_NET]);
	else if (strcmp(column, "margin") == 0)
		report_put_value(cell, row->value);
	else if (strcmp(column, "share") == 0 && total > 0 && row->value > 0 &&
		 scale_int64(row->value, 10000, total, ROUND_HALF_AWAY, &share))
		report_put_value(cell, share);
	else if (strcmp(column, "running") == 0)
		report_put_value(cell, row->running);
	else if (strcmp(column, "variation") == 0 && row->xyz != '\0' && row->rate >= 0)
		report_put_value(cell, row->rate);
}

static bool put_row(Report *report, Store *store, const ReportQuery *query, const Ranked *row,
		    int64_t total, GError **error)
{
	SoldBy by = (report->kind->detail & OF_GROUPS) != 0 ? SOLD_BY_GROUP : SOLD_BY_ITEM;
	g_auto(SoldName) name = { 0 };
	ReportCell *cells;
	int i = 0;

	if (!sold_name_init(&name, store, by, row->sold, query->shop_id == 0, error))
		return false;
	cells = report_add_row(report);
	if (by == SOLD_BY_ITEM)
		report_put_text(report, &cells[i++], name.barcode != NULL ? name.barcode : "");
	report_put_text(report, &cells[i++], name.title);
	for (; i < report->kind->n_columns; i++)
		put_cell(report, &cells[i], report->kind->columns[i].name, row, total);
	if (report->kind->key == REPORT_KEY_ITEM) {
		report_put_key(report, query->shop_id, 0, row->sold->id);
		if (row->sold->id == 0)
			report_put_key_text(report, row->sold->text);
	}
	return true;
}

static bool put_totals(Report *report, const Ranking *ranking, GError **error)
{
	Ranked all = { 0 };
	Sold sum = { 0 };

	for (guint i = 0; i < ranking->rows->len; i++) {
		const Ranked *row = &g_array_index(ranking->rows, Ranked, i);

		if (!sold_add(&all.value, row->value, error))
			return false;
		for (int k = 0; k < SOLD_N; k++)
			if (!sold_add(&sum.values[k], row->sold->values[k], error))
				return false;
	}
	all.sold = &sum;
	for (int i = 0; i < report->kind->n_columns; i++) {
		ReportCell cell = { .empty = true };

		if (!report->kind->columns[i].total)
			continue;
		put_cell(report, &cell, report->kind->columns[i].name, &all, 0);
		report_put_total(report, i, cell.value);
	}
	return true;
}

static bool has_column(const ReportKind *kind, const char *name)
{
	for (int i = 0; i < kind->n_columns; i++)
		if (strcmp(kind->columns[i].name, name) == 0)
			return true;
	return false;
}

static bool fill_classes(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	g_auto(Ranking) ranking = { 0 };

	if (!rank(&ranking, store, query, self->kind->detail, error))
		return false;
	if (has_column(self->kind, "xyz")) {
		if (!even(&ranking, store, query, error))
			return false;
		tell_periods(self, &ranking);
	}
	for (guint i = 0; i < ranking.rows->len; i++)
		if (!put_row(self, store, query, &g_array_index(ranking.rows, Ranked, i),
			     ranking.total, error))
			return false;
	return put_totals(self, &ranking, error);
}

/* --- both crossed -------------------------------------------------------------------------- */

/* What to do about goods of a pair of classes. */
static const char *advice(char abc, char xyz)
{
	if (abc == 'C')
		return xyz == 'Z'   ? _("Take off the list, or to order only")
		       : xyz == 'Y' ? _("Order seldom, little stock")
				    : _("Order by itself, seldom");
	if (xyz == 'Z')
		return abc == 'A' ? _("Watch it, order little and often")
				  : _("Order little, with a reserve");
	return xyz == 'X' ? _("Always there, order by itself") : _("Always there, with a reserve");
}

typedef struct {
	int64_t items, net;
} Cell;

static void put_pair(Report *report, char abc, char xyz, const Cell *cell, int64_t total)
{
	const char class[3] = { abc, xyz, '\0' };
	ReportCell *cells = report_add_row(report);
	int64_t share;

	report_put_text(report, &cells[0], class);
	report_put_value(&cells[1], cell->items);
	report_put_value(&cells[2], cell->net);
	if (total > 0 && scale_int64(cell->net, 10000, total, ROUND_HALF_AWAY, &share))
		report_put_value(&cells[3], share);
	report_put_text(report, &cells[4], advice(abc, xyz));
}

static bool fill_crossed(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	g_auto(Ranking) ranking = { 0 };
	Cell cells[3][3] = { 0 }, all = { 0 };

	if (!rank(&ranking, store, query, BY_NET, error) || !even(&ranking, store, query, error))
		return false;
	tell_periods(self, &ranking);
	for (guint i = 0; ranking.n_periods >= PERIODS_MIN && i < ranking.rows->len; i++) {
		const Ranked *row = &g_array_index(ranking.rows, Ranked, i);
		Cell *cell = &cells[row->abc - 'A'][row->xyz - 'X'];

		cell->items++;
		all.items++;
		if (!sold_add(&cell->net, row->value, error) ||
		    !sold_add(&all.net, row->value, error))
			return false;
	}
	for (int i = 0; all.items > 0 && i < 9; i++)
		put_pair(self, (char)('A' + i / 3), (char)('X' + i % 3), &cells[i / 3][i % 3],
			 all.net);
	report_put_total(self, 1, all.items);
	report_put_total(self, 2, all.net);
	return true;
}

/* --- kinds --------------------------------------------------------------------------------- */

#define TAKES                                                                                      \
	(REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_TILL | REPORT_TAKES_CASHIER |   \
	 REPORT_TAKES_GROUP | REPORT_TAKES_SUPPLIER | REPORT_TAKES_HOURS | REPORT_TAKES_WEEKDAYS)
#define OF_ITEM                                                                                    \
	{ "barcode", N_("Barcode"), REPORT_TEXT, false },                                          \
	{                                                                                          \
		"name", N_("Name"), REPORT_TEXT, false                                             \
	}
#define NET                                                                                        \
	{                                                                                          \
		"net", N_("Net"), REPORT_MONEY, true                                               \
	}
#define SHARES                                                                                     \
	{ "share", N_("Share"), REPORT_RATE, false },                                              \
	{                                                                                          \
		"running", N_("Running share"), REPORT_RATE, false                                 \
	}
#define ABC                                                                                        \
	{                                                                                          \
		"class", N_("ABC"), REPORT_TEXT, false                                             \
	}
#define XYZ                                                                                        \
	{ "variation", N_("Variation"), REPORT_RATE, false },                                      \
	{                                                                                          \
		"xyz", N_("XYZ"), REPORT_TEXT, false                                               \
	}
#define QUANTITY                                                                                   \
	{                                                                                          \
		"quantity", N_("Quantity"), REPORT_QUANTITY, true                                  \
	}

static const ReportKind abc = {
	.name = "abc",
	.title = N_("ABC by sales"),
	.chapter = N_("Assortment"),
	.fill = fill_classes,
	.of_sales = true,
	.takes = TAKES,
	.sort = -1,
	.picture = REPORT_PARETO,
	.picture_text = 1,
	.picture_value = 3,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	.n_columns = 7,
	.columns = { OF_ITEM, QUANTITY, NET, SHARES, ABC },
};

static const ReportKind abc_margin = {
	.name = "abc-margin",
	.title = N_("ABC by margin"),
	.chapter = N_("Assortment"),
	.fill = fill_classes,
	.detail = BY_MARGIN,
	.of_sales = true,
	.takes = TAKES,
	.needs = UINT32_C(1) << RIGHT_SEE_COST,
	.sort = -1,
	.picture = REPORT_PARETO,
	.picture_text = 1,
	.picture_value = 4,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	.n_columns = 8,
	.columns = { OF_ITEM,
		     QUANTITY,
		     NET,
		     { "margin", N_("Margin"), REPORT_MONEY, .total = true, .cost = true },
		     SHARES,
		     ABC },
};

static const ReportKind abc_groups = {
	.name = "abc-groups",
	.title = N_("ABC of groups"),
	.chapter = N_("Assortment"),
	.fill = fill_classes,
	.detail = OF_GROUPS,
	.of_sales = true,
	.takes = TAKES,
	.sort = -1,
	.picture = REPORT_PARETO,
	.picture_text = 0,
	.picture_value = 2,
	.n_columns = 6,
	.columns = { { "group", N_("Group"), REPORT_TEXT, false }, QUANTITY, NET, SHARES, ABC },
};

static const ReportKind xyz = {
	.name = "xyz",
	.title = N_("XYZ: how evenly goods sell"),
	.chapter = N_("Assortment"),
	.fill = fill_classes,
	.of_sales = true,
	.takes = TAKES,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.key = REPORT_KEY_ITEM,
	.next = "receipts",
	.n_columns = 7,
	.columns = { OF_ITEM, QUANTITY, NET, XYZ, ABC },
};

static const ReportKind crossed = {
	.name = "abc-xyz",
	.title = N_("ABC and XYZ crossed"),
	.chapter = N_("Assortment"),
	.fill = fill_crossed,
	.of_sales = true,
	.takes = TAKES,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 0,
	.picture_value = 2,
	.n_columns = 5,
	.columns = { { "class", N_("Class"), REPORT_TEXT, false },
		     { "items", N_("Goods"), REPORT_INTEGER, true },
		     NET,
		     { "share", N_("Share"), REPORT_RATE, false },
		     { "advice", N_("What to do"), REPORT_TEXT, false } },
};

const ReportKind *const report_kinds_classes[] = { &abc, &abc_margin, &abc_groups,
						   &xyz, &crossed,    NULL };
