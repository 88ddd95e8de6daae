/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/port/port.h"
#include "drivers/printer/escpos_reply.h"
#include "drivers/printer/printer.h"

/* One printer on its cable: questions in between, and what it has said. */
typedef struct {
	struct port *port; /* borrowed */
	EscposReader reader;
	bool cannot_hear; /* the port does not read */
	bool has_spoken;
	int n_missed[4]; /* in a row, of answers to DLE EOT 1, 2, 3, 4 */

	int n_status; /* answers to DLE EOT; counted anew at each round of questions */
	uint8_t status; /* the last of them */
	/* heard since escpos_link_expect() */
	bool in_order_heard;
	int process_id; /* or -1 */
	PrinterStatus automatic; /* the last it sent by itself; .speaks is false before the first */
} EscposLink;

/* Frees the printer from a command that an earlier, torn write left open, and hears out what it
 * said before us. */
bool escpos_link_init(EscposLink *self, struct port *port, GError **error);
/* Whole commands. A write that fails is remembered, by the port's address, till the next
 * escpos_link_resync(). */
bool escpos_link_write(EscposLink *self, const uint8_t *data, size_t len, int timeout_ms,
		       GError **error);
/* Writes on from *@done for as long as bytes are taken; true also when none were for @stuck_ms.
 * What the printer says meanwhile is heard. */
bool escpos_link_write_some(EscposLink *self, const uint8_t *data, size_t len, size_t *done,
			    int stuck_ms, GError **error);
/* The command that was being written will not be finished. */
void escpos_link_tear(EscposLink *self);
bool escpos_link_resync(EscposLink *self, GError **error);

/* Asks by DLE EOT, in less than a second; only between commands. A cable that takes no question is
 * silence. A printer that waits for FEED is
 * let go on. @careful: an answer too many, left over from an older question, is found out. */
bool escpos_link_observe(EscposLink *self, bool careful, PrinterStatus *ret, GError **error);
/* Asks the printer to try again what its cutter could not do. */
bool escpos_link_recover(EscposLink *self, GError **error);

/* Forgets what was heard in order. */
void escpos_link_expect(EscposLink *self);
/* Listens for @ms, or until @process_id has come, or, where that is 0, the answer in order. */
bool escpos_link_listen(EscposLink *self, int ms, int process_id, GError **error);
