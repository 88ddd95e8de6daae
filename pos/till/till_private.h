/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/till_db.h"
#include "store/store.h"

/* Where the rows end: what would else be asked of the disk before every entry. */
typedef struct {
	int64_t number, at; /* of the journal's last entry */
	char hash[JOURNAL_HASH_LEN + 1];
	int64_t next; /* the entry the hub wants */
	int64_t seq; /* of the last closed receipt */
	TillShift shift; /* the open one */
} TillEnds;

struct TillDb {
	GMutex lock;
	Store *store; /* owned */
	char *reserve_path; /* owned: room on the disk that is ours */
	int64_t till; /* TILL_SETTING_ID, 0 before enrolment */
	TillEnds committed; /* as it is on the disk */
	TillEnds ends; /* with what the transaction under way has added */
	Receipt *paid; /* owned; see till_receipt_get_paid() */
};

/* Locks and begins; till_end() commits if @ok, else rolls back, and unlocks: always call both. */
bool till_begin(TillDb *self, GError **error);
bool till_end(TillDb *self, bool ok, GError **error);
/* After a write failed: if the disk is full and our reserve is still there, gives it up, clears
 * *error and asks to try again. For what must be recorded, since it has happened. */
bool till_use_reserve(TillDb *self, GError **error);

/* All below: inside a transaction. */

/* @details, @receipt: as journal_entry_seal() says. */
bool till_journal_add(TillDb *self, JournalKind kind, int64_t cashier, int64_t shift,
		      const json_t *details, const Receipt *receipt, GError **error);
/* Reads it off the disk into the ends, where everybody else finds it; cleared where none is open.
 */
bool till_shift_load(TillDb *self, GError **error);
/* These keep the ends in step. */
bool till_shift_store(TillDb *self, const TillShift *shift, GError **error);
bool till_shift_open(TillDb *self, const TillRequest *request, GError **error);
bool till_shift_close(TillDb *self, GError **error);
bool till_receipt_load(TillDb *self, TillOpen *ret, GError **error);
/* The open receipt if it is paid, else NULL, lent until it changes. It was read back from the rows
 * in the transaction that saved its last payment, so that closing it need not. */
bool till_receipt_get_paid(TillDb *self, const Receipt **ret, GError **error);
bool till_receipt_clear(TillDb *self, GError **error);
/* As the open one, with all its lines. */
bool till_receipt_put_whole(TillDb *self, const Receipt *receipt, int64_t cashier, GError **error);
/* It was dropped before payment. */
bool till_receipt_note_void(TillDb *self, const Receipt *receipt, int64_t cashier, GError **error);
/* till_sold.c: see till_db_find_sold(). */
bool till_sold_find(TillDb *self, const char *number, TillSold *ret, GError **error);
/* Writes down what a return takes back; TILL_ERROR_RETURNED where that is more than is left. */
bool till_sold_put_returned(TillDb *self, const Receipt *receipt, int64_t seq, GError **error);
/* TILL_ERROR_IN_DOCUMENT while a sale's document is not settled. */
bool till_receipt_check_free(TillDb *self, GError **error);
/* till_paper.c: the printer owes the receipt @seq. */
bool till_paper_add(TillDb *self, int64_t seq, const char *cashier, bool copy, bool words,
		    GError **error);
void till_format_number(TillDb *self, int64_t seq, char ret[static 40]);

/* What @request does to the till: journal, receipt, shift. @proof is NULL without a registrar. */
bool till_deed_apply(TillDb *self, const TillRequest *request, const FiscalProof *proof,
		     TillDone *ret, GError **error);
/* Refuses what till_deed_apply() would refuse; gives the sum of the document. */
bool till_deed_check(TillDb *self, const TillRequest *request, bool has_registrar, Money *ret_total,
		     GError **error);

/* *ret is NULL where it is not set; own it. */
bool till_setting_load(TillDb *self, const char *key, char **ret, GError **error);
bool till_setting_store(TillDb *self, const char *key, const char *value, GError **error);

/* Runs @name with one integer parameter. */
bool till_run_with(TillDb *self, const char *name, int64_t value, GError **error);
/* First column of the only row of @name. */
bool till_get_number(TillDb *self, const char *name, int64_t *ret, GError **error);
