/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt_frame.h"

#include <string.h>

enum { DLE = 0x10, STX = 0x02, ETX = 0x03, LONG = 0xFF };

size_t zvt_apdu_encode(uint16_t code, const uint8_t *data, size_t len, uint8_t *ret)
{
	size_t n = 0;

	ret[n++] = (uint8_t)(code >> 8);
	ret[n++] = (uint8_t)code;
	if (len < LONG) {
		ret[n++] = (uint8_t)len;
	} else {
		ret[n++] = LONG;
		ret[n++] = (uint8_t)len;
		ret[n++] = (uint8_t)(len >> 8);
	}
	if (len > 0)
		memcpy(ret + n, data, len);
	return n + len;
}

/* CRC-16/KERMIT: 1021 reflected, from 0 (§1.2). */
static uint16_t crc_step(uint16_t crc, uint8_t byte)
{
	crc ^= byte;
	for (int i = 0; i < 8; i++)
		crc = (crc & 1) != 0 ? (uint16_t)(crc >> 1 ^ 0x8408) : (uint16_t)(crc >> 1);
	return crc;
}

uint16_t zvt_crc(const uint8_t *data, size_t len)
{
	uint16_t crc = 0;

	for (size_t i = 0; i < len; i++)
		crc = crc_step(crc, data[i]);
	return crc;
}

size_t zvt_frame_encode(uint16_t code, const uint8_t *data, size_t len, uint8_t *ret)
{
	/* The message stands in the far half first, and is doubled from there. */
	uint8_t *apdu = ret + ZVT_FRAME_MAX - ZVT_APDU_MAX;
	size_t n_apdu = zvt_apdu_encode(code, data, len, apdu), n = 0;
	uint16_t crc = crc_step(zvt_crc(apdu, n_apdu), ETX);

	ret[n++] = DLE;
	ret[n++] = STX;
	for (size_t i = 0; i < n_apdu; i++) {
		uint8_t byte = apdu[i];

		if (byte == DLE)
			ret[n++] = DLE;
		ret[n++] = byte;
	}
	ret[n++] = DLE;
	ret[n++] = ETX;
	ret[n++] = (uint8_t)crc;
	ret[n++] = (uint8_t)(crc >> 8);
	return n;
}

/* ---- a stream */

static size_t head_length(const ZvtReader *self)
{
	return self->n_head >= 3 && self->head[2] == LONG ? 5 : 3;
}

size_t zvt_reader_get_wanted(const ZvtReader *self)
{
	if (self->in_data)
		return self->want - self->n;
	return head_length(self) - self->n_head;
}

static void begin_data(ZvtReader *self, ZvtApdu *ret)
{
	self->in_data = true;
	self->want =
		self->head[2] == LONG ? self->head[3] | (size_t)self->head[4] << 8 : self->head[2];
	ret->code = (uint16_t)(self->head[0] << 8 | self->head[1]);
	ret->len = self->want;
}

void zvt_reader_push(ZvtReader *self, uint8_t byte, ZvtApdu *ret)
{
	if (self->in_data) {
		ret->data[self->n++] = byte;
		return;
	}
	self->head[self->n_head++] = byte;
	if (self->n_head == head_length(self))
		begin_data(self, ret);
}

/* ---- frames */

void zvt_frame_reset(ZvtFrameReader *self)
{
	self->state = ZVT_IDLE;
	self->n = 0;
}

bool zvt_frame_is_open(const ZvtFrameReader *self)
{
	return self->state != ZVT_IDLE;
}

static ZvtHeard spoil(ZvtFrameReader *self)
{
	zvt_frame_reset(self);
	return ZVT_HEARD_RUBBISH;
}

static ZvtHeard finish(ZvtFrameReader *self, uint8_t crc_high, ZvtApdu *ret)
{
	uint16_t sent = (uint16_t)(crc_high << 8 | self->crc_low);
	ZvtReader reader = { 0 };

	if (crc_step(zvt_crc(self->bytes, self->n), ETX) != sent)
		return spoil(self);
	for (size_t i = 0; i < self->n; i++) {
		if (zvt_reader_get_wanted(&reader) == 0)
			return spoil(self);
		zvt_reader_push(&reader, self->bytes[i], ret);
	}
	if (zvt_reader_get_wanted(&reader) != 0)
		return spoil(self);
	zvt_frame_reset(self);
	return ZVT_HEARD_APDU;
}

static ZvtHeard keep(ZvtFrameReader *self, uint8_t byte)
{
	if (self->n >= ZVT_APDU_MAX)
		return spoil(self);
	self->bytes[self->n++] = byte;
	self->state = ZVT_INSIDE;
	return ZVT_HEARD_NOTHING;
}

static ZvtHeard push_idle(ZvtFrameReader *self, uint8_t byte)
{
	if (byte == DLE)
		self->state = ZVT_OPENING;
	else if (byte == ZVT_ACK)
		return ZVT_HEARD_ACK;
	else if (byte == ZVT_NAK)
		return ZVT_HEARD_NAK;
	return ZVT_HEARD_NOTHING;
}

ZvtHeard zvt_frame_push(ZvtFrameReader *self, uint8_t byte, ZvtApdu *ret)
{
	switch (self->state) {
	case ZVT_IDLE:
		return push_idle(self, byte);
	case ZVT_OPENING:
		self->n = 0;
		self->state = byte == STX ? ZVT_INSIDE : byte == DLE ? ZVT_OPENING : ZVT_IDLE;
		return ZVT_HEARD_NOTHING;
	case ZVT_INSIDE:
		if (byte != DLE)
			return keep(self, byte);
		self->state = ZVT_ESCAPED;
		return ZVT_HEARD_NOTHING;
	case ZVT_ESCAPED:
		if (byte == DLE)
			return keep(self, byte);
		if (byte != ETX)
			return spoil(self);
		self->state = ZVT_CRC_LOW;
		return ZVT_HEARD_NOTHING;
	case ZVT_CRC_LOW:
		self->crc_low = byte;
		self->state = ZVT_CRC_HIGH;
		return ZVT_HEARD_NOTHING;
	case ZVT_CRC_HIGH:
		return finish(self, byte, ret);
	}
	return spoil(self);
}
