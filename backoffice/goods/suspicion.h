/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/columns.h"

#include <glib.h>
#include <stdint.h>

/* Whether the columns of a list are what they are taken for, by its first rows: a barcode column
 * full of names would be refused row by row, and names that are barcodes would not even be. */

#define SUSPICION_ROWS 200
#define SUSPICION_ROWS_LEAST 20 /* in a shorter list each row may be wrong by itself */

typedef struct {
	int rows;
	struct {
		int n;
		int64_t line; /* of the first */
		char *reason; /* owned; of the first */
	} columns[COLUMN_N];
} Suspicion;

void suspicion_clear(Suspicion *self);
/* A row and what it was refused for (@reason NULL: it was not), with its cells by column. */
void suspicion_add(Suspicion *self, int64_t line, const char *reason, Column column,
		   const char *const cells[COLUMN_N]);
/* After the last of the first rows. NULL: nothing. A sentence; own it. */
char *suspicion_dup_sentence(const Suspicion *self);
