/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/rollup/rebuild.h"

#include "backoffice/people/counter.h"
#include "backoffice/rollup/rollup.h"

static void free_day(gpointer data)
{
	RollupDay *day = data;

	g_free(day->shop);
	g_free(day);
}

static bool run_all(Store *store, const char *const *statements, size_t n, GError **error)
{
	for (size_t i = 0; i < n; i++)
		if (!store_run(store_statement(store, statements[i]), error))
			return false;
	return true;
}

/* --- groups -------------------------------------------------------------------------------- */

static GPtrArray *read_new_groups(Store *store, GError **error)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	StoreStatement *row = store_statement(store, "office/rebuild/new_groups");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(paths, g_strdup(store_get_text(row, 0)));
	return step == STORE_DONE ? g_steal_pointer(&paths) : NULL;
}

static bool regroup_all(Store *store, GError **error)
{
	static const char *const statements[] = { "office/rebuild/regroup_lines",
						  "office/rebuild/regroup_differences" };
	g_autoptr(GPtrArray) paths = read_new_groups(store, error);
	int64_t id;

	if (paths == NULL)
		return false;
	for (guint i = 0; i < paths->len; i++)
		if (!rollup_group(store, paths->pdata[i], &id, error))
			return false;
	return run_all(store, statements, G_N_ELEMENTS(statements), error);
}

/* --- sums ---------------------------------------------------------------------------------- */

/* Statements name tables that the ones before them make. */
static const char *const telling[] = {
	"office/rebuild/make_differing", "office/rebuild/tell_item",
	"office/rebuild/tell_group",	 "office/rebuild/tell_hour",
	"office/rebuild/tell_payment",	 "office/rebuild/tell_tax",
	"office/rebuild/tell_day",	 "office/rebuild/differ_item",
	"office/rebuild/differ_group",	 "office/rebuild/differ_hour",
	"office/rebuild/differ_payment", "office/rebuild/differ_tax",
	"office/rebuild/differ_day",
};
static const char *const putting_right[] = {
	"office/rebuild/clear_item",	"office/rebuild/fill_item",    "office/rebuild/clear_group",
	"office/rebuild/fill_group",	"office/rebuild/clear_hour",   "office/rebuild/fill_hour",
	"office/rebuild/clear_payment", "office/rebuild/fill_payment", "office/rebuild/clear_tax",
	"office/rebuild/fill_tax",	"office/rebuild/clear_day",
};
static const char *const ending[] = {
	"office/rebuild/drop_item",	 "office/rebuild/drop_group", "office/rebuild/drop_hour",
	"office/rebuild/drop_payment",	 "office/rebuild/drop_tax",   "office/rebuild/drop_day",
	"office/rebuild/drop_differing",
};

static GPtrArray *read_differing(Store *store, GError **error)
{
	g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func(free_day);
	StoreStatement *row = store_statement(store, "office/rebuild/differing");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		RollupDay *day = g_new0(RollupDay, 1);

		day->shop_id = store_get_int(row, 0);
		day->day = (int32_t)store_get_int(row, 1);
		day->shop = g_strdup(store_get_text(row, 2));
		g_ptr_array_add(days, day);
	}
	return step == STORE_DONE ? g_steal_pointer(&days) : NULL;
}

static bool put_right(Store *store, GError **error)
{
	StoreStatement *fill;
	int64_t stamp;

	if (!run_all(store, putting_right, G_N_ELEMENTS(putting_right), error) ||
	    !counter_take(store, "sale-stamp", &stamp, error))
		return false;
	fill = store_statement(store, "office/rebuild/fill_day");
	store_bind_int(fill, 1, stamp);
	return store_run(fill, error);
}

GPtrArray *rollup_rebuild(Store *store, bool regroup, GError **error)
{
	g_autoptr(GPtrArray) days = NULL;

	if ((regroup && !regroup_all(store, error)) ||
	    !run_all(store, telling, G_N_ELEMENTS(telling), error))
		return NULL;
	days = read_differing(store, error);
	if (days == NULL || (days->len > 0 && !put_right(store, error)) ||
	    !run_all(store, ending, G_N_ELEMENTS(ending), error))
		return NULL;
	return g_steal_pointer(&days);
}
