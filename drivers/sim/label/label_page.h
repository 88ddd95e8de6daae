/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/label/label_press.h"
#include "drivers/sim/label/label_symbol.h"
#include "drivers/sim/label/label_text.h"

/* The label that is being made up: where things are put, and flagged where they do not belong. */
typedef struct {
	LabelPress *press; /* borrowed */
	LabelCanvas *canvas; /* owned */
	GArray *quiet; /* of LabelZone: what must stay white around codes */
} LabelPage;

void label_page_init(LabelPage *self, LabelPress *press, int width, int height);
void label_page_clear(LabelPage *self);
void label_page_resize(LabelPage *self, int width, int height); /* what is there stays */
void label_page_erase(LabelPage *self);
/* What is black where a reader needs white. */
void label_page_check(LabelPage *self);

/* §9: EAN 11 modules left and 7 right, QR 4, Data Matrix 1; Code 128 10. */
typedef enum {
	LABEL_CODE_NONE,
	LABEL_CODE_EAN,
	LABEL_CODE_128,
	LABEL_CODE_QR,
	LABEL_CODE_MATRIX,
	LABEL_CODE_N
} LabelCode;

typedef struct {
	const LabelCanvas *stamp;
	int x, y;
	int quarters; /* turned clockwise … */
	bool as_box; /* … and then its top left corner is put at x, y; else it turns about x, y */
	LabelInk ink;
	LabelCode code;
	int module; /* dots, of a code */
	size_t offset; /* of its command */
	const char *what;
} LabelPiece;
/* False where a part of it reached outside: flagged. */
bool label_page_put(LabelPage *self, const LabelPiece *piece);

/* Bytes of a host as UTF-8: flagged, and "?", where they are not of @charset. Own it. */
char *label_page_decode(LabelPage *self, const GByteArray *data, const char *charset,
			size_t offset);
/* A line in @font, with what it lacks flagged. */
LabelCanvas *label_page_text(LabelPage *self, const char *words, const LabelFont *font,
			     size_t offset);

/* The same wrapped into @block; flagged too where it does not fit. */
LabelCanvas *label_page_block(LabelPage *self, const char *words, const LabelFont *font,
			      const LabelBlock *block, size_t offset);

/* The modules of an EAN or UPC. @n digits in @data, or one more with the right check digit; *digits
 * are all of them. NULL where they are not: flagged. A wrong check digit is flagged and put right,
 * as printers do. Own both. */
char *label_page_ean(LabelPage *self, const GByteArray *data, guint n, size_t offset,
		     char **digits);
