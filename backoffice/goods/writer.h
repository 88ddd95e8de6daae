/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/draft.h"

/* Puts rows of one list into the database: finds the goods each means, adds or changes them, and
 * keeps what they were in a change set. */
typedef struct Writer Writer;

/* Borrows @store, inside a transaction until writer_free(). @price NULL: none by default.
 * @subject: of the change set. NULL with an error where the database failed. */
Writer *writer_new(Store *store, uint16_t currency, const Money *price, int64_t person_id,
		   const char *subject, GError **error);
void writer_free(Writer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Writer, writer_free)

/* False: the database failed or the person may not, and the import is over. *ret_reason: why the
 * row is refused; own it. */
bool writer_put(Writer *self, int64_t line, const Draft *draft, char **ret_reason, GError **error);
/* After the last row. What has been done, but for refused rows. */
bool writer_finish(Writer *self, GoodsImportCounts *ret, GError **error);
