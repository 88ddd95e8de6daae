/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/printer/escpos_sim.h"

#include <string.h>
#include <zint.h>

GPtrArray *escpos_zint_rows(int symbology, int option, const uint8_t *data, size_t len)
{
	struct zint_symbol *symbol = ZBarcode_Create();
	GPtrArray *rows = NULL;

	symbol->symbology = symbology;
	symbol->input_mode = DATA_MODE;
	symbol->option_1 = option;
	if (ZBarcode_Encode(symbol, data, (int)len) < ZINT_ERROR) {
		rows = g_ptr_array_new_with_free_func(g_free);
		for (int y = 0; y < symbol->rows; y++) {
			char *row = g_malloc0((gsize)symbol->width + 1);

			for (int x = 0; x < symbol->width; x++)
				row[x] = symbol->encoded_data[y][x / 8] >> (x % 8) & 1 ? '1' : '0';
			g_ptr_array_add(rows, row);
		}
	}
	ZBarcode_Delete(symbol);
	return rows;
}

static void print_squares(Escpos *self, const GPtrArray *rows)
{
	int module = self->qr.module, n = (int)rows->len, side = n * module;
	g_autofree uint8_t *dots = g_malloc0((gsize)side * (gsize)side);

	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++) {
			const char *row = g_ptr_array_index(rows, y / module);

			dots[y * side + x] = row[x / module] == '1';
		}
	escpos_ink_block(self, side, side, dots, 0);
	escpos_feed(self, side);
}

static void print_symbol(Escpos *self, const char *name, GPtrArray *rows, const GByteArray *data)
{
	/* An empty array has no bytes at all. */
	g_autofree char *text =
		g_utf8_make_valid(data->len > 0 ? (const char *)data->data : "", data->len);
	g_autofree char *line = g_strdup_printf("[%s %s]", name, text);

	if (rows == NULL) {
		escpos_flag(self, "no %s holds %u bytes", name, data->len);
		return;
	}
	escpos_end_line(self, name);
	if ((int)rows->len * self->qr.module > escpos_area(self)) {
		escpos_flag(self, "a %s of %d dots on a line of %d: nothing is printed", name,
			    (int)rows->len * self->qr.module, escpos_area(self));
		return;
	}
	sim_log_paper(self->context->log, line);
	print_squares(self, rows);
}

static GPtrArray *qr_rows(const Escpos *self)
{
	return self->qr.data->len == 0 ? NULL
				       : escpos_zint_rows(BARCODE_QRCODE, self->qr.level,
							  self->qr.data->data, self->qr.data->len);
}

void escpos_print_qr(Escpos *self)
{
	g_autoptr(GPtrArray) rows = qr_rows(self);

	print_symbol(self, "QR", rows, self->qr.data);
}

void escpos_print_matrix(Escpos *self)
{
	g_autoptr(GPtrArray) rows =
		self->matrix->len == 0 ? NULL
				       : escpos_zint_rows(BARCODE_DATAMATRIX, 0, self->matrix->data,
							  self->matrix->len);

	if (rows != NULL && rows->len != strlen(g_ptr_array_index(rows, 0))) {
		escpos_flag(self, "the Data Matrix is not square");
		return;
	}
	print_symbol(self, "DATAMATRIX", rows, self->matrix);
}

/* 37 36, then width, height, one, and whether it fits (30 yes, 31 no), each but the last followed
 * by 1F [k]. */
void escpos_send_qr_size(Escpos *self)
{
	g_autoptr(GPtrArray) rows = qr_rows(self);
	int side = rows != NULL ? (int)rows->len * self->qr.module : 0;
	bool fits = side > 0 && side <= escpos_area(self);
	g_autofree char *answer =
		g_strdup_printf("\x37\x36%d\x1F%d\x1F%c\x1F%c", side, side, '1', fits ? '0' : '1');

	escpos_answer(self, (const uint8_t *)answer, strlen(answer) + 1);
}
