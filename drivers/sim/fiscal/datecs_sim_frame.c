/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/datecs_sim.h"

#include <string.h>

/* Frames of both families (§2) from the device's side, and the rule of the frame number (§1). */
enum {
	PREAMBLE = 0x01,
	TERMINATOR = 0x03,
	SEPARATOR = 0x04,
	POSTAMBLE = 0x05,
	NAK = 0x15,
	SYN = 0x16,
	BIAS = 0x20, /* of LEN */
	NIBBLE = 0x30,
	BCC_LEN = 4,
	SYN_MS = 60,
	P_MAX_DATA = 218,
	X_MAX_DATA = 496, /* manual 2.11; 2.08 says 213 */
};

typedef struct {
	size_t head; /* LEN, SEQ and CMD */
	size_t word; /* bytes of LEN and of CMD */
	size_t max_data, n_status;
	uint8_t max_seq;
} Shape;

static const Shape shapes[] = {
	[FAMILY_P] = { 3, 1, P_MAX_DATA, 6, 0x7F },
	[FAMILY_X] = { 9, 4, X_MAX_DATA, 8, 0xFF },
};

static const Shape *shape_of(const Datecs *self)
{
	return &shapes[datecs_sim_is_x(self) ? FAMILY_X : FAMILY_P];
}

void datecs_sim_wire_init(Datecs *self)
{
	self->wire = (DatecsWire){ .in = g_byte_array_new() };
}

void datecs_sim_wire_clear(Datecs *self)
{
	g_byte_array_unref(self->wire.in);
}

static void send_byte(Datecs *self, uint8_t byte)
{
	sim_send(self->context, &byte, 1);
}

/* A number as the family writes it: a byte, or four nibbles. -1: no such nibbles. */
static int get_word(const Shape *shape, const uint8_t *bytes)
{
	int value = 0;

	if (shape->word == 1)
		return bytes[0];
	for (size_t i = 0; i < shape->word; i++) {
		if (bytes[i] < NIBBLE || bytes[i] > NIBBLE + 15)
			return -1;
		value = value << 4 | (bytes[i] - NIBBLE);
	}
	return value;
}

static void put_nibbles(GByteArray *bytes, unsigned value)
{
	for (int shift = 12; shift >= 0; shift -= 4)
		g_byte_array_append(bytes, &(uint8_t){ (uint8_t)(NIBBLE + (value >> shift & 15)) },
				    1);
}

static void put_word(const Shape *shape, GByteArray *bytes, unsigned value)
{
	if (shape->word == 1)
		g_byte_array_append(bytes, &(uint8_t){ (uint8_t)value }, 1);
	else
		put_nibbles(bytes, value);
}

static uint16_t sum_of(const uint8_t *bytes, size_t len)
{
	uint16_t sum = 0;

	for (size_t i = 0; i < len; i++)
		sum = (uint16_t)(sum + bytes[i]);
	return sum;
}

/* ---- answers */

static void put_garbage(GByteArray *bytes, int n)
{
	uint8_t byte = 0x5A;

	/* Any bytes but those that mean something: after 01 nobody could tell them from a frame. */
	for (int i = 0; i < n; i++) {
		byte = (uint8_t)(byte * 73 + 41);
		g_byte_array_append(bytes, &(uint8_t){ byte < 0x20 ? 0x7E : byte }, 1);
	}
}

static void put_frame(Datecs *self, GByteArray *ret)
{
	const Shape *shape = shape_of(self);
	const GByteArray *answer = self->state.answer; /* data, then the status */
	size_t n_data = answer->len - shape->n_status, start = ret->len + 1;
	unsigned seq = (unsigned)self->state.seq, code = self->state.request->data[0];
	uint16_t sum;

	if (datecs_sim_fault(self, DATECS_WRONG_SEQ, NULL))
		seq = seq == 0x20 ? 0x21 : seq - 1;
	if (datecs_sim_fault(self, DATECS_WRONG_CMD, NULL))
		code = code == 0x4A ? 0x4C : 0x4A;
	g_byte_array_append(ret, &(uint8_t){ PREAMBLE }, 1);
	put_word(shape, ret, (unsigned)(BIAS + shape->head + answer->len + 2));
	g_byte_array_append(ret, &(uint8_t){ (uint8_t)seq }, 1);
	put_word(shape, ret, code);
	g_byte_array_append(ret, answer->data, (unsigned)n_data);
	g_byte_array_append(ret, &(uint8_t){ SEPARATOR }, 1);
	g_byte_array_append(ret, answer->data + n_data, (unsigned)shape->n_status);
	g_byte_array_append(ret, &(uint8_t){ POSTAMBLE }, 1);
	sum = sum_of(ret->data + start, ret->len - start);
	if (datecs_sim_fault(self, DATECS_BAD_BCC, NULL))
		sum ^= 0x0155;
	put_nibbles(ret, sum);
	g_byte_array_append(ret, &(uint8_t){ TERMINATOR }, 1);
}

