/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* The till's window over the session of @directory; it fills the screen, or stands as @windowed beside others, as in
 * training. language_init() comes before. Returns the exit status when the window was closed. */
int pos_ui_run(const char *directory, bool windowed);
