/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol.h"

#include "drivers/fiscal/atol_faults.h"
#include "drivers/fiscal/name_uuid.h"

#include <string.h>

#define RECONCILE_WAIT_MS 20000 /* a task that still waits is asked for again, by the engine */

/* What became of an intent (fiscal-model.md §6, fiscal-atol.md §8). The uuid is the first witness,
 * the registrar's numbers are the second; clocks are none. */
typedef struct {
	struct fiscal *self;
	const FiscalIntent *intent;
	bool (*used_proof)(const char *serial, uint32_t number, void *data);
	void *data;
	char *uuid; /* owned */
	FiscalStatus now;
} Case;

static FiscalVerdict cannot_tell(Case *self, DeviceFault fault, const char *text, GError **error)
{
	atol_fail(self->self, fault, text, error);
	return FISCAL_CANNOT_TELL;
}

static FiscalVerdict foreign(Case *self, const char *text, GError **error)
{
	atol_fail(self->self, DEVICE_FAULT_REFUSED, text, error);
	return FISCAL_FOREIGN;
}

static bool is_cash(FiscalKind kind)
{
	return kind == FISCAL_CASH_IN || kind == FISCAL_CASH_OUT;
}

static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN || kind == FISCAL_CORRECTION ||
	       kind == FISCAL_CORRECTION_RETURN;
}

static bool is_used(const Case *self, const char *serial, uint32_t number)
{
	return self->used_proof != NULL && self->used_proof(serial, number, self->data);
}

static void finish_proof(const Case *self, FiscalProof *proof)
{
	proof->change.currency = self->intent->total.currency;
	if (proof->serial[0] == '\0')
		g_strlcpy(proof->serial, self->now.serial, sizeof proof->serial);
	g_strlcpy(proof->id, self->uuid, sizeof proof->id);
}

/* --- by the numbers ------------------------------------------------------------------------ */

static bool fits(const FiscalIntent *intent, const FiscalRecord *record)
{
	return record->kind == intent->kind &&
	       (!is_receipt(record->kind) || record->total.minor == intent->total.minor);
}

/* Everything but the shift's own documents is somebody's. */
static bool is_somebodys(const FiscalRecord *record)
{
	return record->kind != FISCAL_SHIFT_OPEN && record->kind != FISCAL_SHIFT_CLOSE;
}

static void prove(const Case *self, const FiscalRecord *record, FiscalProof *ret)
{
	*ret = (FiscalProof){ .document_number = record->number,
			      .shift_number = record->shift_number };
	g_strlcpy(ret->sign, record->sign, sizeof ret->sign);
	g_strlcpy(ret->at, record->at, sizeof ret->at);
	/* The receipt's number in its shift stands in no record; that of the last one is told. */
	if (is_receipt(record->kind) && record->number == self->now.last_document)
		ret->receipt_number = self->now.receipt_number;
	finish_proof(self, ret);
}

/* Documents were made since: is one of them ours? */
static FiscalVerdict search(Case *self, FiscalProof *ret, GError **error)
{
	bool somebodys = false;

	for (uint32_t n = self->intent->before.last_document + 1; n <= self->now.last_document;
	     n++) {
		FiscalRecord record;
		bool used = is_used(self, self->now.serial, n);

		if (!atol_ask_document(self->self, n, &record, error))
			return FISCAL_CANNOT_TELL;
		if (!used && fits(self->intent, &record)) {
			prove(self, &record, ret);
			self->self->paper = ATOL_PAPER_UNKNOWN;
			return FISCAL_MADE;
		}
		somebodys |= !used && is_somebodys(&record);
	}
	return somebodys ? foreign(self, "holds receipts that are not ours", error)
			 : FISCAL_NOT_MADE;
}

static FiscalVerdict judge_numbers(Case *self, FiscalProof *ret, GError **error)
{
	uint32_t before = self->intent->before.last_document, last = self->now.last_document;

	if (last < before)
		return foreign(self, "counts fewer documents than before", error);
	return last == before ? FISCAL_NOT_MADE : search(self, ret, error);
}

/* Cash in and out have no number: the drawer's counter is the witness. */
static FiscalVerdict judge_cash(Case *self, FiscalProof *ret, GError **error)
{
	int64_t change = self->now.cash.minor - self->intent->before.cash.minor;
	int64_t ours = self->intent->kind == FISCAL_CASH_IN ? self->intent->total.minor
							    : -self->intent->total.minor;

	if (!self->self->tells_cash)
		return cannot_tell(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "does not tell its cash",
				   error);
	if (change == 0)
		return FISCAL_NOT_MADE;
	if (change != ours)
		return foreign(self, "its cash has changed by another sum", error);
	*ret = (FiscalProof){ .shift_number = self->now.shift_number };
	finish_proof(self, ret);
	return FISCAL_MADE;
}

