/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/crash/power_vfs.h"

#include <glib.h>
#include <jansson.h>
#include <sys/types.h>

/* The session under a script in a process of its own, over a disk that forgets. Forked, or the
 * program as it is shipped: whoever starts one has no threads. */
typedef struct {
	char *directory, *log; /* owned */
	/* $BARAA_TILL, which runs over $BARAA_POWER (power_preload.c); NULL: it is forked. Borrowed
	 */
	const char *program;
	PowerSwitch *power; /* owned, shared with the process */
	int power_fd;
	pid_t pid; /* 0: not running */
	int in, out; /* its ends of the script */
	GString *line; /* what has come of the next answer */
} TillProcess;

/* How much quicker its seconds pass. */
#define TILL_QUICK 20

/* What it says for the log goes to LOGS/till.log. @as_program: where the environment names it. */
void till_process_init(TillProcess *self, const char *directory, const char *logs, bool as_program);
void till_process_clear(TillProcess *self); /* kills it if it runs */

void till_process_start(TillProcess *self);
/* The script is over. False where it did not end well. */
bool till_process_finish(TillProcess *self);
void till_process_kill(TillProcess *self);

void till_process_send(TillProcess *self, const char *step);
typedef enum {
	TILL_ANSWERED,
	TILL_DIED, /* of its power */
	TILL_ENDED, /* of anything else */
	TILL_SILENT,
} TillHeard;
/* Waits @timeout_us. *ret is the caller's where it has answered. After TILL_DIED it is to be
 * started anew. */
TillHeard till_process_hear(TillProcess *self, int64_t timeout_us, json_t **ret);

/* Orders a cut; the count of syncs begins anew. */
void till_process_order(TillProcess *self, PowerCut cut, int at, uint32_t seed);
int till_process_count_syncs(const TillProcess *self);
