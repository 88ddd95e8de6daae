/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/label_scale_shtrih.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { STX = 0x02, STX_SYNC = 0x03, ENQ = 0x05, ACK = 0x06, OTHER_HOST = 0x0B, NAK = 0x15 };
enum { BYTE_MS = 100 };

static void send_byte(ShtrihScale *self, uint8_t byte)
{
	sim_send(self->base.context, &byte, 1);
}

/* STX, length, body; the length byte of a block load is FF. */
static GByteArray *frame_new(const GByteArray *body)
{
	GByteArray *frame = g_byte_array_new();

	g_byte_array_append(frame, (const uint8_t[]){ STX, (uint8_t)body->len }, 2);
	g_byte_array_append(frame, body->data, body->len);
	return frame;
}

static uint8_t xor_of(const uint8_t *data, size_t len)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < len; i++)
		sum ^= data[i];
	return sum;
}

static bool strikes_request(ShtrihScale *self, uint8_t command)
{
	sim_faults_count_frame(self->base.context->faults, command);
	if (!sim_faults_take(self->base.context->faults, LABEL_LOST_REQUEST, NULL))
		return false;
	sim_log_words(self->base.context->log, "the message gets lost");
	return true;
}

/* --- datagrams -------------------------------------------------------------------------------- */

static void answer_datagram(ShtrihScale *self, const uint8_t *data, size_t len)
{
	g_autoptr(GByteArray) body = plu_sim_shtrih_obey_new(self, data + 2, len - 2);
	g_autoptr(GByteArray) frame = NULL;

	if (body->len == 0)
		return;
	frame = frame_new(body);
	if (data[0] == STX_SYNC)
		g_byte_array_append(self->held, frame->data, frame->len);
	plu_sim_answer(&self->base, frame->data, frame->len);
}

static bool is_with_other_host(ShtrihScale *self)
{
	/* 192.168.1.77, port 1111. */
	static const uint8_t owner[] = { OTHER_HOST, 192, 168, 1, 77, 0x57, 0x04 };

	if (!sim_faults_take(self->base.context->faults, LABEL_OTHER_HOST, NULL))
		return false;
	sim_send(self->base.context, owner, sizeof(owner));
	return true;
}

static void receive_message(ShtrihScale *self, const uint8_t *data, size_t len)
{
	bool block = len > 2 && data[2] == SHTRIH_BLOCK && data[1] == 0xFF;

	if (len < 3 || (data[1] != len - 2 && !block)) {
		plu_sim_flag(&self->base, "offset 1: %02X announced, %zu bytes came", data[1],
			     len - 2);
		send_byte(self, NAK);
		return;
	}
	if (strikes_request(self, data[2]) || is_with_other_host(self))
		return;
	if (self->held->len > 0) {
		plu_sim_flag(&self->base, "a command before the answer was acknowledged");
		send_byte(self, NAK);
		return;
	}
	answer_datagram(self, data, len);
}

static void receive_datagram(ShtrihScale *self, const uint8_t *data, size_t len)
{
	if (len == 1 && data[0] == ACK) {
		g_byte_array_set_size(self->held, 0);
	} else if (len == 1 && data[0] == ENQ) {
		send_byte(self, self->held->len > 0 ? ACK : NAK);
		if (self->held->len > 0)
			plu_sim_answer(&self->base, self->held->data, self->held->len);
	} else if (len >= 2 && (data[0] == STX || data[0] == STX_SYNC)) {
		receive_message(self, data, len);
	} else {
		plu_sim_flag(&self->base, "offset 0: no message begins with %02X", data[0]);
		send_byte(self, NAK);
	}
}

/* --- the serial line -------------------------------------------------------------------------- */

static void send_held(ShtrihScale *self)
{
	g_autoptr(GByteArray) frame = g_byte_array_new();

	if (self->held->len == 0)
		return;
	g_byte_array_append(frame, self->held->data, self->held->len);
	if (sim_faults_take(self->base.context->faults, LABEL_BAD_SUM, NULL))
		frame->data[frame->len - 1] ^= 0xFF;
	plu_sim_answer(&self->base, frame->data, frame->len);
}

