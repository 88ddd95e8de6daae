/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"

/* The LineDisplay class: two lines of twenty cells that a shopper reads. Write-only. */
#define DISPLAY_COLUMNS 20
#define DISPLAY_ROWS 2

struct display;
struct display_driver {
	const char *name; /* "cd5220", "epson", "dsp800", "firich", "utc", "aedex", "screen" */
	bool needs_no_port; /* open() is given NULL ("screen", which a window draws) */
	/* @port is lent until close. Clears the glass. @options: keys of till.conf's [display]
	 * group, may be NULL. */
	struct display *(*open)(struct port *port, GHashTable *options, GError **error);
	void (*close)(struct display *self);
	/* UTF-8; cut or padded to 20 cells each. The newest screen wins: blocks at most 200 ms.
	 * After any fault close display and port, open both again every few seconds, and show the
	 * whole screen: the device may have been switched off, or stopped in the middle of a line.
	 */
	bool (*show)(struct display *self, const char *upper, const char *lower, GError **error);
};

const struct display_driver *display_driver_find(const char *name);

/* "name        amount" in exactly 20 characters: at least one blank between, the name is cut and
 * never the amount. Own it. */
char *display_line_new(const char *name, const char *amount);
