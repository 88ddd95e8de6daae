/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/goods_file.h"

#include "core/barcode.h"

/* What came into the goods file with schema/goods/0002-stockroom.sql. */

#define PACKS_FROM 1000 /* positions: an item is shown by a code of one unit, if it has any */

static void bind_or_null(StoreStatement *statement, int index, bool has, int64_t value)
{
	if (has)
		store_bind_int(statement, index, value);
	else
		store_bind_null(statement, index);
}

static bool run_with_id(Store *store, const char *name, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, id);
	return store_run(statement, error);
}

/* --- an item --------------------------------------------------------------------------------- */

static bool has_text(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static bool is_plain(const GoodsItem *item)
{
	return !item->marked && !item->expires && !item->serials && !item->has_plu &&
	       !item->has_shelf_life && !item->has_tare && !has_text(item->classification) &&
	       (item->kind == NULL || g_str_equal(item->kind, "goods"));
}

static bool put_fact(Store *store, const GoodsItem *item, GError **error)
{
	StoreStatement *statement;

	if (is_plain(item))
		return true;
	statement = store_statement(store, "goods/write/insert_fact");
	store_bind_int(statement, 1, item->id);
	store_bind_text(statement, 2, item->kind != NULL ? item->kind : "goods");
	store_bind_int(statement, 3, item->marked);
	store_bind_int(statement, 4, item->expires);
	store_bind_int(statement, 5, item->serials);
	bind_or_null(statement, 6, item->has_shelf_life, item->shelf_life);
	bind_or_null(statement, 7, item->has_tare, item->tare);
	store_bind_int(statement, 8, item->has_plu);
	store_bind_text(statement, 9, item->classification != NULL ? item->classification : "");
	return store_run(statement, error);
}

static bool put_pack(Store *store, int64_t item, int position, const GoodsPack *pack,
		     GError **error)
{
	StoreStatement *statement = store_statement(store, "goods/write/put_pack");
	g_autofree char *key = barcode_dup_key(pack->code);

	store_bind_text(statement, 1, key);
	store_bind_int(statement, 2, item);
	store_bind_int(statement, 3, position);
	store_bind_text(statement, 4, pack->code);
	store_bind_int(statement, 5, pack->factor);
	bind_or_null(statement, 6, pack->has_price, pack->price);
	return store_run(statement, error);
}

static bool put_price(Store *store, int64_t item, const GoodsPrice *price, GError **error)
{
	StoreStatement *statement = store_statement(store, "goods/write/insert_price");

	store_bind_int(statement, 1, item);
	store_bind_int(statement, 2, price->kind);
	store_bind_int(statement, 3, price->first_at);
	bind_or_null(statement, 4, price->has_amount, price->amount);
	return store_run(statement, error);
}

bool goods_file_add_item(Store *store, const GoodsItem *item, GError **error)
{
	if (!goods_file_add_plain_item(store, item, error) || !put_fact(store, item, error))
		return false;
	for (int i = 0; i < item->n_packs; i++)
		if (!put_pack(store, item->id, PACKS_FROM + i, &item->packs[i], error))
			return false;
	for (int i = 0; i < item->n_prices; i++)
		if (!put_price(store, item->id, &item->prices[i], error))
			return false;
	return true;
}

bool goods_file_put_item(Store *store, const GoodsItem *item, GError **error)
{
	if (!run_with_id(store, "goods/write/clear_barcodes", item->id, error) ||
	    !run_with_id(store, "goods/write/clear_fact", item->id, error) ||
	    !run_with_id(store, "goods/write/clear_prices", item->id, error))
		return false;
	if (!item->deleted)
		return goods_file_add_item(store, item, error);
	return run_with_id(store, "goods/write/clear_expiry", item->id, error) &&
	       run_with_id(store, "goods/write/delete_item", item->id, error);
}

bool goods_file_put_expiry(Store *store, const GoodsExpiry *expiry, GError **error)
{
	StoreStatement *statement;

	if (expiry->sell_until == 0)
		return run_with_id(store, "goods/write/clear_expiry", expiry->item, error);
	statement = store_statement(store, "goods/write/put_expiry");
	store_bind_int(statement, 1, expiry->item);
	store_bind_int(statement, 2, expiry->sell_until);
	return store_run(statement, error);
}

/* --- who pays what --------------------------------------------------------------------------- */

bool goods_file_put_price_kind(Store *store, const GoodsPriceKind *kind, GError **error)
{
	StoreStatement *statement;

	if (kind->deleted)
		return run_with_id(store, "goods/write/delete_price_kind", kind->id, error);
	statement = store_statement(store, "goods/write/put_price_kind");
	store_bind_int(statement, 1, kind->id);
	store_bind_text(statement, 2, kind->name);
	return store_run(statement, error);
}

bool goods_file_put_price_rule(Store *store, const GoodsPriceRule *rule, GError **error)
{
	StoreStatement *statement;

	if (rule->deleted)
		return run_with_id(store, "goods/write/delete_price_rule", rule->id, error);
	statement = store_statement(store, "goods/write/put_price_rule");
	store_bind_int(statement, 1, rule->id);
	store_bind_int(statement, 2, rule->kind);
	bind_or_null(statement, 3, rule->group != 0, rule->group);
	store_bind_int(statement, 4, rule->weekdays);
	store_bind_int(statement, 5, rule->minute);
	store_bind_int(statement, 6, rule->until);
	store_bind_int(statement, 7, rule->first_day);
	store_bind_int(statement, 8, rule->last_day);
	store_bind_int(statement, 9, rule->rank);
	return store_run(statement, error);
}

bool goods_file_put_customer(Store *store, const GoodsCustomer *customer, GError **error)
{
	StoreStatement *statement;

	if (customer->deleted)
		return run_with_id(store, "goods/write/delete_customer", customer->id, error);
	statement = store_statement(store, "goods/write/put_customer");
	store_bind_int(statement, 1, customer->id);
	store_bind_text(statement, 2, customer->code);
	store_bind_text(statement, 3, customer->name);
	store_bind_text(statement, 4, customer->contact != NULL ? customer->contact : "");
	bind_or_null(statement, 5, customer->group != 0, customer->group);
	return store_run(statement, error);
}
