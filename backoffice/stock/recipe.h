/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"

/* What things are made of. A recipe of an item that is sold as a kit (ITEM_KIT) is written off at
 * the sale; of goods it is what a production takes. Components may have recipes: kits in kits are
 * taken apart to the last; a component that is goods is taken from stock. */

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
/* DOCUMENT_ERROR_CIRCLE names the way it would go round. */
bool recipe_write(Store *store, Recipe *recipe, int64_t person_id, GError **error);
bool recipe_delete(Store *store, int64_t id, int64_t person_id, GError **error);
/* The last components of @quantity of the item: array of RecipeLine with quantities to take, one an
 * item. Empty: it has no recipe. */
GArray *recipe_explode(Store *store, int64_t item_id, int64_t quantity, int32_t day,
		       GError **error);
/* A production of @quantity with its components by the recipe. */
Document *recipe_make_production(Store *store, int64_t shop_id, int64_t item_id, int64_t quantity,
				 GError **error);
/* How many kits could be sold now: the least of its parts. */
bool recipe_available(Store *store, int64_t shop_id, int64_t item_id, int64_t *ret, GError **error);
