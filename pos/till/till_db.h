/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/journal.h"
#include "core/receipt.h"
#include "core/shift.h"
#include "drivers/fiscal/fiscal.h"

/* The till's own database, DIR/till.db: settings, journal, open receipt, shift and fiscal
 * documents. Each function is one transaction, on the disk when it returns. May be used by several
 * threads: one lock is held for the length of each function. Errors are STORE_ERROR or TILL_ERROR;
 * after an error nothing has changed. */
typedef struct TillDb TillDb;

#define TILL_ERROR (till_error_quark())
GQuark till_error_quark(void);
typedef enum {
	TILL_ERROR_NO_SHIFT,
	TILL_ERROR_SHIFT_OPEN,
	TILL_ERROR_NO_RECEIPT, /* nothing open, or not paid */
	TILL_ERROR_IN_DOCUMENT, /* a fiscal document is under way or in doubt: the receipt is closed
				 */
	TILL_ERROR_RECEIPT_OPEN, /* the shift cannot end before it */
	TILL_ERROR_DATA, /* what is stored does not add up */
	TILL_ERROR_OVERFLOW, /* shift totals would not fit */
	TILL_ERROR_RETURNED, /* of that line more would come back than was sold */
	TILL_ERROR_HELD, /* receipts are put aside: the shift cannot end before they are settled */
} TillError;

/* Makes and migrates it. */
TillDb *till_db_open(const char *path, GError **error);
void till_db_close(TillDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TillDb, till_db_close)

/* True if the disk takes what a sale writes: there is free room in the file system, and a row of
 * some 64 KiB could be written durably and taken back. Ask before money is taken; STORE_ERROR_FULL
 * if not. The room so proven stays in the file, for the closing transaction to grow into. */
bool till_db_check_room(TillDb *self, GError **error);

/* --- settings: texts by key ---------------------------------------------------------------- */
#define TILL_SETTING_ID "till" /* the hub's number of this till, decimal */
#define TILL_SETTING_NAME "name" /* "Till 1" */
#define TILL_SETTING_HUB "hub" /* URL */
#define TILL_SETTING_TOKEN "token"

/* *ret is NULL where it is not set. */
bool till_db_dup_setting(TillDb *self, const char *key, char **ret, GError **error);
/* Key, value, key, value …, NULL. A NULL cannot stand for a value: set "". */
bool till_db_put_settings(TillDb *self, const char *const *pairs, GError **error);

/* --- journal and outbox -------------------------------------------------------------------- */
/* @details as core/journal.h says for the kind; not consumed, may be NULL. The shift is the open
 * one. */
bool till_db_append(TillDb *self, JournalKind kind, int64_t cashier, const json_t *details,
		    GError **error);
int64_t till_db_get_last_number(TillDb *self); /* of the journal; 0 if empty */
/* Entries that the hub does not have yet: the journal above what it acknowledged. */
int64_t till_db_count_outbox(TillDb *self);
/* GPtrArray of JournalEntry, owned, from @from on: at most @max_entries and, but for the first,
 * @max_bytes of body. */
bool till_db_read_journal(TillDb *self, int64_t from, int max_entries, size_t max_bytes,
			  GPtrArray **ret, GError **error);
/* The hub wants @next: it has all before. Never goes back below what it said before. */
bool till_db_acknowledge(TillDb *self, int64_t next, GError **error);
int64_t till_db_get_acknowledged(TillDb *self); /* the number the hub wants next */

/* --- the open receipt ---------------------------------------------------------------------- */
/* One change of the open receipt, in one commit. */
typedef struct {
	const Receipt *receipt; /* as it is after the change */
	int line; /* number of the line added or changed (voided too); 0: none */
	bool all_lines; /* each of them may be another now */
	int64_t cashier;
	bool card_asked; /* the card terminal was given this amount and has not answered */
	Money card_amount;
	/* Goes into the journal in the same commit; NULL: no entry. */
	const struct TillNote {
		JournalKind kind; /* LINE_VOID, CARD, OVERRIDE … */
		const json_t *details;
	} * note;
} TillSave;
bool till_db_save_receipt(TillDb *self, const TillSave *save, GError **error);

typedef struct {
	Receipt *receipt; /* owned; NULL if none is open */
	int64_t cashier;
	bool card_asked;
	Money card_amount;
} TillOpen;
void till_open_clear(TillOpen *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TillOpen, till_open_clear)
bool till_db_load_receipt(TillDb *self, TillOpen *ret, GError **error);
/* Drops it before payment: entry, totals and clearing in one. */
bool till_db_void_receipt(TillDb *self, int64_t cashier, GError **error);
/* "T3-000017": the number the open receipt will have. Own it. */
char *till_db_dup_next_number(TillDb *self);

/* --- receipts put aside -------------------------------------------------------------------- */
typedef struct {
	int64_t id; /* what the cashier calls it by: 1, 2 … */
	int64_t at, cashier; /* when and by whom it was put aside */
	Money total;
	int n_goods;
} TillHeld;
/* Puts the open receipt aside; it must have goods and no payment. */
bool till_db_hold(TillDb *self, int64_t cashier, int64_t *ret_id, GError **error);
/* Makes it the open receipt again; NO_RECEIPT where there is none of that id, RECEIPT_OPEN where
 * one with goods is open. */
