/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/goods_feed.h"

#include "backoffice/hub/price_feed.h"

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
			.card_pin = store_get_int(read, 5) != 0,
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
			.card_hash = store_get_text(read, 5),
		};

		if (!sink->person(self, &person, error))
			break;
	}
	store_reset(read);
	return step == STORE_DONE;
}

static bool feed_rights(Store *store, int64_t since, const struct goods_sink *sink, void *self,
			GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/till_rights_since");
	StoreStep step;

	if (sink->right == NULL)
		return true;
	store_bind_int(read, 1, since);
	while ((step = store_step(read, error)) == STORE_ROW) {
		GoodsRight right = { .role = store_get_text(read, 0),
				     .name = store_get_text(read, 1),
				     .allowed = store_get_int(read, 2) != 0 };

		if (!sink->right(self, &right, error))
			break;
	}
	store_reset(read);
	return step == STORE_DONE;
}

/* --- kinds of prices, and who pays them --------------------------------------------------------
 */

static bool feed_price_kinds(Store *store, int64_t since, const struct goods_sink *sink, void *self,
			     GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/price_kinds_since");
	StoreStep step;

	if (sink->price_kind == NULL)
		return true;
	store_bind_int(read, 1, since);
	while ((step = store_step(read, error)) == STORE_ROW) {
		GoodsPriceKind kind = { .id = store_get_int(read, 0),
					.name = store_get_text(read, 1),
					.deleted = store_get_int(read, 2) != 0 };

		if (!sink->price_kind(self, &kind, error))
			break;
	}
	store_reset(read);
	return step == STORE_DONE;
}

static bool feed_price_rules(Store *store, int64_t shop_id, int64_t since,
			     const struct goods_sink *sink, void *self, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/price_rules_since");
	StoreStep step;

	if (sink->price_rule == NULL)
		return true;
	store_bind_int(read, 1, since);
	store_bind_int(read, 2, shop_id);
	while ((step = store_step(read, error)) == STORE_ROW) {
		GoodsPriceRule rule = { .id = store_get_int(read, 0),
					.kind = store_get_int(read, 1),
					.group = store_get_int(read, 2),
					.weekdays = (int)store_get_int(read, 3),
					.minute = (int)store_get_int(read, 4),
					.until = (int)store_get_int(read, 5),
					.first_day = (int32_t)store_get_int(read, 6),
					.last_day = (int32_t)store_get_int(read, 7),
					.rank = (int)store_get_int(read, 8),
					.deleted = store_get_int(read, 9) != 0 };

		if (!sink->price_rule(self, &rule, error))
			break;
	}
	store_reset(read);
	return step == STORE_DONE;
}

/* --- items -------------------------------------------------------------------------------------
 */

/* What hangs on an item, used again for the next. */
typedef struct {
	GPtrArray *codes; /* of one unit, NULL-terminated */
	GPtrArray *pack_codes;
	GArray *packs; /* GoodsPack */
	GArray *prices; /* GoodsPrice */
} Parts;

static void parts_init(Parts *self)
{
	self->codes = g_ptr_array_new_with_free_func(g_free);
	self->pack_codes = g_ptr_array_new_with_free_func(g_free);
	self->packs = g_array_new(FALSE, FALSE, sizeof(GoodsPack));
	self->prices = g_array_new(FALSE, FALSE, sizeof(GoodsPrice));
}

static void parts_clear(Parts *self)
{
	g_ptr_array_unref(self->codes);
	g_ptr_array_unref(self->pack_codes);
	g_array_unref(self->packs);
	g_array_unref(self->prices);
}

static void take_pack(Parts *self, StoreStatement *row)
{
	GoodsPack pack = { .code = g_strdup(store_get_text(row, 0)),
			   .factor = store_get_int(row, 1),
			   .has_price = !store_is_null(row, 2),
			   .price = store_get_int(row, 2) };

	g_ptr_array_add(self->pack_codes, (char *)pack.code);
	g_array_append_val(self->packs, pack);
}

static bool read_barcodes(Store *store, int64_t item_id, Parts *parts, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/barcodes");
	StoreStep step;

	g_ptr_array_set_size(parts->codes, 0);
	g_ptr_array_set_size(parts->pack_codes, 0);
	g_array_set_size(parts->packs, 0);
	store_bind_int(read, 1, item_id);
	while ((step = store_step(read, error)) == STORE_ROW) {
		if (store_is_null(read, 1))
			g_ptr_array_add(parts->codes, g_strdup(store_get_text(read, 0)));
		else
			take_pack(parts, read);
	}
	g_ptr_array_add(parts->codes, NULL);
	return step == STORE_DONE;
}

static void read_facts(StoreStatement *row, GoodsItem *ret)
{
	ret->kind = store_get_text(row, 11);
	ret->marked = store_get_int(row, 12) != 0;
	ret->expires = store_get_int(row, 13) != 0;
	ret->serials = store_get_int(row, 14) != 0;
	ret->has_plu = !store_is_null(row, 15);
	ret->plu = store_get_int(row, 15);
	ret->has_shelf_life = !store_is_null(row, 16);
	ret->shelf_life = store_get_int(row, 16);
	ret->has_tare = !store_is_null(row, 17);
	ret->tare = store_get_int(row, 17);
	ret->classification = store_get_text(row, 18);
}

