/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_link.h"

#include "drivers/device.h"

#define ATTEMPTS 5 /* §1: three to six */
#define SILENCE_MS 500 /* §1: without any byte */
#define GAP_MS 100 /* between the bytes of a frame, and after a damaged one */
#define WRITE_MS 2000
#define WORK_MAX_MS 120000 /* [inferred] watchdog over SYN: a Z report may last a minute */
#define NOISE_MAX 1024 /* bytes that are no frame */
#define STATUS 0x4A

typedef enum {
	HEARD_ANSWER,
	HEARD_OTHER, /* a whole answer to something else */
	HEARD_NAK,
	HEARD_DAMAGED, /* noise, or a frame that does not add up */
	HEARD_NOTHING,
	HEARD_FAILURE, /* the port's: @error is set */
} Heard;

/* --- hearing ------------------------------------------------------------------------------- */

/* Until it is quiet: the rest of what was damaged is no answer to the next frame. */
static bool hear_out(DatecsLink *self, GError **error)
{
	uint8_t buffer[64];

	for (int i = 0; i < NOISE_MAX; i++) { /* a chatterer never falls silent */
		gssize n = port_read(self->port, buffer, sizeof buffer, GAP_MS, error);

		if (n <= 0)
			return n == 0;
	}
	return true;
}

static Heard hear_damaged(DatecsLink *self, GError **error)
{
	return hear_out(self, error) ? HEARD_DAMAGED : HEARD_FAILURE;
}

typedef struct {
	DatecsReader reader;
	gint64 until; /* monotonic microseconds */
	int n_noise;
	bool nak;
} Hearing;

static bool has_come(const Hearing *self)
{
	return self->reader.state == DATECS_FRAME_DONE ||
	       self->reader.state == DATECS_FRAME_BROKEN || self->nak || self->n_noise >= NOISE_MAX;
}

static void take_byte(Hearing *self, uint8_t byte)
{
	if (self->reader.state != DATECS_FRAME_NONE)
		datecs_reader_push(&self->reader, byte);
	else if (byte == DATECS_NAK)
		self->nak = true;
	else if (byte != DATECS_SYN && datecs_reader_push(&self->reader, byte) == DATECS_FRAME_NONE)
		self->n_noise++;
}

/* One frame or control byte that is more than "wait". */
static Heard hear_any(DatecsLink *self, Hearing *hearing, GError **error)
{
	while (!has_come(hearing)) {
		uint8_t bytes[DATECS_FRAME_MAX];
		gssize n = port_read(self->port, bytes, datecs_reader_get_wanted(&hearing->reader),
				     SILENCE_MS, error);

		if (n < 0)
			return HEARD_FAILURE;
		/* Half a frame may be the last that a dying device has said. */
		if (n == 0 || g_get_monotonic_time() > hearing->until)
			return HEARD_NOTHING;
		for (gssize i = 0; i < n; i++)
			take_byte(hearing, bytes[i]);
	}
	if (hearing->nak)
		return HEARD_NAK;
	return hearing->reader.state == DATECS_FRAME_DONE ? HEARD_OTHER : hear_damaged(self, error);
}

/* What we wait for. */
typedef struct {
	uint16_t code;
	bool or_status; /* an answer to a status question ends it, too */
	gint64 until; /* monotonic microseconds */
} Awaited;

static gint64 work_deadline(void)
{
	return g_get_monotonic_time() + WORK_MAX_MS * G_TIME_SPAN_MILLISECOND;
}

/* The answer to the frame sent last. Answers to older ones, which came late, are passed over. */
static Heard hear_answer(DatecsLink *self, const Awaited *awaited, DatecsAnswer *ret,
			 GError **error)
{
	bool heard_other = false;

	for (int i = 0; i < NOISE_MAX; i++) {
		Hearing hearing = { .reader.family = self->family, .until = awaited->until };
		Heard heard = hear_any(self, &hearing, error);

		if (heard == HEARD_NOTHING && heard_other)
			return HEARD_OTHER;
		if (heard != HEARD_OTHER)
			return heard;
		heard_other = true;
		*ret = hearing.reader.answer;
		if (ret->seq != self->seq)
			continue;
		if (ret->code == awaited->code)
			return HEARD_ANSWER;
		if (awaited->or_status && ret->code == STATUS)
			return HEARD_OTHER;
	}
	return HEARD_OTHER;
}

/* --- sending ------------------------------------------------------------------------------- */

static void next_seq(DatecsLink *self)
{
	self->seq = self->seq < DATECS_SEQ_MIN || self->seq >= datecs_seq_max(self->family)
			    ? DATECS_SEQ_MIN
			    : (uint8_t)(self->seq + 1);
}

static bool send_frame(DatecsLink *self, const DatecsBody *command, GError **error)
{
	uint8_t frame[DATECS_FRAME_MAX];
	size_t len = datecs_frame_encode(self->family, self->seq, command, frame);

	return port_write(self->port, frame, len, WRITE_MS, error);
}

