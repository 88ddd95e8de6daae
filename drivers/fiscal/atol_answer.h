/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"

#include <jansson.h>

/* Answers of the ATOL web server (fiscal-atol.md §2, §3.2) as json_amount_loads() gives them. Pure;
 * all return false for what is no such answer and then change nothing. */

typedef enum {
	ATOL_TASK_WAITS, /* and whatever status we do not know: poll again */
	ATOL_TASK_READY,
	ATOL_TASK_FAILED,
	ATOL_TASK_INTERRUPTED, /* not begun, or broken off; or ready with an error, which says
				  neither */
	ATOL_TASK_BLOCKED, /* the queue stands: a task before could not be confirmed */
} AtolTaskState;

typedef struct {
	AtolTaskState state;
	int code; /* of a failure: 0 where it gives no reason */
	char text[160]; /* the service's words for it, for the log */
	const json_t *result; /* lent; NULL */
} AtolTask;

/* The @n-th of the results. */
bool atol_read_task(const json_t *answer, size_t n, AtolTask *ret);
/* {"error":{"code":…,"description":…}} or the same flat: of a body with status 400. */
bool atol_read_error(const json_t *json, int *ret_code, char *ret_text, size_t size);

typedef struct {
	FiscalProof proof;
	int64_t total; /* -1 where it is not told */
	bool not_printed;
} AtolMade;

/* Of a document with a number. */
bool atol_read_made(const json_t *result, AtolMade *ret);

typedef struct {
	bool blocked, no_fiscal_memory;
} AtolTrouble;

/* Each fills in its part of the status. */
bool atol_read_device(const json_t *result, GTimeZone *zone, FiscalStatus *status,
		      AtolTrouble *ret_trouble);
bool atol_read_shift(const json_t *result, FiscalStatus *status);
bool atol_read_fn_status(const json_t *result, FiscalStatus *status);
bool atol_read_fn_info(const json_t *result, FiscalStatus *status);
bool atol_read_cash(const json_t *result, FiscalStatus *status);
bool atol_read_ofd(const json_t *result, GTimeZone *zone, FiscalStatus *status);

/* getFnDocument of document @number. */
bool atol_read_document(const json_t *result, uint32_t number, uint16_t currency,
			FiscalRecord *ret);
bool atol_read_totals(const json_t *result, uint16_t currency, FiscalTotals *ret);
