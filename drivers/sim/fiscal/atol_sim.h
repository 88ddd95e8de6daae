/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/fiscal/exact_json.h"
#include "drivers/sim/fiscal/web_fields.h"
#include "drivers/sim/fiscal/web_front.h"
#include "drivers/sim/fiscal/web_memory.h"
#include "drivers/sim/fiscal/web_roll.h"

/* The ATOL web server with a registrar behind it (fiscal-atol.md §1-3), inside. Sums are kopecks,
 * quantities millionths, times seconds since 1970 (UTC) of the registrar's clock.
 *
 * Faults name requests by @CODE: of a POST it is that of its first task's type (atol_sim_tasks.c:
 * sell 10, sellReturn 11, … openShift 20, closeShift 21, …), of a GET 2, of a DELETE 3, of any
 * other
 * 4. What strikes the registrar rather than the socket is fixed when the task is taken, and goes
 * with it through a power cut.
 *
 * Control lines, beside those of every simulator:
 *   paper · paper-out · cover-open · cover-close
 *   unblock     the queue is repaired: the task that blocked it gets its outcome
 *   go          a task that is stuck goes on
 *   purge       the service is installed anew: every task is forgotten, the registrar is not
 *   serial TEXT another fiscal memory's number
 *   clock N     the registrar's clock is N seconds before ours (negative: behind)
 *   memory-full · memory-ok
 *   ofd-off · ofd-on    the operator of fiscal data is not reached, is reached again
 *   foreign N   somebody else sells for N kopecks on this registrar
 *   drawer-close */
typedef enum {
	ATOL_FAULT_ERROR = WEB_FAULT_N, /* the task fails with driver error VALUE, not done */
	ATOL_FAULT_ERROR_BOOKED, /* the same, but the document is made */
	ATOL_FAULT_BLOCKED, /* the queue is blocked by the task; VALUE 1: its document is made */
	ATOL_FAULT_STUCK, /* never leaves inProgress */
	ATOL_FAULT_LOSE, /* done, and then unknown: 404 */
	ATOL_FAULT_PAPER_OUT, /* before line VALUE */
	ATOL_FAULT_COVER, /* the cover is opened before line VALUE */
	ATOL_FAULT_JUMP, /* VALUE documents of others before this one */
	ATOL_FAULT_SERIAL, /* another fiscal memory, whose number ends with VALUE */
	ATOL_FAULT_SHIFT_AGE, /* the open shift was opened VALUE hours ago */
	ATOL_FAULT_MEMORY_FULL, /* until "memory-ok" */
	ATOL_FAULT_CLOCK_WRONG, /* VALUE hours behind, until "clock 0" or setDateTime */
	ATOL_FAULT_PAPER_ERROR, /* setting: a document that was not printed whole is error 44, 45 */
	ATOL_FAULT_WAIT_MS, /* setting: in the queue */
	ATOL_FAULT_TASK_MS, /* setting: in work */
	ATOL_FAULT_ACCEPTED_200, /* setting: v2 accepts with 200, not 201 */
	ATOL_FAULT_FLAT, /* setting: v2 gives errorCode too, not error{} */
	ATOL_FAULT_BLOCKED_ACCEPTS, /* setting: a blocked queue takes tasks and keeps them waiting
				     */
	ATOL_FAULT_FFD, /* setting: format of documents */
	ATOL_FAULT_MEMORY_LOW, /* setting: the fiscal memory warns that it will be full */
	ATOL_FAULT_OFD_TIMEOUT, /* setting: it warns that nothing was sent for long */
	ATOL_FAULT_N,
} AtolFault;
extern const SimFaultKind atol_sim_faults[];

