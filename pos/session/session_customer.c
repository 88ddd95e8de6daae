/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include <string.h>

/* Who buys, where the country has a use for it: an electronic receipt, a business, a lottery. */

static bool is_phone(const char *text)
{
	size_t n = strspn(text + (*text == '+'), "0123456789");

	return n >= 7 && n <= 15 && text[(*text == '+') + n] == '\0';
}

static bool is_mail(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at > text && strchr(at + 1, '.') != NULL &&
	       strpbrk(text, " \t,;<>") == NULL;
}

static bool find_kind(const Country *country, const char *text, ReceiptCustomer *ret)
{
	if (country == NULL)
		return false;
	if (country->customer.tin_digits != 0 && country_takes_tin(country, text))
		*ret = CUSTOMER_TIN;
	else if (country->customer.consumer_digits != 0 && country_takes_consumer(country, text))
		*ret = CUSTOMER_CONSUMER;
	else if (country->customer.contact && (is_phone(text) || is_mail(text)))
		*ret = CUSTOMER_CONTACT;
	else
		return false;
	return true;
}

/* --- customers of the shop ---------------------------------------------------------------------
 */

void session_load_customer(Session *self)
{
	const char *code =
		self->receipt != NULL ? receipt_get_customer(self->receipt, CUSTOMER_CARD) : "";
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&self->customer, till_customer_free);
	if (*code != '\0' && !goods_find_customer(self->goods, code, &self->customer, &error))
		g_debug("customer: %s", error->message);
}

/* Prices are closed once payment has begun. */
static bool has_payments(const Session *self)
{
	return self->receipt != NULL && self->state != SESSION_PAID &&
	       receipt_get_n_payments(self->receipt) > 0;
}

/* The receipt is @customer's (NULL: nobody's), all its lines at their prices. Takes @customer. */
static bool set_card(Session *self, TillCustomer *customer)
{
	const char *code = customer != NULL ? customer->code : "";
	g_autoptr(GError) error = NULL, again = NULL;
	bool ok = receipt_set_customer(self->receipt, CUSTOMER_CARD, code, &error);

	till_customer_free(self->customer);
	self->customer = customer;
	ok = ok && session_price_anew(self, &error);
	if (ok)
		return session_save_all(self);
	if (!session_load_receipt(self, &again))
		g_debug("nor read back: %s", again->message);
	return session_refuse_receipt(self, error, NULL);
}

bool session_take_card(Session *self, const char *code, bool *ret_known)
{
	g_autoptr(TillCustomer) customer = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *name = NULL;

	*ret_known = false;
	if (!goods_find_customer(self->goods, code, &customer, &error))
		return session_refuse_store(self, error);
	if (customer == NULL)
		return true;
	*ret_known = true;
	if (session_is_return(self) && self->state != SESSION_PAID)
		return session_refuse(self, "return-only", NULL, NULL);
	if (has_payments(self))
		return session_refuse(self, "paying", NULL, NULL);
	session_begin_receipt(self);
	name = g_strdup(customer->name);
	if (!set_card(self, g_steal_pointer(&customer)))
		return false;
	session_display_total(self);
	session_tell(self, "customer-card", name, NULL);
	self->answer.sound = SESSION_SOUND_SCAN;
	return true;
}

/* --- who the law asks for ----------------------------------------------------------------------
 */

/* A card stays where the prices that it gave are being paid. */
static bool forget(Session *self)
{
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_CARD; kind++)
		if (!receipt_set_customer(self->receipt, kind, "", NULL))
			return false;
	if (has_payments(self) || session_is_return(self))
		return session_save(self, 0);
	return set_card(self, NULL);
}

bool session_on_customer(Session *self, const SessionEvent *event)
{
	static const char *const codes[CUSTOMER_N] = { [CUSTOMER_CONTACT] = "customer-contact",
						       [CUSTOMER_TIN] = "customer-tin",
						       [CUSTOMER_CONSUMER] = "customer-consumer" };
	g_autofree char *text = g_strstrip(g_strdup(event->text != NULL ? event->text : ""));
	g_autoptr(GError) error = NULL;
	ReceiptCustomer kind;
	bool is_card = false, done = *text == '\0' || session_take_card(self, text, &is_card);

	if (!done || is_card)
		return done;
	session_leave_paid(self);
	session_begin_receipt(self);
	if (*text == '\0')
		return forget(self);
	if (!find_kind(self->country, text, &kind))
		return session_refuse(self, "bad-customer", text, NULL);
	if (!receipt_set_customer(self->receipt, kind, text, &error))
		return session_refuse_receipt(self, error, text);
	if (!session_save(self, 0))
		return false;
	session_tell(self, codes[kind], text, NULL);
	return true;
}
