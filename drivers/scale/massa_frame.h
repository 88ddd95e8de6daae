/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Frames of Massa-K, counter and label-printing scales alike (protocols/scale.md A4): bytes, no
 * I/O. */
#define MASSA_OVERHEAD 7 /* three of header, two of length, two of CRC */
#define MASSA_ERROR 0x28

/* Of command and data; the form without final zero bits that three captures confirm. */
uint16_t massa_crc(const uint8_t *bytes, size_t len);
/* Owned by the caller. */
GByteArray *massa_frame_new(uint8_t command, const uint8_t *data, size_t len);

typedef struct {
	const uint8_t *body; /* borrowed; command and data */
	size_t len;
	bool crc_ok;
} MassaFrame;
/* The frame that ends where @bytes end, or false. */
bool massa_frame_last(const uint8_t *bytes, size_t len, MassaFrame *ret);
bool massa_is_whole(const uint8_t *bytes, size_t len);
