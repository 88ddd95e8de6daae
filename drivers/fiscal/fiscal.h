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
	FISCAL_CORRECTION, /* a sale that was closed while the registrar was down, told afterwards
			      (fiscal-model.md §9) */
	FISCAL_CORRECTION_RETURN, /* the same of a return */
} FiscalKind; /* stored in databases: numbers stay */

typedef struct {
	const char *name;
	Quantity quantity;
	Money price; /* per unit before discounts */
	Money sum; /* after all discounts: what the shopper pays for the line */
	Money discount;
	FiscalTax tax;
	int32_t tax_rate; /* hundredths of a percent, for registrars that are told the rate */
	int32_t city_rate; /* of the taxes beside it that registrars have no word for (MN city tax),
			      contained in the sum like it; 0: none */
	const char *classification; /* the state's code of the goods (MN: 7 digits), or NULL */
	Unit unit;
	const char *code; /* the goods' barcode or article as sold; "" where there is none */
	/* Of marked goods: the whole code as scanned, with its GS (1Dh) separators and without AIM
	 * prefix or FNC1 in front. NULL: not marked */
	const char *mark;
} FiscalLine;

/* Of a return or correction: the sale it is about. Empty or 0 where it is not known (a return
 * without a receipt has no origin). */
typedef struct {
	const char *number; /* ours, as printed: "T1-000017" */
	int64_t at; /* UTC microseconds of the sale */
	/* the proof of that sale; of a chain of replacements (eBarimt): its newest document */
	uint32_t document_number;
	const char *sign, *id, *registrar_at;
	/* What is left of the sale after this return and all before it, for services that are told
	 * the rest (fiscal-ebarimt.md §5). rest_paid adds up to the sum of the rest. */
	const FiscalLine *rest;
	int n_rest;
	Money rest_paid[TENDER_N];
} FiscalOrigin;

/* All pointers are borrowed by the document and lent to the driver for the call. */
typedef struct {
	FiscalKind kind;
	const char *sale_id; /* ours, unique for ever: "T2-118-17"; shared by all attempts at it */
	int64_t id; /* of this attempt: a counter of the till that never repeats. What a protocol
		       wants unique (uuid, taskId, billIdSuffix) is made of these two, so that
		       reconcile() can make it again */
	const FiscalLine *lines;
	int n_lines;
	/* As handed over, change not taken off; the till's cash rounding is taken out, so that it
	 * covers the total. Of a return: given back, exactly the total. */
	Money paid[TENDER_N];
	const char *card_reference; /* of the card payment, as the terminal told; may be "" */
	Money total; /* of sale, return, cash in and out: the sum of the lines */
	const char *cashier;
	const char *customer_contact; /* phone or mail for an electronic receipt, or NULL */
	const char *customer_tin; /* the buyer's, of a sale to a business, or NULL */
	const char *consumer; /* number of the buyer in the state's scheme (eBarimt), or NULL */
	const FiscalOrigin *origin; /* of returns and corrections, or NULL */
	const char *reason; /* of a correction: why, in a person's words */
} FiscalDocument;

/* Counters of the registrar's open shift, as they stand before its Z. */
typedef struct {
	bool known;
	Money sales, returns; /* sums of documents */
	Money kept[TENDER_N]; /* by kind, returns taken off; cash in and out not counted */
	int64_t n_sales, n_returns; /* -1 where it does not say */
} FiscalTotals;

/* What a registrar says of itself. Strings are empty where it does not say. */
typedef struct {
	char serial[24]; /* of the fiscal memory: what must not change under an open intent */
	bool shift_open; /* always, where it opens by itself with the first sale, or there is none
			  */
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
	bool paper_near_end, cover_open;
	bool memory_full, memory_near_full; /* fiscal memory */
	int64_t clock; /* the registrar's own, UTC microseconds by the shop's zone; 0: unknown */
	int unsent; /* documents its operator or the state does not have yet; -1 unknown */
	int64_t sent_at; /* when something was last sent, UTC microseconds; 0 unknown */
	int lotteries; /* numbers left to give out (eBarimt); -1 where there are none */
	FiscalTotals totals; /* filled in by read_totals() alone */
} FiscalStatus;

/* What makes a document fiscal. X, cash in and out have no number or sign: those stay 0 and empty.
 */
typedef struct {
	uint32_t document_number;
	uint32_t shift_number;
	uint32_t receipt_number;
	char sign[24];
	char serial[24];
	char at[24]; /* the registrar's own clock as it says it, ISO 8601 to the minute at least */
	Money change; /* as the registrar computed it */
	char id[48]; /* where documents have a long id: eBarimt's 33 digits, a USN, a task's uuid */
	/* "" usually. What a manager has to look after where the device cannot be asked:
	 * "possibly-twice" (it may hold the document two times), "number-unknown" (it is booked,
	 * its id was lost). */
	char doubt[24];
	/* By whom it was brought to its end; the engine fills these in. */
	char how[12]; /* "" in one go; "asked" found when it was asked; "finished" closed by us
			 after a doubt */
	FiscalTotals totals; /* of FISCAL_SHIFT_CLOSE: what the registrar counted */
} FiscalProof;

