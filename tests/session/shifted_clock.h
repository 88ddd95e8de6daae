/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* What this process takes for the time of day: from now on @at (UTC microseconds) and on from
 * there. Stands before the C library's gettimeofday() and clock_gettime(), which is all that GLib
 * asks. The monotonic clock stays. */
void shifted_clock_set(int64_t at);
