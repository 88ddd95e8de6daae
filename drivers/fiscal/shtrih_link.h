/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/shtrih_frame.h"
#include "drivers/port/port.h"

/* The host's side of the conversation (§2.3): one command, one answer. */
typedef struct {
	struct port *port; /* borrowed */
	int byte_timeout_ms;
	int attempts;
	/* How long a byte is waited for: a byte's time-out at least, longer where the device has
	 * been late, so that it is not taken for silent each time. */
	int patience_ms;
	int latest_ms; /* of the control bytes of this exchange, from their question on */
	/* ENQs of ours, and frames, that nothing has answered. Answers come in the order of the
	 * questions: as many NAKs may still be under way, and are not the next frame's. */
	int n_owed;
	int64_t asked_at; /* monotonic µs: the oldest of them, or the frame */
	/* The last answer to a document-forming command that nobody had taken: after a lost line it
	 * is the one we missed. Empty if there was none. */
	ShtrihBody orphan;
} ShtrihLink;

void shtrih_link_init(ShtrihLink *self, struct port *port);
/* Sees that the device is there and waits for a command; takes what it still held. OFFLINE where it
 * is silent, PROTOCOL where it talks something else. */
bool shtrih_link_reach(ShtrihLink *self, GError **error);

/* Sends @command and takes its answer. A @repeatable command (a question) is asked again when its
 * answer is lost. Any other is sent a second time only after the device itself has refused the
 * bytes: once it may have arrived whole and the answer cannot be had, the fault is
 * OUTCOME_UNKNOWN. Faults before the first byte of it (OFFLINE, PROTOCOL) mean not executed. */
bool shtrih_link_exchange(ShtrihLink *self, const ShtrihBody *command, bool repeatable,
			  int answer_timeout_ms, ShtrihBody *ret, GError **error);
