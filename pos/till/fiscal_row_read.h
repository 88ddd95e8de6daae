/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/fiscal_rows.h"
#include "store/store.h"

/* A row of the table and the struct it is for. */

/* Steps @row once; ret->id is 0 where there is none. ret->done.number is the caller's to fill in.
 */
bool fiscal_row_read(StoreStatement *row, FiscalRow *ret, GError **error);
/* Columns that hold JSON. Own them. */
char *fiscal_row_dup_before(const FiscalStatus *status);
char *fiscal_row_dup_proof(const FiscalProof *proof);

/* Inside a transaction: the registrar of @proof is the one that is known from now on. A shift that
 * was as it should be makes no document: then its counter is what it was before. */
bool fiscal_registrar_know(TillDb *db, const FiscalRow *row, const FiscalProof *proof,
			   GError **error);
