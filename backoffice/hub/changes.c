/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/changes.h"

#include "backoffice/hub/goods_feed.h"

typedef struct {
	json_t *all; /* owned */
	/* borrowed: in all */
	json_t *taxes, *people, *rights, *kinds, *rules, *items, *customers, *expiries;
} Changes;

static bool add_shop(void *data, const GoodsShop *shop, GError **error)
{
	Changes *self = data;

	json_object_set_new(self->all, "shop",
			    json_pack("{s:I, s:s, s:s, s:i, s:s, s:b}", "id",
				      (json_int_t)shop->shop_id, "name", shop->name, "country",
				      shop->country, "currency", (int)shop->currency, "timezone",
				      shop->timezone, "card_pin", (int)shop->card_pin));
	return true;
}

static bool add_right(void *data, const GoodsRight *right, GError **error)
{
	Changes *self = data;

	json_array_append_new(self->rights,
			      json_pack("{s:s, s:s, s:b}", "role", right->role, "name", right->name,
					"allowed", (int)right->allowed));
	return true;
}

static json_t *rate_to_json(const TaxRate *rate)
{
	return json_pack("{s:s, s:i, s:b, s:i, s:s}", "code", rate->code, "rate", (int)rate->rate,
			 "inclusive", (int)rate->inclusive, "first_day", (int)rate->first_day,
			 "fiscal", fiscal_tax_code(rate->fiscal));
}

static bool add_tax_group(void *data, int32_t id, const char *code, const TaxRate *rates,
			  int n_rates, GError **error)
{
	Changes *self = data;
	json_t *array = json_array();

	for (int i = 0; i < n_rates; i++)
		json_array_append_new(array, rate_to_json(&rates[i]));
	json_array_append_new(self->taxes, json_pack("{s:i, s:s, s:o}", "id", (int)id, "code", code,
						     "rates", array));
	return true;
}

static bool add_person(void *data, const GoodsPerson *person, GError **error)
{
	Changes *self = data;

	json_array_append_new(self->people,
			      json_pack("{s:I, s:s, s:s, s:s, s:s?, s:b}", "id",
					(json_int_t)person->id, "name", person->name, "role",
					person->role, "pin_hash", person->pin_hash, "card_hash",
					person->card_hash, "deleted", (int)person->deleted));
	return true;
}

static json_t *codes_to_json(const char *const *codes)
{
	json_t *array = json_array();

	for (; *codes != NULL; codes++)
		json_array_append_new(array, json_string(*codes));
	return array;
}

static bool add_price_kind(void *data, const GoodsPriceKind *kind, GError **error)
{
	Changes *self = data;

	json_array_append_new(self->kinds,
			      json_pack("{s:I, s:s, s:b}", "id", (json_int_t)kind->id, "name",
					kind->name, "deleted", (int)kind->deleted));
	return true;
}

static bool add_price_rule(void *data, const GoodsPriceRule *rule, GError **error)
{
	Changes *self = data;
	json_t *group = rule->group != 0 ? json_integer(rule->group) : json_null();

	json_array_append_new(self->rules,
			      json_pack("{s:I, s:I, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:b}", "id",
					(json_int_t)rule->id, "kind", (json_int_t)rule->kind,
					"group", group, "weekdays", rule->weekdays, "minute",
					rule->minute, "until", rule->until, "first_day",
					(int)rule->first_day, "last_day", (int)rule->last_day,
					"rank", rule->rank, "deleted", (int)rule->deleted));
	return true;
}

static bool add_customer(void *data, const GoodsCustomer *customer, GError **error)
{
	Changes *self = data;
	json_t *group = customer->group != 0 ? json_integer(customer->group) : json_null();

	json_array_append_new(self->customers,
			      json_pack("{s:I, s:s, s:s, s:s, s:o, s:b}", "id",
					(json_int_t)customer->id, "code", customer->code, "name",
					customer->name, "contact", customer->contact, "group",
					group, "deleted", (int)customer->deleted));
	return true;
}

static bool add_expiry(void *data, const GoodsExpiry *expiry, GError **error)
{
	Changes *self = data;
	json_t *day = expiry->sell_until != 0 ? json_integer(expiry->sell_until) : json_null();

	json_array_append_new(
		self->expiries,
		json_pack("{s:I, s:o}", "item", (json_int_t)expiry->item, "sell_until", day));
	return true;
}

