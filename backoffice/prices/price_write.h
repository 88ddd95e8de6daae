/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* What the writers of prices share. Inside a transaction of theirs. */

/* Items that tills have to hear of: each takes one revision, however often it was added. */
typedef struct Touched Touched;
Touched *touched_new(void);
void touched_free(Touched *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Touched, touched_free)
void touched_add(Touched *self, int64_t item_id);
guint touched_count(const Touched *self);
bool touched_write(Touched *self, Store *store, GError **error);

/* Every item takes a revision. */
bool touch_all_items(Store *store, GError **error);

/* item.price and nothing else. */
bool price_write_item(Store *store, int64_t item_id, bool has_amount, int64_t amount,
		      GError **error);
