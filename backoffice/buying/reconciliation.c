/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/reconciliation.h"

#include "backoffice/people/shop.h"
#include "core/currency.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>

void reconciliation_free(Reconciliation *self)
{
	if (self == NULL)
		return;
	g_clear_pointer(&self->entries, g_ptr_array_unref);
	g_free(self->shop);
	g_free(self->supplier);
	g_free(self->tin);
	g_free(self);
}

static bool read_shop(Store *store, int64_t shop_id, Reconciliation *self, GError **error)
{
	g_autoptr(GPtrArray) shops = shop_list(store, error);

	for (guint i = 0; shops != NULL && i < shops->len; i++) {
		const Shop *shop = shops->pdata[i];

		if (i == 0 || shop->id == shop_id)
			self->currency = shop->currency;
		if (shop->id == shop_id)
			self->shop = g_strdup(shop->name);
	}
	if (self->shop == NULL)
		self->shop = g_strdup("");
	return shops != NULL;
}

/* Those before the period are in what it opens with. */
static void take_entries(Reconciliation *self, Settlement *account)
{
	while (account->entries->len > 0 &&
	       ((const SettlementEntry *)account->entries->pdata[0])->day < self->from)
		g_ptr_array_remove_index(account->entries, 0);
	self->entries = g_steal_pointer(&account->entries);
	account->entries = g_ptr_array_new();
	for (guint i = 0; i < self->entries->len; i++) {
		int64_t amount = ((const SettlementEntry *)self->entries->pdata[i])->amount;

		if (amount > 0)
			self->more += amount;
		else
			self->less -= amount;
	}
}

Reconciliation *reconciliation_new(Store *store, int64_t shop_id, int64_t supplier_id, int32_t from,
				   int32_t to, GError **error)
{
	g_autoptr(Reconciliation) self = g_new0(Reconciliation, 1);
	g_autoptr(Supplier) supplier = supplier_read(store, supplier_id, error);
	g_autoptr(Settlement) account = NULL;

	if (supplier == NULL || !read_shop(store, shop_id, self, error))
		return NULL;
	account = settlement_read(store, shop_id, supplier_id, to, error);
	if (account == NULL)
		return NULL;
	self->supplier = g_strdup(supplier->name);
	self->tin = g_strdup(supplier->tin);
	self->from = from;
	self->to = to;
	self->turnover = settlement_turnover(account, from, to);
	take_entries(self, account);
	return g_steal_pointer(&self);
}

char *reconciliation_dup_verdict(const Reconciliation *self, const NumberStyle *style)
{
	int64_t closing = self->turnover.closing;
	const char *shop = *self->shop != '\0' ? self->shop : _("all shops");
	g_autofree char *much =
		number_text_money(style, (Money){ ABS(closing), self->currency }, false);
	g_autofree char *day = g_strdup_printf("%04d-%02d-%02d", self->to / 10000,
					       self->to / 100 % 100, self->to % 100);
	const char *code = currency_by_number(self->currency)->code;

	if (closing == 0)
		/* Translators: a day. */
		return g_strdup_printf(_("As of %s neither side owes the other anything."), day);
	if (closing > 0)
		/* Translators: a day, who owes, whom, an amount and its currency. */
		return g_strdup_printf(_("As of %s, owed by %s to %s: %s %s."), day, shop,
				       self->supplier, much, code);
	return g_strdup_printf(_("As of %s, owed by %s to %s: %s %s."), day, self->supplier, shop,
			       much, code);
}
