/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>
#include <zint.h>

/* m of form B (§2.4). */
enum {
	UPC_A = 0x41,
	UPC_E,
	EAN_13,
	EAN_8,
	CODE_39,
	INTERLEAVED,
	CODABAR,
	CODE_93,
	CODE_128,
	GS1_128
};
enum { SET_A = 'A', SET_B = 'B', SET_C = 'C', START_A = 103, FNC1 = 102, MAX_DATA = 255 };

static const char *const names[] = { "UPC-A", "UPC-E",	 "EAN13",  "EAN8",    "CODE39",
				     "ITF",   "CODABAR", "CODE93", "CODE128", "GS1-128" };

/* A symbol that was not accepted. Epson prints nothing, clones the bytes. */
static void refuse(Escpos *self, int symbology, const char *why, const uint8_t *data, size_t len)
{
	escpos_flag(self, "%s: %s", names[symbology - UPC_A], why);
	for (size_t i = 0; self->clone > 0 && i < len; i++)
		if (data[i] >= 0x20)
			escpos_put_byte(self, data[i]);
}

static bool fits(Escpos *self, int symbology, const char *bars)
{
	int width = (int)strlen(bars) * self->barcode.module;

	if (width <= escpos_area(self))
		return true;
	escpos_flag(self, "%s of %d dots on a line of %d: nothing is printed",
		    names[symbology - UPC_A], width, escpos_area(self));
	return false;
}

static int aligned(const Escpos *self, int width)
{
	int rest = escpos_area(self) - width;

	return self->left_margin + (self->align == ESCPOS_LEFT	   ? 0
				    : self->align == ESCPOS_CENTRE ? rest / 2
								   : rest);
}

static void draw(Escpos *self, const char *bars, const char *text)
{
	const EscposBarcode *style = &self->barcode;
	int width = (int)strlen(bars) * style->module, height = style->height;
	int above = (style->hri & 1) != 0 ? ESCPOS_CELL_HEIGHT : 0;
	int below = (style->hri & 2) != 0 ? ESCPOS_CELL_HEIGHT : 0;
	g_autofree uint8_t *dots = g_malloc((gsize)width * (gsize)height);

	for (int i = 0; i < width * height; i++)
		dots[i] = bars[i % width / style->module] == '1';
	if (above > 0)
		escpos_draw_text(self, text, aligned(self, width), width, 0);
	escpos_ink_block(self, width, height, dots, above);
	if (below > 0)
		escpos_draw_text(self, text, aligned(self, width), width, above + height);
	self->dots_since_ink -= below;
	escpos_feed(self, above + height + below);
}

static void print_bars(Escpos *self, int symbology, const char *bars, const char *text)
{
	g_autofree char *line = g_strdup_printf("[%s %s]", names[symbology - UPC_A], text);

	if (!fits(self, symbology, bars))
		return;
	escpos_end_line(self, "a barcode");
	sim_log_paper(self->context->log, line);
	draw(self, bars, text);
}

/* ---- EAN and UPC */

