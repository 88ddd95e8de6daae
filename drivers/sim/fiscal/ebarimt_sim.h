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
	POSAPI_SILENT,
	POSAPI_SLOW,
	POSAPI_DROP,
	POSAPI_CUT,
	POSAPI_HALF,
	POSAPI_HTML,
	POSAPI_LENGTH,
	POSAPI_CHUNKED,
	POSAPI_BOM,
	POSAPI_LONG_MESSAGE,
	POSAPI_DECIMALS,
	POSAPI_UNKNOWN_FIELDS,
	POSAPI_NO_ID,
	POSAPI_ERROR_200,
	POSAPI_PAYMENT,
	POSAPI_REFUSED,
	POSAPI_NO_LOTTERY,
	POSAPI_NOT_ACTIVE,
	POSAPI_WRONG_PROGRAM,
	POSAPI_BUYER_UNKNOWN,
	POSAPI_CONSUMER_UNKNOWN,
	POSAPI_MONTH_CLOSED,
	POSAPI_SEND_FAILS,
	POSAPI_CLOCK_BACK,
	POSAPI_SUFFIX,
	POSAPI_NO_VAT,
	POSAPI_REFUSE_STATUS,
	POSAPI_SOAP,
	POSAPI_N_FAULTS,
} PosApiFault;
extern const SimFaultKind ebarimt_sim_faults[];

/* What a repeated billIdSuffix does; values of the setting `suffix`. */
typedef enum { SUFFIX_REFUSE, SUFFIX_FIRST, SUFFIX_AGAIN } PosApiSuffix;
/* The word for sales outside of VAT; values of the setting `no_vat`. */
typedef enum { WORD_NO_VAT, WORD_NOT_VAT, WORD_EITHER } PosApiNoVat;

typedef enum {
	CALL_OTHER,
	CALL_POST,
	CALL_DELETE,
	CALL_INFO,
	CALL_SEND,
	CALL_BANK,
} PosApiCall;

typedef struct {
	SimContext *context; /* borrowed */
	SimHttp *http; /* owned */
	json_t *memory; /* owned; the state file word for word */
	GString *late; /* owned; an answer that waits, or NULL */
	int64_t late_until; /* monotonic µs */
} PosApi;

/* What a call comes to. */
typedef struct {
	int status; /* of HTTP */
	json_t *json; /* owned; or NULL for an empty body */
	char *text; /* owned; the body word for word, instead of json */
} PosApiAnswer;

/* --- numbers by their text: ebarimt_sim_json.c */

/* JSON whose numbers are texts with a mark in front; strict, no member twice. NULL, and *ret_why is
 * to be freed. */
json_t *posapi_json_parse(const char *text, size_t len, char **ret_why);
/* The text of a number, or NULL where @value is none. */
const char *posapi_json_number(const json_t *value);
json_t *posapi_json_new_number(const char *text);
/* As it goes out; with @decimals whole numbers have ".0". */
char *posapi_json_dump(const json_t *json, bool decimals);
/* @text as a count of 10^-places; false with an exponent, more decimals or too many digits. */
bool posapi_decimal(const char *text, int places, int64_t *ret);
/* Of an amount that was checked. */
int64_t posapi_amount(const json_t *object, const char *key);
const char *posapi_text(const json_t *object, const char *key); /* "" where it is missing */
char *posapi_amount_text(int64_t mungu); /* "245.94" */

/* --- memory: ebarimt_sim_memory.c */

json_t *posapi_memory_new(void); /* as installed, lotteries drawn for years */
json_t *posapi_memory_load(const char *path, GError **error);
void posapi_memory_save(PosApi *self);
int64_t posapi_memory_count(const PosApi *self, const char *key);
void posapi_memory_set_count(PosApi *self, const char *key, int64_t value);
int64_t posapi_lotteries(const PosApi *self); /* left to draw */
json_t *posapi_memory_merchant(const PosApi *self, const char *tin); /* borrowed, or NULL */
/* The last receipt with that id that is no void, borrowed, or NULL. */
json_t *posapi_memory_receipt(const PosApi *self, const char *id);
/* The first receipt of the same till, day and suffix, borrowed, or NULL. */
json_t *posapi_memory_same_suffix(const PosApi *self, const json_t *request);
/* Adds to the book, gives it its number, and saves. Takes @entry. */
void posapi_memory_book(PosApi *self, json_t *entry);
GDateTime *posapi_now(const PosApi *self);
char *posapi_now_text(const PosApi *self); /* "2026-06-03 10:15:30" */

/* --- what a request may say: ebarimt_sim_check.c (fields), ebarimt_sim_rules.c (sums, taxes) */

typedef struct {
	const PosApi *sim; /* borrowed */
	char *why; /* owned; the first thing that is wrong, "where: reason" */
} PosApiCheck;

bool posapi_wrong(PosApiCheck *self, const char *where, const char *format, ...)
	G_GNUC_PRINTF(3, 4); /* is false */
/* Kinds, lengths and words of every field down to the last item. */
bool posapi_check_fields(PosApiCheck *self, const json_t *request);
bool posapi_check_void(PosApiCheck *self, const json_t *request);
/* All that hangs together; the fields are good. */
bool posapi_check_rules(PosApiCheck *self, const json_t *request);
bool posapi_is_b2b(const json_t *request);
bool posapi_is_receipt(const json_t *request); /* and no invoice */
/* What is PAID: with @cash in cash, else otherwise. */
int64_t posapi_paid(const json_t *request, bool cash);

/* --- calls: ebarimt_sim_receipt.c, ebarimt_sim_calls.c */

PosApiAnswer posapi_post(PosApi *self, const json_t *request);
PosApiAnswer posapi_void(PosApi *self, const json_t *request);
PosApiAnswer posapi_info(PosApi *self);
PosApiAnswer posapi_send(PosApi *self);
PosApiAnswer posapi_bank_accounts(PosApi *self, const char *tin);
PosApiAnswer posapi_refuse(PosApi *self, const char *why); /* §4's object of an error */
bool posapi_control(PosApi *self, const char *line);

/* --- the wire: ebarimt_sim_wire.c */

/* Through the faults. Takes what @answer owns. */
void posapi_wire_answer(PosApi *self, PosApiAnswer *answer);
