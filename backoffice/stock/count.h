/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"
#include "backoffice/stock/ledger.h"

/* Counting while the shop sells. What a person finds on a shelf is compared with the balance at the
 * moment of that shelf's last scan, and the ledger is told the count as of then: sales before and
 * after it are where they belong, those that a till sends later too.
 *
 * An item that lies in several zones is counted as the sum of what was found in each. The moment is
 * that of the zone tills sell out of, where it was counted there; else of the last zone. Of several
 * passes over one zone the last counts; of several counters in one pass the sum, or, where the
 * document is a double count (head's note of scope "double"), each alone, and they have to agree.
 */

typedef struct {
	int64_t zone_id; /* 0: the whole shop */
	int64_t item_id;
	int pass;
	int64_t person_id;
	int64_t quantity, at;
} CountEntry;

/* One scan at @at: adds to what this person found of the item in this zone and pass. */
bool count_scan(Store *store, int64_t document, const CountEntry *entry, GError **error);
/* What they found in all, typed. Zero is a finding. */
bool count_set(Store *store, int64_t document, const CountEntry *entry, GError **error);
bool count_remove(Store *store, int64_t document, const CountEntry *entry, GError **error);
GArray *count_list(Store *store, int64_t document, GError **error); /* of CountEntry */

/* An item of the count, as it would be posted now. */
typedef struct {
	int64_t item_id;
	int64_t counted, expected; /* millionths; expected at the moment of counting */
	int64_t at;
	int64_t value; /* of the difference, at the average */
	bool disputed; /* two counters found different things */
	bool recounted; /* has a second pass */
	bool counted_at_all; /* false: in the scope, not found by anybody */
	char *name, *code, *unit; /* owned */
} CountItem;
void count_item_free(CountItem *self);
/* All of it; items in the scope that nobody counted too. */
GPtrArray *count_review(Store *store, int64_t document, GError **error);
/* Of those the ones to be counted once more: disputed, or other than expected, and without a second
 * pass. */
GPtrArray *count_to_recount(Store *store, int64_t document, GError **error);
/* How far each zone is: entries by zone. */
typedef struct {
	int64_t zone_id;
	char *name; /* owned */
	int n_items;
	int64_t last_at; /* 0: nobody began */
} CountProgress;
GPtrArray *count_progress(Store *store, int64_t document, GError **error);
/* For document_post(): what nobody counted is zero where @rest_is_zero, else stays as it is. Kept
 * in the document's head (reason "rest-is-zero"). 10 000 lines in 5 s. */

typedef struct {
	int64_t id;
	char *name; /* owned */
	bool sells;
} Zone;
bool count_post(Store *store, const Document *document, Ledger *ledger, GError **error);
GPtrArray *zone_list(Store *store, int64_t shop_id, GError **error);
bool zone_write(Store *store, int64_t shop_id, Zone *zone, int64_t person_id, GError **error);
