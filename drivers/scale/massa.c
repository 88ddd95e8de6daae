/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/massa.h"

#include "drivers/scale/line.h"
#include "drivers/scale/massa_frame.h"

#define ORDER_MS 1500

enum { GET_MASSA = 0x23, SET_ZERO = 0x72, SET_TARE = 0xA3 };
enum { ACK_MASSA = 0x24, ACK_SET = 0x27, ACK_SET_TARE = 0x12, NACK_TARE = 0x15, NACK = 0xF0 };
enum {
	ERROR_UNSUPPORTED = 0x07,
	ERROR_OVERLOAD = 0x08,
	ERROR_NOT_WEIGHING = 0x09,
	ERROR_NO_ZERO = 0x15,
	ERROR_NO_MODULE = 0x17,
	ERROR_LOADED_AT_START = 0x18,
	ERROR_DEFECT = 0x19,
};
#define SHORT_BODY 9 /* of ACK_MASSA, without the tare */
#define LONG_BODY 13

struct scale {
	ScaleLine line;
	ScaleLimits limits;
};

static bool last_body(const uint8_t *bytes, size_t len, MassaFrame *ret, GError **error)
{
	if (!massa_frame_last(bytes, len, ret))
		return scale_bad_answer(error, "no frame");
	return ret->crc_ok || scale_bad_answer(error, "wrong check sum");
}

static bool fail(uint8_t code, GError **error)
{
	DeviceFault fault = DEVICE_FAULT_REFUSED;

	if (code == ERROR_UNSUPPORTED)
		fault = DEVICE_FAULT_PROTOCOL;
	else if (code == ERROR_NO_MODULE)
		fault = DEVICE_FAULT_MECHANISM;
	else if (code == ERROR_DEFECT)
		fault = DEVICE_FAULT_NEEDS_SERVICE;
	g_set_error(error, DEVICE_FAULT, (int)fault, "the scale says error %02X%s", code,
		    code == ERROR_NOT_WEIGHING ? ": not in weighing mode"
		    : code == ERROR_NO_MODULE  ? ": no link to its weighing module"
		    : code == ERROR_NO_ZERO    ? ": cannot be zeroed now"
					       : "");
	return false;
}

static bool decode_error(uint8_t code, ScaleReading *ret, GError **error)
{
	if (code != ERROR_OVERLOAD && code != ERROR_LOADED_AT_START)
		return fail(code, error);
	*ret = (ScaleReading){
		.state = code == ERROR_OVERLOAD ? SCALE_OVERLOAD : SCALE_ZERO_ERROR,
	};
	return true;
}

static int32_t get_i32(const uint8_t *bytes)
{
	return (int32_t)((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
			 (uint32_t)bytes[3] << 24);
}

static bool decode_weight(const MassaFrame *frame, ScaleReading *ret, GError **error)
{
	/* Division 0 is a tenth of a gram; in micro-kilograms. */
	static const int64_t divisions[] = { 100, 1000, 10000, 100000, 1000000 };
	const uint8_t *data = frame->body + 1;
	ScaleReading reading = { 0 };

	if (frame->len != SHORT_BODY && frame->len != LONG_BODY)
		return scale_bad_answer(error, "wrong length of a weight");
	if (data[4] >= G_N_ELEMENTS(divisions))
		return scale_bad_answer(error, "unknown division");
	if (data[5] > 1 || data[6] > 1 || data[7] > 1)
		return scale_bad_answer(error, "flags that are neither 0 nor 1");

	reading.net.micro = get_i32(data) * divisions[data[4]];
	if (frame->len == LONG_BODY)
		reading.tare.micro = get_i32(data + 8) * divisions[data[4]];
	reading.is_net = data[6] == 1;
	reading.state = data[5] == 1 ? scale_state_at_rest(reading.net) : SCALE_MOVING;
	*ret = reading;
	return true;
}

bool massa_decode(const uint8_t *bytes, size_t len, ScaleReading *ret, GError **error)
{
	MassaFrame frame;

	if (!last_body(bytes, len, &frame, error))
		return false;
	if (frame.body[0] == ACK_MASSA)
		return decode_weight(&frame, ret, error);
	if (frame.body[0] == MASSA_ERROR && frame.len == 2)
		return decode_error(frame.body[1], ret, error);
	return scale_bad_answer(error, "no weight");
}

bool massa_decode_done(const uint8_t *bytes, size_t len, uint8_t done, GError **error)
{
	MassaFrame frame;

	if (!last_body(bytes, len, &frame, error))
		return false;
	if (frame.body[0] == done)
		return true;
	if (frame.body[0] == MASSA_ERROR && frame.len == 2)
		return fail(frame.body[1], error);
	if (frame.body[0] != NACK && frame.body[0] != NACK_TARE)
		return scale_bad_answer(error, "of another command");
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "the scale refuses, answer %02X",
		    frame.body[0]);
	return false;
}

typedef struct {
	struct scale *scale;
	GByteArray *request; /* borrowed */
	ScaleReading *ret; /* or NULL: an order */
	uint8_t done;
} Question;

static bool ask(void *data, GError **error)
{
	Question *question = data;
	ScaleHeard heard;

	if (!scale_line_ask(&question->scale->line, question->request->data, question->request->len,
			    massa_is_whole, SCALE_QUIET_MS, &heard, error))
		return false;
	if (question->ret != NULL)
		return massa_decode(heard.bytes, heard.len, question->ret, error);
	return massa_decode_done(heard.bytes, heard.len, question->done, error);
}

static bool read_massa(struct scale *self, ScaleReading *ret, GError **error)
{
	g_autoptr(GByteArray) request = massa_frame_new(GET_MASSA, NULL, 0);
	Question question = { .scale = self, .request = request, .ret = ret };

	scale_line_begin(&self->line, SCALE_READ_MS);
	if (!scale_line_try(&self->line, ask, &question, error))
		return false;
	scale_limits_apply(&self->limits, ret);
	return true;
}

static bool order(struct scale *self, GByteArray *request, uint8_t done, GError **error)
{
	Question question = { .scale = self, .request = request, .done = done };

	scale_line_begin(&self->line, ORDER_MS);
	return scale_line_try(&self->line, ask, &question, error);
}

static bool zero(struct scale *self, GError **error)
{
	g_autoptr(GByteArray) request = massa_frame_new(SET_ZERO, NULL, 0);

	return order(self, request, ACK_SET, error);
}

/* [inf] in whole grams, as the vector has it. */
static bool set_tare(struct scale *self, Quantity tare, GError **error)
{
	g_autoptr(GByteArray) request = NULL;
	int64_t grams = tare.micro / 1000;
	uint8_t data[4];

	if (tare.micro < 0 || tare.micro % 1000 != 0 || grams > G_MAXINT32) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED, "a tare is whole grams");
		return false;
	}
	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(grams >> 8 * i);
	request = massa_frame_new(SET_TARE, data, sizeof data);
	return order(self, request, ACK_SET_TARE, error);
}

static void close_massa(struct scale *self)
{
	g_free(self);
}

static struct scale *open_massa(struct port *port, GHashTable *options, GError **error)
{
	struct scale *self = g_new0(struct scale, 1);
	ScaleReading reading;

	port_set_class(port, "scale");
	scale_line_init(&self->line, port);
	if (scale_limits_parse(options, &self->limits, error) && read_massa(self, &reading, error))
		return self;
	close_massa(self);
	return NULL;
}

const struct scale_driver massa_driver = {
	.name = "massa",
	.settings = "baud=57600",
	.open = open_massa,
	.close = close_massa,
	.read = read_massa,
	.zero = zero,
	.set_tare = set_tare,
};
