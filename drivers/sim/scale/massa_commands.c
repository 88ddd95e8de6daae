/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/massa_sim.h"

#include <string.h>

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
enum { MG_PER_G = 1000 };

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

static void send_bytes(Massa *self, const uint8_t *data, size_t len)
{
	g_autoptr(GByteArray) body = g_byte_array_new();

	g_byte_array_append(body, data, (guint)len);
	massa_send(self, body, false);
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
	sim_faults_take(self->context->faults, MASSA_FAULT_WRONG_DIVISION, &code);
	g_byte_array_append(body, (const uint8_t[]){ CMD_ACK_MASSA }, 1);
	put_int32(body, now.net / unit);
	g_byte_array_append(body,
			    (const uint8_t[]){ (uint8_t)code, !now.moving, now.is_net,
					       !now.moving && now.net == 0 },
			    4);
	if (sim_faults_setting(self->context->faults, MASSA_FAULT_SHORT, -1) < 0)
		put_int32(body, now.tare / unit);
	massa_send(self, body, true);
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
	massa_send(self, body, false);
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
		return 4 + MASSA_NAME_LEN;
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

void massa_execute(Massa *self, const uint8_t *body, size_t len, size_t at)
{
	SimFaults *faults = self->context->faults;
	int wanted = data_len_of(body[0]), error;

	sim_faults_count_frame(faults, body[0]);
	if (platform_is_busy(self->platform))
		return;
	if (sim_faults_take(faults, MASSA_FAULT_NAK, NULL)) {
		send_command(self, CMD_NACK);
	} else if (sim_faults_take(faults, MASSA_FAULT_ERROR, &error)) {
		send_error(self, (uint8_t)error);
	} else if (wanted < 0) {
		platform_flag(self->platform, "byte %zu: there is no command %02X", at, body[0]);
		send_error(self, ERR_UNSUPPORTED);
	} else if ((size_t)wanted + 1 != len) {
		platform_flag(self->platform,
			      "byte %zu: command %02X has %d bytes of data, not %zu", at, body[0],
			      wanted, len - 1);
		send_error(self, ERR_BAD_DATA);
	} else {
		obey(self, body[0], body + 1);
	}
}
