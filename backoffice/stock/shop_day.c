/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/shop_day.h"

bool shop_days_init(ShopDays *self, Store *store, int64_t shop_id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/recipe/shop");
	StoreStep step;

	self->zone = NULL;
	store_bind_int(row, 1, shop_id);
	step = store_step(row, error);
	if (step == STORE_DONE)
		g_set_error(error, STORE_ERROR, STORE_ERROR_FAILED, "no shop %" G_GINT64_FORMAT,
			    shop_id);
	if (step != STORE_ROW)
		return false;
	self->zone = g_time_zone_new_identifier(store_get_text(row, 0));
	if (self->zone == NULL)
		self->zone = g_time_zone_new_utc();
	store_reset(row);
	return true;
}

void shop_days_clear(ShopDays *self)
{
	g_clear_pointer(&self->zone, g_time_zone_unref);
}

int32_t shop_days_of(const ShopDays *self, int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone(utc, self->zone) : NULL;

	if (local == NULL)
		return 0;
	return g_date_time_get_year(local) * 10000 + g_date_time_get_month(local) * 100 +
	       g_date_time_get_day_of_month(local);
}

int32_t shop_days_today(const ShopDays *self)
{
	return shop_days_of(self, g_get_real_time());
}
