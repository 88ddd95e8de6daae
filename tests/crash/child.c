/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/crash/child.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_kept(int fd, const int *keep)
{
	while (*keep >= 0 && *keep != fd)
		keep++;
	return *keep >= 0;
}

/* A pipe that stays open in a third process never comes to its end. */
static void close_others(const int *keep)
{
	int highest = STDERR_FILENO;

	for (int i = 0; keep[i] >= 0; i++)
		highest = MAX(highest, keep[i]);
	for (int fd = STDERR_FILENO + 1; fd < highest; fd++)
		if (!is_kept(fd, keep))
			close(fd);
	close_range((unsigned)highest + 1, UINT_MAX, 0);
}

pid_t child_fork(const int *keep)
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
		close_others(keep);
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
