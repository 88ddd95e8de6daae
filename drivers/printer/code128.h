/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Code 128 as symbol values: the start, the data with its changes of set; without check and stop.
 */
enum {
	CODE128_TO_C = 99, /* in set B */
	CODE128_TO_B = 100, /* in set C */
	CODE128_FNC1 = 102,
	CODE128_START_A = 103,
	CODE128_START_B = 104,
	CODE128_START_C = 105,
};
#define CODE128_MAX_SYMBOLS 128

typedef struct {
	size_t n;
	uint8_t values[CODE128_MAX_SYMBOLS];
} Code128;

/* The shortest symbol in sets B and C, for @text of 1..60 characters 0x20..0x7E. Pairs of digits
 * whose bytes would be a real-time command in ESC/POS are told in set B. */
void code128_plan(const char *text, Code128 *ret);
uint8_t code128_check(const Code128 *self);
/* In modules, without quiet zones. */
int code128_width(const Code128 *self);
/* Data of GS k, m = 0x49: selectors, and set C in binary. In sets B and C only. */
void code128_append_escpos(const Code128 *self, GByteArray *ret);
