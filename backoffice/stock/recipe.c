/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/recipe_private.h"

#include "backoffice/people/counter.h"
#include "backoffice/stock/shop_day.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

Recipe *recipe_new(int64_t item_id, int64_t yield)
{
	Recipe *self = g_new0(Recipe, 1);

	self->item_id = item_id;
	self->yield = yield;
	self->lines = g_array_new(false, true, sizeof(RecipeLine));
	return self;
}

void recipe_free(Recipe *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->lines);
	g_free(self);
}

static void free_recipe(gpointer recipe)
{
	recipe_free(recipe);
}

/* --- reading ------------------------------------------------------------------------------- */

static Recipe *recipe_of_row(StoreStatement *row)
{
	Recipe *self = recipe_new(store_get_int(row, 1), store_get_int(row, 3));

	self->id = store_get_int(row, 0);
	self->first_day = (int32_t)store_get_int(row, 2);
	return self;
}

static bool read_lines(Store *store, Recipe *recipe, GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/lines");
	StoreStep step;

	store_bind_int(row, 1, recipe->id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		RecipeLine line = { .item_id = store_get_int(row, 0),
				    .quantity = store_get_int(row, 1),
				    .loss = (int32_t)store_get_int(row, 2) };

		g_array_append_val(recipe->lines, line);
	}
	return step == STORE_DONE;
}

static Recipe *read_one(Store *store, StoreStatement *row, GError **error)
{
	g_autoptr(Recipe) recipe = NULL;

	if (store_step(row, error) != STORE_ROW)
		return NULL;
	recipe = recipe_of_row(row);
	store_reset(row);
	return read_lines(store, recipe, error) ? g_steal_pointer(&recipe) : NULL;
}

Recipe *recipe_read(Store *store, int64_t item_id, int32_t day, GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/in_force");

	store_bind_int(row, 1, item_id);
	store_bind_int(row, 2, day);
	return read_one(store, row, error);
}

static Recipe *find_recipe(Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/find");
	g_autoptr(GError) failed = NULL;
	Recipe *recipe;

	store_bind_int(row, 1, id);
	recipe = read_one(store, row, &failed);
	if (failed != NULL)
		g_propagate_error(error, g_steal_pointer(&failed));
	else if (recipe == NULL)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("There is no such recipe any more."));
	return recipe;
}

GPtrArray *recipe_list(Store *store, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_recipe);
	g_auto(ShopDays) days = { 0 };
	StoreStatement *row;
	StoreStep step;

	if (!shop_days_init(&days, store, 0, error))
		return NULL;
	row = store_statement(store, "office/recipe/list");
	store_bind_int(row, 1, shop_days_today(&days));
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(list, recipe_of_row(row));
	if (step != STORE_DONE)
		return NULL;
	for (guint i = 0; i < list->len; i++)
		if (!read_lines(store, list->pdata[i], error))
			return NULL;
	return g_steal_pointer(&list);
}

char *recipe_dup_item_name(Store *store, int64_t item_id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/item");
	StoreStep step;
	char *name;

	store_bind_int(row, 1, item_id);
	step = store_step(row, error);
	if (step == STORE_FAILED)
		return NULL;
	name = step == STORE_ROW ? g_strdup(store_get_text(row, 0))
				 : g_strdup_printf("#%" PRId64, item_id);
	store_reset(row);
	return name;
}

/* --- what can be a recipe ------------------------------------------------------------------ */

static bool refuse(GError **error, const char *message)
{
	g_set_error_literal(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, message);
	return false;
}

static bool day_is_sound(int32_t day)
{
	return day == 0 || (day > 0 && day <= 99991231 &&
			    g_date_valid_dmy((GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
					     (GDateYear)(day / 10000)));
}

static bool check_line(const RecipeLine *line, GError **error)
{
	if (line->quantity <= 0 || line->quantity > RECIPE_QUANTITY_MAX)
		return refuse(error, _("So much of a component cannot go in: enter a quantity "
				       "above zero and below ten million."));
	if (line->loss < 0 || line->loss > 9999)
		return refuse(error, _("A loss is at least 0 and less than 100 percent."));
	return true;
}

static bool check_figures(const Recipe *recipe, GError **error)
{
	if (recipe->yield <= 0 || recipe->yield > RECIPE_QUANTITY_MAX)
		return refuse(error, _("So much cannot come out: enter a quantity above zero and "
				       "below ten million."));
	if (!day_is_sound(recipe->first_day))
		return refuse(error, _("The first day of the recipe is no day."));
	if (recipe->lines->len == 0)
		return refuse(error, _("A recipe needs at least one component."));
	if (recipe->lines->len > RECIPE_LINES_MAX) {
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("A recipe has at most %d components."), RECIPE_LINES_MAX);
		return false;
	}
	for (guint i = 0; i < recipe->lines->len; i++)
		if (!check_line(&g_array_index(recipe->lines, RecipeLine, i), error))
			return false;
	return true;
}

static bool check_item(Store *store, int64_t item_id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/item");
	g_autofree char *name = NULL;
	bool gone, service;
	StoreStep step;

	store_bind_int(row, 1, item_id);
	step = store_step(row, error);
	if (step == STORE_FAILED)
		return false;
	gone = step == STORE_DONE || store_get_int(row, 2) != 0;
	service = !gone && strcmp(store_get_text(row, 1), "service") == 0;
	name = gone ? NULL : g_strdup(store_get_text(row, 0));
	store_reset(row);
	if (gone)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("Goods of the recipe are deleted: take them out of it."));
	else if (service)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("“%s” is a service: it has no stock and no recipe."), name);
	return !gone && !service;
}

