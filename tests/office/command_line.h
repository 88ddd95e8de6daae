/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Runs the real `baraa` in a folder of its own. */
typedef struct {
	char *folder; /* owned */
} Desk;

void desk_init(Desk *self);
/* Removes the folder. */
void desk_clear(Desk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

typedef struct {
	int status;
	char *out, *err; /* owned */
} Said;

void said_clear(Said *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Said, said_clear)

/* @line: arguments as a shell reads them, without the program. */
Said desk_run(const Desk *self, const char *line);
/* Runs it and wants status 0; own what it printed. */
char *desk_do(const Desk *self, const char *line);
/* Status @status, one line on standard error that has @says in it, nothing on standard output. */
void desk_refuses(const Desk *self, const char *line, int status, const char *says);
void desk_write(const Desk *self, const char *name, const char *text);
char *desk_dup_path(const Desk *self, const char *name);
