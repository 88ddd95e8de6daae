/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/pos2.h"

#include <string.h>

#define ORDER_MS 2000

enum { GET_WEIGHT = 0x3A, ZERO = 0x30, TARE = 0x31, SET_TARE = 0x32 };
enum { GET_CHANNEL = 0xEA, GET_CHANNEL_PARAMETERS = 0xE8 };
enum {
	FLAG_TARE = 1 << 3,
	FLAG_SETTLED = 1 << 4,
	FLAG_ZERO_ERROR = 1 << 5,
	FLAG_OVERLOAD = 1 << 6,
	FLAG_MEASURING_ERROR = 1 << 7,
	FLAG_UNDER_LOAD = 1 << 8,
	FLAG_NO_ADC = 1 << 9,
	FLAGS_HIGH = 0xFF00,
};

struct scale {
	ScaleLine line;
	ScaleLimits limits;
	char password[5];
	int power;
};

static unsigned get_u16(const uint8_t *bytes)
{
	return bytes[0] | (unsigned)bytes[1] << 8;
}

static int32_t get_i32(const uint8_t *bytes)
{
	return (int32_t)((uint32_t)get_u16(bytes) | (uint32_t)get_u16(bytes + 2) << 16);
}

/* Micro-kilograms of one unit. */
static int64_t unit_of(int power)
{
	int64_t unit = 1;

	g_assert(power >= -POS2_POWER_MAX && power <= POS2_POWER_MAX);
	for (int i = -POS2_POWER_MAX; i < power; i++)
		unit *= 10;
	return unit;
}

/* False where the flags say that nothing was weighed at all. */
static bool decode_state(unsigned flags, Quantity net, ScaleState *ret, GError **error)
{
	if ((flags & FLAG_MEASURING_ERROR) || (flags & FLAGS_HIGH & ~(unsigned)FLAG_UNDER_LOAD)) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_MECHANISM,
			    "the scale cannot measure, flags %04X%s", flags,
			    flags & FLAG_NO_ADC ? ": its converter is silent" : "");
		return false;
	}
	if (flags & FLAG_OVERLOAD)
		*ret = SCALE_OVERLOAD;
	else if (flags & FLAG_ZERO_ERROR)
		*ret = SCALE_ZERO_ERROR;
	else if (flags & FLAG_UNDER_LOAD)
		*ret = SCALE_NEGATIVE;
	else
		*ret = flags & FLAG_SETTLED ? scale_state_at_rest(net) : SCALE_MOVING;
	return true;
}

/* Some models send more behind the tare. */
bool pos2_decode(const Pos2Body *answer, int power, ScaleReading *ret, GError **error)
{
	const uint8_t *data = answer->bytes;
	ScaleReading reading = { 0 };
	unsigned flags;

	if (answer->len < 10)
		return scale_bad_answer(error, "too short for a weight");
	flags = get_u16(data + 2);
	reading.net.micro = get_i32(data + 4) * unit_of(power);
	reading.tare.micro = get_u16(data + 8) * unit_of(power);
	reading.is_net = (flags & FLAG_TARE) || reading.tare.micro != 0;
	if (!decode_state(flags, reading.net, &reading.state, error))
		return false;
	*ret = reading;
	return true;
}

/* Weights in the channel's unit, as the weight itself. */
bool pos2_decode_channel(const Pos2Body *answer, Pos2Channel *ret, GError **error)
{
	const uint8_t *data = answer->bytes;
	int power;

	if (answer->len < 12)
		return scale_bad_answer(error, "too short for a channel's parameters");
	power = (int8_t)data[5];
	if (power < -POS2_POWER_MAX || power > POS2_POWER_MAX)
		return scale_bad_answer(error, "a strange unit of weight");
	*ret = (Pos2Channel){
		.power = power,
		.capacity = { .micro = get_u16(data + 6) * unit_of(power) },
		.minimum = { .micro = get_u16(data + 8) * unit_of(power) },
	};
	return true;
}

static Pos2Body command_with_password(const struct scale *self, uint8_t code)
{
	Pos2Body command = { .bytes = { code }, .len = 5 };

	memcpy(command.bytes + 1, self->password, 4);
	return command;
}

