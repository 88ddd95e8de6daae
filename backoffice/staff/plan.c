/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/staff/plan.h"

#include "backoffice/people/counter.h"
#include "backoffice/people/people.h"
#include "backoffice/people/person.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"
#include "backoffice/people/sight.h"
#include "backoffice/staff/staff_day.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>

#define WHOLE 10000 /* hundredths of a percent */
#define PLAN_MAX INT64_C(1000000000000000)

static bool refuse(GError **error, const char *text)
{
	g_set_error_literal(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS, text);
	return false;
}

bool plan_get(Store *store, int64_t shop_id, int64_t person_id, int32_t month, bool *ret_has,
	      int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/staff/plan");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, person_id);
	store_bind_int(row, 3, month);
	step = store_step(row, error);
	*ret_has = step == STORE_ROW;
	*ret = *ret_has ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

/* --- writing ------------------------------------------------------------------------------- */

/* "Bold, 2026-11" or the shop's name; own it. */
static char *dup_subject(Store *store, int64_t shop_id, int64_t person_id, int32_t month,
			 GError **error)
{
	g_autofree char *text = staff_month_dup(month);
	g_autoptr(PersonFile) person = NULL;
	g_autoptr(GPtrArray) shops = NULL;

	if (person_id != 0) {
		person = person_read(store, person_id, error);
		return person != NULL ? g_strdup_printf("%s, %s", person->name, text) : NULL;
	}
	shops = shop_list(store, error);
	for (guint i = 0; shops != NULL && i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (shop->id == shop_id)
			return g_strdup_printf("%s, %s", shop->name, text);
	}
	if (shops != NULL)
		refuse(error, _("There is no such shop."));
	return NULL;
}

static bool write_row(Store *store, int64_t shop_id, int64_t person_id, int32_t month,
		      const int64_t *net, GError **error)
{
	StoreStatement *statement = store_statement(
		store, net != NULL ? "office/staff/put_plan" : "office/staff/delete_plan");

	store_bind_int(statement, 1, shop_id);
	store_bind_int(statement, 2, person_id);
	store_bind_int(statement, 3, month);
	if (net != NULL)
		store_bind_int(statement, 4, *net);
	return store_run(statement, error);
}

static char *dup_json(bool has, int64_t net)
{
	return has ? g_strdup_printf("{\"net\":%" G_GINT64_FORMAT "}", net) : NULL;
}

static bool write_plan(Store *store, int64_t by, int64_t shop_id, int64_t person_id, int32_t month,
		       const int64_t *net, GError **error)
{
	g_autofree char *subject = NULL, *before = NULL, *after = NULL;
	int64_t was;
	bool had;

	if (!rights_require(store, by, RIGHT_PLAN, error) ||
	    !sight_require(store, by, shop_id, error))
		return false;
	if (!staff_month_is_sound(month) || (net != NULL && (*net < 0 || *net > PLAN_MAX)))
		return refuse(error, _("A plan is an amount that a shop can sell in a month."));
	subject = dup_subject(store, shop_id, person_id, month, error);
	if (subject == NULL || !plan_get(store, shop_id, person_id, month, &had, &was, error) ||
	    !write_row(store, shop_id, person_id, month, net, error))
		return false;
	if (had == (net != NULL) && (!had || was == *net))
		return true;
	before = dup_json(had, was);
	after = dup_json(net != NULL, net != NULL ? *net : 0);
	return audit_change(store, by, "plan", subject, before, after, error);
}

bool plan_set(Store *store, int64_t by, int64_t shop_id, int64_t person_id, int32_t month,
	      const int64_t *net, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (!write_plan(store, by, shop_id, person_id, month, net, error)) {
		store_rollback(store);
		return false;
	}
	return store_commit(store, error);
}

/* --- what came of it ----------------------------------------------------------------------- */

void plan_row_free(PlanRow *self)
{
	if (self == NULL)
		return;
	g_free(self->shop);
	g_free(self->person);
	g_free(self);
}

static void free_row(gpointer row)
{
	plan_row_free(row);
}

/* Days of the month that have begun by @today. */
static int days_gone(int32_t month, int32_t today)
{
	if (today / 100 < month)
		return 0;
	return today / 100 > month ? staff_month_days(month) : today % 100;
}

bool plan_reckon(PlanRow *self, int32_t month, int32_t today)
{
	int days = staff_month_days(month), gone = days_gone(month, today);

	self->has_share = self->net > 0;
	self->share = self->forecast = 0;
	return (!self->has_share ||
		scale_int64(self->fact, WHOLE, self->net, ROUND_HALF_AWAY, &self->share)) &&
	       scale_int64(self->net, gone, days, ROUND_HALF_AWAY, &self->expected) &&
	       (gone == 0 || scale_int64(self->fact, days, gone, ROUND_HALF_AWAY, &self->forecast));
}

static PlanRow *row_of(StoreStatement *row)
{
	PlanRow *self = g_new0(PlanRow, 1);

	self->shop_id = store_get_int(row, 0);
	self->shop = g_strdup(store_get_text(row, 1));
	self->person_id = store_get_int(row, 2);
	self->person = g_strdup(store_get_text(row, 3));
	self->net = store_get_int(row, 4);
	self->fact = store_get_int(row, 5);
	return self;
}

GPtrArray *plan_list(Store *store, int64_t shop_id, int32_t month, int32_t today, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
	StoreStatement *row = store_statement(store, "office/staff/plans");
	StoreStep step;

	store_bind_int(row, 1, month);
	store_bind_int(row, 2, shop_id);
	store_bind_int(row, 3, staff_month_first(month));
	store_bind_int(row, 4, MIN(staff_month_last(month), today));
	while ((step = store_step(row, error)) == STORE_ROW) {
		PlanRow *plan = row_of(row);

		g_ptr_array_add(rows, plan);
		if (!plan_reckon(plan, month, today)) {
			store_reset(row);
			refuse(error, _("What was sold is too large to be compared with a plan."));
			return NULL;
		}
	}
	return step == STORE_DONE ? g_steal_pointer(&rows) : NULL;
}
