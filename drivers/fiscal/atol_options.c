/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_plan.h"

#include "drivers/fiscal/service.h"

#include <string.h>

/* By its word (3.1) or by the bit of tag 1055, as other registrars are told. */
static bool parse_taxation(GHashTable *options, const char **ret, GError **error)
{
	static const struct {
		const char *word, *bit;
	} systems[] = {
		{ "osn", "1" },	 { "usnIncome", "2" }, { "usnIncomeOutcome", "4" },
		{ "envd", "8" }, { "esn", "16" },      { "patent", "32" },
	};
	const char *value = g_hash_table_lookup(options, "tax_system");

	for (size_t i = 0; value != NULL && i < G_N_ELEMENTS(systems); i++) {
		if (strcmp(value, systems[i].word) == 0 || strcmp(value, systems[i].bit) == 0) {
			*ret = systems[i].word;
			return true;
		}
	}
	return value == NULL || service_option_bad("tax_system", value, error);
}

static bool parse_vatin(GHashTable *options, AtolOptions *parsed, GError **error)
{
	size_t len;

	if (!service_option_text(options, "operator_vatin", parsed->operator_vatin,
				 sizeof parsed->operator_vatin, error))
		return false;
	len = strlen(parsed->operator_vatin);
	return (len == 0 || (len == 12 && strspn(parsed->operator_vatin, "0123456789") == len)) ||
	       service_option_bad("operator_vatin", parsed->operator_vatin, error);
}

static bool parse_all(GHashTable *options, AtolOptions *parsed, GError **error)
{
	guint64 currency = parsed->currency, wait = (guint64)parsed->wait_ms / 1000;
	bool v2 = !parsed->v1;

	if (!service_option_choice(options, "api", "1", "2", &v2, error) ||
	    !service_option_choice(options, "ffd", "1.05", "1.2", &parsed->ffd_1_2, error) ||
	    !service_option_choice(options, "check_marks", "no", "yes", &parsed->checks_marks,
				   error) ||
	    !service_option_text(options, "device_id", parsed->device_id, sizeof parsed->device_id,
				 error) ||
	    !parse_vatin(options, parsed, error) ||
	    !parse_taxation(options, &parsed->taxation, error) ||
	    !service_option_number(options, "currency", 0, 999, &currency, error) ||
	    !service_option_number(options, "wait", 1, 3600, &wait, error))
		return false;
	parsed->v1 = !v2;
	parsed->currency = (uint16_t)currency;
	parsed->wait_ms = (int)wait * 1000;
	return true;
}

bool atol_options_parse(GHashTable *options, AtolOptions *ret, GError **error)
{
	AtolOptions parsed = {
		.taxation = "osn",
		.ffd_1_2 = true,
		.checks_marks = true,
		.currency = 643,
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

void atol_options_clear(AtolOptions *self)
{
	g_clear_pointer(&self->zone, g_time_zone_unref);
}
