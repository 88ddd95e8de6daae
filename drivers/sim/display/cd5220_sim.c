/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/glass.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A CD5220 pole display (customer-display §2). A fault of its own beside those of every glass:
 * stuck, string mode is left by nothing but power. */
enum { FAULT_STUCK = GLASS_FAULTS_N, FAULT_N };

static const SimFaultKind cd5220_faults[] = {
	GLASS_FAULT_KINDS,
	[FAULT_STUCK] = { "stuck", 1, SIM_FOREVER, false, N_("setting: never leaves string mode") },
	[FAULT_N] = { NULL, 0, 0, false, NULL },
};

typedef struct {
	Glass glass;
	bool string_mode;
} Cd5220;

enum { ESC = GLASS_ESC, US = GLASS_US, CR = 0x0D, CLEAR = 0x0C, CANCEL = 0x18 };
enum { MAX_STRING = 256 };

/* ---- how long a command is */

static size_t length_of_string(const uint8_t *command, size_t len)
{
	if (len < 4)
		return GLASS_MORE;
	return command[len - 1] == CR || len >= MAX_STRING ? len : GLASS_MORE;
}

static size_t length_of_escape(const uint8_t *command, size_t len)
{
	switch (len < 2 ? 0 : command[1]) {
	case 0:
		return len < 2 ? GLASS_MORE : 2;
	case 0x26:
		return glass_length_of_definition(command, len);
	case 0x51:
		return length_of_string(command, len);
	case 0x57:
		return len < 3 ? GLASS_MORE : command[2] == 1 ? 6 : 3;
	case 0x6C:
		return 4;
	case 0x5B:
	case 0x2A:
	case 0x5F:
	case 0x66:
	case 0x63:
	case 0x25:
	case 0x3F:
	case 0x73:
	case 0x64:
	case 0x3D:
		return 3;
	default:
		return 2;
	}
}

/* Whole length of the command that begins so, or GLASS_MORE where that is not known yet. */
static size_t length_of(const uint8_t *command, size_t len)
{
	switch (command[0]) {
	case ESC:
		return length_of_escape(command, len);
	case US:
		return 2;
	default:
		return 1;
	}
}

/* ---- what commands do */

static void set_upper_half(Glass *self, uint8_t name)
{
	switch (name) {
	case 'R':
		self->upper_half = "CP866";
		break;
	case 'A':
		self->upper_half = "CP437";
		break;
	case 'L':
		self->upper_half = "CP852";
		break;
	case 'J':
		self->upper_half = NULL;
		break;
	default:
		glass_flag(self, "there is no character set %02X", name);
	}
}

/* A line as a whole: exactly the glass's width, and nothing in it but text. */
static void put_string(Cd5220 *self, const uint8_t *command, size_t len)
{
	const uint8_t *text = command + 3;
	size_t n = len - 3 - (command[len - 1] == CR ? 1 : 0);
	size_t most = command[2] == 'D' ? 2 * GLASS_COLUMNS : GLASS_COLUMNS;

	if (command[2] != 'A' && command[2] != 'B' && command[2] != 'D') {
		glass_flag(&self->glass, "there is no string command 1B 51 %02X", command[2]);
		return;
	}
	if (command[2] != 'D' && n != GLASS_COLUMNS)
		glass_flag(&self->glass, "the line has %zu cells, not %d", n, GLASS_COLUMNS);
	else if (n > most)
		glass_flag(&self->glass, "the line has %zu cells, more than %zu", n, most);
	for (size_t i = 0; i < n; i++)
		if (text[i] < 0x20 && !(self->glass.user_on && self->glass.user[text[i]] != 0))
			glass_flag(&self->glass, "control byte %02X within the text", text[i]);
	self->string_mode = true;
	glass_put_row(&self->glass, command[2] == 'B' ? 1 : 0, text, n);
}

/* Refused while the string commands have the glass, until it is cleared. */
static bool refused_in_string_mode(const uint8_t *command)
{
	switch (command[0]) {
	case CLEAR:
	case CANCEL:
		return false;
	case ESC:
		return memchr("\x5B\x6C\x11\x12\x13\x57\x2A\x5F", command[1], 8) != NULL;
	default:
		return true; /* moves of the cursor, and text that has no line */
	}
}

