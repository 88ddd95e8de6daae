/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/shtrih_link.h"
#include "drivers/fiscal/shtrih_plan.h"

/* Shared by shtrih.c and shtrih_reconcile.c alone. */
struct fiscal {
	ShtrihLink link;
	ShtrihOptions options;
	FiscalStatus last; /* as observed last; numbers a receipt that is being made */
	bool last_is_fresh; /* no document was made since */
};

extern const struct fiscal_driver shtrih_driver;

/* An answer without error: its data. */
typedef struct {
	ShtrihBody body;
	const uint8_t *data; /* in body */
	size_t len;
} ShtrihReply;

/* One command to its end: waits while the registrar prints, continues after new paper. Any fault
 * but OUTCOME_UNKNOWN, OFFLINE, CANCELLED and PROTOCOL means that it was not executed. */
bool shtrih_command_run(struct fiscal *self, const ShtrihBody *command, ShtrihReply *ret,
			GError **error);
bool shtrih_observe(struct fiscal *self, FiscalStatus *ret, GError **error);
bool shtrih_ask_status(struct fiscal *self, ShtrihStatus *ret, GError **error);
bool shtrih_ask_fn_status(struct fiscal *self, ShtrihFnStatus *ret, GError **error);
/* Waits till nothing prints; stops waiting for a person to bring paper. */
bool shtrih_wait_quiet(struct fiscal *self, ShtrihStatus *ret, GError **error);
void shtrih_fill_proof(FiscalProof *proof, const char *serial, uint32_t document, uint32_t sign,
		       const char *at);
FiscalVerdict shtrih_reconcile(struct fiscal *self, const FiscalIntent *intent,
			       bool (*used_proof)(const char *serial, uint32_t number, void *data),
			       void *data, FiscalProof *ret, GError **error);
