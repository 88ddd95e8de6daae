/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/fiscal_device.h"
#include "pos/session/fiscal_run.h"
#include "pos/till/fiscal_rows.h"

/* How one row comes to its end: the inside of fiscal_run.c. */

struct FiscalRun {
	TillDb *db; /* borrowed */
	FiscalDevice *device; /* owned */
	int64_t not_made; /* the row that retry would follow, 0 if none */
	int64_t made; /* the last row that was made since the start, and what came of it */
	TillDone done;
	int leaves_drawer; /* atomic; it hangs elsewhere */
};

/* @ret as NOTHING about @row, which may be NULL. */
void fiscal_begin(FiscalOutcome *ret, const FiscalRow *row);
/* Takes @error. */
void fiscal_finish(FiscalOutcome *ret, FiscalOutcomeKind outcome, GError *error);
/* Records a verdict. Where even that fails the row stays as it is, and so does the doubt. Takes
 * @cause. */
void fiscal_judge(FiscalRun *self, FiscalRow *row, FiscalRowState state, int64_t cashier,
		  GError *cause, FiscalOutcome *ret);
/* From NEW or PLANNED to the end. */
void fiscal_run_row(FiscalRun *self, FiscalRow *row, FiscalOutcome *ret);
/* From MADE to DONE. */
void fiscal_finish_paper(FiscalRun *self, const FiscalRow *row, FiscalOutcome *ret);
/* Asks the registrar what became of @row until that is certain. @cause is why it was in doubt, and
 * is taken: the reason of a NOT_MADE. */
void fiscal_resolve(FiscalRun *self, FiscalRow *row, GError *cause, FiscalOutcome *ret);
