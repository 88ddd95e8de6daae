/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/buying/price_list.h"
#include "backoffice/goods/goods_import.h"
#include "backoffice/ui/desk.h"

/* What the page of imports asks for, and what came of it. */

typedef enum { IMPORT_PREVIEW, IMPORT_TRY, IMPORT_RUN, IMPORT_UNDO } ImportVerb;

/* Told from the thread of the import, read on the window's. */
typedef struct {
	gint permille, rows; /* atomic; permille −1: not known */
} ImportProgress;

#define IMPORT_REFUSALS_SHOWN 200

typedef struct {
	ImportVerb verb;
	int64_t person_id;
	bool header;
	int n_map;
	int64_t set; /* to be undone */
	int64_t supplier_id; /* whose price list it is; 0: goods */
	NumberStyle style;
	uint16_t currency;

	GoodsImportCounts counts;
	PriceListResult prices; /* its sums; rows is not kept */
	int64_t undone, kept;

	/* owned */
	char *path, *encoding; /* encoding NULL: as found */
	int *map; /* Column of each column of the file, −1: left out */
	GoodsPreview *preview;
	GString *refused; /* the first of them, a line each; of price lists what rose, too */
	ImportProgress *progress; /* an atomic box, shared with the page */
	GCancellable *cancellable;
} ImportOrder;

ImportOrder *import_order_new(ImportVerb verb, const OfficeDesk *desk);
void import_order_free(void *order);
void import_progress_unref(ImportProgress *self);
/* Its task data is the order, which is its answer, too: returns a boolean. */
void import_order_job(GTask *task, Store *store);
