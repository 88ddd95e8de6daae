/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_frame.h"

#include <string.h>

#define PREAMBLE 0x01
#define SEPARATOR 0x04 /* between an answer's data and its status */
#define POSTAMBLE 0x05
#define TERMINATOR 0x03
#define LEN_OFFSET 0x20 /* what a length is written above */
#define NIBBLE 0x30
#define BCC_LEN 4
#define TAIL_LEN (BCC_LEN + 1)

typedef struct {
	size_t word; /* bytes of LEN, and of CMD */
	size_t status;
	uint8_t seq_max;
} Shape;

static const Shape shapes[] = {
	[DATECS_P] = { .word = 1, .status = 6, .seq_max = 0x7F },
	[DATECS_X] = { .word = 4, .status = 8, .seq_max = 0xFF },
};

uint8_t datecs_seq_max(DatecsFamily family)
{
	return shapes[family].seq_max;
}

/* High nibble first, each above 30h: 1AE3h is 31 3A 3E 33. */
static void put_nibbles(uint8_t ret[static 4], unsigned int value)
{
	for (int i = 0; i < 4; i++)
		ret[i] = (uint8_t)(NIBBLE + (value >> (12 - 4 * i) & 0x0F));
}

static bool get_nibbles(const uint8_t bytes[static 4], unsigned int *ret)
{
	unsigned int value = 0;

	for (int i = 0; i < 4; i++) {
		if ((bytes[i] & 0xF0) != NIBBLE)
			return false;
		value = value << 4 | (bytes[i] & 0x0F);
	}
	*ret = value;
	return true;
}

static void put_word(const Shape *shape, uint8_t *ret, unsigned int value)
{
	if (shape->word == 1)
		ret[0] = (uint8_t)value;
	else
		put_nibbles(ret, value);
}

static bool get_word(const Shape *shape, const uint8_t *bytes, unsigned int *ret)
{
	if (shape->word != 1)
		return get_nibbles(bytes, ret);
	*ret = bytes[0];
	return true;
}

static unsigned int sum_of(const uint8_t *bytes, size_t len)
{
	unsigned int sum = 0;

	for (size_t i = 0; i < len; i++)
		sum += bytes[i];
	return sum & 0xFFFF;
}

size_t datecs_frame_encode(DatecsFamily family, uint8_t seq, const DatecsBody *body,
			   uint8_t ret[static DATECS_FRAME_MAX])
{
	const Shape *shape = &shapes[family];
	size_t counted = 2 * shape->word + 1 + body->len + 1; /* from LEN to the postamble */
	uint8_t *at = ret + 1;

	g_assert(body->len <= DATECS_REQUEST_MAX);
	g_assert(seq >= DATECS_SEQ_MIN && seq <= shape->seq_max);

	ret[0] = PREAMBLE;
	put_word(shape, at, (unsigned int)counted + LEN_OFFSET);
	at += shape->word;
	*at++ = seq;
	put_word(shape, at, body->code);
	at += shape->word;
	memcpy(at, body->data, body->len);
	at += body->len;
	*at++ = POSTAMBLE;
	put_nibbles(at, sum_of(ret + 1, counted));
	at += BCC_LEN;
	*at++ = TERMINATOR;
	return (size_t)(at - ret);
}

/* --- answers ------------------------------------------------------------------------------- */

/* Of an answer without data, from LEN to the postamble. */
static size_t least_counted(const Shape *shape)
{
	return 2 * shape->word + 1 + 1 + shape->status + 1;
}

/* From LEN to the postamble, or 0: no answer has that length. */
static size_t counted_len(const Shape *shape, const uint8_t *bytes)
{
	unsigned int value;

	if (!get_word(shape, bytes, &value) || value < LEN_OFFSET + least_counted(shape) ||
	    value > LEN_OFFSET + least_counted(shape) + DATECS_ANSWER_MAX)
		return 0;
	return value - LEN_OFFSET;
}

static bool take_status(const Shape *shape, const uint8_t *bytes, DatecsAnswer *ret)
{
	g_assert(shape->status <= DATECS_STATUS_MAX);
	for (size_t i = 0; i < shape->status; i++) {
		if ((bytes[i] & 0x80) == 0)
			return false;
		ret->status[i] = bytes[i];
	}
	return true;
}

/* @bytes: from LEN to the terminator. */
static bool take_frame(const Shape *shape, const uint8_t *bytes, size_t counted, DatecsAnswer *ret)
{
	const uint8_t *data = bytes + 2 * shape->word + 1;
	unsigned int bcc, code;

	*ret = (DatecsAnswer){ .seq = bytes[shape->word], .len = counted - least_counted(shape) };
	if (bytes[counted + BCC_LEN] != TERMINATOR || !get_nibbles(bytes + counted, &bcc) ||
	    bcc != sum_of(bytes, counted) || bytes[counted - 1] != POSTAMBLE ||
	    data[ret->len] != SEPARATOR || ret->seq < DATECS_SEQ_MIN ||
	    !get_word(shape, bytes + shape->word + 1, &code))
		return false;
	ret->code = (uint16_t)code;
	memcpy(ret->data, data, ret->len);
	return take_status(shape, data + ret->len + 1, ret);
}

size_t datecs_reader_get_wanted(const DatecsReader *self)
{
	const Shape *shape = &shapes[self->family];

	if (self->state != DATECS_FRAME_MORE)
		return 1;
	if (self->len < shape->word)
		return shape->word - self->len;
	return counted_len(shape, self->bytes) + TAIL_LEN - self->len;
}

static DatecsFrameState take_byte(DatecsReader *self, uint8_t byte)
{
	const Shape *shape = &shapes[self->family];
	size_t counted;

	self->bytes[self->len++] = byte;
	if (self->len < shape->word)
		return DATECS_FRAME_MORE;
	counted = counted_len(shape, self->bytes);
	if (counted == 0)
		return DATECS_FRAME_BROKEN;
	if (self->len < counted + TAIL_LEN)
		return DATECS_FRAME_MORE;
	return take_frame(shape, self->bytes, counted, &self->answer) ? DATECS_FRAME_DONE
								      : DATECS_FRAME_BROKEN;
}

DatecsFrameState datecs_reader_push(DatecsReader *self, uint8_t byte)
{
	if (self->state == DATECS_FRAME_MORE)
		self->state = take_byte(self, byte);
	else if (self->state == DATECS_FRAME_NONE && byte == PREAMBLE)
		self->state = DATECS_FRAME_MORE;
	return self->state;
}
