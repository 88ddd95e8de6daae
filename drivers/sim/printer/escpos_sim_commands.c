/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>

enum { DEFAULT_SPACING = 30, DEFAULT_BAR_HEIGHT = 162, DEFAULT_MODULE = 3 };

static int word(const uint8_t *at)
{
	return at[0] | at[1] << 8;
}

void escpos_reset(Escpos *self)
{
	const SimFaults *faults = self->context->faults;

	escpos_forget_line(self);
	self->style = (EscposStyle){ .wide = 1, .high = 1 };
	self->align = ESCPOS_LEFT;
	self->line_spacing = DEFAULT_SPACING;
	self->left_margin = self->print_width = 0;
	self->code_page = sim_faults_setting(faults, ESCPOS_FAULT_START_PAGE, 0);
	self->international = 0;
	self->kanji = sim_faults_setting(faults, ESCPOS_FAULT_KANJI, 0) != 0;
	self->barcode = (EscposBarcode){ .height = DEFAULT_BAR_HEIGHT, .module = DEFAULT_MODULE };
	self->qr.module = 3;
	self->qr.level = 1;
	self->asb = 0;
}

/* What no printer of this kind knows: a clone prints it. */
static void unknown(Escpos *self, const uint8_t *command, size_t len)
{
	g_autoptr(GString) hex = g_string_new(NULL);

	for (size_t i = 0; i < MIN(len, 8); i++)
		g_string_append_printf(hex, " %02X", command[i]);
	escpos_flag(self, "unknown sequence%s", hex->str);
	if (self->clone == 0)
		return;
	for (size_t i = 1; i < len; i++)
		if (command[i] >= 0x20)
			escpos_put_byte(self, command[i]);
}

/* Is @n one of 0…@most, or the digit of one? */
static bool digit(Escpos *self, const uint8_t *command, int most, int *ret)
{
	int n = command[2] >= '0' ? command[2] - '0' : command[2];

	if (n > most) {
		escpos_flag(self, "%02X %02X takes no %02X", command[0], command[1], command[2]);
		return false;
	}
	*ret = n;
	return true;
}

static void set_align(Escpos *self, const uint8_t *command)
{
	int n;

	if (!digit(self, command, ESCPOS_RIGHT, &n))
		return;
	if (self->line->len > 0)
		escpos_flag(self, "alignment in the middle of a line is ignored");
	else
		self->align = (EscposAlign)n;
}

static void set_size(Escpos *self, uint8_t n)
{
	if ((n & 0x88) != 0) {
		escpos_flag(self, "there is no size %02X", n);
		return;
	}
	self->style.wide = (n >> 4) + 1;
	self->style.high = (n & 7) + 1;
}

static void set_mode(Escpos *self, uint8_t n)
{
	self->style.font_b = (n & 0x01) != 0;
	self->style.bold = (n & 0x08) != 0;
	self->style.high = (n & 0x10) != 0 ? 2 : 1;
	self->style.wide = (n & 0x20) != 0 ? 2 : 1;
	self->style.underline = (n & 0x80) != 0 ? 1 : 0;
}

static void set_page(Escpos *self, uint8_t n)
{
	if (escpos_has_page(self, n))
		self->code_page = n;
	else
		escpos_flag(self, "this printer has no code page %02X", n);
}

static void set_international(Escpos *self, uint8_t n)
{
	if (n > 17)
		escpos_flag(self, "there is no international set %02X", n);
	else
		self->international = n;
}

static void set_position(Escpos *self, int x)
{
	if (x > escpos_area(self))
		escpos_flag(self, "position %d is outside the line of %d dots", x,
			    escpos_area(self));
	else
		self->x = x;
}

static void set_margin(Escpos *self, int dots)
{
	if (self->line->len > 0 || dots >= self->dots)
		escpos_flag(self, "a left margin of %d dots is ignored", dots);
	else
		self->left_margin = dots;
}

static void set_width(Escpos *self, int dots)
{
	if (self->line->len > 0 || dots < ESCPOS_CELL)
		escpos_flag(self, "a print width of %d dots is ignored", dots);
	else
		self->print_width = dots;
}

static void kick(Escpos *self, const uint8_t *command)
{
	int pin, on = command[3] * 2, off = command[4] * 2;

	if (!digit(self, command, 1, &pin))
		return;
	if (off < on)
		escpos_flag(self, "a drawer pulse of %d ms with %d ms off", on, off);
	escpos_kick(self, pin, on, off);
}

static void cut(Escpos *self, const uint8_t *command)
{
	switch (command[2]) {
	case 0x00:
	case 0x30:
	case 0x01:
	case 0x31:
		escpos_cut(self, (command[2] & 1) != 0, -1);
		break;
	case 0x41:
	case 0x42:
		escpos_cut(self, command[2] == 0x42, command[3]);
		break;
	default:
		unknown(self, command, 3);
	}
}

/* Bytes that stand before the first one printed. */
static void feed_lines(Escpos *self, int n)
{
	if (self->line->len > 0) {
		escpos_line_feed(self);
		n--;
	}
	for (; n > 0; n--)
		escpos_line_feed(self);
}

static void feed_dots(Escpos *self, int n)
{
	int spacing = self->line_spacing;

	if (self->line->len == 0) {
		escpos_feed(self, n);
		return;
	}
	self->line_spacing = n;
	escpos_line_feed(self);
	self->line_spacing = spacing;
}