static void transmit(Datecs *self)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	int n;

	if (datecs_sim_fault(self, DATECS_GARBAGE, &n))
		put_garbage(bytes, n);
	put_frame(self, bytes);
	if (datecs_sim_fault(self, DATECS_TWO_ANSWERS, NULL))
		put_frame(self, bytes);
	sim_send(self->context, bytes->data, bytes->len);
}

static void begin_answer(Datecs *self, int64_t ms)
{
	DatecsWire *wire = &self->wire;
	int64_t now = g_get_monotonic_time();

	if (ms <= 0) {
		transmit(self);
		return;
	}
	wire->busy = true;
	wire->ready_at = now + ms * 1000;
	wire->next_syn = now + SYN_MS * 1000;
}

/* ---- frames that are whole */

static void lose_power(Datecs *self)
{
	self->wire.busy = false;
	self->bad_passwords = 0;
	self->reading = -1;
	if (datecs_sim_setting(self, DATECS_SEQ_MEMORY, 0) == 0)
		self->state.seq = -1;
	datecs_sim_save(self);
	sim_link_drop(self->context->link);
}

static void remember(Datecs *self, uint8_t seq, int code, const uint8_t *data, size_t len)
{
	self->state.seq = seq;
	g_byte_array_set_size(self->state.request, 0);
	g_byte_array_append(self->state.request, &(uint8_t){ (uint8_t)code }, 1);
	g_byte_array_append(self->state.request, data, (unsigned)len);
}

/* Done, and on disk: what becomes of the answer. */
static void answer_or_lose(Datecs *self, int64_t ms)
{
	int seconds;

	if (datecs_sim_fault(self, DATECS_LOST_ANSWER_POWER, NULL)) {
		sim_log_words(self->context->log, "fault: done, then the power is lost");
		sim_log_paper(self->context->log, "*** ПРЕКЪСВАНЕ НА ЗАХРАНВАНЕТО ***");
		lose_power(self);
	} else if (datecs_sim_fault(self, DATECS_LOST_ANSWER_LINK, NULL)) {
		sim_log_words(self->context->log, "fault: done, then the link is lost");
		sim_link_drop(self->context->link);
	} else if (datecs_sim_fault(self, DATECS_LOST_ANSWER, NULL)) {
		sim_log_words(self->context->log, "fault: done, no answer is sent");
	} else {
		if (datecs_sim_fault(self, DATECS_BUSY, &seconds))
			ms += seconds * INT64_C(1000);
		begin_answer(self, ms);
	}
}

static void work(Datecs *self, uint8_t seq, int code, const uint8_t *data, size_t len)
{
	uint8_t status[8];
	int ms;

	if (datecs_sim_fault(self, DATECS_DIE_BEFORE, NULL)) {
		sim_log_words(self->context->log, "fault: power lost, the command is not executed");
		lose_power(self);
		return;
	}
	remember(self, seq, code, data, len);
	g_byte_array_set_size(self->state.answer, 0);
	datecs_sim_execute(self, code, data, len, self->state.answer, status, &ms);
	g_byte_array_append(self->state.answer, status, (unsigned)shape_of(self)->n_status);
	/* The memory is on disk before a byte of the answer leaves; questions change it only where
	 * their numbers are remembered. */
	if (self->changed || datecs_sim_setting(self, DATECS_SEQ_MEMORY, 0) == 1)
		datecs_sim_save(self);
	if (self->context->failure != NULL)
		return;
	answer_or_lose(self, ms);
}

/* The same number: the last answer once more, and nothing is done (§1). */
static void repeat(Datecs *self, int code, const uint8_t *data, size_t len)
{
	const GByteArray *last = self->state.request;

	if (last->len != len + 1 || last->data[0] != (uint8_t)code ||
	    memcmp(last->data + 1, data, len) != 0)
		datecs_sim_flag(self, "command %02X has the number of %02X before it: not executed",
				code, last->data[0]);
	else
		sim_log_words(self->context->log, "%02X again: the last answer is repeated", code);
	transmit(self);
}

static void take_frame(Datecs *self, uint8_t seq, int code, const uint8_t *data, size_t len)
{
	if (self->wire.busy) {
		if (seq != self->state.seq)
			datecs_sim_flag(self, "command %02X before the answer to the last: ignored",
					code);
		return; /* the answer is on its way */
	}
	sim_faults_count_frame(self->context->faults, (uint16_t)code);
	if (datecs_sim_fault(self, DATECS_NAK, NULL))
		send_byte(self, NAK);
	else if (seq == self->state.seq)
		repeat(self, code, data, len);
	else
		work(self, seq, code, data, len);
}