static char check_digit(const char *digits, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (digits[n - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
	return (char)('0' + (10 - sum % 10) % 10);
}

static void print_ean(Escpos *self, int symbology, const uint8_t *data, size_t len)
{
	size_t body = symbology == EAN_13 ? 12 : symbology == EAN_8 ? 7 : 11;
	g_autofree char *bars = NULL;
	char digits[16] = { '0' }, *text = symbology == UPC_A ? digits + 1 : digits;

	if (len != body && len != body + 1) {
		refuse(self, symbology, "the wrong number of digits", data, len);
		return;
	}
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_isdigit(data[i])) {
			refuse(self, symbology, "not a digit", data, len);
			return;
		}
	memcpy(text, data, body);
	text[body] = check_digit(text, body);
	if (len == body + 1 && (char)data[body] != text[body]) {
		refuse(self, symbology, "a wrong check digit", data, len);
		return;
	}
	bars = escpos_ean_bars(digits); /* UPC-A is EAN-13 with a leading zero */
	print_bars(self, symbology, bars, text);
}

/* ---- Code 128 */

typedef struct {
	int values[MAX_DATA + 2];
	size_t n;
	char set;
	bool shifted;
	GString *text; /* as people read it; functions as {1 */
} Code128;

static int value_of(const Code128 *self, uint8_t byte)
{
	char set = self->shifted ? (self->set == SET_A ? SET_B : SET_A) : self->set;

	if (set == SET_C)
		return byte <= 99 ? byte : -1;
	if (set == SET_B)
		return byte >= 0x20 && byte <= 0x7F ? byte - 0x20 : -1;
	return byte < 0x20 ? byte + 0x40 : byte <= 0x5F ? byte - 0x20 : -1;
}

/* What follows '{' inside the data. -1: nothing we know. */
static int function_of(Code128 *self, uint8_t byte)
{
	switch (byte) {
	case SET_A:
	case SET_B:
	case SET_C:
		if (byte == (uint8_t)self->set)
			return -1;
		self->set = (char)byte;
		return 101 - (byte - SET_A); /* A 101, B 100, C 99 */
	case '1':
		return FNC1;
	case 'S':
		return self->set == SET_C ? -1 : 98;
	case '2':
		return self->set == SET_C ? -1 : 97;
	case '3':
		return self->set == SET_C ? -1 : 96;
	case '4':
		return self->set == SET_C ? -1 : self->set == SET_A ? 101 : 100;
	default:
		return -1;
	}
}

static bool add_function(Code128 *self, uint8_t byte)
{
	int value = byte == '{' ? value_of(self, byte) : function_of(self, byte);

	if (value < 0)
		return false;
	self->values[self->n++] = value;
	self->shifted = byte == 'S';
	if (byte == '{')
		g_string_append_c(self->text, '{');
	else if (byte >= '1' && byte <= '4')
		g_string_append_printf(self->text, "{%c", byte);
	return true;
}

static bool add_byte(Code128 *self, uint8_t byte)
{
	int value = value_of(self, byte);

	if (value < 0)
		return false;
	self->values[self->n++] = value;
	if (self->set == SET_C)
		g_string_append_printf(self->text, "%02d", byte);
	else
		g_string_append_c(self->text, byte < 0x20 ? '.' : (char)byte);
	self->shifted = false;
	return true;
}

static const char *encode_128(Code128 *self, const uint8_t *data, size_t len)
{
	if (len < 3 || data[0] != '{' || data[1] < SET_A || data[1] > SET_C)
		return "no code set selector in front";
	self->set = (char)data[1];
	self->values[self->n++] = START_A + data[1] - SET_A;
	for (size_t i = 2; i < len; i++) {
		bool known;

		if (data[i] == '{' && i + 1 < len)
			known = add_function(self, data[++i]);
		else
			known = data[i] != '{' && add_byte(self, data[i]);
		if (!known)
			return "a byte that its code set has not";
	}
	return NULL;
}

static void print_128(Escpos *self, const uint8_t *data, size_t len)
{
	Code128 code = { .text = g_string_new(NULL) };
	const char *why = encode_128(&code, data, len);

	if (why != NULL) {
		refuse(self, CODE_128, why, data, len);
	} else {
		g_autofree char *bars = escpos_code128_bars(code.values, code.n);

		print_bars(self, CODE_128, bars, code.text->str);
	}
	g_string_free(code.text, true);
}

/* ---- the rest, as libzint knows them */

static int zint_symbology(int symbology)
{
	switch (symbology) {
	case UPC_E:
		return BARCODE_UPCE;
	case CODE_39:
		return BARCODE_CODE39;
	case INTERLEAVED:
		return BARCODE_C25INTER;
	case CODABAR:
		return BARCODE_CODABAR;
	case CODE_93:
		return BARCODE_CODE93;
	default:
		return 0;
	}
}

static void print_other(Escpos *self, int symbology, const uint8_t *data, size_t len)
{
	int kind = zint_symbology(symbology);
	g_autoptr(GPtrArray) rows = NULL;
	g_autofree char *text = g_strndup((const char *)data, len);

	if (kind == 0) {
		refuse(self, symbology, "makers differ, 49 with {1 is the same", data, len);
		return;
	}
	if (symbology == INTERLEAVED && len % 2 != 0) {
		refuse(self, symbology, "an odd number of digits", data, len);
		return;
	}
	if (len > 0)
		rows = escpos_zint_rows(kind, -1, data, len);
	if (rows == NULL || rows->len != 1)
		refuse(self, symbology, "data it cannot hold", data, len);
	else
		print_bars(self, symbology, g_ptr_array_index(rows, 0), text);
}

void escpos_print_barcode(Escpos *self, int symbology, const uint8_t *data, size_t len)
{
	switch (symbology) {
	case UPC_A:
	case EAN_13:
	case EAN_8:
		print_ean(self, symbology, data, len);
		break;
	case CODE_128:
		print_128(self, data, len);
		break;
	default:
		print_other(self, symbology, data, len);
	}
}
