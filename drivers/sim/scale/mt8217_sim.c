/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/scale/scale_platform.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A Mettler-Toledo 8217 scale, as in scanner-scales (scale.md A2): letters in, STX … CR out.
 *
 * Strict: what is no command gets STX '?' CR and a flag, as does B that does not follow A, and a
 * known tare that is not five digits and CR. */
enum { STX = 0x02, CR = 0x0D, TARE_MS = 150, TARE_DIGITS = 5, MG_PER_G = 1000 };
enum { /* the status byte */
       STATUS_ALWAYS = 0x40,
       STATUS_NET = 0x20,
       STATUS_CENTRE = 0x10,
       STATUS_OUTSIDE = 0x08,
       STATUS_UNDER = 0x04,
       STATUS_OVER = 0x02,
       STATUS_MOTION = 0x01,
};

enum { FAULT_NAK = PLATFORM_N_FAULTS, FAULT_BIT7, FAULT_CONFIDENCE, FAULT_N };
static const SimFaultKind mt8217_faults[] = {
	PLATFORM_FAULTS,
	[FAULT_NAK] = { "nak", 1, SIM_COUNT_IS_VALUE, false,
			N_("refuse VALUE commands as unknown") },
	[FAULT_BIT7] = { "bit7", 0, SIM_FOREVER, false,
			 N_("setting: 7E1 on the line: bit 7 is the parity") },
	[FAULT_CONFIDENCE] = { "confidence", 0x41, SIM_FOREVER, true,
			       N_("setting: the confidence test ends with VALUE (hex, 40 is "
				  "good)") },
	[FAULT_N] = { NULL, 0, 0, false, NULL },
};

typedef enum { STATE_COMMANDS, STATE_TARE, STATE_ECHO } State;

typedef struct {
	SimContext *context; /* borrowed */
	ScalePlatform *platform; /* owned */
	State state;
	char digits[TARE_DIGITS + 1]; /* of a known tare */
	size_t n_digits;
	int64_t tare_at; /* monotonic µs: T without digits is done then */
	bool tested; /* A was the last command */
	size_t n_bytes; /* that have come, for the log */
} Mt8217;

static bool is_set(const Mt8217 *self, int fault)
{
	return sim_faults_setting(self->context->faults, fault, -1) >= 0;
}

static void send(Mt8217 *self, const char *text, bool has_weight)
{
	g_autofree char *copy = g_strdup(text);
	size_t len = strlen(copy);

	/* Bit 7 makes the number of ones even. */
	for (size_t i = 0; is_set(self, FAULT_BIT7) && i < len; i++)
		copy[i] = (char)(copy[i] | (__builtin_popcount((uint8_t)copy[i]) & 1) << 7);
	if (has_weight)
		platform_answer(self->platform, (const uint8_t *)copy, len);
	else
		sim_send(self->context, (const uint8_t *)copy, len);
}

static void refuse(Mt8217 *self, const char *why, uint8_t byte)
{
	platform_flag(self->platform, "byte %zu: %02X, %s", self->n_bytes, byte, why);
	send(self, "\x02?\r", false);
}

static uint8_t status_of(const PlatformReading *now)
{
	uint8_t status = STATUS_ALWAYS;

	if (now->is_net)
		status |= STATUS_NET;
	if (now->overload)
		return status | STATUS_OVER;
	if (now->moving)
		return status | STATUS_MOTION;
	if (now->centre)
		status |= STATUS_CENTRE;
	if (now->far_under || now->zero_error)
		status |= STATUS_OUTSIDE;
	/* The glass is below zero: gross, or net once the container was lifted [inf]. */
	if (now->under || now->net < 0)
		status |= STATUS_UNDER;
	return status;
}

static void send_status(Mt8217 *self, const PlatformReading *now)
{
	const char text[] = { STX, '?', (char)status_of(now), CR, '\0' };

	send(self, text, true);
}

static void send_weight(Mt8217 *self, bool tenfold)
{
	PlatformReading now;
	g_autofree char *weight = NULL, *text = NULL;

	platform_read(self->platform, &now);
	if (now.moving || now.overload || now.net < 0 || now.zero_error) {
		send_status(self, &now);
		return;
	}
	weight = platform_kilograms(now.net, 2, '0');
	/* H: one more decimal [inf]; ours weighs no finer than its division. */
	text = g_strdup_printf("\x02%s%s%s\r", weight, tenfold ? "0" : "", now.is_net ? "N" : "");
	send(self, text, true);
}

