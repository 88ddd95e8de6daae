/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

bool money_setting_read(Store *store, int64_t shop_id, MoneySetting *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/setting");
	StoreStep step;

	*ret = (MoneySetting){ 0 };
	store_bind_int(row, 1, shop_id);
	step = store_step(row, error);
	if (step == STORE_ROW)
		*ret = (MoneySetting){
			.cash_in = store_get_int(row, 0),
			.cash_out = store_get_int(row, 1),
			.overnight_safe = strcmp(store_get_text(row, 2), "safe") == 0,
			.closed_until = (int32_t)store_get_int(row, 3),
		};
	store_reset(row);
	return step != STORE_FAILED;
}

/* For the audit; own it. */
static char *dup_setting(const MoneySetting *self)
{
	json_auto_t *object = json_pack(
		"{s:I, s:I, s:s, s:i}", "cash-in", (json_int_t)self->cash_in, "cash-out",
		(json_int_t)self->cash_out, "overnight",
		self->overnight_safe ? "safe" : "difference", "closed-until", self->closed_until);
	g_autofree char *text = json_dumps(object, JSON_COMPACT);

	return g_strdup(text);
}

/* Cash goes to and comes from what has no till of its own and is in the shop's currency. */
static bool check_counter(Store *store, int64_t shop_id, int64_t id, GError **error)
{
	g_autoptr(MoneyAccount) account = id != 0 ? money_account_read(store, id, error) : NULL;

	if (id == 0)
		return true;
	if (account == NULL)
		return false;
	return (account->shop_id == shop_id && account->place != MONEY_DRAWER && !account->closed &&
		account->currency == account->home_currency) ||
	       money_refuse(error, MONEY_ERROR_INVALID,
			    _("Cash of drawers goes to a safe or bank account of the same shop, in "
			      "its currency."));
}

static bool put_setting(Store *store, int64_t shop_id, const MoneySetting *setting,
			int64_t person_id, GError **error)
{
	StoreStatement *put;
	MoneySetting was, is = *setting;
	g_autofree char *before = NULL, *after = NULL;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error) ||
	    !check_counter(store, shop_id, setting->cash_in, error) ||
	    !check_counter(store, shop_id, setting->cash_out, error) ||
	    !money_setting_read(store, shop_id, &was, error))
		return false;
	is.closed_until = was.closed_until;
	before = dup_setting(&was);
	after = dup_setting(&is);
	put = store_statement(store, "office/money/put_setting");
	store_bind_int(put, 1, shop_id);
	if (is.cash_in != 0)
		store_bind_int(put, 2, is.cash_in);
	if (is.cash_out != 0)
		store_bind_int(put, 3, is.cash_out);
	store_bind_text(put, 4, is.overnight_safe ? "safe" : "difference");
	return store_run(put, error) &&
	       audit_change(store, person_id, "money-setting", "", before, after, error);
}

bool money_setting_write(Store *store, int64_t shop_id, const MoneySetting *setting,
			 int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (put_setting(store, shop_id, setting, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

/* --- closed months ------------------------------------------------------------------------- */

static bool is_end_of_month(int32_t day)
{
	GDateYear year = (GDateYear)(day / 10000);
	GDateMonth month = (GDateMonth)(day / 100 % 100);

	return g_date_valid_dmy((GDateDay)(day % 100), month, year) &&
	       day % 100 == g_date_get_days_in_month(month, year);
}

static bool put_closed(Store *store, int64_t shop_id, int32_t day, int64_t person_id,
		       GError **error)
{
	StoreStatement *put;
	MoneySetting was, is;
	g_autofree char *before = NULL, *after = NULL;

	if (!rights_require(store, person_id, RIGHT_SETTINGS, error) ||
	    !money_setting_read(store, shop_id, &was, error))
		return false;
	is = was;
	is.closed_until = day;
	before = dup_setting(&was);
	after = dup_setting(&is);
	put = store_statement(store, "office/money/put_closed");
	store_bind_int(put, 1, shop_id);
	store_bind_int(put, 2, day);
	return store_run(put, error) &&
	       audit_change(store, person_id, "money-close", "", before, after, error);
}

bool money_close(Store *store, int64_t shop_id, int32_t day, int64_t person_id, GError **error)
{
	if (day != 0 && !is_end_of_month(day))
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("Whole months are closed: name the last day of one."));
	if (!store_begin(store, error))
		return false;
	if (put_closed(store, shop_id, day, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

bool money_require_open(Store *store, int64_t shop_id, int32_t day, int64_t person_id,
			GError **error)
{
	MoneySetting setting;
	Rights rights;

	if (!money_setting_read(store, shop_id, &setting, error))
		return false;
	if (day > setting.closed_until)
		return true;
	if (!rights_of_person(store, person_id, &rights, error))
		return false;
	return rights_have(rights, RIGHT_SETTINGS) ||
	       money_refuse(error, MONEY_ERROR_CLOSED,
			    _("This month is closed. The administrator can enter it, or take "
			      "another day."));
}
