/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item.h"
#include "backoffice/stock/recipe_private.h"

#include <glib/gi18n-lib.h>

bool recipe_set_kit(Store *store, int64_t item_id, bool kit, int64_t person_id, GError **error)
{
	const ItemKind wanted = kit ? ITEM_KIT : ITEM_GOODS;
	g_autoptr(GError) failed = NULL;
	g_autoptr(Item) item = item_read(store, item_id, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (item == NULL) {
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("Goods of the recipe are deleted: take them out of it."));
		return false;
	}
	if (item->kind == wanted || item->kind == ITEM_SERVICE)
		return true;
	item->kind = wanted;
	return item_put(store, item, person_id, error);
}

bool recipe_write_kind(Store *store, Recipe *recipe, bool kit, int64_t person_id, GError **error)
{
	const int64_t id = recipe->id;

	if (!store_begin(store, error))
		return false;
	if (recipe_set_kit(store, recipe->item_id, kit, person_id, error) &&
	    recipe_put(store, recipe, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	recipe->id = id;
	return false;
}
