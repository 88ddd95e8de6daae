/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/recipe.h"
#include "core/quantity.h"

/* A recipe as people read it: with the names of what it speaks of. For threads of the desk. */

typedef struct {
	int64_t item_id;
	char *name; /* owned */
	Unit unit;
	int64_t quantity;
	int32_t loss;
} OfficeRecipeLine;
void office_recipe_line_free(void *line);
/* Of one unit; NULL with an error where there is no such item. */
OfficeRecipeLine *office_recipe_line_read(Store *store, int64_t item_id, GError **error);

typedef struct {
	int64_t id, item_id; /* id 0: not written yet */
	char *name; /* owned; of the item */
	Unit unit;
	bool kit;
	int32_t first_day;
	int64_t yield;
	GPtrArray *lines; /* owned; of OfficeRecipeLine */
} OfficeRecipeSheet;
void office_recipe_sheet_free(OfficeRecipeSheet *self);
/* The recipe in force on @day, or a new one. */
OfficeRecipeSheet *office_recipe_sheet_read(Store *store, int64_t item_id, int32_t day,
					    GError **error);
/* A new one gets its id. */
bool office_recipe_sheet_write(Store *store, OfficeRecipeSheet *self, int64_t person_id,
			       GError **error);