static bool read_pos2(struct scale *self, ScaleReading *ret, GError **error)
{
	Pos2Body command = command_with_password(self, GET_WEIGHT), answer;

	scale_line_begin(&self->line, SCALE_READ_MS);
	if (!pos2_exchange(&self->line, &command, true, &answer, error) ||
	    !pos2_decode(&answer, self->power, ret, error))
		return false;
	scale_limits_apply(&self->limits, ret);
	return true;
}

static bool order(struct scale *self, const Pos2Body *command, GError **error)
{
	Pos2Body answer;

	scale_line_begin(&self->line, ORDER_MS);
	return pos2_exchange(&self->line, command, false, &answer, error);
}

static bool zero(struct scale *self, GError **error)
{
	Pos2Body command = command_with_password(self, ZERO);

	return order(self, &command, error);
}

static bool set_tare(struct scale *self, Quantity tare, GError **error)
{
	Pos2Body command = command_with_password(self, tare.micro == 0 ? TARE : SET_TARE);
	int64_t units = tare.micro / unit_of(self->power);

	if (tare.micro < 0 || tare.micro % unit_of(self->power) != 0 || units > G_MAXUINT16) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED,
			    "the scale cannot keep such a tare");
		return false;
	}
	if (tare.micro > 0) {
		command.bytes[command.len++] = (uint8_t)units;
		command.bytes[command.len++] = (uint8_t)(units >> 8);
	}
	return order(self, &command, error);
}

static bool query(struct scale *self, const Pos2Body *command, Pos2Body *ret, GError **error)
{
	scale_line_begin(&self->line, SCALE_READ_MS);
	return pos2_exchange(&self->line, command, true, ret, error);
}

/* What the shop's options do not say, the scale does; old firmware knows neither command and weighs
 * in grams. */
static bool learn_channel(struct scale *self, GHashTable *options, GError **error)
{
	Pos2Body ask_number = { .bytes = { GET_CHANNEL }, .len = 1 };
	Pos2Body ask_parameters = { .bytes = { GET_CHANNEL_PARAMETERS, 0 }, .len = 2 }, answer;
	GError *reason = NULL;
	Pos2Channel channel;

	if (query(self, &ask_number, &answer, &reason) && answer.len > 2)
		ask_parameters.bytes[1] = answer.bytes[2];
	if (reason != NULL && !g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
		g_propagate_error(error, reason);
		return false;
	}
	g_clear_error(&reason);
	if (!query(self, &ask_parameters, &answer, &reason)) {
		if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED)) {
			g_propagate_error(error, reason);
			return false;
		}
		g_clear_error(&reason);
		return true;
	}
	if (!pos2_decode_channel(&answer, &channel, error))
		return false;
	self->power = channel.power;
	if (options == NULL || g_hash_table_lookup(options, "minimum") == NULL)
		self->limits.minimum = channel.minimum;
	if (options == NULL || g_hash_table_lookup(options, "capacity") == NULL)
		self->limits.capacity = channel.capacity;
	return true;
}

static bool parse_options(struct scale *self, GHashTable *options, GError **error)
{
	const char *password = options == NULL ? NULL : g_hash_table_lookup(options, "password");

	if (password != NULL && !pos2_password_parse(password, self->password))
		return scale_bad_option("password", "…", error);
	return scale_limits_parse(options, &self->limits, error);
}

static void close_pos2(struct scale *self)
{
	g_free(self);
}

static struct scale *open_pos2(struct port *port, GHashTable *options, GError **error)
{
	struct scale *self = g_new0(struct scale, 1);

	port_set_class(port, "scale");
	scale_line_init(&self->line, port);
	memcpy(self->password, "0030", 5);
	if (parse_options(self, options, error) && learn_channel(self, options, error))
		return self;
	close_pos2(self);
	return NULL;
}

const struct scale_driver pos2_driver = {
	.name = "pos2",
	.settings = "baud=9600",
	.open = open_pos2,
	.close = close_pos2,
	.read = read_pos2,
	.zero = zero,
	.set_tare = set_tare,
};
