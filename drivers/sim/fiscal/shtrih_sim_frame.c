/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/shtrih_sim.h"

/* The standard low level (§2) from the device's side. */
enum { ENQ = 0x05, STX = 0x02, ACK = 0x06, NAK = 0x15, FILLER = 0xFF };

static void send_byte(Shtrih *self, uint8_t byte)
{
	sim_send(self->context, &byte, 1);
}

static void put_garbage(GByteArray *frame, int n)
{
	uint8_t byte = 0x5A;

	/* Any bytes but STX: after that nobody could tell them from a frame. */
	for (int i = 0; i < n; i++) {
		byte = (uint8_t)(byte * 73 + 41);
		g_byte_array_append(frame, &(uint8_t){ byte == STX ? 0x7E : byte }, 1);
	}
}

static void transmit(Shtrih *self)
{
	const GByteArray *answer = self->wire.answer;
	g_autoptr(GByteArray) frame = g_byte_array_new();
	SimFaults *faults = self->context->faults;
	uint8_t n = (uint8_t)answer->len, lrc = n;
	int value;
	unsigned start;

	if (sim_faults_take(faults, FAULT_GARBAGE, &value))
		put_garbage(frame, value);
	start = frame->len;
	for (unsigned i = 0; i < answer->len; i++)
		lrc ^= answer->data[i];
	if (sim_faults_take(faults, FAULT_BAD_LRC, NULL))
		lrc ^= 0x55;
	g_byte_array_append(frame, (const uint8_t[]){ STX, n }, 2);
	g_byte_array_append(frame, answer->data, answer->len);
	g_byte_array_append(frame, &lrc, 1);
	if (sim_faults_take(faults, FAULT_DROP_TX, &value) && value > 0 &&
	    start + (unsigned)value <= frame->len)
		g_byte_array_remove_index(frame, start + (unsigned)value - 1);
	self->wire.phase = WIRE_HELD;
	sim_send(self->context, frame->data, frame->len);
}

static void forget_answer(Shtrih *self)
{
	g_clear_pointer(&self->wire.answer, g_byte_array_unref);
	self->wire.phase = WIRE_IDLE;
}

/* The frame is in and acknowledged. The memory is on disk before a byte of the answer leaves. */
static void work(Shtrih *self)
{
	ShtrihWire *wire = &self->wire;
	SimFaults *faults = self->context->faults;
	int ms;

	send_byte(self, ACK);
	forget_answer(self);
	if (sim_faults_take(faults, FAULT_DIE_BEFORE, NULL)) {
		sim_log_words(self->context->log, "fault: link lost, the command is not executed");
		sim_link_drop(self->context->link);
		return;
	}
	wire->answer = shtrih_execute(self, wire->body, wire->have);
	wire->phase = WIRE_HELD;
	if (self->context->failure != NULL)
		return;
	if (sim_faults_take(faults, FAULT_LOST_ANSWER_POWER, NULL)) {
		sim_log_words(self->context->log,
			      "fault: link and power lost, the answer is forgotten");
		forget_answer(self);
		self->printing = false;
		sim_link_drop(self->context->link);
	} else if (sim_faults_take(faults, FAULT_LOST_ANSWER, NULL)) {
		sim_log_words(self->context->log, "fault: link lost, the answer is held");
		sim_link_drop(self->context->link);
	} else if (sim_faults_take(faults, FAULT_SLOW, &ms)) {
		wire->phase = WIRE_ANSWER_LATE;
		wire->due = g_get_monotonic_time() + ms * INT64_C(1000);
	} else {
		transmit(self);
	}
}

static void take_frame(Shtrih *self)
{
	ShtrihWire *wire = &self->wire;
	SimFaults *faults = self->context->faults;
	uint16_t code = wire->body[0];
	int ms;

	if (code == 0xFF && wire->have > 1)
		code = (uint16_t)(0xFF00 | wire->body[1]);
	sim_faults_count_frame(faults, code);
	if (wire->phase == WIRE_HELD)
		sim_log_words(self->context->log,
			      "the host never took the last answer; this frame replaces it");
	if (sim_faults_take(faults, FAULT_NAK, NULL)) {
		send_byte(self, NAK);
	} else if (sim_faults_take(faults, FAULT_SLOW_ACK, &ms)) {
		wire->phase = WIRE_ACK_LATE;
		wire->due = g_get_monotonic_time() + ms * INT64_C(1000);
	} else {
		work(self);
	}
}

