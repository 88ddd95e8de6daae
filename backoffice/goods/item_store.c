/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item_store.h"

#include "backoffice/goods/fields.h"
#include "backoffice/goods/item_lists.h"
#include "backoffice/goods/item_row.h"
#include "backoffice/goods/item_values.h"
#include "backoffice/goods/price_note.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define RETAIL 1 /* the kind of price that stands in item.price */

static bool fail(GError **error, GoodsError code, const char *format, ...) G_GNUC_PRINTF(3, 4);
static bool fail(GError **error, GoodsError code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(GOODS_ERROR, code, format, args);
	va_end(args);
	return false;
}

/* --- reading ------------------------------------------------------------------------------- */

Item *item_read_any(Store *store, int64_t id, bool *ret_deleted, GError **error)
{
	g_autoptr(Item) self = item_row_read(store, id, ret_deleted, error);

	if (self == NULL || !item_row_read_lists(store, self, error))
		return NULL;
	return g_steal_pointer(&self);
}

Item *item_read(Store *store, int64_t id, GError **error)
{
	return item_read_any(store, id, NULL, error);
}

bool goods_currency(Store *store, uint16_t *ret, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, NULL, error);

	if (shop != NULL)
		*ret = shop->currency;
	return shop != NULL;
}

static bool ask(Store *store, const char *statement, int64_t id, bool *ret, GError **error)
{
	StoreStatement *row = store_statement(store, statement);
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	*ret = step == STORE_ROW;
	store_reset(row);
	return step != STORE_FAILED;
}

bool item_has_moved(Store *store, int64_t id, bool *ret, GError **error)
{
	return ask(store, "office/item/has_moved", id, ret, error);
}

static bool refuse_recipe(Store *store, const Item *item, GError **error)
{
	StoreStatement *row = store_statement(store, "office/item/recipe_of");
	StoreStep step;

	store_bind_int(row, 1, item->id);
	step = store_step(row, error);
	if (step == STORE_ROW)
		fail(error, GOODS_ERROR_USED,
		     _("“%s” goes into “%s”: take it out of the recipe first."), item->name,
		     store_get_text(row, 0));
	store_reset(row);
	return step == STORE_DONE;
}

bool item_require_unused(Store *store, const Item *item, GError **error)
{
	bool stock;

	if (!ask(store, "office/item/has_stock", item->id, &stock, error))
		return false;
	if (stock)
		return fail(error, GOODS_ERROR_USED,
			    _("“%s” has stock: write it off or count it first."), item->name);
	return refuse_recipe(store, item, error);
}

/* --- what is in the way -------------------------------------------------------------------- */

static void tidy_text(char **text)
{
	char *tidy = field_dup_tidy(*text);

	g_free(*text);
	*text = tidy;
}

static void tidy(Item *self)
{
	char **texts[] = { &self->name,		 &self->article,       &self->category,
			   &self->brand,	 &self->note,	       &self->classification,
			   &self->variant_first, &self->variant_second };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		tidy_text(texts[i]);
	item_lists_tidy(self);
}

static bool check(Store *store, const Item *self, uint16_t currency, GError **error)
{
	g_autofree char *reason = NULL;

	if (currency == 0 && !goods_currency(store, &currency, error))
		return false;
	reason = item_check(self, currency);
	/* Translators: %s is what is wrong: "the price is negative". */
	return reason == NULL ||
	       fail(error, GOODS_ERROR_INVALID, _("This cannot be saved: %s."), reason);
}

static bool check_article(Store *store, const Item *self, GError **error)
{
	g_autofree char *name = NULL;
	int64_t id;

	if (*self->article == '\0')
		return true;
	if (!item_row_find(store, "office/item/find_article", self->article, &id, &name, error))
		return false;
	return id == 0 || id == self->id ||
	       fail(error, GOODS_ERROR_TAKEN, _("The article %s belongs to other goods: “%s”."),
		    self->article, name);
}

static bool check_plu(Store *store, const Item *self, GError **error)
{
	g_autofree char *name = NULL;
	int64_t id;

	if (!self->has_plu)
		return true;
	if (!item_find_plu(store, self->plu, &id, &name, error))
		return false;
	return id == 0 || id == self->id ||
	       fail(error, GOODS_ERROR_TAKEN,
		    _("The PLU %" PRId64 " belongs to other goods: “%s”."), self->plu, name);
}

/* Quantities in ledger and documents are in the unit; and what has stock is no service. */
static bool check_unit(Store *store, const Item *old, const Item *self, GError **error)
{
	bool moved;

	if (old == NULL || (old->unit == self->unit && old->kind == self->kind))
		return true;
	if (!item_has_moved(store, self->id, &moved, error))
		return false;
	return !moved || fail(error, GOODS_ERROR_USED,
			      _("“%s” has moved in stock already, so its unit and kind stay: enter "
				"new goods instead."),
			      old->name);
}

static bool check_rights(Store *store, const Item *old, const Item *self, int64_t person_id,
			 GError **error)
{
	bool had = old != NULL && old->has_price;
	bool same = had == self->has_price && (!had || old->price == self->price);

	return (same && item_pack_prices_stay(old, self)) ||
	       rights_require(store, person_id, RIGHT_CHANGE_PRICE, error);
}

/* --- writing ------------------------------------------------------------------------------- */

static bool note_price(Store *store, const Item *old, const Item *self, const ItemChange *change,
		       GError **error)
{
	PriceNote note = { .item_id = self->id,
			   .kind_id = RETAIL,
			   .person_id = change->person_id,
			   .has_before = old != NULL && old->has_price,
			   .before = old != NULL ? old->price : 0,
			   .has_after = self->has_price,
			   .after = self->price,
			   .how = change->how };

	return price_note(store, &note, error);
}

