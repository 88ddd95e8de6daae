/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih.h"

#include "drivers/fiscal/shtrih_faults.h"

#include <string.h>

/* What became of an intent (fiscal-model.md §6, fiscal-shtrih-m.md §8). The registrar's numbers are
 * the witnesses; clocks are not, since the till's and the registrar's differ. */
typedef struct {
	struct fiscal *self;
	const FiscalIntent *intent;
	bool (*used_proof)(const char *serial, uint32_t number, void *data);
	void *data;
	FiscalStatus now;
	ShtrihStatus state;
	ShtrihFnStatus fn;
} Case;

static FiscalVerdict cannot_tell(Case *self, DeviceFault fault, const char *text, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: %s",
		    port_get_address(self->self->link.port), text);
	return FISCAL_CANNOT_TELL;
}

static FiscalVerdict foreign(Case *self, const char *text, GError **error)
{
	(void)cannot_tell(self, DEVICE_FAULT_REFUSED, text, error);
	return FISCAL_FOREIGN;
}

static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN || kind == FISCAL_CORRECTION ||
	       kind == FISCAL_CORRECTION_RETURN;
}

static bool is_sale(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_CORRECTION;
}

static bool look(Case *self, GError **error)
{
	/* Paper is not the document: the verdict does not wait for it. */
	return shtrih_wait_quiet(self->self, &self->state, error) &&
	       shtrih_ask_fn_status(self->self, &self->fn, error) &&
	       shtrih_observe(self->self, &self->now, error);
}

static bool is_receipt_type(uint8_t type)
{
	return type == SHTRIH_DOCUMENT_RECEIPT || type == SHTRIH_DOCUMENT_BSO ||
	       type == SHTRIH_DOCUMENT_CORRECTION;
}

static bool fits(const FiscalIntent *intent, const ShtrihDocument *document)
{
	switch (intent->kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
	case FISCAL_CORRECTION:
	case FISCAL_CORRECTION_RETURN:
		return document->type == (intent->kind == FISCAL_CORRECTION
						  ? SHTRIH_DOCUMENT_CORRECTION
						  : SHTRIH_DOCUMENT_RECEIPT) &&
		       document->operation == (is_sale(intent->kind)
						       ? SHTRIH_OPERATION_SALE
						       : SHTRIH_OPERATION_SALE_RETURN) &&
		       document->total == intent->total.minor;
	case FISCAL_SHIFT_OPEN:
		return document->type == SHTRIH_DOCUMENT_SHIFT_OPEN;
	case FISCAL_SHIFT_CLOSE:
		return document->type == SHTRIH_DOCUMENT_SHIFT_CLOSE;
	default:
		return false;
	}
}

/* The answer we missed tells the change, if the registrar still held it. */
static int64_t missed_change(const Case *self, uint32_t document)
{
	const ShtrihBody *orphan = &self->self->link.orphan;
	const uint8_t *data;
	size_t len;
	uint8_t code;
	ShtrihFormed formed;

	if (shtrih_answer(orphan, SHTRIH_CLOSE, &code, &data, &len) && code == 0 &&
	    shtrih_decode_closed(data, len, &formed) && formed.document == document)
		return formed.change;
	return 0;
}

/* @n_receipts were made since the intent, this one included. */
static void prove(const Case *self, const ShtrihDocument *document, uint32_t n_receipts,
		  FiscalProof *ret)
{
	const FiscalIntent *intent = self->intent;

	*ret = (FiscalProof){ .change.currency = intent->total.currency };
	shtrih_fill_proof(ret, self->now.serial, document->document, document->sign, document->at);
	if (is_receipt(intent->kind)) {
		ret->shift_number = intent->before.shift_number;
		ret->receipt_number = intent->before.receipt_number + n_receipts;
		ret->change.minor = missed_change(self, document->document);
	} else {
		ret->shift_number = document->shift;
	}
}

