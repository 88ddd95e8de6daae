/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/cd5220.h"

#include "drivers/display/display_cells.h"

#define ESC 0x1B
#define CR 0x0D
#define CLEAR 0x0C

struct display {
	struct port *port; /* borrowed */
	DisplayCells cells;
};

static bool start(struct display *self, GError **error)
{
	/* CR ends a line that a killed till left half sent, the second one where the first was taken
	 * for the letter behind 1B 51; clear leaves string mode: else the rest would be shown as
	 * text, or ignored. */
	static const uint8_t init[] = { CR, CR, CLEAR, ESC, 0x40, ESC, 0x5F, 0x00 };
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	display_append(bytes, init, sizeof init);
	if (self->cells.brightness > 0) {
		const uint8_t brightness[] = { ESC, 0x2A,
					       display_brightness_step(self->cells.brightness) };

		display_append(bytes, brightness, sizeof brightness);
	}
	display_cells_append_glyphs(&self->cells, bytes);
	return port_write(self->port, bytes->data, bytes->len, DISPLAY_TIMEOUT_MS, error);
}

static struct display *open_cd5220(struct port *port, GHashTable *options, GError **error)
{
	struct display *self = g_new0(struct display, 1);

	port_set_class(port, "display");
	self->port = port;
	self->cells = (DisplayCells){ .rom = DISPLAY_ROM_CP866, .glyphs = true };
	if (display_cells_parse(&self->cells, options, error) && start(self, error))
		return self;
	g_free(self);
	return NULL;
}

static void close_cd5220(struct display *self)
{
	g_free(self);
}

static void append_line(const struct display *self, GByteArray *bytes, uint8_t row,
			const char *text)
{
	const uint8_t head[] = { ESC, 0x51, row };

	display_append(bytes, head, sizeof head);
	display_cells_append(&self->cells, bytes, text);
	display_append_byte(bytes, CR);
}

static bool show(struct display *self, const char *upper, const char *lower, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	append_line(self, bytes, 'A', upper);
	append_line(self, bytes, 'B', lower);
	return port_write(self->port, bytes->data, bytes->len, DISPLAY_TIMEOUT_MS, error);
}

const struct display_driver cd5220_driver = {
	.name = "cd5220",
	.open = open_cd5220,
	.close = close_cd5220,
	.show = show,
};
