/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>

/* Where no zero comes, a barcode of the old form ends itself. */
enum { MAX_OLD_BARCODE = 3 + 255 };

/* Bytes of 1B xx, 0 where it is no command. */
static const uint8_t escape_lengths[256] = {
	[0x40] = 2, [0x64] = 3, [0x4A] = 3, [0x32] = 2, [0x33] = 3, [0x61] = 3,
	[0x45] = 3, [0x2D] = 3, [0x4D] = 3, [0x21] = 3, [0x20] = 3, [0x24] = 4,
	[0x52] = 3, [0x74] = 3, [0x69] = 2, [0x6D] = 2, [0x70] = 5,
};

/* The same of 1D xx. */
static const uint8_t group_lengths[256] = {
	[0x42] = 3, [0x21] = 3, [0x4C] = 4, [0x57] = 4, [0x68] = 3, [0x77] = 3,
	[0x48] = 3, [0x66] = 3, [0x61] = 3, [0x72] = 3, [0x49] = 3,
};

static size_t word(const uint8_t *at)
{
	return at[0] | (size_t)at[1] << 8;
}

static size_t length_of_columns(const uint8_t *command, size_t len)
{
	if (len < 5)
		return ESCPOS_MORE;
	return 5 + word(command + 3) * (command[2] < 0x20 ? 1 : 3);
}

static size_t length_of_barcode(const uint8_t *command, size_t len)
{
	if (len < 3)
		return ESCPOS_MORE;
	if (command[2] <= 6)
		return (len > 3 && command[len - 1] == 0) || len >= MAX_OLD_BARCODE ? len
										    : ESCPOS_MORE;
	if (command[2] < 0x41 || command[2] > 0x4A)
		return 3;
	return len < 4 ? ESCPOS_MORE : 4 + (size_t)command[3];
}

static size_t length_of_group(const uint8_t *command, size_t len)
{
	switch (command[1]) {
	case 0x56:
		if (len < 3)
			return ESCPOS_MORE;
		return command[2] == 0x41 || command[2] == 0x42 ? 4 : 3;
	case 0x6B:
		return length_of_barcode(command, len);
	case 0x28:
		return len < 5 ? ESCPOS_MORE : 5 + word(command + 3);
	case 0x38:
		return len < 7 ? ESCPOS_MORE : 7 + (word(command + 3) | word(command + 5) << 16);
	case 0x76:
		if (len < 8)
			return ESCPOS_MORE;
		/* Sizes that no head has are no picture, and what follows is text [inf]: printers
		 * do not wait for gigabytes. */
		if (word(command + 4) > RASTER_MAX_BYTES || word(command + 6) > RASTER_MAX_ROWS)
			return 8;
		return 8 + word(command + 4) * word(command + 6);
	default:
		return MAX(group_lengths[command[1]], 2);
	}
}

static size_t length_of_real_time(const uint8_t *command, size_t len)
{
	switch (command[1]) {
	case 0x04:
	case 0x05:
		return 3;
	case 0x14:
		if (len < 3)
			return ESCPOS_MORE;
		return command[2] == 8 ? 10 : command[2] == 1 || command[2] == 2 ? 5 : 3;
	default:
		return 2;
	}
}

size_t escpos_length(const uint8_t *command, size_t len, bool kanji)
{
	bool leads = command[0] == 0x10 || command[0] == 0x1B || command[0] == 0x1C ||
		     command[0] == 0x1D;

	if (!leads)
		return kanji && command[0] >= 0x81 ? 2 : 1;
	if (len < 2)
		return ESCPOS_MORE;
	switch (command[0]) {
	case 0x10:
		return length_of_real_time(command, len);
	case 0x1C:
		if (command[1] == 0x28)
			return len < 5 ? ESCPOS_MORE : 5 + word(command + 3);
		return 2;
	case 0x1D:
		return length_of_group(command, len);
	default:
		if (command[1] == 0x2A)
			return length_of_columns(command, len);
		return MAX(escape_lengths[command[1]], 2);
	}
}

static bool is_real_time(const uint8_t *at, size_t len, bool pulse_disabled)
{
	if (len < 3 || at[0] != 0x10)
		return false;
	if (at[1] == 0x04)
		return at[2] >= 1 && at[2] <= 4;
	if (at[1] == 0x05)
		return at[2] <= 2;
	if (at[1] != 0x14 || len < 5)
		return false;
	return at[2] == 1 ? !pulse_disabled && at[3] <= 1 && at[4] >= 1 && at[4] <= 8
			  : at[2] == 8 && at[3] == 1 && at[4] == 3;
}

size_t escpos_sim_find_trap(const uint8_t *command, size_t len, bool pulse_disabled)
{
	if (command[0] == 0x10)
		return 0;
	for (size_t i = 2; i + 3 <= len; i++)
		if (is_real_time(command + i, len - i, pulse_disabled))
			return i;
	return 0;
}
