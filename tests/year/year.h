/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/sales/ingest.h"
#include "backoffice/stock/document.h"
#include "core/journal.h"
#include "core/shift.h"

/* A year of a made-up shop, the same for the same seed: two tills that sell, suppliers that
 * deliver, shelves that are counted, goods that are made, thrown away, sent back and sent to a
 * second shop. Some tills send their day late, some papers are entered days after, some are
 * reversed. Everything goes through what the programs themselves use. */

typedef struct {
	int64_t id;
	char *code, *name; /* owned */
	bool weighed;
	int64_t price, cost; /* minor units */
	int64_t there; /* what really stands in the shop, millionths */
	int supplier;
	int made_of; /* 0: bought; 1: made here; 2: a kit */
} YearItem;

typedef struct {
	IngestTill hub;
	int64_t seq, shift, shifts, number; /* shift: 0 outside one */
	char hash[JOURNAL_HASH_LEN + 1];
	int64_t cashier;
	char letter;
	ShiftTotals totals;
	GPtrArray *entries; /* owned JournalEntry that wait */
	GPtrArray *sold; /* owned YearSale that may come back, a year after even */
} YearTill;

/* A receipt in somebody's pocket. */
typedef struct {
	Receipt *receipt; /* owned */
	char *number; /* owned */
} YearSale;

#define YEAR_TILLS 2
#define YEAR_CASHIERS 3
#define YEAR_SUPPLIERS 8

typedef struct {
	/* owned */
	Store *store;
	GRand *rand;
	GArray *items; /* of YearItem */
	GPtrArray *late; /* of YearPaper */
	char *timezone;
	int64_t *suppliers;

	YearTill tills[YEAR_TILLS];
	int64_t cashiers[YEAR_CASHIERS];
	int64_t shop, other_shop;
	uint16_t currency;
	int64_t midnight; /* of the day that is played */
	int32_t day; /* the same as YYYYMMDD */
	int n, receipts, lines; /* number of the day, receipts a day, lines each */
	int64_t n_documents, n_reversed, n_receipts;
} Year;

/* A document that waits for its day: it speaks of a moment that has gone by then. */
typedef struct {
	Document *document; /* owned */
	int day;
	bool reverse; /* it is posted already, and was wrong */
} YearPaper;

#define YEAR_HOUR (INT64_C(3600) * G_USEC_PER_SEC)
#define YEAR_DAY (24 * YEAR_HOUR)

YearItem *year_item(Year *self, int index);
YearItem *year_find(Year *self, int64_t id); /* NULL where there is none */
/* Popular goods are met more often. */
YearItem *year_any_item(Year *self);
/* Ends the program, naming @what, where @ok is false. */
void year_must(bool ok, const char *what, GError *error);

void year_sell_day(Year *self); /* year_till.c */
void year_send(Year *self, YearTill *till);
void year_open_books(Year *self); /* year_papers.c: suppliers, recipes, the opening balance */
void year_morning(Year *self);
void year_evening(Year *self);
void year_open_accounts(Year *self); /* year_money.c */
void year_pay(Year *self);
