/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/goods_file.h"

#include "core/barcode.h"
#include "core/fold.h"

#include <string.h>

#define PLU_DIGITS 9

static bool run_with_id(Store *store, const char *name, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, id);
	return store_run(statement, error);
}

static const char *null_if_empty(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

/* Labels of the shop's own scale carry the article as a number, with or without leading zeros. */
static void bind_plu(StoreStatement *statement, int index, const GoodsItem *item)
{
	const char *article = item->article;
	size_t len = article != NULL ? strlen(article) : 0;

	if (item->has_plu)
		store_bind_int(statement, index, item->plu);
	else if (len > 0 && len <= PLU_DIGITS && strspn(article, "0123456789") == len)
		store_bind_int(statement, index, g_ascii_strtoll(article, NULL, 10));
	else
		store_bind_null(statement, index);
}

static bool put_row(Store *store, const GoodsItem *item, GError **error)
{
	StoreStatement *statement = store_statement(store, "goods/write/put_item");
	const char *article = null_if_empty(item->article);
	g_autofree char *all = g_strjoin(" ", item->name, article != NULL ? article : "",
					 item->brand != NULL ? item->brand : "", NULL);
	g_autofree char *words = fold_dup(all);

	store_bind_int(statement, 1, item->id);
	store_bind_text(statement, 2, article);
	store_bind_text(statement, 3, item->name);
	store_bind_text(statement, 4, null_if_empty(item->category));
	store_bind_text(statement, 5, null_if_empty(item->brand));
	store_bind_int(statement, 6, item->unit);
	store_bind_int(statement, 7, item->weighed);
	if (item->has_price)
		store_bind_int(statement, 8, item->price);
	else
		store_bind_null(statement, 8);
	store_bind_int(statement, 9, item->tax_group);
	bind_plu(statement, 10, item);
	store_bind_text(statement, 11, words);
	return store_run(statement, error);
}

static bool put_barcode(Store *store, int64_t item, int position, const char *code, GError **error)
{
	StoreStatement *statement = store_statement(store, "goods/write/put_barcode");
	g_autofree char *key = barcode_dup_key(code);

	store_bind_text(statement, 1, key);
	store_bind_int(statement, 2, item);
	store_bind_int(statement, 3, position);
	store_bind_text(statement, 4, code);
	return store_run(statement, error);
}

bool goods_file_add_plain_item(Store *store, const GoodsItem *item, GError **error)
{
	if (!put_row(store, item, error))
		return false;
	for (int i = 0; item->barcodes != NULL && item->barcodes[i] != NULL; i++)
		if (!put_barcode(store, item->id, i, item->barcodes[i], error))
			return false;
	return true;
}

bool goods_file_put_plain_person(Store *store, const GoodsPerson *person, GError **error)
{
	StoreStatement *statement;

	if (person->deleted)
		return run_with_id(store, "goods/write/delete_person", person->id, error);
	statement = store_statement(store, "goods/write/put_person");
	store_bind_int(statement, 1, person->id);
	store_bind_text(statement, 2, person->name);
	store_bind_text(statement, 3, person->role);
	store_bind_text(statement, 4, person->pin_hash);
	return store_run(statement, error);
}

bool goods_file_put_person(Store *store, const GoodsPerson *person, GError **error)
{
	StoreStatement *statement;

	if (!goods_file_put_plain_person(store, person, error))
		return false;
	if (person->deleted)
		return true;
	statement = store_statement(store, "goods/write/set_card");
	store_bind_int(statement, 1, person->id);
	store_bind_text(statement, 2, null_if_empty(person->card_hash));
	return store_run(statement, error);
}

bool goods_file_put_right(Store *store, const GoodsRight *right, GError **error)
{
	StoreStatement *statement = store_statement(store, "goods/write/put_right");

	store_bind_text(statement, 1, right->role);
	store_bind_text(statement, 2, right->name);
	store_bind_int(statement, 3, right->allowed);
	return store_run(statement, error);
}

bool goods_file_put_plain_shop(Store *store, const GoodsShop *shop, GError **error)
{
	StoreStatement *statement;

	if (!store_run(store_statement(store, "goods/write/clear_shop"), error))
		return false;
	statement = store_statement(store, "goods/write/insert_shop");
	store_bind_int(statement, 1, shop->shop_id);
	store_bind_text(statement, 2, shop->name);
	store_bind_text(statement, 3, shop->country);
	store_bind_int(statement, 4, shop->currency);
	store_bind_text(statement, 5, shop->timezone);
	return store_run(statement, error);
}

bool goods_file_put_shop(Store *store, const GoodsShop *shop, GError **error)
{
	StoreStatement *statement;

	if (!goods_file_put_plain_shop(store, shop, error))
		return false;
	statement = store_statement(store, "goods/write/set_card_pin");
	store_bind_int(statement, 1, shop->card_pin);
	return store_run(statement, error);
}

static bool insert_rate(Store *store, int32_t group, const TaxRate *rate, GError **error)
{
	StoreStatement *statement = store_statement(store, "goods/write/insert_tax_rate");

	store_bind_int(statement, 1, group);
	store_bind_text(statement, 2, rate->code);
	store_bind_int(statement, 3, rate->rate);
	store_bind_int(statement, 4, rate->inclusive);
	store_bind_int(statement, 5, rate->first_day);
	store_bind_int(statement, 6, rate->fiscal);
	return store_run(statement, error);
}

bool goods_file_put_tax_group(Store *store, int32_t group_id, const char *code,
			      const TaxRate *rates, int n_rates, GError **error)
{
	StoreStatement *statement = store_statement(store, "goods/write/put_tax_group");

	store_bind_int(statement, 1, group_id);
	store_bind_text(statement, 2, code);
	if (!store_run(statement, error) ||
	    !run_with_id(store, "goods/write/clear_tax_rates", group_id, error))
		return false;
	for (int i = 0; i < n_rates; i++)
		if (!insert_rate(store, group_id, &rates[i], error))
			return false;
	return true;
}

bool goods_file_set_revision(Store *store, int64_t revision, GError **error)
{
	return run_with_id(store, "goods/write/set_revision", revision, error);
}

bool goods_file_get_revision(Store *store, int64_t *ret, GError **error)
{
	StoreStatement *statement = store_statement(store, "goods/write/get_revision");

	switch (store_step(statement, error)) {
	case STORE_ROW:
		*ret = store_get_int(statement, 0);
		store_reset(statement);
		return true;
	case STORE_DONE:
		g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT,
			    "the goods file has no revision");
		return false;
	default:
		return false;
	}
}

bool goods_file_index(Store *store, GError **error)
{
	return store_run(store_statement(store, "goods/write/build_search"), error) &&
	       store_run(store_statement(store, "goods/write/optimize_search"), error);
}
