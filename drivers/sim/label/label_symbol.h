/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/label/label_canvas.h"

/* Bar codes. The linear ones are drawn from our own tables, the square ones by libzint. */

/* '0'..'9' that makes the sum right; @digits are all before it (7, 11 or 12). */
char label_check_digit(const char *digits);
/* Modules as '1' (bar) and '0'. @digits: 13 or 8, the check digit among them. Own it. */
char *label_ean_modules(const char *digits);

/* What Code 128 is made of: a byte, or FNC1; with LABEL_RAW a symbol value as it stands (starts and
 * shifts of a host that chooses the sets itself). */
enum { LABEL_FNC1 = 0x100, LABEL_RAW = 0x200 };
/* @codes: of uint16_t. Sets are chosen here, unless the first is raw, then all must be. NULL where
 * it has a byte that Code 128 cannot say (above 7F), or nothing. Own it. */
char *label_code128_modules(const GArray *codes);

/* A list of them to fill. */
GArray *label_codes_new(void);
void label_codes_add(GArray *codes, int code);
/* All of @data. @gs1: FNC1 first, and the parentheses around identifiers are not encoded. */
GArray *label_codes_of(const GByteArray *data, bool gs1);

/* @narrow dots a module, @height dots, and @words below where not NULL. */
LabelCanvas *label_bars_new(const char *modules, int narrow, int height, const char *words);

/* QR of @level 'L', 'M', 'Q' or 'H', a module is @cell dots. NULL where it holds no such data. */
LabelCanvas *label_qr_new(const uint8_t *data, size_t len, char level, int cell);
/* ECC 200. @codes: of uint16_t, bytes and LABEL_FNC1. */
LabelCanvas *label_data_matrix_new(const GArray *codes, int cell);
