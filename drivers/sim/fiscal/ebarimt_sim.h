/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/sim_device.h"
#include "drivers/sim/sim_http.h"

#include <jansson.h>

/* The eBarimt service (PosAPI 3.0), inside; sections are those of the page on eBarimt. Amounts are
 * mungu, 1/100 of a tugrik, and every number of a request is read from its text, never through a
 * double.
 *
 * Strict: a field that is not known, missing, of the wrong kind or length, a sum that is not the
 * sum of its parts, a tax further than 0.01 from §3 — all are refused, nothing is booked, and the
 * log has "FLAG: receipts[0].items[1].totalVAT: reason".
 *
 * Calls, with the CODE of a fault's trigger (`half@1:2` is the second receipt):
 *   1 POST /rest/receipt   2 DELETE /rest/receipt   3 GET /rest/info
 *   4 GET /rest/sendData, /rest/send   5 GET /rest/bankAccounts?tin=
 *
 * Control lines:
 *   clock 2026-06-03 10:15:30    set the clock (kept in the memory)
 *   lotteries N                  so many numbers are left
 *   merchant TIN payer|other NAME  one more merchant, a payer of VAT or not
 *   confirm ID                   the citizen confirms a receipt: a DELETE leaves it active until
 *   agree ID                     the citizen agrees
 *   book                         "BOOK|number|kind|total|id|active" in the log, a line a document,
 *                                then "BOOK|end|N documents"
 * `unplug` of the loop is a service that is stopped: connections are refused. `power` restarts it.
 *
 * The log has "BOOKED|kind|245.94|id" for each document. The state file has, beside its counters,
 * "book": one object a document in order:
 *   number   1, 2, 3 …
 *   kind     "sale", "replace" (then also "replaces": the id), "void"
 *   total, cash, card   mungu, of what was paid; of a void those of what it voids
 *   id       33 digits; of a void that of what it voids
 *   suffix, lottery, qr  texts, "" where there is none
 *   active   false where it was replaced or voided; always of a void
 * and type, merchant, branch, pos, date, sent, confirmed, pending (a void that waits for the
 * citizen). The till may keep lottery and qr nowhere but on paper: tests look for them here. */

/* How it misbehaves; ebarimt_sim_faults[] tells what VALUE is. */
typedef enum {
	EBARIMT_SILENT,
	EBARIMT_SLOW,
	EBARIMT_DROP,
	EBARIMT_CUT,
	EBARIMT_HALF,
	EBARIMT_HTML,
	EBARIMT_LENGTH,
	EBARIMT_CHUNKED,
	EBARIMT_BOM,
	EBARIMT_LONG_MESSAGE,
	EBARIMT_DECIMALS,
	EBARIMT_UNKNOWN_FIELDS,
	EBARIMT_NO_ID,
	EBARIMT_ERROR_200,
	EBARIMT_PAYMENT,
	EBARIMT_REFUSED,
	EBARIMT_NO_LOTTERY,
	EBARIMT_NOT_ACTIVE,
	EBARIMT_WRONG_PROGRAM,
	EBARIMT_BUYER_UNKNOWN,
	EBARIMT_CONSUMER_UNKNOWN,
	EBARIMT_MONTH_CLOSED,
	EBARIMT_SEND_FAILS,
	EBARIMT_CLOCK_BACK,
	EBARIMT_SUFFIX,
	EBARIMT_NO_VAT,
	EBARIMT_REFUSE_STATUS,
	EBARIMT_SOAP,
	EBARIMT_N_FAULTS,
} EbarimtFault;
extern const SimFaultKind ebarimt_sim_faults[];

/* What a repeated billIdSuffix does; values of the setting `suffix`. */
typedef enum { SUFFIX_REFUSE, SUFFIX_FIRST, SUFFIX_AGAIN } EbarimtSuffix;
/* The word for sales outside of VAT; values of the setting `no_vat`. */
typedef enum { WORD_NO_VAT, WORD_NOT_VAT, WORD_EITHER } EbarimtNoVat;

typedef enum {
	CALL_OTHER,
	CALL_POST,
	CALL_DELETE,
	CALL_INFO,
	CALL_SEND,
	CALL_BANK,
} EbarimtCall;

typedef struct {
	SimContext *context; /* borrowed */
	SimHttp *http; /* owned */
	json_t *memory; /* owned; the state file word for word */
	GString *late; /* owned; an answer that waits, or NULL */
	int64_t late_until; /* monotonic µs */
} Ebarimt;

