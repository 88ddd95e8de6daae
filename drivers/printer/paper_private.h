/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/paper.h"

#include <cairo.h>

/* For printer drivers: what stands on the paper, and how text falls into rows. */
typedef enum {
	BLOCK_TEXT,
	BLOCK_PAIR,
	BLOCK_RULE,
	BLOCK_FEED,
	BLOCK_EAN13,
	BLOCK_CODE128,
	BLOCK_QR,
	BLOCK_LOGO,
	BLOCK_CUT,
} BlockKind;

typedef struct {
	BlockKind kind;
	PaperAlign align;
	PaperStyle style;
	int lines; /* BLOCK_FEED */
	bool secret; /* wiped when it goes; not to be shown but on paper */

	/* owned */
	char *text; /* composed, without control characters but the newline; of a code: its data */
	char *right; /* BLOCK_PAIR */
	cairo_surface_t *logo;
} PaperBlock;

guint paper_get_n_blocks(const Paper *self);
const PaperBlock *paper_get_block(const Paper *self, guint i);

/* One row of a text or a pair. */
typedef struct {
	PaperAlign align;
	PaperStyle style;

	/* owned */
	char *left; /* the text; in a pair what stands at the left edge */
	char *right; /* at the right edge, or NULL */
} PaperLine;

/* The rows of a text or pair block on paper of @columns; of PaperLine. Own it. */
GPtrArray *paper_block_fold(const PaperBlock *block, int columns);
/* The row as one string, a pair filled with blanks up to @width cells. Own it. */
char *paper_line_dup_text(const PaperLine *line, int width);

/* How many cells of a printer's grid it takes: 2 for the wide letters of East Asia. */
int paper_char_cells(gunichar character);
int paper_text_cells(const char *text);
