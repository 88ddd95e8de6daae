/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A real cupsd of the test's own, on a free port of the loopback, with its files in a folder of its
 * own and one kind of printer: a folder into which jobs are written. */
typedef struct {
	char *folder; /* owned */
	GPid pid;
	int port;
} PrivateCups;

/* False where this user may not run it. Sets CUPS_SERVER. */
bool private_cups_start(PrivateCups *self);
void private_cups_stop(PrivateCups *self);

/* A raw queue into the folder of its name. */
void private_cups_add(const PrivateCups *self, const char *queue);
/* Runs "lpadmin", "cupsdisable" … against it. */
void private_cups_run(const PrivateCups *self, const char *program, const char *arguments);
/* The file @name in the printer's folder: "printed" holds all jobs; "no-paper" and "broken" make it
 * misbehave while they are there. Own it. */
char *private_cups_dup_path(const PrivateCups *self, const char *queue, const char *name);
