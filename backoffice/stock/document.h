/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/rights.h"
#include "store/store.h"

#include <jansson.h>

/* Stock documents: a draft that people fill, posted once, perhaps reversed, never erased.
 *
 * Whoever changes one asks for the right, in the transaction itself. A draft may be changed by
 * several people at once: each change is of a line, and small; two who add to one line add up. */

typedef enum {
	DOCUMENT_ORDER, /* to a supplier; moves nothing */
	DOCUMENT_DELIVERY,
	DOCUMENT_SUPPLIER_RETURN,
	DOCUMENT_TRANSFER, /* leaves this shop; on the way until an arrival */
	DOCUMENT_ARRIVAL, /* what came of a transfer */
	DOCUMENT_WRITE_OFF,
	DOCUMENT_COUNT,
	DOCUMENT_REVALUATION,
	DOCUMENT_OPENING,
	DOCUMENT_PRODUCTION,
	DOCUMENT_N_KINDS
} DocumentKind;
const char *document_kind_code(DocumentKind kind); /* "supplier-return": in JSON, SQL, the ledger */
const char *document_kind_title(DocumentKind kind); /* translated */
bool document_kind_parse(const char *text, DocumentKind *ret);
Right document_kind_right(DocumentKind kind); /* that entering it needs, besides RIGHT_POST */

typedef enum {
	DOCUMENT_DRAFT,
	DOCUMENT_POSTED,
	DOCUMENT_REVERSED,
	DOCUMENT_N_STATES
} DocumentState;
const char *document_state_code(DocumentState state);
const char *document_state_title(DocumentState state); /* translated */

#define DOCUMENT_ERROR (document_error_quark())
GQuark document_error_quark(void);
typedef enum {
	DOCUMENT_ERROR_INVALID, /* something in it cannot be so */
	DOCUMENT_ERROR_STATE, /* posted or reversed already */
	DOCUMENT_ERROR_TWICE, /* the same key or the supplier's same paper is posted already */
	DOCUMENT_ERROR_GONE, /* no such document, line, shop, supplier, item */
	DOCUMENT_ERROR_CIRCLE, /* a recipe that needs itself */
	DOCUMENT_ERROR_USED, /* cannot be reversed: something stands on it (an arrival, a receipt)
			      */
} DocumentError;
/* Messages of this domain are in the person's language. */

/* Texts are owned and never NULL. */
typedef struct {
	int line; /* 0: not written yet */
	int64_t item_id;
	int64_t quantity; /* millionths of the item's unit; of a production's component below zero
			   */
	bool has_expected, has_cost, has_price;
	int64_t expected;
	int64_t pack_id; /* it was entered in these; 0: single */
	int64_t cost; /* of all of the line; of a revaluation: of one unit */
	int64_t price; /* new retail price with the posting of a delivery */
	char *batch;
	int32_t expiry; /* YYYYMMDD; 0: none */
	int64_t instead_of; /* item; 0: none */
	char *reason;
	char **serials; /* NULL-terminated; may be NULL */
	int64_t person_id, at; /* who entered it last, and when */
} DocumentLine;

typedef struct {
	int64_t id; /* 0: not written yet */
	DocumentKind kind;
	DocumentState state;
	int64_t shop_id;
	char *number; /* given out when it is written first: "D-000123" */
	int64_t at; /* the moment it speaks of, UTC microseconds; 0: that of its posting. Not to
		       come */
	int64_t supplier_id, other_shop, origin_id; /* 0: none */
	char *reference, *reason, *scope, *subject, *note;
	bool blind;
	char *key; /* NULL: none */
	int64_t revision; /* grows with every change of head or lines */
	int64_t head_revision; /* of the head alone; writing it compares */
	int64_t created_at, created_by, posted_at, posted_by, reversed_at, reversed_by;
	GPtrArray *lines; /* of DocumentLine */
	GArray *found; /* of CountEntry: what a count that came as JSON has found, to be written
			  with it; else NULL */
} Document;

Document *document_new(DocumentKind kind, int64_t shop_id);
void document_free(Document *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)
/* Appends an empty line and lends it. */
DocumentLine *document_add_line(Document *self, int64_t item_id, int64_t quantity);

/* NULL with DOCUMENT_ERROR_GONE where there is none. */
Document *document_read(Store *store, int64_t id, GError **error);
/* By its number, which no two documents share. DOCUMENT_ERROR_GONE. */
bool document_find_number(Store *store, const char *number, int64_t *ret_id, GError **error);

/* --- drafts -------------------------------------------------------------------------------- */

/* Writes a new draft with its lines; it gets id, number and its lines' numbers.
 * DOCUMENT_ERROR_TWICE where its key is in already. */
bool document_create(Store *store, Document *self, int64_t person_id, GError **error);
/* The same inside a transaction of the caller. */
bool document_create_in(Store *store, Document *self, int64_t person_id, GError **error);
/* The head alone (at, supplier, reference, reason, note, blind, …), as people change it.
 * DOCUMENT_ERROR_STATE where somebody else has changed the head since it was read; lines may have
 * changed. */
