/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/glass.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An Epson DM-D pole display (customer-display §3). Its faults are those of every glass (glass.h).
 */
enum { FAULT_N = GLASS_FAULTS_N };

static const SimFaultKind epson_faults[] = {
	GLASS_FAULT_KINDS,
	[FAULT_N] = { NULL, 0, 0, false, NULL },
};

enum { ESC = GLASS_ESC, US = GLASS_US };
enum { MACRO_MAX = 80, MAX_INTERNATIONAL = 17, N_WINDOWS = 4 };

typedef struct {
	Glass glass;
	bool reverse;
	bool recording; /* between two 1F 3A */
	bool running;
	GByteArray *macro; /* owned */
} Epson;

/* Page numbers as on the printers. */
static const struct {
	uint8_t number;
	const char *charset; /* NULL: katakana */
} pages[] = {
	{ 0x00, "CP437" }, { 0x01, NULL },    { 0x02, "CP850" },  { 0x03, "CP860" },
	{ 0x04, "CP863" }, { 0x05, "CP865" }, { 0x10, "CP1252" }, { 0x11, "CP866" },
	{ 0x12, "CP852" }, { 0x13, "CP858" },
};

/* ---- how long a command is */

static size_t length_of_escape(const uint8_t *command, size_t len)
{
	switch (command[1]) {
	case 0x26:
		return glass_length_of_definition(command, len);
	case 0x57:
		return len < 4 ? GLASS_MORE : command[3] == 1 ? 8 : 4;
	case 0x52:
	case 0x74:
	case 0x3D:
	case 0x25:
	case 0x3F:
		return 3;
	default:
		return 2;
	}
}

static size_t length_of_unit(const uint8_t *command, size_t len)
{
	switch (command[1]) {
	case 0x28: /* function, pL pH, data */
		return len < 5 ? GLASS_MORE : 5 + (size_t)(command[3] | command[4] << 8);
	case 0x24:
	case 0x23:
	case 0x54:
	case 0x5E:
		return 4;
	case 0x58:
	case 0x43:
	case 0x45:
	case 0x72:
	case 0x2E:
	case 0x2C:
	case 0x3B:
	case 0x76:
		return 3;
	default:
		return 2;
	}
}

static size_t length_of(const uint8_t *command, size_t len)
{
	if (command[0] != ESC && command[0] != US)
		return 1;
	if (len < 2)
		return GLASS_MORE;
	return command[0] == ESC ? length_of_escape(command, len) : length_of_unit(command, len);
}

/* ---- what commands do */

static void reset(void *device)
{
	Epson *self = device;

	glass_reset(&self->glass, "CP437");
	self->reverse = false;
	self->recording = false;
}

static void set_page(Glass *glass, uint8_t number)
{
	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
		if (pages[i].number != number)
			continue;
		glass->upper_half = pages[i].charset;
		return;
	}
	glass_flag(glass, "there is no code page %02X", number);
}

/* Our references disagree on the order of its coordinates, so nothing right can be shown. */
static void set_window(Glass *glass, const uint8_t *command)
{
	if (command[2] < 1 || command[2] > N_WINDOWS || command[3] > 1)
		glass_flag(glass, "no window %d %d", command[2], command[3]);
	else if (command[3] == 1)
		glass_flag(glass, "windows are to be avoided");
}

static void obey_escape(Epson *self, const uint8_t *command, size_t len)
{
	Glass *glass = &self->glass;

	switch (command[1]) {
	case 0x40:
		reset(self);
		break;
	case 0x26:
		glass_define(glass, command, len);
		break;
	case 0x25:
		glass->user_on = command[2] & 1;
		break;
	case 0x3F:
		glass_forget(glass, command[2]);
		break;
	case 0x52:
		if (command[2] > MAX_INTERNATIONAL)
			glass_flag(glass, "there is no international set %02X", command[2]);
		break;
	case 0x74:
		set_page(glass, command[2]);
		break;
	case 0x57:
		set_window(glass, command);
		break;
	case 0x3D:
		glass->asleep = command[2] == 1;
		if (command[2] < 1 || command[2] > 3)
			glass_flag(glass, "there is no device %02X", command[2]);
		break;
	default:
		glass_flag(glass, "unknown command 1B %02X", command[1]);
	}
}

/* A setting that is 0 or 1. */
static bool is_on(Glass *glass, const uint8_t *command)
{
	if (command[2] > 1)
		glass_flag(glass, "1F %02X takes 0 or 1, not %d", command[1], command[2]);
	return command[2] == 1;
}

