/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_reply.h"

#include <string.h>

#define XON 0x11
#define XOFF 0x13
#define HEADER_PROCESS 0x37
#define HEADER_IDENTITY 0x5F
#define ID_PROCESS 0x22

/* 4.4 */
static bool is_status(uint8_t byte)
{
	return (byte & 0x93) == 0x12;
}

static bool begins_automatic(uint8_t byte)
{
	return (byte & 0x93) == 0x10;
}

static bool is_plain(uint8_t byte)
{
	return (byte & 0x90) == 0x00;
}

static void answer(EscposReply *ret, EscposReplyKind kind, const uint8_t *bytes, size_t len)
{
	ret->kind = kind;
	ret->len = len;
	memcpy(ret->bytes, bytes, len);
}

/* False where @byte cannot be of a block: then the block was none, or has lost its end. */
static bool push_block(EscposReader *self, uint8_t byte, EscposReply *ret)
{
	if (byte == 0x00) {
		answer(ret, ESCPOS_REPLY_BLOCK, self->block, self->block_len);
		self->in_block = false;
		return true;
	}
	if (byte < 0x20 || byte > 0x7E || self->block_len == ESCPOS_BLOCK_MAX) {
		self->in_block = false;
		return false;
	}
	self->block[self->block_len++] = byte;
	return true;
}

static void push_automatic(EscposReader *self, uint8_t byte, EscposReply *ret)
{
	self->automatic[self->n_automatic++] = byte;
	if (self->n_automatic < 4)
		return;
	answer(ret, ESCPOS_REPLY_AUTOMATIC, self->automatic, 4);
	self->n_automatic = 0;
}

static void push_first(EscposReader *self, uint8_t byte, EscposReply *ret)
{
	if (is_status(byte)) {
		answer(ret, ESCPOS_REPLY_STATUS, &byte, 1);
	} else if (begins_automatic(byte)) {
		self->n_automatic = 0; /* the one before has lost its end */
		push_automatic(self, byte, ret);
	} else if (byte == HEADER_PROCESS || byte == HEADER_IDENTITY) {
		self->in_block = true;
		self->block[0] = byte;
		self->block_len = 1;
	} else if (is_plain(byte) && self->n_automatic > 0) {
		push_automatic(self, byte, ret);
	} else if (is_plain(byte)) {
		answer(ret, ESCPOS_REPLY_IN_ORDER, &byte, 1);
	}
}

void escpos_reader_push(EscposReader *self, uint8_t byte, EscposReply *ret)
{
	ret->kind = ESCPOS_REPLY_NONE;
	if (byte == XON || byte == XOFF)
		return;
	if (!self->in_block || !push_block(self, byte, ret))
		push_first(self, byte, ret);
}

int escpos_reply_process_id(const EscposReply *reply)
{
	int id = 0;

	if (reply->kind != ESCPOS_REPLY_BLOCK || reply->len != 6 ||
	    reply->bytes[0] != HEADER_PROCESS || reply->bytes[1] != ID_PROCESS)
		return -1;
	for (size_t i = 2; i < reply->len; i++) {
		if (!g_ascii_isdigit(reply->bytes[i]))
			return -1;
		id = id * 10 + reply->bytes[i] - '0';
	}
	return id;
}

/* 4.1 */
void escpos_status_decode(const uint8_t answers[static 4], PrinterStatus *ret)
{
	uint8_t printer = answers[0], cause = answers[1], fault = answers[2], paper = answers[3];

	*ret = (PrinterStatus){
		.offline = printer & 0x08,
		.waits_for_feed = printer & 0x20,
		.drawer_high = printer & 0x04,
		.cover_open = cause & 0x04,
		/* Bits 5 and 6, or 2 and 3, are one sensor's or two: either counts. */
		.paper_out = (cause & 0x20) || (paper & 0x60),
		.paper_near_end = paper & 0x0C,
		/* Some models leave bit 2 undefined: it counts only in an error. */
		.cutter_jam = (fault & 0x08) || ((cause & 0x40) && (fault & 0x04)),
		.too_hot = fault & 0x40,
		.needs_service = fault & 0x20,
	};
}

/* 4.2 */
void escpos_status_decode_automatic(const uint8_t bytes[static 4], PrinterStatus *ret)
{
	*ret = (PrinterStatus){
		.offline = bytes[0] & 0x08,
		.waits_for_feed = bytes[1] & 0x01,
		.drawer_high = bytes[0] & 0x04,
		.cover_open = bytes[0] & 0x20,
		.paper_out = bytes[2] & 0x0C,
		.paper_near_end = bytes[2] & 0x03,
		.cutter_jam = bytes[1] & 0x0C,
		.too_hot = bytes[1] & 0x40,
		.needs_service = bytes[1] & 0x20,
	};
}