bool document_write_head(Store *store, Document *self, int64_t person_id, GError **error);
/* A line: line 0 appends and gives it its number. What another person did to other lines stays. */
bool document_put_line(Store *store, int64_t id, DocumentLine *line, int64_t person_id,
		       GError **error);
/* Adds a serial number to a line, and leaves the others and the quantity: two people who scan
 * pieces lose none. DOCUMENT_ERROR_INVALID where it stands there already. */
bool document_add_serial(Store *store, int64_t id, int line, const char *serial, int64_t person_id,
			 GError **error);
bool document_remove_line(Store *store, int64_t id, int line, int64_t person_id, GError **error);
/* One scan: adds @quantity to the line of this item, pack, batch and expiry, or appends one. Two
 * people at one delivery add up. *ret_line: which line it was. */
bool document_scan(Store *store, int64_t id, int64_t item_id, int64_t pack_id, int64_t quantity,
		   const char *batch, int32_t expiry, int64_t person_id, int *ret_line,
		   GError **error);
/* A draft nobody needs. */
bool document_discard(Store *store, int64_t id, int64_t person_id, GError **error);
/* A delivery that expects what an order (or a transfer: an arrival) still owes; quantities are zero
 * until they are scanned. */
Document *document_from_origin(Store *store, int64_t origin_id, GError **error);
/* The draft that somebody has begun of it already; *ret is 0 where there is none. */
bool document_find_draft_of(Store *store, int64_t origin_id, int64_t *ret, GError **error);

/* --- posting ------------------------------------------------------------------------------- */

/* In one transaction: checks, ledger, cost of the goods, prices that follow. RIGHT_POST and the
 * kind's own. The document moves at its moment (at); a date alone means the beginning of that day.
 * DOCUMENT_ERROR_STATE where it is posted already: nothing happens twice. */
bool document_post(Store *store, int64_t id, int64_t person_id, GError **error);
/* The same inside a transaction of the caller, who rolls back where it fails. */
bool document_post_in(Store *store, int64_t id, int64_t person_id, GError **error);
/* Takes it back at its own moment; RIGHT_REVERSE. */
bool document_reverse(Store *store, int64_t id, int64_t person_id, const char *reason,
		      GError **error);

/* --- lists --------------------------------------------------------------------------------- */

typedef struct {
	int64_t id, at, created_at, posted_at, value; /* value: Σ cost, minor units */
	DocumentKind kind;
	DocumentState state;
	char *number, *supplier, *other_shop, *reference, *person; /* owned; never NULL */
	int n_lines;
} DocumentSummary;
typedef struct {
	int64_t shop_id; /* 0: all */
	int kind; /* DocumentKind, −1: all */
	int state; /* DocumentState, −1: all */
	const char *search; /* number, reference, supplier; NULL: all */
	int64_t supplier_id; /* 0: all */
	int64_t id; /* this one alone; 0: all */
} DocumentFilter;
/* Newest first, @n from @offset on. Array of DocumentSummary that frees its elements. */
GPtrArray *document_list(Store *store, const DocumentFilter *filter, int offset, int n,
			 GError **error);
/* Goods sent and not arrived yet, by transfer and item. */
typedef struct {
	int64_t document_id, item_id, sent, arrived, value; /* value of what is on the way */
	int64_t from_shop, to_shop, at, person_id;
	char *number, *name;
} OnTheWay;
/* Those that left @shop_id or go to it; 0: all. Array that frees its elements. */
GPtrArray *document_list_on_the_way(Store *store, int64_t shop_id, GError **error);

/* Where what came differs from what was expected: the discrepancy act. An item a row, in the order
 * of the lines; array of it that frees its elements. */
typedef struct {
	int64_t item_id, expected, came; /* came − expected: over or under */
	int64_t instead_of;
	char *name, *code, *unit; /* owned */
	bool has_cost;
	int64_t cost; /* of the difference */
} Discrepancy;
GPtrArray *document_discrepancies(Store *store, int64_t id, GError **error);

/* --- as JSON (docs/stock.md) ----------------------------------------------------------------- */

/* Items by barcode or article, shop and supplier by name, amounts and quantities as decimal
 * strings, times in ISO 8601. Everything is checked; the message names the line. To be called
 * inside a transaction: a supplier that is not there is made, where the person may. */
Document *document_from_json(Store *store, const json_t *json, int64_t person_id, GError **error);
/* The whole way in one transaction: reads it, creates it, and posts it unless it is to stay a
 * draft. *ret is the document as it then stands; own it. */
bool document_take_json(Store *store, const json_t *json, int64_t person_id, bool draft,
			Document **ret, GError **error);
/* What document_from_json() reads back. */
json_t *document_to_json(Store *store, const Document *self, GError **error);
/* One of this kind to look at; its goods are those of the demo shop. */
json_t *document_example(DocumentKind kind);