static bool fail_silent(DatecsLink *self, const DatecsBody *command, bool question, GError **error)
{
	g_set_error(error, DEVICE_FAULT,
		    question ? DEVICE_FAULT_OFFLINE : DEVICE_FAULT_OUTCOME_UNKNOWN,
		    "%s: no answer to %02X", port_get_address(self->port), command->code);
	return false;
}

typedef struct {
	const DatecsBody *command, *sent; /* sent: the command, or the question in its place */
	bool repeatable, repeated;
} Exchange;

static const DatecsBody status_question = { .code = STATUS };

/* What has to follow when no good answer came. */
static void choose_next(Exchange *self, Heard heard)
{
	if (heard == HEARD_NAK)
		return;
	if (self->repeatable)
		self->repeated = true;
	else
		self->sent = &status_question;
}

static bool is_forgotten(const DatecsLink *self, const Awaited *awaited, Heard heard,
			 const DatecsAnswer *answer)
{
	return heard == HEARD_OTHER && awaited->or_status && answer->seq == self->seq &&
	       answer->code == STATUS;
}

/* *@ret: what was heard last. */
static bool try_exchange(DatecsLink *self, Exchange *exchange, DatecsAnswer *answer, Heard *ret,
			 GError **error)
{
	Awaited awaited = { .code = exchange->command->code, .until = work_deadline() };

	for (int i = 0; i < ATTEMPTS; i++) {
		awaited.or_status = exchange->sent != exchange->command;
		if (!send_frame(self, exchange->sent, error))
			return false;
		*ret = hear_answer(self, &awaited, answer, error);
		if (*ret == HEARD_FAILURE)
			return false;
		if (*ret == HEARD_ANSWER || is_forgotten(self, &awaited, *ret, answer))
			return true;
		choose_next(exchange, *ret);
	}
	return true;
}

bool datecs_link_exchange(DatecsLink *self, const DatecsBody *command, bool repeatable,
			  DatecsAnswer *ret, bool *ret_repeated, GError **error)
{
	Exchange exchange = { .command = command, .sent = command, .repeatable = repeatable };
	Heard heard = HEARD_NOTHING;

	next_seq(self);
	port_discard_input(self->port);
	if (!try_exchange(self, &exchange, ret, &heard, error))
		return false;
	*ret_repeated = exchange.repeated;
	if (heard == HEARD_ANSWER)
		return true;
	if (heard == HEARD_NOTHING || exchange.sent != command)
		return fail_silent(self, command, repeatable, error);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "%s: no good answer to %02X",
		    port_get_address(self->port), command->code);
	return false;
}

/* --- reaching ------------------------------------------------------------------------------ */

/* Any answer with our SEQ will do: if it is to another command the device had heard that SEQ last,
 * and says its answer again. */
static Heard probe(DatecsLink *self, GError **error)
{
	Awaited awaited = { .code = STATUS, .until = work_deadline() };
	DatecsAnswer answer = { 0 };
	Heard heard;

	next_seq(self);
	port_discard_input(self->port);
	if (!send_frame(self, &status_question, error))
		return HEARD_FAILURE;
	heard = hear_answer(self, &awaited, &answer, error);
	return heard == HEARD_OTHER && answer.seq == self->seq ? HEARD_ANSWER : heard;
}

static bool fail_unreached(DatecsLink *self, bool heard_any, GError **error)
{
	g_set_error(error, DEVICE_FAULT, heard_any ? DEVICE_FAULT_PROTOCOL : DEVICE_FAULT_OFFLINE,
		    "%s: %s", port_get_address(self->port),
		    heard_any ? "answers, but not as a Datecs registrar" : "no answer to a status");
	return false;
}

/* A frame of the other family is one that does not add up. It may leave the device waiting for more
 * of it; the second probe of a family comes through in any case. */
static bool find(DatecsLink *self, unsigned int tries, GError **error)
{
	static const DatecsFamily order[] = { DATECS_P, DATECS_P, DATECS_X, DATECS_X,
					      DATECS_P, DATECS_P, DATECS_X, DATECS_X };
	bool heard_any = false;

	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		Heard heard;

		if ((tries & (order[i] == DATECS_P ? DATECS_TRY_P : DATECS_TRY_X)) == 0)
			continue;
		self->family = order[i];
		heard = probe(self, error);
		if (heard == HEARD_ANSWER || heard == HEARD_FAILURE)
			return heard == HEARD_ANSWER;
		heard_any |= heard != HEARD_NOTHING;
	}
	return fail_unreached(self, heard_any, error);
}

bool datecs_link_reach(DatecsLink *self, struct port *port, unsigned int tries, GError **error)
{
	DatecsAnswer answer;
	bool repeated;

	*self = (DatecsLink){ .port = port };
	return find(self, tries, error) &&
	       datecs_link_exchange(self, &status_question, true, &answer, &repeated, error);
}
