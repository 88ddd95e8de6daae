/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/datecs_faults.h"
#include "drivers/fiscal/datecs_link.h"
#include "drivers/fiscal/datecs_plan.h"

/* Shared by datecs.c, datecs_run.c, datecs_ask.c, datecs_steps.c and datecs_reconcile.c alone. */
struct fiscal {
	DatecsLink link;
	DatecsOptions options;
	DatecsIdentity identity; /* as the device says it, else as the options do */
	FiscalStatus last; /* as observed last */
	bool tells_cash; /* it has the counter by which cash in and out are proven */
	bool day_too_long; /* it has said so, and made no Z since */
	bool payment_started; /* it has said so when it would not cancel */
	/* The last document when we cancelled a receipt before its payment: up to that number there
	 * is none of ours that is not proven already. */
	uint32_t cancelled_up_to;
};

extern const struct fiscal_driver datecs_driver;

/* An answer that is no refusal. */
typedef struct {
	DatecsAnswer answer;
	DatecsFields fields;
} DatecsReply;

/* datecs_run.c: single exchanges. */

/* Both return false with the fault. */
bool datecs_fail(struct fiscal *self, DeviceFault fault, const char *text, GError **error);
bool datecs_fail_bad_answer(struct fiscal *self, const DatecsBody *command, GError **error);

typedef enum {
	DATECS_QUESTION, /* changes nothing */
	DATECS_HARMLESS, /* a second time it is refused, or does no harm */
	DATECS_ONCE, /* a second time costs money or paper */
} DatecsCare;
/* One exchange. A refusal of what may have been executed before it is OUTCOME_UNKNOWN. */
bool datecs_run(struct fiscal *self, const DatecsBody *command, DatecsCare care, DatecsReply *ret,
		GError **error);
bool datecs_run_plain(struct fiscal *self, uint8_t code, DatecsCare care, GError **error);

/* datecs_ask.c: questions, which change nothing. */

DatecsTarget datecs_target(const struct fiscal *self);
bool datecs_ask_receipt(struct fiscal *self, DatecsReceipt *ret, GError **error);
/* Also whether a service receipt is open, which has no sum. */
bool datecs_ask_open(struct fiscal *self, DatecsReceipt *ret, bool *ret_service, GError **error);
bool datecs_ask_last(struct fiscal *self, uint32_t *ret, GError **error);
bool datecs_ask_cash(struct fiscal *self, int64_t *ret, GError **error);
bool datecs_ask_status(struct fiscal *self, DatecsReply *ret, GError **error);
/* "" where it does not say. */
void datecs_ask_time(struct fiscal *self, char ret[static 24]);
/* The sale number of the last document and, of a storno, its own (P, 30h *). */
typedef struct {
	uint32_t number;
	char unp[32], unp_storno[32];
} DatecsLastSale;
/* For these three *@ret_told is false where the device does not know the question. */
bool datecs_ask_last_sale(struct fiscal *self, DatecsLastSale *ret, bool *ret_told, GError **error);
bool datecs_ask_qr(struct fiscal *self, DatecsQr *ret, bool *ret_told, GError **error);
/* The number of the last Z. */
bool datecs_ask_last_z(struct fiscal *self, uint32_t *ret, bool *ret_told, GError **error);
/* Whether something was sold since the last Z (P); false where it does not say. */
bool datecs_ask_sold(struct fiscal *self);
bool datecs_ask_identity(struct fiscal *self, GError **error);
/* Asks again where it did not say. */
bool datecs_know_identity(struct fiscal *self, GError **error);
bool datecs_observe(struct fiscal *self, FiscalStatus *ret, GError **error);

/* datecs_steps.c: what makes documents. */
bool datecs_step(struct fiscal *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
		 GError **error);
bool datecs_cancel_open(struct fiscal *self, GError **error);
bool datecs_finish_open(struct fiscal *self, const FiscalDocument *document, GError **error);
void datecs_fill_proof(struct fiscal *self, uint32_t number, FiscalProof *proof);

/* datecs_reconcile.c */
FiscalVerdict datecs_reconcile(struct fiscal *self, const FiscalIntent *intent,
			       bool (*used_proof)(const char *serial, uint32_t number, void *data),
			       void *data, FiscalProof *ret, GError **error);
