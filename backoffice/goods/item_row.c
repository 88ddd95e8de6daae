/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item_row.h"

#include "core/fold.h"

#include <string.h>

/* --- reading ------------------------------------------------------------------------------- */

static void take_text(StoreStatement *row, int column, char **to)
{
	g_free(*to);
	*to = g_strdup(store_get_text(row, column));
}

static void take_number(StoreStatement *row, int column, bool *has, int64_t *to)
{
	*has = !store_is_null(row, column);
	*to = store_get_int(row, column);
}

/* In the order of office/item/read. */
static Item *item_of_row(StoreStatement *row)
{
	Item *self = item_new((int32_t)store_get_int(row, 20));

	self->id = store_get_int(row, 0);
	self->revision = store_get_int(row, 1);
	item_kind_parse(store_get_text(row, 2), &self->kind);
	take_text(row, 3, &self->article);
	take_text(row, 4, &self->name);
	take_text(row, 5, &self->category);
	take_text(row, 6, &self->brand);
	take_text(row, 7, &self->classification);
	take_text(row, 8, &self->note);
	if (!unit_parse(store_get_text(row, 9), &self->unit))
		self->unit = UNIT_OTHER;
	self->weighed = store_get_int(row, 10) != 0;
	self->marked = store_get_int(row, 11) != 0;
	self->expires = store_get_int(row, 12) != 0;
	self->serials = store_get_int(row, 13) != 0;
	take_number(row, 14, &self->has_price, &self->price);
	take_number(row, 15, &self->has_cost, &self->cost);
	take_number(row, 16, &self->has_plu, &self->plu);
	take_number(row, 17, &self->has_shelf_life, &self->shelf_life);
	take_number(row, 18, &self->has_tare, &self->tare);
	take_number(row, 19, &self->has_minimum, &self->minimum);
	self->family_id = store_get_int(row, 21);
	take_text(row, 22, &self->variant_first);
	take_text(row, 23, &self->variant_second);
	return self;
}

Item *item_row_read(Store *store, int64_t id, bool *ret_deleted, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/read");
	Item *self = NULL;
	bool deleted;

	store_bind_int(row, 1, id);
	if (store_step(row, error) != STORE_ROW)
		return NULL;
	deleted = store_get_int(row, 24) != 0;
	if (!deleted || ret_deleted != NULL)
		self = item_of_row(row);
	if (ret_deleted != NULL)
		*ret_deleted = deleted;
	store_reset(row);
	return self;
}

static bool read_packs(Store *store, Item *self, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/read_packs");
	StoreStep step;

	store_bind_int(row, 1, self->id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		int64_t price = store_get_int(row, 3);
		int at = item_add_pack(self, store_get_text(row, 1), store_get_int(row, 2),
				       store_is_null(row, 3) ? NULL : &price);

		g_array_index(self->packs, ItemPack, at).id = store_get_int(row, 0);
	}
	return step == STORE_DONE;
}

static int index_of_pack(const Item *self, int64_t id)
{
	for (guint i = 0; i < self->packs->len; i++)
		if (g_array_index(self->packs, ItemPack, i).id == id)
			return (int)i;
	return -1;
}

bool item_row_read_lists(Store *store, Item *self, GError **error)
{
	StoreStatement *row;
	StoreStep step;

	if (!read_packs(store, self, error))
		return false;
	row = store_statement(store, "office/item/read_barcodes");
	store_bind_int(row, 1, self->id);
	while ((step = store_step(row, error)) == STORE_ROW)
		item_add_barcode(
			self, store_get_text(row, 0),
			store_is_null(row, 1) ? -1 : index_of_pack(self, store_get_int(row, 1)));
	return step == STORE_DONE;
}

bool item_row_find(Store *store, const char *statement, const char *text, int64_t *ret_id,
		   char **ret_name, GError **error)
{
	StoreStatement *row = store_statement(store, statement);
	StoreStep step;

	store_bind_text(row, 1, text);
	step = store_step(row, error);
	*ret_id = step == STORE_ROW ? store_get_int(row, 0) : 0;
	if (ret_name != NULL)
		*ret_name = step == STORE_ROW ? g_strdup(store_get_text(row, 1)) : NULL;
	store_reset(row);
	return step != STORE_FAILED;
}

/* --- writing ------------------------------------------------------------------------------- */

/* People search name, article and brand; lists are sorted by this too, and a line feed sorts before
 * every letter and blank. Own it. */
