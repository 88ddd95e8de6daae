/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"

/* A receipt from inside: for receipt*.c alone. */
struct Receipt {
	ReceiptKind kind;
	uint16_t currency;
	TaxRounding tax_rounding;
	Discount discount;
	ReceiptTotals totals;

	/* owned */
	GArray *lines; /* ReceiptLine; its texts lie in @texts */
	GArray *payments; /* ReceiptPayment */
	GStringChunk *texts;
};

/* Sets @error and is false, to be returned. */
bool receipt_refuse(GError **error, ReceiptError code, const char *message);
/* Whether a line may be what it says: quantity, price, taxes and its own discount by itself. */
bool receipt_line_check(const ReceiptLine *line, uint16_t currency, GError **error);
/* Whether a payment may follow those of @totals. */
bool receipt_payment_check(const ReceiptTotals *totals, TenderKind kind, Money amount,
			   GError **error);
bool discount_check(Discount discount, GError **error);

/* What JSON calls them. */
extern const char *const receipt_kind_codes[], *const receipt_rounding_codes[],
						       *const receipt_discount_codes[];

/* Fills in all amounts of @lines from quantities, prices and discounts, and those of @totals that
 * do not depend on payments. On failure @lines may be half computed: give it a copy. */
bool receipt_compute(ReceiptLine *lines, int n, uint16_t currency, TaxRounding rounding,
		     Discount discount, ReceiptTotals *totals, GError **error);
/* The same for paid, due and change. */
void receipt_compute_payments(const ReceiptPayment *payments, int n, ReceiptTotals *totals);
/* A copy of @text that is surely UTF-8, as JSON and people need it. */
const char *receipt_keep_text(Receipt *self, const char *text);
