/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/display/screen.h"

/* The window may open before the device's thread or after it: neither owns the other. */
static struct {
	GMutex mutex;
	ScreenListener listener; /* or NULL */
	void *data; /* the listener's, borrowed */
	char *lines[DISPLAY_ROWS]; /* owned; NULL until the first screen */
} glass;

static void tell(void)
{
	if (glass.listener != NULL && glass.lines[0] != NULL)
		glass.listener(glass.lines[0], glass.lines[1], glass.data);
}

void screen_listen(ScreenListener listener, void *data)
{
	g_mutex_lock(&glass.mutex);
	glass.listener = listener;
	glass.data = data;
	tell();
	g_mutex_unlock(&glass.mutex);
}

static bool show(struct display *self, const char *upper, const char *lower, GError **error)
{
	const char *const texts[DISPLAY_ROWS] = { upper, lower };

	g_mutex_lock(&glass.mutex);
	for (int i = 0; i < DISPLAY_ROWS; i++) {
		g_free(glass.lines[i]);
		glass.lines[i] = display_line_new(texts[i], "");
	}
	tell();
	g_mutex_unlock(&glass.mutex);
	return true;
}

/* There is one second monitor: the handle only says that it is open. */
struct display {
	bool open;
};

static struct display *open_screen(struct port *port, GHashTable *options, GError **error)
{
	struct display *self = g_new0(struct display, 1);

	self->open = true;
	show(self, "", "", NULL);
	return self;
}

static void close_screen(struct display *self)
{
	g_free(self);
}

const struct display_driver screen_driver = {
	.name = "screen",
	.needs_no_port = true,
	.open = open_screen,
	.close = close_screen,
	.show = show,
};
