/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/shop.h"
#include "backoffice/staff/pay_private.h"
#include "backoffice/staff/plan.h"
#include "backoffice/staff/staff_day.h"

#include <string.h>

void pay_book_free(PayBook *self)
{
	if (self == NULL)
		return;
	g_clear_pointer(&self->people, g_ptr_array_unref);
	g_clear_pointer(&self->rules, g_ptr_array_unref);
	g_clear_pointer(&self->plans, g_ptr_array_unref);
	g_clear_pointer(&self->days, g_array_unref);
	g_clear_pointer(&self->sold, g_array_unref);
	g_clear_pointer(&self->paid, g_array_unref);
	g_free(self);
}

static bool read_shop(PayBook *self, Store *store, int64_t now, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, NULL, error);
	g_autoptr(GTimeZone) zone = NULL;
	g_autoptr(GDateTime) utc = NULL, here = NULL;

	if (shop == NULL)
		return false;
	zone = g_time_zone_new_identifier(shop->timezone);
	utc = g_date_time_new_from_unix_utc(now / G_USEC_PER_SEC);
	here = zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);
	self->currency = shop->currency;
	self->today = g_date_time_get_year(here) * 10000 + g_date_time_get_month(here) * 100 +
		      g_date_time_get_day_of_month(here);
	self->today = MIN(self->today, staff_month_last(self->month));
	return true;
}

static GArray *read_sold(Store *store, int32_t month, GError **error)
{
	g_autoptr(GArray) sold = g_array_new(false, true, sizeof(PaySold));
	StoreStatement *row = store_statement(store, "office/staff/sold");
	StoreStep step;

	store_bind_int(row, 1, staff_month_first(month));
	store_bind_int(row, 2, staff_month_last(month));
	while ((step = store_step(row, error)) == STORE_ROW) {
		PaySold one = { .shop_id = store_get_int(row, 0),
				.day = (int32_t)store_get_int(row, 1),
				.cashier_id = store_get_int(row, 2),
				.net = store_get_int(row, 3),
				.margin = store_get_int(row, 4) };

		g_array_append_val(sold, one);
	}
	return step == STORE_DONE ? g_steal_pointer(&sold) : NULL;
}

static GArray *read_paid(Store *store, int32_t month, GError **error)
{
	g_autoptr(GArray) paid = g_array_new(false, true, sizeof(PayPaid));
	StoreStatement *row = store_statement(store, "office/staff/paid");
	StoreStep step;

	store_bind_int(row, 1, staff_month_first(month));
	store_bind_int(row, 2, staff_month_last(month));
	while ((step = store_step(row, error)) == STORE_ROW) {
		PayPaid one = { store_get_int(row, 0), store_get_int(row, 1) };

		g_array_append_val(paid, one);
	}
	return step == STORE_DONE ? g_steal_pointer(&paid) : NULL;
}

PayBook *pay_book_read(Store *store, int32_t month, int64_t now, GError **error)
{
	g_autoptr(PayBook) self = g_new0(PayBook, 1);
	HoursQuery hours = { .from = staff_month_first(month),
			     .to = staff_month_last(month),
			     .now = now };

	self->month = month;
	if (!read_shop(self, store, now, error))
		return NULL;
	self->people = person_list(store, true, error);
	self->rules = self->people != NULL ? pay_rules(store, error) : NULL;
	self->plans = self->rules != NULL ? plan_list(store, 0, month, self->today, error) : NULL;
	self->days = self->plans != NULL ? hours_list(store, &hours, error) : NULL;
	self->sold = self->days != NULL ? read_sold(store, month, error) : NULL;
	self->paid = self->sold != NULL ? read_paid(store, month, error) : NULL;
	return self->paid != NULL ? g_steal_pointer(&self) : NULL;
}

const PersonFile *pay_book_find(const PayBook *self, int64_t person_id)
{
	for (guint i = 0; i < self->people->len; i++) {
		const PersonFile *person = self->people->pdata[i];

		if (person->id == person_id)
			return person;
	}
	return NULL;
}

/* How close a rule is to somebody in a shop: 0 not theirs, their role's anywhere, there, their own
 * anywhere, there. */
static int closeness(const PayRule *rule, const PersonFile *person, int64_t shop_id)
{
	bool own = rule->person_id != 0;

	if (own ? rule->person_id != person->id : strcmp(rule->role, role_code(person->role)) != 0)
		return 0;
	if (rule->shop_id != 0 && rule->shop_id != shop_id)
		return 0;
	return 1 + 2 * own + (rule->shop_id != 0);
}

/* Whether @other says something newer of the same. */
static bool is_newer(const PayRule *other, const PayRule *rule)
{
	return other->first_day != rule->first_day ? other->first_day > rule->first_day
						   : other->id > rule->id;
}

/* Those of @kind that are in force on @day and as close as can be, the newest of each threshold. */
static bool is_in_force(const PayBook *self, const PayRule *rule, const PersonFile *person,
			int64_t shop_id, int32_t day, int closest)
{
	if (rule->first_day > day || closeness(rule, person, shop_id) != closest)
		return false;
	for (guint i = 0; i < self->rules->len; i++) {
		const PayRule *other = self->rules->pdata[i];

		if (other->kind == rule->kind && other->first_day <= day &&
		    other->threshold == rule->threshold &&
		    closeness(other, person, shop_id) == closest && is_newer(other, rule))
			return false;
	}
	return true;
}

const PayRule *pay_book_rule(const PayBook *self, const PersonFile *person, PayKind kind,
			     int64_t shop_id, int32_t day, int64_t reached)
{
	const PayRule *best = NULL;
	int closest = 0;

	for (guint i = 0; i < self->rules->len; i++) {
		const PayRule *rule = self->rules->pdata[i];

		if (rule->kind == kind && rule->first_day <= day)
			closest = MAX(closest, closeness(rule, person, shop_id));
	}
	for (guint i = 0; i < self->rules->len && closest > 0; i++) {
		const PayRule *rule = self->rules->pdata[i];
		bool is_something = rule->amount > 0 || rule->rate > 0;

		if (rule->kind == kind && is_something && rule->threshold <= reached &&
		    (best == NULL || rule->threshold > best->threshold) &&
		    is_in_force(self, rule, person, shop_id, day, closest))
			best = rule;
	}
	return best;
}
