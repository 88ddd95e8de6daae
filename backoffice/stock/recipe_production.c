/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/recipe_private.h"

#include "backoffice/stock/shop_day.h"

#include <glib/gi18n-lib.h>

static bool refuse_no_recipe(Store *store, int64_t item_id, GError **error)
{
	g_autofree char *name = recipe_dup_item_name(store, item_id, error);

	if (name != NULL)
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("“%s” has no recipe: write down first what goes into it."), name);
	return false;
}

Document *recipe_make_production(Store *store, int64_t shop_id, int64_t item_id, int64_t quantity,
				 int64_t at, GError **error)
{
	g_autoptr(Document) document = NULL;
	g_auto(ShopDays) days = { 0 };
	g_autoptr(GArray) needs = NULL;

	if (quantity <= 0) {
		g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
			    _("How much is made? Enter a quantity above zero."));
		return NULL;
	}
	if (!shop_days_init(&days, store, shop_id, error))
		return NULL;
	needs = recipe_explode(store, item_id, quantity,
			       at != 0 ? shop_days_of(&days, at) : shop_days_today(&days), error);
	if (needs == NULL || (needs->len == 0 && !refuse_no_recipe(store, item_id, error)))
		return NULL;
	document = document_new(DOCUMENT_PRODUCTION, shop_id);
	document->at = at;
	document_add_line(document, item_id, quantity);
	for (guint i = 0; i < needs->len; i++) {
		const RecipeLine *need = &g_array_index(needs, RecipeLine, i);

		document_add_line(document, need->item_id, -need->quantity);
	}
	return g_steal_pointer(&document);
}
