/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/massa_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum { HEAD_LEN = 5, CRC_LEN = 2, MAX_BODY = 256, BYTE_MS = 500 };
static const uint8_t header[] = { 0xF8, 0x55, 0xCE };

static const SimFaultKind massa_faults[] = {
	PLATFORM_FAULTS,
	[MASSA_FAULT_BAD_SUM] = { "bad_sum", 1, SIM_COUNT_IS_VALUE, false,
				  N_("spoil the check sum of VALUE answers") },
	[MASSA_FAULT_NAK] = { "nak", 1, SIM_COUNT_IS_VALUE, false,
			      N_("refuse VALUE commands (NACK F0)") },
	[MASSA_FAULT_ERROR] = { "error", 0x17, 1, true, N_("answer with ERROR VALUE (hex)") },
	[MASSA_FAULT_WRONG_DIVISION] = { "wrong_division", 2, SIM_FOREVER, false,
					 N_("say division code VALUE, whatever the weight is in") },
	[MASSA_FAULT_SHORT] = { "short", 0, SIM_FOREVER, false,
				N_("setting: answers without the tare") },
	[MASSA_FAULT_LOOSE_CRC] = { "loose_crc", 0, SIM_FOREVER, false,
				    N_("setting: do not look at the host's CRC") },
	[MASSA_FAULT_N] = { NULL, 0, 0, false, NULL },
};

/* The maker's own form: message bits shift in at the low end, no zeros after them (A4, "CRC"). */
static uint16_t crc_of(const uint8_t *data, size_t len)
{
	uint16_t crc = 0;

	for (size_t i = 0; i < len; i++)
		for (int bit = 7; bit >= 0; bit--) {
			bool out = crc & 0x8000;

			crc = (uint16_t)(crc << 1 | (data[i] >> bit & 1));
			if (out)
				crc ^= 0x1021;
		}
	return crc;
}

void massa_send(Massa *self, const GByteArray *body, bool has_weight)
{
	g_autoptr(GByteArray) frame = g_byte_array_new();
	uint16_t crc = crc_of(body->data, body->len);

	if (sim_faults_take(self->context->faults, MASSA_FAULT_BAD_SUM, NULL))
		crc ^= 0x0101;
	g_byte_array_append(frame, header, sizeof(header));
	g_byte_array_append(frame,
			    (const uint8_t[]){ (uint8_t)body->len, (uint8_t)(body->len >> 8) }, 2);
	g_byte_array_append(frame, body->data, body->len);
	g_byte_array_append(frame, (const uint8_t[]){ (uint8_t)crc, (uint8_t)(crc >> 8) }, CRC_LEN);
	if (has_weight)
		platform_answer(self->platform, frame->data, frame->len);
	else
		sim_send(self->context, frame->data, frame->len);
}

static void drop(Massa *self, size_t n)
{
	g_byte_array_remove_range(self->input, 0, (guint)n);
	self->n_bytes += n;
}

/* Throws away what cannot begin a frame. */
static void find_header(Massa *self)
{
	size_t skip = 0;

	while (skip < self->input->len && memcmp(self->input->data + skip, header,
						 MIN(sizeof(header), self->input->len - skip)) != 0)
		skip++;
	if (skip == 0)
		return;
	platform_flag(self->platform, "byte %zu: %zu bytes outside a frame", self->n_bytes, skip);
	drop(self, skip);
}

/* False: no whole frame is there. */
static bool take_frame(Massa *self)
{
	const uint8_t *data;
	size_t len;
	uint16_t crc;

	find_header(self);
	data = self->input->data;
	if (self->input->len < HEAD_LEN)
		return false;
	len = (size_t)data[3] | (size_t)data[4] << 8;
	if (len == 0 || len > MAX_BODY) {
		platform_flag(self->platform, "byte %zu: no frame has %zu bytes", self->n_bytes,
			      len);
		drop(self, 1);
		return true;
	}
	if (self->input->len < HEAD_LEN + len + CRC_LEN)
		return false;
	crc = crc_of(data + HEAD_LEN, len);
	if ((data[HEAD_LEN + len] == (crc & 0xFF) && data[HEAD_LEN + len + 1] == crc >> 8) ||
	    sim_faults_setting(self->context->faults, MASSA_FAULT_LOOSE_CRC, -1) >= 0)
		massa_execute(self, data + HEAD_LEN, len, self->n_bytes + HEAD_LEN);
	else
		platform_flag(self->platform, "byte %zu: wrong CRC, it would be %02X %02X",
			      self->n_bytes + HEAD_LEN + len, crc & 0xFF, crc >> 8);
	drop(self, HEAD_LEN + len + CRC_LEN);
	return true;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Massa *self = data;

	platform_hear(self->platform, bytes, len);
	g_byte_array_append(self->input, bytes, (guint)len);
	self->input_until = g_get_monotonic_time() + BYTE_MS * INT64_C(1000);
	while (take_frame(self))
		;
}

static int64_t deadline(void *data)
{
	Massa *self = data;
	int64_t at = platform_deadline(self->platform);

	return self->input->len > 0 ? MIN(at, self->input_until) : at;
}

static void tick(void *data, int64_t now, bool quiet)
{
	Massa *self = data;

	platform_tick(self->platform, now);
	if (self->input->len == 0 || !quiet || now < self->input_until)
		return;
	platform_flag(self->platform, "byte %zu: a frame that was not ended", self->n_bytes);
	drop(self, self->input->len);
}

static void link_changed(void *data, bool connected)
{
	Massa *self = data;

	if (!connected)
		drop(self, self->input->len);
}

static bool control(void *data, const char *line)
{
	return platform_control(((Massa *)data)->platform, line);
}

static void stop(void *data)
{
	Massa *self = data;

	platform_free(self->platform);
	g_byte_array_unref(self->input);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	Massa *self = g_new0(Massa, 1);

	self->context = context;
	self->input = g_byte_array_new();
	memset(self->name, ' ', sizeof(self->name));
	memcpy(self->name, "\x01\0\0\0MASSA-K", 11);
	self->platform = platform_new(context, error);
	if (self->platform != NULL)
		return self;
	stop(self);
	return NULL;
}

const struct sim massa_sim = {
	.name = "scale-massa",
	.summary = N_("counter scale, Massa-K protocol 100, serial or TCP"),
	.faults = massa_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