/* ---- bytes to frames */

/* NULL: nothing. *ret_at: the byte of the frame. */
static const char *what_is_wrong(const Shape *shape, const uint8_t *frame, size_t len,
				 size_t *ret_at)
{
	const uint8_t *bcc = frame + len - BCC_LEN - 1;
	size_t body = len - BCC_LEN - 2; /* LEN to 05 */
	int code = get_word(shape, frame + 2 + shape->word);

	*ret_at = len - 1;
	if (frame[len - 1] != TERMINATOR)
		return "no 03 at the end";
	*ret_at = body;
	if (frame[body] != POSTAMBLE)
		return "no 05 where LEN puts it";
	*ret_at = body + 1;
	if (get_word(&shapes[FAMILY_X], bcc) != sum_of(frame + 1, body))
		return "wrong check sum";
	*ret_at = 1 + shape->word;
	if (frame[1 + shape->word] < 0x20 || frame[1 + shape->word] > shape->max_seq)
		return "number out of range";
	*ret_at = 2 + shape->word;
	return code < 0x20 || code > 0xFF ? "command out of range" : NULL;
}

static void check_frame(Datecs *self)
{
	const Shape *shape = shape_of(self);
	g_autoptr(GByteArray) frame = g_steal_pointer(&self->wire.in);
	size_t at, n_data = frame->len - shape->head - 2 - BCC_LEN - 1;
	const char *wrong = what_is_wrong(shape, frame->data, frame->len, &at);

	self->wire.in = g_byte_array_new();
	if (wrong != NULL) {
		datecs_sim_flag(self, "byte %zu of a frame of %u: %s", at, frame->len, wrong);
		send_byte(self, NAK);
		return;
	}
	take_frame(self, frame->data[1 + shape->word],
		   get_word(shape, frame->data + 2 + shape->word), frame->data + 1 + shape->head,
		   n_data);
}

/* Bytes of the whole frame, 0 where LEN has not come, -1 where it is no length. */
static int frame_len(const Shape *shape, const GByteArray *in)
{
	int len;

	if (in->len < 1 + shape->word)
		return 0;
	len = get_word(shape, in->data + 1) - BIAS;
	if (len < (int)shape->head + 1 || len > (int)(shape->head + 1 + shape->max_data))
		return -1;
	return len + 1 + BCC_LEN + 1;
}

static void take_byte(Datecs *self, uint8_t byte)
{
	DatecsWire *wire = &self->wire;
	int len;

	if (byte == PREAMBLE && wire->in->len > 0) {
		datecs_sim_flag(self, "a new frame after %u bytes of another", wire->in->len);
		g_byte_array_set_size(wire->in, 0);
	} else if (byte != PREAMBLE && wire->in->len == 0) {
		sim_log_words(self->context->log, "stray byte %02X", byte);
		return;
	}
	g_byte_array_append(wire->in, &byte, 1);
	len = frame_len(shape_of(self), wire->in);
	if (len < 0) {
		datecs_sim_flag(self, "byte 1 of a frame: no such LEN");
		g_byte_array_set_size(wire->in, 0);
		send_byte(self, NAK);
	} else if (len > 0 && wire->in->len == (unsigned)len) {
		check_frame(self);
	}
}

void datecs_sim_wire_receive(Datecs *self, const uint8_t *data, size_t len)
{
	int byte_ms = datecs_sim_setting(self, DATECS_BYTE_MS, 200);

	for (size_t i = 0; i < len && sim_link_is_connected(self->context->link); i++)
		take_byte(self, data[i]);
	self->wire.rx_until = g_get_monotonic_time() + byte_ms * INT64_C(1000);
}

void datecs_sim_wire_tick(Datecs *self, int64_t now, bool quiet)
{
	DatecsWire *wire = &self->wire;

	if (quiet && wire->in->len > 0 && now >= wire->rx_until) {
		datecs_sim_flag(self, "only %u bytes of a frame came", wire->in->len);
		g_byte_array_set_size(wire->in, 0);
	}
	if (!wire->busy)
		return;
	if (now >= wire->ready_at) {
		wire->busy = false;
		transmit(self);
	} else if (now >= wire->next_syn) {
		send_byte(self, SYN);
		wire->next_syn += SYN_MS * 1000;
	}
}

int64_t datecs_sim_wire_deadline(const Datecs *self)
{
	const DatecsWire *wire = &self->wire;
	int64_t at = wire->in->len > 0 ? wire->rx_until : G_MAXINT64;

	if (wire->busy)
		at = MIN(at, MIN(wire->ready_at, wire->next_syn));
	return at;
}

void datecs_sim_wire_hang_up(Datecs *self)
{
	g_byte_array_set_size(self->wire.in, 0);
}
