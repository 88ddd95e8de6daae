/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a terminal says of a payment (payment-terminal §5), out of its bytes and without I/O. */
enum { ZVT_NONE = -1, ZVT_MAX_TLV_DEPTH = 8 };

/* Numbers are ZVT_NONE and strings empty where nothing was said. Tracks and check values are never
 * kept, and of the card's number only the last four digits. */
typedef struct {
	int64_t amount; /* minor units */
	int currency; /* ISO 4217 number */
	int result; /* 27 */
	int trace;
	int original; /* trace of the payment that a reversal has taken back (37) */
	int receipt;
	int time; /* HHMMSS, of the terminal's clock */
	int date; /* MMDD */
	int card_type;
	int extended; /* TLV 1F16 */
	char terminal[16];
	char pan[24];
	char card[24];
	char authorisation[16];
	char text[64]; /* additional text, UTF-8 */
	size_t read; /* bytes understood: an unknown BMP ends the reading */
} ZvtInfo;

void zvt_info_init(ZvtInfo *self);
/* Adds to *self what @data holds; false where it ends within a BMP or a BMP is unknown, and what
 * came before is there all the same. */
bool zvt_info_decode(ZvtInfo *self, const uint8_t *data, size_t len);

/* BER: a tag of one or two bytes, a length, a value. */
typedef struct {
	const uint8_t *at;
	size_t left;
} ZvtTlvReader;
typedef struct {
	unsigned tag;
	const uint8_t *value;
	size_t len;
} ZvtTlv;
/* False at the end, or where the rest is broken. */
bool zvt_tlv_next(ZvtTlvReader *self, ZvtTlv *ret);
bool zvt_tlv_is_container(const ZvtTlv *self);
/* The data of BMP 06: the length, then the container. Gives how many bytes both have, 0: broken. */
size_t zvt_tlv_open(const uint8_t *data, size_t len, ZvtTlvReader *ret);

/* Packed digits; -1 where a half byte is none. */
int64_t zvt_bcd_read(const uint8_t *data, size_t n);
void zvt_bcd_write(int64_t value, size_t n, uint8_t *ret);
/* CP437 to UTF-8, control characters left out. Writes at most @size bytes with the zero. */
void zvt_text_read(const uint8_t *data, size_t len, char *ret, size_t size);
