/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_link.h"

#include "drivers/device.h"
#include "drivers/fiscal/shtrih_codec.h"

#include <string.h>

#define OLD_ANSWER_TIMEOUT_MS 30000 /* of a command that we do not know */
#define PATIENCE_MAX 10 /* byte time-outs: later than that is silent */

/* What came instead of a control byte or a frame. */
typedef enum {
	HEARD_ACK,
	HEARD_NAK,
	HEARD_FRAME,
	HEARD_RUBBISH,
	HEARD_NOTHING,
	HEARD_FAILURE, /* the port's: @error is set */
} Heard;

void shtrih_link_init(ShtrihLink *self, struct port *port)
{
	const char *address = port_get_address(port);
	/* A true UART delivers at once or never and may lose a byte; all else may be late, but does
	 * not lose. */
	bool uart = g_str_has_prefix(address, "serial:/dev/ttyS");

	*self = (ShtrihLink){
		.port = port,
		.byte_timeout_ms = uart ? 100 : 500,
		.attempts = uart ? 10 : 3,
	};
	self->patience_ms = self->byte_timeout_ms;
}

/* --- lateness --------------------------------------------------------------------------------- */

/* Twice as late as it was just now is not silent yet. */
static int patience_for(const ShtrihLink *self, int late_ms)
{
	return CLAMP(2 * late_ms, self->byte_timeout_ms, PATIENCE_MAX * self->byte_timeout_ms);
}

static void note_question(ShtrihLink *self)
{
	self->asked_at = g_get_monotonic_time();
}

static void note_reply(ShtrihLink *self)
{
	int64_t late_us = g_get_monotonic_time() - self->asked_at;
	int late_ms = (int)MIN(late_us / 1000, OLD_ANSWER_TIMEOUT_MS);

	self->latest_ms = MAX(self->latest_ms, late_ms);
	self->patience_ms = MAX(self->patience_ms, patience_for(self, late_ms));
}

/* After an exchange that came to its end: a device that was late once is trusted again by and by.
 */
static void relax(ShtrihLink *self)
{
	self->patience_ms =
		MAX(patience_for(self, self->latest_ms), self->patience_ms - self->patience_ms / 8);
}

/* --- bytes ------------------------------------------------------------------------------------ */

static bool send_byte(ShtrihLink *self, uint8_t byte, GError **error)
{
	return port_write(self->port, &byte, 1, self->byte_timeout_ms, error);
}

static Heard hear_control(ShtrihLink *self, GError **error)
{
	uint8_t byte = SHTRIH_STRAY;

	while (byte == SHTRIH_STRAY) {
		gssize n = port_read(self->port, &byte, 1, self->patience_ms, error);

		if (n <= 0)
			return n < 0 ? HEARD_FAILURE : HEARD_NOTHING;
	}
	if (byte != SHTRIH_ACK && byte != SHTRIH_NAK)
		return HEARD_RUBBISH;
	note_reply(self);
	return byte == SHTRIH_ACK ? HEARD_ACK : HEARD_NAK;
}

/* The first byte may take as long as the command; the others follow it closely. */
static Heard hear_frame(ShtrihLink *self, int timeout_ms, ShtrihBody *ret, GError **error)
{
	ShtrihFrameReader reader = { 0 };
	bool heard_any = false;

	while (reader.state == SHTRIH_FRAME_NONE || reader.state == SHTRIH_FRAME_MORE) {
		uint8_t bytes[SHTRIH_FRAME_MAX];
		gssize n = port_read(self->port, bytes, shtrih_frame_get_wanted(&reader),
				     heard_any ? self->patience_ms : timeout_ms, error);

		if (n < 0)
			return HEARD_FAILURE;
		if (n == 0)
			return heard_any ? HEARD_RUBBISH : HEARD_NOTHING;
		heard_any |= n > 1 || bytes[0] != SHTRIH_STRAY;
		for (gssize i = 0; i < n; i++)
			shtrih_frame_push(&reader, bytes[i]);
	}
	*ret = reader.body;
	return reader.state == SHTRIH_FRAME_DONE ? HEARD_FRAME : HEARD_RUBBISH;
}

/* A control byte between frames answers an ENQ. After a broken frame nothing is certain, and rather
 * too many answers are waited for than too few. */
static void count_reply(ShtrihLink *self, ShtrihFrameReader *reader, uint8_t byte)
{
	if (reader->state == SHTRIH_FRAME_BROKEN)
		return;
	if (reader->state == SHTRIH_FRAME_NONE && (byte == SHTRIH_ACK || byte == SHTRIH_NAK)) {
		note_reply(self);
		self->n_owed = MAX(self->n_owed - 1, 0);
	}
	if (shtrih_frame_push(reader, byte) == SHTRIH_FRAME_DONE)
		*reader = (ShtrihFrameReader){ 0 };
}