static void reset(void *device)
{
	Cd5220 *self = device;

	self->string_mode = false;
	glass_reset(&self->glass, "CP866"); /* the ROM of the Russian market */
}

static void obey_escape(Cd5220 *self, const uint8_t *command, size_t len)
{
	Glass *glass = &self->glass;

	switch (command[1]) {
	case 0x40:
		reset(self);
		break;
	case 0x5B:
		if (!glass_move(glass, (char)command[2]))
			glass_flag(glass, "unknown command 1B 5B %02X", command[2]);
		break;
	case 0x6C:
		glass_set_position(glass, command[2], command[3]);
		break;
	case 0x11:
	case 0x12:
	case 0x13:
		glass->mode = (GlassMode)(command[1] - 0x11);
		break;
	case 0x57:
		if (command[2] == 1)
			glass_set_window(glass, command[3], command[4], command[5]);
		else
			glass_cancel_window(glass);
		break;
	case 0x51:
		put_string(self, command, len);
		break;
	case 0x2A:
		glass_set_brightness(glass, command[2]);
		break;
	case 0x5F:
		glass_set_cursor(glass, command[2]);
		break;
	case 0x66:
		if (strchr("AGIJUFSNWDELR", command[2]) == NULL || command[2] == 0)
			glass_flag(glass, "there is no international set %02X", command[2]);
		break;
	case 0x63:
		set_upper_half(glass, command[2]);
		break;
	case 0x26:
		glass_define(glass, command, len);
		break;
	case 0x25:
		glass->user_on = command[2] == 1;
		break;
	case 0x3F:
		glass_forget(glass, command[2]);
		break;
	case 0x73:
	case 0x64: /* EEPROM: nothing on the glass */
		break;
	case 0x3D:
		glass->asleep = (command[2] & 0x0F) == 1;
		break;
	default:
		glass_flag(glass, "unknown command 1B %02X", command[1]);
	}
}

static void obey_control(Cd5220 *self, const uint8_t *command)
{
	Glass *glass = &self->glass;

	if (!glass_obey_control(glass, command)) {
		if (command[0] == US)
			glass_flag(glass, "unknown command 1F %02X", command[1]);
		else
			glass_flag(glass, "control byte %02X", command[0]);
	}
	if (command[0] == CLEAR || command[0] == CANCEL)
		self->string_mode = false;
}

static bool is_stuck(const Cd5220 *self)
{
	return sim_faults_setting(self->glass.context->faults, FAULT_STUCK, 0) != 0;
}

static void obey(void *device, const uint8_t *command, size_t len)
{
	Cd5220 *self = device;

	if (self->glass.asleep && !(command[0] == ESC && command[1] == 0x3D))
		return;
	if (self->string_mode && (refused_in_string_mode(command) ||
				  (is_stuck(self) && (command[0] != ESC || command[1] == 0x40)))) {
		glass_flag(&self->glass, "command %02X %02X refused in string mode", command[0],
			   len > 1 ? command[1] : 0);
		return;
	}
	if (command[0] == ESC)
		obey_escape(self, command, len);
	else if (command[0] < 0x20)
		obey_control(self, command);
	else
		glass_put(&self->glass, command[0]);
}

static bool is_init(const uint8_t *command, size_t len)
{
	return len == 2 && command[0] == ESC && command[1] == 0x40;
}

static const GlassLanguage language = { length_of, obey, reset, is_init };

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Cd5220 *self = data;

	glass_receive(&self->glass, &language, self, bytes, len);
}

static void *start(SimContext *context, GError **error)
{
	Cd5220 *self = g_new0(Cd5220, 1);

	glass_init(&self->glass, context);
	reset(self);
	glass_show(&self->glass);
	return self;
}

static void stop(void *data)
{
	Cd5220 *self = data;

	glass_finish(&self->glass);
	g_free(self);
}

const struct sim cd5220_sim = {
	.name = "display-cd5220",
	.summary = N_("customer display, two lines of twenty, CD5220 commands"),
	.faults = cd5220_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
};