static bool feed_item(Store *store, int64_t shop_id, StoreStatement *row, Parts *parts,
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

	if (!read_barcodes(store, item.id, parts, error) ||
	    !price_feed_read(store, item.id, shop_id, parts->prices, error))
		return false;
	/* An unknown word is UNIT_OTHER, which is what it is for. */
	unit_parse(store_get_text(row, 5), &item.unit);
	read_facts(row, &item);
	item.barcodes = (const char *const *)parts->codes->pdata;
	item.packs = (const GoodsPack *)parts->packs->data;
	item.n_packs = (int)parts->packs->len;
	item.prices = (const GoodsPrice *)parts->prices->data;
	item.n_prices = (int)parts->prices->len;
	return sink->item(self, &item, error);
}

static bool feed_items(Store *store, int64_t shop_id, int64_t since, int64_t max,
		       const struct goods_sink *sink, void *self, GoodsFed *fed, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/items_since");
	int64_t n = 0, last = since;
	Parts parts;
	StoreStep step;
	bool ok = true;

	parts_init(&parts);
	store_bind_int(read, 1, since);
	store_bind_int(read, 2, max < INT64_MAX ? max + 1 : max);
	while (ok && (step = store_step(read, error)) == STORE_ROW && n++ < max) {
		last = store_get_int(read, 10);
		ok = feed_item(store, shop_id, read, &parts, sink, self, error);
	}
	store_reset(read);
	parts_clear(&parts);
	if (!ok || step == STORE_FAILED)
		return false;
	fed->more = step == STORE_ROW;
	if (fed->more)
		fed->revision = last;
	return true;
}

/* --- what may be many, too ---------------------------------------------------------------------
 */

static bool feed_customer(StoreStatement *row, const struct goods_sink *sink, void *self,
			  GError **error)
{
	GoodsCustomer customer = { .id = store_get_int(row, 0),
				   .code = store_get_text(row, 1),
				   .name = store_get_text(row, 2),
				   .contact = store_get_text(row, 3),
				   .group = store_get_int(row, 4),
				   .deleted = store_get_int(row, 5) != 0 };

	return sink->customer(self, &customer, error);
}

static bool feed_expiry(StoreStatement *row, const struct goods_sink *sink, void *self,
			GError **error)
{
	GoodsExpiry expiry = { .item = store_get_int(row, 0),
			       .sell_until = (int32_t)store_get_int(row, 1) };

	return sink->expiry(self, &expiry, error);
}

/* Rows of @read up to the revision that the items have come to, which goes down where they are more
 * than @max: what lies behind it comes with the next page. */
static bool feed_rows(StoreStatement *read, int revision_column, int64_t since, int64_t max,
		      bool (*feed)(StoreStatement *, const struct goods_sink *, void *, GError **),
		      const struct goods_sink *sink, void *self, GoodsFed *fed, GError **error)
{
	int64_t n = 0, last = since;
	StoreStep step;
	bool ok = true;

	store_bind_int(read, 1, since);
	store_bind_int(read, 2, fed->revision);
	while (ok && (step = store_step(read, error)) == STORE_ROW) {
		int64_t revision = store_get_int(read, revision_column);

		if (n++ >= max && revision != last)
			break;
		last = revision;
		ok = feed(read, sink, self, error);
	}
	store_reset(read);
	if (!ok || step == STORE_FAILED)
		return false;
	if (step == STORE_ROW)
		*fed = (GoodsFed){ .revision = last, .more = true };
	return true;
}

static bool feed_customers(Store *store, int64_t since, int64_t max, const struct goods_sink *sink,
			   void *self, GoodsFed *fed, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/customers_since");

	return sink->customer == NULL ||
	       feed_rows(read, 6, since, max, feed_customer, sink, self, fed, error);
}

static bool feed_expiries(Store *store, int64_t shop_id, int64_t since, int64_t max,
			  const struct goods_sink *sink, void *self, GoodsFed *fed, GError **error)
{
	StoreStatement *read = store_statement(store, "office/sync/expiries_since");

	store_bind_int(read, 3, shop_id);
	return sink->expiry == NULL ||
	       feed_rows(read, 2, since, max, feed_expiry, sink, self, fed, error);
}

bool goods_feed(Store *store, int64_t shop_id, int64_t since, int64_t max,
		const struct goods_sink *sink, void *self, GoodsFed *ret, GError **error)
{
	*ret = (GoodsFed){ 0 };
	return goods_feed_revision(store, &ret->revision, error) &&
	       feed_shop(store, shop_id, since, sink, self, error) &&
	       feed_taxes(store, since, sink, self, error) &&
	       feed_people(store, since, sink, self, error) &&
	       feed_rights(store, since, sink, self, error) &&
	       feed_price_kinds(store, since, sink, self, error) &&
	       feed_price_rules(store, shop_id, since, sink, self, error) &&
	       feed_items(store, shop_id, since, max, sink, self, ret, error) &&
	       feed_customers(store, since, max, sink, self, ret, error) &&
	       feed_expiries(store, shop_id, since, max, sink, self, ret, error);
}
