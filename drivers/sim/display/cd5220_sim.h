/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"

/* A CD5220 pole display, inside (customer-display §2, §9). */
enum { GLASS_COLUMNS = 20, GLASS_ROWS = 2, GLYPH_COLUMNS = 5, GLYPH_ROWS = 7, MAX_USER = 16 };

/* What people would read in a 5x7 cell, found by its dots; U+2592 where it is like nothing we know.
 * @columns from left to right. Makers disagree which bit is the top one: all three ways are tried.
 */
gunichar cd5220_glyph_read(const uint8_t columns[GLYPH_COLUMNS], int *ret_wrong_dots);

typedef enum { MODE_OVERWRITE, MODE_VERTICAL, MODE_HORIZONTAL } Cd5220Mode;

typedef struct {
	SimContext *context; /* borrowed */

	gunichar cells[GLASS_ROWS][GLASS_COLUMNS];
	gunichar shown[GLASS_ROWS][GLASS_COLUMNS]; /* as last written to the log */
	int row, column; /* column 20: the next character wraps first */
	Cd5220Mode mode;
	int window_left, window_right; /* of horizontal scroll */
	bool string_mode;
	bool cursor;
	int brightness, shown_brightness;
	bool asleep; /* bytes are for the printer behind us */
	const char *upper_half; /* static; charset of 80..FF, NULL: katakana */

	bool user_on;
	int n_user;
	gunichar user[256]; /* 0: not defined */

	GByteArray *command; /* owned; what has come of it */
} Cd5220;

/* cd5220_glass.c: what moves on the glass. */
void cd5220_reset(Cd5220 *self);
void cd5220_clear(Cd5220 *self);
void cd5220_clear_row(Cd5220 *self);
void cd5220_put(Cd5220 *self, uint8_t byte);
void cd5220_put_row(Cd5220 *self, int row, const uint8_t *text, size_t len);
gunichar cd5220_character(const Cd5220 *self, uint8_t byte);
/* To the log, where something has changed. */
void cd5220_show(Cd5220 *self);
/* A mistake of the host, in the log: "FLAG: …". */
void cd5220_flag(Cd5220 *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
