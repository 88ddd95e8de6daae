/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/goods_private.h"

/* What an item costs at a moment, and who may be asking. Nothing is kept between two questions: a
 * clock that jumps changes what is true, and nothing has to be told. */

GoodsMoment goods_moment(int64_t at, const char *timezone, int32_t tax_day, int64_t group)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(timezone);
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_TIME_SPAN_SECOND);
	g_autoptr(GDateTime) local =
		zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);

	return (GoodsMoment){
		.tax_day = tax_day,
		.at = at,
		.day = g_date_time_get_year(local) * 10000 + g_date_time_get_month(local) * 100 +
		       g_date_time_get_day_of_month(local),
		.weekday = 1 << (g_date_time_get_day_of_week(local) - 1),
		.minute = g_date_time_get_hour(local) * 60 + g_date_time_get_minute(local),
		.group = group,
	};
}

/* The kind that this customer pays at this moment, and the rule that says so; retail and 0 else. */
static bool find_kind(Store *store, const GoodsMoment *moment, int64_t *ret_kind, int64_t *ret_rule,
		      GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/price_kind_now");
	StoreStep step;

	*ret_kind = PRICE_RETAIL;
	*ret_rule = 0;
	if (moment->group != 0)
		store_bind_int(row, 1, moment->group);
	store_bind_int(row, 2, moment->weekday);
	store_bind_int(row, 3, moment->minute);
	store_bind_int(row, 4, moment->day);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		*ret_kind = store_get_int(row, 0);
		*ret_rule = store_get_int(row, 1);
		store_reset(row);
	}
	return step != STORE_FAILED;
}

static bool find_amount(Store *store, int64_t item, int64_t kind, int64_t at, bool *ret_has,
			int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/price_at");
	StoreStep step;

	*ret_has = false;
	store_bind_int(row, 1, item);
	store_bind_int(row, 2, kind);
	store_bind_int(row, 3, at);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		*ret_has = !store_is_null(row, 0);
		*ret = store_get_int(row, 0);
		store_reset(row);
	}
	return step != STORE_FAILED;
}

static void set_price(TillItem *item, int64_t amount, int64_t kind, int64_t rule)
{
	item->has_price = true;
	item->price.minor = amount;
	item->price_kind = kind;
	item->price_rule = rule;
}

bool goods_read_price(Store *store, const GoodsMoment *moment, TillItem *item, GError **error)
{
	int64_t kind, rule, amount;
	bool has = false;

	item->priced_at = moment->at;
	if (!find_kind(store, moment, &kind, &rule, error) ||
	    (kind != PRICE_RETAIL &&
	     !find_amount(store, item->id, kind, moment->at, &has, &amount, error)))
		return false;
	if (has) {
		set_price(item, amount, kind, rule);
		return true;
	}
	if (!find_amount(store, item->id, PRICE_RETAIL, moment->at, &has, &amount, error))
		return false;
	if (has)
		set_price(item, amount, PRICE_RETAIL, 0);
	return true;
}

char *goods_dup_price_kind(Goods *self, int64_t kind)
{
	char *ret = NULL;

	if (goods_enter(&self->look, NULL)) {
		StoreStatement *row =
			store_statement(self->look.store, "goods/read/price_kind_name");

		store_bind_int(row, 1, kind);
		if (store_step(row, NULL) == STORE_ROW) {
			ret = g_strdup(store_get_text(row, 0));
			store_reset(row);
		}
	}
	goods_leave(&self->look);
	return ret;
}

/* --- customers ------------------------------------------------------------------------------- */

void till_customer_free(TillCustomer *self)
{
	if (self == NULL)
		return;
	g_free(self->code);
	g_free(self->name);
	g_free(self->contact);
	g_free(self);
}

static bool find_customer(Store *store, const char *code, TillCustomer **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "goods/read/customer");
	StoreStep step;

	store_bind_text(row, 1, code);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		*ret = g_new0(TillCustomer, 1);
		**ret = (TillCustomer){ .id = store_get_int(row, 0),
					.code = g_strdup(store_get_text(row, 1)),
					.name = g_strdup(store_get_text(row, 2)),
					.contact = g_strdup(store_get_text(row, 3)),
					.group = store_get_int(row, 4) };
		store_reset(row);
	}
	return step != STORE_FAILED;
}

bool goods_find_customer(Goods *self, const char *code, TillCustomer **ret, GError **error)
{
	bool ok;

	*ret = NULL;
	ok = goods_enter(&self->look, error) && find_customer(self->look.store, code, ret, error);
	goods_leave(&self->look);
	return ok;
}
