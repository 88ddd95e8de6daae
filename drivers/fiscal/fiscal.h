/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"
#include "drivers/device.h"
#include "drivers/port/port.h"

/* The FiscalPrinter class (fiscal-model.md §3, words of UnifiedPOS where there is one). A driver
 * plans without I/O, steps one exchange at a time, and answers what the registrar really did. It
 * never repeats, guesses or keeps state on disk: the engine in pos/session does that, once for all
 * registrars. All calls block; they run on the device's own thread. */

typedef enum {
	FISCAL_SALE = 1,
	FISCAL_SALE_RETURN,
	FISCAL_SHIFT_OPEN,
	FISCAL_SHIFT_CLOSE, /* Z */
	FISCAL_X, /* not a fiscal document: no proof, safe to repeat */
	FISCAL_CASH_IN,
	FISCAL_CASH_OUT,
} FiscalKind;

typedef struct {
	const char *name;
	Quantity quantity;
	Money price; /* per unit before discounts */
	Money sum; /* after all discounts: what the shopper pays for the line */
	Money discount;
	FiscalTax tax;
	int32_t tax_rate; /* hundredths of a percent, for registrars that are told the rate */
	Unit unit;
} FiscalLine;

/* All pointers are borrowed by the document and lent to the driver for the call. */
typedef struct {
	FiscalKind kind;
	const char *sale_id; /* ours, unique for ever: "T2-118-17" */
	const FiscalLine *lines;
	int n_lines;
	Money paid[TENDER_N]; /* as handed over, change not taken off */
	Money total; /* of sale, return, cash in and out */
	const char *cashier;
	const char *customer_contact; /* phone or mail for an electronic receipt, or NULL */
} FiscalDocument;

/* What a registrar says of itself. Strings are empty where it does not say. */
typedef struct {
	char serial[24]; /* of the fiscal memory: what must not change under an open intent */
	bool shift_open;
	bool shift_too_long; /* over 24 h */
	bool document_open; /* a receipt hangs open in it */
	bool printing; /* busy with paper */
	bool paper_out;
	bool awaits_continue; /* paper was reloaded: finish_print() helps */
	uint32_t last_document; /* fiscal document number */
	uint32_t shift_number;
	uint32_t receipt_number; /* in the shift */
	Money open_total; /* of the open receipt, if document_open */
	int open_lines;
	Money cash; /* counter of the drawer; its currency is the [fiscal] option `currency` */
} FiscalStatus;

/* What makes a document fiscal. X, cash in and out have no number or sign: those stay 0 and empty.
 */
typedef struct {
	uint32_t document_number;
	uint32_t shift_number;
	uint32_t receipt_number;
	char sign[24];
	char serial[24];
	char at[24]; /* the registrar's own clock, ISO 8601 to the minute, if it says */
	Money change; /* as the registrar computed it */
} FiscalProof;

/* Recorded before the first byte of a document leaves the till. */
typedef struct {
	FiscalKind kind;
	FiscalStatus before;
	Money total;
	int64_t at; /* UTC microseconds, ours */
} FiscalIntent;

typedef enum {
	FISCAL_MADE, /* the document exists; the proof is filled in */
	FISCAL_NOT_MADE, /* certain */
	FISCAL_OPEN_OURS, /* hangs open before its commit step: cancel_open() and ask again */
	FISCAL_FOREIGN, /* the device holds something that is not ours */
	FISCAL_CANNOT_TELL, /* unreachable, or another device */
} FiscalVerdict;

/* How a document will be told to the registrar: made by plan(), opaque to all but the driver. */
struct fiscal_plan;

struct fiscal;
struct fiscal_driver {
	const char *name; /* "shtrih" */
	/* @port is lent until close: bytes, or the calls of port_http() for a registrar or service that
	 * is reached so. @options: keys of till.conf's [fiscal] group, may be NULL.
	 * OFFLINE where the device is silent: the caller tries again. After a hang-up the port is
	 * dead: close both and open both again. */
	struct fiscal *(*open)(struct port *port, GHashTable *options, GError **error);
	void (*close)(struct fiscal *self);
	/* Never changes anything. */
	bool (*observe)(struct fiscal *self, FiscalStatus *ret, GError **error);
	/* Pure: no I/O. Refuses all that the registrar would refuse (DEVICE_FAULT_REFUSED). */
	struct fiscal_plan *(*plan)(struct fiscal *self, const FiscalDocument *document,
				    GError **error);
	/* Text of the plan for the intent's row: what will be sent, readable. Own it. */
	char *(*plan_describe)(const struct fiscal_plan *plan);
	int (*plan_n_steps)(const struct fiscal_plan *plan);
	/* The step after whose first byte the document may exist. */
	int (*plan_commit_step)(const struct fiscal_plan *plan);
	void (*plan_free)(struct fiscal_plan *plan);
	/* One exchange. On DEVICE_FAULT_OUTCOME_UNKNOWN, _OFFLINE, _CANCELLED or _PROTOCOL nothing
	 * is known of this step; any other fault means it was not executed. @proof is filled in by
	 * the last step. */
	bool (*step)(struct fiscal *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
		     GError **error);
	/* Asks until it knows; fiscal-model.md §6. @used_proof tells whether a document number is
	 * already the proof of another sale. @error says why where it cannot tell. */
	FiscalVerdict (*reconcile)(struct fiscal *self, const FiscalIntent *intent,
				   bool (*used_proof)(const char *serial, uint32_t number,
						      void *data),
				   void *data, FiscalProof *ret, GError **error);
	bool (*cancel_open)(struct fiscal *self, GError **error); /* before the commit step only */
	bool (*finish_print)(struct fiscal *self,
			     GError **error); /* waits, continues; no new document */
	/* NULL: no drawer can hang on it (a fiscal service); then it hangs on the receipt printer. */
	bool (*open_drawer)(struct fiscal *self, GError **error);
};

/* The driver of that name, or NULL. */
const struct fiscal_driver *fiscal_driver_find(const char *name);
