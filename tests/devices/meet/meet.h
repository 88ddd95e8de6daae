/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/port/port.h"
#include "drivers/sim/sim.h"

/* A simulated device in a folder of its own, and our end of its cable. Two hands wrote the two
 * sides from one page: here they meet. Any thread may have its own. */
typedef enum { MEET_PTY, MEET_TCP, MEET_UDP, MEET_HTTP, MEET_N_CABLES } MeetCable;
extern const char *const meet_cable_names[MEET_N_CABLES];

typedef struct {
	SimThread *sim;
	struct port *port; /* owned, or NULL while nobody has opened it */
	char *folder, *log, *pictures, *state; /* owned */
	bool is_http;
} Meet;

/* @faults: settings and faults, NULL-terminated, or NULL. */
Meet *meet_new(const char *sim, MeetCable cable, const char *const *faults);
/* The same, and it draws what people would see. */
Meet *meet_new_drawing(const char *sim, MeetCable cable, const char *const *faults);
/* The same, and its memory is in ->state. */
Meet *meet_new_remembering(const char *sim, MeetCable cable, const char *const *faults);
void meet_end(Meet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Meet, meet_end)

/* Opens the cable, again where it was open; it must be there. */
struct port *meet_plug(Meet *self);
void meet_unplug(Meet *self);
void meet_leave(Meet *self); /* the same, and the device has seen it */

void meet_say(Meet *self, const char *line); /* a control line: said, and done */
void meet_wait(Meet *self, const char *text); /* until the log has it */
void meet_wait_often(Meet *self, const char *text, int n); /* until it has it so often */
/* False where the log has not got it within @ms. */
bool meet_comes(Meet *self, const char *text, int ms);
bool meet_has(const Meet *self, const char *text);
int meet_count(const Meet *self, const char *text); /* how often the log has it */
char *meet_dup_log(const Meet *self);
/* The simulator has found no mistake of ours. */
void meet_assert_no_flags(const Meet *self);
/* Bytes that came in (mark "H> ") or went out ("D> "), from the line of the log on that has @from,
 * or NULL. */
int meet_count_bytes(const Meet *self, const char *mark, const char *from);

/* "key", "value", …, NULL. */
GHashTable *meet_options_new(const char *first_key, ...) G_GNUC_NULL_TERMINATED;
