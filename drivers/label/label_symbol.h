/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label.h"

/* The cells of a code, black or not, without its quiet zone; one row where it is made of bars. */
typedef struct {
	int columns, rows;
	uint8_t *cells; /* owned; 0 or 1, row by row */
} LabelSymbol;

/* NULL with REFUSED: it cannot say @content, or not so much of it. */
LabelSymbol *label_symbol_new(LabelKind kind, const char *content, GError **error);
void label_symbol_free(LabelSymbol *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelSymbol, label_symbol_free)

static inline bool label_symbol_get(const LabelSymbol *self, int column, int row)
{
	return self->cells[row * self->columns + column] != 0;
}

/* "\x1D" "0104…21…\x1D93…" as "[01]04…[21]…[93]…", the form in which GS1 element strings are
 * written for people (GS1 General Specifications 3 and 7.8). NULL where it is not made of them.
 * Pure; own it. */
char *label_gs1_dup_brackets(const char *data);
