/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

#include <glib.h>

/* A receipt as it is looked at in the office. Amounts as they are kept: below zero in returns. */

typedef struct {
	char *code, *name, *unit; /* owned */
	int64_t quantity, price, discount, net;
	int number;
} ReceiptSheetLine;

typedef struct {
	char *code; /* owned */
	int64_t rate, base, amount;
} ReceiptSheetTax;

typedef struct {
	char *kind, *reference; /* owned */
	int64_t amount;
} ReceiptSheetPayment;

/* A return of it, or the sale that it gives back. */
typedef struct {
	int64_t till_id, seq, at, net;
	char *number; /* owned */
	bool is_return;
} ReceiptSheetOther;

typedef struct {
	int64_t shop_id, till_id, seq;
	char *number, *till, *cashier, *origin; /* owned, never NULL */
	bool is_return;
	int64_t shift, at;
	int64_t gross, discount, added, net, rounding;
	bool has_document; /* of a registrar */
	bool late; /* the registrar was not told yet */
	int64_t document, fiscal_shift, fiscal_receipt;
	char *sign, *serial, *fiscal_at; /* owned, never NULL */
	GArray *lines, *taxes, *payments, *others; /* owned, of the types above */
} ReceiptSheet;

/* REPORT_ERROR_QUERY where there is no such receipt. */
ReceiptSheet *receipt_sheet_read(Store *store, int64_t shop_id, int64_t till_id, int64_t seq,
				 GError **error);
void receipt_sheet_free(ReceiptSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReceiptSheet, receipt_sheet_free)
