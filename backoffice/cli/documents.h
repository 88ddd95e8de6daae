/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"

/* How the commands tell of a document. */

/* The one of this id, as lists show it; own the array that it stands in. NULL after a failure. */
GPtrArray *documents_read_one(Store *store, int64_t id, GError **error);
/* {"number":…, "kind":…, "state":…, "lines":…, "value":…, …}; @currency of its shop. */
json_t *documents_to_json(const DocumentSummary *summary, uint16_t currency);
/* Of the shop that a document is in. */
bool documents_currency(Store *store, int64_t shop_id, uint16_t *ret, GError **error);