/* Z, T and C do what they can and say how things are. */
static void send_outcome(Mt8217 *self)
{
	PlatformReading now;

	platform_read(self->platform, &now);
	send_status(self, &now);
}

static void obey(Mt8217 *self, uint8_t byte)
{
	bool tested = self->tested;

	self->tested = byte == 'A';
	switch (byte) {
	case 'W':
	case 'H':
		send_weight(self, byte == 'H');
		break;
	case 'Z':
		platform_zero(self->platform);
		send_outcome(self);
		break;
	case 'C':
		platform_set_tare(self->platform, 0);
		send_outcome(self);
		break;
	case 'T':
		self->state = STATE_TARE;
		self->n_digits = 0;
		self->tare_at = g_get_monotonic_time() + TARE_MS * INT64_C(1000);
		break;
	case 'A':
		send(self, "\x02\r", false);
		break;
	case 'B': {
		int result = sim_faults_setting(self->context->faults, FAULT_CONFIDENCE, '@');
		const char text[] = { STX, '?', (char)(result & 0x7F), CR, '\0' };

		if (tested)
			send(self, text, false);
		else
			refuse(self, "B does not follow A", byte);
		break;
	}
	case 'E':
		self->state = STATE_ECHO;
		send(self,
		     "\x02"
		     "E\r",
		     false);
		break;
	case 'F': /* echo is off already */
		send(self,
		     "\x02"
		     "F\r",
		     false);
		break;
	default:
		refuse(self, "no such command", byte);
	}
}

static void take_command(Mt8217 *self, uint8_t byte)
{
	sim_faults_count_frame(self->context->faults, byte);
	if (platform_is_busy(self->platform))
		return;
	if (sim_faults_take(self->context->faults, FAULT_NAK, NULL))
		send(self, "\x02?\r", false);
	else
		obey(self, byte);
}

/* The digits that may follow T. */
static void take_tare(Mt8217 *self, uint8_t byte)
{
	if (g_ascii_isdigit(byte) && self->n_digits < TARE_DIGITS) {
		self->digits[self->n_digits++] = (char)byte;
		self->digits[self->n_digits] = '\0';
		self->tare_at = g_get_monotonic_time() + TARE_MS * INT64_C(1000);
		return;
	}
	self->state = STATE_COMMANDS;
	if (byte != CR || self->n_digits != TARE_DIGITS) {
		refuse(self, "a known tare is five digits and CR", byte);
		return;
	}
	platform_set_tare(self->platform, g_ascii_strtoll(self->digits, NULL, 10) * MG_PER_G);
	send_outcome(self);
}

static void take_byte(Mt8217 *self, uint8_t byte)
{
	self->n_bytes++;
	if (is_set(self, FAULT_BIT7))
		byte &= 0x7F;
	if (self->state == STATE_TARE) {
		take_tare(self, byte);
	} else if (self->state == STATE_ECHO && byte != 'F') {
		send(self, (const char[]){ (char)byte, '\0' }, false);
	} else if (self->state == STATE_ECHO) {
		self->state = STATE_COMMANDS;
		send(self,
		     "\x02"
		     "F\r",
		     false);
	} else {
		take_command(self, byte);
	}
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Mt8217 *self = data;

	platform_hear(self->platform, bytes, len);
	for (size_t i = 0; i < len; i++)
		take_byte(self, bytes[i]);
}

static int64_t deadline(void *data)
{
	Mt8217 *self = data;
	int64_t at = platform_deadline(self->platform);

	return self->state == STATE_TARE ? MIN(at, self->tare_at) : at;
}

static void tick(void *data, int64_t now, bool quiet)
{
	Mt8217 *self = data;

	platform_tick(self->platform, now);
	if (self->state != STATE_TARE || !quiet || now < self->tare_at)
		return;
	self->state = STATE_COMMANDS;
	if (self->n_digits > 0) {
		refuse(self, "a known tare is five digits and CR", 0);
		return;
	}
	platform_tare_load(self->platform);
	send_outcome(self);
}

static bool control(void *data, const char *line)
{
	return platform_control(((Mt8217 *)data)->platform, line);
}

static void stop(void *data)
{
	Mt8217 *self = data;

	platform_free(self->platform);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	Mt8217 *self = g_new0(Mt8217, 1);

	self->context = context;
	self->platform = platform_new(context, error);
	if (self->platform != NULL)
		return self;
	stop(self);
	return NULL;
}

const struct sim mt8217_sim = {
	.name = "scale-mt8217",
	.summary = N_("counter scale or scanner-scale, Mettler-Toledo 8217 protocol"),
	.faults = mt8217_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
