/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

#include <jansson.h>

#define CHANGES_ITEMS_MAX 5000

/* What changed after revision @since, as GET /v1/changes answers. NULL on failure. @store only
 * reads. */
json_t *changes_to_json(Store *store, int64_t shop_id, int64_t since, GError **error);
