/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/erpnet.h"

#include "drivers/fiscal/name_uuid.h"

#include <string.h>

#define RECONCILE_WAIT_MS 20000 /* a task that still waits is asked for again, by the engine */

/* What became of an intent (fiscal-model.md §6, fiscal-datecs.md §8, §9). Witnesses, the best
 * first: the task; the unique sale number of the printer's last receipt; how many days it closed;
 * the counter of its drawer. */
typedef struct {
	struct fiscal *self;
	const FiscalIntent *intent;
	bool (*used_proof)(const char *serial, uint32_t number, void *data);
	void *data;
	char *id; /* owned */
	ErpnetTrace trace;
	bool has_trace;
	FiscalStatus now;
} Case;

static FiscalVerdict cannot_tell(Case *self, DeviceFault fault, const char *text, GError **error)
{
	erpnet_fail(self->self, fault, text, error);
	return FISCAL_CANNOT_TELL;
}

static FiscalVerdict foreign(Case *self, const char *text, GError **error)
{
	erpnet_fail(self->self, DEVICE_FAULT_REFUSED, text, error);
	return FISCAL_FOREIGN;
}

static bool is_cash(FiscalKind kind)
{
	return kind == FISCAL_CASH_IN || kind == FISCAL_CASH_OUT;
}

static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN;
}

static bool is_replaced(const Case *self, const char *serial)
{
	const char *before = self->intent->before.serial;

	return before[0] != '\0' && serial[0] != '\0' && strcmp(before, serial) != 0;
}

static bool is_used(const Case *self, const FiscalProof *proof)
{
	return proof->document_number != 0 && self->used_proof != NULL &&
	       self->used_proof(proof->serial, proof->document_number, self->data);
}

static FiscalVerdict made(Case *self, FiscalProof *proof, FiscalProof *ret)
{
	if (proof->serial[0] == '\0')
		g_strlcpy(proof->serial, self->intent->before.serial, sizeof proof->serial);
	proof->shift_number = self->intent->before.shift_number;
	proof->change.currency = self->intent->total.currency;
	if (self->intent->kind == FISCAL_SALE)
		g_strlcpy(proof->id, self->trace.sale, sizeof proof->id);
	*ret = *proof;
	return FISCAL_MADE;
}

/* --- by the printer ------------------------------------------------------------------------ */

/* The counter is ours alone: nothing else is begun while this is in doubt. What it proves has no
 * number that could be read. */
static FiscalVerdict judge_cash(Case *self, FiscalProof *ret, GError **error)
{
	int64_t change = self->now.cash.minor - self->intent->before.cash.minor;
	FiscalProof proof = { 0 };

	if (!self->self->tells_cash || !self->has_trace || self->trace.cash == 0)
		return cannot_tell(self, DEVICE_FAULT_OUTCOME_UNKNOWN,
				   "nothing tells what it did, but its paper", error);
	if (change == 0)
		return FISCAL_NOT_MADE;
	if (change != self->trace.cash)
		return foreign(self, "its cash has changed by another sum", error);
	if (is_receipt(self->intent->kind))
		g_strlcpy(proof.doubt, "number-unknown", sizeof proof.doubt);
	return made(self, &proof, ret);
}

/* A sale's number is its own; a reversal has the one of its sale, and there it counts that a
 * document was added. */
static bool is_last_ours(const Case *self)
{
	const ErpnetLast *last = &self->self->last_sale;
	bool ours = self->trace.sale[0] != '\0' && (strcmp(last->sale, self->trace.sale) == 0 ||
						    strcmp(last->storno, self->trace.sale) == 0);

	if (self->intent->kind == FISCAL_SALE_RETURN)
		return ours && self->intent->before.last_document != 0 &&
		       last->number > self->intent->before.last_document;
	return ours;
}

static FiscalVerdict judge_receipt(Case *self, FiscalProof *ret, GError **error)
{
	uint32_t before = self->intent->before.last_document, last = self->now.last_document;
	FiscalProof proof = { .document_number = last };

	if (!self->self->tells_last || !self->has_trace)
		return judge_cash(self, ret, error);
	g_strlcpy(proof.serial, self->now.serial, sizeof proof.serial);
	if (is_last_ours(self)) {
		if (is_used(self, &proof))
			return foreign(self, "proves with the document of another sale", error);
		return made(self, &proof, ret);
	}
	if (before == 0) /* it was not told then: numbers have nothing to compare with */
		return judge_cash(self, ret, error);
	if (last == before)
		return FISCAL_NOT_MADE;
	return foreign(self,
		       last < before ? "counts fewer documents than before"
				     : "holds a document that is not ours",
		       error);
}

