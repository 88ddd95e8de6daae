/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"

/* What things are made of. A recipe of an item that is sold as a kit (ITEM_KIT) is written off at
 * the sale; of goods it is what a production takes. Components may have recipes: kits in kits are
 * taken apart to the last; a component that is goods is taken from stock.
 *
 * Quantities are exact: of each line quantity × what is made / yield × 10 000 / (10 000 − loss) is
 * taken, computed in one step and rounded half away from zero to the millionth. A kit that is in a
 * thing several times is added up first and taken apart once. */

#define RECIPE_LINES_MAX 200
#define RECIPE_DEPTH_MAX 32 /* recipes within recipes */
#define RECIPE_SIZE_MAX 1000 /* recipes that hang together */
/* In one line, and as a yield: ten million of the unit. */
#define RECIPE_QUANTITY_MAX INT64_C(10000000000000)

typedef struct {
	int64_t item_id;
	int64_t quantity; /* that goes in, millionths of its unit */
	int32_t loss; /* hundredths of a percent: quantity / (1 − loss) is taken */
} RecipeLine;
typedef struct {
	int64_t id, item_id; /* id 0: new */
	int32_t first_day; /* YYYYMMDD, 0 from the beginning */
	int64_t yield; /* so much comes out */
	GArray *lines; /* of RecipeLine */
} Recipe;
Recipe *recipe_new(int64_t item_id, int64_t yield);
void recipe_free(Recipe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Recipe, recipe_free)

/* The one in force on a day; NULL without an error where there is none. */
Recipe *recipe_read(Store *store, int64_t item_id, int32_t day, GError **error);
GPtrArray *recipe_list(Store *store, GError **error); /* all in force and to come */
/* DOCUMENT_ERROR_CIRCLE names the way it would go round: "Cake → Cream → Cake". RIGHT_PRODUCE. What
 * is taken in from then on goes by the recipe as it was written last, late receipts of its days
 * too; to leave those as they are, write a new one with a first day of its own. */
bool recipe_write(Store *store, Recipe *recipe, int64_t person_id, GError **error);
/* The same inside a transaction of the caller. */
bool recipe_put(Store *store, Recipe *recipe, int64_t person_id, GError **error);
/* Writes it and makes its item a kit, or goods of what was one, in one transaction; the kind of
 * what has moved in stock stays (GOODS_ERROR_USED). RIGHT_EDIT_GOODS too where the kind changes. */
bool recipe_write_kind(Store *store, Recipe *recipe, bool kit, int64_t person_id, GError **error);
/* What docs/stock.md calls a recipe's JSON, in one transaction. Of an item and first day that have
 * a recipe already it is that one, changed. */
bool recipe_take_json(Store *store, const json_t *json, int64_t person_id, Recipe **ret,
		      GError **error);
/* Such JSON of a recipe; a new reference. */
json_t *recipe_to_json(Store *store, const Recipe *recipe, GError **error);
/* The one before it is in force again; refused (DOCUMENT_ERROR_CIRCLE) where that cannot be. */
bool recipe_delete(Store *store, int64_t id, int64_t person_id, GError **error);
/* The last components of @quantity of the item: array of RecipeLine with quantities to take (loss
 * 0), one an item, by item. Empty: it has no recipe on that day. */
GArray *recipe_explode(Store *store, int64_t item_id, int64_t quantity, int32_t day,
		       GError **error);
/* A production of @quantity at the moment @at (UTC microseconds; 0: that of its posting) with its
 * components by the recipe of that day in the shop (0: of today); not written yet. */
Document *recipe_make_production(Store *store, int64_t shop_id, int64_t item_id, int64_t quantity,
				 int64_t at, GError **error);
/* How many kits could be sold now: the least of its parts, whole ones unless it is sold by weight;
 * 0 where a part is below zero. Of an item without a recipe: its own stock. */
bool recipe_available(Store *store, int64_t shop_id, int64_t item_id, int64_t *ret, GError **error);
