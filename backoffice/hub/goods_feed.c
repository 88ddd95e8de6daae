/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/goods_feed.h"

#define RATES_MAX 64 /* of one group, of all days */

bool goods_feed_revision(Store *store, int64_t *ret, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/revision");

	if (store_step(read, error) != STORE_ROW)
		return false;
	*ret = store_get_int(read, 0);
	store_reset(read);
	return true;
}

static bool feed_shop(Store *store, int64_t shop_id, int64_t since, const struct goods_sink *sink,
		      void *self, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/shop_since");
	StoreStep step;
	bool ok = true;

	store_bind_int(read, 1, shop_id);
	store_bind_int(read, 2, since);
	step = store_step(read, error);
	if (step == STORE_ROW) {
		GoodsShop shop = {
			.shop_id = store_get_int(read, 0),
			.name = store_get_text(read, 1),
			.country = store_get_text(read, 2),
			.currency = (uint16_t)store_get_int(read, 3),
			.timezone = store_get_text(read, 4),
		};

		ok = sink->shop(self, &shop, error);
		store_reset(read);
	}
	return ok && step != STORE_FAILED;
}

static bool read_rate(StoreStatement *read, TaxRate *ret, GError **error)
{
	const char *fiscal = store_get_text(read, 4);

	*ret = (TaxRate){
		.rate = (int32_t)store_get_int(read, 1),
		.inclusive = store_get_int(read, 2) != 0,
		.first_day = (int32_t)store_get_int(read, 3),
	};
	if (g_strlcpy(ret->code, store_get_text(read, 0), sizeof ret->code) >= sizeof ret->code ||
	    !fiscal_tax_parse(fiscal, &ret->fiscal)) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT,
			    "the tax %s (fiscal '%s') is no tax", store_get_text(read, 0), fiscal);
		return false;
	}
	return true;
}

static bool read_rates(Store *store, int64_t group, TaxRate *ret, int *ret_n, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/tax_rates");
	StoreStep step;

	store_bind_int(read, 1, group);
	*ret_n = 0;
	while ((step = store_step(read, error)) == STORE_ROW && *ret_n < RATES_MAX)
		if (!read_rate(read, &ret[(*ret_n)++], error))
			break;
	store_reset(read);
	if (step == STORE_ROW && error != NULL && *error == NULL)
		g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT,
			    "a tax group has more than %d rates", RATES_MAX);
	return step == STORE_DONE;
}

static bool feed_taxes(Store *store, int64_t since, const struct goods_sink *sink, void *self,
		       GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/tax_groups_since");
	StoreStep step;

	store_bind_int(read, 1, since);
	while ((step = store_step(read, error)) == STORE_ROW) {
		int64_t id = store_get_int(read, 0);
		TaxRate rates[RATES_MAX];
		int n;

		if (!read_rates(store, id, rates, &n, error) ||
		    !sink->tax_group(self, (int32_t)id, store_get_text(read, 1), rates, n, error))
			break;
	}
	store_reset(read);
	return step == STORE_DONE;
}

static bool feed_people(Store *store, int64_t since, const struct goods_sink *sink, void *self,
			GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/people_since");
	StoreStep step;

	store_bind_int(read, 1, since);
	while ((step = store_step(read, error)) == STORE_ROW) {
		GoodsPerson person = {
			.id = store_get_int(read, 0),
			.name = store_get_text(read, 1),
			.role = store_get_text(read, 2),
			.pin_hash = store_get_text(read, 3),
			.deleted = store_get_int(read, 4) != 0,
		};

		if (!sink->person(self, &person, error))
			break;
	}
	store_reset(read);
	return step == STORE_DONE;
}

/* Into @codes, NULL-terminated. */
static bool read_barcodes(Store *store, int64_t item_id, GPtrArray *codes, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/barcodes");
	StoreStep step;

	g_ptr_array_set_size(codes, 0);
	store_bind_int(read, 1, item_id);
	while ((step = store_step(read, error)) == STORE_ROW)
		g_ptr_array_add(codes, g_strdup(store_get_text(read, 0)));
	g_ptr_array_add(codes, NULL);
	return step == STORE_DONE;
}

static bool feed_item(Store *store, StoreStatement *row, GPtrArray *codes,
		      const struct goods_sink *sink, void *self, GError **error)
{
	GoodsItem item = {
		.id = store_get_int(row, 0),
		.article = store_get_text(row, 1),
		.name = store_get_text(row, 2),
		.category = store_get_text(row, 3),
		.brand = store_get_text(row, 4),
		.weighed = store_get_int(row, 6) != 0,
		.has_price = !store_is_null(row, 7),
		.price = store_get_int(row, 7),
		.tax_group = (int32_t)store_get_int(row, 8),
		.deleted = store_get_int(row, 9) != 0,
	};

	if (!read_barcodes(store, item.id, codes, error))
		return false;
	/* An unknown word is UNIT_OTHER, which is what it is for. */
	unit_parse(store_get_text(row, 5), &item.unit);
	item.barcodes = (const char *const *)codes->pdata;
	return sink->item(self, &item, error);
}

static bool feed_items(Store *store, int64_t since, int64_t max_items,
		       const struct goods_sink *sink, void *self, GoodsFed *fed, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/items_since");
	g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(g_free);
	int64_t n = 0, last = since;
	StoreStep step;

	store_bind_int(read, 1, since);
	store_bind_int(read, 2, max_items < INT64_MAX ? max_items + 1 : max_items);
	while ((step = store_step(read, error)) == STORE_ROW && n++ < max_items) {
		last = store_get_int(read, 10);
		if (!feed_item(store, read, codes, sink, self, error)) {
			store_reset(read);
			return false;
		}
	}
	store_reset(read);
	fed->more = step == STORE_ROW;
	if (fed->more)
		fed->revision = last;
	return step != STORE_FAILED;
}

bool goods_feed(Store *store, int64_t shop_id, int64_t since, int64_t max_items,
		const struct goods_sink *sink, void *self, GoodsFed *ret, GError **error)
{
	*ret = (GoodsFed){ 0 };
	return goods_feed_revision(store, &ret->revision, error) &&
	       feed_shop(store, shop_id, since, sink, self, error) &&
	       feed_taxes(store, since, sink, self, error) &&
	       feed_people(store, since, sink, self, error) &&
	       feed_items(store, since, max_items, sink, self, ret, error);
}
