/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/cd5220_sim.h"

#include <string.h>

enum { UNREADABLE = 0x2592, FULL_BRIGHTNESS = 4 };

static void fill(gunichar *cells, int n)
{
	for (int i = 0; i < n; i++)
		cells[i] = ' ';
}

void cd5220_clear(Cd5220 *self)
{
	for (int row = 0; row < GLASS_ROWS; row++)
		fill(self->cells[row], GLASS_COLUMNS);
	self->row = self->column = 0;
	self->string_mode = false;
}

void cd5220_clear_row(Cd5220 *self)
{
	fill(self->cells[self->row], GLASS_COLUMNS);
	self->column = 0;
	self->string_mode = false;
}

void cd5220_reset(Cd5220 *self)
{
	cd5220_clear(self);
	self->mode = MODE_OVERWRITE;
	self->window_left = 0;
	self->window_right = GLASS_COLUMNS - 1;
	self->cursor = true;
	self->brightness = FULL_BRIGHTNESS;
	self->upper_half = "CP866"; /* the ROM of the Russian market */
	self->user_on = false;
}

gunichar cd5220_character(const Cd5220 *self, uint8_t byte)
{
	g_autofree char *text = NULL;

	if (self->user_on && self->user[byte] != 0)
		return self->user[byte];
	if (byte < 0x80)
		return byte < 0x20 || byte == 0x7F ? UNREADABLE : byte;
	if (self->upper_half == NULL)
		return UNREADABLE;
	text = g_convert((const char *)&byte, 1, "UTF-8", self->upper_half, NULL, NULL, NULL);
	return text != NULL ? g_utf8_get_char(text) : UNREADABLE;
}

static void next_row(Cd5220 *self)
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

static void scroll_window(Cd5220 *self)
{
	gunichar *cells = self->cells[self->row];
	size_t n = (size_t)(self->window_right - self->window_left);

	memmove(cells + self->window_left, cells + self->window_left + 1, n * sizeof(*cells));
	self->column = self->window_right;
}

/* The step behind the last cell is taken when the next character comes, or a full screen would
 * scroll away as it is finished. */
void cd5220_put(Cd5220 *self, uint8_t byte)
{
	if (self->mode == MODE_HORIZONTAL && self->column > self->window_right)
		scroll_window(self);
	else if (self->column >= GLASS_COLUMNS)
		next_row(self);
	self->cells[self->row][self->column++] = cd5220_character(self, byte);
}

void cd5220_put_row(Cd5220 *self, int row, const uint8_t *text, size_t len)
{
	fill(self->cells[row], GLASS_COLUMNS);
	for (size_t i = 0; i < MIN(len, GLASS_COLUMNS); i++)
		self->cells[row][i] = cd5220_character(self, text[i]);
}

void cd5220_flag(Cd5220 *self, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	sim_log_words(self->context->log, "FLAG: %s", text);
}

void cd5220_show(Cd5220 *self)
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