/* Until the line has been quiet for as long as the device was ever late: late answers to older
 * questions are no answers to the next one. */
static bool hear_out(ShtrihLink *self, GError **error)
{
	ShtrihFrameReader reader = { 0 };
	uint8_t buffer[64];

	for (int i = 0; i < 64; i++) { /* a chatterer never falls silent */
		gssize n = port_read(self->port, buffer, sizeof buffer, self->patience_ms, error);

		if (n < 0)
			return false;
		if (n == 0)
			break;
		for (gssize j = 0; j < n; j++)
			count_reply(self, &reader, buffer[j]);
	}
	return true;
}

/* --- ENQ -------------------------------------------------------------------------------------- */

static Heard hear_of_enquiry(ShtrihLink *self, GError **error)
{
	Heard heard = hear_control(self, error);

	if (heard == HEARD_ACK || heard == HEARD_NAK)
		self->n_owed--;
	return heard;
}

static Heard enquire(ShtrihLink *self, GError **error)
{
	if (self->n_owed == 0)
		note_question(self);
	if (!send_byte(self, SHTRIH_ENQ, error))
		return HEARD_FAILURE;
	self->n_owed++;
	return hear_of_enquiry(self, error);
}

/* Of a device that has just taken a frame, and may be slow. A NAK counts when all have come: it may
 * be that of an ENQ from before the frame. */
static Heard enquire_patiently(ShtrihLink *self, GError **error)
{
	Heard heard = HEARD_NOTHING, next;

	for (int i = 0; i < self->attempts && (heard == HEARD_NOTHING || heard == HEARD_RUBBISH);
	     i++)
		heard = enquire(self, error);
	while (heard == HEARD_NAK && self->n_owed > 0) {
		next = hear_of_enquiry(self, error);
		if (next == HEARD_NOTHING || next == HEARD_RUBBISH)
			break;
		heard = next;
	}
	return heard;
}

/* After ENQ was answered by ACK: somebody's answer, perhaps ours from before a lost line. */
static bool take_old_answer(ShtrihLink *self, ShtrihBody *ret, GError **error)
{
	Heard heard = hear_frame(self, OLD_ANSWER_TIMEOUT_MS, ret, error);

	if (heard == HEARD_FAILURE)
		return false;
	if (heard != HEARD_FRAME) {
		ret->len = 0;
		return send_byte(self, SHTRIH_NAK, error);
	}
	if (shtrih_code_forms_document(shtrih_body_code(ret)))
		self->orphan = *ret;
	return send_byte(self, SHTRIH_ACK, error);
}

static bool fail_unreached(ShtrihLink *self, bool heard_any, GError **error)
{
	g_set_error(error, DEVICE_FAULT, heard_any ? DEVICE_FAULT_PROTOCOL : DEVICE_FAULT_OFFLINE,
		    "%s: %s", port_get_address(self->port),
		    heard_any ? "answers, but not as a Shtrih-M registrar" : "no answer to ENQ");
	return false;
}

/* What is still under way from before comes in first. */
static bool begin_quiet(ShtrihLink *self, GError **error)
{
	if (self->n_owed == 0) {
		port_discard_input(self->port);
		return true;
	}
	/* A device that was off for an hour is not an hour late. */
	if (!hear_out(self, error))
		return false;
	note_question(self);
	return true;
}

/* @old is the last answer that was taken on the way, or empty. */
static bool reach(ShtrihLink *self, ShtrihBody *old, GError **error)
{
	int n_silent = 0, n_rubbish = 0;

	old->len = 0;
	if (!begin_quiet(self, error))
		return false;
	while (n_silent < self->attempts && n_rubbish < 2 * self->attempts) {
		switch (enquire(self, error)) {
		case HEARD_NAK:
			/* More may come where an ENQ before it seemed to be lost. */
			return (self->n_owed == 0 && n_silent + n_rubbish == 0) ||
			       hear_out(self, error);
		case HEARD_ACK:
			if (!take_old_answer(self, old, error))
				return false;
			n_rubbish += old->len == 0;
			break;
		case HEARD_NOTHING:
			n_silent++;
			break;
		case HEARD_FAILURE:
			return false;
		case HEARD_RUBBISH:
		case HEARD_FRAME:
			n_rubbish++;
			if (!hear_out(self, error))
				return false;
		}
	}
	return fail_unreached(self, n_rubbish > 0, error);
}

bool shtrih_link_reach(ShtrihLink *self, GError **error)
{
	ShtrihBody old;

	return reach(self, &old, error);
}

