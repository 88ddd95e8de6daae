/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_link.h"

#include "drivers/device.h"
#include "drivers/fiscal/shtrih_codec.h"

#include <string.h>

#define OLD_ANSWER_TIMEOUT_MS 30000 /* of a command that we do not know */

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
}

static bool send_byte(ShtrihLink *self, uint8_t byte, GError **error)
{
	return port_write(self->port, &byte, 1, self->byte_timeout_ms, error);
}

static Heard hear_control(ShtrihLink *self, GError **error)
{
	uint8_t byte = SHTRIH_STRAY;

	while (byte == SHTRIH_STRAY) {
		gssize n = port_read(self->port, &byte, 1, self->byte_timeout_ms, error);

		if (n <= 0)
			return n < 0 ? HEARD_FAILURE : HEARD_NOTHING;
	}
	if (byte == SHTRIH_ACK)
		return HEARD_ACK;
	return byte == SHTRIH_NAK ? HEARD_NAK : HEARD_RUBBISH;
}

/* The first byte may take as long as the command; the others follow it closely. */
static Heard hear_frame(ShtrihLink *self, int timeout_ms, ShtrihBody *ret, GError **error)
{
	ShtrihFrameReader reader = { 0 };
	bool heard_any = false;

	while (reader.state == SHTRIH_FRAME_NONE || reader.state == SHTRIH_FRAME_MORE) {
		uint8_t bytes[SHTRIH_FRAME_MAX];
		gssize n = port_read(self->port, bytes, shtrih_frame_get_wanted(&reader),
				     heard_any ? self->byte_timeout_ms : timeout_ms, error);

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

/* Until nothing has come for a byte's time: late answers to older questions are no answers to the
 * next one. */
static bool hear_out(ShtrihLink *self, GError **error)
{
	uint8_t buffer[64];
	gssize n;

	for (int i = 0; i < 64; i++) { /* a chatterer never falls silent */
		n = port_read(self->port, buffer, sizeof buffer, self->byte_timeout_ms, error);
		if (n <= 0)
			return n == 0;
	}
	return true;
}

static Heard enquire(ShtrihLink *self, GError **error)
{
	return send_byte(self, SHTRIH_ENQ, error) ? hear_control(self, error) : HEARD_FAILURE;
}

/* Of a device that has just taken a frame, and may be slow. */
static Heard enquire_patiently(ShtrihLink *self, GError **error)
{
	Heard heard = HEARD_NOTHING;

	for (int i = 0; i < self->attempts && (heard == HEARD_NOTHING || heard == HEARD_RUBBISH);
	     i++)
		heard = enquire(self, error);
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

/* @old is the last answer that was taken on the way, or empty. */
static bool reach(ShtrihLink *self, ShtrihBody *old, GError **error)
{
	int n_silent = 0, n_rubbish = 0;

	old->len = 0;
	port_discard_input(self->port);
	while (n_silent < self->attempts && n_rubbish < 2 * self->attempts) {
		switch (enquire(self, error)) {
		case HEARD_NAK:
			/* More may come where an ENQ before it seemed to be lost. */
			return n_silent + n_rubbish == 0 || hear_out(self, error);
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
	heard = hear_control(self, error);
	if (heard == HEARD_NAK)
		return SENT_REFUSED;
	if (heard == HEARD_NOTHING || heard == HEARD_RUBBISH) {
		/* Never came, or came and its ACK is lost: ENQ tells, unless the device has been
		 * switched off and on. */
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
		if (sent == SENT_ANSWERED)
			return true;
		if (!may_send_again(sent, repeatable))
			return fail_sent(self, command, repeatable && reason != NULL, reason,
					 error);
	}
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL, "%s: takes no frame with %02X",
		    port_get_address(self->port), code);
	return false;
}
