/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/draft.h"

/* Puts rows of one list into the database: finds the goods each means, adds or changes them. */
typedef struct Writer Writer;

/* Borrows @store, inside a transaction until writer_free(). @price NULL: none by default. */
Writer *writer_new(Store *store, const Money *price);
void writer_free(Writer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Writer, writer_free)

/* False: the database failed, the import is over. *ret_reason: why the row is refused; own it. */
bool writer_put(Writer *self, int64_t line, const Draft *draft, char **ret_reason, GError **error);
/* What has been done so far, but for refused rows. */
void writer_count(const Writer *self, GoodsImportCounts *ret);
