/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"
#include "core/quantity.h"

/* Retail numbers (GS1 General Specifications; protocols/scanner.md §5 and §8). */

typedef enum {
	BARCODE_OTHER, /* not a GS1 number: a PLU, an article, rubbish; look up as it stands */
	BARCODE_EAN8,
	BARCODE_UPCA,
	BARCODE_EAN13,
	BARCODE_GTIN14,
	BARCODE_UPCE, /* eight digits that are no EAN-8, with the check digit of a UPC-E */
	BARCODE_BAD_CHECK, /* digits of a GS1 length with a wrong check digit */
} BarcodeKind;

/* Check digit of @digits (7 to 17 digits without it): weights 3,1,3… from the right. -1 if not
 * all digits. */
int barcode_check_digit(const char *digits, size_t n);
/* Check sign of an ISBN-10 (@n 9) or an ISSN (@n 7): '0' to '9' or 'X'. '\0' if not all digits. */
char barcode_mod11_check(const char *digits, size_t n);
BarcodeKind barcode_kind(const char *code);
/* What goods are looked up by: 14 digits, zero-padded, for GS1 numbers with a right check digit
 * (so UPC-A, its EAN-13 form and the UPC-E that is short for it meet); any other text as it is,
 * trimmed. Own it. */
char *barcode_dup_key(const char *code);
/* UPC-E of 6, 7 (number system first) or 8 digits (and check last) to 12-digit UPC-A with its
 * check digit. False if not UPC-E or the given check digit is wrong. */
bool barcode_expand_upce(const char *code, char ret[static 13]) G_GNUC_WARN_UNUSED_RESULT;

/* In-store EAN-13 that carries a weight or a price. A template has 13 characters: digits match
 * themselves, I is the item's number, W grams (thousandths of the unit), P minor-unit-free price
 * (in units the '.'-less way of the template's decimals), V an inner check digit that is ignored,
 * C the EAN check digit, _ anything. "22IIIIIWWWWWC" = prefix 22, item 5, weight 5.
 * Price templates may say decimals: "23IIIIIPPPPPC:0" means P counts whole currency units,
 * ":2" minor units of a two-decimal currency. The default is the currency's exponent. */
typedef struct {
	char item[14]; /* digits of I, as printed, leading zeros kept */
	bool has_weight;
	Quantity weight;
	bool has_price;
	Money price;
} EmbeddedCode;

/* True if @template is well formed: 13 cells, ends in C, has I and exactly one of W and P. */
bool barcode_template_check(const char *template);
/* True and *ret if @code has a right check digit and fits @template. A weight or price of zero does
 * not: such a label came from an empty platform. */
bool barcode_parse_embedded(const char *template, const char *code, uint16_t currency,
			    EmbeddedCode *ret) G_GNUC_WARN_UNUSED_RESULT;
