/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/cli/buying_words.h"

#include "base/language.h"

#include <glib/gi18n-lib.h>

void buying_words_clear(BuyingWords *self)
{
	g_free(self->dsn);
	g_free(self->shop_name);
	g_free(self->supplier_name);
	g_free(self->person_name);
	g_free(self->format);
	g_free(self->from);
	g_free(self->to);
	g_free(self->output);
	g_clear_pointer(&self->shop, shop_free);
	g_clear_pointer(&self->store, store_close);
}

static bool find_supplier(BuyingWords *self, int *ret_status)
{
	g_autoptr(GError) error = NULL;

	if (self->supplier_name == NULL)
		return true;
	if (!supplier_find(self->store, self->supplier_name, &self->supplier_id, &error)) {
		*ret_status = command_fail(error, self->dsn);
		return false;
	}
	if (self->supplier_id != 0)
		return true;
	error = g_error_new(DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
			    _("There is no supplier named “%s”."), self->supplier_name);
	*ret_status = command_fail(error, self->dsn);
	return false;
}

bool buying_words_open(BuyingWords *self, StoreFlags flags, bool needs_supplier, int *ret_status)
{
	g_autoptr(GError) error = NULL;

	if (needs_supplier && self->supplier_name == NULL) {
		*ret_status = command_misuse(_("Which supplier? Name him with --supplier."));
		return false;
	}
	self->style = language_number_style();
	self->all_shops = self->shop_name == NULL;
	self->store = command_open(self->dsn, flags, ret_status);
	if (self->store == NULL)
		return false;
	self->shop = shop_find(self->store, self->shop_name, &error);
	if (self->shop == NULL ||
	    !command_find_person(self->store, self->person_name, &self->person_id, &error)) {
		*ret_status = command_fail(error, self->dsn);
		return false;
	}
	return find_supplier(self, ret_status);
}

char *buying_words_dup_amount(const BuyingWords *self, int64_t minor)
{
	return money_dup_decimal((Money){ minor, self->shop->currency });
}
