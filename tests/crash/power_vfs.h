/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A disk that forgets, under SQLite: what is written stays in memory until the file is synced, and
 * only then goes to it. So a SIGKILL at any instant is a power cut. Deleting a file and the
 * wal-index in shared memory are left as they are: SQLite does not trust the latter after a crash.
 */

typedef enum {
	POWER_STAYS,
	POWER_CUT_BEFORE, /* nothing of that sync arrives */
	POWER_CUT_AFTER, /* all of it arrives, and nobody is told */
	POWER_CUT_TORN, /* a random half arrives, some of it in half sectors */
	POWER_N_CUTS,
} PowerCut;

/* May lie in memory shared with who gives the orders. */
typedef struct {
	int cut; /* a PowerCut */
	int at; /* before, in or after which sync, from 1 */
	int count; /* of syncs so far; set to 0 with a new order */
	uint32_t seed; /* of POWER_CUT_TORN */
	int lies; /* not 0: a sync answers that it is done and does nothing */
} PowerSwitch;

/* Makes it the VFS of all databases opened from now on. @power is borrowed for ever. */
void power_vfs_register(PowerSwitch *power);
