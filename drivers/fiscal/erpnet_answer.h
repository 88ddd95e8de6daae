/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"

#include <jansson.h>

/* Answers of ErpNet.FP (fiscal-datecs.md §9) as json_amount_loads() gives them. Pure; those that
 * return bool are false for what is no such answer, and then change nothing. */

typedef struct {
	char uri[96]; /* "bg.dt.p.isl.com://COM15": driver, transport, path */
	char serial[16]; /* of the printer, as it stands in unique sale numbers */
	char memory[24]; /* serial number of its fiscal memory */
	uint32_t text_max; /* letters of an item's text */
} ErpnetInfo;

/* GET /printers/{id}. */
bool erpnet_read_info(const json_t *json, ErpnetInfo *ret);
/* GET /printers: the id of the only one; NULL where there are none or several. Lent. */
const char *erpnet_find_only_printer(const json_t *json);

typedef struct {
	bool ok;
	/* Of what is not ok: its gravest message. */
	DeviceFault fault;
	bool unsure; /* it may have been done before it failed */
	bool known; /* the id was used already: whatever became of it is ours (E109) */
	char text[160];
} ErpnetResult;

/* What every request is answered with: ok and messages. */
bool erpnet_read_result(const json_t *json, ErpnetResult *ret);

typedef enum {
	ERPNET_TASK_UNKNOWN, /* never received, read once already, or before its last start */
	ERPNET_TASK_WAITS,
	ERPNET_TASK_FINISHED,
} ErpnetTaskState;

/* GET /printers/taskinfo. *ret_result is lent; of a task that is finished. */
bool erpnet_read_task(const json_t *json, ErpnetTaskState *ret, const json_t **ret_result);

/* Of a receipt that is ok. *ret_amount is -1 where it is not told. A receipt without a number that
 * can be read is made all the same: its proof says so in doubt. */
void erpnet_read_made(const json_t *result, FiscalProof *ret, int64_t *ret_amount);

/* GET status: sets flags; false with @ret_result where the device is in no state to be asked. */
bool erpnet_read_status(const json_t *json, GTimeZone *zone, FiscalStatus *status,
			ErpnetResult *ret_result);

/* The answer of a Datecs P to command 30h with "*": its last document. */
typedef struct {
	uint32_t number;
	char sale[24], storno[24]; /* unique sale numbers; "" */
} ErpnetLast;
bool erpnet_read_last(const char *raw, ErpnetLast *ret);
/* ... and to 40h: how many days it has closed. */
bool erpnet_read_closures(const char *raw, uint32_t *ret);

/* Whether @text is LLDDDDDD-CCCC-DDDDDDD. */
bool erpnet_is_sale_number(const char *text);