static bool is_replaced(const Case *self, const char *serial)
{
	const char *before = self->intent->before.serial;

	return before[0] != '\0' && serial[0] != '\0' && strcmp(before, serial) != 0;
}

/* The numbers are read in a task behind ours: whatever the service still had of it is done. */
static FiscalVerdict judge_device(Case *self, FiscalProof *ret, GError **error)
{
	AtolTrouble trouble;

	if (!atol_ask_status(self->self, &self->now, &trouble, error))
		return FISCAL_CANNOT_TELL;
	if (is_replaced(self, self->now.serial))
		return cannot_tell(self, DEVICE_FAULT_REPLACED, "another fiscal memory", error);
	return is_cash(self->intent->kind) ? judge_cash(self, ret, error)
					   : judge_numbers(self, ret, error);
}

/* --- by the uuid --------------------------------------------------------------------------- */

static FiscalVerdict judge_ready(Case *self, const AtolTask *task, FiscalProof *ret, GError **error)
{
	AtolMade made = { .total = -1, .proof.shift_number = self->intent->before.shift_number };

	/* A result that is no proof: the memory has a better one. */
	if (!is_cash(self->intent->kind) && !atol_read_made(task->result, &made))
		return judge_device(self, ret, error);
	if (is_replaced(self, made.proof.serial))
		return cannot_tell(self, DEVICE_FAULT_REPLACED, "a proof of another fiscal memory",
				   error);
	if (made.total >= 0 && is_receipt(self->intent->kind) &&
	    made.total != self->intent->total.minor)
		return foreign(self, "has our uuid with another total", error);
	g_strlcpy(self->now.serial, self->intent->before.serial, sizeof self->now.serial);
	finish_proof(self, &made.proof);
	if (made.proof.document_number != 0 &&
	    is_used(self, made.proof.serial, made.proof.document_number))
		return foreign(self, "proves with the document of another sale", error);
	*ret = made.proof;
	self->self->paper = made.not_printed ? ATOL_PAPER_NOT_PRINTED : ATOL_PAPER_PRINTED;
	return FISCAL_MADE;
}

static FiscalVerdict judge_task(Case *self, const AtolTask *task, FiscalProof *ret, GError **error)
{
	switch (task->state) {
	case ATOL_TASK_READY:
		return judge_ready(self, task, ret, error);
	case ATOL_TASK_FAILED:
		if (!atol_fault(task->code).unsure)
			return FISCAL_NOT_MADE;
		return judge_device(self, ret, error);
	case ATOL_TASK_INTERRUPTED:
		return judge_device(self, ret, error);
	case ATOL_TASK_BLOCKED:
	case ATOL_TASK_WAITS:
		break;
	}
	atol_fail_task(self->self, task, error);
	return FISCAL_CANNOT_TELL;
}

/* A POST that was given up may be on its way still: where nothing was made, the service is asked
 * once more whether it has come meanwhile. */
static FiscalVerdict ask(Case *self, bool again, FiscalProof *ret, GError **error)
{
	int wait_ms = MIN(RECONCILE_WAIT_MS, self->self->options.wait_ms);
	FiscalVerdict verdict = FISCAL_CANNOT_TELL;
	AtolTask task = { .state = ATOL_TASK_WAITS };
	json_t *answer = NULL;

	switch (atol_poll(self->self, self->uuid, 1, wait_ms, &answer, error)) {
	case ATOL_NO_ANSWER:
		break;
	case ATOL_NOT_RECEIVED:
		verdict = again ? FISCAL_NOT_MADE : judge_device(self, ret, error);
		if (verdict == FISCAL_NOT_MADE && !again)
			verdict = ask(self, true, ret, error);
		break;
	case ATOL_ANSWERED:
		(void)!atol_read_task(answer, 0, &task);
		verdict = judge_task(self, &task, ret, error);
		break;
	}
	json_decref(answer);
	return verdict;
}

FiscalVerdict atol_reconcile(struct fiscal *self, const FiscalIntent *intent,
			     bool (*used_proof)(const char *serial, uint32_t number, void *data),
			     void *data, FiscalProof *ret, GError **error)
{
	Case this = { .self = self, .intent = intent, .used_proof = used_proof, .data = data };
	FiscalVerdict verdict;

	if (intent->kind == FISCAL_X) /* leaves no trace and may be printed again */
		return FISCAL_NOT_MADE;
	this.uuid = name_uuid_dup_attempt(intent->sale_id, intent->id);
	verdict = strcmp(self->unsent, this.uuid) == 0 ? FISCAL_NOT_MADE
						       : ask(&this, false, ret, error);
	g_free(this.uuid);
	return verdict;
}
