/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/price_words.h"

#include "backoffice/goods/item.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

bool price_words_init(PriceWords *self, Store *store, int *ret_status)
{
	g_autoptr(GError) error = NULL;

	*self = (PriceWords){ .store = store };
	self->kinds = price_kind_list(store, &error);
	self->shops = error == NULL ? shop_list(store, &error) : NULL;
	self->groups = error == NULL ? customer_group_list(store, &error) : NULL;
	if (error != NULL) {
		*ret_status = command_fail(error, NULL);
		return false;
	}
	if (self->shops->len > 0) {
		const Shop *first = self->shops->pdata[0];

		self->currency = first->currency;
		self->zone = g_time_zone_new_identifier(first->timezone);
	}
	if (self->zone == NULL)
		self->zone = g_time_zone_new_local();
	return true;
}

void price_words_clear(PriceWords *self)
{
	g_clear_pointer(&self->kinds, g_ptr_array_unref);
	g_clear_pointer(&self->shops, g_ptr_array_unref);
	g_clear_pointer(&self->groups, g_ptr_array_unref);
	g_clear_pointer(&self->zone, g_time_zone_unref);
}

/* --- goods --------------------------------------------------------------------------------- */

bool price_words_item(PriceWords *self, const char *barcode, const char *article, int64_t *ret,
		      int *ret_status)
{
	const char *code = barcode != NULL ? barcode : article;
	g_autoptr(GError) error = NULL;
	ItemScan scan;

	if ((barcode == NULL) == (article == NULL)) {
		*ret_status = command_misuse(_("Which goods? Name them with --barcode or "
					       "--article."));
		return false;
	}
	if (item_find_scan(self->store, code, &scan, &error)) {
		*ret = scan.item_id;
		return true;
	}
	*ret_status = EXIT_FAILED;
	if (error != NULL)
		command_fail(error, NULL);
	else
		command_misuse(_("There are no goods “%s”."), code);
	return false;
}

/* --- names --------------------------------------------------------------------------------- */

const PriceKind *price_words_find_kind(PriceWords *self, const char *name)
{
	for (guint i = 0; i < self->kinds->len; i++) {
		const PriceKind *kind = self->kinds->pdata[i];
		g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, kind->id);

		if (strcmp(name, kind->name) == 0 || strcmp(name, price_kind_title(kind)) == 0 ||
		    strcmp(name, number) == 0)
			return kind;
	}
	return NULL;
}

static bool misuse(int *ret_status, const char *format, const char *name)
{
	*ret_status = command_misuse(format, name);
	return false;
}

bool price_words_kind(PriceWords *self, const char *name, int64_t *ret, int *ret_status)
{
	const PriceKind *kind = name != NULL ? price_words_find_kind(self, name) : NULL;

	*ret = kind != NULL ? kind->id : PRICE_RETAIL;
	return name == NULL || kind != NULL ||
	       misuse(ret_status,
		      _("There is no kind of price “%s”: “baraa price kind list” names them."),
		      name);
}

bool price_words_shop(PriceWords *self, const char *name, int64_t *ret, int *ret_status)
{
	*ret = 0;
	for (guint i = 0; name != NULL && i < self->shops->len; i++) {
		const Shop *shop = self->shops->pdata[i];

		if (strcmp(shop->name, name) == 0)
			*ret = shop->id;
	}
	return name == NULL || *ret != 0 ||
	       misuse(ret_status, _("There is no shop named “%s”."), name);
}

bool price_words_group(PriceWords *self, const char *name, int64_t *ret, int *ret_status)
{
	*ret = 0;
	for (guint i = 0; name != NULL && i < self->groups->len; i++) {
		const CustomerGroup *group = self->groups->pdata[i];

		if (strcmp(group->name, name) == 0)
			*ret = group->id;
	}
	return name == NULL || *ret != 0 ||
	       misuse(ret_status, _("There is no group of customers “%s”."), name);
}

const char *price_words_kind_name(const PriceWords *self, int64_t id)
{
	for (guint i = 0; i < self->kinds->len; i++) {
		const PriceKind *kind = self->kinds->pdata[i];

		if (kind->id == id)
			return price_kind_title(kind);
	}
	return "";
}

const char *price_words_shop_name(const PriceWords *self, int64_t id)
{
	for (guint i = 0; i < self->shops->len; i++) {
		const Shop *shop = self->shops->pdata[i];

		if (shop->id == id)
			return shop->name;
	}
	return "";
}

const char *price_words_group_name(const PriceWords *self, int64_t id)
{
	for (guint i = 0; i < self->groups->len; i++) {
		const CustomerGroup *group = self->groups->pdata[i];

		if (group->id == id)
			return group->name;
	}
	return "";
}

/* --- amounts and moments ------------------------------------------------------------------- */

bool price_words_amount(PriceWords *self, const char *text, int64_t *ret, int *ret_status)
{
	Money amount;

	if (!money_parse_decimal(text, self->currency, &amount) || amount.minor < 0)
		return misuse(ret_status, _("“%s” is not an amount in this currency."), text);
	*ret = amount.minor;
	return true;
}

bool price_words_parse_time(PriceWords *self, const char *text, int64_t *ret)
{
	/* ISO 8601 wants seconds where people write none. */
	g_autofree char *full = strlen(text) == strlen("2026-12-01T08:00")
					? g_strconcat(text, ":00", NULL)
					: g_strdup(text);
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(full, self->zone);

	if (time == NULL)
		return false;
	*ret = g_date_time_to_unix(time) * G_USEC_PER_SEC;
	return true;
}

bool price_words_time(PriceWords *self, const char *text, int64_t *ret, int *ret_status)
{
	*ret = 0;
	return text == NULL || price_words_parse_time(self, text, ret) ||
	       misuse(ret_status, _("A moment is written like 2026-12-01T08:00, not “%s”."), text);
}

char *price_words_dup_amount(const PriceWords *self, int64_t amount)
{
	return money_dup_decimal((Money){ .minor = amount, .currency = self->currency });
}

char *price_words_dup_time(const PriceWords *self, int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) there = utc != NULL ? g_date_time_to_timezone(utc, self->zone) : NULL;

	return there != NULL ? g_date_time_format_iso8601(there) : g_strdup("");
}