/* Driver errors (§3.4) that the simulator gives. */
enum {
	ATOL_OK = 0,
	ATOL_NO_LINK = 2,
	ATOL_MISSING = 8,
	ATOL_NOT_SUPPORTED = 11,
	ATOL_MODE = 12,
	ATOL_BAD_PARAMETER = 13,
	ATOL_BAD_SUM = 16,
	ATOL_BAD_QUANTITY = 17,
	ATOL_NO_PAPER = 44,
	ATOL_COVER_OPEN = 45,
	ATOL_NONCASH_TOO_MUCH = 52,
	ATOL_PAYMENTS_OVERFLOW = 54,
	ATOL_DEPARTMENT = 58,
	ATOL_PAYMENT_TYPE = 60,
	ATOL_TOTAL_OVERFLOW = 63,
	ATOL_NOT_PAID = 66,
	ATOL_SHIFT_EXPIRED = 68,
	ATOL_SHIFT_CLOSED = 73,
	ATOL_CLOCK = 77,
	ATOL_NO_CASH = 80,
	ATOL_SHIFT_OPEN = 83,
	ATOL_NO_DOCUMENT = 123,
	ATOL_MEMORY_FULL = 137,
	ATOL_TAX_SYSTEM = 143,
	ATOL_TAX = 144,
	ATOL_PAYMENT_METHOD = 145,
	ATOL_TAG_REQUIRED = 161,
	ATOL_INTERRUPTED_CLOSING = 177,
	ATOL_WRONG_TOTAL = 227,
	ATOL_MARK_BUSY = 401,
	ATOL_MARK_NONE = 403,
	ATOL_MARK_BAD = 409,
	ATOL_MARK_TOO_MANY = 408,
	ATOL_PARSE = 501,
	ATOL_INTERRUPTED = 502,
};
const char *atol_error_text(int code);

enum { ATOL_SELL, ATOL_SELL_RETURN, ATOL_BUY, ATOL_BUY_RETURN, ATOL_N_KINDS }; /* tag 1054 - 1 */
enum { ATOL_CASH, ATOL_ELECTRONICALLY, ATOL_PREPAID, ATOL_CREDIT, ATOL_OTHER, ATOL_N_PAYMENTS };
enum { ATOL_N_TOTALS = 2 * ATOL_N_KINDS }; /* corrections after receipts */
enum { ATOL_SHIFT_SECONDS = 86400, ATOL_MAX_MARKS = 128, ATOL_MAX_TASKS = 500 };
#define ATOL_MAX_SUM INT64_C(999999999999)
extern const char *const atol_payment_names[ATOL_N_PAYMENTS];
extern const char *const atol_kind_names[ATOL_N_TOTALS];

/* ---- memory: atol_sim_state.c */

typedef struct {
	int64_t count, sum, paid[ATOL_N_PAYMENTS]; /* change taken off */
} AtolTotals;

typedef struct {
	int64_t clock_offset; /* seconds */
	int64_t shift, shift_opened_at, receipt, in_shift; /* documents of the shift */
	int64_t last_fd, last_at, sent_fd;
	int64_t cash, n_in, in, n_out, out; /* drawer; in and out of the shift */
	int64_t task_number;
	bool shift_open, drawer_open, memory_full, ofd_off;
	AtolTotals totals[ATOL_N_TOTALS]; /* of the shift */
	char *fn, *blocked; /* owned; fiscal memory; uuid of the task that blocks, or "" */
	json_t *tasks; /* owned; all that are known, oldest first */
	json_t *documents; /* owned; of the fiscal memory */
	json_t *book; /* owned; web_memory.h */
	json_t *marks; /* owned; codes that were accepted */
	json_t *mark; /* owned; the code in work, an empty object for none */
	WebRoll roll;
} AtolState;

void atol_state_init(AtolState *self); /* as shipped: 41 shifts and 56 documents ago */
void atol_state_clear(AtolState *self);
bool atol_state_load(AtolState *self, const char *path, GError **error);
bool atol_state_save(const AtolState *self, const char *path, GError **error);

/* ---- the service */

