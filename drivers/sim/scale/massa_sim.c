/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/scale_platform.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A Massa-K scale, protocol 100, on a serial line or TCP (scale.md A4).
 *
 * Strict: a frame with a wrong CRC is flagged and gets no answer, though some real ones do not look
 * at it (the setting loose_crc). */
enum {
	CMD_GET_MASSA = 0x23,
	CMD_ACK_MASSA = 0x24,
	CMD_ACK_SET = 0x27,
	CMD_ERROR = 0x28,
	CMD_SET_ZERO = 0x72,
	CMD_GET_SCALE_PAR = 0x75,
	CMD_ACK_SCALE_PAR = 0x76,
	CMD_SET_TARE = 0xA3,
	CMD_ACK_TARE = 0x12,
	CMD_NACK_TARE = 0x15,
	CMD_GET_NAME = 0x20,
	CMD_ACK_NAME = 0x21,
	CMD_SET_NAME = 0x22,
	CMD_GET_ETHERNET = 0x2D,
	CMD_GET_WIFI = 0x33,
	CMD_NACK = 0xF0,
};
enum {
	ERR_UNSUPPORTED = 0x07,
	ERR_OVERLOAD = 0x08,
	ERR_BAD_DATA = 0x0A,
	ERR_NO_WIFI = 0x10,
	ERR_NO_ETHERNET = 0x11,
	ERR_ZERO = 0x15,
	ERR_LOADED = 0x18,
};
enum { HEAD_LEN = 5, CRC_LEN = 2, MAX_BODY = 256, NAME_LEN = 27, BYTE_MS = 500, MG_PER_G = 1000 };
static const uint8_t header[] = { 0xF8, 0x55, 0xCE };

enum {
	FAULT_BAD_SUM = PLATFORM_N_FAULTS,
	FAULT_NAK,
	FAULT_ERROR,
	FAULT_WRONG_DIVISION,
	FAULT_SHORT,
	FAULT_LOOSE_CRC,
	FAULT_N,
};
static const SimFaultKind massa_faults[] = {
	PLATFORM_FAULTS,
	[FAULT_BAD_SUM] = { "bad_sum", 1, SIM_COUNT_IS_VALUE, false,
			    N_("spoil the check sum of VALUE answers") },
	[FAULT_NAK] = { "nak", 1, SIM_COUNT_IS_VALUE, false,
			N_("refuse VALUE commands (NACK F0)") },
	[FAULT_ERROR] = { "error", 0x17, 1, true, N_("answer with ERROR VALUE (hex)") },
	[FAULT_WRONG_DIVISION] = { "wrong_division", 2, SIM_FOREVER, false,
				   N_("say division code VALUE, whatever the weight is in") },
	[FAULT_SHORT] = { "short", 0, SIM_FOREVER, false, N_("setting: answers without the tare") },
	[FAULT_LOOSE_CRC] = { "loose_crc", 0, SIM_FOREVER, false,
			      N_("setting: do not look at the host's CRC") },
	[FAULT_N] = { NULL, 0, 0, false, NULL },
};

typedef struct {
	SimContext *context; /* borrowed */
	ScalePlatform *platform; /* owned */
	GByteArray *input; /* owned; of a frame that is not whole */
	int64_t input_until; /* monotonic µs */
	size_t n_bytes; /* of the frames before @input, for the log */
	uint8_t name[4 + NAME_LEN]; /* its number and name */
} Massa;

/* The maker's own form: message bits shift in at the low end, no zeros after them (A4, "CRC"). */
static uint16_t crc_of(const uint8_t *data, size_t len)
{
	uint16_t crc = 0;

	for (size_t i = 0; i < len; i++)
		for (int bit = 7; bit >= 0; bit--) {
			bool out = crc & 0x8000;

			crc = (uint16_t)(crc << 1 | (data[i] >> bit & 1));
			if (out)
				crc ^= 0x1021;
		}
	return crc;
}

static void put_int32(GByteArray *bytes, int64_t value)
{
	uint32_t word = GUINT32_TO_LE((uint32_t)value);

	g_byte_array_append(bytes, (const uint8_t *)&word, sizeof(word));
}

static int64_t get_int32(const uint8_t *data)
{
	uint32_t word;

	memcpy(&word, data, sizeof(word));
	return (int32_t)GUINT32_FROM_LE(word);
}

/* @body: command and data. */
static void send_frame(Massa *self, const GByteArray *body)
{
	g_autoptr(GByteArray) frame = g_byte_array_new();
	uint16_t crc = crc_of(body->data, body->len);

	if (sim_faults_take(self->context->faults, FAULT_BAD_SUM, NULL))
		crc ^= 0x0101;
	g_byte_array_append(frame, header, sizeof(header));
	g_byte_array_append(frame,
			    (const uint8_t[]){ (uint8_t)body->len, (uint8_t)(body->len >> 8) }, 2);
	g_byte_array_append(frame, body->data, body->len);
	g_byte_array_append(frame, (const uint8_t[]){ (uint8_t)crc, (uint8_t)(crc >> 8) }, CRC_LEN);
	if (body->data[0] == CMD_ACK_MASSA)
		platform_answer(self->platform, frame->data, frame->len);
	else
		sim_send(self->context, frame->data, frame->len);
}

