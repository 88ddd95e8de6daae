/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/receipt_text.h"

#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

char *receipt_text_summary(const SessionView *view)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (view->totals.discount.minor != 0) {
		g_autofree char *discount = text_minus(view->totals.discount);

		/* Translators: discount of the whole receipt, an amount follows */
		g_string_append_printf(text, _("Discount %s"), discount);
	}
	for (guint i = 0; i < view->taxes->len; i++) {
		g_autofree char *tax = text_tax(&g_array_index(view->taxes, ReceiptTax, i));

		g_string_append_printf(text, "%s%s", text->len > 0 ? "   " : "", tax);
	}
	return g_string_free(g_steal_pointer(&text), false);
}

char *receipt_text_customer(const SessionView *view)
{
	static const char *const words[CUSTOMER_N] = {
		[CUSTOMER_CONTACT] = N_("Receipt to %s"),
		[CUSTOMER_TIN] = N_("Business %s"),
		[CUSTOMER_CONSUMER] = N_("Buyer %s"),
		[CUSTOMER_CARD] = N_("Customer %s"),
	};
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < CUSTOMER_N; i++) {
		if (*view->customer[i] == '\0')
			continue;
		g_string_append(text, text->len > 0 ? " · " : "");
		g_string_append_printf(text, _(words[i]), view->customer[i]);
	}
	return g_string_free(g_steal_pointer(&text), false);
}

char *receipt_text_place(const SessionView *view)
{
	if (!view->is_return)
		return g_strdup("");
	return g_strdup_printf(_("GOODS COME BACK · receipt %s"), view->origin);
}

char *receipt_text_held(const SessionView *view)
{
	g_autofree char *n = text_number(view->held->len);

	return view->held->len == 0 ? g_strdup("") : g_strdup_printf(_("Put aside: %s"), n);
}

char *receipt_text_give_back(const SessionView *view)
{
	g_autofree char *cash = text_money(view->give_back[TENDER_CASH]);
	g_autofree char *card = text_money(view->give_back[TENDER_CARD]);

	if (view->give_back[TENDER_CARD].minor == 0)
		return g_strdup_printf(_("To give back: cash %s"), cash);
	if (view->give_back[TENDER_CASH].minor == 0)
		return g_strdup_printf(_("To give back: card %s"), card);
	return g_strdup_printf(_("To give back: cash %s, card %s"), cash, card);
}

char *receipt_text_both_dues(const SessionView *view)
{
	g_autofree char *cash = text_money(view->totals.cash_due);
	g_autofree char *card = text_money(view->totals.due);

	return g_strdup_printf(_("Card %s · cash %s"), card, cash);
}
