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

#define STEP(name)                                                                                 \
	{                                                                                          \
		"office/rebuild/" name "_item", "office/rebuild/" name "_group",                   \
			"office/rebuild/" name "_hour", "office/rebuild/" name "_payment",         \
			"office/rebuild/" name "_tax", "office/rebuild/" name "_day"               \
	}
#define TABLES 6

/* One statement a table; made, forgotten and dropped are temporary ones beside the real. */
static const char
	*const making[TABLES] = STEP("make"),
	       *const forgetting[TABLES] = STEP("forget"), *const telling[TABLES] = STEP("tell"),
	       *const differing[TABLES] = STEP("differ"), *const clearing[TABLES] = STEP("clear"),
	       *const filling[TABLES] = STEP("fill"), *const dropping[TABLES] = STEP("drop");

static StoreStatement *of_day(Store *store, const char *name, const RollupDay *day)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, day->shop_id);
	store_bind_int(statement, 2, day->day);
	return statement;
}

static bool run_day(Store *store, const char *const statements[TABLES], const RollupDay *day,
		    GError **error)
{
	for (int i = 0; i < TABLES; i++)
		if (!store_run(of_day(store, statements[i], day), error))
			return false;
	return true;
}

static bool tell_day(Store *store, const RollupDay *day, bool *ret_differs, GError **error)
{
	if (!run_all(store, forgetting, TABLES, error) || !run_day(store, telling, day, error))
		return false;
	*ret_differs = false;
	for (int i = 0; i < TABLES && !*ret_differs; i++) {
		StoreStatement *row = of_day(store, differing[i], day);
		StoreStep step = store_step(row, error);

		store_reset(row);
		if (step == STORE_FAILED)
			return false;
		*ret_differs = step == STORE_ROW;
	}
	return true;
}

/* All tables but the last, which is that of days. */
static bool put_right(Store *store, const RollupDay *day, int64_t stamp, GError **error)
{
	StoreStatement *fill;

	if (!run_day(store, clearing, day, error) || !run_all(store, filling, TABLES - 1, error))
		return false;
	fill = store_statement(store, filling[TABLES - 1]);
	store_bind_int(fill, 1, stamp);
	return store_run(fill, error);
}

static GPtrArray *read_days(Store *store, GError **error)
{
	g_autoptr(GPtrArray) days = g_ptr_array_new_with_free_func(free_day);
	StoreStatement *row = store_statement(store, "office/rebuild/days");
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

/* Leaves in @days those that differed. */
static bool tell_days(Store *store, GPtrArray *days, GError **error)
{
	int64_t stamp;
	guint n = 0;

	if (!counter_take(store, "sale-stamp", &stamp, error))
		return false;
	for (guint i = 0; i < days->len; i++) {
		bool differs;

		if (!tell_day(store, days->pdata[i], &differs, error) ||
		    (differs && !put_right(store, days->pdata[i], stamp, error)))
			return false;
		if (differs)
			g_ptr_array_insert(days, (int)n++, g_ptr_array_steal_index(days, i));
	}
	g_ptr_array_set_size(days, (int)n);
	return true;
}

GPtrArray *rollup_rebuild(Store *store, bool regroup, GError **error)
{
	g_autoptr(GPtrArray) days = NULL;

	if (regroup && !regroup_all(store, error))
		return NULL;
	days = read_days(store, error);
	if (days == NULL || !run_all(store, making, TABLES, error) ||
	    !tell_days(store, days, error) || !run_all(store, dropping, TABLES, error))
		return NULL;
	return g_steal_pointer(&days);
}
