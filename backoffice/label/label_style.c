/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_style.h"

#include "base/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_BREAK_SPACE "\u00a0"

struct LabelStyle {
	const char *country; /* NULL: the office's language */
	const char *decimal, *day; /* day: "%1$04d…" of year, month, day of the month */
	const char *packed, *best_before; /* of a day as text */
	const char *units[UNIT_N];
};

#define DAY_FIRST "%3$02d.%2$02d.%1$04d"
#define YEAR_FIRST "%1$04d.%2$02d.%3$02d"
#define CYRILLIC_UNITS                                                                             \
	[UNIT_KILOGRAM] = "кг", [UNIT_GRAM] = "г", [UNIT_LITRE] = "л", [UNIT_MILLILITRE] = "мл",   \
	[UNIT_METRE] = "м"

static const LabelStyle styles[] = {
	{ .country = "ru",
	  .decimal = ",",
	  .day = DAY_FIRST,
	  .packed = "Упаковано: %s",
	  .best_before = "Годен до: %s",
	  .units = { CYRILLIC_UNITS, [UNIT_PIECE] = "шт", [UNIT_SQUARE_METRE] = "м²",
		     [UNIT_HOUR] = "ч" } },
	{ .country = "mn",
	  .decimal = ".",
	  .day = YEAR_FIRST,
	  .packed = "Савласан: %s",
	  .best_before = "Дуусах: %s",
	  .units = { CYRILLIC_UNITS, [UNIT_PIECE] = "ш", [UNIT_SQUARE_METRE] = "м²",
		     [UNIT_HOUR] = "цаг" } },
};
static const LabelStyle office = { .country = NULL };

const LabelStyle *label_style_find(const char *country)
{
	for (size_t i = 0; i < G_N_ELEMENTS(styles); i++)
		if (g_ascii_strcasecmp(styles[i].country, country) == 0)
			return &styles[i];
	return &office;
}

NumberStyle label_style_numbers(const LabelStyle *self)
{
	NumberStyle style = { .group = NO_BREAK_SPACE };

	if (self->country == NULL)
		return language_number_style();
	g_strlcpy(style.decimal, self->decimal, sizeof style.decimal);
	return style;
}

const char *label_style_unit(const LabelStyle *self, Unit unit)
{
	if (self->country == NULL)
		return language_unit_name(unit);
	return unit >= 0 && unit < UNIT_N && self->units[unit] != NULL ? self->units[unit] : "";
}

char *label_style_dup_day(const LabelStyle *self, int32_t day)
{
	const char *format = self->day != NULL ? self->day : "%1$04d-%2$02d-%3$02d";

	return day == 0 ? g_strdup("")
			: g_strdup_printf(format, day / 10000, day / 100 % 100, day % 100);
}

static char *dup_words(const LabelStyle *self, int32_t day, const char *format)
{
	g_autofree char *text = label_style_dup_day(self, day);

	return day == 0 ? g_strdup("") : g_strdup_printf(format, text);
}

char *label_style_dup_packed(const LabelStyle *self, int32_t day)
{
	return dup_words(self, day, self->packed != NULL ? self->packed : _("Packed: %s"));
}

char *label_style_dup_best_before(const LabelStyle *self, int32_t day)
{
	return dup_words(self, day,
			 self->best_before != NULL ? self->best_before : _("Best before: %s"));
}
