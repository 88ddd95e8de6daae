/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/erpnet_plan.h"

#include "drivers/fiscal/service.h"

#include <string.h>

static bool parse_code(GHashTable *options, ErpnetOptions *parsed, GError **error)
{
	if (!service_option_text(options, "operator_code", parsed->code, sizeof parsed->code,
				 error))
		return false;
	for (size_t i = 0; i < 4; i++)
		if (!g_ascii_isalnum(parsed->code[i]))
			return service_option_bad("operator_code", parsed->code, error);
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

		if (!service_option_number(options, keys[i], 1, 8, &group, error))
			return false;
		parsed->groups[i] = (uint8_t)group;
	}
	return true;
}

static bool parse_all(GHashTable *options, ErpnetOptions *parsed, GError **error)
{
	guint64 currency = parsed->currency, wait = (guint64)parsed->wait_ms / 1000;

	if (!service_option_text(options, "printer", parsed->printer, sizeof parsed->printer,
				 error) ||
	    !service_option_text(options, "operator", parsed->operator, sizeof parsed->operator,
				 error) ||
	    !service_option_text(options, "operator_password", parsed->password,
				 sizeof parsed->password, error) ||
	    !parse_code(options, parsed, error) || !parse_groups(options, parsed, error) ||
	    !service_option_number(options, "currency", 0, 999, &currency, error) ||
	    !service_option_number(options, "wait", 1, 3600, &wait, error))
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
		return service_option_bad("timezone", zone, error);
	*ret = parsed;
	return true;
}

void erpnet_options_clear(ErpnetOptions *self)
{
	g_clear_pointer(&self->zone, g_time_zone_unref);
}
