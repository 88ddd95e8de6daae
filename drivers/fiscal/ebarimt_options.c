/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt_plan.h"

#include <string.h>

static bool bad(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[fiscal] %s=%s is not known",
		    key, value);
	return false;
}

bool ebarimt_is_digits(const char *text, size_t min, size_t max)
{
	size_t len = strlen(text);

	return len >= min && len <= max && strspn(text, "0123456789") == len;
}

/* Lengths that a number may have: the shortest and the longest, and in between only where
 * @between. */
typedef struct {
	const char *key;
	size_t min, max;
	bool between, must;
} DigitsRule;

/* @ret holds @rule->max digits; it stays as it is where there are none. */
static bool parse_digits(GHashTable *options, const DigitsRule *rule, char *ret, GError **error)
{
	const char *value = g_hash_table_lookup(options, rule->key);
	size_t len;

	if (value == NULL && !rule->must)
		return true;
	if (value == NULL)
		return bad(rule->key, "", error);
	len = strlen(value);
	if (!ebarimt_is_digits(value, rule->min, rule->max) ||
	    (!rule->between && len != rule->min && len != rule->max))
		return bad(rule->key, value, error);
	memcpy(ret, value, len + 1);
	return true;
}

static bool parse_numbers(GHashTable *options, EbarimtOptions *parsed, GError **error)
{
	const struct {
		DigitsRule rule;
		char *into;
	} numbers[] = {
		{ { "merchant_tin", 11, 14, true, true }, parsed->merchant_tin },
		{ { "branch", 2, 3, true, false }, parsed->branch },
		{ { "pos", 3, 8, true, false }, parsed->pos },
		{ { "district", 4, 4, true, true }, parsed->district },
		{ { "classification", 7, 7, true, false }, parsed->classification },
		{ { "vat_free_code", 3, 7, false, false }, parsed->vat_free_code },
		{ { "vat_zero_code", 3, 7, false, false }, parsed->vat_zero_code },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (!parse_digits(options, &numbers[i].rule, numbers[i].into, error))
			return false;
	return true;
}

static bool parse_words(GHashTable *options, EbarimtOptions *parsed, GError **error)
{
	const char *word = g_hash_table_lookup(options, "no_vat_word");
	const char *payer = g_hash_table_lookup(options, "vat_payer");

	if (word != NULL && strcmp(word, "NO_VAT") != 0 && strcmp(word, "NOT_VAT") != 0)
		return bad("no_vat_word", word, error);
	if (payer != NULL && strcmp(payer, "yes") != 0 && strcmp(payer, "no") != 0)
		return bad("vat_payer", payer, error);
	if (word != NULL)
		g_strlcpy(parsed->no_vat_word, word, sizeof parsed->no_vat_word);
	parsed->vat_payer = payer == NULL || strcmp(payer, "yes") == 0;
	return true;
}

static bool parse_timezone(GHashTable *options, EbarimtOptions *parsed, GError **error)
{
	const char *name = g_hash_table_lookup(options, "timezone");

	if (name == NULL)
		name = "Asia/Ulaanbaatar";
	parsed->timezone = g_time_zone_new_identifier(name);
	return parsed->timezone != NULL || bad("timezone", name, error);
}

bool ebarimt_options_parse(GHashTable *options, EbarimtOptions *ret, GError **error)
{
	EbarimtOptions parsed = { .branch = "001", .pos = "001", .no_vat_word = "NO_VAT" };

	if (options == NULL)
		return bad("merchant_tin", "", error);
	if (!parse_numbers(options, &parsed, error) || !parse_words(options, &parsed, error) ||
	    !parse_timezone(options, &parsed, error))
		return false;
	*ret = parsed;
	return true;
}

void ebarimt_options_clear(EbarimtOptions *self)
{
	g_clear_pointer(&self->timezone, g_time_zone_unref);
}
