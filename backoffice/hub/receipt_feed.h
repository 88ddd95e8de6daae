/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

#include <jansson.h>

/* A receipt of any till of the shop, for a till that takes goods back:
 *   {"number":"T1-000017", "till":1, "at":…, "receipt":{…}, "fiscal":{…}|null, "returns":[…]}
 * with the same members but "returns" for each return of it, in order. Own it. *ret is NULL where
 * the office has no such receipt. */
bool receipt_feed_find(Store *store, int64_t shop_id, const char *number, json_t **ret,
		       GError **error);
