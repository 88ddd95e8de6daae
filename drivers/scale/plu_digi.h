/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/plu_load.h"

/* DIGI SM-100 to SM-5000 over TCP, port 2000 + the last number of the address (protocols/scale.md
 * B3, one open driver's account). Options: prefix=21, the two digits that begin the barcode, and
 * must be given; prefix_pieces where pieces have others; letters. */
extern const struct plu_driver plu_digi_driver;

typedef struct {
	int prefix, prefix_pieces;
	LetterMap letters;
} PluDigiSettings;

GByteArray *plu_digi_encode(const void *settings, const Plu *plu, GError **error);
GByteArray *plu_digi_encode_removal(const void *settings, const Plu *plu, GError **error);
bool plu_digi_decode(const uint8_t *bytes, size_t len, GError **error);