typedef struct {
	SimContext *context; /* borrowed */
	WebFront front;
	AtolState state;
	int64_t due; /* of the queue's next step; G_MAXINT64 where there is none */
	bool running; /* the queue's first task is inProgress; in RAM, a power cut begins it anew */
} Atol;

void atol_save(Atol *self);
/* What is ordered of the registrar takes effect. */
void atol_conditions(Atol *self);
bool atol_control(Atol *self, const char *line);

void atol_web_request(Atol *self, const SimHttpRequest *request);

/* Of a memory that was read: every task has what the queue relies on. */
bool atol_queue_is_whole(const json_t *tasks);
/* The task of that uuid, borrowed, or NULL. */
json_t *atol_queue_find(const Atol *self, const char *uuid);
/* Takes @request, an array of tasks. */
json_t *atol_queue_add(Atol *self, const char *uuid, json_t *request);
/* False where it has begun. */
bool atol_queue_cancel(Atol *self, json_t *task);
void atol_queue_arm(Atol *self); /* after a start or a repair */
void atol_queue_tick(Atol *self, int64_t now);
void atol_queue_unblock(Atol *self);
void atol_queue_release(Atol *self); /* what is stuck */
void atol_queue_purge(Atol *self);

/* ---- tasks */

typedef struct AtolCall AtolCall;

typedef struct {
	const char *name;
	uint16_t code; /* for faults */
	const WebField *fields;
	int (*run)(AtolCall *call); /* a driver error */
	int kind; /* of receipts */
	bool correction;
	bool changes; /* it is more than a question */
} AtolType;

struct AtolCall {
	Atol *sim;
	const AtolType *type;
	const json_t *task;
	const char *uuid;
	json_t *result; /* owned, an object or NULL */
	int paper_ends_at, cover_opens_at; /* lines, from 1; 0: they do not */
	bool not_printed;
};

const AtolType *atol_type_find(const char *name); /* or NULL */
/* Checks and does one task; gives the driver's error. */
int atol_task_run(AtolCall *call);

/* ---- fields: atol_sim_fields.c */

/* The host is wrong: a FLAG line with the place and the reason. Gives @code. */
int atol_flag(const AtolCall *call, int code, const char *where, const char *why);
/* 0, or what is wrong with the members of @object; `type` is allowed everywhere. */
int atol_fields_check(const AtolCall *call, const json_t *object, const char *where,
		      const WebField *fields);
extern const WebField atol_operator_fields[];
extern const WebField atol_receipt_fields[], atol_correction_fields[];
/* Lines of text before, in and after a document. */
int atol_print_items_check(const AtolCall *call, const json_t *items, const char *where);
void atol_paper_item(GPtrArray *paper, const json_t *item); /* text and barcodes alone */
void atol_paper_items(GPtrArray *paper, const json_t *items);
bool atol_is_base64(const char *text);

/* ---- receipts: atol_sim_position.c and atol_sim_receipt.c check, atol_sim_sale.c does */

typedef struct {
	const char *name; /* "vat20" */
	int rate; /* percent; -1: without */
	bool inside; /* 20/120 */
	int number; /* tag 1199 */
	const char *tag; /* of the document's sum; NULL: not known */
	const char *paper;
} AtolTax;
extern const AtolTax atol_taxes[]; /* ends with a NULL name */

typedef struct {
	const char *name; /* borrowed */
	int64_t price, quantity, amount, discount;
	const AtolTax *tax;
	int unit, method, subject; /* -1: not said */
	const char *mark; /* borrowed, base64; NULL: none */
} AtolLine;

typedef struct {
	GArray *lines; /* owned, of AtolLine */
	int64_t sum; /* of the lines */
	int64_t total; /* perhaps rounded down */
	int64_t paid[ATOL_N_PAYMENTS]; /* as handed over */
	int64_t change;
	int tax_system; /* bit of tag 1055 */
	bool electronically;
} AtolReceipt;

