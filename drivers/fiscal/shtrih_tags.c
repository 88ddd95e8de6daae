/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_maker.h"

#include <string.h>

/* Who sells, and who buys: tags of the whole document. */

#define TAG_CUSTOMER_CONTACT 1008
#define TAG_CASHIER 1021
#define TAG_CUSTOMER_TIN 1228
#define TAG_TEXT_MAX 64 /* of both texts */

bool shtrih_add_text_tag(ShtrihMaker *maker, uint16_t tag, const char *text)
{
	ShtrihBody body;
	uint8_t value[TAG_TEXT_MAX];
	size_t len = codepage_encode(CODEPAGE_CP866, &maker->options->letters, text, value,
				     sizeof value);
	g_autofree char *sent = NULL;

	if (len == 0)
		return false;
	shtrih_command_tlv(&body, SHTRIH_TLV, maker->options->password, tag, value, len);
	sent = codepage_decode(CODEPAGE_CP866, value, len);
	shtrih_add_step(maker, &body, g_strdup_printf("tag %d \"%s\"", tag, sent));
	return true;
}

void shtrih_add_cashier(ShtrihMaker *maker)
{
	if (maker->document->cashier != NULL)
		(void)shtrih_add_text_tag(maker, TAG_CASHIER, maker->document->cashier);
}

/* An address that is cut or changed is another person's. */
bool shtrih_add_contact(ShtrihMaker *maker, GError **error)
{
	const char *contact = maker->document->customer_contact;

	if (contact == NULL)
		return true;
	if (!g_str_is_ascii(contact) || strlen(contact) > TAG_TEXT_MAX ||
	    !shtrih_add_text_tag(maker, TAG_CUSTOMER_CONTACT, contact))
		return shtrih_refuse(error, "'%s' is no phone or mail", contact);
	return true;
}

/* Of a fixed length, as a taxpayer's number is everywhere in the format order. */
bool shtrih_add_tin(ShtrihMaker *maker, GError **error)
{
	const char *tin = maker->document->customer_tin;
	size_t len = tin != NULL ? strlen(tin) : 0;
	g_autofree char *padded = g_strdup_printf("%-12s", tin != NULL ? tin : "");

	if (tin == NULL)
		return true;
	if ((len != 10 && len != 12) || strspn(tin, "0123456789") != len ||
	    !shtrih_add_text_tag(maker, TAG_CUSTOMER_TIN, padded))
		return shtrih_refuse(error, "'%s' is no taxpayer's number", tin);
	return true;
}
