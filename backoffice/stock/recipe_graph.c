/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recipes within recipes: none may need itself on any day, and all has to stay small enough that a
 * sale can be taken apart. */
#include "backoffice/stock/recipe_private.h"

#include <glib/gi18n-lib.h>

#define LAST_DAY 99999999
/* Ways that are looked at before a circle counts as too hard to find. */
#define STEPS_MAX 100000

typedef struct {
	Store *store; /* borrowed */
	GArray *way; /* of int64_t: from the item down to where we are; borrowed */
	int64_t aim;
	int steps;
} Search;

/* A part, and on which days it is one: @from up to the day before @until. */
typedef struct {
	int64_t item_id;
	int32_t from, until;
} Part;

static GArray *read_parts(Store *store, int64_t item_id, GError **error)
{
	g_autoptr(GArray) parts = g_array_new(false, true, sizeof(Part));
	StoreStatement *row = store_statement(store, "office/recipe/parts");
	StoreStep step;

	store_bind_int(row, 1, item_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		Part part = { .item_id = store_get_int(row, 0),
			      .from = (int32_t)store_get_int(row, 1),
			      .until = (int32_t)store_get_int(row, 2) };

		g_array_append_val(parts, part);
	}
	return step == STORE_DONE ? g_steal_pointer(&parts) : NULL;
}

static bool refuse_size(GError **error)
{
	g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		    _("Too many recipes hang together here (at most %d, %d within one another): "
		      "make a part of it beforehand, by a production."),
		    RECIPE_SIZE_MAX, RECIPE_DEPTH_MAX);
	return false;
}

/* "Cake → Cream → Cake" */
static bool refuse_circle(Search *search, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_array_append_val(search->way, search->aim);
	for (guint i = 0; i < search->way->len; i++) {
		g_autofree char *name = recipe_dup_item_name(
			search->store, g_array_index(search->way, int64_t, i), error);

		if (name == NULL)
			return false;
		g_string_append_printf(text, "%s%s", i > 0 ? " → " : "", name);
	}
	g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_CIRCLE,
		    _("This recipe would need itself: %s."), text->str);
	return false;
}

/* Walks down from @item_id on the days on which all of the way there is so. */
static bool walk_down(Search *search, int64_t item_id, int32_t from, int32_t until, GError **error)
{
	g_autoptr(GArray) parts = read_parts(search->store, item_id, error);

	if (parts == NULL)
		return false;
	if (search->way->len >= RECIPE_DEPTH_MAX || ++search->steps > STEPS_MAX)
		return parts->len == 0 || refuse_size(error);
	g_array_append_val(search->way, item_id);
	for (guint i = 0; i < parts->len; i++) {
		const Part *part = &g_array_index(parts, Part, i);
		int32_t first = MAX(from, part->from);
		int32_t end = MIN(until, part->until);

		if (first >= end)
			continue;
		if (part->item_id == search->aim)
			return refuse_circle(search, error);
		if (!walk_down(search, part->item_id, first, end, error))
			return false;
	}
	g_array_set_size(search->way, search->way->len - 1);
	return true;
}

/* --- upwards ------------------------------------------------------------------------------- */

static bool add_wholes(Store *store, int64_t item_id, GHashTable *seen, GArray *next,
		       GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/wholes");
	StoreStep step;

	store_bind_int(row, 1, item_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t whole = store_get_int(row, 0);

		if (g_hash_table_contains(seen, &whole))
			continue;
		g_hash_table_add(seen, g_memdup2(&whole, sizeof(whole)));
		g_array_append_val(next, whole);
	}
	return step == STORE_DONE;
}

/* The item, all that it goes into, and all that that goes into: each has to stay small enough. */
bool recipe_check_graph(Store *store, int64_t item_id, GError **error)
{
	g_autoptr(GHashTable) seen =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_autoptr(GArray) queue = g_array_new(false, true, sizeof(int64_t));
	g_autoptr(GArray) way = g_array_new(false, true, sizeof(int64_t));
	Search search = { .store = store, .way = way };

	g_array_append_val(queue, item_id);
	for (guint i = 0; i < queue->len; i++) {
		const int64_t whole = g_array_index(queue, int64_t, i);

		search.aim = whole;
		if (!walk_down(&search, whole, 0, LAST_DAY, error) ||
		    !add_wholes(store, whole, seen, queue, error))
			return false;
		if (queue->len > RECIPE_SIZE_MAX)
			return refuse_size(error);
	}
	return true;
}
