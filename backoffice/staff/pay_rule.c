/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/people/person.h"
#include "backoffice/people/rights.h"
#include "backoffice/staff/pay.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

#define AMOUNT_MAX INT64_C(1000000000000)
#define RATE_MAX 10000
#define THRESHOLD_MAX 100000

static const struct {
	const char *code, *title;
	bool is_amount;
} kinds[PAY_N_KINDS] = {
	[PAY_HOUR] = { "hour", N_("An amount an hour"), true },
	[PAY_DAY] = { "day", N_("An amount a day worked"), true },
	[PAY_MONTH] = { "month", N_("An amount a month"), true },
	[PAY_OWN_NET] = { "own-net", N_("A share of own sales"), false },
	[PAY_OWN_MARGIN] = { "own-margin", N_("A share of the margin of own sales"), false },
	[PAY_SHOP_NET] = { "shop-net", N_("A share of the shop's sales, by hours"), false },
	[PAY_SHOP_MARGIN] = { "shop-margin", N_("A share of the shop's margin, by hours"), false },
	[PAY_BONUS] = { "bonus", N_("A bonus when the plan is reached"), true },
	[PAY_BONUS_NET] = { "bonus-net", N_("A share of own sales when the plan is reached"),
			    false },
};

const char *pay_kind_code(PayKind kind)
{
	g_return_val_if_fail(kind < PAY_N_KINDS, NULL);
	return kinds[kind].code;
}

const char *pay_kind_title(PayKind kind)
{
	g_return_val_if_fail(kind < PAY_N_KINDS, NULL);
	return g_dgettext(GETTEXT_PACKAGE, kinds[kind].title);
}

bool pay_kind_parse(const char *text, PayKind *ret)
{
	for (PayKind kind = 0; kind < PAY_N_KINDS; kind++)
		if (strcmp(text, kinds[kind].code) == 0) {
			*ret = kind;
			return true;
		}
	return false;
}

bool pay_kind_is_amount(PayKind kind)
{
	g_return_val_if_fail(kind < PAY_N_KINDS, false);
	return kinds[kind].is_amount;
}

void pay_rule_free(PayRule *self)
{
	if (self == NULL)
		return;
	g_free(self->person);
	g_free(self->role);
	g_free(self);
}

static void free_rule(gpointer rule)
{
	pay_rule_free(rule);
}

static PayRule *rule_of_row(StoreStatement *row)
{
	PayRule *self = g_new0(PayRule, 1);

	self->id = store_get_int(row, 0);
	self->person_id = store_get_int(row, 1);
	self->person = g_strdup(store_get_text(row, 2));
	self->role = g_strdup(store_get_text(row, 3));
	self->shop_id = store_get_int(row, 4);
	if (!pay_kind_parse(store_get_text(row, 5), &self->kind))
		self->kind = PAY_HOUR; /* cannot be: the table has a CHECK */
	self->amount = store_get_int(row, 6);
	self->rate = (int32_t)store_get_int(row, 7);
	self->threshold = (int32_t)store_get_int(row, 8);
	self->first_day = (int32_t)store_get_int(row, 9);
	return self;
}

GPtrArray *pay_rules(Store *store, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func(free_rule);
	StoreStatement *row = store_statement(store, "office/staff/rules");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(rules, rule_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&rules) : NULL;
}

/* --- writing ------------------------------------------------------------------------------- */

static bool refuse(GError **error, const char *text)
{
	g_set_error_literal(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS, text);
	return false;
}

static bool check(const PayRule *self, GError **error)
{
	bool bonus = self->kind == PAY_BONUS || self->kind == PAY_BONUS_NET;
	Role role;

	if ((self->person_id == 0) == (*self->role == '\0') ||
	    (*self->role != '\0' && !role_parse(self->role, &role)))
		return refuse(error, _("A rule of pay belongs to a person or to a role."));
	if (pay_kind_is_amount(self->kind) ? self->amount < 0 || self->amount > AMOUNT_MAX
					   : self->rate < 0 || self->rate > RATE_MAX)
		return refuse(error, _("Such a rule has an amount, or a share up to 100 %."));
	if (self->threshold < 0 || self->threshold > THRESHOLD_MAX ||
	    (!bonus && self->threshold != 0))
		return refuse(error, _("Only a bonus has a threshold, up to ten times the plan."));
	return true;
}

