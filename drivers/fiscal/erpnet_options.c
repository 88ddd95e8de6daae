/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/erpnet_plan.h"

#include "drivers/fiscal/service.h"

#include <string.h>

static bool bad(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[fiscal] %s=%s is not known",
		    key, value);
	return false;
}

static bool parse_number(GHashTable *options, const char *key, guint64 min, guint64 max,
			 guint64 *number, GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	return value == NULL || g_ascii_string_to_unsigned(value, 10, min, max, number, NULL) ||
	       bad(key, value, error);
}

static bool parse_text(GHashTable *options, const char *key, char *ret, size_t size, GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	if (value != NULL &&
	    (g_strlcpy(ret, value, size) >= size || !g_utf8_validate(value, -1, NULL)))
		return bad(key, value, error);
	return true;
}

static bool parse_code(GHashTable *options, ErpnetOptions *parsed, GError **error)
{
	if (!parse_text(options, "operator_code", parsed->code, sizeof parsed->code, error))
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!g_ascii_isalnum(parsed->code[i]))
			return bad("operator_code", parsed->code, error);
	return true;
}

static bool parse_groups(GHashTable *options, ErpnetOptions *parsed, GError **error)
{
	static const char *const keys[FISCAL_TAX_OTHER] = {
		[FISCAL_TAX_NONE] = "tax_none",
		[FISCAL_TAX_STANDARD] = "tax_standard",
		[FISCAL_TAX_REDUCED] = "tax_reduced",
		[FISCAL_TAX_ZERO] = "tax_zero",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		guint64 group = parsed->groups[i];

		if (!parse_number(options, keys[i], 1, 8, &group, error))
			return false;
		parsed->groups[i] = (uint8_t)group;
	}
	return true;
}

static bool parse_all(GHashTable *options, ErpnetOptions *parsed, GError **error)
{
	guint64 currency = parsed->currency, wait = (guint64)parsed->wait_ms / 1000;

	if (!parse_text(options, "printer", parsed->printer, sizeof parsed->printer, error) ||
	    !parse_text(options, "operator", parsed->operator, sizeof parsed->operator, error) ||
	    !parse_text(options, "operator_password", parsed->password, sizeof parsed->password,
			error) ||
	    !parse_code(options, parsed, error) || !parse_groups(options, parsed, error) ||
	    !parse_number(options, "currency", 0, 999, &currency, error) ||
	    !parse_number(options, "wait", 1, 3600, &wait, error))
		return false;
	parsed->currency = (uint16_t)currency;
	parsed->wait_ms = (int)wait * 1000;
	return true;
}

bool erpnet_options_parse(GHashTable *options, ErpnetOptions *ret, GError **error)
{
	ErpnetOptions parsed = {
		.code = "0001",
		.groups = { [FISCAL_TAX_NONE] = 1,
			    [FISCAL_TAX_STANDARD] = 2,
			    [FISCAL_TAX_REDUCED] = 4,
			    [FISCAL_TAX_ZERO] = 1 },
		.currency = 978,
		.wait_ms = 180000,
	};
	const char *zone = options != NULL ? g_hash_table_lookup(options, "timezone") : NULL;

	if (options != NULL && !parse_all(options, &parsed, error))
		return false;
	parsed.zone = service_zone_new(zone);
	if (parsed.zone == NULL)
		return bad("timezone", zone, error);
	*ret = parsed;
	return true;
}

void erpnet_options_clear(ErpnetOptions *self)
{
	g_clear_pointer(&self->zone, g_time_zone_unref);
}
