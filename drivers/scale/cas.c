/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/cas.h"

#include "drivers/scale/line.h"

#define ENQ 0x05
#define ACK 0x06
#define NAK 0x15
#define DC1 0x11
#define STX 0x02
#define ETX 0x03
#define EOT 0x04
/* STX, status, sign, weight, unit, BCC, ETX, EOT; some models have a seventh weight character. */
#define FRAME_MIN 14
#define FRAME_MAX 15

struct scale {
	ScaleLine line;
	ScaleLimits limits;
};

/* All of it is ASCII: the eighth bit is the parity that an 8-bit port sees of a 7E1 line. */
static uint8_t low7(uint8_t byte)
{
	return byte & 0x7F;
}

/* Length of the frame that ends where @bytes end, or 0. */
static size_t last_frame(const uint8_t *bytes, size_t len)
{
	if (len < FRAME_MIN || low7(bytes[len - 2]) != ETX || low7(bytes[len - 1]) != EOT)
		return 0;
	for (size_t n = FRAME_MIN; n <= MIN(len, FRAME_MAX); n++) {
		if (low7(bytes[len - n]) == STX)
			return n;
	}
	return 0;
}

bool cas_is_whole(const uint8_t *bytes, size_t len)
{
	return last_frame(bytes, len) > 0;
}

/* "kg", " g" or "lb". A weight in pounds is no weight in a shop that sells by the kilogram, and no
 * setting of the till makes it one. */
static bool decode_weight(const uint8_t *text, size_t len, const uint8_t unit[2], int64_t *ret,
			  GError **error)
{
	bool grams = unit[0] == ' ' && unit[1] == 'g';

	if (unit[0] == 'l' && unit[1] == 'b')
		return scale_bad_answer(error, "it weighs in pounds; set it up for kilograms");
	if (!grams && (unit[0] != 'k' || unit[1] != 'g'))
		return scale_bad_answer(error, "unknown unit of weight");
	return scale_parse_decimal(text, len, grams ? 3 : 6, ret) ||
	       scale_bad_answer(error, "the weight is no number");
}

bool cas_decode(const uint8_t *bytes, size_t len, ScaleReading *ret, GError **error)
{
	size_t n = last_frame(bytes, len);
	uint8_t frame[FRAME_MAX];
	ScaleReading reading = { 0 };

	if (n == 0)
		return scale_bad_answer(error, "no frame");
	for (size_t i = 0; i < n; i++)
		frame[i] = low7(bytes[len - n + i]);
	if (scale_xor(frame + 1, n - 4) != frame[n - 3])
		return scale_bad_answer(error, "wrong check sum");
	if (frame[1] != 'S' && frame[1] != 'U')
		return scale_bad_answer(error, "neither stable nor moving");
	if (frame[2] != ' ' && frame[2] != '-' && frame[2] != 'F')
		return scale_bad_answer(error, "unknown sign");
	if (!decode_weight(frame + 3, n - 8, frame + n - 5, &reading.net.micro, error))
		return false;

	if (frame[2] == '-')
		reading.net.micro = -reading.net.micro;
	reading.state = frame[2] == 'F'	  ? SCALE_OVERLOAD
			: frame[1] == 'U' ? SCALE_MOVING
					  : scale_state_at_rest(reading.net);
	*ret = reading;
	return true;
}

static bool is_control(const uint8_t *bytes, size_t len)
{
	return low7(bytes[len - 1]) == ACK || low7(bytes[len - 1]) == NAK;
}

typedef struct {
	struct scale *scale;
	ScaleReading *ret;
} Question;

static bool ask(void *data, GError **error)
{
	static const uint8_t enquiry = ENQ, request = DC1;
	Question *question = data;
	ScaleLine *line = &question->scale->line;
	ScaleHeard heard;

	if (!scale_line_ask(line, &enquiry, 1, is_control, 0, &heard, error))
		return false;
	if (low7(heard.bytes[heard.len - 1]) == NAK) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BUSY, "%s: the scale is not ready",
			    port_get_address(line->port));
		return false;
	}
	return scale_line_ask(line, &request, 1, cas_is_whole, SCALE_QUIET_MS, &heard, error) &&
	       cas_decode(heard.bytes, heard.len, question->ret, error);
}

static bool read_cas(struct scale *self, ScaleReading *ret, GError **error)
{
	Question question = { self, ret };

	scale_line_begin(&self->line, SCALE_READ_MS);
	if (!scale_line_try(&self->line, ask, &question, error))
		return false;
	scale_limits_apply(&self->limits, ret);
	return true;
}

static void close_cas(struct scale *self)
{
	g_free(self);
}

static struct scale *open_cas(struct port *port, GHashTable *options, GError **error)
{
	struct scale *self = g_new0(struct scale, 1);
	g_autoptr(GError) reason = NULL;
	ScaleReading reading;

	port_set_class(port, "scale");
	scale_line_init(&self->line, port);
	/* One that is busy is there. */
	if (scale_limits_parse(options, &self->limits, &reason) &&
	    (read_cas(self, &reading, &reason) ||
	     g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_BUSY)))
		return self;
	g_propagate_error(error, g_steal_pointer(&reason));
	close_cas(self);
	return NULL;
}

const struct scale_driver cas_driver = {
	.name = "cas",
	.settings = "baud=9600",
	.open = open_cas,
	.close = close_cas,
	.read = read_cas,
};