static void obey_frame(ShtrihScale *self)
{
	g_autoptr(GByteArray) message = g_steal_pointer(&self->in);
	g_autoptr(GByteArray) body = NULL, frame = NULL;
	uint8_t sum;

	self->in = g_byte_array_new();
	if (xor_of(message->data + 1, message->len - 1) != 0) {
		plu_sim_flag(&self->base, "offset %u: wrong check sum", message->len - 1);
		send_byte(self, NAK);
		return;
	}
	if (strikes_request(self, message->data[2]))
		return;
	send_byte(self, ACK);
	body = plu_sim_shtrih_obey_new(self, message->data + 2, message->len - 3);
	g_byte_array_set_size(self->held, 0);
	if (body->len == 0)
		return;
	frame = frame_new(body);
	sum = xor_of(frame->data + 1, frame->len - 1);
	g_byte_array_append(frame, &sum, 1);
	g_byte_array_append(self->held, frame->data, frame->len);
	send_held(self);
}

/* Of the frame in work, its check sum included; 0: not yet known. */
static size_t frame_len(const GByteArray *in)
{
	enum { BLOCK_HEAD = 8, BLOCK_ITEM = 82, MAX_ITEMS = 5 };

	if (in->len < 3)
		return 0;
	if (in->data[1] != 0xFF || in->data[2] != SHTRIH_BLOCK)
		return 3 + (size_t)in->data[1];
	if (in->len < BLOCK_HEAD)
		return 0;
	return BLOCK_HEAD + 1 + (size_t)MIN(in->data[BLOCK_HEAD - 1], MAX_ITEMS) * BLOCK_ITEM;
}

/* Between frames. */
static void hear_byte(ShtrihScale *self, uint8_t byte)
{
	if (byte == STX) {
		g_byte_array_append(self->in, &byte, 1);
	} else if (byte == ENQ) {
		send_byte(self, self->held->len > 0 ? ACK : NAK);
		send_held(self);
	} else if (byte == ACK) {
		g_byte_array_set_size(self->held, 0);
	} else if (byte == NAK) {
		send_held(self);
	} else {
		plu_sim_flag(&self->base, "byte %02X between frames", byte);
	}
}

static void receive_serial(ShtrihScale *self, const uint8_t *data, size_t len)
{
	self->last_byte_at = g_get_monotonic_time();
	for (size_t i = 0; i < len; i++) {
		if (self->in->len == 0) {
			hear_byte(self, data[i]);
			continue;
		}
		g_byte_array_append(self->in, data + i, 1);
		if (frame_len(self->in) == self->in->len)
			obey_frame(self);
	}
}

/* --- the device ------------------------------------------------------------------------------- */

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	ShtrihScale *self = data;

	if (g_str_has_prefix(sim_link_get_address(self->base.context->link), "udp:"))
		receive_datagram(self, bytes, len);
	else
		receive_serial(self, bytes, len);
}

static void link_changed(void *data, bool connected)
{
	ShtrihScale *self = data;

	if (!connected)
		g_byte_array_set_size(self->in, 0);
}

static int64_t deadline(void *data)
{
	ShtrihScale *self = data;
	int64_t gap = self->in->len > 0 ? self->last_byte_at + BYTE_MS * 1000 : G_MAXINT64;

	return MIN(gap, self->erased_at);
}

static void tick(void *data, int64_t now, bool quiet)
{
	ShtrihScale *self = data;

	if (now >= self->erased_at) {
		self->erased_at = G_MAXINT64;
		self->erase_failed = self->erase_will_fail;
		if (!self->erase_failed)
			plu_sim_remove_all(&self->base);
	}
	if (quiet && self->in->len > 0 && now >= self->last_byte_at + BYTE_MS * 1000) {
		plu_sim_flag(&self->base, "offset %u: the frame ends there", self->in->len);
		g_byte_array_set_size(self->in, 0);
	}
}

static void stop(void *data)
{
	ShtrihScale *self = data;

	plu_sim_clear(&self->base);
	g_byte_array_unref(self->in);
	g_byte_array_unref(self->held);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	ShtrihScale *self = g_new0(ShtrihScale, 1);

	self->in = g_byte_array_new();
	self->held = g_byte_array_new();
	self->erased_at = G_MAXINT64;
	if (plu_sim_init(&self->base, context, error))
		return self;
	stop(self);
	return NULL;
}

const struct sim plu_shtrih_sim = {
	.name = "plu-shtrih",
	.summary = N_("label-printing scale, Shtrih-Print over UDP or serial"),
	.faults = plu_sim_faults,
	.controls = PLU_SIM_CONTROLS,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = plu_sim_control,
};
