/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/atol_answer.h"
#include "drivers/fiscal/atol_plan.h"

/* The ATOL web server with the vendor's driver 10 behind it (fiscal-atol.md §1-3, §8). Each
 * document is one task under a uuid that is made of sale_id and id alone: a second POST of it is
 * refused, and GET tells what became of it for as long as the service keeps it. */
extern const struct fiscal_driver atol_driver;

/* Shared by atol.c, atol_ask.c and atol_reconcile.c alone. */
typedef enum {
	ATOL_PAPER_UNKNOWN, /* since we opened it */
	ATOL_PAPER_PRINTED,
	ATOL_PAPER_NOT_PRINTED, /* the document is fiscal, and its paper is not whole */
} AtolPaper;

struct fiscal {
	struct port *port; /* borrowed */
	AtolOptions options; /* owned */
	FiscalStatus last; /* as observed last */
	bool last_is_fresh; /* no document was made since */
	bool tells_cash; /* it has the counter by which cash in and out are proven */
	AtolPaper paper; /* of the last document */
	char unsent[40]; /* uuid of a document of which no byte has left */
	char cashier[256]; /* who made the last document; whoever it was before we began */
};

typedef enum {
	ATOL_NO_ANSWER, /* error is set */
	ATOL_NOT_RECEIVED, /* the service knows no such uuid */
	ATOL_ANSWERED,
} AtolKnown;

/* atol_ask.c. Those that return bool fail with a fault. */
bool atol_fail(struct fiscal *self, DeviceFault fault, const char *text, GError **error);
/* Of a task that failed, or did not get to its end. */
bool atol_fail_task(struct fiscal *self, const AtolTask *task, GError **error);
bool atol_fail_status(struct fiscal *self, guint status, const json_t *json, GError **error);
/* Any status is success. *ret_json is the caller's, may be NULL. */
bool atol_post(struct fiscal *self, const char *uuid, const char *tasks, guint *ret_status,
	       json_t **ret_json, GError **error);
/* What became of the @n tasks under @uuid: asks until none waits, @wait_ms at most; after that they
 * are as they are. *ret_answer is the caller's. */
AtolKnown atol_poll(struct fiscal *self, const char *uuid, size_t n, int wait_ms,
		    json_t **ret_answer, GError **error);
/* One task that makes no document, under a uuid of its own; ready, or a fault. @task: its JSON. */
bool atol_run(struct fiscal *self, const char *task, json_t **ret_answer, AtolTask *ret,
	      GError **error);
bool atol_run_type(struct fiscal *self, const char *type, GError **error);
bool atol_ask_document(struct fiscal *self, uint32_t number, FiscalRecord *ret, GError **error);
/* Without an opinion on it. */
bool atol_ask_status(struct fiscal *self, FiscalStatus *ret, AtolTrouble *ret_trouble,
		     GError **error);

/* atol_reconcile.c */
FiscalVerdict atol_reconcile(struct fiscal *self, const FiscalIntent *intent,
			     bool (*used_proof)(const char *serial, uint32_t number, void *data),
			     void *data, FiscalProof *ret, GError **error);
