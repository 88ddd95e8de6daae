/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Whole goods files for new tills, made once a revision and kept as mapped files without a name.
 * Belongs to one thread. */
typedef struct SnapshotCache SnapshotCache;

SnapshotCache *snapshot_cache_new(void);
/* Bytes that were handed out stay good. */
void snapshot_cache_free(SnapshotCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SnapshotCache, snapshot_cache_free)

/* The goods file of @shop_id as it is now, in @version (GOODS_FILE_PLAIN to GOODS_FILE_VERSION),
 * mapped from the disk and not read into memory. @store only reads. */
GBytes *snapshot_cache_get(SnapshotCache *self, Store *store, int64_t shop_id, int version,
			   GError **error);
