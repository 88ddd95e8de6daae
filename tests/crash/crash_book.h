/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/journal.h"

#include <glib.h>
#include <jansson.h>

/* What the till says it sold, beside what the registrar and the card terminal have in their
 * memories. */

typedef struct {
	bool is_return;
	int64_t total, cash, card; /* minor units */
	bool cancelled; /* of the journal: a sale that was given back whole, and that return */
	bool twice; /* of the journal: the till tells that the document may be there twice */
	bool numberless; /* of the journal: its document's number was lost, it cannot be returned */
	char number[40]; /* of the journal: as printed */
} BookLine;

typedef struct {
	int64_t n_entries; /* of the journal, read and proven so far */
	char hash[JOURNAL_HASH_LEN + 1];
	GArray *receipts; /* BookLine, in order */
	GArray *charges; /* int64_t: what cards paid; below zero what they got back */
	int n_told; /* receipts that a person has to look after, and was told so */
} CrashBook;

CrashBook *crash_book_new(void);
void crash_book_free(CrashBook *self);

/* Goes on to the end of the journal in @directory. False where the chain is broken. */
bool crash_book_read(CrashBook *self, const char *directory, GError **error);

/* The newest sale paid so that was not given back, or NULL; lent. */
const char *crash_book_find_sale(const CrashBook *self, bool cash, bool card);
bool crash_book_has(const CrashBook *self, const char *number);

typedef struct {
	int receipts; /* those of the journal that have to be in the registrar's memory */
	int documents, charges; /* in the devices' memories */
	int lost, doubled; /* fiscal documents too few, too many */
	int unseen; /* of the doubled: those that the till does not tell of */
	int uncharged, overcharged;
} BookVerdict;
/* Sum by sum. */
BookVerdict crash_book_compare(const CrashBook *self, const json_t *fiscal, const json_t *terminal);
