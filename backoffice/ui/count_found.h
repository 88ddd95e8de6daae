/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/count.h"
#include "backoffice/ui/intake.h"

/* What the window of a count asks of the desk's threads. */

/* What one person found in one zone and pass, the last first; how far every zone is. */
typedef struct {
	int64_t document_id, person_id, zone_id, shop_id;
	int pass;
	/* answer, owned */
	Document *document;
	GArray *entries; /* of CountEntry: this person's, here, in this pass */
	GPtrArray *goods; /* of Goods, by entry; NULL elements: deleted */
	GPtrArray *progress; /* of CountProgress */
	GPtrArray *zones; /* of Zone */
	guint round;
} CountFound;
void count_found_free(void *self);
bool count_found_work(Store *store, void *found, GError **error);

/* OfficeWork of an OfficeAddition. */
bool count_add_work(Store *store, void *addition, GError **error);

typedef struct {
	int64_t document_id;
	bool again; /* only what has to be counted once more */
	guint round;
	GPtrArray *items; /* owned; of CountItem */
} CountDifferences;
void count_differences_free(void *self);
bool count_differences_work(Store *store, void *differences, GError **error);
