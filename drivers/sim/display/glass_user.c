/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/glass.h"

#include <string.h>

/* It ends where it cannot be right any more: what is behind a byte that the cable spoilt is taken
 * for what it says [inf], and the glass is not lost for forty thousand bytes. */
size_t glass_length_of_definition(const uint8_t *command, size_t len)
{
	size_t at = 5;

	if (len >= 3 && command[2] != 1)
		return 3;
	if (len < at)
		return GLASS_MORE;
	if (command[3] < 0x20)
		return at;
	for (int code = command[3]; code <= command[4]; code++) {
		if (len <= at)
			return GLASS_MORE;
		if (command[at] > GLYPH_COLUMNS)
			return at + 1;
		at += 1 + (size_t)command[at];
	}
	return at;
}

void glass_define(Glass *self, const uint8_t *command, size_t len)
{
	size_t at = 5;

	if (command[2] != 1 || command[3] < 0x20 || command[3] > command[4]) {
		glass_flag(self, "a bad definition of characters");
		return;
	}
	for (int code = command[3]; code <= command[4] && at < len; code++) {
		uint8_t columns[GLYPH_COLUMNS] = { 0 };
		size_t n = command[at];
		int wrong;

		if (n > GLYPH_COLUMNS) {
			glass_flag(self, "character %02X cannot have %zu columns", code, n);
			return;
		}
		memcpy(columns, command + at + 1, n);
		at += 1 + n;
		if (self->user[code] == 0 && self->n_user >= MAX_USER) {
			glass_flag(self, "no room for character %02X", code);
			continue;
		}
		self->n_user += self->user[code] == 0;
		self->user[code] = glass_glyph_read(columns, &wrong);
		sim_log_words(self->context->log,
			      "character %02X drawn: reads as U+%04X, %d dots off", code,
			      self->user[code], wrong);
	}
}

void glass_forget(Glass *self, uint8_t code)
{
	self->n_user -= self->user[code] != 0;
	self->user[code] = 0;
}