/* A document out of the registrar's memory. */
typedef struct {
	uint32_t number, shift_number;
	FiscalKind kind; /* 0: of a kind that we do not make */
	Money total;
	char sign[24], at[24];
} FiscalRecord;

/* Recorded before the first byte of a document leaves the till. */
typedef struct {
	FiscalKind kind;
	FiscalStatus before;
	Money total;
	int64_t at; /* UTC microseconds, ours */
	const char *sale_id; /* borrowed; as in the document */
	int64_t id; /* as in the document */
	const char *plan; /* borrowed; plan_describe()'s text of it */
} FiscalIntent;

typedef enum {
	FISCAL_MADE, /* the document exists; the proof is filled in */
	FISCAL_NOT_MADE, /* certain */
	FISCAL_OPEN_OURS, /* hangs open before its commit step: cancel_open() and ask again */
	FISCAL_OPEN_PAID, /* hangs open and cannot be cancelled: finish_open() and ask again */
	FISCAL_FOREIGN, /* the device holds something that is not ours */
	FISCAL_CANNOT_TELL, /* unreachable, or another device */
} FiscalVerdict;

/* How a document will be told to the registrar: made by plan(), opaque to all but the driver. */
struct fiscal_plan;

typedef enum {
	FISCAL_PRINTS = 1 << 0, /* it prints receipts; else the till's receipt printer does */
	FISCAL_SHIFTS = 1 << 1, /* its shift is opened by a command; else shift_open is always true
				   and a shift that is opened makes no document */
	FISCAL_NUMBERS = 1 << 2, /* last_document counts fiscal documents and nothing else, so that
				    a jump means that somebody else made one */
	FISCAL_KEEPS_CASH = 1 << 3, /* status.cash is the drawer's counter, and cash in and out are
				       documents of it; else they are refused by plan() and stay
				       the till's own */
	FISCAL_PAPER_ONLY = 1 << 4, /* gives words that may stand on paper alone: paper_only.h */
	FISCAL_CORRECTS = 1 << 5, /* plans FISCAL_CORRECTION; else a late sale is an ordinary one */
} FiscalCaps;

struct fiscal;
struct paper_only;
struct fiscal_driver {
	const char *name; /* "shtrih" */
	FiscalCaps caps;
	/* @port is lent until close: bytes, or the calls of port_http() for a registrar or service
	 * that is reached so. @options: keys of till.conf's [fiscal] group, may be NULL. OFFLINE
	 * where the device is silent: the caller tries again. After a hang-up the port is dead:
	 * close both and open both again. */
	struct fiscal *(*open)(struct port *port, GHashTable *options, GError **error);
	void (*close)(struct fiscal *self);
	/* Never changes anything. */
	bool (*observe)(struct fiscal *self, FiscalStatus *ret, GError **error);
	/* Pure: no I/O. Refuses all that the registrar would refuse (DEVICE_FAULT_REFUSED). */
	struct fiscal_plan *(*plan)(struct fiscal *self, const FiscalDocument *document,
				    GError **error);
	/* Text of the plan for the intent's row: what will be sent, readable; where the device
	 * cannot be asked what it did, word for word, so that it can be sent again. Own it. */
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
	/* Pays and closes what OPEN_PAID found. NULL where that cannot be. */
	bool (*finish_open)(struct fiscal *self, const FiscalDocument *document, GError **error);
	bool (*finish_print)(struct fiscal *self,
			     GError **error); /* waits, continues; no new document */
	/* NULL: no drawer can hang on it (a fiscal service); then it hangs on the receipt printer.
	 */
	bool (*open_drawer)(struct fiscal *self, GError **error);

	/* All below may be NULL: it cannot. None of them makes a fiscal document. */

	/* Document @number; REFUSED where its memory has none. */
	bool (*read_document)(struct fiscal *self, uint32_t number, FiscalRecord *ret,
			      GError **error);
	bool (*read_totals)(struct fiscal *self, FiscalTotals *ret, GError **error);
	/* @at: UTC microseconds; told as wall clock of the [fiscal] option `timezone`. Refused by
	 * most registrars while a shift is open. */
	bool (*set_clock)(struct fiscal *self, int64_t at, GError **error);
	/* Lines of text that are no receipt; NULL-terminated, UTF-8. */
	bool (*print_text)(struct fiscal *self, const char *const *lines, GError **error);
	/* The last document once more, marked as a copy by the device. */
	bool (*print_copy)(struct fiscal *self, GError **error);
	/* What the last step of a sale brought for paper alone; NULL if nothing. Gives it away: the
	 * second call returns NULL. */
	struct paper_only *(*take_paper_only)(struct fiscal *self);
};

/* The driver of that name, or NULL. */
const struct fiscal_driver *fiscal_driver_find(const char *name);
