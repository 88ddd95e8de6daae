/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdint.h>
#include <sys/types.h>

/* A simulator in a process of its own, so that its power can be cut. Forked, not executed: whoever
 * starts one has no threads. Ends with its parent. */

typedef enum { CABLE_PTY, CABLE_TCP, CABLE_HTTP } Cable;

typedef struct {
	const char *name; /* borrowed: "fiscal-shtrih" */
	Cable cable;
	const char *const *settings; /* borrowed; faults that are settings, NULL-terminated */
	char *link, *log, *state; /* owned */
	char *address; /* owned, as port_open() takes it; the same after each start */
	int tcp_port;
	pid_t pid; /* 0: switched off */
	int say_fd;
	int64_t log_at; /* how far sim_process_listen() has read */
} SimProcess;

/* Its files are DIRECTORY/NAME.log and .state. */
void sim_process_start(SimProcess *self, const char *directory, const char *name, Cable cable,
		       const char *const *settings);
void sim_process_stop(SimProcess *self);

void sim_process_switch_off(SimProcess *self); /* SIGKILL; what is not in its state is lost */
void sim_process_switch_on(SimProcess *self);
void sim_process_say(const SimProcess *self, const char *control_line);

/* Bytes over its cable since it was last asked. */
typedef struct {
	int64_t in, out;
	int breaks; /* of the link, by a fault of the cable or the device */
} SimTraffic;
SimTraffic sim_process_listen(SimProcess *self);

/* Off, its memory changed by @change, and on. */
void sim_process_edit(SimProcess *self, void (*change)(json_t *state));
/* Its memory. Own it. */
json_t *sim_process_dup_state(const SimProcess *self);
