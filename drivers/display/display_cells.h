/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/codepage.h"
#include "drivers/display/display.h"

/* What the drivers of displays share: how text becomes twenty cells of a byte each, and the options
 * that say how (customer-display.md §6). */
typedef enum {
	DISPLAY_ROM_ASCII,
	DISPLAY_ROM_CP866,
	DISPLAY_ROM_CP1251,
	DISPLAY_ROM_TYSSO, /* private, capitals only; also Posiflex [1] */
	DISPLAY_ROM_DPD201, /* the same, Shtrih's [1] */
	DISPLAY_ROM_N,
} DisplayRom;

typedef struct {
	DisplayRom rom;
	LetterMap letters;
	bool glyphs; /* Ө ө Ү ү ₮ ₽ are drawn as user-defined characters */
	int brightness; /* percent, or 0: as it is */
} DisplayCells;

/* Every display's time limit for one screen, the whole of it. */
#define DISPLAY_TIMEOUT_MS 200

/* Those of @options that are there replace what *self has: codepage=ascii|cp866|wcp1251|tysso|
 * dpd201, glyphs=yes|no, letters=ӨО,ҮУ and brightness=1..100. @options may be NULL. */
bool display_cells_parse(DisplayCells *self, GHashTable *options, GError **error);
/* The place of @options' @key in @words, @or_else where it is not there. */
bool display_option_word(GHashTable *options, const char *key, const char *const *words,
			 int or_else, int *ret, GError **error);
/* Two hex digits; *ret stays where the key is not there. */
bool display_option_byte(GHashTable *options, const char *key, int *ret, GError **error);
bool display_bad_option(const char *key, const char *value, GError **error);

/* Exactly twenty cells, whatever the text: none of them is a control byte. */
void display_cells_append(const DisplayCells *self, GByteArray *bytes, const char *text);
/* The commands that draw the user-defined characters, or nothing. */
void display_cells_append_glyphs(const DisplayCells *self, GByteArray *bytes);

void display_append(GByteArray *bytes, const uint8_t *data, size_t len);
void display_append_byte(GByteArray *bytes, uint8_t byte);

/* UnifiedPOS: 1..25 percent is step 1 of 4, 26..50 step 2, and so on. */
uint8_t display_brightness_step(int percent);
