/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/glass.h"

#include <string.h>

size_t glass_length_of_definition(const uint8_t *command, size_t len)
{
	size_t at = 5;

	if (len < at)
		return GLASS_MORE;
	for (int code = command[3]; code <= command[4]; code++) {
		if (len <= at)
			return GLASS_MORE;
		at += 1 + (size_t)command[at];
	}
	return at;
}

void glass_define(Glass *self, const uint8_t *command, size_t len)
{
	size_t at = 5;

	if (command[2] != 1 || command[3] > command[4])
		glass_flag(self, "a bad definition of characters");
	for (int code = command[3]; code <= command[4] && at < len; code++) {
		uint8_t columns[GLYPH_COLUMNS] = { 0 };
		size_t n = command[at];
		int wrong;

		if (n > GLYPH_COLUMNS || code < 0x20)
			glass_flag(self, "character %02X cannot have %zu columns", code, n);
		memcpy(columns, command + at + 1, MIN(n, GLYPH_COLUMNS));
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
