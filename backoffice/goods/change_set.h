/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/item.h"

#include <jansson.h>

/* How a change of many goods is kept, so that it can be undone. All inside one transaction, which
 * is the change's own. */

/* @what: "import", "edit". */
bool change_set_open(Store *store, int64_t person_id, const char *what, const char *subject,
		     int64_t *ret_set, GError **error);
/* What of an item was other: the object of item_diff(). @again: this set has changed it before, and
 * what was before both is kept. */
bool change_set_keep(Store *store, int64_t set, int64_t item_id, const json_t *before, bool again,
		     GError **error);
/* @first_item 0: none are new. A set of no goods is dropped. */
bool change_set_close(Store *store, int64_t set, int64_t n, int64_t first_item, int64_t last_item,
		      GError **error);
