/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"

/* A receipt as the office has it, with all that came back of it at any till (docs/hub.md). */
typedef struct {
	char *number; /* owned */
	Receipt *receipt; /* owned */
} OfficeReturn;

typedef struct {
	Receipt *receipt; /* owned */
	GPtrArray *returns; /* owned OfficeReturn, in order */
} OfficeReceipt;

/* RECEIPT_ERROR_DATA where it does not add up. */
OfficeReceipt *office_receipt_read(const json_t *json, GError **error);
void office_receipt_free(OfficeReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfficeReceipt, office_receipt_free)
