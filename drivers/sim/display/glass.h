/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"

/* The glass of a pole display, two rows of twenty cells, whatever command set it obeys
 * (customer-display.md §9). */
enum { GLASS_COLUMNS = 20, GLASS_ROWS = 2, GLYPH_COLUMNS = 5, GLYPH_ROWS = 7, MAX_USER = 16 };

typedef enum { MODE_OVERWRITE, MODE_VERTICAL, MODE_HORIZONTAL } GlassMode;

/* Misbehaviour that all of them have; a display's table begins with these. `fault NAME` as in
 * sim_fault.h, N counts commands and characters. DSR held off is the cable's `deaf`, one lost byte
 * its `lose_in`, another port name its `unplug`. */
enum {
	GLASS_FAULT_WRONG_SET, /* it is set to other commands: theirs appear as text */
	GLASS_FAULT_COLD_RESET, /* power blinks: blank and deaf until it is initialised */
	GLASS_FAULT_KATAKANA, /* an Asian ROM: no letters of ours, whatever page is chosen */
	GLASS_FAULT_LOSE_EVERY,
	GLASS_FAULTS_N,
};
#define GLASS_FAULT_KINDS                                                                          \
	[GLASS_FAULT_WRONG_SET] = { "wrong_set",                                                   \
				    0,                                                             \
				    SIM_FOREVER,                                                   \
				    false,                                                         \
				    N_("set to another command set: bytes appear as text"),        \
				    true },                                                        \
	[GLASS_FAULT_COLD_RESET] = { "cold_reset", 0, 1, false,                                    \
				     N_("power blinks: blank until it is initialised") },          \
	[GLASS_FAULT_KATAKANA] = { "katakana", 1, SIM_FOREVER, false,                              \
				   N_("setting: a katakana ROM, without Cyrillic") },              \
	[GLASS_FAULT_LOSE_EVERY] = { "lose_every", 10, SIM_FOREVER, false,                         \
				     N_("setting: every VALUE-th byte is lost") }

typedef struct {
	SimContext *context; /* borrowed */

	gunichar cells[GLASS_ROWS][GLASS_COLUMNS];
	gunichar shown[GLASS_ROWS][GLASS_COLUMNS]; /* as last written to the log */
	int row, column; /* column 20: the next character wraps first */
	GlassMode mode;
	int window_left, window_right; /* of horizontal scroll */
	bool cursor;
	int brightness, shown_brightness;
	bool asleep; /* bytes are for the printer behind us */
	bool cold; /* after a power failure, not yet initialised */
	const char *upper_half; /* static; charset of 80..FF, NULL: katakana */

	bool user_on;
	int n_user;
	gunichar user[256]; /* 0: not defined */

	GByteArray *command; /* owned; what has come of it */
	unsigned n_bytes;
} Glass;

/* What a display understands. A command is told apart by its first bytes. */
enum { GLASS_MORE = 0, GLASS_ESC = 0x1B, GLASS_US = 0x1F };
typedef struct {
	/* Whole length of the command that begins so, or GLASS_MORE where that is not known yet. */
	size_t (*length_of)(const uint8_t *command, size_t len);
	/* One whole command, or a character. */
	void (*obey)(void *device, const uint8_t *command, size_t len);
	void (*reset)(void *device); /* as after power on */
	bool (*is_init)(const uint8_t *command, size_t len);
} GlassLanguage;

void glass_init(Glass *self, SimContext *context);
void glass_finish(Glass *self);
/* Bytes as they come, split anyhow. The caller's obey() draws. */
void glass_receive(Glass *self, const GlassLanguage *language, void *device, const uint8_t *bytes,
		   size_t len);

/* Blank, home, overwrite mode, full brightness, @upper_half. */
void glass_reset(Glass *self, const char *upper_half);
void glass_clear(Glass *self);
void glass_clear_row(Glass *self);
void glass_put(Glass *self, uint8_t byte);
void glass_put_row(Glass *self, int row, const uint8_t *text, size_t len);
gunichar glass_character(const Glass *self, uint8_t byte);
/* A Up, B Down, C Right, D Left, H Home, K last row, L left-most, R Right-most; false: no such
 * move. */
bool glass_move(Glass *self, char where);
/* 08 to 0D, 18, and 1F 0A, 1F 0D, 1F 42, which the families share; false: none of these. */
bool glass_obey_control(Glass *self, const uint8_t *command);
/* From 1, as the commands count. */
void glass_set_position(Glass *self, int column, int row);
void glass_set_window(Glass *self, int left, int right, int row);
void glass_cancel_window(Glass *self);
void glass_set_brightness(Glass *self, int level);
void glass_set_cursor(Glass *self, uint8_t on);

/* 1B 26 01 n m …, glass_user.c. */
size_t glass_length_of_definition(const uint8_t *command, size_t len);
void glass_define(Glass *self, const uint8_t *command, size_t len);
void glass_forget(Glass *self, uint8_t code);
/* What people would read in a 5x7 cell, found by its dots; U+2592 where it is like nothing we know.
 * @columns from left to right. Makers disagree which bit is the top one: all three ways are tried.
 */
gunichar glass_glyph_read(const uint8_t columns[GLYPH_COLUMNS], int *ret_wrong_dots);

/* To the log, where something has changed. */
void glass_show(Glass *self);
/* A mistake of the host, in the log: "FLAG: …". */
void glass_flag(Glass *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
