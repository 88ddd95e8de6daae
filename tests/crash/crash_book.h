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
	int64_t unseen; /* of the journal: the proof has a doubt, a person was told */
} BookLine;

typedef struct {
	int64_t n_entries; /* of the journal, read and proven so far */
	char hash[JOURNAL_HASH_LEN + 1];
	GArray *receipts; /* BookLine, in order */
	GArray *charges; /* int64_t: what cards paid, less what they got back */
	GHashTable *numbers; /* of receipts, as printed */
} CrashBook;

CrashBook *crash_book_new(void);
void crash_book_free(CrashBook *self);

/* Goes on to the end of the journal in @directory. False where the chain is broken. */
bool crash_book_read(CrashBook *self, const char *directory, GError **error);

typedef struct {
	int documents, charges; /* in the devices' memories */
	int lost, doubled; /* fiscal documents too few, too many */
	int uncharged, overcharged;
} BookVerdict;
/* Sum by sum. */
BookVerdict crash_book_compare(const CrashBook *self, const json_t *fiscal, const json_t *terminal);
