/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/zpl_graphic.h"

#include <string.h>

enum { LEAST_RUN = 3, UNIT = 20, MAX_UNITS = 20 };

static char *hex_new(const uint8_t *bits, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";
	char *hex = g_malloc(2 * len + 1);

	for (size_t i = 0; i < len; i++) {
		hex[2 * i] = digits[bits[i] >> 4];
		hex[2 * i + 1] = digits[bits[i] & 0x0F];
	}
	hex[2 * len] = '\0';
	return hex;
}

/* g..z are 20..400 repeats, G..Y 1..19. */
static void put_count(GByteArray *ret, size_t n)
{
	while (n >= UNIT) {
		size_t units = MIN(n / UNIT, MAX_UNITS);

		label_put(ret, "%c", (char)('g' + units - 1));
		n -= units * UNIT;
	}
	if (n > 0)
		label_put(ret, "%c", (char)('G' + n - 1));
}

static void put_runs(GByteArray *ret, const char *hex, size_t len)
{
	for (size_t at = 0, n; at < len; at += n) {
		for (n = 1; at + n < len && hex[at + n] == hex[at]; n++)
			;
		if (n >= LEAST_RUN)
			put_count(ret, n);
		g_byte_array_append(ret, (const uint8_t *)hex + at, n >= LEAST_RUN ? 1 : (guint)n);
	}
}

/* How much of the row is left without the run of @digit at its end. */
static size_t without_end(const char *row, size_t len, char digit)
{
	while (len > 0 && row[len - 1] == digit)
		len--;
	return len;
}

static void put_row(GByteArray *ret, const char *row, const char *before, size_t len)
{
	size_t white = without_end(row, len, '0'), black = without_end(row, len, 'F');

	if (before != NULL && memcmp(row, before, len) == 0) {
		label_put(ret, ":");
		return;
	}
	put_runs(ret, row, MIN(white, black));
	if (white < len)
		label_put(ret, ",");
	else if (black < len)
		label_put(ret, "!");
}

void zpl_put_graphic(GByteArray *ret, const LabelBitmap *bitmap, LabelGraphics packing)
{
	size_t total = (size_t)bitmap->width_bytes * (size_t)bitmap->height;
	size_t row = 2 * (size_t)bitmap->width_bytes;
	g_autofree char *hex = hex_new(bitmap->bits, total);

	label_put(ret, "^GFA,%zu,%zu,%d,", total, total, bitmap->width_bytes);
	if (packing == LABEL_GRAPHICS_HEX)
		label_put(ret, "%s", hex);
	else if (packing == LABEL_GRAPHICS_RUNS)
		put_runs(ret, hex, 2 * total);
	for (size_t at = 0; packing == LABEL_GRAPHICS_ROWS && at < 2 * total; at += row)
		put_row(ret, hex + at, at > 0 ? hex + at - row : NULL, row);
	label_put(ret, "^FS\n");
}
