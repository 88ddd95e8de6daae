/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/payment/zvt_sim.h"

#include <string.h>

enum { DLE = 0x10, STX = 0x02, ETX = 0x03, ACK = 0x06, NAK = 0x15 };
enum { OUTSIDE, OUTSIDE_DLE, INSIDE, INSIDE_DLE, CRC_LOW, CRC_HIGH };
enum { MAX_REPEATS = 2 };

bool zvt_sim_is_serial(const ZvtSim *self)
{
	return g_str_has_prefix(sim_link_get_address(self->context->link), "pty:");
}

static uint16_t crc_add(uint16_t crc, uint8_t byte)
{
	crc ^= byte;
	for (int i = 0; i < 8; i++)
		crc = (uint16_t)(crc & 1 ? crc >> 1 ^ 0x8408 : crc >> 1);
	return crc;
}

uint16_t zvt_sim_crc(const uint8_t *apdu, size_t len)
{
	uint16_t crc = 0;

	for (size_t i = 0; i < len; i++)
		crc = crc_add(crc, apdu[i]);
	return crc_add(crc, ETX);
}

static void block_free(void *data)
{
	g_byte_array_unref(data);
}

void zvt_sim_link_reset(ZvtSim *self)
{
	g_byte_array_set_size(self->in, 0);
	g_byte_array_set_size(self->last_block, 0);
	g_byte_array_set_size(self->held, 0);
	g_queue_clear_full(&self->out, block_free);
	self->held_until = self->out_deadline = G_MAXINT64;
	self->block_state = OUTSIDE;
	self->out_waits = false;
}

/* --- to the till ------------------------------------------------------------------------------ */

static GByteArray *block_new(const uint8_t *apdu, size_t len)
{
	GByteArray *block = g_byte_array_new();
	uint16_t crc = zvt_sim_crc(apdu, len);

	zvt_sim_put_byte(block, DLE, STX);
	for (size_t i = 0; i < len; i++) {
		if (apdu[i] == DLE)
			zvt_sim_put_byte(block, -1, DLE);
		zvt_sim_put_byte(block, -1, apdu[i]);
	}
	zvt_sim_put_byte(block, DLE, ETX);
	zvt_sim_put_byte(block, crc & 0xFF, (uint8_t)(crc >> 8));
	return block;
}

static void send_head(ZvtSim *self)
{
	GByteArray *block = g_queue_peek_head(&self->out);
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	if (block == NULL)
		return;
	g_byte_array_append(bytes, block->data, block->len);
	if (sim_faults_take(self->context->faults, ZVT_BAD_CRC, NULL))
		bytes->data[bytes->len - 1] ^= 0xFF;
	self->out_waits = true;
	self->out_deadline =
		g_get_monotonic_time() + (int64_t)zvt_sim_setting(self, ZVT_T2_MS, 5000) * 1000;
	sim_send(self->context, bytes->data, bytes->len);
}

void zvt_sim_send(ZvtSim *self, const uint8_t *apdu, size_t len)
{
	if (!zvt_sim_is_serial(self)) {
		sim_send(self->context, apdu, len);
		return;
	}
	g_queue_push_tail(&self->out, block_new(apdu, len));
	if (!self->out_waits) {
		self->out_tries = 0;
		send_head(self);
	}
}

static void delivered(ZvtSim *self)
{
	block_free(g_queue_pop_head(&self->out));
	self->answered_since = true;
	self->out_waits = false;
	self->out_deadline = G_MAXINT64;
	self->out_tries = 0;
	send_head(self);
}

static void repeat_block(ZvtSim *self, const char *why)
{
	if (self->out_tries++ < MAX_REPEATS) {
		sim_log_words(self->context->log, "%s: the block is repeated", why);
		send_head(self);
		return;
	}
	zvt_sim_flag(self, "%s, after %d repetitions", why, MAX_REPEATS);
	g_queue_clear_full(&self->out, block_free);
	self->out_waits = false;
	self->out_deadline = G_MAXINT64;
	zvt_sim_undelivered(self);
}

/* --- from the till ---------------------------------------------------------------------------- */

static void answer_block(ZvtSim *self, uint8_t how)
{
	sim_send(self->context, &how, 1);
}

static void take_apdu(ZvtSim *self, const uint8_t *data, size_t len)
{
	int ms;

	if (data[0] != 0x80 && data[0] != 0x84)
		sim_faults_count_frame(self->context->faults, (uint16_t)(data[0] << 8 | data[1]));
	if (sim_faults_take(self->context->faults, ZVT_LATE_ACK, &ms)) {
		g_byte_array_append(self->held, data, (guint)len);
		self->held_until = g_get_monotonic_time() + (int64_t)ms * 1000;
		return;
	}
	if (zvt_sim_is_serial(self))
		answer_block(self, ACK);
	zvt_sim_hear(self, data, len);
}

/* Bytes of the APDU at the head of @in; 0: not yet known. */
static size_t apdu_len(const uint8_t *data, size_t len)
{
	if (len < 3)
		return 0;
	if (data[2] < 0xFF)
		return 3 + (size_t)data[2];
	return len < 5 ? 0 : 5 + (size_t)(data[3] | data[4] << 8);
}

