/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/price_facts.h"

#include "backoffice/ui/words.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define HISTORY_MAX 200

PriceFacts *price_facts_new(int64_t item_id, int64_t shop_id)
{
	PriceFacts *self = g_new0(PriceFacts, 1);

	self->item_id = item_id;
	self->shop_id = shop_id;
	return self;
}

void price_facts_free(void *facts)
{
	PriceFacts *self = facts;

	if (self == NULL)
		return;
	goods_free(self->goods);
	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	g_clear_pointer(&self->shops, g_ptr_array_unref);
	g_clear_pointer(&self->history, g_ptr_array_unref);
	g_clear_pointer(&self->coming, g_ptr_array_unref);
	g_clear_pointer(&self->rows, g_array_unref);
	g_clear_pointer(&self->whys, g_ptr_array_unref);
	g_free(self);
}

static bool read_whys(Store *store, PriceFacts *self, GError **error)
{
	self->whys = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < self->rows->len; i++) {
		const PriceRow *row = &g_array_index(self->rows, PriceRow, i);
		char *why = price_dup_why(store, self->item_id, row->kind_id, self->shop_id,
					  row->first_at != 0 ? row->first_at : self->now, error);

		if (why == NULL)
			return false;
		g_ptr_array_add(self->whys, g_strdelimit(why, "\n", ' '));
	}
	return true;
}

static bool read_item(Store *store, PriceFacts *self, GError **error)
{
	GError *failed = NULL;

	self->goods = goods_find(store, self->item_id, &failed);
	if (failed != NULL) {
		g_propagate_error(error, failed);
		return false;
	}
	self->rows = prices_of_item(store, self->item_id, self->shop_id, self->now, error);
	if (self->rows == NULL || !read_whys(store, self, error))
		return false;
	self->history = price_history(store, self->item_id, HISTORY_MAX, error);
	return self->history != NULL;
}

bool price_facts_read(Store *store, void *facts, GError **error)
{
	PriceFacts *self = facts;
	int64_t n;

	self->now = g_get_real_time();
	if (!prices_come_due(store, self->now, &n, error))
		return false;
	self->kinds = price_kind_list(store, error);
	self->shops = self->kinds != NULL ? shop_list(store, error) : NULL;
	if (self->shops != NULL)
		self->coming = prices_coming(store, self->item_id, self->now, HISTORY_MAX, error);
	return self->coming != NULL && (self->item_id == 0 || read_item(store, self, error));
}

const char *price_facts_kind(const PriceFacts *self, int64_t id)
{
	for (guint i = 0; i < self->kinds->len; i++) {
		const PriceKind *kind = self->kinds->pdata[i];

		if (kind->id == id)
			return price_kind_title(kind);
	}
	return "";
}

const char *price_facts_shop(const PriceFacts *self, int64_t id)
{
	for (guint i = 0; i < self->shops->len; i++) {
		const Shop *shop = self->shops->pdata[i];

		if (shop->id == id)
			return shop->name;
	}
	return id == 0 ? _("all shops") : "";
}

bool price_moment_parse(const OfficeDesk *desk, const char *day, const char *time, int64_t *ret)
{
	g_autoptr(GDateTime) now = office_desk_dup_now(desk);
	g_autoptr(GDateTime) moment = NULL;
	int hour = 0, minute = 0, end = 0;
	int32_t date;

	*ret = 0;
	if (*day == '\0' && *time == '\0')
		return true;
	date = *day != '\0' ? 0 : office_today(desk);
	if ((*day != '\0' && !office_day_parse(day, &date)) ||
	    (*time != '\0' &&
	     (sscanf(time, "%2d:%2d%n", &hour, &minute, &end) != 2 || time[end] != '\0')))
		return false;
	moment = g_date_time_new(g_date_time_get_timezone(now), date / 10000, date / 100 % 100,
				 date % 100, hour, minute, 0);
	if (moment == NULL)
		return false;
	*ret = g_date_time_to_unix(moment) * G_USEC_PER_SEC;
	return true;
}
