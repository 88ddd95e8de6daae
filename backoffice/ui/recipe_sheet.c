/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/recipe_sheet.h"

#include "backoffice/goods/item.h"

#include <glib/gi18n-lib.h>

void office_recipe_line_free(void *line)
{
	OfficeRecipeLine *self = line;

	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self);
}

void office_recipe_sheet_free(OfficeRecipeSheet *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_ptr_array_unref(self->lines);
	g_free(self);
}

static Item *read_item(Store *store, int64_t id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	Item *item = item_read(store, id, &failed);

	if (failed != NULL)
		g_propagate_error(error, g_steal_pointer(&failed));
	else if (item == NULL)
		g_set_error(error, GOODS_ERROR, GOODS_ERROR_GONE,
			    _("These goods have been deleted meanwhile."));
	return item;
}

OfficeRecipeLine *office_recipe_line_read(Store *store, int64_t item_id, GError **error)
{
	g_autoptr(Item) item = read_item(store, item_id, error);
	OfficeRecipeLine *self;

	if (item == NULL)
		return NULL;
	self = g_new0(OfficeRecipeLine, 1);
	self->item_id = item_id;
	self->name = g_strdup(item->name);
	self->unit = item->unit;
	self->quantity = QUANTITY_ONE;
	return self;
}

static bool take_lines(Store *store, OfficeRecipeSheet *self, const Recipe *recipe, GError **error)
{
	for (guint i = 0; i < recipe->lines->len; i++) {
		const RecipeLine *it = &g_array_index(recipe->lines, RecipeLine, i);
		OfficeRecipeLine *line = office_recipe_line_read(store, it->item_id, error);

		if (line == NULL)
			return false;
		line->quantity = it->quantity;
		line->loss = it->loss;
		g_ptr_array_add(self->lines, line);
	}
	return true;
}

static bool take_recipe(Store *store, OfficeRecipeSheet *self, int32_t day, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Recipe) recipe = recipe_read(store, self->item_id, day, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (recipe == NULL)
		return true;
	self->id = recipe->id;
	self->first_day = recipe->first_day;
	self->yield = recipe->yield;
	return take_lines(store, self, recipe, error);
}

OfficeRecipeSheet *office_recipe_sheet_read(Store *store, int64_t item_id, int32_t day,
					    GError **error)
{
	g_autoptr(Item) item = read_item(store, item_id, error);
	OfficeRecipeSheet *self;

	if (item == NULL)
		return NULL;
	self = g_new0(OfficeRecipeSheet, 1);
	self->item_id = item_id;
	self->name = g_strdup(item->name);
	self->unit = item->unit;
	self->kit = item->kind == ITEM_KIT;
	self->yield = QUANTITY_ONE;
	self->lines = g_ptr_array_new_with_free_func(office_recipe_line_free);
	if (take_recipe(store, self, day, error))
		return self;
	office_recipe_sheet_free(self);
	return NULL;
}

bool office_recipe_sheet_write(Store *store, OfficeRecipeSheet *self, int64_t person_id,
			       GError **error)
{
	g_autoptr(Recipe) recipe = recipe_new(self->item_id, self->yield);

	recipe->id = self->id;
	recipe->first_day = self->first_day;
	for (guint i = 0; i < self->lines->len; i++) {
		const OfficeRecipeLine *it = self->lines->pdata[i];
		RecipeLine line = { .item_id = it->item_id,
				    .quantity = it->quantity,
				    .loss = it->loss };

		g_array_append_val(recipe->lines, line);
	}
	if (!recipe_write_kind(store, recipe, self->kit, person_id, error))
		return false;
	self->id = recipe->id;
	return true;
}
