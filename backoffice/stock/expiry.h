/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* What tills are told of the last day of sale of goods that are kept by day: the latest of the
 * batches that a shop has. Nothing is told where some of the stock is of no known batch, or of one
 * without a day: a till stops only what is surely past its day. */

/* To be asked in the caller's transaction whenever batches of the item have moved and its balance is
 * written: after ledger_finish(). Takes a revision only where the day is another than tills know. */
bool expiry_changed(Store *store, int64_t shop_id, int64_t item_id, GError **error);
