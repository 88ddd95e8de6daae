/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/quick_time.h"

#include <dlfcn.h>
#include <glib.h>
#include <linux/futex.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000) /* ns */

static int times = 1;

void quick_time_set(int with)
{
	times = with;
}

static int64_t to_ns(const struct timespec *time)
{
	return time->tv_sec * SECOND + time->tv_nsec;
}

static struct timespec from_ns(int64_t ns)
{
	return (struct timespec){ .tv_sec = ns / SECOND, .tv_nsec = ns % SECOND };
}

static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

int clock_gettime(clockid_t clock, struct timespec *ret)
{
	static int (*below)(clockid_t, struct timespec *);
	int code;

	if (below == NULL)
		*(void **)&below = next("clock_gettime");
	code = below(clock, ret);
	if (code == 0 && clock == CLOCK_MONOTONIC)
		*ret = from_ns(to_ns(ret) * times);
	return code;
}

int poll(struct pollfd *fds, nfds_t n, int timeout)
{
	static int (*below)(struct pollfd *, nfds_t, int);

	if (below == NULL)
		*(void **)&below = next("poll");
	return below(fds, n, timeout > 0 ? MAX(timeout / times, 1) : timeout);
}

/* GLib's conditions wait for a futex, as long as is left. */
long syscall(long number, ...)
{
	static long (*below)(long, ...);
	struct timespec time;
	long a[6];
	va_list list;

	va_start(list, number);
	for (size_t i = 0; i < G_N_ELEMENTS(a); i++)
		a[i] = va_arg(list, long);
	va_end(list);
	if (below == NULL)
		*(void **)&below = next("syscall");
	if (number == SYS_futex && (a[1] & FUTEX_CMD_MASK) == FUTEX_WAIT && a[3] != 0) {
		time = from_ns(to_ns((const struct timespec *)a[3]) / times);
		a[3] = (long)&time;
	}
	return below(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
