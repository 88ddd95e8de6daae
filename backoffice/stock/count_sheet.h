/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/count.h"

/* A count worked out: what was found, against what should have been there at that moment. Read in a
 * few statements, whatever the number of items. */

typedef struct {
	int64_t id;
	char *name; /* owned */
	bool sells, deleted;
	int64_t begun, ended; /* first and last scan of its first pass; 0: nobody was there */
} SheetZone;

typedef struct {
	CountItem *item; /* owned until it is taken */
	char *folded; /* owned; the order of names */
	int64_t person_id; /* who scanned last */
} SheetRow;

typedef struct {
	int64_t document, shop_id, at;
	bool is_count, is_draft, doubled, rest_is_zero;
	char *number, *scope, *subject; /* owned */
} CountHead;

/* False with DOCUMENT_ERROR_GONE where there is no such count. */
bool count_head_read(CountHead *self, Store *store, int64_t document, GError **error);
void count_head_clear(CountHead *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CountHead, count_head_clear)
/* The group's path where the scope is a group; else "". */
const char *count_head_get_group(const CountHead *self);

typedef struct {
	CountHead head;
	int64_t now; /* when it was read */
	/* owned */
	GArray *zones; /* of SheetZone */
	GArray *entries; /* of CountEntry, by item, zone, pass, person */
	GArray *moves; /* of SheetMove, by item and moment */
	GArray *rows; /* of SheetRow, by name */
} CountSheet;

/* @all_of_rest: of the goods nobody counted those too that should not be there. */
CountSheet *count_sheet_read(Store *store, int64_t document, bool all_of_rest, GError **error);
void count_sheet_free(CountSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CountSheet, count_sheet_free)

/* When what nobody counted was not there: at the head's moment, else now. */
int64_t count_sheet_rest_at(const CountSheet *self);

/* What moved an item. */
typedef enum { MOVE_OTHER, MOVE_TILL, MOVE_DOCUMENT } MoveSource;
typedef struct {
	int64_t item_id, at, quantity, value;
	MoveSource source; /* MOVE_OTHER: nothing was carried (counts, corrections) */
} SheetMove;

/* The part of the entries and moves that is one item's. */
typedef struct {
	const CountEntry *entries;
	guint n_entries;
	const SheetMove *moves;
	guint n_moves;
	int64_t quantity, value, average; /* now; average: millionths of a minor unit */
} SheetWork;
/* Fills in what was counted, when, what should have been there, and whether it is disputed. */
bool count_resolve(const CountSheet *sheet, const SheetWork *work, CountItem *item, GError **error);
