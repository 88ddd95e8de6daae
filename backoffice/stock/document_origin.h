/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document_private.h"

/* What of an order or a transfer has come, and what is still to come: by item. */
typedef struct {
	int64_t item_id;
	int64_t sent, value; /* of all its lines; value: Σ cost */
	int64_t taken, value_taken; /* by posted documents that stand on it */
} Owed;

/* item_id → Owed. NULL with an error. */
GHashTable *document_owed(Store *store, const Document *origin, GError **error);

/* A batch of a transfer that has not arrived yet. */
typedef struct {
	int64_t item_id, batch_id, quantity;
	char *code; /* owned */
	int32_t expiry;
} BatchOnTheWay;

/* By item, first expired first. Array that frees its elements; NULL with an error. */
GPtrArray *document_batches_on_the_way(Store *store, int64_t transfer_id, GError **error);
/* Where those of an item begin; the array's length where it has none. */
guint document_batches_of(const GPtrArray *batches, int64_t item_id);
