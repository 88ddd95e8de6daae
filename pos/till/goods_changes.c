/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/goods_private.h"

#include "core/country.h"
#include "core/json_values.h"

/* An answer of GET /v1/changes, row by row into the goods file. What is malformed stops all of it:
 * half a price list is worse than yesterday's. */

#define RATES_MAX 64
#define ID_MAX INT64_C(9007199254740991) /* JSON's safe integers */

static bool malformed(const char *what, GError **error)
{
	g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, "the hub's changes are malformed: %s",
		    what);
	return false;
}

static bool is_deleted(const json_t *row)
{
	return json_is_true(json_object_get(row, "deleted"));
}

static bool apply_shop(Store *store, const json_t *json, GError **error)
{
	GoodsShop shop = { .name = json_read_text(json, "name"),
			   .country = json_read_text(json, "country"),
			   .timezone = json_read_text(json, "timezone") };
	int64_t currency;

	if (json == NULL || json_is_null(json))
		return true;
	if (shop.name == NULL || shop.country == NULL || shop.timezone == NULL ||
	    !json_read_int(json, "id", 1, ID_MAX, &shop.shop_id) ||
	    !json_read_int(json, "currency", 1, UINT16_MAX, &currency))
		return malformed("shop", error);
	shop.currency = (uint16_t)currency;
	return goods_file_put_shop(store, &shop, error);
}

static bool read_rate(const json_t *json, TaxRate *ret)
{
	const char *code = json_read_text(json, "code"), *fiscal = json_read_text(json, "fiscal");
	int64_t rate, first_day;

	if (code == NULL || g_strlcpy(ret->code, code, sizeof ret->code) >= sizeof ret->code ||
	    fiscal == NULL || !fiscal_tax_parse(fiscal, &ret->fiscal) ||
	    !json_read_int(json, "rate", 0, 100 * TAX_ONE, &rate) ||
	    !json_read_int(json, "first_day", 0, 99991231, &first_day) ||
	    !json_read_bool(json, "inclusive", &ret->inclusive))
		return false;
	ret->rate = (int32_t)rate;
	ret->first_day = (int32_t)first_day;
	return true;
}

static bool apply_tax(Store *store, const json_t *json, GError **error)
{
	const json_t *list = json_object_get(json, "rates");
	const char *code = json_read_text(json, "code");
	TaxRate rates[RATES_MAX];
	size_t n = json_array_size(list);
	int64_t id;

	if (code == NULL || n > RATES_MAX || !json_read_int(json, "id", 1, INT32_MAX, &id))
		return malformed("taxes", error);
	for (size_t i = 0; i < n; i++)
		if (!read_rate(json_array_get(list, i), &rates[i]))
			return malformed("a tax rate", error);
	return goods_file_put_tax_group(store, (int32_t)id, code, rates, (int)n, error);
}

static bool apply_person(Store *store, const json_t *json, GError **error)
{
	GoodsPerson person = { .name = json_read_text(json, "name"),
			       .role = json_read_text(json, "role"),
			       .pin_hash = json_read_text(json, "pin_hash"),
			       .deleted = is_deleted(json) };

	if (!json_read_int(json, "id", 1, ID_MAX, &person.id) ||
	    (!person.deleted &&
	     (person.name == NULL || person.role == NULL || person.pin_hash == NULL)))
		return malformed("people", error);
	return goods_file_put_person(store, &person, error);
}

static const char **dup_barcodes(const json_t *list)
{
	size_t n = json_array_size(list);
	const char **ret = g_new0(const char *, n + 1);

	for (size_t i = 0, used = 0; i < n; i++) {
		const char *code = json_string_value(json_array_get(list, i));

		if (code != NULL && code[0] != '\0')
			ret[used++] = code;
	}
	return ret;
}

static bool read_price(const json_t *json, GoodsItem *ret)
{
	ret->has_price = !json_is_null(json_object_get(json, "price"));
	return !ret->has_price || json_read_int(json, "price", 0, RECEIPT_MAX_TOTAL, &ret->price);
}

static bool read_item(const json_t *json, GoodsItem *ret)
{
	const char *unit = json_read_text(json, "unit");
	int64_t tax;

	ret->name = json_read_text(json, "name");
	ret->article = json_read_text(json, "article");
	ret->category = json_read_text(json, "category");
	ret->brand = json_read_text(json, "brand");
	if (ret->name == NULL || unit == NULL || !json_read_bool(json, "weighed", &ret->weighed) ||
	    !json_read_int(json, "tax", 1, INT32_MAX, &tax) || !read_price(json, ret))
		return false;
	unit_parse(unit, &ret->unit); /* an unknown one is UNIT_OTHER */
	ret->tax_group = (int32_t)tax;
	return true;
}

static bool apply_item(Store *store, const json_t *json, GError **error)
{
	g_autofree const char **barcodes = dup_barcodes(json_object_get(json, "barcodes"));
	GoodsItem item = { .barcodes = barcodes, .deleted = is_deleted(json) };

	if (!json_read_int(json, "id", 1, ID_MAX, &item.id) ||
	    (!item.deleted && !read_item(json, &item)))
		return malformed("items", error);
	return goods_file_put_item(store, &item, error);
}

static bool apply_list(Store *store, const json_t *list,
		       bool (*apply)(Store *, const json_t *, GError **), GError **error)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!apply(store, json_array_get(list, i), error))
			return false;
	return true;
}

static bool apply_all(Store *store, const json_t *changes, GError **error)
{
	int64_t revision;

	if (!json_read_int(changes, "revision", 0, ID_MAX, &revision))
		return malformed("revision", error);
	return apply_shop(store, json_object_get(changes, "shop"), error) &&
	       apply_list(store, json_object_get(changes, "taxes"), apply_tax, error) &&
	       apply_list(store, json_object_get(changes, "people"), apply_person, error) &&
	       apply_list(store, json_object_get(changes, "items"), apply_item, error) &&
	       goods_file_set_revision(store, revision, error);
}

static bool apply_in_transaction(Goods *self, const json_t *changes, GError **error)
{
	Store *store;

	if (self->write.store == NULL) {
		g_autofree char *dsn = g_strconcat("sqlite:", self->path, NULL);

		self->write.store = store_open(dsn, 0, error);
	}
	store = self->write.store;
	if (store == NULL || !store_begin(store, error))
		return false;
	if (!apply_all(store, changes, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

bool goods_apply_changes(Goods *self, const json_t *changes, GError **error)
{
	bool ok;

	g_mutex_lock(&self->write.lock);
	ok = apply_in_transaction(self, changes, error);
	g_mutex_unlock(&self->write.lock);
	return ok;
}
