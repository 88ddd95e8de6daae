/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/glass.h"

/* Letters and signs that no display has in its ROM and shops need. Several drawings of one are
 * welcome: whoever drew the dots, a reader knows the letter. */
typedef struct {
	gunichar character;
	const char rows[GLYPH_ROWS][GLYPH_COLUMNS + 1];
} Glyph;

static const Glyph glyphs[] = {
	{ 0x04E8, { ".###.", "#...#", "#...#", "#####", "#...#", "#...#", ".###." } }, /* Ө */
	{ 0x04E9, { ".....", ".....", ".###.", "#...#", "#####", "#...#", ".###." } }, /* ө */
	{ 0x04E9, { ".....", ".###.", "#...#", "#####", "#...#", "#...#", ".###." } },
	{ 0x04AE, { "#...#", "#...#", ".#.#.", "..#..", "..#..", "..#..", "..#.." } }, /* Ү */
	{ 0x04AE, { "#...#", "#...#", "#...#", ".#.#.", "..#..", "..#..", "..#.." } },
	{ 0x04AF, { ".....", ".....", "#...#", "#...#", ".#.#.", "..#..", "..#.." } }, /* ү */
	{ 0x04AF, { ".....", ".....", "#...#", ".#.#.", "..#..", "..#..", "..#.." } },
	{ 0x20AE, { "#####", "..#..", "..###", "###..", "..###", "###..", "..#.." } }, /* ₮ */
	{ 0x20AE, { "#####", "..#..", ".###.", "..#..", ".###.", "..#..", "..#.." } },
	{ 0x20AE, { "#####", "..#.#", "..##.", ".##.#", "#.##.", ".##..", "#.#.." } },
	{ 0x20BD, { ".###.", ".#..#", ".#..#", "####.", ".#...", "####.", ".#..." } }, /* ₽ */
	{ 0x20BD, { ".####", ".#..#", ".#..#", ".####", "####.", ".#...", "###.." } },
	{ 0x20BD, { "####.", ".#..#", ".#..#", ".###.", "####.", ".#...", "###.." } },
};

/* More wrong dots than these, and a reader would not know it either. */
enum { MAX_WRONG_DOTS = 6, TOP_IS_BIT_0 = 0, TOP_IS_BIT_6, TOP_IS_BIT_7, N_ORDERS };

static bool dot(uint8_t column, int row, int order)
{
	int bit = order == TOP_IS_BIT_0 ? row : (order == TOP_IS_BIT_6 ? 6 : 7) - row;

	return column >> bit & 1;
}

static int wrong_dots(const Glyph *glyph, const uint8_t columns[GLYPH_COLUMNS], int order)
{
	int wrong = 0;

	for (int row = 0; row < GLYPH_ROWS; row++)
		for (int column = 0; column < GLYPH_COLUMNS; column++)
			wrong += dot(columns[column], row, order) !=
				 (glyph->rows[row][column] == '#');
	return wrong;
}

gunichar glass_glyph_read(const uint8_t columns[GLYPH_COLUMNS], int *ret_wrong_dots)
{
	gunichar best = 0x2592;
	int fewest = MAX_WRONG_DOTS + 1;

	for (size_t i = 0; i < G_N_ELEMENTS(glyphs); i++)
		for (int order = 0; order < N_ORDERS; order++) {
			int wrong = wrong_dots(&glyphs[i], columns, order);

			if (wrong >= fewest)
				continue;
			fewest = wrong;
			best = glyphs[i].character;
		}
	*ret_wrong_dots = fewest;
	return best;
}
