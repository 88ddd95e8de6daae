/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/cd5220_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { ESC = 0x1B, US = 0x1F, CR = 0x0D, CLEAR = 0x0C, CANCEL = 0x18 };
enum { MAX_STRING = 256, MORE = 0 };

/* ---- how long a command is */

static size_t length_of_definition(const uint8_t *command, size_t len)
{
	size_t at = 5;

	if (len < at)
		return MORE;
	for (int code = command[3]; code <= command[4]; code++) {
		if (len <= at)
			return MORE;
		at += 1 + (size_t)command[at];
	}
	return at;
}

static size_t length_of_string(const uint8_t *command, size_t len)
{
	if (len < 4)
		return MORE;
	return command[len - 1] == CR || len >= MAX_STRING ? len : MORE;
}

static size_t length_of_escape(const uint8_t *command, size_t len)
{
	switch (len < 2 ? 0 : command[1]) {
	case 0:
		return len < 2 ? MORE : 2;
	case 0x26:
		return length_of_definition(command, len);
	case 0x51:
		return length_of_string(command, len);
	case 0x57:
		return len < 3 ? MORE : command[2] == 1 ? 6 : 3;
	case 0x6C:
		return 4;
	case 0x5B:
	case 0x2A:
	case 0x5F:
	case 0x66:
	case 0x63:
	case 0x25:
	case 0x3F:
	case 0x73:
	case 0x64:
	case 0x3D:
		return 3;
	default:
		return 2;
	}
}

/* Whole length of the command that begins so, or MORE where that is not known yet. */
static size_t length_of(const uint8_t *command, size_t len)
{
	switch (command[0]) {
	case ESC:
		return length_of_escape(command, len);
	case US:
		return 2;
	default:
		return 1;
	}
}

/* ---- what commands do */

static void down(Cd5220 *self)
{
	int column = MIN(self->column, GLASS_COLUMNS - 1);

	if (self->row == 1 && self->mode == MODE_VERTICAL) {
		memcpy(self->cells[0], self->cells[1], sizeof(self->cells[0]));
		for (int i = 0; i < GLASS_COLUMNS; i++)
			self->cells[1][i] = ' ';
	} else {
		self->row = 1 - self->row;
	}
	self->column = column;
}

static void step(Cd5220 *self, int by)
{
	int at = self->row * GLASS_COLUMNS + MIN(self->column, GLASS_COLUMNS - 1) + by;

	at = (at + GLASS_ROWS * GLASS_COLUMNS) % (GLASS_ROWS * GLASS_COLUMNS);
	self->row = at / GLASS_COLUMNS;
	self->column = at % GLASS_COLUMNS;
}

/* One letter for each move; false: no such move. */
static bool move(Cd5220 *self, char where)
{
	switch (where) {
	case 'A':
		self->row = 1 - self->row;
		return true;
	case 'B':
		down(self);
		return true;
	case 'C':
		step(self, 1);
		return true;
	case 'D':
		step(self, -1);
		return true;
	case 'H':
		self->row = self->column = 0;
		return true;
	case 'K':
		self->row = 1;
		self->column = 0;
		return true;
	case 'L':
		self->column = 0;
		return true;
	case 'R':
		self->column = GLASS_COLUMNS - 1;
		return true;
	default:
		return false;
	}
}

static void set_position(Cd5220 *self, int column, int row)
{
	if (column < 1 || column > GLASS_COLUMNS || row < 1 || row > GLASS_ROWS) {
		cd5220_flag(self, "no cell at column %d, row %d", column, row);
		return;
	}
	self->column = column - 1;
	self->row = row - 1;
}

static void set_window(Cd5220 *self, const uint8_t *command)
{
	self->window_left = 0;
	self->window_right = GLASS_COLUMNS - 1;
	if (command[2] != 1)
		return;
	if (command[3] < 1 || command[4] > GLASS_COLUMNS || command[3] >= command[4] ||
	    command[5] < 1 || command[5] > GLASS_ROWS) {
		cd5220_flag(self, "no window from column %d to %d in row %d", command[3],
			    command[4], command[5]);
		return;
	}
	self->window_left = command[3] - 1;
	self->window_right = command[4] - 1;
	set_position(self, command[3], command[5]);
}

