/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"
#include "backoffice/ui/text_table.h"

/* What each kind of document has: one view shows all of them. */

typedef enum {
	FIELD_SUPPLIER = 1 << 0,
	FIELD_REFERENCE = 1 << 1, /* number of the supplier's paper */
	FIELD_OTHER_SHOP = 1 << 2,
	FIELD_REASON = 1 << 3, /* why it is written off */
	FIELD_NOTE = 1 << 4,
	FIELD_BLIND = 1 << 5,
	/* of a line */
	FIELD_EXPECTED = 1 << 6,
	FIELD_COST = 1 << 7,
	FIELD_UNIT_COST = 1 << 8, /* cost is of one unit */
	FIELD_PRICE = 1 << 9, /* a new retail price */
	FIELD_BATCH = 1 << 10, /* batch and day of expiry */
	FIELD_SERIALS = 1 << 11,
	FIELD_INSTEAD = 1 << 12,
	FIELD_ACT = 1 << 13, /* a paper about what differs */
	FIELD_LABELS = 1 << 14,
	FIELD_RECIPE = 1 << 15, /* begins with what is made, and how much */
} OfficeField;

/* Bits of OfficeField. */
unsigned office_document_fields(DocumentKind kind);
/* "New delivery": what begins one. Translated. */
const char *office_document_new_title(DocumentKind kind);
/* What posting it does, asked before it is done. Translated. */
const char *office_document_question(DocumentKind kind);

#define OFFICE_N_REASONS 5
/* Why goods are written off: codes and titles, translated. */
const char *office_reason_code(int i);
const char *office_reason_title(const char *code);
