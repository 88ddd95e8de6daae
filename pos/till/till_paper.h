/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/till/till_db.h"

/* What the receipt printer of a till without a registrar still owes: a row a receipt, put there in
 * the transaction that closed it (TillRequest.paper), gone when it is printed. Used by the
 * printer's thread; as thread-safe as till_db.h. */
typedef struct {
	int64_t id; /* 0: nothing is owed */
	int64_t seq;
	char *number, *cashier; /* owned */
	bool begun; /* its first byte may have been sent, before the power went */
	bool copy; /* one may be out already */
	int64_t at; /* UTC microseconds of the sale */
	Receipt *receipt; /* owned */
	bool has_proof; /* a fiscal service made a document of it */
	FiscalProof proof;
	bool words; /* words for paper alone belong to it: till_printer_give_words() */
} TillPaper;
void till_paper_clear(TillPaper *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TillPaper, till_paper_clear)

/* The oldest one. */
bool till_paper_next(TillDb *self, TillPaper *ret, GError **error);
/* Before its first byte is sent. */
bool till_paper_begin(TillDb *self, int64_t id, GError **error);
/* Surely nothing of it was sent. */
bool till_paper_release(TillDb *self, int64_t id, GError **error);
/* It may be out, or a part of it: what is printed next is a copy. */
bool till_paper_doubt(TillDb *self, int64_t id, GError **error);
bool till_paper_end(TillDb *self, int64_t id, GError **error); /* printed */
int64_t till_paper_count(TillDb *self); /* -1 where it cannot be read */
/* Nobody wants them any more: an entry says how many. */
bool till_paper_drop_all(TillDb *self, int64_t cashier, GError **error);
/* The last closed receipt once more, as a copy. TILL_ERROR_NO_RECEIPT where there is none. */
bool till_paper_again(TillDb *self, const char *cashier, GError **error);