static void set_brightness(Cd5220 *self, int level)
{
	if (level >= 1 && level <= 4)
		self->brightness = level;
	else
		cd5220_flag(self, "there is no brightness %d", level);
}

static void set_upper_half(Cd5220 *self, uint8_t name)
{
	switch (name) {
	case 'R':
		self->upper_half = "CP866";
		break;
	case 'A':
		self->upper_half = "CP437";
		break;
	case 'L':
		self->upper_half = "CP852";
		break;
	case 'J':
		self->upper_half = NULL;
		break;
	default:
		cd5220_flag(self, "there is no character set %02X", name);
	}
}

/* A line as a whole: exactly the glass's width, and nothing in it but text. */
static void put_string(Cd5220 *self, const uint8_t *command, size_t len)
{
	const uint8_t *text = command + 3;
	size_t n = len - 3 - (command[len - 1] == CR ? 1 : 0);
	size_t most = command[2] == 'D' ? 2 * GLASS_COLUMNS : GLASS_COLUMNS;

	if (command[2] != 'A' && command[2] != 'B' && command[2] != 'D') {
		cd5220_flag(self, "there is no string command 1B 51 %02X", command[2]);
		return;
	}
	if (command[2] != 'D' && n != GLASS_COLUMNS)
		cd5220_flag(self, "the line has %zu cells, not %d", n, GLASS_COLUMNS);
	else if (n > most)
		cd5220_flag(self, "the line has %zu cells, more than %zu", n, most);
	for (size_t i = 0; i < n; i++)
		if (text[i] < 0x20 && !(self->user_on && self->user[text[i]] != 0))
			cd5220_flag(self, "control byte %02X within the text", text[i]);
	self->string_mode = true;
	cd5220_put_row(self, command[2] == 'B' ? 1 : 0, text, n);
}

static void define(Cd5220 *self, const uint8_t *command, size_t len)
{
	size_t at = 5;

	if (command[2] != 1 || command[3] > command[4])
		cd5220_flag(self, "a bad definition of characters");
	for (int code = command[3]; code <= command[4] && at < len; code++) {
		uint8_t columns[GLYPH_COLUMNS] = { 0 };
		size_t n = command[at];
		int wrong;

		if (n > GLYPH_COLUMNS || code < 0x20)
			cd5220_flag(self, "character %02X cannot have %zu columns", code, n);
		memcpy(columns, command + at + 1, MIN(n, GLYPH_COLUMNS));
		at += 1 + n;
		if (self->user[code] == 0 && self->n_user >= MAX_USER) {
			cd5220_flag(self, "no room for character %02X", code);
			continue;
		}
		self->n_user += self->user[code] == 0;
		self->user[code] = cd5220_glyph_read(columns, &wrong);
		sim_log_words(self->context->log,
			      "character %02X drawn: reads as U+%04X, %d dots off", code,
			      self->user[code], wrong);
	}
}

static void forget_character(Cd5220 *self, uint8_t code)
{
	self->n_user -= self->user[code] != 0;
	self->user[code] = 0;
}

/* Refused while the string commands have the glass, until it is cleared. */
static bool refused_in_string_mode(const uint8_t *command)
{
	switch (command[0]) {
	case CLEAR:
	case CANCEL:
		return false;
	case ESC:
		return memchr("\x5B\x6C\x11\x12\x13\x57\x2A\x5F", command[1], 8) != NULL;
	default:
		return true; /* moves of the cursor, and text that has no line */
	}
}

