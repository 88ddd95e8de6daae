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

static bool forget(Session *self)
{
	for (ReceiptCustomer kind = 0; kind < CUSTOMER_N; kind++)
		if (!receipt_set_customer(self->receipt, kind, "", NULL))
			return false;
	return true;
}

bool session_on_customer(Session *self, const SessionEvent *event)
{
	static const char *const codes[CUSTOMER_N] = { [CUSTOMER_CONTACT] = "customer-contact",
						       [CUSTOMER_TIN] = "customer-tin",
						       [CUSTOMER_CONSUMER] = "customer-consumer" };
	g_autofree char *text = g_strstrip(g_strdup(event->text != NULL ? event->text : ""));
	g_autoptr(GError) error = NULL;
	ReceiptCustomer kind;

	session_leave_paid(self);
	session_begin_receipt(self);
	if (*text == '\0')
		return forget(self) && session_save(self, 0);
	if (!find_kind(self->country, text, &kind))
		return session_refuse(self, "bad-customer", text, NULL);
	if (!receipt_set_customer(self->receipt, kind, text, &error))
		return session_refuse_receipt(self, error, text);
	if (!session_save(self, 0))
		return false;
	session_tell(self, codes[kind], text, NULL);
	return true;
}
