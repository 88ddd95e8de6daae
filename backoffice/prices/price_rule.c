/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"
#include "backoffice/prices/price_book.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>

#define DAY_MINUTES 1440
#define EVERY_DAY 127
#define LAST_DAY 99991231

GArray *price_rule_list(Store *store, GError **error)
{
	g_autoptr(GArray) rules = g_array_new(false, false, sizeof(PriceRule));
	StoreStatement *row = store_statement(store, "office/price/rules");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		PriceRule rule = { .id = store_get_int(row, 0),
				   .kind_id = store_get_int(row, 1),
				   .shop_id = store_get_int(row, 2),
				   .group_id = store_get_int(row, 3),
				   .weekdays = (int)store_get_int(row, 4),
				   .minute = (int)store_get_int(row, 5),
				   .until = (int)store_get_int(row, 6),
				   .first_day = (int32_t)store_get_int(row, 7),
				   .last_day = (int32_t)store_get_int(row, 8),
				   .rank = (int)store_get_int(row, 9) };

		g_array_append_val(rules, rule);
	}
	return step == STORE_DONE ? g_steal_pointer(&rules) : NULL;
}

/* --- refusing ------------------------------------------------------------------------------ */

static bool refuse(GError **error, const char *sentence)
{
	g_set_error_literal(error, PRICES_ERROR, PRICES_ERROR_INVALID, sentence);
	return false;
}

static bool check_times(const PriceRule *rule, GError **error)
{
	if (rule->weekdays < 1 || rule->weekdays > EVERY_DAY)
		return refuse(error, _("On which days of the week? The rule needs one at least."));
	if (rule->minute < 0 || rule->until > DAY_MINUTES || rule->minute >= rule->until)
		return refuse(error, _("The rule has to end later in the day than it begins: make "
				       "two rules for a time over midnight."));
	if (rule->first_day < 0 || rule->last_day > LAST_DAY || rule->first_day > rule->last_day)
		return refuse(error, _("The rule's last day is before its first."));
	return true;
}

static bool shop_is_there(Store *store, int64_t id, bool *ret, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);

	*ret = id == 0;
	for (guint i = 0; shops != NULL && i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		*ret |= shop->id == id;
	}
	return shops != NULL;
}

static bool group_is_there(Store *store, int64_t id, bool *ret, GError **error)
{
	g_autoptr(GPtrArray) groups = customer_group_list(store, error);

	*ret = id == 0;
	for (guint i = 0; groups != NULL && i < groups->len; i++) {
		const CustomerGroup *group = groups->pdata[i];

		*ret |= group->id == id;
	}
	return groups != NULL;
}

static bool check_names(Store *store, const PriceRule *rule, GError **error)
{
	g_autoptr(GPtrArray) kinds = price_kind_list(store, error);
	bool shop, group;

	if (kinds == NULL || !shop_is_there(store, rule->shop_id, &shop, error) ||
	    !group_is_there(store, rule->group_id, &group, error))
		return false;
	if (kind_find(kinds, rule->kind_id) == NULL)
		return refuse(error, _("There is no such kind of price any more."));
	if (!shop)
		return refuse(error, _("There is no such shop."));
	return group || refuse(error, _("There is no such group of customers any more."));
}

/* --- writing ------------------------------------------------------------------------------- */

static bool put_row(Store *store, const PriceRule *rule, GError **error)
{
	StoreStatement *put;
	int64_t revision;

	if (!counter_take(store, "revision", &revision, error))
		return false;
	put = store_statement(store, "office/price/put_rule");
	store_bind_int(put, 1, rule->id);
	store_bind_int(put, 2, rule->kind_id);
	store_bind_int(put, 3, rule->shop_id);
	if (rule->group_id != 0)
		store_bind_int(put, 4, rule->group_id);
	else
		store_bind_null(put, 4);
	store_bind_int(put, 5, rule->weekdays);
	store_bind_int(put, 6, rule->minute);
	store_bind_int(put, 7, rule->until);
	store_bind_int(put, 8, rule->first_day);
	store_bind_int(put, 9, rule->last_day);
	store_bind_int(put, 10, rule->rank);
	store_bind_int(put, 11, revision);
	store_bind_int(put, 12, rule->deleted);
	return store_run(put, error);
}

static char *rule_json(const PriceRule *rule)
{
	json_auto_t *object = NULL;

	if (rule == NULL || rule->deleted)
		return NULL;
	object = json_pack("{s:I, s:I, s:I, s:i, s:i, s:i, s:i, s:i, s:i}", "kind",
			   (json_int_t)rule->kind_id, "shop", (json_int_t)rule->shop_id, "group",
			   (json_int_t)rule->group_id, "weekdays", rule->weekdays, "minute",
			   rule->minute, "until", rule->until, "first_day", (int)rule->first_day,
			   "last_day", (int)rule->last_day, "rank", rule->rank);
	return json_dumps(object, JSON_COMPACT);
}

static const PriceRule *find(const GArray *rules, int64_t id)
{
	for (guint i = 0; i < rules->len; i++)
		if (g_array_index(rules, PriceRule, i).id == id)
			return &g_array_index(rules, PriceRule, i);
	return NULL;
}

static bool write_rule(Store *store, PriceRule *rule, int64_t person_id, GError **error)
{
	g_autoptr(GArray) rules = price_rule_list(store, error);
	g_autofree char *subject = NULL, *before = NULL, *after = NULL;
	const PriceRule *old;
	PriceRule row;

	if (rules == NULL || !rights_require(store, person_id, RIGHT_SETTINGS, error))
		return false;
	old = rule->id != 0 ? find(rules, rule->id) : NULL;
	if (rule->id != 0 && old == NULL)
		return refuse(error, _("There is no such rule any more."));
	if (!rule->deleted && (!check_times(rule, error) || !check_names(store, rule, error)))
		return false;
	if (rule->id == 0 && !counter_take(store, "price-rule", &rule->id, error))
		return false;
	row = rule->deleted && old != NULL ? *old : *rule; /* what goes, goes as it was */
	row.deleted = rule->deleted;
	subject = g_strdup_printf("%" G_GINT64_FORMAT, rule->id);
	before = rule_json(old);
	after = rule_json(rule);
	return put_row(store, &row, error) &&
	       audit_change(store, person_id, "price-rule", subject, before, after, error);
}

bool price_rule_write(Store *store, PriceRule *rule, int64_t person_id, GError **error)
{
	int64_t id = rule->id;

	if (!store_begin(store, error))
		return false;
	if (write_rule(store, rule, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	rule->id = id;
	return false;
}
