/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/plu_load.h"

/* Massa-K MK-R and MK-L over TCP 5001 (protocols/scale.md B4, one open driver's account). Options:
 * load=changes|full: "full" empties the scale first, and is the only way to take items out;
 * letters. */
extern const struct plu_driver plu_massa_driver;

typedef struct {
	bool full;
	LetterMap letters;
} PluMassaSettings;

/* Records of the scale's two files. */
GByteArray *plu_massa_encode_goods(const void *settings, const Plu *plu, GError **error);
GByteArray *plu_massa_encode_plu(const void *settings, const Plu *plu, GError **error);
/* The frame that sends the @current record, from 1, of @n. */
GByteArray *plu_massa_part_new(uint8_t type, int n, int current, const GByteArray *record);
/* Of the answer to @command; @type: of a part, else 0. */
bool plu_massa_decode(const uint8_t *bytes, size_t len, uint8_t command, uint8_t type,
		      GError **error);
