/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/shtrih_link.h"
#include "drivers/fiscal/shtrih_plan.h"

/* Shared by shtrih.c, shtrih_ask.c, shtrih_details.c, shtrih_service.c and shtrih_reconcile.c
 * alone.
 */
struct fiscal {
	ShtrihLink link;
	ShtrihOptions options;
	FiscalStatus last; /* as observed last; numbers a receipt that is being made */
	bool last_is_fresh; /* no document was made since */
	int64_t details_at; /* of g_get_monotonic_time(): when these were asked last */
	bool clock_known;
	int64_t clock_offset; /* of the registrar's clock from ours, microseconds */
	int unsent; /* -1: it does not say */
	bool tells_cash; /* it has the counter by which cash in and out are proven */
};

extern const struct fiscal_driver shtrih_driver;

/* An answer without error: its data. */
typedef struct {
	ShtrihBody body;
	const uint8_t *data; /* in body */
	size_t len;
} ShtrihReply;

/* shtrih_ask.c: single exchanges, and questions, which change nothing. */

/* All three return false with a fault. */
bool shtrih_fail(struct fiscal *self, DeviceFault fault, const char *text, GError **error);
bool shtrih_fail_code(struct fiscal *self, const ShtrihBody *command, uint8_t code, GError **error);
bool shtrih_fail_bad_answer(struct fiscal *self, GError **error);
/* The device's error byte is the caller's to judge. */
bool shtrih_exchange(struct fiscal *self, const ShtrihBody *command, ShtrihReply *ret,
		     uint8_t *ret_code, GError **error);
/* A question to its end: asked again while the registrar is busy. */
bool shtrih_ask(struct fiscal *self, const ShtrihBody *question, ShtrihReply *ret, GError **error);
bool shtrih_ask_status(struct fiscal *self, ShtrihStatus *ret, GError **error);
bool shtrih_ask_fn_status(struct fiscal *self, ShtrihFnStatus *ret, GError **error);
bool shtrih_ask_cash(struct fiscal *self, Money *ret, GError **error);
/* Prints on after new paper. */
bool shtrih_continue_print(struct fiscal *self, GError **error);
bool shtrih_is_printing(const ShtrihStatus *status);
/* Waits till nothing prints; does not wait for a person to bring paper. */
bool shtrih_wait_quiet(struct fiscal *self, ShtrihStatus *ret, GError **error);
bool shtrih_observe(struct fiscal *self, FiscalStatus *ret, GError **error);

/* shtrih.c: commands that do something. */

/* One command to its end: waits while the registrar prints, continues after new paper. Any fault
 * but OUTCOME_UNKNOWN, OFFLINE, CANCELLED and PROTOCOL means that it was not executed. */
bool shtrih_command_run(struct fiscal *self, const ShtrihBody *command, ShtrihReply *ret,
			GError **error);
void shtrih_fill_proof(FiscalProof *proof, const char *serial, uint32_t document, uint32_t sign,
		       const char *at);

/* shtrih_details.c: its clock, and what it has not sent. */
void shtrih_details_init(struct fiscal *self);
bool shtrih_observe_details(struct fiscal *self, FiscalStatus *status, GError **error);

/* shtrih_service.c: fiscal_driver's functions of these names. */
bool shtrih_service_read_document(struct fiscal *self, uint32_t number, FiscalRecord *ret,
				  GError **error);
bool shtrih_service_read_totals(struct fiscal *self, FiscalTotals *ret, GError **error);
bool shtrih_service_set_clock(struct fiscal *self, int64_t at, GError **error);
bool shtrih_service_print_text(struct fiscal *self, const char *const *lines, GError **error);
bool shtrih_service_print_copy(struct fiscal *self, GError **error);
bool shtrih_ask_document(struct fiscal *self, uint32_t number, ShtrihDocument *ret, GError **error);

/* shtrih_reconcile.c */
FiscalVerdict shtrih_reconcile(struct fiscal *self, const FiscalIntent *intent,
			       bool (*used_proof)(const char *serial, uint32_t number, void *data),
			       void *data, FiscalProof *ret, GError **error);
