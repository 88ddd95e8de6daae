/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/sales/ingest.h"
#include "backoffice/stock/ledger.h"
#include "core/journal.h"
#include "core/receipt.h"

/* What the parts of the ingest share while a batch is taken in. */
typedef struct {
	/* owned */
	Ledger *ledger;
	GTimeZone *zone;

	/* borrowed */
	Store *store;
	const IngestTill *till;

	int64_t last_seq; /* of the newest receipt */
	int64_t heard_at; /* when the batch came */
} Ingest;

/* Says of an entry that it cannot be understood; returns false. All else that fails is the store's
 * or the ledger's. The functions below find poison before they write a row. */
#define INGEST_POISON (ingest_poison_quark())
GQuark ingest_poison_quark(void);
bool ingest_poison(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A document of a registrar, as "fiscal" of an entry says; texts are lent by its JSON. */
typedef struct {
	bool is_there;
	int64_t document, shift, receipt;
	const char *sign, *serial, *at;
} IngestProof;
/* Of null or nothing at all it is not there. */
bool ingest_proof_read(const json_t *fiscal, IngestProof *ret, GError **error);
/* Six columns from @first on, where it is there. */
void ingest_proof_bind(StoreStatement *insert, int first, const IngestProof *proof);

/* Which batch the label of @line named; 0 of goods that are not kept by batch, and where nothing it
 * says is known: the first to expire, then. Costs nothing where the line says nothing. */
bool ingest_batch_of(const Ingest *self, const ReceiptLine *line, int64_t *ret, GError **error);
/* Where the piece of @line is from now on, if its goods are kept by serial number. One that nobody
 * ever saw come in is noted like any other: a sale is never refused. */
bool ingest_serial(const Ingest *self, const ReceiptLine *line, int64_t at, int64_t seq,
		   bool is_sold, GError **error);

bool ingest_receipt(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error);
bool ingest_shift_open(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error);
bool ingest_shift_close(Ingest *self, const JournalEntry *entry, const json_t *body,
			GError **error);
bool ingest_cash(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error);
/* A registrar's own affairs: of these, only a document that was told later matters. */
bool ingest_fiscal(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error);
/* After all of these: the document of any entry may be in doubt. */
bool ingest_doubt(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error);
/* What the registrar counted in the shift that @entry closes, if it said. */
bool ingest_registrar_check(const json_t *totals, GError **error);
bool ingest_registrar(Ingest *self, const JournalEntry *entry, const json_t *totals,
		      GError **error);

/* What a cashier did beside selling, or where a person came and went; of other kinds nothing. */
bool ingest_act(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error);

/* 0 to 23 on the shop's wall clock. */
int ingest_hour(const Ingest *self, int64_t at);
int32_t ingest_wall_day(const Ingest *self, int64_t at); /* YYYYMMDD, likewise */
/* A whole number, a day or a text (lent) in @object; poison if it is missing or something else. */
bool ingest_get_int(const json_t *object, const char *name, int64_t *ret, GError **error);
bool ingest_get_day(const json_t *object, const char *name, int64_t *ret, GError **error);
bool ingest_get_text(const json_t *object, const char *name, const char **ret, GError **error);
