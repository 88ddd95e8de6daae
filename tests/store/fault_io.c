/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/store/fault_io.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t offset);
int ftruncate64(int fd, off64_t len);

static struct {
	FaultIo fault;
	int nth, code, count;
	bool hit;
} state;

void fault_io_arm(FaultIo fault, int nth, int code)
{
	state.fault = fault;
	state.nth = nth;
	state.code = code;
	state.count = 0;
	state.hit = false;
}

int fault_io_count(void)
{
	return state.count;
}

bool fault_io_was_hit(void)
{
	return state.hit;
}

static bool is_hit(void)
{
	state.count++;
	return state.fault != FAULT_IO_NONE &&
	       (state.fault == FAULT_IO_FAIL_FROM ? state.count >= state.nth
						  : state.count == state.nth);
}

void fault_io_event(void)
{
	if (is_hit() && state.fault == FAULT_IO_KILL)
		kill(getpid(), SIGKILL);
}

static bool fails(void)
{
	if (!is_hit())
		return false;
	if (state.fault == FAULT_IO_KILL)
		kill(getpid(), SIGKILL);
	state.hit = true;
	errno = state.code;
	return true;
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t offset)
{
	return fails() ? -1 : syscall(SYS_pwrite64, fd, data, len, offset);
}

int fsync(int fd)
{
	return fails() ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return fails() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int ftruncate64(int fd, off64_t len)
{
	return fails() ? -1 : (int)syscall(SYS_ftruncate, fd, len);
}

int posix_fallocate(int fd, off_t offset, off_t len)
{
	if (fails())
		return state.code;
	return syscall(SYS_fallocate, fd, 0, offset, len) == 0 ? 0 : errno;
}
