/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* Disks that fail and power that goes, for programs under test: stands before the C library's
 * pwrite64(), fsync(), fdatasync(), ftruncate64() and posix_fallocate(), which is all that SQLite
 * and the till write with, and counts them. */

typedef enum {
	FAULT_IO_NONE,
	FAULT_IO_KILL, /* SIGKILL instead of the Nth */
	FAULT_IO_FAIL_ONCE, /* the Nth fails */
	FAULT_IO_FAIL_FROM, /* the Nth and all after it fail */
} FaultIo;

/* Counts from 1 again. @code: the errno of a failure. */
void fault_io_arm(FaultIo fault, int nth, int code);
/* Something else that a test may want to be killed before: counts, and is killed, but never fails.
 */
void fault_io_event(void);
int fault_io_count(void);
bool fault_io_was_hit(void);