static void enquire(Shtrih *self)
{
	switch (self->wire.phase) {
	case WIRE_HELD:
		send_byte(self, ACK);
		transmit(self);
		break;
	case WIRE_ANSWER_LATE: /* in preparation: the answer follows when it is ready */
		send_byte(self, ACK);
		break;
	default:
		send_byte(self, NAK);
	}
}

static void take_idle_byte(Shtrih *self, uint8_t byte)
{
	ShtrihWire *wire = &self->wire;

	if (byte == STX && wire->phase != WIRE_ANSWER_LATE) {
		wire->rx = RX_LENGTH;
	} else if (byte == ENQ) {
		enquire(self);
	} else if (byte == ACK && wire->phase == WIRE_HELD) {
		forget_answer(self);
		if (sim_faults_take(self->context->faults, FAULT_FF_BYTE, NULL))
			send_byte(self, FILLER);
	} else if (byte == NAK && wire->phase == WIRE_HELD) {
		sim_log_words(self->context->log,
			      "the host refused the answer; it may ask with ENQ");
	} else {
		sim_log_words(self->context->log, "stray byte %02X", byte);
	}
}

static void check_frame(Shtrih *self, uint8_t lrc)
{
	ShtrihWire *wire = &self->wire;
	uint8_t sum = (uint8_t)wire->want;

	wire->rx = RX_IDLE;
	for (size_t i = 0; i < wire->have; i++)
		sum ^= wire->body[i];
	if (sum == lrc) {
		take_frame(self);
		return;
	}
	sim_log_words(self->context->log, "wrong check sum %02X, it would be %02X", lrc, sum);
	send_byte(self, NAK);
}

static void take_byte(Shtrih *self, uint8_t byte)
{
	ShtrihWire *wire = &self->wire;

	switch (wire->rx) {
	case RX_IDLE:
		take_idle_byte(self, byte);
		break;
	case RX_LENGTH:
		wire->want = byte;
		wire->have = 0;
		wire->rx = byte > 0 ? RX_BODY : RX_IDLE;
		if (byte == 0)
			send_byte(self, NAK);
		break;
	case RX_BODY:
		wire->body[wire->have++] = byte;
		if (wire->have == wire->want)
			wire->rx = RX_LRC;
		break;
	case RX_LRC:
		check_frame(self, byte);
		break;
	}
}

void shtrih_wire_receive(Shtrih *self, const uint8_t *data, size_t len)
{
	ShtrihWire *wire = &self->wire;
	int byte_ms = sim_faults_setting(self->context->faults, FAULT_BYTE_MS, 100);

	for (size_t i = 0; i < len && sim_link_is_connected(self->context->link); i++) {
		if (sim_faults_drop_byte(self->context->faults, FAULT_DROP_RX)) {
			sim_log_words(self->context->log, "fault: byte %02X swallowed", data[i]);
			continue;
		}
		if (wire->phase == WIRE_ACK_LATE)
			g_byte_array_append(wire->early, data + i, 1);
		else
			take_byte(self, data[i]);
	}
	wire->rx_until = g_get_monotonic_time() + byte_ms * INT64_C(1000);
}

void shtrih_wire_tick(Shtrih *self, int64_t now, bool quiet)
{
	ShtrihWire *wire = &self->wire;

	if (quiet && wire->rx != RX_IDLE && now >= wire->rx_until) {
		sim_log_words(self->context->log, "byte time-out, the frame is dropped");
		wire->rx = RX_IDLE;
	}
	if (wire->phase == WIRE_ANSWER_LATE && now >= wire->due) {
		transmit(self);
	} else if (wire->phase == WIRE_ACK_LATE && now >= wire->due) {
		g_autoptr(GByteArray) early = g_steal_pointer(&wire->early);

		wire->early = g_byte_array_new();
		wire->phase = WIRE_IDLE;
		work(self);
		shtrih_wire_receive(self, early->data, early->len);
	}
}

int64_t shtrih_wire_deadline(const Shtrih *self)
{
	const ShtrihWire *wire = &self->wire;
	int64_t at = G_MAXINT64;

	if (wire->rx != RX_IDLE)
		at = wire->rx_until;
	if (wire->phase == WIRE_ANSWER_LATE || wire->phase == WIRE_ACK_LATE)
		at = MIN(at, wire->due);
	return at;
}

void shtrih_wire_hang_up(Shtrih *self)
{
	self->wire.rx = RX_IDLE;
	g_byte_array_set_size(self->wire.early, 0);
}
