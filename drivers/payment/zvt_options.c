/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt.h"

#include <string.h>

enum { MIN_TIMEOUT_S = 10, MAX_TIMEOUT_S = 900 };

static bool bad(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[payment] %s=%s is not known",
		    key, value);
	return false;
}

static bool parse_number(GHashTable *options, const char *key, unsigned base, guint64 least,
			 guint64 most, int *ret, GError **error)
{
	const char *value = g_hash_table_lookup(options, key);
	guint64 number;

	if (value == NULL)
		return true;
	if (!g_ascii_string_to_unsigned(value, base, least, most, &number, NULL))
		return bad(key, value, error);
	*ret = (int)number;
	return true;
}

static bool parse_password(GHashTable *options, uint8_t ret[static 3], GError **error)
{
	const char *value = g_hash_table_lookup(options, "password");

	if (value == NULL)
		return true;
	if (strlen(value) != 6 || strspn(value, "0123456789") != 6) {
		g_set_error_literal(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS,
				    "[payment] password must have six digits");
		return false;
	}
	zvt_bcd_write(g_ascii_strtoll(value, NULL, 10), 3, ret);
	return true;
}

static bool parse_framing(GHashTable *options, bool *ret, GError **error)
{
	const char *value = g_hash_table_lookup(options, "framing");

	if (value == NULL)
		return true;
	if (strcmp(value, "tcp") != 0 && strcmp(value, "serial") != 0)
		return bad("framing", value, error);
	*ret = strcmp(value, "serial") == 0;
	return true;
}

bool zvt_options_parse(GHashTable *options, const char *address, ZvtOptions *ret, GError **error)
{
	ZvtOptions parsed = {
		.serial = !g_str_has_prefix(address, "tcp:"),
		.currency = 978,
	};
	int config = 0xBE, timeout = 180;

	if (options != NULL &&
	    (!parse_number(options, "currency", 10, 1, 999, &parsed.currency, error) ||
	     !parse_number(options, "config", 16, 0, 0xFF, &config, error) ||
	     !parse_number(options, "timeout", 10, MIN_TIMEOUT_S, MAX_TIMEOUT_S, &timeout, error) ||
	     !parse_password(options, parsed.password, error) ||
	     !parse_framing(options, &parsed.serial, error)))
		return false;
	parsed.config = (uint8_t)config;
	parsed.timeout_ms = timeout * 1000;
	*ret = parsed;
	return true;
}
