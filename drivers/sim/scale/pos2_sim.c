/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/pos2_sim.h"

#include <glib/gi18n-lib.h>

enum { STX = 0x02, ENQ = 0x05, ACK = 0x06, NAK = 0x15, BYTE_MS = 100 };

static const SimFaultKind pos2_faults[] = {
	PLATFORM_FAULTS,
	[POS2_FAULT_BAD_SUM] = { "bad_sum", 1, SIM_COUNT_IS_VALUE, false,
				 N_("spoil the check sum of VALUE answers") },
	[POS2_FAULT_NAK] = { "nak", 1, SIM_COUNT_IS_VALUE, false,
			     N_("refuse VALUE good frames with NAK") },
	[POS2_FAULT_ACK_FOREVER] = { "ack_forever", 0, SIM_FOREVER, false,
				     N_("answer ENQ with ACK, and what follows with nothing") },
	[POS2_FAULT_ERROR] = { "error", 0x98, 1, true, N_("answer with error VALUE (hex)") },
	[POS2_FAULT_LOST_ANSWER] = { "lost_answer", 0, 1, false,
				     N_("do it and send no answer; ENQ brings it") },
	[POS2_FAULT_NEEDS_ENQ] = { "needs_enq", 0, SIM_FOREVER, false,
				   N_("setting: take no frame without ENQ before it") },
	[POS2_FAULT_LONG] = { "long", 0, SIM_FOREVER, false,
			      N_("setting: one more byte behind the tare") },
	[POS2_FAULT_PASSWORD] = { "password", 30, SIM_FOREVER, false,
				  N_("setting: the password, four digits (0030)") },
	[POS2_FAULT_N] = { NULL, 0, 0, false, NULL },
};

static bool is_set(const Pos2 *self, int fault)
{
	return sim_faults_setting(self->context->faults, fault, -1) >= 0;
}

static void send_byte(Pos2 *self, uint8_t byte)
{
	sim_send(self->context, &byte, 1);
}

static void transmit(Pos2 *self)
{
	g_autoptr(GByteArray) frame = g_byte_array_new();
	uint8_t lrc = (uint8_t)self->held->len;

	for (unsigned i = 0; i < self->held->len; i++)
		lrc ^= self->held->data[i];
	if (sim_faults_take(self->context->faults, POS2_FAULT_BAD_SUM, NULL))
		lrc ^= 0x55;
	g_byte_array_append(frame, (const uint8_t[]){ STX, (uint8_t)self->held->len }, 2);
	g_byte_array_append(frame, self->held->data, self->held->len);
	g_byte_array_append(frame, &lrc, 1);
	if (self->held_weighs)
		platform_answer(self->platform, frame->data, frame->len);
	else
		sim_send(self->context, frame->data, frame->len);
}

static void forget_answer(Pos2 *self)
{
	g_clear_pointer(&self->held, g_byte_array_unref);
}

static void work(Pos2 *self, const uint8_t *body, size_t len)
{
	SimFaults *faults = self->context->faults;

	sim_faults_count_frame(faults, body[0]);
	if (platform_is_busy(self->platform))
		return;
	if (sim_faults_take(faults, POS2_FAULT_NAK, NULL)) {
		send_byte(self, NAK);
		return;
	}
	if (sim_faults_take(faults, POS2_FAULT_ACK_FOREVER, NULL))
		return;
	send_byte(self, ACK);
	if (self->held != NULL)
		sim_log_words(self->context->log, "the host never took the last answer");
	forget_answer(self);
	self->held = pos2_execute(self, body, len);
	if (!sim_faults_take(faults, POS2_FAULT_LOST_ANSWER, NULL))
		transmit(self);
	else
		sim_log_words(self->context->log, "fault: the answer is lost and held");
}

/* The frame is whole: STX, length, body, LRC. */
static void take_frame(Pos2 *self)
{
	const uint8_t *data = self->input->data;
	size_t len = data[1];
	uint8_t lrc = data[1];
	bool enquired = self->enquired;

	self->enquired = false;
	for (size_t i = 0; i < len; i++)
		lrc ^= data[2 + i];
	if (lrc != data[2 + len] || len == 0) {
		platform_flag(self->platform, "byte %zu: LRC %02X, it would be %02X", self->n_bytes,
			      data[2 + len], lrc);
		send_byte(self, NAK);
	} else if (!enquired && is_set(self, POS2_FAULT_NEEDS_ENQ)) {
		platform_flag(self->platform, "byte %zu: a frame without ENQ", self->n_bytes);
	} else {
		work(self, data + 2, len);
	}
}

static void enquire(Pos2 *self)
{
	bool forever = sim_faults_setting(self->context->faults, POS2_FAULT_ACK_FOREVER, -1) >= 0;

	send_byte(self, self->held != NULL || forever ? ACK : NAK);
	self->enquired = self->held == NULL;
	if (self->held != NULL && !forever)
		transmit(self);
}

/* Outside a frame. */
static void take_sign(Pos2 *self, uint8_t byte)
{
	if (byte == STX)
		g_byte_array_append(self->input, &byte, 1);
	else if (byte == ENQ)
		enquire(self);
	else if (byte == ACK && self->held != NULL)
		forget_answer(self);
	else if (byte == NAK && self->held != NULL)
		sim_log_words(self->context->log,
			      "the host refused the answer; it may ask with ENQ");
	else
		platform_flag(self->platform, "byte %zu: %02X outside a frame", self->n_bytes,
			      byte);
}

static void take_byte(Pos2 *self, uint8_t byte)
{
	self->n_bytes++;
	if (self->input->len == 0) {
		take_sign(self, byte);
		return;
	}
	g_byte_array_append(self->input, &byte, 1);
	if (self->input->len < 2 || self->input->len < 3u + self->input->data[1])
		return;
	take_frame(self);
	g_byte_array_set_size(self->input, 0);
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Pos2 *self = data;

	platform_hear(self->platform, bytes, len);
	for (size_t i = 0; i < len; i++)
		take_byte(self, bytes[i]);
	self->input_until = g_get_monotonic_time() + BYTE_MS * INT64_C(1000);
}

static int64_t deadline(void *data)
{
	Pos2 *self = data;
	int64_t at = platform_deadline(self->platform);

	return self->input->len > 0 ? MIN(at, self->input_until) : at;
}

static void tick(void *data, int64_t now, bool quiet)
{
	Pos2 *self = data;

	platform_tick(self->platform, now);
	if (self->input->len == 0 || !quiet || now < self->input_until)
		return;
	platform_flag(self->platform, "byte %zu: a frame that was not ended", self->n_bytes);
	g_byte_array_set_size(self->input, 0);
}

static void link_changed(void *data, bool connected)
{
	Pos2 *self = data;

	if (!connected)
		g_byte_array_set_size(self->input, 0);
}

static bool control(void *data, const char *line)
{
	return platform_control(((Pos2 *)data)->platform, line);
}

static void stop(void *data)
{
	Pos2 *self = data;

	platform_free(self->platform);
	g_byte_array_unref(self->input);
	forget_answer(self);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	Pos2 *self = g_new0(Pos2, 1);

	self->context = context;
	self->input = g_byte_array_new();
	self->platform = platform_new(context, error);
	if (self->platform != NULL)
		return self;
	stop(self);
	return NULL;
}

const struct sim pos2_sim = {
	.name = "scale-shtrih",
	.summary = N_("counter scale, Shtrih-M POS2 protocol"),
	.faults = pos2_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
