/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_plan.h"

#include <string.h>

static bool bad(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[fiscal] %s=%s is not known",
		    key, value);
	return false;
}

static bool parse_number(GHashTable *options, const char *key, guint64 max, guint64 *number,
			 GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	return value == NULL || g_ascii_string_to_unsigned(value, 10, 0, max, number, NULL) ||
	       bad(key, value, error);
}

/* Which of two words stands there; *ret stays where none does. */
static bool parse_choice(GHashTable *options, const char *key, const char *no, const char *yes,
			 bool *ret, GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	if (value == NULL)
		return true;
	if (strcmp(value, no) != 0 && strcmp(value, yes) != 0)
		return bad(key, value, error);
	*ret = strcmp(value, yes) == 0;
	return true;
}

static bool parse_all(GHashTable *options, ShtrihOptions *parsed, GError **error)
{
	guint64 password = parsed->password, tax_system = parsed->tax_system,
		currency = parsed->currency, details_s = (guint64)parsed->details_s;
	const char *letters = g_hash_table_lookup(options, "letters");

	if (!parse_number(options, "password", G_MAXUINT32, &password, error) ||
	    !parse_number(options, "tax_system", 32, &tax_system, error) ||
	    !parse_number(options, "currency", 999, &currency, error) ||
	    !parse_number(options, "details", G_MAXINT, &details_s, error) ||
	    !parse_choice(options, "vat", "bit", "ordinal", &parsed->vat_ordinal, error) ||
	    !parse_choice(options, "ffd", "1.05", "1.2", &parsed->ffd_1_2, error))
		return false;
	if (__builtin_popcountll(tax_system) != 1)
		return bad("tax_system", g_hash_table_lookup(options, "tax_system"), error);
	if (letters != NULL && !letter_map_parse(letters, &parsed->letters))
		return bad("letters", letters, error);
	parsed->details_s = (int)details_s;
	parsed->password = (uint32_t)password;
	parsed->tax_system = (uint8_t)tax_system;
	parsed->currency = (uint16_t)currency;
	return true;
}

static bool parse_timezone(GHashTable *options, ShtrihOptions *parsed, GError **error)
{
	const char *name = options != NULL ? g_hash_table_lookup(options, "timezone") : NULL;

	if (name == NULL)
		name = "Europe/Moscow";
	parsed->timezone = g_time_zone_new_identifier(name);
	return parsed->timezone != NULL || bad("timezone", name, error);
}

void shtrih_options_clear(ShtrihOptions *self)
{
	g_clear_pointer(&self->timezone, g_time_zone_unref);
}

bool shtrih_options_parse(GHashTable *options, ShtrihOptions *ret, GError **error)
{
	ShtrihOptions parsed = {
		.password = 30,
		.ffd_1_2 = true,
		.tax_system = 1,
		.currency = 643,
		.details_s = 60,
	};

	if ((options != NULL && !parse_all(options, &parsed, error)) ||
	    !parse_timezone(options, &parsed, error))
		return false;
	*ret = parsed;
	return true;
}
