/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/fiscal_rows.h"

/* What a registrar is told of a row: the open receipt, or one that was closed before, in its terms.
 * Owns what the document borrows. */
typedef struct {
	FiscalDocument document;
	FiscalOrigin origin;
	/* owned */
	TillOpen open;
	TillSold late; /* the receipt, where it was closed before */
	TillSold sale; /* what a return is of, where this till has it */
	GPtrArray *returns; /* TillSold: of that sale, before this one; may be NULL */
	FiscalLine *lines, *rest;
} FiscalPaper;
void fiscal_paper_clear(FiscalPaper *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FiscalPaper, fiscal_paper_clear)

/* @row is borrowed by @ret. */
bool fiscal_paper_load(TillDb *db, const FiscalRow *row, FiscalPaper *ret, GError **error);
/* Whether the document moves cash, so that the drawer has to open. */
bool fiscal_paper_moves_cash(const FiscalPaper *self);
