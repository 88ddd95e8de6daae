/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/quantity.h"

#include "core/decimal.h"

#include <string.h>

#define QUANTITY_PLACES 6

char *quantity_dup_decimal(Quantity quantity)
{
	char *text = decimal_format(quantity.micro, QUANTITY_PLACES);
	size_t n = strlen(text);

	while (text[n - 1] == '0')
		n--;
	if (text[n - 1] == '.')
		n--;
	text[n] = '\0';
	return text;
}

bool quantity_parse_decimal(const char *text, Quantity *ret)
{
	g_return_val_if_fail(text != NULL, false);
	return decimal_parse(text, QUANTITY_PLACES, &ret->micro);
}

static const struct {
	const char *code;
	int ffd;
	/* what else lists of goods call it: lower case, without full stops */
	const char *names[24];
} units[UNIT_N] = {
	[UNIT_PIECE] = { "pcs", 0, { "шт",   "штука",	"штуки",  "штук",     "ш",	"ширхэг",
				     "ширх", "уп",	"упак",	  "упаковка", "пач",	"пачка",
				     "бут",  "бутылка", "банка",  "хайрцаг",  "боодол", "pc",
				     "pce",  "piece",	"pieces", "ea",	      "unit" } },
	[UNIT_KILOGRAM] = { "kg",
			    11,
			    { "кг", "килограмм", "килограм", "кило", "kgs", "kilo", "kgm" } },
	[UNIT_GRAM] = { "g", 10, { "г", "гр", "грамм", "gr", "gram", "grm" } },
	[UNIT_LITRE] = { "l", 41, { "л", "литр", "литров", "lt", "ltr", "litre", "liter" } },
	[UNIT_MILLILITRE] = { "ml", 40, { "мл", "миллилитр", "mlt" } },
	[UNIT_METRE] = { "m", 22, { "м", "метр", "пог м", "п м", "mtr", "metre", "meter" } },
	[UNIT_SQUARE_METRE] = { "m2", 32, { "м2", "м²", "m²", "кв м", "мкв", "sqm" } },
	[UNIT_HOUR] = { "h", 71, { "ч", "час", "цаг", "hr", "hour" } },
	[UNIT_OTHER] = { "other", 255, { NULL } },
};

const char *unit_code(Unit unit)
{
	g_return_val_if_fail(unit < UNIT_N, NULL);
	return units[unit].code;
}

int unit_ffd(Unit unit)
{
	g_return_val_if_fail(unit < UNIT_N, 255);
	return units[unit].ffd;
}

/* Lower case, full stops to blanks, blanks single and none at the ends. */
static char *dup_plain(const char *text)
{
	g_autofree char *lower = NULL;
	g_auto(GStrv) words = NULL;
	g_autoptr(GString) plain = g_string_new(NULL);

	lower = g_utf8_strdown(text, -1);
	words = g_strsplit_set(lower, " .\t", -1);
	for (int i = 0; words[i] != NULL; i++) {
		if (words[i][0] == '\0')
			continue;
		if (plain->len > 0)
			g_string_append_c(plain, ' ');
		g_string_append(plain, words[i]);
	}
	return g_strdup(plain->str);
}

static bool unit_is_called(Unit unit, const char *name)
{
	if (g_str_equal(units[unit].code, name))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(units[unit].names) && units[unit].names[i] != NULL; i++)
		if (g_str_equal(units[unit].names[i], name))
			return true;
	return false;
}

bool unit_parse(const char *text, Unit *ret)
{
	g_autofree char *name = NULL;

	*ret = UNIT_OTHER;
	if (!g_utf8_validate(text, -1, NULL))
		return false;
	name = dup_plain(text);
	if (name[0] == '\0') {
		*ret = UNIT_PIECE;
		return true;
	}
	for (Unit unit = 0; unit < UNIT_N; unit++) {
		if (unit_is_called(unit, name)) {
			*ret = unit;
			return true;
		}
	}
	return false;
}
