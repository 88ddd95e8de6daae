/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document_private.h"

/* Changing a draft, inside a transaction. */

/* What stands in the database of a draft that is to be changed. */
typedef struct {
	DocumentKind kind;
	int64_t revision, head_revision;
} DraftStanding;

/* That it is there, is a draft, and that the person may change it. */
bool document_open_draft(Store *store, int64_t id, int64_t person_id, DraftStanding *ret,
			 GError **error);
/* Its lines have changed. */
bool document_touch(Store *store, int64_t id, GError **error);
/* Ends the transaction that the caller has begun: @done commits. */
bool document_end(Store *store, bool done, GError **error);
/* Binds NULL for 0. */
void document_bind_some(StoreStatement *statement, int index, int64_t value);
/* Reads the line's goods and checks it (document_lines.c). */
bool document_check_new_line(Store *store, DocumentKind kind, const DocumentLine *line,
			     GError **error);
