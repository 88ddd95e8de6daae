/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/till_db.h"

/* The rows of fiscal documents (fiscal-model.md §6): a row an attempt, each change of state one
 * durable transaction. Only the fiscal engine writes here; the database itself refuses a second
 * document in doubt, a proof used twice and a change of what is final. */

typedef enum {
	FISCAL_ROW_NEW, /* agreed; nothing sent */
	FISCAL_ROW_PLANNED, /* the plan's text is kept; nothing sent */
	FISCAL_ROW_INTENT, /* the registrar's numbers before it are kept; nothing sent yet */
	FISCAL_ROW_LINES, /* the first step is confirmed, or more; can be cancelled */
	FISCAL_ROW_COMMITTING, /* written before the first byte of the commit step: may be made */
	FISCAL_ROW_MADE, /* proof kept, receipt closed, journal written; paper open */
	FISCAL_ROW_DONE,
	FISCAL_ROW_NOT_MADE, /* certain */
	FISCAL_ROW_FOREIGN, /* the registrar holds something that is not ours */
	FISCAL_ROW_BLOCKED, /* in doubt, and the registrar could not be asked */
	FISCAL_ROW_N,
} FiscalRowState;
const char *fiscal_row_state_code(FiscalRowState state); /* "new", "planned", … as in the table */

typedef struct {
	int64_t id; /* 0: no such row */
	char sale_id[40];
	int attempt;
	FiscalRowState state;
	int step;
	TillRequest request;
	char *cashier_name; /* owned */
	Money total;
	char *plan; /* owned; from PLANNED on, as plan_describe() told it */
	/* From INTENT on. Its sale_id and plan are NULL: fiscal_row_lend_intent() fills them in */
	FiscalIntent intent;
	FiscalProof proof; /* from MADE on */
	TillDone done; /* from MADE on; its shift totals are not kept */
	char *fault; /* owned; may be NULL */
} FiscalRow;
void fiscal_row_clear(FiscalRow *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FiscalRow, fiscal_row_clear)
/* The intent with the texts of @self, for as long as that lives. */
FiscalIntent fiscal_row_lend_intent(const FiscalRow *self);

/* Writes NEW. Refuses what could not be recorded at its end: no shift, no paid receipt … @previous:
 * the NOT_MADE attempt at the same sale that this one follows, or 0. @ret is clear before. */
bool fiscal_row_create(TillDb *db, const TillRequest *request, const char *cashier_name,
		       int64_t previous, FiscalRow *ret, GError **error);
bool fiscal_row_set_planned(TillDb *db, int64_t id, const char *plan, GError **error);
bool fiscal_row_set_intent(TillDb *db, int64_t id, const FiscalIntent *intent, GError **error);
bool fiscal_row_set_lines(TillDb *db, int64_t id, int step, GError **error);
bool fiscal_row_set_committing(TillDb *db, int64_t id, GError **error);
/* MADE, and all that follows from it, in one transaction (see till_db_do()). @drawer: it is about
 * to be opened, and never will be again for this document. */
bool fiscal_row_set_made(TillDb *db, const FiscalRow *row, const FiscalProof *proof, bool drawer,
			 TillDone *ret, GError **error);
bool fiscal_row_set_done(TillDb *db, int64_t id, GError **error);
/* NOT_MADE, FOREIGN or BLOCKED; @fault says why, for the log. A verdict other than BLOCKED goes
 * into the journal, once. */
bool fiscal_row_set_verdict(TillDb *db, const FiscalRow *row, FiscalRowState state,
			    const char *fault, int64_t cashier, GError **error);

/* The one that is not at its end; ret->id is 0 if there is none. */
bool fiscal_row_find_unfinished(TillDb *db, FiscalRow *ret, GError **error);
bool fiscal_row_get(TillDb *db, int64_t id, FiscalRow *ret, GError **error);
/* --- which registrar this is -----------------------------------------------------------------
 * The serial number of the registrar that made the last document, and that document's number: a
 * registrar of another number, or one whose counter has moved without us, has to be accepted by a
 * person before anything is made. fiscal_row_set_made() keeps them in step. */

/* REPLACED or NUMBER_GAP (DEVICE_FAULT) where @status is not what is known. @numbers: the
 * registrar's counter counts fiscal documents alone. */
bool fiscal_registrar_check(TillDb *db, const FiscalStatus *status, bool numbers, GError **error);
/* From now on it is as it is; the journal keeps who said so. */
bool fiscal_registrar_accept(TillDb *db, const FiscalStatus *status, int64_t cashier,
			     GError **error);

bool fiscal_row_proof_is_used(TillDb *db, const char *serial, uint32_t number, bool *ret,
			      GError **error);