static void send_bytes(Massa *self, const uint8_t *data, size_t len)
{
	g_autoptr(GByteArray) body = g_byte_array_new();

	g_byte_array_append(body, data, (guint)len);
	send_frame(self, body);
}

static void send_error(Massa *self, uint8_t error)
{
	send_bytes(self, (const uint8_t[]){ CMD_ERROR, error }, 2);
}

static void send_command(Massa *self, uint8_t command)
{
	send_bytes(self, &command, 1);
}

/* Code of the coarsest unit that holds the division: 0.1 g is finer than ours. */
static int division_code(const Massa *self, int64_t *ret_unit)
{
	int64_t division = platform_division(self->platform), unit = MG_PER_G;
	int code = 1;

	while (code < 4 && division % (unit * 10) == 0) {
		unit *= 10;
		code++;
	}
	*ret_unit = unit;
	return code;
}

static void send_weight(Massa *self)
{
	g_autoptr(GByteArray) body = g_byte_array_new();
	PlatformReading now;
	int64_t unit;
	int code = division_code(self, &unit);

	platform_read(self->platform, &now);
	if (now.zero_error || now.overload) {
		send_error(self, now.zero_error ? ERR_LOADED : ERR_OVERLOAD);
		return;
	}
	sim_faults_take(self->context->faults, FAULT_WRONG_DIVISION, &code);
	g_byte_array_append(body, (const uint8_t[]){ CMD_ACK_MASSA }, 1);
	put_int32(body, now.net / unit);
	g_byte_array_append(body,
			    (const uint8_t[]){ (uint8_t)code, !now.moving, now.is_net,
					       !now.moving && now.net == 0 },
			    4);
	if (sim_faults_setting(self->context->faults, FAULT_SHORT, -1) < 0)
		put_int32(body, now.tare / unit);
	send_frame(self, body);
}

/* Eight texts, each with CR LF: Max, Min, e, T, Fix, calibration code, version, check sum. */
static void send_parameters(Massa *self)
{
	g_autoptr(GByteArray) body = g_byte_array_new();
	g_autofree char *max = platform_kilograms(platform_max(self->platform), 1, '0');
	g_autofree char *text =
		g_strdup_printf("Max %s kg\r\nMin %d g\r\ne=%d g\r\nT=-%s kg\r\nFix "
				"0\r\n0001\r\nVer 1.0\r\n0000\r\n",
				max, (int)(platform_min(self->platform) / MG_PER_G),
				(int)(platform_division(self->platform) / MG_PER_G), max);

	g_byte_array_append(body, (const uint8_t[]){ CMD_ACK_SCALE_PAR }, 1);
	g_byte_array_append(body, (const uint8_t *)text, (guint)strlen(text));
	send_frame(self, body);
}

static void set_tare(Massa *self, const uint8_t *data)
{
	int64_t unit, tare = get_int32(data);
	bool done;

	division_code(self, &unit);
	done = tare == 0 ? platform_tare_load(self->platform)
			 : platform_set_tare(self->platform, tare * unit);
	send_command(self, done ? CMD_ACK_TARE : CMD_NACK_TARE);
}

static void send_name(Massa *self)
{
	uint8_t body[1 + sizeof(self->name)] = { CMD_ACK_NAME };

	memcpy(body + 1, self->name, sizeof(self->name));
	send_bytes(self, body, sizeof(body));
}

/* How much data each command has; -1: no such command. */
static int data_len_of(uint8_t command)
{
	switch (command) {
	case CMD_GET_MASSA:
	case CMD_SET_ZERO:
	case CMD_GET_SCALE_PAR:
	case CMD_GET_NAME:
	case CMD_GET_ETHERNET:
	case CMD_GET_WIFI:
		return 0;
	case CMD_SET_TARE:
		return 4;
	case CMD_SET_NAME:
		return 4 + NAME_LEN;
	default:
		return -1;
	}
}

static void obey(Massa *self, uint8_t command, const uint8_t *data)
{
	switch (command) {
	case CMD_GET_MASSA:
		send_weight(self);
		break;
	case CMD_SET_ZERO:
		if (platform_zero(self->platform))
			send_command(self, CMD_ACK_SET);
		else
			send_error(self, ERR_ZERO);
		break;
	case CMD_SET_TARE:
		set_tare(self, data);
		break;
	case CMD_GET_SCALE_PAR:
		send_parameters(self);
		break;
	case CMD_GET_NAME:
		send_name(self);
		break;
	case CMD_SET_NAME:
		memcpy(self->name, data, sizeof(self->name));
		send_command(self, CMD_ACK_SET);
		break;
	default:
		send_error(self, command == CMD_GET_WIFI ? ERR_NO_WIFI : ERR_NO_ETHERNET);
	}
}