/* A day that was closed has a number more. */
static FiscalVerdict judge_closure(Case *self, FiscalProof *ret, GError **error)
{
	uint32_t before = self->intent->before.shift_number, now = self->now.shift_number;
	FiscalProof proof = { 0 };

	if (before == 0 || now == 0)
		return cannot_tell(self, DEVICE_FAULT_OUTCOME_UNKNOWN,
				   "does not tell how many days it has closed", error);
	if (now == before)
		return FISCAL_NOT_MADE;
	return now == before + 1 ? made(self, &proof, ret)
				 : foreign(self, "has closed another number of days", error);
}

static FiscalVerdict judge_device(Case *self, FiscalProof *ret, GError **error)
{
	if (!erpnet_observe(self->self, &self->now, error))
		return FISCAL_CANNOT_TELL;
	if (is_replaced(self, self->now.serial))
		return cannot_tell(self, DEVICE_FAULT_REPLACED, "another fiscal memory", error);
	if (is_cash(self->intent->kind))
		return judge_cash(self, ret, error);
	return is_receipt(self->intent->kind) ? judge_receipt(self, ret, error)
					      : judge_closure(self, ret, error);
}

/* --- by the task --------------------------------------------------------------------------- */

static FiscalVerdict judge_ok(Case *self, const json_t *json, FiscalProof *ret, GError **error)
{
	FiscalProof proof = { 0 };
	int64_t amount = -1;

	if (is_receipt(self->intent->kind))
		erpnet_read_made(json, &proof, &amount);
	if (is_replaced(self, proof.serial))
		return cannot_tell(self, DEVICE_FAULT_REPLACED, "a proof of another fiscal memory",
				   error);
	if (amount >= 0 && amount != self->intent->total.minor)
		return foreign(self, "has our task with another total", error);
	if (proof.serial[0] == '\0')
		g_strlcpy(proof.serial, self->intent->before.serial, sizeof proof.serial);
	if (is_used(self, &proof))
		return foreign(self, "proves with the document of another sale", error);
	return made(self, &proof, ret);
}

static FiscalVerdict judge_result(Case *self, const json_t *json, FiscalProof *ret, GError **error)
{
	ErpnetResult result;

	if (!erpnet_read_result(json, &result))
		return judge_device(self, ret, error);
	if (result.ok)
		return judge_ok(self, json, ret, error);
	return result.unsure ? judge_device(self, ret, error) : FISCAL_NOT_MADE;
}

/* A POST that was given up may be on its way still: where nothing was made, the service is asked
 * once more whether it has come meanwhile. */
static FiscalVerdict ask(Case *self, bool again, FiscalProof *ret, GError **error)
{
	int wait_ms = MIN(RECONCILE_WAIT_MS, self->self->options.wait_ms);
	ErpnetTaskState state;
	const json_t *result;
	FiscalVerdict verdict;

	if (!erpnet_poll(self->self, self->id, wait_ms, &state, &result, error))
		return FISCAL_CANNOT_TELL;
	switch (state) {
	case ERPNET_TASK_FINISHED:
		return judge_result(self, result, ret, error);
	case ERPNET_TASK_WAITS:
		return cannot_tell(self, DEVICE_FAULT_BUSY, "does not come to an end", error);
	case ERPNET_TASK_UNKNOWN:
		break;
	}
	if (again)
		return FISCAL_NOT_MADE;
	verdict = judge_device(self, ret, error);
	return verdict == FISCAL_NOT_MADE ? ask(self, true, ret, error) : verdict;
}

FiscalVerdict erpnet_reconcile(struct fiscal *self, const FiscalIntent *intent,
			       bool (*used_proof)(const char *serial, uint32_t number, void *data),
			       void *data, FiscalProof *ret, GError **error)
{
	Case this = { .self = self, .intent = intent, .used_proof = used_proof, .data = data };
	FiscalVerdict verdict;

	/* The one leaves no trace and may be printed again, the other is nothing. */
	if (intent->kind == FISCAL_X || intent->kind == FISCAL_SHIFT_OPEN)
		return FISCAL_NOT_MADE;
	this.has_trace = erpnet_trace_read(intent->plan, &this.trace);
	this.id = name_uuid_dup_attempt(intent->sale_id, intent->id);
	verdict = strcmp(self->unsent, this.id) == 0 ? FISCAL_NOT_MADE
						     : ask(&this, false, ret, error);
	g_free(this.id);
	return verdict;
}