static json_t *packs_to_json(const GoodsItem *item)
{
	json_t *array = json_array();

	for (int i = 0; i < item->n_packs; i++) {
		const GoodsPack *pack = &item->packs[i];
		json_t *json = json_pack("{s:s, s:I}", "code", pack->code, "factor",
					 (json_int_t)pack->factor);

		if (pack->has_price)
			json_object_set_new(json, "price", json_integer(pack->price));
		json_array_append_new(array, json);
	}
	return array;
}

static json_t *prices_to_json(const GoodsItem *item)
{
	json_t *array = json_array();

	for (int i = 0; i < item->n_prices; i++) {
		const GoodsPrice *price = &item->prices[i];
		json_t *amount = price->has_amount ? json_integer(price->amount) : json_null();

		json_array_append_new(array,
				      json_pack("{s:I, s:I, s:o}", "kind", (json_int_t)price->kind,
						"first_at", (json_int_t)price->first_at, "amount",
						amount));
	}
	return array;
}

/* Only where there is something to say: most goods have nothing of it. */
static void add_facts(json_t *json, const GoodsItem *item)
{
	if (item->kind != NULL && !g_str_equal(item->kind, "goods"))
		json_object_set_new(json, "kind", json_string(item->kind));
	if (item->marked)
		json_object_set_new(json, "marked", json_true());
	if (item->expires)
		json_object_set_new(json, "expires", json_true());
	if (item->serials)
		json_object_set_new(json, "serials", json_true());
	if (item->has_plu)
		json_object_set_new(json, "plu", json_integer(item->plu));
	if (item->has_shelf_life)
		json_object_set_new(json, "shelf_life", json_integer(item->shelf_life));
	if (item->has_tare)
		json_object_set_new(json, "tare", json_integer(item->tare));
	if (item->classification != NULL && item->classification[0] != '\0')
		json_object_set_new(json, "classification", json_string(item->classification));
	if (item->n_packs > 0)
		json_object_set_new(json, "packs", packs_to_json(item));
	if (item->n_prices > 0)
		json_object_set_new(json, "prices", prices_to_json(item));
}

static bool add_item(void *data, const GoodsItem *item, GError **error)
{
	Changes *self = data;
	json_t *price = item->has_price ? json_integer(item->price) : json_null();
	json_t *json = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:o, s:i, s:o, s:b}", "id",
				 (json_int_t)item->id, "article", item->article, "name", item->name,
				 "category", item->category, "brand", item->brand, "unit",
				 unit_code(item->unit), "weighed", (int)item->weighed, "price",
				 price, "tax", (int)item->tax_group, "barcodes",
				 codes_to_json(item->barcodes), "deleted", (int)item->deleted);

	add_facts(json, item);
	json_array_append_new(self->items, json);
	return true;
}

static const struct goods_sink sink = {
	.shop = add_shop,
	.tax_group = add_tax_group,
	.person = add_person,
	.right = add_right,
	.price_kind = add_price_kind,
	.price_rule = add_price_rule,
	.item = add_item,
	.customer = add_customer,
	.expiry = add_expiry,
};

static json_t *add_array(json_t *object, const char *name)
{
	json_t *array = json_array();

	json_object_set_new(object, name, array);
	return array;
}

json_t *changes_to_json(Store *store, int64_t shop_id, int64_t since, GError **error)
{
	json_auto_t *all = json_object();
	Changes self = {
		.all = all,
		.taxes = add_array(all, "taxes"),
		.people = add_array(all, "people"),
		.rights = add_array(all, "rights"),
		.kinds = add_array(all, "price_kinds"),
		.rules = add_array(all, "price_rules"),
		.items = add_array(all, "items"),
		.customers = add_array(all, "customers"),
		.expiries = add_array(all, "expiries"),
	};
	GoodsFed fed;
	bool ok;

	if (!store_begin_read(store, error))
		return NULL;
	ok = goods_feed(store, shop_id, since, CHANGES_ITEMS_MAX, &sink, &self, &fed, error);
	store_rollback(store);
	if (!ok)
		return NULL;
	json_object_set_new(all, "revision", json_integer(fed.revision));
	json_object_set_new(all, "more", json_boolean(fed.more));
	return json_incref(all);
}
