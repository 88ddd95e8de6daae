/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/payment/zvt_link.h"

#include "drivers/device.h"

#include <string.h>

enum { WRITE_MS = 5000, N_SENDS = 3, N_EARLY = 16 };

void zvt_link_init(ZvtLink *self, struct port *port, bool serial, const ZvtTimes *times)
{
	self->port = port;
	self->serial = serial;
	self->times = *times;
	g_queue_init(&self->early);
	self->reader = (ZvtReader){ 0 };
	zvt_frame_reset(&self->frames);
}

static void unref_bytes(void *bytes)
{
	g_bytes_unref(bytes);
}

void zvt_link_clear(ZvtLink *self)
{
	g_queue_clear_full(&self->early, unref_bytes);
}

static bool send_byte(ZvtLink *self, uint8_t byte, GError **error)
{
	return port_write(self->port, &byte, 1, WRITE_MS, error);
}

/* A message that crosses ours: it is kept for zvt_link_receive(). */
static bool keep_early(ZvtLink *self, GError **error)
{
	uint8_t head[2] = { (uint8_t)(self->apdu.code >> 8), (uint8_t)self->apdu.code };
	GByteArray *bytes = g_byte_array_new();

	g_byte_array_append(bytes, head, 2);
	g_byte_array_append(bytes, self->apdu.data, (guint)self->apdu.len);
	g_queue_push_tail(&self->early, g_byte_array_free_to_bytes(bytes));
	if (g_queue_get_length(&self->early) <= N_EARLY)
		return send_byte(self, ZVT_ACK, error);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "%s: it talks and does not listen",
		    port_get_address(self->port));
	return false;
}

static bool take_early(ZvtLink *self)
{
	g_autoptr(GBytes) bytes = g_queue_pop_head(&self->early);
	const uint8_t *data;
	gsize len;

	if (bytes == NULL)
		return false;
	data = g_bytes_get_data(bytes, &len);
	self->apdu.code = (uint16_t)(data[0] << 8 | data[1]);
	self->apdu.len = len - 2;
	memcpy(self->apdu.data, data + 2, self->apdu.len);
	return true;
}

/* One event of a serial line. ZVT_HEARD_NOTHING is silence; false is a failure. */
static bool hear(ZvtLink *self, int timeout_ms, ZvtHeard *ret, GError **error)
{
	*ret = ZVT_HEARD_NOTHING;
	while (*ret == ZVT_HEARD_NOTHING) {
		bool open = zvt_frame_is_open(&self->frames);
		uint8_t byte;
		gssize n =
			port_read(self->port, &byte, 1, open ? self->times.t1 : timeout_ms, error);

		if (n < 0)
			return false;
		if (n == 0 && !open)
			return true;
		if (n == 0) {
			zvt_frame_reset(&self->frames);
			*ret = ZVT_HEARD_RUBBISH;
			return true;
		}
		*ret = zvt_frame_push(&self->frames, byte, &self->apdu);
	}
	return true;
}

typedef enum { SENT, SEND_AGAIN, SEND_FAILED } Sent;

static Sent await_ack(ZvtLink *self, GError **error)
{
	for (;;) {
		ZvtHeard heard;

		if (!hear(self, self->times.t2, &heard, error))
			return SEND_FAILED;
		switch (heard) {
		case ZVT_HEARD_ACK:
			return SENT;
		case ZVT_HEARD_NAK:
		case ZVT_HEARD_NOTHING:
			return SEND_AGAIN;
		case ZVT_HEARD_APDU:
			if (!keep_early(self, error))
				return SEND_FAILED;
			break;
		case ZVT_HEARD_RUBBISH:
			if (!send_byte(self, ZVT_NAK, error))
				return SEND_FAILED;
		}
	}
}

bool zvt_link_send(ZvtLink *self, uint16_t code, const uint8_t *data, size_t len, GError **error)
{
	size_t n = self->serial ? zvt_frame_encode(code, data, len, self->out)
				: zvt_apdu_encode(code, data, len, self->out);

	for (int i = 0; i < N_SENDS; i++) {
		Sent sent;

		if (!port_write(self->port, self->out, n, WRITE_MS, error))
			return false;
		if (!self->serial)
			return true;
		sent = await_ack(self, error);
		if (sent != SEND_AGAIN)
			return sent == SENT;
	}
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE, "%s: no ACK for %04X",
		    port_get_address(self->port), code);
	return false;
}

static int receive_frame(ZvtLink *self, int timeout_ms, GError **error)
{
	for (;;) {
		ZvtHeard heard;

		if (!hear(self, timeout_ms, &heard, error))
			return -1;
		if (heard == ZVT_HEARD_NOTHING)
			return 0;
		if (heard == ZVT_HEARD_APDU)
			return send_byte(self, ZVT_ACK, error) ? 1 : -1;
		if (heard == ZVT_HEARD_RUBBISH && !send_byte(self, ZVT_NAK, error))
			return -1;
	}
}

/* Where the stream has lost its step every length is wrong, and a shop would wait for ever. */
static bool is_known_class(uint16_t code)
{
	switch (code >> 8) {
	case 0x04:
	case 0x05:
	case 0x06:
	case 0x08:
	case 0x80:
	case 0x84:
		return true;
	default:
		return false;
	}
}

static int receive_stream(ZvtLink *self, int timeout_ms, GError **error)
{
	size_t wanted;

	while ((wanted = zvt_reader_get_wanted(&self->reader)) > 0) {
		uint8_t bytes[256];
		gssize n =
			port_read(self->port, bytes, MIN(wanted, sizeof(bytes)), timeout_ms, error);

		if (n <= 0)
			return n < 0 ? -1 : 0;
		for (gssize i = 0; i < n; i++)
			zvt_reader_push(&self->reader, bytes[i], &self->apdu);
	}
	self->reader = (ZvtReader){ 0 };
	if (is_known_class(self->apdu.code))
		return 1;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "%s: no ZVT terminal says %04X",
		    port_get_address(self->port), self->apdu.code);
	return -1;
}

int zvt_link_receive(ZvtLink *self, int timeout_ms, GError **error)
{
	if (take_early(self))
		return 1;
	return self->serial ? receive_frame(self, timeout_ms, error)
			    : receive_stream(self, timeout_ms, error);
}
