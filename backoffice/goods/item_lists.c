/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item_lists.h"

#include "backoffice/goods/fields.h"
#include "backoffice/goods/item_row.h"
#include "backoffice/people/counter.h"
#include "core/barcode.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static ItemPack *pack_at(const Item *self, guint index)
{
	return &g_array_index(self->packs, ItemPack, index);
}

static ItemBarcode *barcode_at(const Item *self, guint index)
{
	return &g_array_index(self->barcodes, ItemBarcode, index);
}

static int compare_keys(gconstpointer a, gconstpointer b)
{
	g_autofree char *first = barcode_dup_key(((const ItemBarcode *)a)->code);
	g_autofree char *second = barcode_dup_key(((const ItemBarcode *)b)->code);

	return strcmp(first, second);
}

void item_lists_tidy(Item *self)
{
	for (guint i = 0; i < self->packs->len; i++) {
		char *name = field_dup_tidy(pack_at(self, i)->name);

		g_free(pack_at(self, i)->name);
		pack_at(self, i)->name = name;
	}
	for (guint i = 0; i < self->barcodes->len; i++) {
		g_strstrip(barcode_at(self, i)->code);
		barcode_at(self, i)->pack = MAX(barcode_at(self, i)->pack, -1);
	}
	g_array_sort(self->barcodes, compare_keys);
}

static bool check_barcode(Store *store, const Item *self, const char *code, GError **error)
{
	g_autofree char *key = barcode_dup_key(code);
	g_autofree char *name = NULL;
	int64_t id;

	if (!item_row_find(store, "office/item/find_barcode", key, &id, &name, error))
		return false;
	if (id == 0 || id == self->id)
		return true;
	g_set_error(error, GOODS_ERROR, GOODS_ERROR_TAKEN,
		    _("The barcode %s belongs to other goods: “%s”."), code, name);
	return false;
}

bool item_lists_check(Store *store, const Item *self, GError **error)
{
	for (guint i = 0; i < self->barcodes->len; i++)
		if (!check_barcode(store, self, barcode_at(self, i)->code, error))
			return false;
	return true;
}

/* --- packs --------------------------------------------------------------------------------- */

static void bind_price(StoreStatement *statement, int index, const ItemPack *pack)
{
	if (pack->has_price)
		store_bind_int(statement, index, pack->price);
	else
		store_bind_null(statement, index);
}

static bool run_pack(Store *store, const char *name, int64_t item_id, const ItemPack *pack,
		     GError **error)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, pack->id);
	store_bind_int(statement, 2, item_id);
	store_bind_text(statement, 3, pack->name);
	store_bind_int(statement, 4, pack->factor);
	bind_price(statement, 5, pack);
	return store_run(statement, error);
}

/* A pack that was removed comes back; one whose factor is another is a new one. */
static bool write_pack(Store *store, int64_t item_id, ItemPack *pack, GError **error)
{
	if (pack->id != 0) {
		if (!run_pack(store, "office/item/update_pack", item_id, pack, error))
			return false;
		if (store_changes(store) > 0)
			return true;
	}
	return counter_take(store, "pack", &pack->id, error) &&
	       run_pack(store, "office/item/insert_pack", item_id, pack, error);
}

static bool same_pack(const ItemPack *a, const ItemPack *b)
{
	return a->id == b->id && a->factor == b->factor && strcmp(a->name, b->name) == 0 &&
	       a->has_price == b->has_price && (!a->has_price || a->price == b->price);
}

static bool same_packs(const Item *a, const Item *b)
{
	if (a->packs->len != b->packs->len)
		return false;
	for (guint i = 0; i < a->packs->len; i++)
		if (!same_pack(pack_at(a, i), pack_at(b, i)))
			return false;
	return true;
}

static bool delete_packs(Store *store, int64_t item_id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/item/delete_packs");

	store_bind_int(statement, 1, item_id);
	return store_run(statement, error);
}

static bool write_packs(Store *store, const Item *old, Item *self, GError **error)
{
	bool had = old != NULL && old->packs->len > 0;

	if (had && same_packs(old, self))
		return true;
	/* Away with all first: two packs may have changed names with each other. */
	if (had && !delete_packs(store, self->id, error))
		return false;
	for (guint i = 0; i < self->packs->len; i++)
		if (!write_pack(store, self->id, pack_at(self, i), error))
			return false;
	return true;
}

static const ItemPack *pack_of_id(const Item *self, int64_t id)
{
	for (guint i = 0; self != NULL && id != 0 && i < self->packs->len; i++)
		if (pack_at(self, i)->id == id)
			return pack_at(self, i);
	return NULL;
}

bool item_pack_prices_stay(const Item *old, const Item *self)
{
	for (guint i = 0; i < self->packs->len; i++) {
		const ItemPack *pack = pack_at(self, i);
		const ItemPack *was = pack_of_id(old, pack->id);
		bool had = was != NULL && was->has_price;

		if (had != pack->has_price || (had && was->price != pack->price))
			return false;
	}
	return true;
}

/* --- barcodes ------------------------------------------------------------------------------ */

static int64_t pack_id_of(const Item *self, const ItemBarcode *barcode)
{
	return barcode->pack >= 0 ? pack_at(self, (guint)barcode->pack)->id : 0;
}

/* Whether @self has it, just so. */
static bool has_barcode(const Item *self, const ItemBarcode *barcode, int64_t pack_id)
{
	for (guint i = 0; self != NULL && i < self->barcodes->len; i++)
		if (strcmp(barcode_at(self, i)->code, barcode->code) == 0 &&
		    pack_id_of(self, barcode_at(self, i)) == pack_id)
			return true;
	return false;
}

static bool delete_barcode(Store *store, const char *code, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/item/delete_barcode");
	g_autofree char *key = barcode_dup_key(code);

	store_bind_text(statement, 1, key);
	return store_run(statement, error);
}

static bool insert_barcode(Store *store, const Item *self, const ItemBarcode *barcode,
			   GError **error)
{
	g_autofree char *key = barcode_dup_key(barcode->code);

	return item_row_add_barcode(store, self->id, key, barcode->code, pack_id_of(self, barcode),
				    error);
}

static bool write_barcodes(Store *store, const Item *old, const Item *self, GError **error)
{
	for (guint i = 0; old != NULL && i < old->barcodes->len; i++) {
		const ItemBarcode *barcode = barcode_at(old, i);

		if (!has_barcode(self, barcode, pack_id_of(old, barcode)) &&
		    !delete_barcode(store, barcode->code, error))
			return false;
	}
	for (guint i = 0; i < self->barcodes->len; i++) {
		const ItemBarcode *barcode = barcode_at(self, i);

		if (!has_barcode(old, barcode, pack_id_of(self, barcode)) &&
		    !insert_barcode(store, self, barcode, error))
			return false;
	}
	return true;
}

bool item_lists_write(Store *store, const Item *old, Item *self, GError **error)
{
	return write_packs(store, old, self, error) && write_barcodes(store, old, self, error);
}
