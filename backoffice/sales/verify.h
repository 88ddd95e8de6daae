/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Proves that what was written is whole: every journal's hash chain from its first entry, and in
 * the office that receipts and ledgers add up; at a till that receipts, documents of its registrar
 * and returns agree. */
typedef struct {
	int64_t n_entries; /* of journals, walked so far */
	char *broken; /* owned: the first broken place in the person's language; NULL: all is whole
		       */
} Verdict;

void verdict_clear(Verdict *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Verdict, verdict_clear)

/* False only where the database cannot be read. */
bool verify_office(Store *store, Verdict *ret, GError **error);
bool verify_till(Store *store, Verdict *ret, GError **error);
