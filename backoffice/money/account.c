/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "backoffice/people/counter.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

void money_account_free(MoneyAccount *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->shop);
	g_free(self);
}

static MoneyAccount *account_of_row(StoreStatement *row)
{
	MoneyAccount *self = g_new0(MoneyAccount, 1);

	self->id = store_get_int(row, 0);
	self->shop_id = store_get_int(row, 1);
	self->till_id = store_get_int(row, 2);
	if (!money_place_parse(store_get_text(row, 3), &self->place))
		self->place = MONEY_BANK;
	self->currency = (uint16_t)store_get_int(row, 4);
	self->home_currency = (uint16_t)store_get_int(row, 5);
	self->closed = store_get_int(row, 6) != 0;
	self->name =
		g_strdup(store_get_int(row, 7) != 0 ? money_account_word(store_get_text(row, 8))
						    : store_get_text(row, 8));
	self->shop = g_strdup(store_get_text(row, 9));
	self->balance = store_get_int(row, 10);
	self->home = store_get_int(row, 11);
	self->selling = store_get_int(row, 12);
	return self;
}

static GPtrArray *read_accounts(Store *store, int64_t shop_id, int64_t id, int32_t day,
				GError **error)
{
	g_autoptr(GPtrArray) list =
		g_ptr_array_new_with_free_func((GDestroyNotify)money_account_free);
	StoreStatement *row = store_statement(store, "office/money/accounts");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, id);
	store_bind_int(row, 3, day);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(list, account_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}

GPtrArray *money_accounts(Store *store, int64_t shop_id, int32_t day, GError **error)
{
	return read_accounts(store, shop_id, 0, day, error);
}

MoneyAccount *money_account_read(Store *store, int64_t id, GError **error)
{
	g_autoptr(GPtrArray) list = read_accounts(store, 0, id, 0, error);

	if (list == NULL)
		return NULL;
	if (id != 0 && list->len > 0)
		return g_ptr_array_steal_index(list, 0);
	money_refuse(error, MONEY_ERROR_GONE, _("Choose an account: drawer, safe or bank."));
	return NULL;
}

MoneyAccount *money_account_find(Store *store, int64_t shop_id, const char *name, GError **error)
{
	g_autoptr(GPtrArray) list = read_accounts(store, shop_id, 0, 0, error);
	g_autoptr(GString) names = g_string_new(NULL);

	if (list == NULL)
		return NULL;
	for (guint i = 0; i < list->len; i++) {
		const MoneyAccount *account = list->pdata[i];

		if (strcmp(account->name, name) == 0 ||
		    strcmp(account->name, money_account_word(name)) == 0)
			return g_ptr_array_steal_index(list, i);
		g_string_append_printf(names, "%s“%s”", i > 0 ? ", " : "", account->name);
	}
	money_refuse(error, MONEY_ERROR_GONE, _("There is no account named “%s”, only %s."), name,
		     names->str);
	return NULL;
}

bool money_balance(Store *store, int64_t account_id, int32_t day, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/balance");

	store_bind_int(row, 1, account_id);
	store_bind_int(row, 2, day);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

/* --- those that are there by themselves ---------------------------------------------------- */

bool money_usual_accounts(Store *store, int64_t shop_id, GError **error)
{
	StoreStatement *insert = store_statement(store, "office/money/add_usual");

	store_bind_int(insert, 1, shop_id);
	if (!store_run(insert, error))
		return false;
	insert = store_statement(store, "office/money/add_drawers");
	store_bind_int(insert, 1, shop_id);
	return store_run(insert, error);
}

bool money_usual_find(Store *store, int64_t shop_id, const char *usual, int64_t *ret,
		      GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/find_usual");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_text(row, 2, usual);
	step = store_step(row, error);
	if (step == STORE_DONE)
		return money_refuse(error, MONEY_ERROR_GONE, _("The shop has no account “%s”."),
				    money_account_word(usual));
	if (step != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

/* --- adding one ---------------------------------------------------------------------------- */

static bool check_new(Store *store, int64_t shop_id, MoneyPlace place, const char *name,
		      uint16_t currency, GError **error)
{
	g_autoptr(GPtrArray) list = NULL;

	if (place == MONEY_DRAWER)
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("A drawer comes with its till: add the till."));
	if (*name == '\0' || !money_text_is_sound(name))
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("An account has a name of 1 to %d characters."),
				    MONEY_TEXT_MAX);
	if (currency_by_number(currency) == NULL)
		return money_refuse(error, MONEY_ERROR_INVALID, _("This currency is not known."));
	list = read_accounts(store, shop_id, 0, 0, error);
	for (guint i = 0; list != NULL && i < list->len; i++)
		if (strcmp(((const MoneyAccount *)list->pdata[i])->name, name) == 0)
			return money_refuse(error, MONEY_ERROR_INVALID,
					    _("There is already an account named “%s”."), name);
	return list != NULL;
}

static bool insert_account(Store *store, int64_t shop_id, MoneyPlace place, const char *name,
			   uint16_t currency, int64_t *ret_id, GError **error)
{
	StoreStatement *insert = store_statement(store, "office/money/add_account");
	StoreStep step;

	store_bind_int(insert, 1, shop_id);
	store_bind_text(insert, 2, money_place_code(place));
	store_bind_text(insert, 3, name);
	store_bind_int(insert, 4, currency);
	step = store_step(insert, error);
	if (step == STORE_ROW)
		*ret_id = store_get_int(insert, 0);
	store_reset(insert);
	return step == STORE_ROW;
}

static bool add_account(Store *store, int64_t shop_id, MoneyPlace place, const char *name,
			uint16_t currency, int64_t person_id, int64_t *ret_id, GError **error)
{
	json_auto_t *after = NULL;
	g_autofree char *text = NULL;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error) ||
	    !check_new(store, shop_id, place, name, currency, error))
		return false;
	after = json_pack("{s:s, s:s}", "kind", money_place_code(place), "currency",
			  currency_by_number(currency)->code);
	text = json_dumps(after, JSON_COMPACT);
	return insert_account(store, shop_id, place, name, currency, ret_id, error) &&
	       audit_change(store, person_id, "money-account", name, NULL, text, error);
}

bool money_account_add(Store *store, int64_t shop_id, MoneyPlace place, const char *name,
		       uint16_t currency, int64_t person_id, int64_t *ret_id, GError **error)
{
	g_autofree char *trimmed = money_dup_text(name);
	int64_t id = 0;

	if (!store_begin(store, error))
		return false;
	if (!add_account(store, shop_id, place, trimmed, currency, person_id, &id, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_id = id;
	return true;
}
