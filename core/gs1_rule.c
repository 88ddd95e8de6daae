/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/gs1_rule.h"

#include "core/barcode.h"

#include <string.h>

#define TEXT(min, max) (min), (max), false, false, false
#define DIGITS(min, max) (min), (max), true, false, false
#define CHECKED(len) (len), (len), true, true, false
#define DATE 6, 6, true, false, true

/* scanner.md §6.3; what it leaves out is by its §6.2 of that length and any content. The first that
 * matches counts. Of check digits only a GTIN's is looked at: goods are found by it, and labels of
 * pallets with a wrong one are about (vector E4). */
static const Gs1Rule rules[] = {
	{ "00", DIGITS(18, 18) },
	{ "01", CHECKED(14) },
	{ "02", CHECKED(14) },
	{ "03", CHECKED(14) },
	{ "04", DIGITS(16, 16) },

	{ "10", TEXT(1, 20) },
	{ "11", DATE },
	{ "12", DATE },
	{ "13", DATE },
	{ "15", DATE },
	{ "16", DATE },
	{ "17", DATE },
	{ "1n", DIGITS(6, 6) },

	{ "20", DIGITS(2, 2) },
	{ "21", TEXT(1, 20) },
	{ "22", TEXT(1, 20) },
	{ "23n", TEXT(1, 28) },
	{ "240", TEXT(1, 30) },
	{ "241", TEXT(1, 30) },
	{ "242", DIGITS(1, 6) },
	{ "24n", TEXT(1, 30) },
	{ "254", TEXT(1, 20) },
	{ "25n", TEXT(1, 30) },

	{ "30", DIGITS(1, 8) },
	{ "37", DIGITS(1, 8) },
	{ "31nn", DIGITS(6, 6) },
	{ "32nn", DIGITS(6, 6) },
	{ "33nn", DIGITS(6, 6) },
	{ "34nn", DIGITS(6, 6) },
	{ "35nn", DIGITS(6, 6) },
	{ "36nn", DIGITS(6, 6) },
	{ "390n", DIGITS(1, 15) },
	{ "391n", DIGITS(4, 18) },
	{ "392n", DIGITS(1, 15) },
	{ "393n", DIGITS(4, 18) },
	{ "394n", DIGITS(4, 4) },
	{ "39nn", DIGITS(1, 18) },

	{ "402", DIGITS(17, 17) },
	{ "40n", TEXT(1, 30) },
	{ "41n", DIGITS(13, 13) },
	{ "420", TEXT(1, 20) },
	{ "421", TEXT(4, 12) },
	{ "422", DIGITS(3, 3) },
	{ "42n", TEXT(1, 30) },
	{ "43nn", TEXT(1, 90) },

	{ "7003", DIGITS(10, 10) },
	{ "70nn", TEXT(1, 90) },
	{ "71n", TEXT(1, 20) },
	{ "72nn", TEXT(1, 90) },

	{ "8005", DIGITS(6, 6) },
	{ "8006", DIGITS(18, 18) },
	{ "8008", DIGITS(8, 12) },
	{ "8018", DIGITS(18, 18) },
	{ "8020", TEXT(1, 25) },
	{ "80nn", TEXT(1, 90) },
	{ "81nn", TEXT(1, 90) },
	{ "82nn", TEXT(1, 90) },

	{ "9n", TEXT(1, 90) },
};

/* scanner.md §6.1, the left column. */
static const char *const predefined[] = { "00", "01", "02", "03", "04", "1n", "20",
					  "31", "32", "33", "34", "35", "36", "41" };

/* Does @text begin as @pattern says? */
static bool begins(const char *pattern, const char *text)
{
	for (; *pattern != '\0'; pattern++, text++)
		if (*pattern == 'n' ? !g_ascii_isdigit(*text) : *pattern != *text)
			return false;
	return true;
}

bool gs1_ai_matches(const char *pattern, const char *ai)
{
	return strlen(pattern) == strlen(ai) && begins(pattern, ai);
}

const Gs1Rule *gs1_rule_find(const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
		if (begins(rules[i].ai, text))
			return &rules[i];
	return NULL;
}

bool gs1_rule_is_predefined(const Gs1Rule *rule)
{
	if (g_str_equal(rule->ai, "10")) /* 11 to 19 are */
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(predefined); i++)
		if (begins(predefined[i], rule->ai) ||
		    (predefined[i][1] == 'n' && rule->ai[0] == predefined[i][0]))
			return true;
	return false;
}

bool gs1_rule_fits(const Gs1Rule *rule, const char *value, size_t len)
{
	if (len < rule->min || len > rule->max)
		return false;
	for (size_t i = 0; i < len; i++)
		if (rule->digits ? !g_ascii_isdigit(value[i])
				 : !g_ascii_isgraph(value[i]) || value[i] == '|' || value[i] == '~')
			return false;
	return !rule->checked || barcode_check_digit(value, len - 1) == value[len - 1] - '0';
}

static int two_digits(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

bool gs1_is_day(const char *value)
{
	int month = two_digits(value + 2), day = two_digits(value + 4);

	return month >= 1 && month <= 12 &&
	       day <= g_date_get_days_in_month((GDateMonth)month,
					       (GDateYear)(2000 + two_digits(value)));
}