/* Documents were made since: is one of them ours? */
static FiscalVerdict search(Case *self, FiscalProof *ret, GError **error)
{
	uint32_t n_receipts = 0, n_unknown = 0;

	for (uint32_t n = self->intent->before.last_document + 1; n <= self->now.last_document;
	     n++) {
		ShtrihDocument document;
		bool used = self->used_proof != NULL &&
			    self->used_proof(self->now.serial, n, self->data);

		if (!shtrih_ask_document(self->self, n, &document, error))
			return FISCAL_CANNOT_TELL;
		n_receipts += is_receipt_type(document.type);
		if (!used && fits(self->intent, &document)) {
			prove(self, &document, n_receipts, ret);
			return FISCAL_MADE;
		}
		n_unknown += !used && is_receipt_type(document.type);
	}
	if (n_unknown > 0)
		return foreign(self, "holds receipts that are not ours", error);
	return FISCAL_NOT_MADE;
}

/* None was open at the intent, and nothing was counted since: whoever had opened one in between
 * would have been in the middle of ours. */
static bool is_uncounted(const Case *self)
{
	const FiscalStatus *before = &self->intent->before, *now = &self->now;

	return !before->document_open && now->last_document == before->last_document &&
	       now->shift_number == before->shift_number &&
	       now->receipt_number == before->receipt_number;
}

/* A receipt stands open, with no number yet. Only ours may be cancelled. It may be larger than ours
 * where a line was registered twice over a bad cable. */
static FiscalVerdict judge_open(Case *self, GError **error)
{
	/* What mode 8 says of an open correction is not known: as of a receipt [inf]. */
	uint8_t kind =
		is_sale(self->intent->kind) ? SHTRIH_RECEIPT_SALE : SHTRIH_RECEIPT_SALE_RETURN;

	if (!is_receipt(self->intent->kind) || self->state.detail != kind)
		return foreign(self, "a receipt of another kind is open", error);
	if (self->now.open_total.minor > self->intent->total.minor && !is_uncounted(self))
		return foreign(self, "the open receipt is larger than ours", error);
	return FISCAL_OPEN_OURS;
}

static FiscalVerdict judge_numbers(Case *self, FiscalProof *ret, GError **error)
{
	uint32_t before = self->intent->before.last_document, last = self->now.last_document;

	if (last < before)
		return foreign(self, "counts fewer documents than before", error);
	if (last > before) {
		FiscalVerdict verdict = search(self, ret, error);

		if (verdict != FISCAL_NOT_MADE)
			return verdict;
	}
	if (self->state.mode == SHTRIH_MODE_DOCUMENT)
		return judge_open(self, error);
	/* Begun in the memory and never finished: cancel_open() knows. */
	return self->fn.current_document != 0 ? FISCAL_OPEN_OURS : FISCAL_NOT_MADE;
}

/* Cash in and out have no number: the drawer's counter is the witness. */
static FiscalVerdict judge_cash(Case *self, FiscalProof *ret, GError **error)
{
	int64_t change = self->now.cash.minor - self->intent->before.cash.minor;
	int64_t ours = self->intent->kind == FISCAL_CASH_IN ? self->intent->total.minor
							    : -self->intent->total.minor;

	if (change == 0)
		return FISCAL_NOT_MADE;
	if (change != ours)
		return foreign(self, "its cash has changed by another sum", error);
	*ret = (FiscalProof){ .shift_number = self->now.shift_number,
			      .change.currency = self->intent->total.currency };
	g_strlcpy(ret->serial, self->now.serial, sizeof ret->serial);
	return FISCAL_MADE;
}

FiscalVerdict shtrih_reconcile(struct fiscal *self, const FiscalIntent *intent,
			       bool (*used_proof)(const char *serial, uint32_t number, void *data),
			       void *data, FiscalProof *ret, GError **error)
{
	Case this = { .self = self, .intent = intent, .used_proof = used_proof, .data = data };

	if (!look(&this, error))
		return FISCAL_CANNOT_TELL;
	if (intent->before.serial[0] != '\0' && strcmp(intent->before.serial, this.now.serial) != 0)
		return cannot_tell(&this, DEVICE_FAULT_REPLACED, "another fiscal memory", error);
	switch (intent->kind) {
	case FISCAL_X: /* leaves no trace and may be printed again */
		return FISCAL_NOT_MADE;
	case FISCAL_CASH_IN:
	case FISCAL_CASH_OUT:
		return judge_cash(&this, ret, error);
	default:
		return judge_numbers(&this, ret, error);
	}
}
