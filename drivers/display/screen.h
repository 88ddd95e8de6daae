/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/display/display.h"

/* The till's second monitor: a display without a cable, which a window draws. The driver hands both
 * lines to whoever listens, and knows nothing of windows or main loops.
 *
 * @upper and @lower have exactly 20 characters of UTF-8 each, none of them a control character; all
 * letters may be shown. They are lent for the call. The listener is called on the device's thread,
 * or, for the screen that is there already, on that of screen_listen(): it copies and returns, as
 * g_idle_add_full() does. It must not call screen_listen() itself. */
typedef void (*ScreenListener)(const char *upper, const char *lower, void *data);

/* One screen, one listener: a new one takes the place of the old, NULL of any. When this returns,
 * the old one is not being called and never will be. */
void screen_listen(ScreenListener listener, void *data);

/* Options: none. open() takes no port: NULL. Shown where nobody listens is kept, not a fault. */
extern const struct display_driver screen_driver;
