/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/money_words.h"

#include "backoffice/report/report.h"
#include "base/language.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void money_words_clear(MoneyWords *self)
{
	g_clear_pointer(&self->store, store_close);
	g_clear_pointer(&self->shop, shop_free);
	g_clear_pointer(&self->zone, g_time_zone_unref);
}

bool money_words_open(MoneyWords *self, const char *dsn, const char *shop, StoreFlags flags,
		      int *ret_status)
{
	g_autoptr(GError) error = NULL;

	self->store = command_open(dsn, flags, ret_status);
	if (self->store == NULL)
		return false;
	self->shop = shop_find(self->store, shop, &error);
	if (self->shop == NULL) {
		*ret_status = command_fail(error, dsn);
		return false;
	}
	self->zone = g_time_zone_new_identifier(self->shop->timezone);
	if (self->zone == NULL)
		self->zone = g_time_zone_new_utc();
	return true;
}

bool money_words_account(const MoneyWords *self, const char *name, MoneyAccount **ret,
			 int *ret_status)
{
	g_autoptr(GError) error = NULL;

	if (name == NULL) {
		*ret_status = command_misuse(_("Which account? “baraa account list” names them."));
		return false;
	}
	*ret = money_account_find(self->store, self->shop->id, name, &error);
	if (*ret == NULL)
		*ret_status = command_fail(error, NULL);
	return *ret != NULL;
}

static bool misuse(int *ret_status, const char *format, const char *text)
{
	*ret_status = command_misuse(format, text);
	return false;
}

bool money_words_amount(const char *text, uint16_t currency, int64_t *ret, int *ret_status)
{
	Money amount;

	if (text == NULL)
		return misuse(ret_status, "%s", _("How much? Say it with --amount."));
	if (!money_parse_decimal(text, currency, &amount))
		return misuse(ret_status, _("“%s” is not an amount in this currency."), text);
	*ret = amount.minor;
	return true;
}

bool money_words_day(const char *text, int32_t *ret, int *ret_status)
{
	*ret = 0;
	return text == NULL || report_day_parse(text, ret) ||
	       misuse(ret_status, _("“%s” is no day: write it as 2026-11-23."), text);
}

bool money_words_when(const MoneyWords *self, const char *text, int32_t *ret_day, int64_t *ret_at,
		      int *ret_status)
{
	g_autoptr(GDateTime) time = NULL;
	g_autofree char *full = NULL;

	if (text == NULL || strchr(text, 'T') == NULL)
		return money_words_day(text, ret_day, ret_status);
	/* ISO 8601 wants seconds where people write none. */
	full = strlen(text) == strlen("2026-12-01T08:00") ? g_strconcat(text, ":00", NULL)
							  : g_strdup(text);
	time = g_date_time_new_from_iso8601(full, self->zone);
	if (time == NULL)
		return misuse(ret_status, _("“%s” is no day: write it as 2026-11-23."), text);
	*ret_at = g_date_time_to_unix(time) * G_USEC_PER_SEC;
	return true;
}

bool money_words_currency(const char *code, uint16_t *ret, int *ret_status)
{
	const Currency *currency = code != NULL ? currency_by_code(code) : NULL;

	if (currency == NULL)
		return misuse(ret_status, _("There is no currency “%s”."),
			      code != NULL ? code : "");
	*ret = currency->number;
	return true;
}

char *money_words_dup_plain(int64_t amount, uint16_t currency)
{
	return money_dup_decimal((Money){ amount, currency });
}

char *money_words_dup_amount(int64_t amount, uint16_t currency)
{
	NumberStyle style = language_number_style();

	return number_text_money(&style, (Money){ amount, currency }, true);
}
