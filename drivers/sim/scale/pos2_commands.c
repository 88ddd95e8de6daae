/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/pos2_sim.h"

#include <string.h>

enum {
	CMD_MODE = 0x07,
	CMD_KEY = 0x08,
	CMD_LOCK = 0x09,
	CMD_GET_MODE = 0x12,
	CMD_ZERO = 0x30,
	CMD_TARE = 0x31,
	CMD_SET_TARE = 0x32,
	CMD_STATE = 0x3A,
	CMD_PARAMETERS = 0xE8,
	CMD_CHANNEL = 0xEA,
	CMD_TYPE = 0xFC,
};
/* The page names 122 for these scales; the others are those of the same maker's label scales (B1)
 * [inf]. */
enum {
	E_COMMAND = 120,
	E_LENGTH = 121,
	E_PASSWORD = 122,
	E_PARAMETER = 124,
	E_ZERO = 150,
	E_TARE = 151,
};
enum { PASSWORD_LEN = 4, FACTORY_PASSWORD = 30, MG_PER_G = 1000 };
enum { /* flags of the channel */
       FLAG_FIXED = 0x01,
       FLAG_ON = 0x04,
       FLAG_TARE = 0x08,
       FLAG_SETTLED = 0x10,
       FLAG_ZERO_ERROR = 0x20,
       FLAG_OVERLOAD = 0x40,
       FLAG_UNDERLOAD = 0x0100,
};

static const struct {
	uint8_t command;
	bool password;
	size_t len; /* of the data behind it */
} kinds[] = {
	{ CMD_MODE, true, 1 },	    { CMD_KEY, true, 1 },   { CMD_LOCK, true, 1 },
	{ CMD_GET_MODE, false, 0 }, { CMD_ZERO, true, 0 },  { CMD_TARE, true, 0 },
	{ CMD_SET_TARE, true, 2 },  { CMD_STATE, true, 0 }, { CMD_PARAMETERS, false, 1 },
	{ CMD_CHANNEL, false, 0 },  { CMD_TYPE, false, 0 },
};

static void put(GByteArray *answer, int64_t value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		g_byte_array_append(answer, &(uint8_t){ (uint8_t)(value >> 8 * i) }, 1);
}

static bool is_password(Pos2 *self, const uint8_t *data)
{
	int password =
		sim_faults_setting(self->context->faults, POS2_FAULT_PASSWORD, FACTORY_PASSWORD);
	g_autofree char *text = g_strdup_printf("%04d", password);

	return strlen(text) == PASSWORD_LEN && memcmp(text, data, PASSWORD_LEN) == 0;
}

static void put_state(Pos2 *self, GByteArray *answer)
{
	PlatformReading now;
	int flags = FLAG_ON;

	platform_read(self->platform, &now);
	if (now.overload)
		flags |= FLAG_OVERLOAD;
	else if (!now.moving)
		flags |= FLAG_SETTLED | FLAG_FIXED;
	if (now.is_net)
		flags |= FLAG_TARE;
	if (now.zero_error)
		flags |= FLAG_ZERO_ERROR;
	if (now.far_under)
		flags |= FLAG_UNDERLOAD;
	put(answer, flags, 2);
	put(answer, now.overload ? 0 : now.net / MG_PER_G, 4);
	put(answer, now.tare / MG_PER_G, 2);
	if (sim_faults_setting(self->context->faults, POS2_FAULT_LONG, -1) >= 0)
		put(answer, 0, 1);
}

static void put_parameters(Pos2 *self, GByteArray *answer)
{
	int64_t max = platform_max(self->platform) / MG_PER_G;

	put(answer, 0, 2); /* flags */
	put(answer, 3, 1); /* three digits behind the point of a kilogram */
	put(answer, 0, 1); /* grams are 10^0 of it */
	put(answer, max, 2);
	put(answer, platform_min(self->platform) / MG_PER_G, 2);
	put(answer, max, 2); /* of the tare */
	for (int i = 0; i < 3; i++)
		put(answer, max, 2); /* one range */
	for (int i = 0; i < 4; i++)
		put(answer, platform_division(self->platform) / MG_PER_G, 1);
	put(answer, 2, 1); /* points of its calibration */
}

static void put_type(GByteArray *answer)
{
	static const char name[] = "\xD8\xD2\xD0\xC8\xD5-\xD1\xEB\xE8\xEC"; /* Штрих-Слим */

	put(answer, 1, 1); /* a scale [inf] */
	put(answer, 0, 1);
	put(answer, 1, 1);
	put(answer, 0, 1);
	put(answer, 3, 1);
	put(answer, 0, 1);
	g_byte_array_append(answer, (const uint8_t *)name, sizeof(name) - 1);
}

static uint8_t obey(Pos2 *self, uint8_t command, const uint8_t *data, GByteArray *answer)
{
	switch (command) {
	case CMD_ZERO:
		return platform_zero(self->platform) ? 0 : E_ZERO;
	case CMD_TARE:
		return platform_tare_load(self->platform) ? 0 : E_TARE;
	case CMD_SET_TARE:
		return platform_set_tare(self->platform,
					 (int64_t)(data[0] | data[1] << 8) * MG_PER_G)
			       ? 0
			       : E_TARE;
	case CMD_STATE:
		put_state(self, answer);
		return 0;
	case CMD_MODE:
		self->mode = data[0];
		return 0;
	case CMD_LOCK:
		self->key_lock = data[0];
		return 0;
	case CMD_GET_MODE:
		put(answer, self->mode, 1);
		return 0;
	case CMD_CHANNEL:
		put(answer, 0, 1);
		return 0;
	case CMD_PARAMETERS:
		if (data[0] != 0)
			return E_PARAMETER;
		put_parameters(self, answer);
		return 0;
	case CMD_TYPE:
		put_type(answer);
		return 0;
	default: /* CMD_KEY: pressed */
		return 0;
	}
}

/* Flags what is wrong with the command; 0 where nothing is. */
static uint8_t check(Pos2 *self, const uint8_t *body, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		size_t wanted = 1 + (kinds[i].password ? PASSWORD_LEN : 0) + kinds[i].len;

		if (kinds[i].command != body[0])
			continue;
		if (len != wanted) {
			platform_flag(self->platform, "command %02X has length %zu, not %zu",
				      body[0], wanted, len);
			return E_LENGTH;
		}
		if (kinds[i].password && !is_password(self, body + 1)) {
			platform_flag(self->platform, "a wrong password");
			return E_PASSWORD;
		}
		return 0;
	}
	platform_flag(self->platform, "there is no command %02X", body[0]);
	return E_COMMAND;
}

static size_t data_at(uint8_t command)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].command == command)
			return kinds[i].password ? 1 + PASSWORD_LEN : 1;
	return 1;
}

GByteArray *pos2_execute(Pos2 *self, const uint8_t *body, size_t len)
{
	GByteArray *answer = g_byte_array_new();
	uint8_t error = check(self, body, len);
	int forced;

	put(answer, body[0], 1);
	put(answer, 0, 1);
	if (error == 0 && sim_faults_take(self->context->faults, POS2_FAULT_ERROR, &forced))
		error = (uint8_t)forced;
	if (error == 0)
		error = obey(self, body[0], body + data_at(body[0]), answer);
	answer->data[1] = error;
	self->held_weighs = body[0] == CMD_STATE && error == 0;
	return answer;
}
