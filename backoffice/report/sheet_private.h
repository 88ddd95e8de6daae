/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/sheet.h"

#define SHEET_WIDTH 523.28 /* of A4 within the margins, points */

typedef struct {
	char *title; /* owned */
	double width;
	bool right;
} SheetColumn;

typedef struct {
	char *text, *plain; /* owned; plain NULL: no number */
} SheetCell;

typedef struct {
	bool sum;
	int first; /* of its cells among all */
	int n_cells;
} SheetRow;

struct Sheet {
	/* owned */
	char *title;
	GPtrArray *facts, *words, *signatures; /* of texts */
	GArray *columns, *cells, *rows; /* of SheetColumn, SheetCell, SheetRow */
};

/* Lent; NULL where the row has no such cell. */
static inline const SheetCell *sheet_get_cell(const Sheet *self, int row, int column)
{
	const SheetRow *there = &g_array_index(self->rows, SheetRow, row);

	return column < there->n_cells
		       ? &g_array_index(self->cells, SheetCell, there->first + column)
		       : NULL;
}
