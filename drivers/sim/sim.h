/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The far end of each protocol: a device that checks every byte it gets, remembers, and can
 * misbehave. Written from the protocol's manual and never from our driver, or a test with it would
 * prove nothing. A simulator is one thread in one poll(): it may be a process (`baraa sim`) or live
 * in a test. */
struct sim;

#define SIM_ERROR (sim_error_quark())
GQuark sim_error_quark(void);
typedef enum {
	SIM_ERROR_USAGE, /* no such simulator, fault or option */
	SIM_ERROR_PORT, /* cannot listen */
	SIM_ERROR_STATE, /* the state file cannot be read or written */
} SimError;

/* NULL-terminated. */
const struct sim *const *sim_list(void);
const struct sim *sim_find(const char *name);
const char *sim_get_name(const struct sim *sim);
const char *sim_get_summary(const struct sim *sim); /* translated */

/* Lines of text that people and tests say to a running simulator, from either control source:
 *   quit      end; the state file is complete at any time, so kill -9 is only a power cut
 *   cable     pull the cable, or put it back (`unplug`, `plug` say which)
 *   power     off and on: all that is not in the state file is forgotten
 *   fault SPEC   one more fault, from now on
 *   hear      a deaf device takes bytes again, a mute one speaks: no fault of the cable is left
 *   paper     a new roll is in · `paper-out`: the roll is taken out (printers)
 * and those of each device, which its header names. A line said to scanner-serial is the code it
 * scans. */
typedef struct {
	const char *pty_link; /* symbolic link to the terminal, or NULL */
	int tcp_port; /* used where pty_link is NULL; 0 takes any free one; loopback only */
	bool udp; /* datagrams at that port, not a stream */
	const char *const *faults; /* NULL-terminated, or NULL; sim_faults_describe() lists them */
	const char *log_path; /* appended to, or NULL */
	const char *state_path; /* the device's memory; NULL forgets at the end */
	const char *picture_dir; /* what people would see is drawn here as PNG; NULL: nowhere */
	const char
		*control_path; /* file or fifo of control lines, "-" is standard input, or NULL */
	int control_fd; /* a second source of control lines, or -1 */
	/* On the simulator's thread, after each control line it has done; with the data of
	 * sim_run(). Or NULL. */
	void (*obeyed)(void *data);
} SimOptions;

/* Told once, when the simulator listens. @address is as port_open() takes it. */
typedef void (*SimReady)(const char *address, void *data);

/* Serves until "quit". */
bool sim_run(const struct sim *sim, const SimOptions *options, SimReady ready, void *data,
	     GError **error);

/* The same on a thread of its own, for tests. sim_start() returns when it listens. */
typedef struct SimThread SimThread;
SimThread *sim_start(const char *name, const SimOptions *options, GError **error);
const char *sim_thread_get_address(const SimThread *self);
/* One line. When this returns it is done: of what comes by the cable from now on not one byte is
 * taken before it. */
void sim_say(SimThread *self, const char *control_line);
/* The same, and does not wait: some thousands of lines find room. */
void sim_say_ahead(SimThread *self, const char *control_line);
/* Ends it and frees @self. False where it had to give up before. */
bool sim_stop(SimThread *self, GError **error);

/* Its own control lines, translated, or NULL. */
const char *sim_get_controls(const struct sim *sim);

/* The faults of @sim that --fault takes, a line each, translated; NULL: those of every cable. Own
 * it. */
char *sim_dup_faults(const struct sim *sim);

/* `baraa sim`: argv[0] is "sim". Returns the exit status: 0 done, 1 failed, 2 wrong usage. */
int sim_main(int argc, char **argv);
