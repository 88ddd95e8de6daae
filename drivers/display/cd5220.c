/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/cd5220.h"

#include "drivers/codepage.h"

#include <string.h>

#define SHOW_TIMEOUT_MS 200
#define ESC 0x1B
#define CR 0x0D
#define CLEAR 0x0C
#define GLYPH_ROWS 7
#define GLYPH_COLUMNS 5

struct display {
	struct port *port; /* borrowed */
	CodePage page;
	LetterMap letters;
	bool glyphs;
};

/* Letters and signs of our countries that no code page of the family has. */
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

/* Where they go: cells whose own signs no till shows (box drawing; letters of Serbian). */
static uint8_t first_glyph_cell(CodePage page)
{
	return page == CODEPAGE_CP1251 ? 0x8A : 0xB0;
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

static void append_byte(GByteArray *bytes, uint8_t byte)
{
	g_byte_array_append(bytes, &byte, 1);
}

static void append_glyphs(GByteArray *bytes, CodePage page)
{
	static const uint8_t define[] = { ESC, 0x26, 0x01 }, use[] = { ESC, 0x25, 0x01 };
	uint8_t first = first_glyph_cell(page);

	g_byte_array_append(bytes, define, sizeof define);
	append_byte(bytes, first);
	append_byte(bytes, (uint8_t)(first + G_N_ELEMENTS(glyphs) - 1));
	for (size_t i = 0; i < G_N_ELEMENTS(glyphs); i++) {
		append_byte(bytes, GLYPH_COLUMNS);
		for (int column = 0; column < GLYPH_COLUMNS; column++)
			append_byte(bytes, glyph_column(i, column));
	}
	g_byte_array_append(bytes, use, sizeof use);
}

static bool start(struct display *self, GError **error)
{
	/* CR ends a line that a killed till left half sent, clear leaves string mode: else the rest
	 * would be shown as text, or ignored. */
	static const uint8_t init[] = { CR, CLEAR, ESC, 0x40, ESC, 0x5F, 0x00 };
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	g_byte_array_append(bytes, init, sizeof init);
	if (self->glyphs)
		append_glyphs(bytes, self->page);
	return port_write(self->port, bytes->data, bytes->len, SHOW_TIMEOUT_MS, error);
}

/* The place of @value in @words, or -1. */
static int find_word(const char *const *words, const char *value)
{
	for (int i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], value) == 0)
			return i;
	}
	return -1;
}

static bool bad_option(const char *key, const char *value, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "[display] %s=%s is not known",
		    key, value);
	return false;
}

static bool parse_options(struct display *self, GHashTable *options, GError **error)
{
	static const char *const pages[] = { [CODEPAGE_ASCII] = "ascii",
					     [CODEPAGE_CP866] = "cp866",
					     [CODEPAGE_CP1251] = "wcp1251",
					     [CODEPAGE_N] = NULL };
	static const char *const no_yes[] = { "no", "yes", NULL };
	const char *page = g_hash_table_lookup(options, "codepage");
	const char *drawn = g_hash_table_lookup(options, "glyphs");
	const char *letters = g_hash_table_lookup(options, "letters");

	if (page != NULL && find_word(pages, page) < 0)
		return bad_option("codepage", page, error);
	if (drawn != NULL && find_word(no_yes, drawn) < 0)
		return bad_option("glyphs", drawn, error);
	if (letters != NULL && !letter_map_parse(letters, &self->letters))
		return bad_option("letters", letters, error);
	if (page != NULL)
		self->page = (CodePage)find_word(pages, page);
	if (drawn != NULL)
		self->glyphs = find_word(no_yes, drawn) == 1;
	return true;
}

static struct display *open_cd5220(struct port *port, GHashTable *options, GError **error)
{
	struct display *self = g_new0(struct display, 1);

	port_set_class(port, "display");
	self->port = port;
	self->page = CODEPAGE_CP866;
	self->glyphs = true;
	if ((options == NULL || parse_options(self, options, error)) && start(self, error))
		return self;
	g_free(self);
	return NULL;
}

static void close_cd5220(struct display *self)
{
	g_free(self);
}

/* The cell's byte, or -1. */
static int find_cell(const struct display *self, gunichar character)
{
	uint8_t first = first_glyph_cell(self->page);
	int found;

	if (!self->glyphs)
		return codepage_find_near(self->page, character);
	for (size_t i = 0; i < G_N_ELEMENTS(glyphs); i++) {
		if (glyphs[i].character == character)
			return first + (int)i;
	}
	found = codepage_find_near(self->page, character);
	return found >= first && found < first + (int)G_N_ELEMENTS(glyphs) ? -1 : found;
}

/* Exactly twenty cells, whatever the text. */
static void append_line(const struct display *self, GByteArray *bytes, uint8_t row,
			const char *text)
{
	g_autofree char *composed = codepage_compose(text);
	const char *rest = composed != NULL ? composed : text;
	const uint8_t head[] = { ESC, 0x51, row };

	g_byte_array_append(bytes, head, sizeof head);
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
		append_byte(bytes, cell < 0 ? '?' : (uint8_t)cell);
	}
	append_byte(bytes, CR);
}

static bool show(struct display *self, const char *upper, const char *lower, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	append_line(self, bytes, 'A', upper);
	append_line(self, bytes, 'B', lower);
	return port_write(self->port, bytes->data, bytes->len, SHOW_TIMEOUT_MS, error);
}

const struct display_driver cd5220_driver = {
	.name = "cd5220",
	.open = open_cd5220,
	.close = close_cd5220,
	.show = show,
};
