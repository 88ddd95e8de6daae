/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/item.h"

/* The rows that make up an item: what one item's editing and the import of a million share. Nothing
 * here asks for rights or judges what it writes. All inside a transaction. */

/* Without its packs and barcodes. NULL without an error where there is none; a deleted one only
 * with @ret_deleted, which may be NULL. */
Item *item_row_read(Store *store, int64_t id, bool *ret_deleted, GError **error);
bool item_row_read_lists(Store *store, Item *self, GError **error);

typedef enum {
	WORDS_STAY, /* name, article and brand are as they stand there */
	WORDS_CHANGE,
	WORDS_COME, /* it was deleted: there are none to take away, and doing so harms the index */
} WordChange;
/* The row and its search words, with self->id and self->revision. */
bool item_row_insert(Store *store, const Item *self, GError **error);
bool item_row_update(Store *store, const Item *self, WordChange words, GError **error);
bool item_row_touch(Store *store, int64_t id, int64_t revision, GError **error);
/* With its barcodes, packs and words: its codes can be given again. */
bool item_row_delete(Store *store, const Item *self, GError **error);
bool item_row_add_barcode(Store *store, int64_t item_id, const char *key, const char *code,
			  int64_t pack_id, GError **error);
WordChange item_word_change(const Item *before, const Item *after);

/* Whose a code is: *ret_id 0 where nobody's. Own *ret_name, which may be NULL. */
bool item_row_find(Store *store, const char *statement, const char *text, int64_t *ret_id,
		   char **ret_name, GError **error);
