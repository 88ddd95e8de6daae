/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The plain Data Matrix of a Russian cigarette pack: no identifiers, no separators
 * (protocols/scanner.md §7). */
typedef struct {
	char gtin[15];
	char serial[8];
	int64_t price_kopecks; /* the highest it may be sold at */
} TobaccoPack;

/* 29 characters: GTIN 14, serial 7, price 4, check 4. False where it is none. */
bool tobacco_pack_parse(const char *code, TobaccoPack *ret) G_GNUC_WARN_UNUSED_RESULT;
/* Four characters of base 80. */
bool tobacco_price_parse(const char *text, int64_t *ret_kopecks) G_GNUC_WARN_UNUSED_RESULT;
