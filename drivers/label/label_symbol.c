/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_symbol.h"

#include <string.h>
#include <zint.h>

enum { GS = 0x1D, QR_LEVEL_M = 2, MAX_LEN = 2000 };

static bool refuse(const char *content, const char *why, GError **error)
{
	g_autofree char *shown = g_strescape(content, NULL);

	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "no barcode can say '%s': %s", shown,
		    why);
	return false;
}

/* Sets up @zint for @kind; gives what it is fed, or NULL. */
static char *prepare(struct zint_symbol *zint, LabelKind kind, const char *content)
{
	zint->input_mode = UNICODE_MODE;
	switch (kind) {
	case LABEL_EAN13:
		zint->symbology = BARCODE_EANX;
		break;
	case LABEL_CODE128:
		zint->symbology = BARCODE_CODE128;
		break;
	case LABEL_QR:
		zint->symbology = BARCODE_QRCODE;
		zint->option_1 = QR_LEVEL_M;
		break;
	case LABEL_DATAMATRIX:
		zint->symbology = BARCODE_DATAMATRIX;
		zint->option_3 = DM_SQUARE;
		if (strchr(content, GS) == NULL)
			break;
		/* Marking codes have parts that GS1's own check would not pass. */
		zint->input_mode = GS1_MODE | GS1NOCHECK_MODE;
		return label_gs1_dup_brackets(content);
	default:
		return NULL;
	}
	return g_strdup(content);
}

static LabelSymbol *copy_cells(const struct zint_symbol *zint)
{
	LabelSymbol *self = g_new0(LabelSymbol, 1);

	self->columns = zint->width;
	self->rows = zint->rows;
	self->cells = g_malloc((gsize)self->columns * (gsize)self->rows);
	for (int row = 0; row < self->rows; row++)
		for (int column = 0; column < self->columns; column++)
			self->cells[row * self->columns + column] =
				zint->encoded_data[row][column / 8] >> column % 8 & 1;
	return self;
}

LabelSymbol *label_symbol_new(LabelKind kind, const char *content, GError **error)
{
	struct zint_symbol *zint = ZBarcode_Create();
	g_autofree char *input = prepare(zint, kind, content);
	LabelSymbol *self = NULL;

	if (input == NULL)
		refuse(content, "it is not made of GS1 elements", error);
	else if (strlen(input) > MAX_LEN)
		refuse("…", "it is too long", error);
	else if (ZBarcode_Encode(zint, (const unsigned char *)input, (int)strlen(input)) >=
		 ZINT_ERROR)
		refuse(content, zint->errtxt, error);
	else
		self = copy_cells(zint);
	ZBarcode_Delete(zint);
	return self;
}

void label_symbol_free(LabelSymbol *self)
{
	if (self == NULL)
		return;
	g_free(self->cells);
	g_free(self);
}
