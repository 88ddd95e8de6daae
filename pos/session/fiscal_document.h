/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/fiscal_rows.h"

/* What a registrar is told of a row: the open receipt in its terms. Owns what the document borrows.
 */
typedef struct {
	FiscalDocument document;
	/* owned */
	TillOpen open;
	FiscalLine *lines;
} FiscalPaper;
void fiscal_paper_clear(FiscalPaper *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FiscalPaper, fiscal_paper_clear)

/* @row is borrowed by @ret. */
bool fiscal_paper_load(TillDb *db, const FiscalRow *row, FiscalPaper *ret, GError **error);
/* Whether the document moves cash, so that the drawer has to open. */
bool fiscal_paper_moves_cash(const FiscalPaper *self);
