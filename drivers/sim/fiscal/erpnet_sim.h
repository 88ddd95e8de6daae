/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/fiscal/exact_json.h"
#include "drivers/sim/fiscal/web_fields.h"
#include "drivers/sim/fiscal/web_front.h"
#include "drivers/sim/fiscal/web_memory.h"
#include "drivers/sim/fiscal/web_roll.h"

/* The ErpNet.FP gateway (fiscal-datecs.md §9) with one Datecs of family P behind it, inside. Sums
 * are hundredths, quantities thousandths, times seconds since 1970 (UTC) of the printer's clock.
 * Tasks live in RAM, as the page says of the gateway: `power` is a restart of the service, and
 * loses them. The printer's own memory is the state file.
 *
 * Faults name requests by @CODE: receipt 10, reversalreceipt 11, zreport 21, deposit 22, withdraw
 * 23, xreport 24, duplicate 32, datetime 35, rawrequest 40, reset 41, taskinfo 2, status 5, cash 6,
 * any other 4. What strikes the printer is fixed when the task is taken.
 *
 * Control lines, beside those of every simulator:
 *   paper · paper-out · cover-open · cover-close
 *   go          a task that is stuck goes on
 *   restart     the service restarts: its tasks are gone, the connection is lost
 *   serial TEXT another fiscal memory's number
 *   clock N     the printer's clock is N seconds before ours (negative: behind)
 *   memory-full · memory-ok · cable-off · cable-on (between gateway and printer)
 *   foreign N   somebody else sells for N hundredths on this printer */
typedef enum {
	ERPNET_FAULT_ERROR = WEB_FAULT_N, /* the task fails with E<VALUE>, not done */
	ERPNET_FAULT_ERROR_BOOKED, /* the same, but the document is made */
	ERPNET_FAULT_STUCK, /* stays running */
	ERPNET_FAULT_LOSE, /* done, and then unknown */
	ERPNET_FAULT_RESTART, /* done, and then the service restarts */
	ERPNET_FAULT_RESTART_BEFORE, /* the service restarts, nothing is done */
	ERPNET_FAULT_PAPER_OUT, /* before line VALUE: the receipt is aborted */
	ERPNET_FAULT_COVER,
	ERPNET_FAULT_JUMP, /* VALUE documents of others before this one */
	ERPNET_FAULT_SERIAL,
	ERPNET_FAULT_SHIFT_AGE, /* the day was opened VALUE hours ago */
	ERPNET_FAULT_MEMORY_FULL,
	ERPNET_FAULT_CLOCK_WRONG,
	ERPNET_FAULT_NO_DEVICE, /* VALUE tasks get E101 */
	ERPNET_FAULT_TASK_MS, /* setting */
	ERPNET_FAULT_OK_TEXT, /* setting: "ok" is a string */
	ERPNET_FAULT_NEAR_END, /* setting: warning W301 */
	ERPNET_FAULT_MEMORY_LOW, /* setting: warning W201 */
	ERPNET_FAULT_RAW_POINT, /* setting: sums of raw answers have a point */
	ERPNET_FAULT_SALES_ONLY, /* setting: only receipts count as documents */
	ERPNET_FAULT_N,
} ErpnetFault;
extern const SimFaultKind erpnet_sim_faults[];

/* Standard codes of the gateway that the simulator gives; 0: all is well. */
enum {
	ERPNET_OK = 0,
	ERPNET_NO_DEVICE = 101,
	ERPNET_CLOCK = 103,
	ERPNET_TASK_KNOWN = 109,
	ERPNET_TASK_BAD = 110,
	ERPNET_MEMORY_FULL = 201,
	ERPNET_NO_PAPER = 301,
	ERPNET_COVER_OPEN = 302,
	ERPNET_SYNTAX = 401,
	ERPNET_OVERFLOW = 403,
	ERPNET_NOT_ALLOWED = 404,
	ERPNET_PAYMENT = 406,
	ERPNET_ITEM = 407,
	ERPNET_PASSWORD = 408,
	ERPNET_TAX_GROUP = 411,
	ERPNET_NOT_SUPPORTED = 412,
	ERPNET_DAY_TOO_LONG = 502,
};

enum { ERPNET_N_GROUPS = 8, ERPNET_N_ENABLED = 4, ERPNET_DAY_SECONDS = 86400 };
#define ERPNET_MAX_SUM INT64_C(9999999999)

typedef struct {
	int64_t clock_offset;
	int64_t day_opened_at, day; /* the number of the next Z */
	int64_t last_document, last_receipt, last_at; /* all documents; receipts */
	int64_t items, amount, tendered; /* of the last receipt */
	int64_t cash, in, out; /* drawer; of the day */
	int64_t sales, returns, n_sales, n_returns; /* of the day */
	int64_t groups[ERPNET_N_GROUPS]; /* turnover of the day */
	int64_t last_z_at, last_z[ERPNET_N_GROUPS]; /* the same of the last Z */
	bool day_open, memory_full, unplugged, copied;
	char *fm; /* owned; number of the fiscal memory */
	char *unp; /* owned; of the last receipt */
	json_t *book; /* owned; web_memory.h */
	WebRoll roll;
} ErpnetState;

void erpnet_state_init(ErpnetState *self); /* as shipped: 136 documents ago */
void erpnet_state_clear(ErpnetState *self);
bool erpnet_state_load(ErpnetState *self, const char *path, GError **error);
bool erpnet_state_save(const ErpnetState *self, const char *path, GError **error);

