/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* The journal of a till: what happened, in order, chained by hash. Written by the till, taken in by
 * the hub, walked by `baraa verify`.
 *
 * An entry's body is canonical JSON (JSON_COMPACT | JSON_SORT_KEYS, UTF-8, integers only) with at
 * least these members:
 *   "n"       number, gapless from 1
 *   "at"      UTC microseconds
 *   "kind"    see below
 *   "cashier" the person's id, 0 for nobody
 *   "shift"   number of the shift, 0 outside one
 * and what its kind adds. The hash is SHA-256 in lower-case hex over
 * previous hash (64 hex digits; 64 zeros before the first) + "\n" + body. */

#define JOURNAL_HASH_LEN 64
#define JOURNAL_FIRST_HASH "0000000000000000000000000000000000000000000000000000000000000000"

typedef enum {
	JOURNAL_LOGIN, /* {} */
	JOURNAL_LOGOUT, /* {} lock is one too */
	JOURNAL_SHIFT_OPEN, /* "float", "day", "fiscal" */
	JOURNAL_RECEIPT, /* "receipt" as core/receipt.h says, "number", "seq", "day", "fiscal"; and
			    "late" where the registrar will be told later: why */
	JOURNAL_RECEIPT_VOID, /* a receipt dropped before payment: "receipt" */
	JOURNAL_LINE_VOID, /* "line", "name", "sum" */
	JOURNAL_NO_SALE, /* drawer opened without a sale */
	JOURNAL_CASH_IN, /* "amount", "slip": its number, "fiscal" */
	JOURNAL_CASH_OUT, /* likewise */
	JOURNAL_OVERRIDE, /* "by", "right" */
	JOURNAL_X_REPORT, /* "totals" */
	JOURNAL_SHIFT_CLOSE, /* "totals", "counted" (null if not), "fiscal" */
	JOURNAL_CARD, /* "step": "asked" | "approved" | "declined" | "reversing" | "reversed" |
			 "not-reversed" | "refunding" | "refunded" | "not-refunded" | "cancelled",
			 "amount", "reference" */
	JOURNAL_FISCAL, /* "step": a verdict about a document ("not-made", "foreign") with "sale",
			   "attempt", "fault"; "late" with "number" and "fiscal": a receipt that
			   was closed before has its document now; what changed the registrar alone
			   ("shift-open", "shift-close", "cash-in", "cash-out") with "fiscal" */
	JOURNAL_DEVICE, /* "device", "fault" ("" when it came back) */
	JOURNAL_CLOCK, /* the clock went backwards: "was" */
	JOURNAL_HOLD, /* a receipt put aside: "held" its id, "total" */
	JOURNAL_RECALL, /* and open again: "held" */
	JOURNAL_REGISTRAR, /* a person accepts what the registrar is now: "serial", "document",
			      "was_serial", "was_document" */
	JOURNAL_N_KINDS,
} JournalKind;

const char *journal_kind_code(JournalKind kind); /* "login", "shift-open", "receipt" … */
bool journal_kind_parse(const char *code, JournalKind *ret);

typedef struct {
	int64_t number;
	int64_t at;
	JournalKind kind;
	int64_t cashier;
	int64_t shift;
	char *body; /* owned, canonical JSON */
	char hash[JOURNAL_HASH_LEN + 1];
} JournalEntry;

void journal_entry_clear(JournalEntry *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JournalEntry, journal_entry_clear)

/* Seals @details (may be NULL; members as the kind asks, none of the five above, no reals; not
 * consumed) and the member "receipt", if @receipt is not NULL, into an entry after @previous_hash.
 */
void journal_entry_seal(JournalEntry *ret, int64_t number, int64_t at, JournalKind kind,
			int64_t cashier, int64_t shift, const json_t *details,
			const Receipt *receipt, const char *previous_hash);

#define JOURNAL_ERROR (journal_error_quark())
GQuark journal_error_quark(void);
typedef enum {
	JOURNAL_ERROR_GAP, /* the number is not the next one */
	JOURNAL_ERROR_CHAIN, /* the hash does not follow from the body and the one before */
	JOURNAL_ERROR_BODY, /* not canonical, or the members disagree with the entry */
} JournalError;

/* Reads @body and @hash as they came over the wire or off the disk, and proves that they are
 * @expected_number and follow @previous_hash. */
bool journal_entry_open(JournalEntry *ret, const char *body, const char *hash,
			int64_t expected_number, const char *previous_hash, GError **error);
/* The same, for who goes on to read the body: its JSON, which the caller owns, or NULL. */
json_t *journal_entry_open_json(JournalEntry *ret, const char *body, const char *hash,
				int64_t expected_number, const char *previous_hash, GError **error);
/* Canonical text of @json; own it. */
char *journal_canonical(const json_t *json);
