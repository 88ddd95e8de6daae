/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods.h"
#include "backoffice/stock/document.h"
#include "backoffice/ui/intake.h"

/* A document with the names of all that it speaks of, as a window shows it; and the work on its
 * lines, for the desk's threads. */

typedef struct {
	Document *document; /* owned */
	GHashTable *goods; /* owned: item id → Goods, of lines and what they came instead of */
	GHashTable *people; /* owned: person id → name */
	char *supplier, *other_shop, *origin; /* owned: names, a number; "" where none */
} OfficeDraft;
void office_draft_free(OfficeDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfficeDraft, office_draft_free)

OfficeDraft *office_draft_read(Store *store, int64_t id, GError **error);
/* "" where it is not known. */
const char *office_draft_person(const OfficeDraft *self, int64_t id);
const Goods *office_draft_goods(const OfficeDraft *self, int64_t item_id);
const DocumentLine *office_draft_line(const OfficeDraft *self, int line);
DocumentLine *document_line_copy(const DocumentLine *line);
void document_line_free(void *line);

/* OfficeWork of an OfficeAddition: a quantity, what the paper says, or a serial number. */
bool office_draft_add(Store *store, void *addition, GError **error);

/* What differs, in words a person reads: "3 over", "2 short", "as expected", "not expected". Own
 * it; "" while nothing is expected. */
char *office_draft_state_dup(const OfficeDesk *desk, const DocumentLine *line, OfficeTone *ret);
