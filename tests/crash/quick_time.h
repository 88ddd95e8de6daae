/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The seconds of this process: all its waits, deadlines and pauses end @times earlier than they
 * would, and its monotonic clock agrees. Stands before the C library's clock_gettime(), poll() and
 * syscall(), which is all that GLib and our ports wait with. 1, as at the start, is real time. */
void quick_time_set(int times);