bool till_db_recall(TillDb *self, int64_t id, int64_t cashier, GError **error);
/* Drops it as till_db_void_receipt() does. */
bool till_db_void_held(TillDb *self, int64_t id, int64_t cashier, GError **error);
/* Array of TillHeld, own it. */
bool till_db_list_held(TillDb *self, uint16_t currency, GArray **ret, GError **error);

/* --- receipts that are closed -------------------------------------------------------------- */
typedef struct {
	int64_t seq; /* 0: none */
	char number[40];
	int64_t at, shift;
	Receipt *receipt; /* owned */
	bool has_proof;
	FiscalProof proof; /* of its own document, or of the one told later */
	bool late; /* its registrar does not know of it yet */
} TillSold;
void till_sold_clear(TillSold *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TillSold, till_sold_clear)
int64_t till_db_get_last_seq(TillDb *self); /* of the last closed receipt; 0 of none */
/* ret->seq is 0 where this till has closed none of that number. */
bool till_db_find_sold(TillDb *self, const char *number, TillSold *ret, GError **error);
bool till_db_get_sold(TillDb *self, int64_t seq, TillSold *ret, GError **error);
/* The number of the receipt that document @document of the registrar @serial proves. *ret is NULL
 * where there is none. */
bool till_db_dup_number_of(TillDb *self, const char *serial, uint32_t document, char **ret,
			   GError **error);
/* Whether it is a number of this till, sold or not. */
bool till_db_is_own_number(TillDb *self, const char *number);
/* Returns of the sale @number by this till so far, in order: GPtrArray of TillSold, owned. */
bool till_db_load_returns(TillDb *self, const char *number, GPtrArray **ret, GError **error);

/* Closed while the registrar was down, and not told to it yet. */
typedef struct {
	int64_t seq, at, shift;
	char number[40];
	Money total;
	char why[32]; /* device_fault_code() */
} TillLate;
/* Array of TillLate, oldest first, own it. */
bool till_db_list_late(TillDb *self, uint16_t currency, GArray **ret, GError **error);
int64_t till_db_count_late(TillDb *self); /* -1 where it cannot be read */

/* A fiscal document that nobody but a person can clear up (FiscalProof.doubt). */
typedef struct {
	char number[40]; /* of the receipt; "" where it has none */
	int64_t at;
	Money total;
	char doubt[24], id[48];
} TillDoubt;
/* Array of TillDoubt, newest first, own it. */
bool till_db_list_doubts(TillDb *self, uint16_t currency, GArray **ret, GError **error);

/* --- shift, and what closes a receipt -------------------------------------------------------- */
typedef struct {
	bool open; /* else all below is zero */
	int64_t number;
	int32_t day; /* YYYYMMDD, local day of the opening */
	int64_t opened_at, cashier;
	ShiftTotals totals;
} TillShift;
void till_db_get_shift(TillDb *self, TillShift *ret);

/* What a person asked for that a registrar makes a document of. A sale or return is the open
 * receipt as it was saved. */
typedef struct {
	FiscalKind kind; /* any but FISCAL_X */
	int64_t cashier;
	Money amount; /* of SHIFT_OPEN: the float; of CASH_IN and CASH_OUT */
	int32_t day; /* of SHIFT_OPEN */
	bool has_counted; /* of SHIFT_CLOSE */
	Money counted;
	/* Of a sale or return that a printer which is no registrar has to print (till_paper.h): the
	 * cashier's name on it. Empty: no paper is owed. */
	char paper[64];
	bool paper_words; /* words for paper alone come with the proof: the paper waits for them */
	/* A sale or return that is closed now and told to the registrar later: the
	 * device_fault_code() that says why. "" usually. For till_db_do() alone. */
	char late_why[32];
	int64_t late; /* seq of a receipt so closed that the registrar is told of now; 0 usually */
	char reason[128]; /* of a FISCAL_CORRECTION: a person's words */
	bool internal; /* SHIFT_OPEN, SHIFT_CLOSE, CASH_IN, CASH_OUT: the registrar alone, since the
			  books are right already */
} TillRequest;

/* What became of it. */
typedef struct {
	char number[40]; /* of a receipt */
	int64_t seq;
	Money total, change;
	int64_t shift;
	int64_t slip; /* number of a cash slip of this till, from 1 */
	ShiftTotals totals; /* of the shift after it; of SHIFT_CLOSE: its last ones */
} TillDone;

/* Does @request on a till without a registrar ("fiscal": null): journal entry, receipt row, shift
 * totals, and the open receipt cleared, all in one. With a registrar the engine does the same
 * through pos/till/fiscal_rows.h, in the transaction that records the proof. */
bool till_db_do(TillDb *self, const TillRequest *request, TillDone *ret, GError **error);
