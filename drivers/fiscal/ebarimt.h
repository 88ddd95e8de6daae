/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/ebarimt_answer.h"
#include "drivers/fiscal/ebarimt_plan.h"

/* Mongolia's receipt service, PosAPI 3 (fiscal-ebarimt.md). It is not asked what it booked, for it
 * does not tell: see ebarimt_reconcile.c. Shared by ebarimt.c and ebarimt_reconcile.c alone. */
struct fiscal {
	struct port *port; /* borrowed */
	EbarimtOptions options;
	char serial[24]; /* posId, as observed last */
	/* Attempt that was refused, or that never left the till: the one thing that is known of
	 * what became of one, and only while we run. 0: none */
	int64_t not_booked;
	PaperOnly *paper; /* owned, till it is taken; or NULL */
};

extern const struct fiscal_driver ebarimt_driver;

/* ebarimt.c */
bool ebarimt_observe(struct fiscal *self, FiscalStatus *ret, GError **error);
/* Sends what @plan has to send. @error: set unless it is BOOKED. UNCLEAR with any other fault than
 * OUTCOME_UNKNOWN: it surely was not sent. */
EbarimtResult ebarimt_send(struct fiscal *self, const struct fiscal_plan *plan, FiscalProof *ret,
			   GError **error);

/* ebarimt_reconcile.c */
FiscalVerdict ebarimt_reconcile(struct fiscal *self, const FiscalIntent *intent,
				bool (*used_proof)(const char *serial, uint32_t number, void *data),
				void *data, FiscalProof *ret, GError **error);
