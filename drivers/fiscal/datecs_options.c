/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_link.h"
#include "drivers/fiscal/datecs_plan.h"

#include <string.h>

#define N_GROUPS 8

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

static bool parse_family(GHashTable *options, DatecsOptions *parsed, GError **error)
{
	const char *value = g_hash_table_lookup(options, "family");

	if (value == NULL)
		return true;
	if (strcmp(value, "p") != 0 && strcmp(value, "x") != 0)
		return bad("family", value, error);
	parsed->families = value[0] == 'p' ? DATECS_TRY_P : DATECS_TRY_X;
	return true;
}

static bool parse_digits(GHashTable *options, const char *key, size_t max, char *ret, size_t size,
			 GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	if (value == NULL)
		return true;
	if (value[0] == '\0' || strlen(value) > max || strspn(value, "0123456789") != strlen(value))
		return bad(key, value, error);
	g_strlcpy(ret, value, size);
	return true;
}

/* A to H, as the registrars' papers have them in Latin letters, or 1 to 8. The Cyrillic letters are
 * not taken: В is the third of them and looks like the second of the others. */
static bool parse_groups(GHashTable *options, DatecsOptions *parsed, GError **error)
{
	for (int tax = 0; tax <= FISCAL_TAX_OTHER; tax++) {
		g_autofree char *key = g_strconcat("tax_", fiscal_tax_code((FiscalTax)tax), NULL);
		const char *value = g_hash_table_lookup(options, key);

		if (value == NULL)
			continue;
		if (strlen(value) != 1)
			return bad(key, value, error);
		if (value[0] >= '1' && value[0] < '1' + N_GROUPS)
			parsed->groups[tax] = value[0] - '0';
		else if (g_ascii_toupper(value[0]) >= 'A' &&
			 g_ascii_toupper(value[0]) < 'A' + N_GROUPS)
			parsed->groups[tax] = g_ascii_toupper(value[0]) - 'A' + 1;
		else
			return bad(key, value, error);
	}
	return true;
}

static bool parse_identity(GHashTable *options, DatecsOptions *parsed, GError **error)
{
	const char *serial = g_hash_table_lookup(options, "serial");
	const char *unp = g_hash_table_lookup(options, "unp");

	if (serial != NULL && !datecs_is_serial(serial))
		return bad("serial", serial, error);
	if (serial != NULL)
		g_strlcpy(parsed->serial, serial, sizeof parsed->serial);
	if (unp != NULL && strcmp(unp, "yes") != 0 && strcmp(unp, "no") != 0)
		return bad("unp", unp, error);
	parsed->numbers_sales = unp == NULL || unp[0] == 'y';
	return parse_digits(options, "fiscal_memory", 8, parsed->memory, sizeof parsed->memory,
			    error);
}

static bool parse_shop(GHashTable *options, DatecsOptions *parsed, GError **error)
{
	guint64 currency = parsed->currency, department = 0;
	const char *letters = g_hash_table_lookup(options, "letters");
	const char *zone = g_hash_table_lookup(options, "timezone");

	if (!parse_number(options, "currency", 1, 999, &currency, error) ||
	    !parse_number(options, "department", 0, 99, &department, error))
		return false;
	if (letters != NULL && !letter_map_parse(letters, &parsed->letters))
		return bad("letters", letters, error);
	if (zone != NULL) {
		GTimeZone *named = g_time_zone_new_identifier(zone);

		if (named == NULL)
			return bad("timezone", zone, error);
		g_time_zone_unref(parsed->zone);
		parsed->zone = named;
	}
	parsed->currency = (uint16_t)currency;
	parsed->department = (int)department;
	return true;
}

static bool parse_operator(GHashTable *options, DatecsOptions *parsed, GError **error)
{
	guint64 operator_number = 1, till = 1;

	if (!parse_number(options, "operator", 1, 30, &operator_number, error) ||
	    !parse_number(options, "till", 1, 99999, &till, error))
		return false;
	g_snprintf(parsed->operator_number, sizeof parsed->operator_number, "%u",
		   (unsigned int)operator_number);
	g_snprintf(parsed->till, sizeof parsed->till, "%u", (unsigned int)till);
	return parse_digits(options, "operator_password", 8, parsed->operator_password,
			    sizeof parsed->operator_password, error);
}

static bool parse_all(GHashTable *options, DatecsOptions *parsed, GError **error)
{
	if (!parse_family(options, parsed, error) || !parse_operator(options, parsed, error) ||
	    !parse_groups(options, parsed, error) || !parse_identity(options, parsed, error) ||
	    !parse_shop(options, parsed, error))
		return false;
	if (parsed->department != 0 && parsed->families == DATECS_TRY_P)
		return bad("department", g_hash_table_lookup(options, "department"), error);
	return true;
}

bool datecs_options_parse(GHashTable *options, DatecsOptions *ret, GError **error)
{
	DatecsOptions parsed = {
		.families = DATECS_TRY_P | DATECS_TRY_X,
		.operator_number = "1",
		.operator_password = "0000",
		.till = "1",
		.groups = { [FISCAL_TAX_STANDARD] = 2,
			    [FISCAL_TAX_REDUCED] = 4,
			    [FISCAL_TAX_ZERO] = 1,
			    [FISCAL_TAX_NONE] = 1 },
		.numbers_sales = true,
		.zone = g_time_zone_new_local(),
		.currency = 978,
	};

	if (options != NULL && !parse_all(options, &parsed, error)) {
		g_time_zone_unref(parsed.zone);
		return false;
	}
	*ret = parsed;
	return true;
}

void datecs_options_clear(DatecsOptions *self)
{
	g_clear_pointer(&self->zone, g_time_zone_unref);
}
