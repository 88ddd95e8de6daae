/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

/* Forks a child that ends with its parent and has of its files only the standard ones and those of
 * @keep, which ends with -1. Whoever calls it has no threads. */
pid_t child_fork(const int *keep);
/* Its exit status as waitpid() tells it. */
int child_reap(pid_t pid);

/* In the child: what it says goes to the end of @path, as our own output is read by machines. */
void child_log_to(const char *path);
