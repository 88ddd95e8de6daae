/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/pos2_link.h"

#include <string.h>

#define STX 0x02
#define ENQ 0x05
#define ACK 0x06
#define NAK 0x15
#define WRITE_MS 200
#define N_OLD_ANSWERS 3

size_t pos2_frame_encode(const Pos2Body *body, uint8_t ret[static POS2_FRAME_MAX])
{
	ret[0] = STX;
	ret[1] = (uint8_t)body->len;
	memcpy(ret + 2, body->bytes, body->len);
	ret[2 + body->len] = scale_xor(ret + 1, body->len + 1);
	return body->len + 3;
}

Pos2Found pos2_frame_last(const uint8_t *bytes, size_t len, Pos2Body *ret)
{
	size_t at = 0;

	while (at + 2 < len) {
		size_t n = bytes[at + 1];

		if (bytes[at] != STX || n == 0) {
			at++;
			continue;
		}
		if (n + 3 > len - at)
			return POS2_NONE;
		if (at + n + 3 == len) {
			ret->len = n;
			memcpy(ret->bytes, bytes + at + 2, n);
			return scale_xor(bytes + at + 1, n + 1) == bytes[len - 1] ? POS2_GOOD
										  : POS2_BROKEN;
		}
		at += n + 3;
	}
	return POS2_NONE;
}

bool pos2_password_parse(const char *text, char ret[static 5])
{
	if (strlen(text) != 4 || strspn(text, "0123456789") != 4)
		return false;
	memcpy(ret, text, 5);
	return true;
}

static DeviceFault fault_of(uint8_t code)
{
	switch (code) {
	case 1:
		return DEVICE_FAULT_PAPER_OUT;
	case 3:
		return DEVICE_FAULT_COVER_OPEN;
	case 4: /* a label waits to be taken */
		return DEVICE_FAULT_BUSY;
	case 122:
	case 170: /* locked after five wrong ones */
		return DEVICE_FAULT_WRONG_PASSWORD;
	case 168:
		return DEVICE_FAULT_NEEDS_SERVICE;
	default:
		return DEVICE_FAULT_REFUSED;
	}
}

static const char *text_of(uint8_t code)
{
	static const struct {
		uint8_t code;
		const char *text;
	} known[] = {
		{ 120, "unknown command" },  { 121, "wrong length" },
		{ 122, "wrong password" },   { 123, "not in this mode" },
		{ 124, "wrong parameter" },  { 128, "wrong number" },
		{ 130, "wrong code" },	     { 131, "wrong price" },
		{ 132, "wrong shelf life" }, { 133, "wrong tare" },
		{ 134, "wrong group" },	     { 135, "wrong message" },
		{ 136, "wrong picture" },    { 142, "wrong date" },
		{ 150, "cannot be zeroed" }, { 151, "cannot be tared" },
		{ 168, "damaged base" },     { 170, "locked" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (known[i].code == code)
			return known[i].text;
	}
	return "see its manual";
}

bool pos2_check(const Pos2Body *command, const Pos2Body *answer, GError **error)
{
	if (answer->len < 2 || answer->bytes[0] != command->bytes[0])
		return scale_bad_answer(error, "of another command");
	if (answer->bytes[1] == 0)
		return true;
	g_set_error(error, DEVICE_FAULT, (int)fault_of(answer->bytes[1]),
		    "command %02X: the scale says error %d, %s", command->bytes[0],
		    answer->bytes[1], text_of(answer->bytes[1]));
	return false;
}

static bool is_control(const uint8_t *bytes, size_t len)
{
	return bytes[len - 1] == ACK || bytes[len - 1] == NAK;
}

static bool is_refusal(const uint8_t *bytes, size_t len)
{
	return len == 1 && bytes[0] == NAK;
}

static bool is_answer(const uint8_t *bytes, size_t len)
{
	Pos2Body body;

	return is_refusal(bytes, len) || pos2_frame_last(bytes, len, &body) != POS2_NONE;
}

static bool send_byte(ScaleLine *line, uint8_t byte, GError **error)
{
	return port_write(line->port, &byte, 1, WRITE_MS, error);
}

/* Until the scale waits for a command. What it still has to say is of an older question: heard and
 * forgotten. */
static bool reach(ScaleLine *line, GError **error)
{
	static const uint8_t enquiry = ENQ;
	ScaleHeard heard;

	for (int i = 0; i <= N_OLD_ANSWERS; i++) {
		if (!scale_line_ask(line, &enquiry, 1, is_control, 0, &heard, error))
			return false;
		if (heard.bytes[heard.len - 1] == NAK)
			return true;
		if (!scale_line_hear(line, is_answer, 0, &heard, error) ||
		    !send_byte(line, ACK, error))
			return false;
	}
	return scale_bad_answer(error, "old ones without end");
}

typedef struct {
	ScaleLine *line; /* borrowed */
	const Pos2Body *command; /* borrowed */
	bool repeatable;
	Pos2Body answer;
} Exchange;

/* The frame has gone out, and its answer has not come whole: ENQ has the scale say it again. */
static Pos2Found hear_again(Exchange *self, bool broken, GError **error)
{
	static const uint8_t bytes[] = { NAK, ENQ };
	size_t skip = broken ? 0 : 1;
	ScaleHeard heard;

	if (!scale_line_ask(self->line, bytes + skip, sizeof bytes - skip, is_answer,
			    SCALE_QUIET_MS, &heard, error))
		return POS2_NONE;
	return pos2_frame_last(heard.bytes, heard.len, &self->answer);
}

/* Is @reason one after which the same question may be asked again? */
static bool is_lost(const GError *reason)
{
	return reason == NULL || g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OFFLINE) ||
	       g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
}

