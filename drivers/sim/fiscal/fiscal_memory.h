/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What the simulated registrars have in common on disk, so that tests count documents the same way
 * for all: a state file in JSON, replaced as a whole, whose member "book" lists what was booked. A
 * list that only grows is kept as text, or ten thousand documents would be written out anew, member
 * by member, for every line of a receipt. What is long and seldom read goes, once there is much of
 * it, into an archive beside the state file, STATE.archive, which is only ever added to. */

/* ---- lists */

typedef struct FiscalList FiscalList; /* a JSON array */
FiscalList *fiscal_list_new(void);
void fiscal_list_free(FiscalList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FiscalList, fiscal_list_free)
void fiscal_list_add(FiscalList *self, json_t *item); /* takes @item */
bool fiscal_list_load(FiscalList *self, const json_t *root, const char *key);
/* For a command that is taken back: what was added since fiscal_list_mark() is gone. */
size_t fiscal_list_mark(const FiscalList *self);
void fiscal_list_rewind(FiscalList *self, size_t mark);

/* ---- the book */

/* Sums are minor units; "cash" is net of change, and of a return what was given back. */
typedef struct {
	int64_t number; /* of the document, as the registrar tells it */
	const char *kind; /* "sale", "return", "correction", "correction-return", "shift-open",
			     "shift-close", "cash-in", "cash-out" */
	int64_t total, cash, card; /* card: all that is not cash */
	const char *id; /* ours, where the protocol carries one; NULL: "" */
	int64_t sales, returns, cash_in_drawer; /* of "shift-close" */
} FiscalBooked;
void fiscal_book_add(FiscalList *book, const FiscalBooked *entry);

/* ---- the archive: lines of JSON */

typedef struct {
	FiscalList *recent; /* owned; still in the state file, as "recent" */
	int64_t len; /* bytes of the archive that count, "archive"; the rest is a torn write */
} FiscalArchive;
void fiscal_archive_init(FiscalArchive *self);
void fiscal_archive_clear(FiscalArchive *self);
void fiscal_archive_add(FiscalArchive *self, json_t *item); /* takes @item */
/* To be called before the state is written. */
bool fiscal_archive_flush(FiscalArchive *self, const char *state_path, GError **error);
/* All that was ever added, as an array. NULL where it is not there, or is something else. Own it.
 */
json_t *fiscal_archive_read(FiscalArchive *self, const char *state_path, const json_t *root);

/* ---- the state file */

typedef struct {
	const char *key; /* NULL ends them */
	const FiscalList *list; /* borrowed */
} FiscalMember;
/* Takes @root. A new file takes the old one's place: a kill leaves one or the other. */
bool fiscal_state_save(const char *path, json_t *root, const FiscalMember *members, GError **error);
/* *ret NULL: there is no file yet. Own it. */
bool fiscal_state_load(const char *path, json_t **ret, GError **error);
bool fiscal_state_refuse(const char *path, GError **error); /* false: it is not ours */

/* ---- numbers of a struct, by a table, so that none is written and not read */

typedef struct {
	const char *key;
	size_t offset; /* of int64_t */
	size_t n; /* 1: a number, else an array */
} FiscalNumber;
#define FISCAL_NUMBER(type, name)                                                                  \
	{                                                                                          \
#name, offsetof(type, name), sizeof(((type *)0)->name) / sizeof(int64_t)           \
	}
void fiscal_put_numbers(json_t *object, const void *base, const FiscalNumber *numbers, size_t n);
bool fiscal_get_numbers(const json_t *object, void *base, const FiscalNumber *numbers, size_t n);
