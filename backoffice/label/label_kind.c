/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_private.h"
#include "backoffice/prices/prices.h"

#define EVERY_DAY 127
#define WHOLE_DAY 1440

/* The shop's clock; own it. */
static bool read_zone(Store *store, int64_t shop_id, GTimeZone **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/shop");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? g_time_zone_new_identifier(store_get_text(row, 3)) : NULL;
	store_reset(row);
	if (*ret == NULL)
		*ret = g_time_zone_new_utc();
	return step != STORE_FAILED;
}

static int32_t day_of(int64_t at, GTimeZone *zone)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) time = g_date_time_to_timezone(utc, zone);

	return g_date_time_get_year(time) * 10000 + g_date_time_get_month(time) * 100 +
	       g_date_time_get_day_of_month(time);
}

bool label_midnight(Store *store, int64_t shop_id, int32_t day, int later, int64_t *ret,
		    GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;
	g_autoptr(GDateTime) midnight = NULL, then = NULL;

	if (!read_zone(store, shop_id, &zone, error))
		return false;
	midnight = g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, 0, 0, 0);
	then = midnight != NULL ? g_date_time_add_days(midnight, later) : NULL;
	*ret = then != NULL ? g_date_time_to_unix(then) * G_USEC_PER_SEC : 0;
	return true;
}

/* A tag hangs there all day and for everybody: happy hours and customers' groups are not on it. */
static bool holds(const PriceRule *rule, int64_t shop_id, int32_t day)
{
	return !rule->deleted && (rule->shop_id == 0 || rule->shop_id == shop_id) &&
	       rule->group_id == 0 && rule->weekdays == EVERY_DAY && rule->minute == 0 &&
	       rule->until == WHOLE_DAY && rule->first_day <= day && day <= rule->last_day;
}

bool label_kind_at(Store *store, int64_t shop_id, int64_t at, LabelKindNow *ret, GError **error)
{
	g_autoptr(GArray) rules = price_rule_list(store, error);
	g_autoptr(GTimeZone) zone = NULL;
	int32_t day;

	*ret = (LabelKindNow){ .kind_id = PRICE_RETAIL };
	if (rules == NULL || !read_zone(store, shop_id, &zone, error))
		return false;
	day = day_of(at, zone);
	for (guint i = 0; i < rules->len; i++) {
		const PriceRule *rule = &g_array_index(rules, PriceRule, i);

		if (!holds(rule, shop_id, day))
			continue;
		*ret = (LabelKindNow){ rule->kind_id, rule->first_day, rule->last_day };
		break; /* the highest rank comes first */
	}
	return true;
}

bool label_price_of_kind(Store *store, int64_t shop_id, int64_t item_id, int64_t kind_id,
			 int64_t at, bool *ret_has, int64_t *ret, GError **error)
{
	if (!price_at(store, item_id, kind_id, shop_id, at, ret_has, ret, error))
		return false;
	return *ret_has || kind_id == PRICE_RETAIL ||
	       price_at(store, item_id, PRICE_RETAIL, shop_id, at, ret_has, ret, error);
}

bool label_price_at(Store *store, int64_t shop_id, int64_t item_id, int64_t at, bool *ret_has,
		    int64_t *ret, GError **error)
{
	int64_t then = at != 0 ? at : g_get_real_time();
	LabelKindNow kind;

	return label_kind_at(store, shop_id, then, &kind, error) &&
	       label_price_of_kind(store, shop_id, item_id, kind.kind_id, then, ret_has, ret,
				   error);
}
