/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_symbol.h"

#include "drivers/printer/escpos_commands.h"

#include <string.h>
#include <zint.h>

#define QR_MODULE 4
#define QR_QUIET 4 /* modules at each side */
#define BAR_QUIET 10
#define QR_LEVEL_M 2

static struct zint_symbol *encode(int kind, const char *text)
{
	struct zint_symbol *symbol = ZBarcode_Create();

	if (symbol == NULL)
		return NULL;
	symbol->symbology = kind;
	symbol->input_mode = DATA_MODE; /* bytes as they are: UTF-8 stays UTF-8 */
	if (kind == BARCODE_QRCODE)
		symbol->option_1 = QR_LEVEL_M;
	if (ZBarcode_Encode(symbol, (const unsigned char *)text, (int)strlen(text)) < ZINT_ERROR)
		return symbol;
	ZBarcode_Delete(symbol);
	return NULL;
}

/* In the middle of @width, each module @module dots wide and @row_height high, with @quiet dots
 * above and below. */
static Bitmap *draw(const struct zint_symbol *symbol, int width, int module, int row_height,
		    int quiet)
{
	Bitmap *bitmap = bitmap_new(width, symbol->rows * row_height + 2 * quiet);
	int left = (width - symbol->width * module) / 2;

	for (int row = 0; row < symbol->rows; row++) {
		for (int i = 0; i < symbol->width; i++) {
			if (symbol->encoded_data[row][i / 8] >> i % 8 & 1)
				bitmap_fill(bitmap, left + i * module, quiet + row * row_height,
					    module, row_height);
		}
	}
	return bitmap;
}

/* The widest module up to @wanted dots that leaves @quiet modules at both sides; 0 for none. */
static int fit(int modules, int quiet, int width, int wanted)
{
	return MIN(wanted, width / (modules + 2 * quiet));
}

/* @row_height 0: as high as a module is wide, and quiet on all sides. */
static Bitmap *symbol_new(int kind, const char *text, int width, int quiet, int wanted,
			  int row_height)
{
	struct zint_symbol *symbol = encode(kind, text);
	Bitmap *bitmap = NULL;
	int module = symbol != NULL ? fit(symbol->width, quiet, width, wanted) : 0;

	if (module > 0)
		bitmap = row_height > 0 ? draw(symbol, width, module, row_height, 0)
					: draw(symbol, width, module, module, quiet * module);
	if (symbol != NULL)
		ZBarcode_Delete(symbol);
	return bitmap;
}

Bitmap *escpos_symbol_new_qr(const char *text, int width)
{
	return symbol_new(BARCODE_QRCODE, text, width, QR_QUIET, QR_MODULE, 0);
}

Bitmap *escpos_symbol_new_ean13(const char *digits, int width, int height)
{
	return symbol_new(BARCODE_EANX, digits, width, BAR_QUIET, ESCPOS_MODULE, height);
}

Bitmap *escpos_symbol_new_code128(const char *text, int width, int height)
{
	/* A long one in single dots; its quiet zone may then reach over the paper's margin. */
	Bitmap *bitmap = symbol_new(BARCODE_CODE128, text, width, BAR_QUIET, ESCPOS_MODULE, height);

	return bitmap != NULL ? bitmap : symbol_new(BARCODE_CODE128, text, width, 0, 1, height);
}
