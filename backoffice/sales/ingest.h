/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Takes the journal of a till into the office database: entries into the journal table, receipts
 * and shifts into theirs, and what was sold into the stock ledger, all in one transaction. */

typedef struct {
	int64_t shop_id;
	int64_t till_id;
	uint16_t currency;
	const char *timezone;
} IngestTill;

/* As they came over the wire; lent. */
typedef struct {
	const char *body;
	const char *hash;
} IngestEntry;

typedef struct {
	int64_t next; /* the number wanted next */
	int64_t taken, known, receipts, quarantined;
	int64_t closed; /* shifts */
} IngestResult;

#define INGEST_ERROR (ingest_error_quark())
GQuark ingest_error_quark(void);
typedef enum {
	INGEST_ERROR_GAP, /* an entry is not the next one, nor known */
	INGEST_ERROR_CHAIN, /* it does not follow from the one before, or is another than the known
			     * one of its number: a damaged journal or a cloned till */
	INGEST_ERROR_TILL, /* no such till, or its shop's time zone is unknown */
} IngestError;

/* Entries that are known already are skipped. What comes before a gap or a broken link is taken in
 * and stays, and @ret is filled in, also when that error is returned; on any other error nothing
 * has changed. A receipt that cannot be understood is kept and put into quarantine: it is no error,
 * for the shopper has it already. */
bool ingest_batch(Store *store, const IngestTill *till, const IngestEntry *entries, size_t n,
		  IngestResult *ret, GError **error);