static char *dup_folded(const Item *item)
{
	g_autofree char *name = fold_dup(item->name);
	g_autofree char *article = fold_dup(item->article);
	g_autofree char *brand = fold_dup(item->brand);

	return g_strjoin("", name, "\n", article, " ", brand, NULL);
}

WordChange item_word_change(const Item *before, const Item *after)
{
	return strcmp(before->name, after->name) != 0 ||
			       strcmp(before->article, after->article) != 0 ||
			       strcmp(before->brand, after->brand) != 0
		       ? WORDS_CHANGE
		       : WORDS_STAY;
}

static bool delete_words(Store *store, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/item/delete_words");

	store_bind_int(statement, 1, id);
	return store_run(statement, error);
}

static bool insert_words(Store *store, int64_t id, const char *folded, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/item/insert_words");

	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, folded);
	return store_run(statement, error);
}

static void bind_number(StoreStatement *statement, int index, bool has, int64_t value)
{
	if (has)
		store_bind_int(statement, index, value);
	else
		store_bind_null(statement, index);
}

/* In the order of office/item/insert and office/item/update. */
static void bind_item(StoreStatement *statement, const Item *item, const char *folded)
{
	store_bind_int(statement, 1, item->id);
	store_bind_text(statement, 2, item->article);
	store_bind_text(statement, 3, item->name);
	store_bind_text(statement, 4, folded);
	store_bind_text(statement, 5, item->category);
	store_bind_text(statement, 6, item->brand);
	store_bind_text(statement, 7, unit_code(item->unit));
	store_bind_int(statement, 8, item->weighed);
	bind_number(statement, 9, item->has_price, item->price);
	bind_number(statement, 10, item->has_cost, item->cost);
	store_bind_int(statement, 11, item->tax_group);
	store_bind_int(statement, 12, item->revision);
	store_bind_text(statement, 13, item_kind_code(item->kind));
	bind_number(statement, 14, item->has_plu, item->plu);
	store_bind_int(statement, 15, item->marked);
	store_bind_int(statement, 16, item->expires);
	store_bind_int(statement, 17, item->serials);
	bind_number(statement, 18, item->has_shelf_life, item->shelf_life);
	bind_number(statement, 19, item->has_tare, item->tare);
	store_bind_text(statement, 20, item->classification);
	bind_number(statement, 21, item->has_minimum, item->minimum);
	store_bind_text(statement, 22, item->note);
	bind_number(statement, 23, item->family_id != 0, item->family_id);
	store_bind_text(statement, 24, item->variant_first);
	store_bind_text(statement, 25, item->variant_second);
}

bool item_row_insert(Store *store, const Item *self, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/item/insert");
	g_autofree char *folded = dup_folded(self);

	bind_item(statement, self, folded);
	return store_run(statement, error) && insert_words(store, self->id, folded, error);
}

bool item_row_update(Store *store, const Item *self, WordChange words, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/item/update");
	g_autofree char *folded = dup_folded(self);

	if (words == WORDS_CHANGE && !delete_words(store, self->id, error))
		return false;
	bind_item(statement, self, folded);
	return store_run(statement, error) &&
	       (words == WORDS_STAY || insert_words(store, self->id, folded, error));
}

bool item_row_touch(Store *store, int64_t id, int64_t revision, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/item/touch");

	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, revision);
	return store_run(statement, error);
}

static bool run_with_id(Store *store, const char *name, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, id);
	return store_run(statement, error);
}

bool item_row_delete(Store *store, const Item *self, GError **error)
{
	StoreStatement *statement;

	if (!delete_words(store, self->id, error) ||
	    !run_with_id(store, "office/item/delete_barcodes", self->id, error) ||
	    !run_with_id(store, "office/item/delete_packs", self->id, error))
		return false;
	statement = store_statement(store, "office/item/delete");
	store_bind_int(statement, 1, self->id);
	store_bind_int(statement, 2, self->revision);
	return store_run(statement, error);
}

bool item_row_add_barcode(Store *store, int64_t item_id, const char *key, const char *code,
			  int64_t pack_id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/item/insert_barcode");

	store_bind_text(statement, 1, key);
	store_bind_text(statement, 2, code);
	store_bind_int(statement, 3, item_id);
	bind_number(statement, 4, pack_id != 0, pack_id);
	return store_run(statement, error);
}
