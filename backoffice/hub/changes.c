/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/changes.h"

#include "backoffice/hub/goods_feed.h"

typedef struct {
	json_t *all; /* owned */
	json_t *taxes, *people, *items; /* borrowed: in all */
} Changes;

static bool add_shop(void *data, const GoodsShop *shop, GError **error)
{
	Changes *self = data;

	json_object_set_new(self->all, "shop",
			    json_pack("{s:I, s:s, s:s, s:i, s:s}", "id", (json_int_t)shop->shop_id,
				      "name", shop->name, "country", shop->country, "currency",
				      (int)shop->currency, "timezone", shop->timezone));
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
			      json_pack("{s:I, s:s, s:s, s:s, s:b}", "id", (json_int_t)person->id,
					"name", person->name, "role", person->role, "pin_hash",
					person->pin_hash, "deleted", (int)person->deleted));
	return true;
}

static json_t *codes_to_json(const char *const *codes)
{
	json_t *array = json_array();

	for (; *codes != NULL; codes++)
		json_array_append_new(array, json_string(*codes));
	return array;
}

static bool add_item(void *data, const GoodsItem *item, GError **error)
{
	Changes *self = data;
	json_t *price = item->has_price ? json_integer(item->price) : json_null();

	json_array_append_new(
		self->items,
		json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:o, s:i, s:o, s:b}", "id",
			  (json_int_t)item->id, "article", item->article, "name", item->name,
			  "category", item->category, "brand", item->brand, "unit",
			  unit_code(item->unit), "weighed", (int)item->weighed, "price", price,
			  "tax", (int)item->tax_group, "barcodes", codes_to_json(item->barcodes),
			  "deleted", (int)item->deleted));
	return true;
}

static const struct goods_sink sink = {
	.shop = add_shop,
	.tax_group = add_tax_group,
	.person = add_person,
	.item = add_item,
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
		.items = add_array(all, "items"),
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
