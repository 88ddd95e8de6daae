/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/line_display.h"

#include "drivers/display/display_cells.h"

#include <string.h>

#define CR 0x0D

typedef struct {
	const char *start; /* after the CR that ends what a killed till left half said */
	const char *rows[DISPLAY_ROWS]; /* what begins a line; CR ends it */
	const char *attention; /* would begin a command even within text, or NULL */
} LineSet;

static const LineSet utc = {
	.start = "\x1B\x64", /* from UTC standard to enhanced */
	.rows = { "\x1B\x75\x41", "\x1B\x75\x42" },
};

static const LineSet aedex = {
	.start = "",
	.rows = { "!#1", "!#2" },
	.attention = "!#",
};

struct display {
	struct port *port; /* borrowed */
	const LineSet *set;
	DisplayCells cells;
};

static void append_text(GByteArray *bytes, const char *text)
{
	display_append(bytes, (const uint8_t *)text, strlen(text));
}

/* A goods' name may have the signs of the attention code side by side. */
static void disarm(const LineSet *set, uint8_t *cells)
{
	for (int i = 0; set->attention != NULL && i + 1 < DISPLAY_COLUMNS; i++) {
		if (memcmp(cells + i, set->attention, 2) == 0)
			cells[i + 1] = ' ';
	}
}

static void append_line(const struct display *self, GByteArray *bytes, int row, const char *text)
{
	guint begin;

	append_text(bytes, self->set->rows[row]);
	begin = bytes->len;
	display_cells_append(&self->cells, bytes, text);
	disarm(self->set, bytes->data + begin);
	display_append_byte(bytes, CR);
}

static bool say(struct display *self, const char *before, const char *upper, const char *lower,
		GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	append_text(bytes, before);
	append_line(self, bytes, 0, upper);
	append_line(self, bytes, 1, lower);
	return port_write(self->port, bytes->data, bytes->len, DISPLAY_TIMEOUT_MS, error);
}

/* Neither set has a command to clear: blank lines are shown. */
static struct display *open_line(const LineSet *set, struct port *port, GHashTable *options,
				 GError **error)
{
	struct display *self = g_new0(struct display, 1);
	g_autofree char *start = g_strconcat("\r", set->start, NULL);

	port_set_class(port, "display");
	self->port = port;
	self->set = set;
	self->cells.rom = DISPLAY_ROM_CP866;
	if (display_cells_parse(&self->cells, options, error)) {
		self->cells.glyphs = false;
		if (say(self, start, "", "", error))
			return self;
	}
	g_free(self);
	return NULL;
}

static struct display *open_utc(struct port *port, GHashTable *options, GError **error)
{
	return open_line(&utc, port, options, error);
}

static struct display *open_aedex(struct port *port, GHashTable *options, GError **error)
{
	return open_line(&aedex, port, options, error);
}

static void close_line(struct display *self)
{
	g_free(self);
}

static bool show(struct display *self, const char *upper, const char *lower, GError **error)
{
	return say(self, "", upper, lower, error);
}

const struct display_driver utc_driver = {
	.name = "utc",
	.open = open_utc,
	.close = close_line,
	.show = show,
};

const struct display_driver aedex_driver = {
	.name = "aedex",
	.open = open_aedex,
	.close = close_line,
	.show = show,
};
