/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_frame.h"

#include <string.h>

static uint8_t lrc(const ShtrihBody *body)
{
	uint8_t sum = (uint8_t)body->len;

	for (size_t i = 0; i < body->len; i++)
		sum ^= body->bytes[i];
	return sum;
}

uint16_t shtrih_body_code(const ShtrihBody *body)
{
	if (body->len == 0)
		return 0;
	if (body->bytes[0] != 0xFF)
		return body->bytes[0];
	return body->len < 2 ? 0 : (uint16_t)(0xFF00 | body->bytes[1]);
}

size_t shtrih_frame_encode(const ShtrihBody *body, uint8_t ret[static SHTRIH_FRAME_MAX])
{
	g_assert(body->len > 0 && body->len <= SHTRIH_BODY_MAX);

	ret[0] = SHTRIH_STX;
	ret[1] = (uint8_t)body->len;
	memcpy(ret + 2, body->bytes, body->len);
	ret[2 + body->len] = lrc(body);
	return body->len + 3;
}

static ShtrihFrameState take_body_byte(ShtrihFrameReader *self, uint8_t byte)
{
	if (self->expected == 0) {
		self->expected = byte;
		return byte == 0 ? SHTRIH_FRAME_BROKEN : SHTRIH_FRAME_MORE;
	}
	if (self->body.len < self->expected) {
		self->body.bytes[self->body.len++] = byte;
		return SHTRIH_FRAME_MORE;
	}
	return byte == lrc(&self->body) ? SHTRIH_FRAME_DONE : SHTRIH_FRAME_BROKEN;
}

size_t shtrih_frame_get_wanted(const ShtrihFrameReader *self)
{
	if (self->state != SHTRIH_FRAME_MORE || self->expected == 0)
		return 1;
	return self->expected - self->body.len + 1;
}

ShtrihFrameState shtrih_frame_push(ShtrihFrameReader *self, uint8_t byte)
{
	if (self->state == SHTRIH_FRAME_MORE)
		self->state = take_body_byte(self, byte);
	else if (self->state == SHTRIH_FRAME_NONE && byte == SHTRIH_STX)
		self->state = SHTRIH_FRAME_MORE;
	return self->state;
}
