/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One message of either side (payment-terminal §1), and how cables carry it. No I/O. */
enum {
	ZVT_DATA_MAX = 0xFFFF,
	ZVT_APDU_MAX = 5 + ZVT_DATA_MAX,
	ZVT_FRAME_MAX = 2 * ZVT_APDU_MAX + 6,
	ZVT_ACK = 0x06,
	ZVT_NAK = 0x15,
};

typedef struct {
	uint16_t code; /* 0x0601 and so on */
	size_t len;
	uint8_t data[ZVT_DATA_MAX];
} ZvtApdu;

/* Code, length and data into @ret; gives how many bytes. */
size_t zvt_apdu_encode(uint16_t code, const uint8_t *data, size_t len, uint8_t *ret);
/* The same, as it goes over a serial line: doubled, framed and summed. */
size_t zvt_frame_encode(uint16_t code, const uint8_t *data, size_t len, uint8_t *ret);
uint16_t zvt_crc(const uint8_t *data, size_t len);

/* A message out of a stream, over TCP. */
typedef struct {
	size_t n; /* bytes of the head so far, or of the data behind it */
	size_t n_head, want;
	uint8_t head[5];
	bool in_data;
} ZvtReader;

/* How many bytes may be read at once without taking any of the next message; 0: it is whole. */
size_t zvt_reader_get_wanted(const ZvtReader *self);
void zvt_reader_push(ZvtReader *self, uint8_t byte, ZvtApdu *ret);

typedef enum {
	ZVT_HEARD_NOTHING, /* yet */
	ZVT_HEARD_ACK,
	ZVT_HEARD_NAK,
	ZVT_HEARD_APDU,
	ZVT_HEARD_RUBBISH, /* a frame that is not whole or not true */
} ZvtHeard;

/* A message out of frames, over a serial line. All zero at first and after each event. */
typedef struct {
	enum { ZVT_IDLE, ZVT_OPENING, ZVT_INSIDE, ZVT_ESCAPED, ZVT_CRC_LOW, ZVT_CRC_HIGH } state;
	size_t n;
	uint8_t crc_low;
	uint8_t bytes[ZVT_APDU_MAX + 1];
} ZvtFrameReader;

ZvtHeard zvt_frame_push(ZvtFrameReader *self, uint8_t byte, ZvtApdu *ret);
/* Whether a frame has begun. */
bool zvt_frame_is_open(const ZvtFrameReader *self);
void zvt_frame_reset(ZvtFrameReader *self);
