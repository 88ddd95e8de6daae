/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"
#include "tests/devices/meet/meet.h"

#include <jansson.h>

/* A registrar on its cable, and before it the till's engine in small: what pos/session's does with
 * a driver, without its database (fiscal-model.md §6). The simulator's book is the judge. */

typedef struct {
	const char *title, *driver, *sim;
	MeetCable cable;
	uint16_t currency;
	const char *const *settings; /* of the simulator; NULL-terminated */
	const char *const *options; /* of [fiscal]: key, value, …, NULL */
	/* Tax groups that it has words for, and what they are of a country's that it serves. */
	FiscalTax taxes[4];
	int32_t rates[4];
	int n_taxes;
	const char *may_say; /* what the simulator may find wrong, or NULL */
	bool may_doubt_z; /* it does not tell of its last Z: a person decides */
	bool takes_tin; /* it makes receipts of businesses */
} FiscalProtocol;

/* Ends with a NULL title. */
extern const FiscalProtocol fiscal_protocols[];

enum { FISCAL_MAX_LINES = 8 };

/* A document with its lines. */
typedef struct {
	FiscalDocument document;
	FiscalLine lines[FISCAL_MAX_LINES];
	FiscalOrigin origin;
	FiscalLine rest[FISCAL_MAX_LINES];
	char number[32], sale_id[32];
	FiscalProof sold; /* of the origin */
} FiscalPapers;

typedef struct {
	const FiscalProtocol *protocol;
	Meet *meet; /* borrowed */
	const struct fiscal_driver *driver;
	GHashTable *options; /* owned */
	struct fiscal *fiscal; /* owned, or NULL: not open */
	int64_t last_id;
	GArray *proofs; /* uint32_t: numbers of the documents that are proven */
	FiscalIntent intent; /* of the document in doubt */
	char *plan; /* owned; of it */
	GError *why; /* owned; what was said last */
} FiscalDesk;

void fiscal_desk_init(FiscalDesk *self, const FiscalProtocol *protocol, Meet *meet);
void fiscal_desk_clear(FiscalDesk *self);
/* Closes it, and the cable. */
void fiscal_desk_let_go(FiscalDesk *self);
/* Opens it where it is not. */
bool fiscal_desk_reach(FiscalDesk *self, GError **error);

/* As a till makes it: looks, plans, steps, and asks where a step fails. MADE, NOT_MADE, FOREIGN or
 * CANNOT_TELL; self->why has the reason. */
FiscalVerdict fiscal_desk_make(FiscalDesk *self, FiscalDocument *document, FiscalProof *ret);
/* Of the document in doubt, once more. */
FiscalVerdict fiscal_desk_resolve(FiscalDesk *self, const FiscalDocument *document,
				  FiscalProof *ret);
/* It must be made, in one go. */
FiscalProof fiscal_desk_must(FiscalDesk *self, FiscalDocument *document);

/* Of its own: shifts, X, cash. */
FiscalPapers *fiscal_papers_plain(const FiscalDesk *self, FiscalKind kind, int64_t amount);
/* A sale without lines yet, its number and id new. */
FiscalPapers *fiscal_papers_sale(FiscalDesk *self);
/* @tax is a place in the protocol's list. The sum is price times quantity, less the discount. */
void fiscal_papers_add(FiscalPapers *self, const FiscalDesk *desk, int tax, int64_t price,
		       int64_t micro, int64_t discount);
/* @card of it by card, the rest in cash, and @change more of it. */
void fiscal_papers_pay(FiscalPapers *self, int64_t card, int64_t change);
/* A return of @pieces of line @line of @sale, or of all of it where @line is -1; paid back in cash
 * as far as it was paid so. */
FiscalPapers *fiscal_papers_return(FiscalDesk *self, const FiscalPapers *sale,
				   const FiscalProof *proof, int line, int64_t micro);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FiscalPapers, g_free)

/* --- the book */

json_t *fiscal_desk_dup_state(const FiscalDesk *self);
/* How many documents of that kind and sum (any: -1) are in force; @kind as in the book. @ret_number
 * (may be NULL): of the last of them. */
int fiscal_desk_count(const FiscalDesk *self, const char *kind, int64_t total, int64_t *ret_number);
int fiscal_desk_count_all(const FiscalDesk *self);
/* The last of that kind: a number of it. */
int64_t fiscal_desk_booked(const FiscalDesk *self, const char *kind, const char *key);
/* What @papers will be in the book: its kind, and the sum that stands there, -1 for any. */
const char *fiscal_papers_kind(const FiscalPapers *self, const FiscalDesk *desk,
			       int64_t *ret_total);