static bool check_items(Store *store, const Recipe *recipe, GError **error)
{
	if (!check_item(store, recipe->item_id, error))
		return false;
	for (guint i = 0; i < recipe->lines->len; i++)
		if (!check_item(store, g_array_index(recipe->lines, RecipeLine, i).item_id, error))
			return false;
	return true;
}

static bool check_day(Store *store, const Recipe *recipe, GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/same_day");
	StoreStep step;

	store_bind_int(row, 1, recipe->item_id);
	store_bind_int(row, 2, recipe->first_day);
	store_bind_int(row, 3, recipe->id);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		store_reset(row);
		refuse(error, _("There is already a recipe of it with the same first day: change "
				"that one, or choose another day."));
	}
	return step == STORE_DONE;
}

/* --- writing ------------------------------------------------------------------------------- */

/* For the audit; own it. */
static char *dup_json(const Recipe *recipe)
{
	json_t *lines = json_array();
	json_t *object;
	char *text, *copy;

	for (guint i = 0; i < recipe->lines->len; i++) {
		const RecipeLine *line = &g_array_index(recipe->lines, RecipeLine, i);
		g_autofree char *quantity =
			quantity_dup_decimal((Quantity){ .micro = line->quantity });

		json_array_append_new(lines, json_pack("{s:I, s:s, s:i}", "item",
						       (json_int_t)line->item_id, "quantity",
						       quantity, "loss", (int)line->loss));
	}
	{
		g_autofree char *yield = quantity_dup_decimal((Quantity){ .micro = recipe->yield });

		object = json_pack("{s:i, s:s, s:o}", "first_day", (int)recipe->first_day, "yield",
				   yield, "lines", lines);
	}
	text = json_dumps(object, JSON_COMPACT);
	copy = g_strdup(text);
	free(text);
	json_decref(object);
	return copy;
}

static bool write_lines(Store *store, const Recipe *recipe, GError **error)
{
	StoreStatement *clear = store_statement(store, "office/recipe/delete_lines");
	StoreStatement *insert;

	store_bind_int(clear, 1, recipe->id);
	if (!store_run(clear, error))
		return false;
	for (guint i = 0; i < recipe->lines->len; i++) {
		const RecipeLine *line = &g_array_index(recipe->lines, RecipeLine, i);

		insert = store_statement(store, "office/recipe/insert_line");
		store_bind_int(insert, 1, recipe->id);
		store_bind_int(insert, 2, (int64_t)i + 1);
		store_bind_int(insert, 3, line->item_id);
		store_bind_int(insert, 4, line->quantity);
		store_bind_int(insert, 5, line->loss);
		if (!store_run(insert, error))
			return false;
	}
	return true;
}

static bool write_head(Store *store, Recipe *recipe, bool is_new, GError **error)
{
	StoreStatement *put;

	if (is_new && !counter_take(store, "recipe", &recipe->id, error))
		return false;
	put = store_statement(store, is_new ? "office/recipe/insert" : "office/recipe/update");
	store_bind_int(put, 1, recipe->id);
	store_bind_int(put, 2, recipe->item_id);
	store_bind_int(put, 3, recipe->first_day);
	store_bind_int(put, 4, recipe->yield);
	return store_run(put, error);
}

static bool audit_recipe(Store *store, int64_t person_id, const char *action, int64_t item_id,
			 const Recipe *before, const Recipe *after, GError **error)
{
	g_autofree char *name = recipe_dup_item_name(store, item_id, error);
	g_autofree char *was = before != NULL ? dup_json(before) : NULL;
	g_autofree char *is = after != NULL ? dup_json(after) : NULL;

	return name != NULL && audit_change(store, person_id, action, name, was, is, error);
}

static bool write_all(Store *store, Recipe *recipe, int64_t person_id, GError **error)
{
	g_autoptr(Recipe) before = NULL;

	if (!rights_require(store, person_id, RIGHT_PRODUCE, error) ||
	    !check_items(store, recipe, error) || !check_day(store, recipe, error))
		return false;
	if (recipe->id != 0) {
		before = find_recipe(store, recipe->id, error);
		if (before == NULL)
			return false;
	}
	return write_head(store, recipe, before == NULL, error) &&
	       write_lines(store, recipe, error) &&
	       recipe_check_graph(store, recipe->item_id, error) &&
	       audit_recipe(store, person_id, before == NULL ? "recipe-add" : "recipe-change",
			    recipe->item_id, before, recipe, error);
}

bool recipe_put(Store *store, Recipe *recipe, int64_t person_id, GError **error)
{
	const int64_t id = recipe->id;

	if (check_figures(recipe, error) && write_all(store, recipe, person_id, error))
		return true;
	recipe->id = id;
	return false;
}

bool recipe_write(Store *store, Recipe *recipe, int64_t person_id, GError **error)
{
	const int64_t id = recipe->id;

	if (!store_begin(store, error))
		return false;
	if (recipe_put(store, recipe, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	recipe->id = id;
	return false;
}

static bool delete_one(Store *store, int64_t id, int64_t person_id, GError **error)
{
	StoreStatement *delete;
	g_autoptr(Recipe) before = NULL;

	if (!rights_require(store, person_id, RIGHT_PRODUCE, error))
		return false;
	before = find_recipe(store, id, error);
	if (before == NULL)
		return false;
	delete = store_statement(store, "office/recipe/delete");
	store_bind_int(delete, 1, id);
	return store_run(delete, error) && recipe_check_graph(store, before->item_id, error) &&
	       audit_recipe(store, person_id, "recipe-delete", before->item_id, before, NULL,
			    error);
}

bool recipe_delete(Store *store, int64_t id, int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (delete_one(store, id, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}
