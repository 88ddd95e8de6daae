/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/item.h"

#include <jansson.h>

/* An item's fields as JSON: what the audit and the undo keep of a change. */

/* Objects of the fields that differ, as each of the two has them; NULL outputs may be left out.
 * False: nothing differs. @before NULL: compared with an empty item. Own what is given. */
bool item_diff(const Item *before, const Item *after, json_t **ret_before, json_t **ret_after);
/* Puts fields from such an object into @self. What it does not know stays. */
void item_apply(Item *self, const json_t *fields);
/* Into @first what @later has and it does not: two changes of one item in a row, and what was
 * before both. */
void item_diff_merge(json_t *first, const json_t *later);
/* As the database keeps it; own it. */
char *item_diff_dup_text(const json_t *fields);
