/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/child.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A pipe that stays open in a third process never comes to its end. */
static void keep(unsigned low, unsigned high)
{
	const unsigned first = STDERR_FILENO + 1;

	if (low > first)
		close_range(first, low - 1, 0);
	if (high > low + 1)
		close_range(low + 1, high - 1, 0);
	close_range(high + 1, UINT_MAX, 0);
}

pid_t child_fork(int one, int other)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		g_error("no more processes");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGPIPE, SIG_DFL);
		/* Not the chance of its brothers: ids that must be unique are made of it. */
		g_random_set_seed((guint32)g_get_real_time() ^ (guint32)getpid() << 16);
		keep((unsigned)MIN(one, other), (unsigned)MAX(one, other));
	}
	return pid;
}

int child_reap(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			g_error("process %d is not ours", (int)pid);
	return status;
}

void child_log_to(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0)
		g_error("%s cannot be written", path);
	close(fd);
}