static void obey_escape(Escpos *self, const uint8_t *command, size_t len)
{
	int n;

	switch (command[1]) {
	case 0x40:
		if (self->line->len > 0)
			escpos_flag(self, "1B 40 throws an unprinted line away");
		escpos_reset(self);
		break;
	case 0x64:
		feed_lines(self, command[2]);
		break;
	case 0x4A:
		feed_dots(self, command[2]);
		break;
	case 0x32:
		self->line_spacing = DEFAULT_SPACING;
		break;
	case 0x33:
		self->line_spacing = command[2];
		break;
	case 0x61:
		set_align(self, command);
		break;
	case 0x45:
		self->style.bold = (command[2] & 1) != 0;
		break;
	case 0x2D:
		if (digit(self, command, 2, &n))
			self->style.underline = n;
		break;
	case 0x4D:
		if (digit(self, command, 2, &n))
			self->style.font_b = n != 0;
		break;
	case 0x21:
		set_mode(self, command[2]);
		break;
	case 0x20:
		self->style.spacing = command[2];
		break;
	case 0x24:
		set_position(self, word(command + 2));
		break;
	case 0x52:
		set_international(self, command[2]);
		break;
	case 0x74:
		set_page(self, command[2]);
		break;
	case 0x69:
	case 0x6D:
		escpos_cut(self, command[1] == 0x6D, -1);
		break;
	case 0x70:
		kick(self, command);
		break;
	case 0x2A:
		escpos_columns(self, command, len);
		break;
	default:
		unknown(self, command, len);
	}
}

static void obey_barcode(Escpos *self, const uint8_t *command, size_t len)
{
	int m = command[2];

	if (m <= 6)
		escpos_print_barcode(self, 0x41 + m, command + 3, len - 4);
	else if (m >= 0x41 && m <= 0x4A)
		escpos_print_barcode(self, m, command + 4, len - 4);
	else
		unknown(self, command, len);
}

static void set_in_range(Escpos *self, int n, int least, int most, int *ret)
{
	if (n < least || n > most)
		escpos_flag(self, "%02X %02X takes %d to %d, not %d", self->command->data[0],
			    self->command->data[1], least, most, n);
	else
		*ret = n;
}

static void obey_group(Escpos *self, const uint8_t *command, size_t len)
{
	int n;

	switch (command[1]) {
	case 0x42:
		self->style.reverse = (command[2] & 1) != 0;
		break;
	case 0x21:
		set_size(self, command[2]);
		break;
	case 0x4C:
		set_margin(self, word(command + 2));
		break;
	case 0x57:
		set_width(self, word(command + 2));
		break;
	case 0x56:
		cut(self, command);
		break;
	case 0x68:
		set_in_range(self, command[2], 1, 255, &self->barcode.height);
		break;
	case 0x77:
		set_in_range(self, command[2], 2, 6, &self->barcode.module);
		break;
	case 0x48:
		if (digit(self, command, 3, &n))
			self->barcode.hri = n;
		break;
	case 0x66:
		digit(self, command, 2, &n); /* one size of digits is enough for us */
		break;
	case 0x6B:
		obey_barcode(self, command, len);
		break;
	case 0x76:
		escpos_raster(self, command, len);
		break;
	case 0x61:
		escpos_set_asb(self, command[2]);
		break;
	case 0x72:
		escpos_answer_in_order(self, command[2]);
		break;
	case 0x49:
		escpos_identify(self, command[2]);
		break;
	case 0x28:
		if (self->clone >= 2)
			unknown(self, command, len);
		else
			escpos_group(self, command[2], command + 5, len - 5);
		break;
	case 0x38:
		if (command[2] == 0x4C && self->clone < 2)
			escpos_group(self, command[2], command + 7, len - 7);
		else
			unknown(self, command, len);
		break;
	default:
		unknown(self, command, len);
	}
}

static void obey_kanji(Escpos *self, const uint8_t *command, size_t len)
{
	if (command[1] == 0x26)
		self->kanji = true;
	else if (command[1] == 0x2E)
		self->kanji = false;
	else
		unknown(self, command, len);
}

static void vanish(Escpos *self, const uint8_t *pair)
{
	if (!self->vanished)
		escpos_flag(self, "%02X %02X is a pair in double-byte mode and vanishes", pair[0],
			    pair[1]);
	self->vanished = true;
}

void escpos_obey(Escpos *self, const uint8_t *command, size_t len)
{
	switch (command[0]) {
	case 0x1B:
		obey_escape(self, command, len);
		break;
	case 0x1D:
		obey_group(self, command, len);
		break;
	case 0x1C:
		obey_kanji(self, command, len);
		break;
	case 0x10: /* obeyed when it came */
		if (command[1] != 0x04 && command[1] != 0x05 && command[1] != 0x14)
			unknown(self, command, len);
		break;
	case 0x0A:
		escpos_line_feed(self);
		break;
	case 0x00: /* what a host that has lost its place fills up with (§1) */
	case 0x0D:
		break;
	default:
		if (command[0] < 0x20)
			unknown(self, command, len);
		else if (len == 2)
			vanish(self, command);
		else
			escpos_put_byte(self, command[0]);
	}
}