static bool fail_lost(const Exchange *self, GError *reason, GError **error)
{
	if (!is_lost(reason) || (reason != NULL && self->repeatable)) {
		g_propagate_error(error, reason);
		return false;
	}
	g_clear_error(&reason);
	g_set_error(error, DEVICE_FAULT,
		    self->repeatable ? DEVICE_FAULT_PROTOCOL : DEVICE_FAULT_OUTCOME_UNKNOWN,
		    "the answer to %02X is lost", self->command->bytes[0]);
	return false;
}

static bool converse(void *data, GError **error)
{
	Exchange *self = data;
	uint8_t frame[POS2_FRAME_MAX];
	size_t len = pos2_frame_encode(self->command, frame);
	GError *reason = NULL;
	Pos2Found found = POS2_NONE;
	ScaleHeard heard;

	if (!reach(self->line, error))
		return false;
	if (scale_line_ask(self->line, frame, len, is_answer, SCALE_QUIET_MS, &heard, &reason)) {
		if (is_refusal(heard.bytes, heard.len)) /* damaged on the way: nothing was done */
			return scale_bad_answer(error, "our frame came damaged");
		found = pos2_frame_last(heard.bytes, heard.len, &self->answer);
	}
	if (found != POS2_GOOD && is_lost(reason)) {
		g_clear_error(&reason);
		found = hear_again(self, found == POS2_BROKEN, &reason);
	}
	if (found != POS2_GOOD)
		return fail_lost(self, reason, error);
	/* If this is lost the scale says it all again at the next ENQ. */
	if (!send_byte(self->line, ACK, NULL))
		g_debug("%s: lost after an answer", port_get_address(self->line->port));
	if (self->answer.len < 2 || self->answer.bytes[0] != self->command->bytes[0])
		return fail_lost(self, NULL, error);
	return pos2_check(self->command, &self->answer, error);
}

bool pos2_exchange(ScaleLine *line, const Pos2Body *command, bool repeatable, Pos2Body *ret,
		   GError **error)
{
	Exchange exchange = { .line = line, .command = command, .repeatable = repeatable };

	if (!scale_line_try(line, converse, &exchange, error))
		return false;
	*ret = exchange.answer;
	return true;
}