typedef struct ErpnetTask ErpnetTask;
typedef struct ErpnetCall ErpnetCall;

typedef struct {
	SimContext *context; /* borrowed */
	WebFront front;
	ErpnetState state;
	GPtrArray *tasks; /* owned, of ErpnetTask; oldest first */
	int n_wrong_passwords; /* since it was turned on; three lock it */
	int64_t due; /* of the queue's next step */
	int64_t answer_by; /* the held request is answered with its task's id then */
	ErpnetTask *held; /* whose request waits for its result; borrowed, or NULL */
	int64_t task_number; /* of ids that the gateway gives itself */
} Erpnet;

typedef struct {
	const char *name; /* last part of the path */
	uint16_t code;
	const WebField *fields;
	int (*run)(ErpnetCall *call); /* an E code */
} ErpnetType;

struct ErpnetTask {
	char *id; /* owned */
	const ErpnetType *type;
	json_t *body; /* owned */
	enum { ERPNET_ENQUEUED, ERPNET_RUNNING, ERPNET_FINISHED } status;
	json_t *result; /* owned, of a finished one */
	int troubles[ERPNET_FAULT_N]; /* ordered with it; -1: none */
};

struct ErpnetCall {
	Erpnet *sim;
	const ErpnetType *type;
	const json_t *body;
	const char *id; /* of the task */
	json_t *result; /* owned; members of the answer beside ok and messages */
	int paper_ends_at, cover_opens_at; /* lines, from 1; 0: they do not */
};

void erpnet_save(Erpnet *self);
void erpnet_conditions(Erpnet *self);
bool erpnet_control(Erpnet *self, const char *line);
void erpnet_web_request(Erpnet *self, const SimHttpRequest *request);
/* Forgets what only the service knew. */
void erpnet_restart(Erpnet *self);

/* ---- the queue: erpnet_sim_tasks.c */

const ErpnetType *erpnet_type_find(const char *name); /* or NULL */
ErpnetTask *erpnet_task_find(const Erpnet *self, const char *id);
/* Takes @body. */
ErpnetTask *erpnet_task_add(Erpnet *self, const char *id, const ErpnetType *type, json_t *body);
void erpnet_task_remove(Erpnet *self, ErpnetTask *task);
void erpnet_tasks_release(Erpnet *self); /* what is stuck */
void erpnet_tasks_tick(Erpnet *self, int64_t now);
void erpnet_tasks_clear(Erpnet *self);
/* An answer with ok and messages; takes @members, which may be NULL. */
json_t *erpnet_answer_new(const Erpnet *self, int code, json_t *members);

/* ---- the printer */

int64_t erpnet_now(const Erpnet *self);
char *erpnet_time_text(int64_t at); /* "2026-06-03T10:17:00"; own it */
/* The host is wrong: a FLAG line. Gives @code. */
int erpnet_flag(const ErpnetCall *call, int code, const char *where, const char *why);
int erpnet_fields_check(const ErpnetCall *call, const json_t *object, const char *place,
			const WebField *fields);
/* The printer can be asked at all, and has paper: or E101, E301, E302. */
int erpnet_printer_check(const ErpnetCall *call);
/* It may make a document: E201, E103. */
int erpnet_memory_check(const ErpnetCall *call);
int64_t erpnet_document_make(Erpnet *self, bool receipt); /* gives its number */
/* Takes @paper. False where it ran out in the middle: the printer has aborted. */
typedef enum { ERPNET_PAPER_RECEIPT, ERPNET_PAPER_OTHER, ERPNET_PAPER_COPY } ErpnetPaper;
bool erpnet_print(ErpnetCall *call, GPtrArray *paper, ErpnetPaper kind);
extern const char erpnet_id[], erpnet_serial[], erpnet_password[];

typedef struct {
	const char *text; /* borrowed */
	int64_t quantity, price, sum; /* @sum after its own discount */
	int group; /* 1..8 */
} ErpnetLine;

enum { ERPNET_CASH, ERPNET_CARD, ERPNET_OTHER, ERPNET_N_PAYMENTS };

typedef struct {
	GArray *lines; /* owned, of ErpnetLine */
	int64_t total;
	int64_t groups[ERPNET_N_GROUPS];
	int64_t paid[ERPNET_N_PAYMENTS]; /* change not taken off */
	int64_t tendered, change;
	bool reversal;
	const char *unp; /* borrowed */
} ErpnetReceipt;

extern const WebField erpnet_receipt_fields[], erpnet_reversal_fields[];
int erpnet_receipt_read(const ErpnetCall *call, ErpnetReceipt *ret);
void erpnet_receipt_clear(ErpnetReceipt *self);
int erpnet_password_check(const ErpnetCall *call);

int erpnet_receipt(ErpnetCall *call);
int erpnet_deposit(ErpnetCall *call);
int erpnet_withdraw(ErpnetCall *call);
int erpnet_x_report(ErpnetCall *call);
int erpnet_z_report(ErpnetCall *call);
int erpnet_duplicate(ErpnetCall *call);
int erpnet_reset(ErpnetCall *call);
int erpnet_set_clock(ErpnetCall *call);
int erpnet_sim_raw(ErpnetCall *call);
void erpnet_foreign_sale(Erpnet *self, int64_t sum);
GPtrArray *erpnet_paper_receipt(const ErpnetCall *call, const ErpnetReceipt *receipt);
