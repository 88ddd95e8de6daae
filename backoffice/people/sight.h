/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* The shops somebody may see: all of them with RIGHT_ALL_SHOPS (and from the command line), else
 * those they were given, else the one they belong to. */

/* Array of int64_t by id. */
GArray *sight_shops(Store *store, int64_t person_id, GError **error);
bool sight_has(const GArray *shops, int64_t shop_id);
/* PEOPLE_ERROR_RIGHT, in the person's language, where they may not. */
bool sight_require(Store *store, int64_t person_id, int64_t shop_id, GError **error);
