/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_options.h"

#include "drivers/device.h"
#include "drivers/printer/escpos_raster.h"

#include <string.h>

#define NONE (-1)
/* Dots of a column: narrower nobody reads, wider holds no font. */
#define CELL_MIN 8

/* Protocol page, 3.1: the numbers differ per family. What it says of QR codes, process ids and
 * cutters is cautious where makers' lists disagree [inf]: a picture or a plain question works
 * everywhere. */
typedef struct {
	const char *name;
	int cp866, cp1251, cp855; /* numbers in ESC t, or NONE */
	int dots, columns;
	bool qr, process_id, cutter;
} Profile;

static const Profile profiles[] = {
	{ "epson", 17, 46, 34, 576, 48, true, true, true },
	{ "pos58", 17, 73, 60, 384, 32, false, false, false },
	{ "kr306", 12, 51, 38, 576, 48, false, false, true },
	{ "yhd8390", 12, 18, NONE, 576, 48, false, false, true },
	{ "rp326", 7, 6, 28, 576, 48, false, false, true },
	{ "citizen", 7, NONE, NONE, 576, 48, true, false, true },
	{ "th230", 7, NONE, NONE, 576, 48, false, false, true },
	{ "tm88iii", 17, 6 /* [1] */, NONE, 512, 42, false, false, true },
	{ "star", 10, 34, 11, 576, 48, false, false, true },
};

/* Protocol page, 1.2. */
static const struct {
	int dots, columns;
} heads[] = { { 384, 32 }, { 420, 35 }, { 512, 42 }, { 546, 42 }, { 576, 48 } };

static bool bad(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[printer] %s=%s is not known",
		    key, value);
	return false;
}

/* *ret stays where the key is absent. */
static bool parse_number(GHashTable *options, const char *key, int min, int max, int *ret,
			 GError **error)
{
	const char *value = g_hash_table_lookup(options, key);
	guint64 number;

	if (value == NULL)
		return true;
	if (!g_ascii_string_to_unsigned(value, 10, (guint64)min, (guint64)max, &number, NULL))
		return bad(key, value, error);
	*ret = (int)number;
	return true;
}

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

static bool find_profile(GHashTable *options, const Profile **ret, GError **error)
{
	const char *name = g_hash_table_lookup(options, "profile");

	for (size_t i = 0; i < G_N_ELEMENTS(profiles); i++) {
		if (name == NULL || strcmp(profiles[i].name, name) == 0) {
			*ret = &profiles[i];
			return true;
		}
	}
	return bad("profile", name, error);
}

static bool parse_dots(GHashTable *options, EscposOptions *parsed, GError **error)
{
	const char *value = g_hash_table_lookup(options, "dots");
	int dots = 0;

	if (value == NULL)
		return true;
	if (!parse_number(options, "dots", 1, 9999, &dots, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(heads); i++) {
		if (heads[i].dots == dots) {
			parsed->dots = dots;
			parsed->columns = heads[i].columns;
			return true;
		}
	}
	return bad("dots", value, error);
}

/* 80 mm leaves the profile's head where that is one for 80 mm. */
static bool parse_width(GHashTable *options, EscposOptions *parsed, GError **error)
{
	bool narrow = parsed->dots < 512;

	if (!parse_choice(options, "width", "80", "58", &narrow, error))
		return false;
	if (narrow && parsed->dots >= 512) {
		parsed->dots = 384;
		parsed->columns = 32;
	} else if (!narrow && parsed->dots < 512) {
		parsed->dots = 576;
		parsed->columns = 48;
	}
	return parse_dots(options, parsed, error) &&
	       parse_number(options, "columns",
			    (parsed->dots + ESCPOS_CELL_MAX - 1) / ESCPOS_CELL_MAX,
			    parsed->dots / CELL_MIN, &parsed->columns, error);
}

static void add_page(EscposOptions *parsed, CodePage page, int number)
{
	if (number == NONE)
		return;
	parsed->pages[parsed->n_pages].page = page;
	parsed->pages[parsed->n_pages++].number = (uint8_t)number;
}

static bool parse_pages(GHashTable *options, const Profile *profile, EscposOptions *parsed,
			GError **error)
{
	const char *value = g_hash_table_lookup(options, "codepage");
	bool automatic = value == NULL || strcmp(value, "auto") == 0;

	if (automatic || strcmp(value, "cp866") == 0)
		add_page(parsed, CODEPAGE_CP866, profile->cp866);
	if (automatic || strcmp(value, "cp1251") == 0)
		add_page(parsed, CODEPAGE_CP1251, profile->cp1251);
	if (!automatic && strcmp(value, "cp855") == 0)
		add_page(parsed, CODEPAGE_CP855, profile->cp855);
	if (!automatic && strcmp(value, "ascii") == 0)
		add_page(parsed, CODEPAGE_ASCII, 0);
	return parsed->n_pages > 0 || strcmp(value, "raster") == 0 || bad("codepage", value, error);
}

static bool parse_process_id(GHashTable *options, EscposOptions *parsed, GError **error)
{
	const char *value = g_hash_table_lookup(options, "process-id");

	if (value == NULL || strcmp(value, "auto") == 0)
		return true;
	parsed->process_id = strcmp(value, "no") != 0;
	return !parsed->process_id ||
	       parse_number(options, "process-id", 1, 9999, &parsed->first_id, error);
}

static bool parse_all(GHashTable *options, const Profile *profile, EscposOptions *parsed,
		      GError **error)
{
	const char *letters = g_hash_table_lookup(options, "letters");

	if (letters != NULL && !letter_map_parse(letters, &parsed->letters))
		return bad("letters", letters, error);
	/* Pulses of up to 200 ms, against coils that burn. */
	return parse_width(options, parsed, error) &&
	       parse_pages(options, profile, parsed, error) &&
	       parse_choice(options, "qr", "raster", "native", &parsed->native_qr, error) &&
	       parse_choice(options, "barcode", "raster", "native", &parsed->native_bars, error) &&
	       parse_choice(options, "image", "raster", "graphics", &parsed->graphics, error) &&
	       parse_choice(options, "cutter", "no", "yes", &parsed->cutter, error) &&
	       parse_number(options, "drawer-pin", 0, 1, &parsed->drawer_pin, error) &&
	       parse_number(options, "drawer-on-ms", 2, 200, &parsed->drawer_on_ms, error) &&
	       parse_number(options, "drawer-off-ms", 2, 510, &parsed->drawer_off_ms, error) &&
	       parse_process_id(options, parsed, error);
}

bool escpos_options_parse(GHashTable *options, EscposOptions *ret, GError **error)
{
	g_autoptr(GHashTable) none = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTable *given = options != NULL ? options : none;
	const Profile *profile;
	EscposOptions parsed;

	if (!find_profile(given, &profile, error))
		return false;
	parsed = (EscposOptions){
		.dots = profile->dots,
		.columns = profile->columns,
		.native_qr = profile->qr,
		.native_bars = true,
		.cutter = profile->cutter,
		.process_id = profile->process_id,
		.drawer_on_ms = 50,
		.drawer_off_ms = 500,
	};
	if (!parse_all(given, profile, &parsed, error))
		return false;
	*ret = parsed;
	return true;
}
