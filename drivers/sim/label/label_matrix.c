/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_symbol.h"

#include <string.h>
#include <zint.h>

enum { GS = 0x1D };

static LabelCanvas *draw(const struct zint_symbol *symbol, int cell)
{
	LabelCanvas *canvas = label_canvas_new(symbol->width * cell, symbol->rows * cell);

	for (int row = 0; row < symbol->rows; row++)
		for (int column = 0; column < symbol->width; column++)
			if ((symbol->encoded_data[row][column / 8] >> (column % 8) & 1) != 0)
				label_canvas_fill(canvas, column * cell, row * cell, cell, cell,
						  LABEL_INK_BLACK);
	return canvas;
}

static LabelCanvas *encode(struct zint_symbol *symbol, const uint8_t *data, size_t len, int cell)
{
	LabelCanvas *canvas = NULL;

	/* To zint a length of 0 is a text that ends with a zero byte. */
	if (len > 0 && ZBarcode_Encode(symbol, data, (int)len) < ZINT_ERROR)
		canvas = draw(symbol, cell);
	ZBarcode_Delete(symbol);
	return canvas;
}

LabelCanvas *label_qr_new(const uint8_t *data, size_t len, char level, int cell)
{
	struct zint_symbol *symbol = ZBarcode_Create();
	const char *at = strchr("LMQH", level);

	symbol->symbology = BARCODE_QRCODE;
	symbol->input_mode = DATA_MODE;
	symbol->option_1 = at != NULL ? (int)(at - "LMQH") + 1 : 2;
	return encode(symbol, data, len, cell);
}

/* General Specifications, figure 5.10.1-1: by its first two digits, how long an element string is
 * with its identifier; 0 where FNC1 must end it. */
static size_t fixed_length(const char *identifier)
{
	static const uint8_t lengths[100] = {
		[0] = 20,  [1] = 16,  [2] = 16,	 [3] = 16,  [4] = 18,  [11] = 8,
		[12] = 8,  [13] = 8,  [14] = 8,	 [15] = 8,  [16] = 8,  [17] = 8,
		[18] = 8,  [19] = 8,  [20] = 4,	 [31] = 10, [32] = 10, [33] = 10,
		[34] = 10, [35] = 10, [36] = 10, [41] = 16,
	};

	return lengths[(identifier[0] - '0') * 10 + identifier[1] - '0'];
}

/* Element strings as zint wants them, "[01]0460…[21]5abc"; two digits of an identifier are enough
 * for it to put FNC1 where they belong. NULL where the data is no element strings. */
static char *bracket(const GArray *codes)
{
	GString *text = g_string_new(NULL);

	for (guint i = 1; i < codes->len;) {
		char identifier[3] = { 0 };
		size_t left;

		for (guint j = 0; j < 2; j++, i++) {
			uint16_t code = i < codes->len ? g_array_index(codes, uint16_t, i) : 0;

			if (code < '0' || code > '9') {
				g_string_free(text, TRUE);
				return NULL;
			}
			identifier[j] = (char)code;
		}
		g_string_append_printf(text, "[%s]", identifier);
		left = fixed_length(identifier);
		left = left > 0 ? left - 2 : G_MAXSIZE;
		for (; i < codes->len && left > 0; i++, left--) {
			uint16_t code = g_array_index(codes, uint16_t, i);

			if (code == LABEL_FNC1 || code == GS)
				break;
			g_string_append_c(text, (char)code);
		}
		if (i < codes->len && (g_array_index(codes, uint16_t, i) == LABEL_FNC1 ||
				       g_array_index(codes, uint16_t, i) == GS))
			i++;
	}
	return g_string_free(text, FALSE);
}

LabelCanvas *label_data_matrix_new(const GArray *codes, int cell)
{
	struct zint_symbol *symbol = ZBarcode_Create();
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	symbol->symbology = BARCODE_DATAMATRIX;
	symbol->option_3 = DM_SQUARE;
	symbol->input_mode = DATA_MODE;
	if (codes->len > 0 && g_array_index(codes, uint16_t, 0) == LABEL_FNC1) {
		g_autofree char *text = bracket(codes);

		symbol->input_mode = GS1_MODE | GS1NOCHECK_MODE;
		return encode(symbol, (const uint8_t *)text, text != NULL ? strlen(text) : 0, cell);
	}
	for (guint i = 0; i < codes->len; i++) {
		uint16_t code = g_array_index(codes, uint16_t, i);
		uint8_t byte = code == LABEL_FNC1 ? GS : (uint8_t)code;

		g_byte_array_append(bytes, &byte, 1);
	}
	return encode(symbol, bytes->data, bytes->len, cell);
}
