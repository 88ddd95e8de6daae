/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/plu_load.h"
#include "drivers/scale/pos2_link.h"

/* Shtrih-Print and Mertech M-ER in its mode, over UDP 1111 or a serial line (protocols/scale.md
 * B1). Options: password (0030); framing=udp|serial, usually seen by the address; letters. */
extern const struct plu_driver plu_shtrih_driver;

typedef struct {
	char password[5];
	bool udp;
	LetterMap letters;
} PluShtrihSettings;

/* The messages are bodies: command and data. */
GByteArray *plu_shtrih_encode(const void *settings, const Plu *plu, GError **error);
GByteArray *plu_shtrih_encode_removal(const void *settings, const Plu *plu, GError **error);
bool plu_shtrih_is_whole(const uint8_t *bytes, size_t len);
/* Of datagrams, one or several in a row. */
bool plu_shtrih_decode(const uint8_t *bytes, size_t len, uint8_t command, GError **error);
