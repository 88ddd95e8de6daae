/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_commands.h"

#include <string.h>

#define ESC 0x1B
#define FS 0x1C
#define GS 0x1D

#define APPEND(ret, ...)                                                                           \
	append((ret), (const uint8_t[]){ __VA_ARGS__ }, sizeof(uint8_t[]){ __VA_ARGS__ })

static void append(GByteArray *ret, const uint8_t *bytes, size_t len)
{
	g_byte_array_append(ret, bytes, (guint)len);
}

static uint8_t low(size_t number)
{
	return number & 0xFF;
}

static uint8_t high(size_t number)
{
	return number >> 8 & 0xFF;
}

void escpos_append_init(GByteArray *ret, uint8_t page)
{
	APPEND(ret, ESC, 0x40, FS, 0x2E, ESC, 0x52, 0x00);
	escpos_append_page(ret, page);
}

void escpos_append_page(GByteArray *ret, uint8_t page)
{
	APPEND(ret, ESC, 0x74, page);
}

void escpos_append_align(GByteArray *ret, PaperAlign align)
{
	APPEND(ret, ESC, 0x61, (uint8_t)align);
}

void escpos_append_bold(GByteArray *ret, bool bold)
{
	APPEND(ret, ESC, 0x45, bold);
}

void escpos_append_double(GByteArray *ret, bool doubled)
{
	APPEND(ret, GS, 0x21, doubled ? 0x11 : 0x00);
}

void escpos_append_feed(GByteArray *ret, int lines)
{
	APPEND(ret, ESC, 0x64, low((size_t)lines));
}

void escpos_append_cut(GByteArray *ret)
{
	APPEND(ret, GS, 0x56, 0x42, 0x00);
}

void escpos_append_bars(GByteArray *ret)
{
	APPEND(ret, GS, 0x68, ESCPOS_BAR_HEIGHT);
	APPEND(ret, GS, 0x77, ESCPOS_MODULE);
	APPEND(ret, GS, 0x48, 0x02);
	APPEND(ret, GS, 0x66, 0x00);
}

void escpos_append_barcode(GByteArray *ret, EscposBarcode kind, const uint8_t *data, size_t len)
{
	g_return_if_fail(len <= 0xFF);

	APPEND(ret, GS, 0x6B, (uint8_t)kind, (uint8_t)len);
	append(ret, data, len);
}

void escpos_append_code128(GByteArray *ret, const Code128 *code)
{
	g_autoptr(GByteArray) data = g_byte_array_new();

	code128_append_escpos(code, data);
	escpos_append_barcode(ret, ESCPOS_CODE128, data->data, data->len);
}

void escpos_append_qr(GByteArray *ret, const char *text, uint8_t module, EscposQrLevel level)
{
	size_t len = strlen(text);

	APPEND(ret, GS, 0x28, 0x6B, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00);
	APPEND(ret, GS, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x43, module);
	APPEND(ret, GS, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x45, (uint8_t)level);
	APPEND(ret, GS, 0x28, 0x6B, low(len + 3), high(len + 3), 0x31, 0x50, 0x30);
	append(ret, (const uint8_t *)text, len);
	APPEND(ret, GS, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x51, 0x30);
}

int escpos_qr_side(size_t len)
{
	/* ISO/IEC 18004, bytes of versions 1, 2 … at level M */
	static const uint16_t capacities[] = {
		14,  26,  42,  62,  84,	 106, 122, 152, 180, 213, 251, 287,  331,  362,
		412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997, 1059, 1125, 1190,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(capacities); i++) {
		if (len <= capacities[i])
			return 21 + 4 * (int)i;
	}
	return 0;
}

void escpos_append_raster(GByteArray *ret, const Bitmap *bitmap)
{
	size_t x = (size_t)bitmap->stride, y = (size_t)bitmap->height;

	APPEND(ret, GS, 0x76, 0x30, 0x00, low(x), high(x), low(y), high(y));
	append(ret, bitmap->data, x * y);
}

void escpos_append_graphics(GByteArray *ret, const Bitmap *bitmap)
{
	size_t x = (size_t)bitmap->stride, y = (size_t)bitmap->height, p = 10 + x * y;
	size_t dots = (size_t)bitmap->width;

	g_return_if_fail(p <= G_MAXUINT16);

	/* Store, once as wide and high, in colour 1; then print. */
	APPEND(ret, GS, 0x28, 0x4C, low(p), high(p), 0x30, 0x70, 0x30, 0x01, 0x01, 0x31);
	APPEND(ret, low(dots), high(dots), low(y), high(y));
	append(ret, bitmap->data, x * y);
	APPEND(ret, GS, 0x28, 0x4C, 0x02, 0x00, 0x30, 0x32);
}

void escpos_append_pulse(GByteArray *ret, int pin, int on_ms, int off_ms)
{
	int on = CLAMP(on_ms / 2, 1, 0xFF), off = CLAMP(off_ms / 2, on, 0xFF);

	if (escpos_is_trap((uint8_t)on, (uint8_t)off))
		off++;
	APPEND(ret, ESC, 0x70, (uint8_t)pin, (uint8_t)on, (uint8_t)off);
}

void escpos_append_process_id(GByteArray *ret, int id)
{
	char digits[8];

	g_snprintf(digits, sizeof digits, "%04d", id);
	APPEND(ret, GS, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30);
	append(ret, (const uint8_t *)digits, 4);
}

void escpos_append_reports(GByteArray *ret, bool on)
{
	APPEND(ret, GS, 0x61, on ? 0x0E : 0x00);
}

void escpos_append_paper_question(GByteArray *ret)
{
	APPEND(ret, GS, 0x72, 0x01);
}

gssize escpos_find_trap(const uint8_t *data, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++) {
		if (escpos_is_trap(data[i], data[i + 1]))
			return (gssize)i;
	}
	return -1;
}