static void obey_escape(Cd5220 *self, const uint8_t *command, size_t len)
{
	switch (command[1]) {
	case 0x40:
		cd5220_reset(self);
		break;
	case 0x5B:
		if (!move(self, (char)command[2]))
			cd5220_flag(self, "unknown command 1B 5B %02X", command[2]);
		break;
	case 0x6C:
		set_position(self, command[2], command[3]);
		break;
	case 0x11:
	case 0x12:
	case 0x13:
		self->mode = (Cd5220Mode)(command[1] - 0x11);
		break;
	case 0x57:
		set_window(self, command);
		break;
	case 0x51:
		put_string(self, command, len);
		break;
	case 0x2A:
		set_brightness(self, command[2]);
		break;
	case 0x5F:
		self->cursor = command[2] == 1;
		if (command[2] > 1)
			cd5220_flag(self, "the cursor is 0 or 1, not %d", command[2]);
		break;
	case 0x66:
		if (strchr("AGIJUFSNWDELR", command[2]) == NULL || command[2] == 0)
			cd5220_flag(self, "there is no international set %02X", command[2]);
		break;
	case 0x63:
		set_upper_half(self, command[2]);
		break;
	case 0x26:
		define(self, command, len);
		break;
	case 0x25:
		self->user_on = command[2] == 1;
		break;
	case 0x3F:
		forget_character(self, command[2]);
		break;
	case 0x73:
	case 0x64: /* EEPROM: nothing on the glass */
		break;
	case 0x3D:
		self->asleep = (command[2] & 0x0F) == 1;
		break;
	default:
		cd5220_flag(self, "unknown command 1B %02X", command[1]);
	}
}

static void obey_control(Cd5220 *self, const uint8_t *command)
{
	switch (command[0]) {
	case CLEAR:
		cd5220_clear(self);
		break;
	case CANCEL:
		cd5220_clear_row(self);
		break;
	case 0x0B:
		move(self, 'H');
		break;
	case CR:
		move(self, 'L');
		break;
	case 0x0A:
		move(self, 'B');
		break;
	case 0x08:
		move(self, 'D');
		break;
	case 0x09:
		move(self, 'C');
		break;
	case US:
		if (command[1] == 0x40 || !move(self, command[1] == 0x0A   ? 'A'
						      : command[1] == 0x0D ? 'R'
						      : command[1] == 0x42 ? 'K'
									   : ' '))
			cd5220_flag(self, "unknown command 1F %02X", command[1]);
		break;
	default:
		cd5220_flag(self, "control byte %02X", command[0]);
	}
}

static void obey(Cd5220 *self, const uint8_t *command, size_t len)
{
	if (self->asleep && !(command[0] == ESC && command[1] == 0x3D))
		return;
	if (self->string_mode && refused_in_string_mode(command)) {
		cd5220_flag(self, "command %02X %02X refused in string mode", command[0],
			    len > 1 ? command[1] : 0);
		return;
	}
	if (command[0] == ESC)
		obey_escape(self, command, len);
	else if (command[0] < 0x20)
		obey_control(self, command);
	else
		cd5220_put(self, command[0]);
	/* A run of characters is one picture; a command is one each. */
	if (command[0] < 0x20)
		cd5220_show(self);
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Cd5220 *self = data;

	for (size_t i = 0; i < len; i++) {
		size_t whole;

		g_byte_array_append(self->command, bytes + i, 1);
		whole = length_of(self->command->data, self->command->len);
		if (whole == MORE || self->command->len < whole)
			continue;
		obey(self, self->command->data, self->command->len);
		g_byte_array_set_size(self->command, 0);
	}
	cd5220_show(self);
}

static void *start(SimContext *context, GError **error)
{
	Cd5220 *self = g_new0(Cd5220, 1);

	self->context = context;
	self->command = g_byte_array_new();
	cd5220_reset(self);
	cd5220_show(self);
	return self;
}

static void stop(void *data)
{
	Cd5220 *self = data;

	g_byte_array_unref(self->command);
	g_free(self);
}

const struct sim cd5220_sim = {
	.name = "display-cd5220",
	.summary = N_("customer display, two lines of twenty, CD5220 commands"),
	.start = start,
	.stop = stop,
	.receive = receive,
};
