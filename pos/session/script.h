/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdio.h>

/* Plays a script (docs: the command-line contract) on a real session without a window: a step a
 * line, one JSON object a step on @out, flushed. @input: a file descriptor, read as it comes. Ends
 * with 0, or with 1 at the first failed step that does not begin with "-" and where the session
 * cannot be opened (then @error is set). */
int script_run(const char *directory, int input, FILE *out, GError **error);
