/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/display_cells.h"

#include <stdlib.h>
#include <string.h>

#define ESC 0x1B
#define GLYPH_ROWS 7
#define GLYPH_COLUMNS 5

/* --- private ROMs ----------------------------------------------------------------------------- */

/* From А to Я. */
#define N_CAPITALS 32
static const uint8_t tysso[N_CAPITALS] = {
	0x41, 0xA0, 0x42, 0xA1, 0xE0, 0x45, 0xA3, 0xA4, 0xA5, 0xA6, 0x4B,
	0xA7, 0x4D, 0x48, 0x4F, 0xA8, 0x50, 0x43, 0x54, 0xA9, 0xAA, 0x58,
	0xE1, 0xAB, 0xAC, 0xE2, 0xAD, 0xAE, 0x62, 0xAF, 0xB0, 0xB1,
};
static const uint8_t dpd201[N_CAPITALS] = {
	0x41, 0xB0, 0x42, 0xB1, 0xB2, 0x45, 0xB3, 0xB4, 0xB8, 0xB9, 0x4B,
	0xBA, 0x4D, 0x48, 0x4F, 0xBB, 0x50, 0x43, 0x54, 0xBC, 0xBF, 0x58,
	0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0x62, 0xC8, 0xC9, 0xCA,
};

/* No small letters, of no script: their cells are other signs. */
static int find_private(const uint8_t *capitals, gunichar character)
{
	gunichar capital = g_unichar_toupper(character);

	if (capital >= 0x0410 && capital < 0x0410 + N_CAPITALS)
		return capitals[capital - 0x0410];
	return codepage_find_near(CODEPAGE_ASCII, capital);
}

/* The cell that the ROM has for it, or -1. */
static int find_in_rom(DisplayRom rom, gunichar character)
{
	switch (rom) {
	case DISPLAY_ROM_TYSSO:
		return find_private(tysso, character);
	case DISPLAY_ROM_DPD201:
		return find_private(dpd201, character);
	case DISPLAY_ROM_CP866:
		return codepage_find_near(CODEPAGE_CP866, character);
	case DISPLAY_ROM_CP1251:
		return codepage_find_near(CODEPAGE_CP1251, character);
	default:
		return codepage_find_near(CODEPAGE_ASCII, character);
	}
}

/* --- drawn letters ---------------------------------------------------------------------------- */

/* Letters and signs of our countries that no ROM has. */
static const struct {
	gunichar character;
	const char *rows[GLYPH_ROWS];
} glyphs[] = {
	{ 0x04E8, { ".###.", "#...#", "#...#", "#####", "#...#", "#...#", ".###." } }, /* Ө */
	{ 0x04E9, { ".....", ".....", ".###.", "#...#", "#####", "#...#", ".###." } }, /* ө */
	{ 0x04AE, { "#...#", "#...#", ".#.#.", "..#..", "..#..", "..#..", "..#.." } }, /* Ү */
	{ 0x04AF, { ".....", ".....", "#...#", ".#.#.", "..#..", "..#..", "..#.." } }, /* ү */
	{ 0x20AE, { "#####", "..#..", ".###.", "..#..", ".###.", "..#..", "..#.." } }, /* ₮ */
	{ 0x20BD, { ".###.", ".#..#", ".#..#", ".###.", ".#...", "####.", ".#..." } }, /* ₽ */
};

/* Where they go: cells whose own signs no till shows (box drawing; letters of Serbian; what the
 * tables of the private ROMs leave free). */
static uint8_t first_glyph_cell(DisplayRom rom)
{
	switch (rom) {
	case DISPLAY_ROM_CP1251:
		return 0x8A;
	case DISPLAY_ROM_TYSSO:
	case DISPLAY_ROM_DPD201:
		return 0xF0;
	default:
		return 0xB0;
	}
}

/* The highest bit on top, as in the makers' printers; the display's manuals leave it open. */
static uint8_t glyph_column(size_t glyph, int column)
{
	uint8_t bits = 0;

	for (int row = 0; row < GLYPH_ROWS; row++) {
		if (glyphs[glyph].rows[row][column] == '#')
			bits |= (uint8_t)(0x80 >> row);
	}
	return bits;
}

void display_append(GByteArray *bytes, const uint8_t *data, size_t len)
{
	g_byte_array_append(bytes, data, (guint)len);
}

void display_append_byte(GByteArray *bytes, uint8_t byte)
{
	g_byte_array_append(bytes, &byte, 1);
}