static void receive_tcp(ZvtSim *self)
{
	while (self->held_until == G_MAXINT64) {
		g_autoptr(GByteArray) apdu = g_byte_array_new();
		size_t len = apdu_len(self->in->data, self->in->len);

		if (len > ZVT_MAX_APDU) {
			zvt_sim_flag(self, "offset 3: a message of %zu bytes", len);
			g_byte_array_set_size(self->in, 0);
			return;
		}
		if (len == 0 || self->in->len < len)
			return;
		g_byte_array_append(apdu, self->in->data, (guint)len);
		g_byte_array_remove_range(self->in, 0, (guint)len);
		take_apdu(self, apdu->data, len);
	}
}

static void refuse_block(ZvtSim *self, const char *why)
{
	zvt_sim_flag(self, "offset %u of the block: %s", self->in->len, why);
	self->block_state = OUTSIDE;
	answer_block(self, NAK);
}

/* Our ACK got lost, and the till says it again: acknowledged, but done only once. */
static bool is_repetition(const ZvtSim *self)
{
	return !self->answered_since && self->last_block->len == self->in->len &&
	       memcmp(self->last_block->data, self->in->data, self->in->len) == 0;
}

static void take_block(ZvtSim *self)
{
	int every = zvt_sim_setting(self, ZVT_NAK, 0);
	g_autoptr(GByteArray) apdu = NULL;

	if (every > 0 && ++self->n_blocks % every == 0) {
		sim_log_words(self->context->log, "a good block is refused");
		answer_block(self, NAK);
		return;
	}
	if (self->in->len == 0 || apdu_len(self->in->data, self->in->len) != self->in->len) {
		refuse_block(self, "its length is not what it announces");
		return;
	}
	if (is_repetition(self)) {
		sim_log_words(self->context->log, "a repeated block");
		answer_block(self, ACK);
		return;
	}
	apdu = g_steal_pointer(&self->in);
	self->in = g_byte_array_new();
	g_byte_array_set_size(self->last_block, 0);
	g_byte_array_append(self->last_block, apdu->data, apdu->len);
	self->answered_since = false;
	take_apdu(self, apdu->data, apdu->len);
}

static void outside(ZvtSim *self, uint8_t byte)
{
	if (byte == DLE)
		self->block_state = OUTSIDE_DLE;
	else if (byte == ACK && self->out_waits)
		delivered(self);
	else if (byte == NAK && self->out_waits)
		repeat_block(self, "NAK");
	else
		zvt_sim_flag(self, "byte %02X outside a block", byte);
}

static void inside(ZvtSim *self, uint8_t byte)
{
	if (byte == DLE && self->block_state == INSIDE) {
		self->block_state = INSIDE_DLE;
		return;
	}
	if (self->block_state == INSIDE_DLE && byte == ETX) {
		self->block_state = CRC_LOW;
		return;
	}
	if (self->block_state == INSIDE_DLE && byte != DLE) {
		refuse_block(self, "a single 10 within the data");
		return;
	}
	self->block_state = INSIDE;
	if (self->in->len < ZVT_MAX_APDU)
		zvt_sim_put_byte(self->in, -1, byte);
	else
		refuse_block(self, "too long");
}

static void receive_byte(ZvtSim *self, uint8_t byte)
{
	switch (self->block_state) {
	case OUTSIDE:
		outside(self, byte);
		break;
	case OUTSIDE_DLE:
		self->block_state = byte == STX ? INSIDE : OUTSIDE;
		g_byte_array_set_size(self->in, 0);
		if (byte != STX)
			zvt_sim_flag(self, "10 %02X outside a block", byte);
		break;
	case CRC_LOW:
		self->block_crc = byte;
		self->block_state = CRC_HIGH;
		break;
	case CRC_HIGH:
		self->block_crc |= (uint16_t)(byte << 8);
		self->block_state = OUTSIDE;
		if (zvt_sim_crc(self->in->data, self->in->len) == self->block_crc)
			take_block(self);
		else
			refuse_block(self, "wrong check sum");
		break;
	default:
		inside(self, byte);
	}
}

void zvt_sim_link_receive(ZvtSim *self, const uint8_t *data, size_t len)
{
	self->last_byte_at = g_get_monotonic_time();
	if (!zvt_sim_is_serial(self)) {
		g_byte_array_append(self->in, data, (guint)len);
		receive_tcp(self);
		return;
	}
	for (size_t i = 0; i < len; i++)
		receive_byte(self, data[i]);
}

/* --- time ------------------------------------------------------------------------------------- */

static int64_t gap_deadline(const ZvtSim *self)
{
	if (self->block_state == OUTSIDE)
		return G_MAXINT64;
	return self->last_byte_at + (int64_t)zvt_sim_setting(self, ZVT_T1_MS, 200) * 1000;
}

int64_t zvt_sim_link_deadline(const ZvtSim *self)
{
	return MIN(MIN(self->held_until, self->out_deadline), gap_deadline(self));
}

static void release_held(ZvtSim *self)
{
	g_autoptr(GByteArray) apdu = self->held;

	self->held = g_byte_array_new();
	self->held_until = G_MAXINT64;
	if (zvt_sim_is_serial(self))
		answer_block(self, ACK);
	zvt_sim_hear(self, apdu->data, apdu->len);
	if (!zvt_sim_is_serial(self))
		receive_tcp(self);
}

void zvt_sim_link_tick(ZvtSim *self, int64_t now, bool quiet)
{
	if (now >= self->held_until)
		release_held(self);
	if (quiet && now >= gap_deadline(self))
		refuse_block(self, "T1 is over");
	if (quiet && now >= self->out_deadline)
		repeat_block(self, "no ACK within T2");
}
