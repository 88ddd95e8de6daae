/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/sales/ingest.h"
#include "backoffice/stock/ledger.h"
#include "core/journal.h"

/* What the parts of the ingest share while a batch is taken in. */
typedef struct {
	/* owned */
	Ledger *ledger;
	GTimeZone *zone;

	/* borrowed */
	Store *store;
	const IngestTill *till;

	int64_t last_seq; /* of the newest receipt */
} Ingest;

/* Says of an entry that it cannot be understood; returns false. All else that fails is the store's
 * or the ledger's. The functions below find poison before they write a row. */
#define INGEST_POISON (ingest_poison_quark())
GQuark ingest_poison_quark(void);
bool ingest_poison(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

bool ingest_receipt(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error);
bool ingest_shift_open(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error);
bool ingest_shift_close(Ingest *self, const JournalEntry *entry, const json_t *body,
			GError **error);

/* 0 to 23 on the shop's wall clock. */
int ingest_hour(const Ingest *self, int64_t at);
/* A whole number, a day or a text (lent) in @object; poison if it is missing or something else. */
bool ingest_get_int(const json_t *object, const char *name, int64_t *ret, GError **error);
bool ingest_get_day(const json_t *object, const char *name, int64_t *ret, GError **error);
bool ingest_get_text(const json_t *object, const char *name, const char **ret, GError **error);
