/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/datecs_frame.h"
#include "drivers/port/port.h"

/* The host's side of the conversation (§1): one command, one answer. The device does not execute a
 * frame whose SEQ is that of the frame before, it says its answer again; but only as long as it has
 * not been switched off in between, and nothing tells us that it has not. */
typedef struct {
	struct port *port; /* borrowed */
	DatecsFamily family;
	uint8_t seq; /* of the frame sent last */
} DatecsLink;

/* Which families may be at the other end. */
typedef enum { DATECS_TRY_P = 1 << 0, DATECS_TRY_X = 1 << 1 } DatecsTry;

/* Finds the device by asking for its status, and sees to it that our next SEQ is not the one that
 * it heard last. OFFLINE where it is silent, PROTOCOL where it talks something else. */
bool datecs_link_reach(DatecsLink *self, struct port *port, unsigned int tries, GError **error);

/* Sends @command and takes its answer. A @repeatable one (a question, or what does no harm when it
 * is done twice) is sent again when its answer is lost; *@ret_repeated then says that the device
 * may have had it twice, so that a refusal may be about the second time. Any other is sent again
 * after a NAK alone. When its answer is lost a question takes its place under the same SEQ: a
 * device that has heard the command says the answer to it again, and one that has not (or has been
 * switched off since and forgotten) does no more than answer the question; then, and after silence,
 * the fault is OUTCOME_UNKNOWN. */
bool datecs_link_exchange(DatecsLink *self, const DatecsBody *command, bool repeatable,
			  DatecsAnswer *ret, bool *ret_repeated, GError **error);
