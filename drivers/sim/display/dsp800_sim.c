/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/display/glass.h"

#include <glib/gi18n-lib.h>

/* A DSP-800 pole display (customer-display §4). It answers every frame, with ACK or NAK. Two faults
 * of its own beside those of every glass: one_way, a model without a return line; nak, good frames
 * are refused. */
enum { FAULT_ONE_WAY = GLASS_FAULTS_N, FAULT_NAK, FAULT_N };

static const SimFaultKind dsp800_faults[] = {
	GLASS_FAULT_KINDS,
	[FAULT_ONE_WAY] = { "one_way", 1, SIM_FOREVER, false,
			    N_("setting: a model that answers nothing") },
	[FAULT_NAK] = { "nak", 1, SIM_COUNT_IS_VALUE, false,
			N_("refuse VALUE good frames with NAK") },
	[FAULT_N] = { NULL, 0, 0, false, NULL },
};

enum { EOT = 0x04, SOH = 0x01, ETB = 0x17, ACK = 0x06, NAK = 0x15 };
enum { FIRST_CELL = 0x31, LAST_CELL = 0x58, MAX_FRAME = 128 };

typedef struct {
	Glass glass;
} Dsp800;

/* ---- how long a frame is */

static size_t length_of(const uint8_t *command, size_t len)
{
	if (command[0] != EOT)
		return 1;
	if (len < 2)
		return GLASS_MORE;
	if (command[1] != SOH)
		return 1;
	if (command[len - 1] == ETB && len > 2)
		return len;
	return len >= MAX_FRAME ? len : GLASS_MORE;
}

/* ---- what frames do */

static bool is_cell(uint8_t place)
{
	return place >= FIRST_CELL && place <= LAST_CELL;
}

static bool go_to(Glass *glass, const uint8_t *data, size_t len)
{
	if (len != 1 || !is_cell(data[0]))
		return false;
	glass->row = (data[0] - FIRST_CELL) / GLASS_COLUMNS;
	glass->column = (data[0] - FIRST_CELL) % GLASS_COLUMNS;
	return true;
}

static bool clear(Glass *glass, const uint8_t *data, size_t len)
{
	if (len != 2 || !is_cell(data[0]) || !is_cell(data[1]) || data[0] > data[1])
		return false;
	for (int i = data[0] - FIRST_CELL; i <= data[1] - FIRST_CELL; i++)
		glass->cells[i / GLASS_COLUMNS][i % GLASS_COLUMNS] = ' ';
	return true;
}

static bool show_saved(const uint8_t *data, size_t len)
{
	return len == 2 && data[0] >= 0x31 && data[0] <= 0x37 && data[1] >= 0x31 && data[1] <= 0x33;
}

static bool set_brightness(Glass *glass, const uint8_t *data, size_t len)
{
	if (len != 1 || data[0] < 0x31 || data[0] > 0x34)
		return false;
	glass_set_brightness(glass, data[0] - 0x30);
	return true;
}

/* @data: between the command's letter and ETB. */
static bool do_frame(Glass *glass, uint8_t letter, const uint8_t *data, size_t len)
{
	switch (letter) {
	case 0x50:
		return go_to(glass, data, len);
	case 0x43:
		return clear(glass, data, len);
	case 0x44:
		return show_saved(data, len);
	case 0x53: /* saved messages; our sources disagree on their form */
		return len > 0;
	case 0x41:
		return set_brightness(glass, data, len);
	default:
		return false;
	}
}

static void answer(Glass *glass, uint8_t byte)
{
	if (sim_faults_setting(glass->context->faults, FAULT_ONE_WAY, 0) == 0)
		sim_send(glass->context, &byte, 1);
}

static void obey_frame(Glass *glass, const uint8_t *command, size_t len)
{
	if (sim_faults_take(glass->context->faults, FAULT_NAK, NULL)) {
		sim_log_words(glass->context->log, "a good frame is refused");
		answer(glass, NAK);
		return;
	}
	if (len >= 4 && command[len - 1] == ETB &&
	    do_frame(glass, command[2], command + 3, len - 4)) {
		answer(glass, ACK);
		return;
	}
	glass_flag(glass, "bad frame 04 01 %02X, %zu bytes", command[2], len);
	answer(glass, NAK);
}

static void obey(void *device, const uint8_t *command, size_t len)
{
	Dsp800 *self = device;

	if (command[0] == EOT && len > 1)
		obey_frame(&self->glass, command, len);
	else if (command[0] >= 0x20)
		glass_put(&self->glass, command[0]);
	else if (command[0] == ETB) /* a host that was killed says so first */
		sim_log_words(self->glass.context->log, "ETB ends nothing");
	else
		glass_flag(&self->glass, "control byte %02X", command[0]);
}

static void reset(void *device)
{
	Dsp800 *self = device;

	glass_reset(&self->glass, "CP866");
}

/* There is no command to initialise: clearing all of it comes nearest. */
static bool is_init(const uint8_t *command, size_t len)
{
	return len == 6 && command[0] == EOT && command[2] == 0x43 && command[3] == FIRST_CELL &&
	       command[4] == LAST_CELL;
}

static const GlassLanguage language = { length_of, obey, reset, is_init };

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	Dsp800 *self = data;

	glass_receive(&self->glass, &language, self, bytes, len);
}

static void *start(SimContext *context, GError **error)
{
	Dsp800 *self = g_new0(Dsp800, 1);

	glass_init(&self->glass, context);
	reset(self);
	glass_show(&self->glass);
	return self;
}

static void stop(void *data)
{
	Dsp800 *self = data;

	glass_finish(&self->glass);
	g_free(self);
}

const struct sim dsp800_sim = {
	.name = "display-dsp800",
	.summary = N_("customer display, two lines of twenty, DSP-800 frames"),
	.faults = dsp800_faults,
	.start = start,
	.stop = stop,
	.receive = receive,
};
