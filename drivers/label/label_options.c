/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_printer.h"

#include <string.h>

enum { MAX_GAP_UM = 30000, MAX_STEP = 30 };

static bool bad(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS,
		    "the label printer's %s=%s is not known", key, value);
	return false;
}

/* The place of the option's word in @words, @ret as it was where there is no such option. */
static bool get_word(GHashTable *options, const char *key, const char *const *words, int *ret,
		     GError **error)
{
	const char *value = g_hash_table_lookup(options, key);

	if (value == NULL)
		return true;
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], value) == 0) {
			*ret = i;
			return true;
		}
	return bad(key, value, error);
}

static bool get_number(GHashTable *options, const char *key, int max, int *ret, GError **error)
{
	const char *value = g_hash_table_lookup(options, key);
	guint64 number;

	if (value == NULL)
		return true;
	if (!g_ascii_string_to_unsigned(value, 10, 0, (guint64)max, &number, NULL))
		return bad(key, value, error);
	*ret = (int)number;
	return true;
}

/* "2" or "2.5" millimetres. */
static bool get_gap(GHashTable *options, int *ret, GError **error)
{
	const char *value = g_hash_table_lookup(options, "gap"), *at = value;
	int um = 0, unit = 1000;

	if (value == NULL)
		return true;
	for (; g_ascii_isdigit(*at) && um <= MAX_GAP_UM; at++)
		um = um * 10 + (*at - '0') * unit;
	if (*at == '.')
		while (g_ascii_isdigit(*++at) && unit > 1)
			um += (*at - '0') * (unit /= 10);
	if (*at != '\0' || at == value || um > MAX_GAP_UM)
		return bad("gap", value, error);
	*ret = um;
	return true;
}

bool label_options_parse(GHashTable *options, LabelOptions *ret, GError **error)
{
	static const char *const dpis[] = { "203", "300", "600", NULL };
	static const int dpi_values[] = { 203, 300, 600 };
	static const char *const media[] = { "gap", "mark", "continuous", NULL };
	static const char *const cutters[] = { "off", "each", "batch", NULL };
	static const char *const texts[] = { "drawn", "native", NULL };
	static const char *const graphics[] = { "rows", "runs", "hex", NULL };
	int dpi = 0, medium = LABEL_MEDIA_GAP, cutter = -1, text = 0, packing = 0;

	*ret = (LabelOptions){ .gap_um = 2000, .speed = -1, .darkness = -1, .font = "Sans" };
	if (options != NULL && (!get_word(options, "dpi", dpis, &dpi, error) ||
				!get_word(options, "media", media, &medium, error) ||
				!get_word(options, "cutter", cutters, &cutter, error) ||
				!get_word(options, "text", texts, &text, error) ||
				!get_word(options, "graphics", graphics, &packing, error) ||
				!get_number(options, "speed", MAX_STEP, &ret->speed, error) ||
				!get_number(options, "darkness", MAX_STEP, &ret->darkness, error) ||
				!get_gap(options, &ret->gap_um, error)))
		return false;
	ret->dpi = dpi_values[dpi];
	ret->media = (LabelMedia)medium;
	ret->cutter_set = cutter >= 0;
	ret->cutter = (LabelCutter)MAX(cutter, 0);
	ret->native_text = text == 1;
	ret->graphics = (LabelGraphics)packing;
	if (options != NULL && g_hash_table_lookup(options, "font") != NULL)
		ret->font = g_hash_table_lookup(options, "font");
	return true;
}