static void take_body(Massa *self, const uint8_t *body, size_t len)
{
	SimFaults *faults = self->context->faults;
	int wanted = data_len_of(body[0]), error;

	sim_faults_count_frame(faults, body[0]);
	if (platform_is_busy(self->platform))
		return;
	if (sim_faults_take(faults, FAULT_NAK, NULL)) {
		send_command(self, CMD_NACK);
	} else if (sim_faults_take(faults, FAULT_ERROR, &error)) {
		send_error(self, (uint8_t)error);
	} else if (wanted < 0) {
		platform_flag(self->platform, "byte %zu: there is no command %02X",
			      self->n_bytes + HEAD_LEN, body[0]);
		send_error(self, ERR_UNSUPPORTED);
	} else if ((size_t)wanted + 1 != len) {
		platform_flag(self->platform,
			      "byte %zu: command %02X has %d bytes of data, not %zu",
			      self->n_bytes + HEAD_LEN, body[0], wanted, len - 1);
		send_error(self, ERR_BAD_DATA);
	} else {
		obey(self, body[0], body + 1);
	}
}

static void drop(Massa *self, size_t n)
{
	g_byte_array_remove_range(self->input, 0, (guint)n);
	self->n_bytes += n;
}

/* Throws away what cannot begin a frame. */
static void find_header(Massa *self)
{
	size_t skip = 0;

	while (skip < self->input->len && memcmp(self->input->data + skip, header,
						 MIN(sizeof(header), self->input->len - skip)) != 0)
		skip++;
	if (skip == 0)
		return;
	platform_flag(self->platform, "byte %zu: %zu bytes outside a frame", self->n_bytes, skip);
	drop(self, skip);
}

/* False: no whole frame is there. */
static bool take_frame(Massa *self)
{
	const uint8_t *data;
	size_t len;
	uint16_t crc;

	find_header(self);
	data = self->input->data;
	if (self->input->len < HEAD_LEN)
		return false;
	len = (size_t)data[3] | (size_t)data[4] << 8;
	if (len == 0 || len > MAX_BODY) {
		platform_flag(self->platform, "byte %zu: no frame has %zu bytes", self->n_bytes,
			      len);
		drop(self, 1);
		return true;
	}
	if (self->input->len < HEAD_LEN + len + CRC_LEN)
		return false;
	crc = crc_of(data + HEAD_LEN, len);
	if ((data[HEAD_LEN + len] == (crc & 0xFF) && data[HEAD_LEN + len + 1] == crc >> 8) ||
	    sim_faults_setting(self->context->faults, FAULT_LOOSE_CRC, -1) >= 0)
		take_body(self, data + HEAD_LEN, len);
	else
		platform_flag(self->platform, "byte %zu: wrong CRC, it would be %02X %02X",
			      self->n_bytes + HEAD_LEN + len, crc & 0xFF, crc >> 8);
	drop(self, HEAD_LEN + len + CRC_LEN);
	return true;
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Massa *self = data;

	platform_hear(self->platform, bytes, len);
	g_byte_array_append(self->input, bytes, (guint)len);
	self->input_until = g_get_monotonic_time() + BYTE_MS * INT64_C(1000);
	while (take_frame(self))
		;
}

static int64_t deadline(void *data)
{
	Massa *self = data;
	int64_t at = platform_deadline(self->platform);

	return self->input->len > 0 ? MIN(at, self->input_until) : at;
}

static void tick(void *data, int64_t now, bool quiet)
{
	Massa *self = data;

	platform_tick(self->platform, now);
	if (self->input->len == 0 || !quiet || now < self->input_until)
		return;
	platform_flag(self->platform, "byte %zu: a frame that was not ended", self->n_bytes);
	drop(self, self->input->len);
}

static void link_changed(void *data, bool connected)
{
	Massa *self = data;

	if (!connected)
		drop(self, self->input->len);
}

static bool control(void *data, const char *line)
{
	return platform_control(((Massa *)data)->platform, line);
}

static void stop(void *data)
{
	Massa *self = data;

	platform_free(self->platform);
	g_byte_array_unref(self->input);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	Massa *self = g_new0(Massa, 1);

	self->context = context;
	self->input = g_byte_array_new();
	memset(self->name, ' ', sizeof(self->name));
	memcpy(self->name, "\x01\0\0\0MASSA-K", 11);
	self->platform = platform_new(context, error);
	if (self->platform != NULL)
		return self;
	stop(self);
	return NULL;
}

const struct sim massa_sim = {
	.name = "scale-massa",
	.summary = N_("counter scale, Massa-K protocol 100, serial or TCP"),
	.faults = massa_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
