/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/devices/meet/meet.h"

/* One dialogue, again and again, each time with another fault of the cable at another of its bytes.
 * Most of a case is waiting for a time-out, so many run at once. */
typedef struct {
	const char *fault; /* "lose_in", or NULL: a good cable */
	int at; /* the byte, or the value */
} SweepFault;

typedef struct {
	const char *sim;
	MeetCable cable;
	const char *const *settings; /* NULL-terminated */
	/* Says what went wrong, or NULL. Own it. */
	char *(*talk)(Meet *meet, const SweepFault *fault, const void *data);
	const void *data;
	int stride; /* every so many bytes: 1 is all of them */
	int n_threads;
	bool draws, remembers;
	bool later; /* talk() orders the fault itself, when it is time */
	const char *from; /* where the log of a good run says so; NULL: at its beginning */
	bool good_stream; /* TCP: what comes is right and in order, but late, cut or mute */
} Sweep;
void sweep_run(const Sweep *self);

/* The same in steps, for several whose cases shall wait at the same time: each is measured while
 * nothing else runs, then all are started, and each is waited for. What @self points to stays until
 * its end. */
typedef struct SweepRun SweepRun;
SweepRun *sweep_new(const Sweep *self);
void sweep_start(SweepRun *self);
/* Waits for its last case, fails the test where one went wrong, and frees it. */
void sweep_end(SweepRun *self);
/* "-p": one test alone is wanted. */
bool sweep_is_picked(void);

/* --long: every byte, which takes minutes; else every few. */
bool sweep_is_long(void);
void sweep_init(int *argc, char ***argv);
bool sweep_is(const SweepFault *fault, const char *name);
/* Did a call that began at @begun (monotonic µs) end in time? Half a second is given to a machine
 * that has more to do. */
bool sweep_is_late(int64_t begun, int deadline_ms);
/* "what: error", or NULL where @error is a fault of the device's. */
char *sweep_check_fault(const char *what, const GError *error);
