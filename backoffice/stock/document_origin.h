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
