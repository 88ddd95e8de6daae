/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document_private.h"
#include "backoffice/stock/ledger.h"

/* One document while it is being posted, inside a transaction. */
typedef struct {
	Store *store; /* borrowed */
	Document *document; /* borrowed */
	Ledger *ledger; /* borrowed */
	LineItem *items; /* borrowed; by line */
	int64_t person_id;
	int64_t now;
	int64_t at; /* the document's moment */
	int32_t day; /* of it, on the shop's calendar */
} Posting;

/* The calendar day of its moment, in its shop. */
bool posting_find_day(Posting *self, GError **error); /* document_post.c */

/* --- what a kind does (document_kinds.c) --- */

/* Moves stock; writes what each line was worth into its cost. */
bool posting_move(Posting *self, GError **error);
/* Makes a ledger's move of a line, with all but quantity, how and value. */
LedgerMove posting_start(const Posting *self, const DocumentLine *line);
/* Keeps @cost with the line, in memory and in its row. */
bool posting_keep_cost(Posting *self, DocumentLine *line, int64_t cost, GError **error);

bool posting_move_arrival(Posting *self, GError **error); /* document_arrival.c */
bool posting_move_production(Posting *self, GError **error); /* document_production.c */

/* --- batches and pieces (document_pieces.c) --- */

/* 0: of no known batch. What comes in makes its batch where there is none. */
bool posting_batch(Posting *self, const DocumentLine *line, bool comes_in, int64_t *ret,
		   GError **error);
/* Serial numbers of a line: checked, moved, with an event each. */
bool posting_pieces(Posting *self, const DocumentLine *line, const LineItem *item, GError **error);
/* Takes back what posting did with them. */
bool posting_undo_pieces(Posting *self, const DocumentLine *line, GError **error);

/* --- what goods cost (document_cost.c) --- */

/* After a delivery: item.cost, the supplier's, retail prices that the lines set, prices that
 * follow. */
bool posting_tell_costs(Posting *self, GError **error);
/* Puts item.cost back where nobody has changed it since. Prices stay: they may hang on the shelf.
 */
bool posting_undo_costs(Posting *self, GError **error);