static bool audit_item(Store *store, int64_t person_id, const char *action, int64_t id,
		       const json_t *before, const json_t *after, GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" PRId64, id);
	g_autofree char *was = before != NULL ? item_diff_dup_text(before) : NULL;
	g_autofree char *is = after != NULL ? item_diff_dup_text(after) : NULL;

	return audit_change(store, person_id, action, subject, was, is, error);
}

static bool audit(Store *store, const Item *old, const Item *self, const ItemChange *change,
		  GError **error)
{
	json_t *before, *after;
	bool done;

	item_diff(old, self, &before, &after);
	done = audit_item(store, change->person_id,
			  old == NULL	    ? "item-add"
			  : change->deleted ? "item-return"
					    : "item-change",
			  self->id, old != NULL ? before : NULL, after, error);
	json_decref(before);
	json_decref(after);
	return done;
}

static bool write_rows(Store *store, const Item *old, Item *self, const ItemChange *change,
		       GError **error)
{
	if (old == NULL && !counter_take(store, "item", &self->id, error))
		return false;
	if (!counter_take(store, "revision", &self->revision, error))
		return false;
	if (old == NULL)
		return item_row_insert(store, self, error) &&
		       item_lists_write(store, NULL, self, error);
	return item_row_update(store, self,
			       change->deleted ? WORDS_COME : item_word_change(old, self), error) &&
	       item_lists_write(store, old, self, error);
}

static bool store_copy(Store *store, const Item *old, Item *self, const ItemChange *change,
		       GError **error)
{
	return check(store, self, change->currency, error) &&
	       check_rights(store, old, self, change->person_id, error) &&
	       check_article(store, self, error) && check_plu(store, self, error) &&
	       item_lists_check(store, self, error) && check_unit(store, old, self, error) &&
	       write_rows(store, old, self, change, error) &&
	       note_price(store, old, self, change, error) &&
	       (change->quiet || audit(store, old, self, change, error));
}

bool item_store(Store *store, const Item *old, Item *self, const ItemChange *change,
		bool *ret_changed, GError **error)
{
	g_autoptr(Item) copy = item_copy(self);
	bool changed;

	tidy(copy);
	changed = old == NULL || change->deleted || item_diff(old, copy, NULL, NULL);
	if (changed && !store_copy(store, old, copy, change, error))
		return false;
	if (ret_changed != NULL)
		*ret_changed = changed;
	item_swap(self, copy);
	return true;
}

static bool fail_changed(Store *store, const Item *old, GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" PRId64, old->id);
	StoreStatement *row = store_statement(store, "office/item/changed_by");
	StoreStep step;

	store_bind_text(row, 1, subject);
	step = store_step(row, error);
	if (step == STORE_ROW)
		fail(error, GOODS_ERROR_CHANGED,
		     _("%s has changed “%s” meanwhile: look at it again, then change it."),
		     store_get_text(row, 0), old->name);
	else if (step == STORE_DONE)
		fail(error, GOODS_ERROR_CHANGED,
		     _("“%s” has been changed meanwhile: look at it again, then change it."),
		     old->name);
	store_reset(row);
	return false;
}

/* *ret NULL for a new item. */
static bool read_old(Store *store, int64_t id, int64_t revision, Item **ret, GError **error)
{
	g_autoptr(GError) failed = NULL;
	g_autoptr(Item) old = id != 0 ? item_read(store, id, &failed) : NULL;

	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (id != 0 && old == NULL)
		return fail(error, GOODS_ERROR_GONE, _("These goods have been deleted meanwhile."));
	if (old != NULL && old->revision != revision)
		return fail_changed(store, old, error);
	*ret = g_steal_pointer(&old);
	return true;
}

bool item_put(Store *store, Item *self, int64_t person_id, GError **error)
{
	ItemChange change = { .person_id = person_id, .how = "hand" };
	g_autoptr(Item) old = NULL;

	return rights_require(store, person_id, RIGHT_EDIT_GOODS, error) &&
	       read_old(store, self->id, self->revision, &old, error) &&
	       item_store(store, old, self, &change, NULL, error);
}

/* On failure of the commit @self has numbers that nobody has; the caller still has what it was. */
bool item_write(Store *store, Item *self, int64_t person_id, GError **error)
{
	g_autoptr(Item) copy = item_copy(self);

	if (!store_begin(store, error))
		return false;
	if (!item_put(store, copy, person_id, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	item_swap(self, copy);
	return true;
}

/* --- deleting ------------------------------------------------------------------------------ */

bool item_remove(Store *store, const Item *item, int64_t person_id, GError **error)
{
	g_autoptr(Item) gone = item_copy(item);
	json_t *before;
	bool done;

	if (!counter_take(store, "revision", &gone->revision, error) ||
	    !item_row_delete(store, gone, error))
		return false;
	item_diff(NULL, item, NULL, &before);
	done = audit_item(store, person_id, "item-delete", item->id, before, NULL, error);
	json_decref(before);
	return done;
}

static bool delete_checked(Store *store, int64_t id, int64_t revision, int64_t person_id,
			   GError **error)
{
	g_autoptr(Item) old = NULL;

	return rights_require(store, person_id, RIGHT_EDIT_GOODS, error) &&
	       read_old(store, id, revision, &old, error) &&
	       item_require_unused(store, old, error) && item_remove(store, old, person_id, error);
}

bool item_delete(Store *store, int64_t id, int64_t revision, int64_t person_id, GError **error)
{
	g_return_val_if_fail(id != 0, false);
	if (!store_begin(store, error))
		return false;
	if (!delete_checked(store, id, revision, person_id, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}
