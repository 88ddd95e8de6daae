/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/sight.h"

#include "backoffice/people/rights.h"

#include <glib/gi18n-lib.h>

GArray *sight_shops(Store *store, int64_t person_id, GError **error)
{
	g_autoptr(GArray) shops = g_array_new(false, false, sizeof(int64_t));
	StoreStatement *row;
	StoreStep step;
	Rights rights;

	if (!rights_of_person(store, person_id, &rights, error))
		return NULL;
	row = store_statement(store, "office/person/shops_seen");
	store_bind_int(row, 1, person_id);
	store_bind_int(row, 2, rights_have(rights, RIGHT_ALL_SHOPS));
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t shop = store_get_int(row, 0);

		g_array_append_val(shops, shop);
	}
	return step == STORE_DONE ? g_steal_pointer(&shops) : NULL;
}

bool sight_has(const GArray *shops, int64_t shop_id)
{
	for (guint i = 0; i < shops->len; i++)
		if (g_array_index(shops, int64_t, i) == shop_id)
			return true;
	return false;
}

bool sight_require(Store *store, int64_t person_id, int64_t shop_id, GError **error)
{
	g_autoptr(GArray) shops = sight_shops(store, person_id, error);

	if (shops == NULL)
		return false;
	if (sight_has(shops, shop_id))
		return true;
	g_set_error(
		error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT,
		_("This shop is not among yours. The administrator can add it to your shops, or "
		  "give you the right to see all of them."));
	return false;
}
