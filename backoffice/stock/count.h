/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"
#include "backoffice/stock/ledger.h"

/* Counting while the shop sells. What a person finds on a shelf is compared with the balance at the
 * moment of that shelf's last scan, and the ledger is told the count as of then: sales before and
 * after it are where they belong, those that a till sends later too.
 *
 * An item that lies in several zones is counted as the sum of what was found in each. The moment is
 * that of the zone tills sell out of: where it was found there, of its last scan there; where it
 * was not, but others were, of the last scan of that zone, when there was none of it. Where nobody
 * was in that zone, of the last scan anywhere. Of several passes over one zone the last counts.
 *
 * Of several counters in one pass the sum; in a double count each alone, at least two, and they
 * have to agree, with what was sold between them reckoned in.
 *
 * Goods that come or leave by a document while their zones are being counted (one before, another
 * after it) are in one of the figures, and nobody can tell in which: they are disputed until one
 * zone has been counted once more. So are goods sold between the counts of two zones that sell, and
 * goods counted both in a zone and in the shop as a whole (zone 0). What is disputed cannot be
 * posted.
 *
 * A delivery that is entered only after the count was posted, as of a moment between two counts of
 * its goods, shakes what is posted: the review of the posted count shows them as disputed, and a
 * new count of them puts it right. Goods carried from a counted zone into one that is not yet
 * counted, or out of or into a zone between two passes of which only one zone had the second, are
 * seen by nobody, and up to the people. */

/* Words in the head's reason, blanks between them. */
#define COUNT_REST_IS_ZERO "rest-is-zero" /* what nobody counted is not there */
#define COUNT_DOUBLE "double" /* two people count everything, each alone */
bool count_has_option(const Document *document, const char *option);

/* The head's scope: '' everything; 'group' the goods whose category is the subject or lies below
 * it, and only those can be scanned; 'zone' what was found in the zone (the subject is its id) by
 * its last posted count. */

typedef struct {
	int64_t zone_id; /* 0: the whole shop */
	int64_t item_id;
	int pass; /* from 1 */
	int64_t person_id;
	int64_t quantity, at; /* at 0: now */
} CountEntry;

/* RIGHT_COUNT of entry->person_id; each in a transaction of its own. DOCUMENT_ERROR_STATE where the
 * count is posted already: what was found after that is not in it. */

/* One scan at @at: adds to what this person found of the item in this zone and pass. Below zero
 * takes a scan back, to zero at most. */
bool count_scan(Store *store, int64_t document, const CountEntry *entry, GError **error);
/* What they found in all, typed. Zero is a finding. */
bool count_set(Store *store, int64_t document, const CountEntry *entry, GError **error);
/* Nobody was there: quantity and at do not matter. */
bool count_remove(Store *store, int64_t document, const CountEntry *entry, GError **error);
/* By item, zone, pass, person. */
GArray *count_list(Store *store, int64_t document, GError **error); /* of CountEntry */

/* An item of the count, as it would be posted now. */
typedef struct {
	int64_t item_id;
	int64_t counted, expected; /* millionths; expected at the moment of counting */
	int64_t at; /* 0 where nobody counted it */
	int64_t value; /* of the difference, at the average of that moment */
	bool disputed;
	bool recounted; /* has a second pass */
	bool counted_at_all; /* false: in the scope, not found by anybody */
	char *name, *code, *unit; /* owned */
	char *dispute; /* owned; why, in the person's language; NULL where it is not disputed */
} CountItem;
void count_item_free(CountItem *self);
/* All of it by name; items in the scope that nobody counted too, where they should be there. Of a
 * posted count: as it was posted, and what has become disputed since. Reads by itself as of one
 * moment: not inside a transaction. */
GPtrArray *count_review(Store *store, int64_t document, GError **error);
/* Of those the ones to be counted once more: disputed; or other than expected and without a second
 * pass; or found by nobody, where the rest is to be zero. Of a posted count: what is disputed
 * since. */
GPtrArray *count_to_recount(Store *store, int64_t document, GError **error);
/* How far each zone is: entries by zone. */
typedef struct {
	int64_t zone_id;
	char *name; /* owned; "" where it is the shop as a whole */
	int n_items;
	int64_t last_at; /* 0: nobody began */
} CountProgress;
GPtrArray *count_progress(Store *store, int64_t document, GError **error);

/* For document_post(), in its transaction, before the document's state changes: tells the ledger
 * what was found, and writes a line an item (counted, expected, cost of the difference, moment) for
 * the paper. Findings that were handed in as lines (baraa post) count as found in the whole shop.
 * What nobody counted is zero, at the head's moment or else now, where the head says so; else it
 * stays as it is.
 * DOCUMENT_ERROR_INVALID names goods that are disputed, or a zone nobody was in. */
bool count_post(Store *store, const Document *document, Ledger *ledger, GError **error);

typedef struct {
	int64_t id; /* 0: new */
	char *name; /* owned */
	bool sells;
} Zone;
void zone_free(Zone *self);
GPtrArray *zone_list(Store *store, int64_t shop_id, GError **error);
/* RIGHT_SETTINGS. */
bool zone_write(Store *store, int64_t shop_id, Zone *zone, int64_t person_id, GError **error);
/* What was counted in it stays. */
bool zone_delete(Store *store, int64_t shop_id, int64_t id, int64_t person_id, GError **error);
