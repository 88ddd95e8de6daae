/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/item.h"

/* What editing one item, a change of many and an undo share. Inside a transaction of the caller,
 * who has asked for RIGHT_EDIT_GOODS. */
typedef struct {
	int64_t person_id;
	const char *how; /* of a price change: "hand", "edit", "undo" */
	bool deleted; /* what is written over was deleted, and comes back */
	bool quiet; /* the audit has the change as a whole */
	uint16_t currency; /* of the shop; 0: to be asked of the database */
} ItemChange;

/* Writes @self over @old (NULL: it is new): checks, price history, audit. Asks for
 * RIGHT_CHANGE_PRICE where a price is another. *ret_changed false: they are the same, and nothing
 * was written; may be NULL. @self is as it was where this fails. */
bool item_store(Store *store, const Item *old, Item *self, const ItemChange *change,
		bool *ret_changed, GError **error);
/* The item with its packs and barcodes, a deleted one too. NULL without an error: there is none. */
Item *item_read_any(Store *store, int64_t id, bool *ret_deleted, GError **error);
/* Deletes it, whatever its stock; audited. */
bool item_remove(Store *store, const Item *item, int64_t person_id, GError **error);
bool item_has_moved(Store *store, int64_t id, bool *ret, GError **error);
/* GOODS_ERROR_USED where it has stock, or something is made of it: it cannot be deleted. */
bool item_require_unused(Store *store, const Item *item, GError **error);
bool goods_currency(Store *store, uint16_t *ret, GError **error);
/* *ret_id 0 where nobody has it. Own *ret_name, which may be NULL. */
bool item_find_plu(Store *store, int64_t plu, int64_t *ret_id, char **ret_name, GError **error);

static inline void item_swap(Item *a, Item *b)
{
	Item held = *a;

	*a = *b;
	*b = held;
}
