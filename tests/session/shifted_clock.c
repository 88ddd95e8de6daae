/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/shifted_clock.h"

#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>

#define SECOND INT64_C(1000000) /* µs */

static int64_t shift;

static int64_t machine_time(void)
{
	static int (*below)(clockid_t, struct timespec *);
	struct timespec time;

	if (below == NULL)
		*(void **)&below = dlsym(RTLD_NEXT, "clock_gettime");
	below(CLOCK_REALTIME, &time);
	return time.tv_sec * SECOND + time.tv_nsec / 1000;
}

void shifted_clock_set(int64_t at)
{
	shift = at - machine_time();
}

int clock_gettime(clockid_t clock, struct timespec *ret)
{
	static int (*below)(clockid_t, struct timespec *);
	int64_t at;

	if (below == NULL)
		*(void **)&below = dlsym(RTLD_NEXT, "clock_gettime");
	if (clock != CLOCK_REALTIME)
		return below(clock, ret);
	at = machine_time() + shift;
	*ret = (struct timespec){ .tv_sec = at / SECOND, .tv_nsec = at % SECOND * 1000 };
	return 0;
}

int gettimeofday(struct timeval *restrict ret, void *restrict zone)
{
	int64_t at = machine_time() + shift;

	*ret = (struct timeval){ .tv_sec = at / SECOND, .tv_usec = at % SECOND };
	return 0;
}
