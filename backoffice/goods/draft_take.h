/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/draft.h"

/* What a row of a list says of an item, put into it. Pure: the family is the writer's to find. */

/* Whether that changed anything. */
bool draft_take(const Draft *self, Item *item);
/* Its pack and barcode, into an item whose lists have been read. *ret_reason: why the row is
 * refused; own it. */
bool draft_take_lists(const Draft *self, Item *item, char **ret_reason);
/* Whether the row gives an item of an earlier row of the same list something else. */
bool draft_contradicts(const Draft *self, const Item *item);
