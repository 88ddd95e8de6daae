/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/recipe.h"

/* DOCUMENT_ERROR_CIRCLE where the item needs itself on some day, DOCUMENT_ERROR_INVALID where more
 * hangs together than can be taken apart. Asks the database as it stands in this transaction. */
bool recipe_check_graph(Store *store, int64_t item_id, GError **error);

/* Name as people know it; "#7" where it is gone. Own it; NULL on failure. */
char *recipe_dup_item_name(Store *store, int64_t item_id, GError **error);

/* In a transaction of the caller. A service stays one: no recipe is written for it. */
bool recipe_set_kit(Store *store, int64_t item_id, bool kit, int64_t person_id, GError **error);
