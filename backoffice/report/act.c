/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/goods.h"
#include "backoffice/people/shop.h"
#include "backoffice/report/act_private.h"
#include "backoffice/stock/stock.h"

#define SUPPLIERS_MAX 10000

void act_free(Act *self)
{
	if (self == NULL)
		return;
	document_free(self->document);
	g_clear_pointer(&self->lines, g_ptr_array_unref);
	g_hash_table_unref(self->names);
	g_free(self->shop);
	g_free(self->supplier);
	g_free(self->other_shop);
	g_free(self->person);
	g_free(self->day);
	g_free(self);
}

static void set(char **text, const char *to)
{
	g_free(*text);
	*text = g_strdup(to);
}

static bool read_shops(Store *store, Act *self, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);

	for (guint i = 0; shops != NULL && i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];
		g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(shop->timezone);
		int64_t at = self->document->posted_at != 0 ? self->document->posted_at
							    : g_get_real_time();
		g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
		g_autoptr(GDateTime) local =
			zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);

		if (shop->id == self->document->other_shop)
			set(&self->other_shop, shop->name);
		if (shop->id != self->document->shop_id)
			continue;
		set(&self->shop, shop->name);
		self->currency = shop->currency;
		g_free(self->day);
		self->day = g_date_time_format(local, "%Y-%m-%d %H:%M");
	}
	return shops != NULL;
}

static bool read_supplier(Store *store, Act *self, GError **error)
{
	g_autoptr(GPtrArray) suppliers = supplier_list(store, NULL, SUPPLIERS_MAX, error);

	for (guint i = 0; suppliers != NULL && i < suppliers->len; i++) {
		const Supplier *supplier = suppliers->pdata[i];

		if (supplier->id == self->document->supplier_id)
			set(&self->supplier, supplier->name);
	}
	return suppliers != NULL;
}

static bool read_person(Store *store, Act *self, GError **error)
{
	g_autoptr(GPtrArray) people = people_list(store, error);
	int64_t id = self->document->posted_by != 0 ? self->document->posted_by
						    : self->document->created_by;

	for (guint i = 0; people != NULL && i < people->len; i++) {
		const Person *person = people->pdata[i];

		if (person->id == id)
			set(&self->person, person->name);
	}
	return people != NULL;
}

/* What goods came instead of; a deleted one has no name any more. */
static bool read_names(Store *store, Act *self, GError **error)
{
	for (guint i = 0; i < self->lines->len; i++) {
		int64_t id = ((const Discrepancy *)self->lines->pdata[i])->instead_of;
		GError *failed = NULL;
		g_autoptr(Goods) goods = id != 0 ? goods_find(store, id, &failed) : NULL;

		if (failed != NULL) {
			g_propagate_error(error, failed);
			return false;
		}
		if (goods != NULL)
			g_hash_table_replace(self->names, g_memdup2(&id, sizeof(id)),
					     g_strdup(goods->name));
	}
	return true;
}

Act *act_new(Store *store, int64_t document_id, bool with_costs, GError **error)
{
	g_autoptr(Act) self = g_new0(Act, 1);

	self->names = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	self->shop = g_strdup("");
	self->supplier = g_strdup("");
	self->other_shop = g_strdup("");
	self->person = g_strdup("");
	self->day = g_strdup("");
	self->with_costs = with_costs;
	self->document = document_read(store, document_id, error);
	if (self->document == NULL)
		return NULL;
	self->lines = document_discrepancies(store, document_id, error);
	if (self->lines == NULL || !read_shops(store, self, error) ||
	    !read_supplier(store, self, error) || !read_person(store, self, error) ||
	    !read_names(store, self, error))
		return NULL;
	return g_steal_pointer(&self);
}

int act_get_n_lines(const Act *self)
{
	return (int)self->lines->len;
}

const char *act_get_number(const Act *self)
{
	return self->document->number;
}
