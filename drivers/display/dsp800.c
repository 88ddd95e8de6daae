/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/dsp800.h"

#include "drivers/display/display_cells.h"

#include <string.h>

enum {
	EOT = 0x04,
	SOH = 0x01,
	ETB = 0x17,
	ACK = 0x06,
	NAK = 0x15,
	UPPER_LEFT = 0x31,
	LOWER_LEFT = 0x45,
	LAST = 0x58,
	/* The last frame of a screen leaves the cable some 50 ms after it was written. The till
	 * waits for answers at the start, and then only where one has ever come. */
	ANSWER_MS = 100,
};

struct display {
	struct port *port; /* borrowed */
	DisplayCells cells;
	bool answers;
};

static void append_place(GByteArray *bytes, uint8_t place)
{
	const uint8_t frame[] = { EOT, SOH, 'P', place, ETB };

	display_append(bytes, frame, sizeof frame);
}

static void append_start(const struct display *self, GByteArray *bytes)
{
	static const uint8_t clear[] = { EOT, SOH, 'C', UPPER_LEFT, LAST, ETB };

	display_append(bytes, clear, sizeof clear);
	append_place(bytes, UPPER_LEFT);
	if (self->cells.brightness > 0) {
		const uint8_t step = display_brightness_step(self->cells.brightness);
		/* [inf] */
		const uint8_t frame[] = { EOT, SOH, 'A', (uint8_t)(0x30 + step), ETB };

		display_append(bytes, frame, sizeof frame);
	}
}

typedef enum { BROKEN, TAKEN, REFUSED } Outcome;

static int ms_until(int64_t deadline)
{
	return (int)MAX((deadline - g_get_monotonic_time()) / 1000, 0);
}

/* One answer a frame is expected, fewer are believed: the manuals leave it open. */
static Outcome listen(struct display *self, int n_frames, bool wait, int64_t deadline,
		      GError **error)
{
	while (n_frames > 0) {
		uint8_t answers[16];
		int ms = wait || self->answers ? MIN(ANSWER_MS, ms_until(deadline)) : 0;
		gssize n = port_read(self->port, answers, sizeof answers, ms, error);

		if (n < 0)
			return BROKEN;
		if (n == 0)
			return TAKEN;
		if (memchr(answers, NAK, (size_t)n) != NULL)
			return REFUSED;
		self->answers = self->answers || memchr(answers, ACK, (size_t)n) != NULL;
		n_frames -= (int)n;
	}
	return TAKEN;
}

/* Cells are never ETB. */
static int count_frames(const GByteArray *bytes)
{
	int n = 0;

	for (guint i = 0; i < bytes->len; i++)
		n += bytes->data[i] == ETB;
	return n;
}

static Outcome say(struct display *self, const GByteArray *bytes, bool wait, int64_t deadline,
		   GError **error)
{
	port_discard_input(self->port);
	if (!port_write(self->port, bytes->data, bytes->len, ms_until(deadline), error))
		return BROKEN;
	return listen(self, count_frames(bytes), wait, deadline, error);
}

/* §8: what is refused is said once more, then after a fresh start. @wait: even where no answer has
 * ever come. */
static bool insist(struct display *self, const GByteArray *bytes, bool wait, GError **error)
{
	int64_t deadline = g_get_monotonic_time() + DISPLAY_TIMEOUT_MS * 1000;
	Outcome outcome = say(self, bytes, wait, deadline, error);

	if (outcome == REFUSED)
		outcome = say(self, bytes, wait, deadline, error);
	if (outcome == REFUSED) {
		g_autoptr(GByteArray) fresh = g_byte_array_new();

		append_start(self, fresh);
		display_append(fresh, bytes->data, bytes->len);
		outcome = say(self, fresh, wait, deadline, error);
	}
	if (outcome == REFUSED)
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL,
			    "the display refuses what it is told");
	return outcome == TAKEN;
}

static struct display *open_dsp800(struct port *port, GHashTable *options, GError **error)
{
	struct display *self = g_new0(struct display, 1);
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	port_set_class(port, "display");
	self->port = port;
	self->cells.rom = DISPLAY_ROM_CP866;
	if (display_cells_parse(&self->cells, options, error)) {
		self->cells.glyphs = false;
		/* ETB ends what a killed till left half said. */
		display_append_byte(bytes, ETB);
		append_start(self, bytes);
		if (insist(self, bytes, true, error))
			return self;
	}
	g_free(self);
	return NULL;
}

static void close_dsp800(struct display *self)
{
	g_free(self);
}

static bool show(struct display *self, const char *upper, const char *lower, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	append_place(bytes, UPPER_LEFT);
	display_cells_append(&self->cells, bytes, upper);
	append_place(bytes, LOWER_LEFT);
	display_cells_append(&self->cells, bytes, lower);
	return insist(self, bytes, false, error);
}

const struct display_driver dsp800_driver = {
	.name = "dsp800",
	.open = open_dsp800,
	.close = close_dsp800,
	.show = show,
};