/* Whose it is, for the audit; own it. */
static char *dup_subject(Store *store, const PayRule *self, GError **error)
{
	g_autoptr(PersonFile) person = NULL;

	if (self->person_id == 0)
		return g_strdup(self->role);
	person = person_read(store, self->person_id, error);
	return person != NULL ? g_strdup(person->name) : NULL;
}

static char *dup_json(const PayRule *self)
{
	json_auto_t *object =
		json_pack("{s:s, s:i, s:I}", "kind", pay_kind_code(self->kind), "first_day",
			  (int)self->first_day, "shop", (json_int_t)self->shop_id);
	char *text, *own;

	if (pay_kind_is_amount(self->kind))
		json_object_set_new(object, "amount", json_integer(self->amount));
	else
		json_object_set_new(object, "rate", json_integer(self->rate));
	if (self->threshold != 0)
		json_object_set_new(object, "threshold", json_integer(self->threshold));
	text = json_dumps(object, JSON_COMPACT);
	own = g_strdup(text);
	free(text);
	return own;
}

static bool insert(Store *store, const PayRule *self, int64_t id, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/staff/insert_rule");
	bool is_amount = pay_kind_is_amount(self->kind);

	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, self->person_id);
	store_bind_text(statement, 3, self->role);
	store_bind_int(statement, 4, self->shop_id);
	store_bind_text(statement, 5, pay_kind_code(self->kind));
	store_bind_int(statement, 6, is_amount ? self->amount : 0);
	store_bind_int(statement, 7, is_amount ? 0 : self->rate);
	store_bind_int(statement, 8, self->threshold);
	store_bind_int(statement, 9, self->first_day);
	return store_run(statement, error);
}

static bool add(Store *store, int64_t by, const PayRule *self, int64_t *ret_id, GError **error)
{
	g_autofree char *subject = NULL, *after = dup_json(self);

	if (!rights_require(store, by, RIGHT_PAY_RULES, error) || !check(self, error))
		return false;
	subject = dup_subject(store, self, error);
	return subject != NULL && counter_take(store, "pay-rule", ret_id, error) &&
	       insert(store, self, *ret_id, error) &&
	       audit_change(store, by, "pay-rule", subject, NULL, after, error);
}

static bool end(Store *store, bool ok, GError **error)
{
	if (ok)
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

bool pay_rule_add(Store *store, int64_t by, const PayRule *rule, int64_t *ret_id, GError **error)
{
	return store_begin(store, error) && end(store, add(store, by, rule, ret_id, error), error);
}

static const PayRule *find(const GPtrArray *rules, int64_t id)
{
	for (guint i = 0; i < rules->len; i++) {
		const PayRule *rule = rules->pdata[i];

		if (rule->id == id)
			return rule;
	}
	return NULL;
}

static bool drop(Store *store, int64_t by, int64_t id, GError **error)
{
	g_autoptr(GPtrArray) rules = pay_rules(store, error);
	const PayRule *rule = rules != NULL ? find(rules, id) : NULL;
	g_autofree char *subject = NULL, *before = NULL;
	StoreStatement *statement;

	if (rules == NULL || !rights_require(store, by, RIGHT_PAY_RULES, error))
		return false;
	if (rule == NULL)
		return refuse(error, _("There is no such rule any more."));
	subject = dup_subject(store, rule, error);
	before = dup_json(rule);
	statement = store_statement(store, "office/staff/delete_rule");
	store_bind_int(statement, 1, id);
	return subject != NULL && store_run(statement, error) &&
	       audit_change(store, by, "pay-rule", subject, before, NULL, error);
}

bool pay_rule_remove(Store *store, int64_t by, int64_t id, GError **error)
{
	return store_begin(store, error) && end(store, drop(store, by, id, error), error);
}
