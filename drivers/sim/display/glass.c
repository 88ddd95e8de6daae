/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/glass.h"

#include <string.h>

enum { UNREADABLE = 0x2592, FULL_BRIGHTNESS = 4 };

static void fill(gunichar *cells, int n)
{
	for (int i = 0; i < n; i++)
		cells[i] = ' ';
}

void glass_clear(Glass *self)
{
	for (int row = 0; row < GLASS_ROWS; row++)
		fill(self->cells[row], GLASS_COLUMNS);
	self->row = self->column = 0;
}

void glass_clear_row(Glass *self)
{
	fill(self->cells[self->row], GLASS_COLUMNS);
	self->column = 0;
}

void glass_cancel_window(Glass *self)
{
	self->window_left = 0;
	self->window_right = GLASS_COLUMNS - 1;
}

void glass_reset(Glass *self, const char *upper_half)
{
	glass_clear(self);
	glass_cancel_window(self);
	self->mode = MODE_OVERWRITE;
	self->cursor = true;
	self->brightness = FULL_BRIGHTNESS;
	self->upper_half = upper_half;
	self->user_on = false;
}

void glass_init(Glass *self, SimContext *context)
{
	self->context = context;
	self->command = g_byte_array_new();
}

void glass_finish(Glass *self)
{
	g_byte_array_unref(self->command);
}

gunichar glass_character(const Glass *self, uint8_t byte)
{
	g_autofree char *text = NULL;

	if (self->user_on && self->user[byte] != 0)
		return self->user[byte];
	if (byte < 0x80)
		return byte < 0x20 || byte == 0x7F ? UNREADABLE : byte;
	if (self->upper_half == NULL ||
	    sim_faults_setting(self->context->faults, GLASS_FAULT_KATAKANA, 0) != 0)
		return UNREADABLE;
	text = g_convert((const char *)&byte, 1, "UTF-8", self->upper_half, NULL, NULL, NULL);
	return text != NULL ? g_utf8_get_char(text) : UNREADABLE;
}

static void next_row(Glass *self)
{
	self->column = 0;
	if (self->row == 0) {
		self->row = 1;
	} else if (self->mode == MODE_OVERWRITE) {
		self->row = 0;
	} else {
		memcpy(self->cells[0], self->cells[1], sizeof(self->cells[0]));
		fill(self->cells[1], GLASS_COLUMNS);
	}
}

static void scroll_window(Glass *self)
{
	gunichar *cells = self->cells[self->row];
	size_t n = (size_t)(self->window_right - self->window_left);

	memmove(cells + self->window_left, cells + self->window_left + 1, n * sizeof(*cells));
	self->column = self->window_right;
}

/* As glass_character(), and says where the ROM has nothing like it. */
static gunichar draw(Glass *self, uint8_t byte)
{
	gunichar character = glass_character(self, byte);

	if (character == UNREADABLE && !(self->user_on && self->user[byte] != 0))
		glass_flag(self, "character %02X is not in the ROM", byte);
	return character;
}

/* The step behind the last cell is taken when the next character comes, or a full screen would
 * scroll away as it is finished. */
void glass_put(Glass *self, uint8_t byte)
{
	if (self->mode == MODE_HORIZONTAL && self->column > self->window_right)
		scroll_window(self);
	else if (self->column >= GLASS_COLUMNS)
		next_row(self);
	self->cells[self->row][self->column++] = draw(self, byte);
}

void glass_put_row(Glass *self, int row, const uint8_t *text, size_t len)
{
	fill(self->cells[row], GLASS_COLUMNS);
	for (size_t i = 0; i < MIN(len, GLASS_COLUMNS); i++)
		self->cells[row][i] = draw(self, text[i]);
}

void glass_flag(Glass *self, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	sim_log_words(self->context->log, "FLAG: %s", text);
}

void glass_show(Glass *self)
{
	if (memcmp(self->cells, self->shown, sizeof(self->cells)) == 0 &&
	    self->brightness == self->shown_brightness)
		return;
	memcpy(self->shown, self->cells, sizeof(self->cells));
	self->shown_brightness = self->brightness;
	sim_log_words(self->context->log, "the glass, brightness %d", self->brightness);
	for (int row = 0; row < GLASS_ROWS; row++) {
		g_autofree char *text =
			g_ucs4_to_utf8(self->cells[row], GLASS_COLUMNS, NULL, NULL, NULL);

		sim_log_glass(self->context->log, row + 1, text);
	}
}

static void down(Glass *self)
{
	int column = MIN(self->column, GLASS_COLUMNS - 1);

	if (self->row == 1 && self->mode != MODE_VERTICAL)
		self->row = 0;
	else
		next_row(self);
	self->column = column;
}

static void step(Glass *self, int by)
{
	int at = self->row * GLASS_COLUMNS + MIN(self->column, GLASS_COLUMNS - 1) + by;

	at = (at + GLASS_ROWS * GLASS_COLUMNS) % (GLASS_ROWS * GLASS_COLUMNS);
	self->row = at / GLASS_COLUMNS;
	self->column = at % GLASS_COLUMNS;
}

bool glass_move(Glass *self, char where)
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

bool glass_obey_control(Glass *self, const uint8_t *command)
{
	switch (command[0]) {
	case 0x0C:
		glass_clear(self);
		return true;
	case 0x18:
		glass_clear_row(self);
		return true;
	case 0x0B:
		return glass_move(self, 'H');
	case 0x0D:
		return glass_move(self, 'L');
	case 0x0A:
		return glass_move(self, 'B');
	case 0x08:
		return glass_move(self, 'D');
	case 0x09:
		return glass_move(self, 'C');
	case GLASS_US:
		return glass_move(self, command[1] == 0x0A   ? 'A'
					: command[1] == 0x0D ? 'R'
					: command[1] == 0x42 ? 'K'
							     : ' ');
	default:
		return false;
	}
}

void glass_set_position(Glass *self, int column, int row)
{
	if (column < 1 || column > GLASS_COLUMNS || row < 1 || row > GLASS_ROWS) {
		glass_flag(self, "no cell at column %d, row %d", column, row);
		return;
	}
	self->column = column - 1;
	self->row = row - 1;
}

void glass_set_window(Glass *self, int left, int right, int row)
{
	glass_cancel_window(self);
	if (left < 1 || right > GLASS_COLUMNS || left >= right || row < 1 || row > GLASS_ROWS) {
		glass_flag(self, "no window from column %d to %d in row %d", left, right, row);
		return;
	}
	self->window_left = left - 1;
	self->window_right = right - 1;
	glass_set_position(self, left, row);
}

void glass_set_brightness(Glass *self, int level)
{
	if (level >= 1 && level <= 4)
		self->brightness = level;
	else
		glass_flag(self, "there is no brightness %d", level);
}

void glass_set_cursor(Glass *self, uint8_t on)
{
	self->cursor = on == 1;
	if (on > 1)
		glass_flag(self, "the cursor is 0 or 1, not %d", on);
}
