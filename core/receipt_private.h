/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"

#define RECEIPT_CUSTOMER_SIZE 65 /* bytes of text and the end */
#define RECEIPT_MARK_MAX 255
#define RECEIPT_TEXT_MAX 64 /* of batch, serial number and classification */

/* The sale that a return is of, and what earlier returns have given back of it. */
typedef struct {
	const char *number; /* "": of none */
	Money total, rounding, kept[TENDER_N];
	Money returned_total, returned_kept[TENDER_N];
} ReceiptOrigin;

/* A receipt from inside: for receipt*.c alone. */
struct Receipt {
	ReceiptKind kind;
	uint16_t currency;
	TaxRounding tax_rounding;
	Discount discount;
	ReceiptTotals totals;
	int64_t cash_step; /* 1: exact */
	Rounding cash_how; /* half away where the step is 1 */
	ReceiptOrigin origin;
	char customer[CUSTOMER_N][RECEIPT_CUSTOMER_SIZE];

	/* owned */
	GArray *lines; /* ReceiptLine; its texts lie in @texts */
	GArray *payments; /* ReceiptPayment */
	GStringChunk *texts;
};

/* Sets @error and is false, to be returned. */
bool receipt_refuse(GError **error, ReceiptError code, const char *message);
bool receipt_check_open(const Receipt *self, GError **error);
bool receipt_has_origin(const Receipt *self);
/* Whether a line may be what it says: quantity, price, taxes and its own discount by itself. Its
 * mark is not NULL. */
bool receipt_line_check(const ReceiptLine *line, uint16_t currency, GError **error);
/* Whether the mark and the serial number of @line can be, beside the other live lines. */
bool receipt_mark_check(const Receipt *self, const ReceiptLine *line, GError **error);
bool discount_check(Discount discount, GError **error);

/* What JSON calls them. */
extern const char *const receipt_kind_codes[],
	*const receipt_rounding_codes[], *const receipt_discount_codes[],
						 *const receipt_cash_codes[],
							 *const receipt_customer_codes[];

/* Fills in all amounts of @lines, which are to be those of @self, and those of @totals that do not
 * depend on payments. On failure @lines may be half computed: give it a copy. */
bool receipt_compute(const Receipt *self, GArray *lines, Discount discount, ReceiptTotals *totals,
		     GError **error);
/* The same for what is paid, due, rounded and given as change, by the payments that are there. */
void receipt_compute_payments(const Receipt *self, ReceiptTotals *totals);
/* Of what the lines say already. */
bool receipt_add_up(const GArray *lines, ReceiptTotals *ret, GError **error);

/* Of a return by receipt: lines from what the sale charged, and never more than is left of it. */
bool receipt_compute_return(const Receipt *self, GArray *lines, ReceiptTotals *totals,
			    GError **error);
/* What this return gives back by kind where its total is @total. */
void receipt_give_back(const Receipt *self, int64_t total, int64_t ret[static TENDER_N]);
Quantity receipt_basis_left(const ReceiptBasis *basis);
/* The sum of those of @taxes that come on top. */
Money receipt_added_of(const TaxGroup *group, const Money taxes[static TAX_MAX], uint16_t currency);
/* @amount in coins. */
int64_t receipt_round_cash(const Receipt *self, int64_t amount);

/* Parts of JSON that only returns have. Reading wants the receipt's currency to be known. */
void receipt_origin_write(const ReceiptOrigin *self, GString *to);
bool receipt_origin_read(Receipt *self, const json_t *json);
void receipt_basis_write(const ReceiptLine *line, GString *to);
bool receipt_basis_read(const Receipt *self, const json_t *json, ReceiptLine *line);

/* Puts copies in the place of @line's texts. */
void receipt_keep_texts(Receipt *self, ReceiptLine *line);
/* A copy of @text that is surely UTF-8, as JSON and people need it. */
const char *receipt_keep_text(Receipt *self, const char *text);
