/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

/* Forks a child that ends with its parent and has of its files only the standard ones, @one and
 * @other. Whoever calls it has no threads. */
pid_t child_fork(int one, int other);
/* Its exit status as waitpid() tells it. */
int child_reap(pid_t pid);

/* In the child: what it says goes to the end of @path, as our own output is read by machines. */
void child_log_to(const char *path);