static void set_reverse(Epson *self, const uint8_t *command)
{
	self->reverse = is_on(&self->glass, command);
	sim_log_words(self->glass.context->log, "characters are %s from here on",
		      self->reverse ? "reverse" : "plain");
}

/* A type whose cells have a segment for it; on the others the sign would take a cell. */
static void put_pointed(Epson *self, const uint8_t *command)
{
	if (command[2] < 0x20)
		glass_flag(&self->glass, "control byte %02X within 1F %02X", command[2],
			   command[1]);
	else
		glass_put(&self->glass, command[2]);
	sim_log_words(self->glass.context->log, "with %c", command[1]);
}

static void set_clock(Glass *glass, const uint8_t *command)
{
	if (command[2] > 23 || command[3] > 59)
		glass_flag(glass, "no time is %d:%d", command[2], command[3]);
	else
		sim_log_words(glass->context->log, "the clock is set to %02d:%02d", command[2],
			      command[3]);
}

static void obey(void *device, const uint8_t *command, size_t len);

static void toggle_recording(Epson *self)
{
	self->recording = !self->recording;
	if (self->recording)
		g_byte_array_set_size(self->macro, 0);
}

/* Once, at once: its repeats are what shoppers see, not what a till says. */
static void run_macro(Epson *self)
{
	const uint8_t *bytes = self->macro->data;
	size_t at = 0;

	if (self->running || self->recording) {
		glass_flag(&self->glass, "a macro within a macro");
		return;
	}
	self->running = true;
	while (at < self->macro->len) {
		size_t len = length_of(bytes + at, self->macro->len - at);

		if (len == GLASS_MORE || len > self->macro->len - at)
			break;
		obey(self, bytes + at, len);
		at += len;
	}
	self->running = false;
}

static void obey_unit(Epson *self, const uint8_t *command)
{
	Glass *glass = &self->glass;

	switch (command[1]) {
	case 0x24:
		glass_set_position(glass, command[2], command[3]);
		break;
	case 0x01:
	case 0x02:
	case 0x03:
		glass->mode = (GlassMode)(command[1] - 0x01);
		break;
	case 0x58:
		glass_set_brightness(glass, command[2]);
		break;
	case 0x43:
		glass_set_cursor(glass, command[2]);
		break;
	case 0x72:
		set_reverse(self, command);
		break;
	case 0x2E:
	case 0x2C:
	case 0x3B:
		put_pointed(self, command);
		break;
	case 0x54:
		set_clock(glass, command);
		break;
	case 0x3A:
		toggle_recording(self);
		break;
	case 0x5E:
		run_macro(self);
		break;
	case 0x45: /* blinking, annunciators, the clock, settings and DTR: no cell changes */
	case 0x23:
	case 0x55:
	case 0x28:
	case 0x76:
		break;
	default:
		if (!glass_obey_control(glass, command))
			glass_flag(glass, "unknown command 1F %02X", command[1]);
	}
}

static void record(Epson *self, const uint8_t *command, size_t len)
{
	if (command[0] == US && command[1] == 0x3A)
		return;
	if (self->macro->len + len > MACRO_MAX)
		glass_flag(&self->glass, "the macro is longer than %d bytes", MACRO_MAX);
	else
		g_byte_array_append(self->macro, command, (guint)len);
}

static void obey(void *device, const uint8_t *command, size_t len)
{
	Epson *self = device;

	if (self->glass.asleep && !(command[0] == ESC && command[1] == 0x3D))
		return;
	if (self->recording)
		record(self, command, len);
	if (command[0] == ESC)
		obey_escape(self, command, len);
	else if (command[0] == US)
		obey_unit(self, command);
	else if (command[0] >= 0x20)
		glass_put(&self->glass, command[0]);
	else if (!glass_obey_control(&self->glass, command))
		glass_flag(&self->glass, "control byte %02X", command[0]);
}

static bool is_init(const uint8_t *command, size_t len)
{
	return len == 2 && command[0] == ESC && command[1] == 0x40;
}

static const GlassLanguage language = { length_of, obey, reset, is_init };

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Epson *self = data;

	glass_receive(&self->glass, &language, self, bytes, len);
}

static void *start(SimContext *context, GError **error)
{
	Epson *self = g_new0(Epson, 1);

	glass_init(&self->glass, context);
	self->macro = g_byte_array_new();
	reset(self);
	glass_show(&self->glass);
	return self;
}

static void stop(void *data)
{
	Epson *self = data;

	glass_finish(&self->glass);
	g_byte_array_unref(self->macro);
	g_free(self);
}

const struct sim epson_display_sim = {
	.name = "display-epson",
	.summary = N_("customer display, two lines of twenty, Epson DM-D commands"),
	.faults = epson_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
};