/* A name of a table, which ends with NULL, or -1. */
typedef struct {
	const char *name;
	int number;
} AtolName;
int atol_name_find(const AtolName *names, const char *name);
const AtolTax *atol_tax_find(const char *name); /* or NULL */
extern const WebField atol_tax_fields[];
/* Adds it to the lines and the sum. */
int atol_position_read(const AtolCall *call, const json_t *item, const char *where,
		       AtolReceipt *ret);
int atol_receipt_read(const AtolCall *call, AtolReceipt *ret);
void atol_receipt_clear(AtolReceipt *self);
int64_t atol_tax_sum(const AtolTax *tax, int64_t gross);
int atol_receipt(AtolCall *call);
void atol_foreign_sale(Atol *self, int64_t kopecks);

/* ---- the registrar: atol_sim_shift.c, atol_sim_archive.c, atol_sim_query.c, atol_sim_marks.c */

int64_t atol_now(const Atol *self);
char *atol_time_text(int64_t at); /* ISO 8601 with zone; own it */
bool atol_shift_expired(const Atol *self);
int atol_shift_check(const AtolCall *call); /* open and not too old, or 73, 68 */
int atol_device_check(const AtolCall *call, bool prints); /* 44, 45, 77, 137 */

int atol_open_shift(AtolCall *call);
int atol_close_shift(AtolCall *call);
int atol_cash_in(AtolCall *call);
int atol_cash_out(AtolCall *call);
int atol_report_x(AtolCall *call);
int atol_report_ofd(AtolCall *call);

typedef struct {
	const char *type; /* "receipt" */
	int64_t number, at, shift, receipt, total;
	int operation; /* tag 1054, 0: none */
	char sign[12];
} AtolDocument;

/* Gives it number, time and sign and keeps it with @tlv, which it takes. */
void atol_document_make(Atol *self, AtolDocument *document, json_t *tlv);
/* fiscalParams and warnings of a task that made one. */
void atol_document_result(AtolCall *call, const AtolDocument *document);
char *atol_document_qr(const Atol *self, const AtolDocument *document);
int atol_get_document(AtolCall *call);
int atol_print_document(AtolCall *call);

int atol_device_status(AtolCall *call);
int atol_device_info(AtolCall *call);
int atol_shift_status(AtolCall *call);
int atol_fn_info(AtolCall *call);
int atol_fn_status(AtolCall *call);
int atol_ofd_status(AtolCall *call);
int atol_shift_totals(AtolCall *call);
int atol_drawer_status(AtolCall *call);
int atol_open_drawer(AtolCall *call);
int atol_registration(AtolCall *call);
int atol_set_clock(AtolCall *call);
int atol_non_fiscal(AtolCall *call);
int atol_continue_print(AtolCall *call);
int atol_print_copy(AtolCall *call);
json_t *atol_totals_new(const Atol *self);

int atol_mark_begin(AtolCall *call);
int atol_mark_status(AtolCall *call);
int atol_mark_accept(AtolCall *call);
int atol_mark_drop(AtolCall *call); /* decline, cancel */
int atol_mark_clear(AtolCall *call);
int atol_marks_validate(AtolCall *call);
extern const WebField atol_mark_fields[], atol_marks_fields[];

/* ---- paper: atol_sim_paper.c */

extern const char atol_registration_number[], atol_serial[], atol_inn[], atol_user[];
extern const char atol_address[];
/* Takes @paper; tells in the call where it did not come out whole. */
void atol_print(AtolCall *call, GPtrArray *paper, bool document);
GPtrArray *atol_paper_receipt(const AtolCall *call, const AtolReceipt *receipt,
			      const AtolDocument *document);
GPtrArray *atol_paper_shift(const AtolCall *call, const char *title, const AtolDocument *document);
GPtrArray *atol_paper_report(const AtolCall *call, const char *title, const AtolDocument *document);
GPtrArray *atol_paper_cash(const AtolCall *call, const char *title, int64_t sum);