void display_cells_append_glyphs(const DisplayCells *self, GByteArray *bytes)
{
	static const uint8_t define[] = { ESC, 0x26, 0x01 }, use[] = { ESC, 0x25, 0x01 };
	uint8_t first = first_glyph_cell(self->rom);

	if (!self->glyphs)
		return;
	display_append(bytes, define, sizeof define);
	display_append_byte(bytes, first);
	display_append_byte(bytes, (uint8_t)(first + G_N_ELEMENTS(glyphs) - 1));
	for (size_t i = 0; i < G_N_ELEMENTS(glyphs); i++) {
		display_append_byte(bytes, GLYPH_COLUMNS);
		for (int column = 0; column < GLYPH_COLUMNS; column++)
			display_append_byte(bytes, glyph_column(i, column));
	}
	display_append(bytes, use, sizeof use);
}

/* --- cells ------------------------------------------------------------------------------------ */

/* The cell's byte, or -1. */
static int find_cell(const DisplayCells *self, gunichar character)
{
	uint8_t first = first_glyph_cell(self->rom);
	int found;

	if (!self->glyphs)
		return find_in_rom(self->rom, character);
	for (size_t i = 0; i < G_N_ELEMENTS(glyphs); i++) {
		if (glyphs[i].character == character)
			return first + (int)i;
	}
	found = find_in_rom(self->rom, character);
	return found >= first && found < first + (int)G_N_ELEMENTS(glyphs) ? -1 : found;
}

void display_cells_append(const DisplayCells *self, GByteArray *bytes, const char *text)
{
	g_autofree char *composed = codepage_compose(text);
	const char *rest = composed != NULL ? composed : text;

	for (int i = 0; i < DISPLAY_COLUMNS; i++) {
		gunichar character = ' ';
		int cell;

		if (rest != NULL)
			rest = codepage_next(rest, &character);
		if (rest == NULL)
			character = ' ';
		cell = find_cell(self, character);
		if (cell < 0)
			cell = find_cell(self, letter_map_find(&self->letters, character));
		display_append_byte(bytes, cell < 0 ? '?' : (uint8_t)cell);
	}
}

/* --- options ---------------------------------------------------------------------------------- */

bool display_bad_option(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[display] %s=%s is not known",
		    key, value);
	return false;
}

static const char *find_option(GHashTable *options, const char *key)
{
	return options != NULL ? g_hash_table_lookup(options, key) : NULL;
}

bool display_option_word(GHashTable *options, const char *key, const char *const *words,
			 int or_else, int *ret, GError **error)
{
	const char *value = find_option(options, key);

	*ret = or_else;
	if (value == NULL)
		return true;
	for (int i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], value) == 0) {
			*ret = i;
			return true;
		}
	}
	return display_bad_option(key, value, error);
}

bool display_option_byte(GHashTable *options, const char *key, int *ret, GError **error)
{
	const char *value = find_option(options, key);

	if (value == NULL)
		return true;
	if (strlen(value) != 2 || !g_ascii_isxdigit(value[0]) || !g_ascii_isxdigit(value[1]))
		return display_bad_option(key, value, error);
	*ret = g_ascii_xdigit_value(value[0]) << 4 | g_ascii_xdigit_value(value[1]);
	return true;
}

static bool parse_brightness(GHashTable *options, int *ret, GError **error)
{
	const char *value = find_option(options, "brightness");
	guint64 percent;

	if (value == NULL)
		return true;
	if (!g_ascii_string_to_unsigned(value, 10, 1, 100, &percent, NULL))
		return display_bad_option("brightness", value, error);
	*ret = (int)percent;
	return true;
}

bool display_cells_parse(DisplayCells *self, GHashTable *options, GError **error)
{
	static const char *const roms[] = {
		[DISPLAY_ROM_ASCII] = "ascii",	  [DISPLAY_ROM_CP866] = "cp866",
		[DISPLAY_ROM_CP1251] = "wcp1251", [DISPLAY_ROM_TYSSO] = "tysso",
		[DISPLAY_ROM_DPD201] = "dpd201",  [DISPLAY_ROM_N] = NULL
	};
	static const char *const no_yes[] = { "no", "yes", NULL };
	const char *letters = find_option(options, "letters");
	int rom, drawn;

	if (!display_option_word(options, "codepage", roms, self->rom, &rom, error) ||
	    !display_option_word(options, "glyphs", no_yes, self->glyphs, &drawn, error) ||
	    !parse_brightness(options, &self->brightness, error))
		return false;
	if (letters != NULL && !letter_map_parse(letters, &self->letters))
		return display_bad_option("letters", letters, error);
	self->rom = (DisplayRom)rom;
	self->glyphs = drawn == 1;
	return true;
}

uint8_t display_brightness_step(int percent)
{
	return (uint8_t)(CLAMP(percent, 1, 100) + 24) / 25;
}
