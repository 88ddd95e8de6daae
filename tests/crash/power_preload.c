/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/power_vfs.h"
#include "tests/crash/quick_time.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The disk that forgets for a program as it is shipped, by LD_PRELOAD. Environment:
 *   BARAA_POWER_SWITCH=FD   a PowerSwitch in shared memory, open as FD; or by hand:
 *   BARAA_POWER_CUT=N [before|after|torn]   at its Nth sync
 *   BARAA_POWER_LIES=1      syncs are pretended
 *   BARAA_QUICK=N           its seconds are N times shorter */

static PowerSwitch by_hand;

static PowerCut parse_cut(const char *how)
{
	if (strcmp(how, "after") == 0)
		return POWER_CUT_AFTER;
	return strcmp(how, "torn") == 0 ? POWER_CUT_TORN : POWER_CUT_BEFORE;
}

static PowerSwitch *read_environment(void)
{
	const char *cut = g_getenv("BARAA_POWER_CUT");
	char *how = NULL;

	by_hand.lies = g_getenv("BARAA_POWER_LIES") != NULL;
	if (cut != NULL) {
		by_hand.at = (int)strtol(cut, &how, 10);
		by_hand.cut = (int)parse_cut(how + strspn(how, " "));
	}
	return &by_hand;
}

static PowerSwitch *map_switch(const char *fd)
{
	PowerSwitch *power =
		mmap(NULL, sizeof *power, PROT_READ | PROT_WRITE, MAP_SHARED, atoi(fd), 0);

	if (power == MAP_FAILED)
		g_error("BARAA_POWER_SWITCH=%s is no shared memory", fd);
	return power;
}

__attribute__((constructor)) static void prepare(void)
{
	const char *fd = g_getenv("BARAA_POWER_SWITCH"), *quick = g_getenv("BARAA_QUICK");

	power_vfs_register(fd != NULL ? map_switch(fd) : read_environment());
	if (quick != NULL)
		quick_time_set(MAX(atoi(quick), 1));
}