/* What a call comes to. */
typedef struct {
	int status; /* of HTTP */
	json_t *json; /* owned; or NULL for an empty body */
	char *text; /* owned; the body word for word, instead of json */
} EbarimtAnswer;

/* --- numbers by their text: ebarimt_sim_json.c */

/* JSON whose numbers are texts with a mark in front; strict, no member twice. NULL, and *ret_why is
 * to be freed. */
json_t *ebarimt_json_parse(const char *text, size_t len, char **ret_why);
/* The text of a number, or NULL where @value is none. */
const char *ebarimt_json_number(const json_t *value);
json_t *ebarimt_json_new_number(const char *text);
/* As it goes out; with @decimals whole numbers have ".0". */
char *ebarimt_json_dump(const json_t *json, bool decimals);
/* @text as a count of 10^-places; false with an exponent, more decimals or too many digits. */
bool ebarimt_decimal(const char *text, int places, int64_t *ret);
/* Of an amount that was checked. */
int64_t ebarimt_amount(const json_t *object, const char *key);
const char *ebarimt_text(const json_t *object, const char *key); /* "" where it is missing */
char *ebarimt_amount_text(int64_t mungu); /* "245.94" */

/* --- memory: ebarimt_sim_memory.c */

json_t *ebarimt_memory_new(void); /* as installed, lotteries drawn for years */
json_t *ebarimt_memory_load(const char *path, GError **error);
void ebarimt_memory_save(Ebarimt *self);
int64_t ebarimt_memory_count(const Ebarimt *self, const char *key);
void ebarimt_memory_set_count(Ebarimt *self, const char *key, int64_t value);
int64_t ebarimt_lotteries(const Ebarimt *self); /* left to draw */
json_t *ebarimt_memory_merchant(const Ebarimt *self, const char *tin); /* borrowed, or NULL */
/* The last receipt with that id that is no void, borrowed, or NULL. */
json_t *ebarimt_memory_receipt(const Ebarimt *self, const char *id);
/* The first receipt of the same till, day and suffix, borrowed, or NULL. */
json_t *ebarimt_memory_same_suffix(const Ebarimt *self, const json_t *request);
/* Adds to the book, gives it its number, and saves. Takes @entry. */
void ebarimt_memory_book(Ebarimt *self, json_t *entry);
GDateTime *ebarimt_now(const Ebarimt *self);
char *ebarimt_now_text(const Ebarimt *self); /* "2026-06-03 10:15:30" */

/* --- what a request may say: ebarimt_sim_check.c (fields), ebarimt_sim_rules.c (sums, taxes) */

typedef struct {
	const Ebarimt *sim; /* borrowed */
	char *why; /* owned; the first thing that is wrong, "where: reason" */
} EbarimtCheck;

bool ebarimt_wrong(EbarimtCheck *self, const char *where, const char *format, ...)
	G_GNUC_PRINTF(3, 4); /* is false */
/* Kinds, lengths and words of every field down to the last item. */
bool ebarimt_check_fields(EbarimtCheck *self, const json_t *request);
bool ebarimt_check_void(EbarimtCheck *self, const json_t *request);
/* All that hangs together; the fields are good. */
bool ebarimt_check_rules(EbarimtCheck *self, const json_t *request);
bool ebarimt_is_b2b(const json_t *request);
bool ebarimt_is_receipt(const json_t *request); /* and no invoice */
/* What is PAID: with @cash in cash, else otherwise. */
int64_t ebarimt_paid(const json_t *request, bool cash);

/* --- calls: ebarimt_sim_receipt.c, ebarimt_sim_calls.c */

EbarimtAnswer ebarimt_post(Ebarimt *self, const json_t *request);
EbarimtAnswer ebarimt_void(Ebarimt *self, const json_t *request);
EbarimtAnswer ebarimt_info(Ebarimt *self);
EbarimtAnswer ebarimt_send(Ebarimt *self);
EbarimtAnswer ebarimt_bank_accounts(Ebarimt *self, const char *tin);
EbarimtAnswer ebarimt_refuse(Ebarimt *self, const char *why); /* §4's object of an error */
bool ebarimt_control(Ebarimt *self, const char *line);

/* --- the wire: ebarimt_sim_wire.c */

/* Through the faults. Takes what @answer owns. */
void ebarimt_wire_answer(Ebarimt *self, EbarimtAnswer *answer);
