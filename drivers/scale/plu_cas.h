/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/plu_load.h"

/* CAS CL5000J, CL5200J, CL5500 over TCP 20304 (protocols/scale.md B2). Options: department (1),
 * letters. */
extern const struct plu_driver plu_cas_driver;

typedef struct {
	uint16_t department;
	LetterMap letters;
} PluCasSettings;

GByteArray *plu_cas_encode(const void *settings, const Plu *plu, GError **error);
/* Number 0 of department 0: all of them. */
GByteArray *plu_cas_encode_removal(const void *settings, const Plu *plu, GError **error);
bool plu_cas_is_whole(const uint8_t *bytes, size_t len);
/* Of the answer to @request. */
bool plu_cas_decode(const uint8_t *bytes, size_t len, const GByteArray *request, GError **error);
