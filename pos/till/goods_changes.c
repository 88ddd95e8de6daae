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
	shop.card_pin = json_is_true(json_object_get(json, "card_pin"));
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
			       .card_hash = json_read_text(json, "card_hash"),
			       .deleted = is_deleted(json) };

	if (!json_read_int(json, "id", 1, ID_MAX, &person.id) ||
	    (!person.deleted &&
	     (person.name == NULL || person.role == NULL || person.pin_hash == NULL)))
		return malformed("people", error);
	return goods_file_put_person(store, &person, error);
}

/* One of a right that this till does not know does no harm. */
static bool apply_right(Store *store, const json_t *json, GError **error)
{
	GoodsRight right = { .role = json_read_text(json, "role"),
			     .name = json_read_text(json, "name") };

	if (right.role == NULL || right.name == NULL ||
	    !json_read_bool(json, "allowed", &right.allowed))
		return malformed("rights", error);
	return goods_file_put_right(store, &right, error);
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

/* --- what an office with a stockroom tells beside -------------------------------------------- */

/* Members that are left out where there is nothing to say. */
static bool read_flag_if_any(const json_t *json, const char *key, bool *ret)
{
	return json_object_get(json, key) == NULL || json_read_bool(json, key, ret);
}

static bool read_int_if_any(const json_t *json, const char *key, bool *ret_has, int64_t *ret)
{
	const json_t *value = json_object_get(json, key);

	*ret_has = value != NULL && !json_is_null(value);
	return !*ret_has || json_read_int(json, key, 0, ID_MAX, ret);
}

static bool read_facts(const json_t *json, GoodsItem *ret)
{
	ret->kind = json_read_text(json, "kind");
	ret->classification = json_read_text(json, "classification");
	return read_flag_if_any(json, "marked", &ret->marked) &&
	       read_flag_if_any(json, "expires", &ret->expires) &&
	       read_flag_if_any(json, "serials", &ret->serials) &&
	       read_int_if_any(json, "plu", &ret->has_plu, &ret->plu) &&
	       read_int_if_any(json, "shelf_life", &ret->has_shelf_life, &ret->shelf_life) &&
	       read_int_if_any(json, "tare", &ret->has_tare, &ret->tare);
}

static bool read_pack(const json_t *json, GoodsPack *ret)
{
	*ret = (GoodsPack){ .code = json_read_text(json, "code") };
	return ret->code != NULL && ret->code[0] != '\0' &&
	       json_read_int(json, "factor", 1, RECEIPT_MAX_QUANTITY, &ret->factor) &&
	       read_int_if_any(json, "price", &ret->has_price, &ret->price);
}

static bool read_dated_price(const json_t *json, GoodsPrice *ret)
{
	*ret = (GoodsPrice){ 0 };
	return json_read_int(json, "kind", 1, ID_MAX, &ret->kind) &&
	       json_read_int(json, "first_at", 0, ID_MAX, &ret->first_at) &&
	       read_int_if_any(json, "amount", &ret->has_amount, &ret->amount);
}

static bool put_item(Store *store, const json_t *packs, const json_t *prices, GoodsItem *item,
		     GError **error)
{
	size_t n_packs = json_array_size(packs), n_prices = json_array_size(prices);
	g_autofree GoodsPack *all_packs = g_new0(GoodsPack, n_packs + 1);
	g_autofree GoodsPrice *all_prices = g_new0(GoodsPrice, n_prices + 1);

	for (size_t i = 0; i < n_packs; i++)
		if (!read_pack(json_array_get(packs, i), &all_packs[i]))
			return malformed("a pack", error);
	for (size_t i = 0; i < n_prices; i++)
		if (!read_dated_price(json_array_get(prices, i), &all_prices[i]))
			return malformed("a price", error);
	item->packs = all_packs;
	item->n_packs = (int)n_packs;
	item->prices = all_prices;
	item->n_prices = (int)n_prices;
	return goods_file_put_item(store, item, error);
}

static bool apply_item(Store *store, const json_t *json, GError **error)
{
	g_autofree const char **barcodes = dup_barcodes(json_object_get(json, "barcodes"));
	GoodsItem item = { .barcodes = barcodes, .deleted = is_deleted(json) };

	if (!json_read_int(json, "id", 1, ID_MAX, &item.id) ||
	    (!item.deleted && (!read_item(json, &item) || !read_facts(json, &item))))
		return malformed("items", error);
	return put_item(store, json_object_get(json, "packs"), json_object_get(json, "prices"),
			&item, error);
}

static bool apply_price_kind(Store *store, const json_t *json, GError **error)
{
	GoodsPriceKind kind = { .name = json_read_text(json, "name"), .deleted = is_deleted(json) };

	if (!json_read_int(json, "id", 1, ID_MAX, &kind.id) || (!kind.deleted && kind.name == NULL))
		return malformed("price_kinds", error);
	return goods_file_put_price_kind(store, &kind, error);
}

static bool read_price_rule(const json_t *json, GoodsPriceRule *ret)
{
	int64_t weekdays, minute, until, first_day, last_day, rank;
	bool has_group;

	if (!json_read_int(json, "kind", 1, ID_MAX, &ret->kind) ||
	    !read_int_if_any(json, "group", &has_group, &ret->group) ||
	    !json_read_int(json, "weekdays", 0, 127, &weekdays) ||
	    !json_read_int(json, "minute", 0, 1440, &minute) ||
	    !json_read_int(json, "until", 0, 1440, &until) ||
	    !json_read_int(json, "first_day", 0, INT32_MAX, &first_day) ||
	    !json_read_int(json, "last_day", 0, INT32_MAX, &last_day) ||
	    !json_read_int(json, "rank", INT32_MIN, INT32_MAX, &rank))
		return false;
	ret->weekdays = (int)weekdays;
	ret->minute = (int)minute;
	ret->until = (int)until;
	ret->first_day = (int32_t)first_day;
	ret->last_day = (int32_t)last_day;
	ret->rank = (int)rank;
	return true;
}

static bool apply_price_rule(Store *store, const json_t *json, GError **error)
{
	GoodsPriceRule rule = { .deleted = is_deleted(json) };

	if (!json_read_int(json, "id", 1, ID_MAX, &rule.id) ||
	    (!rule.deleted && !read_price_rule(json, &rule)))
		return malformed("price_rules", error);
	return goods_file_put_price_rule(store, &rule, error);
}

static bool apply_customer(Store *store, const json_t *json, GError **error)
{
	GoodsCustomer customer = { .code = json_read_text(json, "code"),
				   .name = json_read_text(json, "name"),
				   .contact = json_read_text(json, "contact"),
				   .deleted = is_deleted(json) };
	bool has_group;

	if (!json_read_int(json, "id", 1, ID_MAX, &customer.id) ||
	    !read_int_if_any(json, "group", &has_group, &customer.group) ||
	    (!customer.deleted && (customer.code == NULL || customer.name == NULL)))
		return malformed("customers", error);
	return goods_file_put_customer(store, &customer, error);
}

static bool apply_expiry(Store *store, const json_t *json, GError **error)
{
	GoodsExpiry expiry = { 0 };
	int64_t day = 0;
	bool has_day;

	if (!json_read_int(json, "item", 1, ID_MAX, &expiry.item) ||
	    !read_int_if_any(json, "sell_until", &has_day, &day) || day > INT32_MAX)
		return malformed("expiries", error);
	expiry.sell_until = (int32_t)day;
	return goods_file_put_expiry(store, &expiry, error);
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
	       apply_list(store, json_object_get(changes, "rights"), apply_right, error) &&
	       apply_list(store, json_object_get(changes, "price_kinds"), apply_price_kind,
			  error) &&
	       apply_list(store, json_object_get(changes, "price_rules"), apply_price_rule,
			  error) &&
	       apply_list(store, json_object_get(changes, "items"), apply_item, error) &&
	       apply_list(store, json_object_get(changes, "customers"), apply_customer, error) &&
	       apply_list(store, json_object_get(changes, "expiries"), apply_expiry, error) &&
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
