/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/label/label_canvas.h"

/* The letters a printer's font has in its ROM. Ө, Ү and ₮ are in none of them. */
typedef enum {
	LABEL_GLYPHS_ASCII,
	LABEL_GLYPHS_CYRILLIC, /* and those of Russian */
	LABEL_GLYPHS_DIGITS, /* EPL's font 5: no small letters */
} LabelGlyphs;

typedef struct {
	int height; /* dots of a line */
	int cell; /* dots of every letter; 0: each as wide as it is */
	int stretch; /* percent of the natural width, where cell is 0 */
	LabelGlyphs glyphs;
} LabelFont;

typedef enum {
	LABEL_TEXT_LEFT,
	LABEL_TEXT_CENTRE,
	LABEL_TEXT_RIGHT,
	LABEL_TEXT_JUSTIFIED /* drawn as left */
} LabelTextAlign;

/* One line. What the font lacks is an empty box; *missing is how many there were. */
LabelCanvas *label_text_new(const char *text, const LabelFont *font, int *missing);
/* Wrapped at blanks into @width; "\n" breaks a line. *overflow: it did not fit, what is over is
 * left out. */
typedef struct {
	int width, max_lines, gap; /* dots between lines, may be negative */
	LabelTextAlign align;
} LabelBlock;
LabelCanvas *label_text_new_block(const char *text, const LabelFont *font, const LabelBlock *block,
				  int *missing, bool *overflow);

/* Bytes of a host as UTF-8; @charset as iconv names it. NULL where they are none of it. Own it. */
char *label_text_decode(const uint8_t *data, size_t len, const char *charset);
/* Has it letters of more than a byte, and all of them well-formed? */
bool label_text_looks_utf8(const uint8_t *data, size_t len);
