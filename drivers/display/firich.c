/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/firich.h"

#include "drivers/display/cd5220.h"
#include "drivers/display/display_cells.h"
#include "drivers/display/epson_display.h"

struct display {
	const struct display_driver *driver;
	struct display *display; /* @driver's, owned */
};

static struct display *open_firich(struct port *port, GHashTable *options, GError **error)
{
	static const char *const modes[] = { "cd5220", "epson", NULL };
	static const struct display_driver *const drivers[] = { &cd5220_driver,
								&epson_display_driver };
	struct display *self, *display;
	int mode;

	if (!display_option_word(options, "mode", modes, 0, &mode, error))
		return NULL;
	display = drivers[mode]->open(port, options, error);
	if (display == NULL)
		return NULL;
	self = g_new(struct display, 1);
	*self = (struct display){ .driver = drivers[mode], .display = display };
	return self;
}

static void close_firich(struct display *self)
{
	if (self == NULL)
		return;
	self->driver->close(self->display);
	g_free(self);
}

static bool show(struct display *self, const char *upper, const char *lower, GError **error)
{
	return self->driver->show(self->display, upper, lower, error);
}

const struct display_driver firich_driver = {
	.name = "firich",
	.open = open_firich,
	.close = close_firich,
	.show = show,
};