/* The frame has arrived whole: its answer, or HEARD_NOTHING when it cannot be had. */
static Heard receive(ShtrihLink *self, uint16_t code, int timeout_ms, ShtrihBody *ret,
		     GError **error)
{
	for (int i = 0; i <= self->attempts; i++) {
		Heard heard = hear_frame(self, timeout_ms, ret, error);

		if (heard == HEARD_FAILURE)
			return heard;
		if (heard == HEARD_FRAME) {
			/* If this ACK is lost the device says it all again at the next ENQ. */
			if (!send_byte(self, SHTRIH_ACK, NULL))
				g_debug("%s: lost after an answer", port_get_address(self->port));
			if (shtrih_body_code(ret) == code)
				return heard;
			if (shtrih_code_forms_document(shtrih_body_code(ret)))
				self->orphan = *ret;
		}
		if (heard == HEARD_RUBBISH &&
		    (!hear_out(self, error) || !send_byte(self, SHTRIH_NAK, error)))
			return HEARD_FAILURE;
		heard = enquire_patiently(self, error);
		if (heard != HEARD_ACK)
			return heard == HEARD_FAILURE ? heard : HEARD_NOTHING;
	}
	return HEARD_NOTHING;
}

/* The first NAKs are those that are owed to ENQs. An ACK is the frame's own: the device held no
 * answer when it was sent, and all that is older has come before it or never will. */
static Heard hear_of_frame(ShtrihLink *self, GError **error)
{
	Heard heard = hear_control(self, error);

	while (heard == HEARD_NAK && self->n_owed > 0) {
		self->n_owed--;
		heard = hear_control(self, error);
	}
	if (heard == HEARD_ACK)
		self->n_owed = 0;
	return heard;
}

typedef enum { SENT_ANSWERED, SENT_REFUSED, SENT_LOST, SENT_FAILED } Sent;

/* One try, from a device that waits for STX. */
static Sent send_once(ShtrihLink *self, const ShtrihBody *command, int answer_timeout_ms,
		      ShtrihBody *ret, GError **error)
{
	uint8_t frame[SHTRIH_FRAME_MAX];
	size_t len = shtrih_frame_encode(command, frame);
	Heard heard;

	if (!port_write(self->port, frame, len, answer_timeout_ms, error))
		return SENT_FAILED;
	note_question(self);
	heard = hear_of_frame(self, error);
	if (heard == HEARD_NAK)
		return SENT_REFUSED;
	if (heard == HEARD_NOTHING || heard == HEARD_RUBBISH) {
		/* Never came, or came and its ACK is lost: ENQ tells, unless the device has been
		 * switched off and on. The frame owes a byte too now. */
		self->n_owed++;
		if (!hear_out(self, error))
			return SENT_FAILED;
		heard = enquire_patiently(self, error);
	}
	if (heard == HEARD_ACK)
		heard = receive(self, shtrih_body_code(command), answer_timeout_ms, ret, error);
	if (heard == HEARD_FRAME)
		return SENT_ANSWERED;
	return heard == HEARD_FAILURE ? SENT_FAILED : SENT_LOST;
}

static bool fail_unknown(ShtrihLink *self, const ShtrihBody *command, GError *reason,
			 GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN,
		    "%s: the answer to %02X is lost%s%s", port_get_address(self->port),
		    shtrih_body_code(command), reason == NULL ? "" : ": ",
		    reason == NULL ? "" : reason->message);
	g_clear_error(&reason);
	return false;
}

static bool may_send_again(Sent sent, bool repeatable)
{
	return sent == SENT_REFUSED || (sent == SENT_LOST && repeatable);
}

static bool fail_sent(ShtrihLink *self, const ShtrihBody *command, bool repeatable, GError *reason,
		      GError **error)
{
	if (repeatable || g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_CANCELLED)) {
		g_propagate_error(error, reason);
		return false;
	}
	return fail_unknown(self, command, reason, error);
}

bool shtrih_link_exchange(ShtrihLink *self, const ShtrihBody *command, bool repeatable,
			  int answer_timeout_ms, ShtrihBody *ret, GError **error)
{
	uint16_t code = shtrih_body_code(command);

	if (shtrih_code_forms_document(code))
		self->orphan.len = 0;
	self->latest_ms = 0;
	for (int i = 0; i < self->attempts; i++) {
		GError *reason = NULL;
		Sent sent;

		/* A NAK may have been the late answer to an older ENQ, and so may the next: what is
		 * under way comes in first, or a line would be registered twice. */
		if ((i > 0 && !hear_out(self, &reason)) || !reach(self, ret, &reason)) {
			if (i == 0)
				repeatable = true; /* nothing was sent: the plain reason */
			return fail_sent(self, command, repeatable, reason, error);
		}
		if (i > 0 && shtrih_body_code(ret) == code)
			return true; /* it had arrived after all */
		sent = send_once(self, command, answer_timeout_ms, ret, &reason);
		if (sent == SENT_ANSWERED) {
			relax(self);
			return true;
		}
		if (!may_send_again(sent, repeatable))
			return fail_sent(self, command, repeatable && reason != NULL, reason,
					 error);
	}
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "%s: takes no frame with %02X",
		    port_get_address(self->port), code);
	return false;
}
