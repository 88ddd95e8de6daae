/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt.h"

#include <string.h>

enum { MIN_TIMEOUT_S = 10, MAX_TIMEOUT_S = 900, MIN_TIME_MS = 20 };

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

static bool parse_times(GHashTable *options, ZvtTimes *ret, GError **error)
{
	int seconds = 180;

	if (!parse_number(options, "timeout", 10, MIN_TIMEOUT_S, MAX_TIMEOUT_S, &seconds, error))
		return false;
	ret->t4 = seconds * 1000;
	return parse_number(options, "t1-ms", 10, MIN_TIME_MS, 10000, &ret->t1, error) &&
	       parse_number(options, "t2-ms", 10, MIN_TIME_MS, 60000, &ret->t2, error) &&
	       parse_number(options, "t3-ms", 10, MIN_TIME_MS, 60000, &ret->t3, error) &&
	       parse_number(options, "t4-ms", 10, MIN_TIME_MS, MAX_TIMEOUT_S * 1000, &ret->t4,
			    error);
}

bool zvt_options_parse(GHashTable *options, const char *address, ZvtOptions *ret, GError **error)
{
	ZvtOptions parsed = {
		.serial = !g_str_has_prefix(address, "tcp:"),
		.currency = 978,
		.times = { .t1 = 500, .t2 = 5000, .t3 = 5000, .t4 = 180000 },
	};
	int config = 0xBE;

	if (options != NULL &&
	    (!parse_number(options, "currency", 10, 1, 999, &parsed.currency, error) ||
	     !parse_number(options, "config", 16, 0, 0xFF, &config, error) ||
	     !parse_times(options, &parsed.times, error) ||
	     !parse_password(options, parsed.password, error) ||
	     !parse_framing(options, &parsed.serial, error)))
		return false;
	parsed.config = (uint8_t)config;
	*ret = parsed;
	return true;
}
