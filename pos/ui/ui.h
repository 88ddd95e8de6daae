/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The till's window over the session of @directory. language_init() comes before. Returns the exit
 * status when the window was closed. */
int pos_ui_run(const char *directory, int argc, char **argv);
