/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item_row.h"
#include "backoffice/goods/item_store.h"
#include "backoffice/people/rights.h"
#include "core/barcode.h"
#include "core/gs1.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- what a scan means --------------------------------------------------------------------- */

static bool find_key(Store *store, const char *key, ItemScan *ret, bool *ret_found, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/scan");
	StoreStep step;

	store_bind_text(row, 1, key);
	step = store_step(row, error);
	*ret_found = step == STORE_ROW;
	if (*ret_found)
		*ret = (ItemScan){ .item_id = store_get_int(row, 0),
				   .pack_id = store_get_int(row, 1),
				   .quantity = store_is_null(row, 2) ? QUANTITY_ONE
								     : store_get_int(row, 2) };
	store_reset(row);
	return step != STORE_FAILED;
}

/* A symbol of several fields, such as the DataMatrix of marked goods: the GTIN comes first, and is
 * as long as it is laid down. */
static bool find_gtin(Store *store, const char *code, ItemScan *ret, bool *ret_found,
		      GError **error)
{
	g_autofree char *gtin = NULL;

	*ret_found = false;
	if (!gs1_is_likely(code))
		return true;
	gtin = g_strndup(code + 2, 14);
	return find_key(store, gtin, ret, ret_found, error);
}

bool item_find_plu(Store *store, int64_t plu, int64_t *ret_id, char **ret_name, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/find_plu");
	StoreStep step;

	store_bind_int(row, 1, plu);
	step = store_step(row, error);
	*ret_id = step == STORE_ROW ? store_get_int(row, 0) : 0;
	if (ret_name != NULL)
		*ret_name = step == STORE_ROW ? g_strdup(store_get_text(row, 1)) : NULL;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool find_typed(Store *store, const char *code, ItemScan *ret, bool *ret_found,
		       GError **error)
{
	gint64 plu;
	int64_t id;

	if (!item_row_find(store, "office/item/find_article", code, &id, NULL, error))
		return false;
	if (id == 0 && g_ascii_string_to_signed(code, 10, 1, G_MAXINT32, &plu, NULL) &&
	    !item_find_plu(store, plu, &id, NULL, error))
		return false;
	*ret_found = id != 0;
	if (id != 0)
		*ret = (ItemScan){ .item_id = id, .quantity = QUANTITY_ONE };
	return true;
}

bool item_find_scan(Store *store, const char *code, ItemScan *ret, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(code));
	g_autofree char *key = barcode_dup_key(trimmed);
	bool found;

	if (*trimmed == '\0' || !find_key(store, key, ret, &found, error))
		return false;
	if (!found && !find_gtin(store, trimmed, ret, &found, error))
		return false;
	if (!found && !find_typed(store, trimmed, ret, &found, error))
		return false;
	return found;
}

/* --- a code that nobody has yet ------------------------------------------------------------ */

static int index_of_pack(const Item *item, int64_t pack_id)
{
	for (guint i = 0; i < item->packs->len; i++)
		if (g_array_index(item->packs, ItemPack, i).id == pack_id)
			return (int)i;
	return -1;
}

/* Into the item's list: the code once, of this pack. */
static void set_barcode(Item *item, const char *code, int pack)
{
	g_autofree char *key = barcode_dup_key(code);

	for (guint i = 0; i < item->barcodes->len; i++) {
		ItemBarcode *barcode = &g_array_index(item->barcodes, ItemBarcode, i);
		g_autofree char *other = barcode_dup_key(barcode->code);

		if (strcmp(key, other) == 0) {
			barcode->pack = pack;
			return;
		}
	}
	item_add_barcode(item, code, pack);
}

static bool link_code(Store *store, int64_t item_id, int64_t pack_id, const char *code,
		      int64_t person_id, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Item) item = item_read(store, item_id, &failed);

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (item == NULL || (pack_id != 0 && index_of_pack(item, pack_id) < 0)) {
		g_set_error(error, GOODS_ERROR, GOODS_ERROR_GONE,
			    _("These goods have been deleted meanwhile."));
		return false;
	}
	set_barcode(item, code, pack_id != 0 ? index_of_pack(item, pack_id) : -1);
	return item_put(store, item, person_id, error);
}

bool item_link_barcode(Store *store, int64_t item_id, int64_t pack_id, const char *code,
		       int64_t person_id, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(code));

	if (!store_begin(store, error))
		return false;
	if (!link_code(store, item_id, pack_id, trimmed, person_id, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}
