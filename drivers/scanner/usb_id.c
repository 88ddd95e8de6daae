/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/source.h"

#include <string.h>

static bool parse_hex4(const char *text, uint16_t *ret)
{
	unsigned value = 0;

	for (int i = 0; i < 4; i++) {
		if (!g_ascii_isxdigit(text[i]))
			return false;
		value = value << 4 | (unsigned)g_ascii_xdigit_value(text[i]);
	}
	*ret = (uint16_t)value;
	return true;
}

bool scan_parse_usb_id(const char *text, uint16_t *ret_vendor, uint16_t *ret_product,
		       char **ret_serial)
{
	uint16_t vendor, product;

	if (!parse_hex4(text, &vendor) || text[4] != ':' || !parse_hex4(text + 5, &product))
		return false;
	if (text[9] != '\0' && (text[9] != ':' || text[10] == '\0'))
		return false;
	*ret_vendor = vendor;
	*ret_product = product;
	*ret_serial = text[9] == ':' ? g_strdup(text + 10) : NULL;
	return true;
}
