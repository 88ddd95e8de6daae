/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs.h"

#include <string.h>

/* What became of an intent (fiscal-model.md §6, fiscal-datecs.md §8). Its memory cannot be read
 * document by document, so the witnesses are the number of the last document, the sums of the last
 * receipt, and the sale number or QR code of it. Where they do not settle it we do not guess. */
typedef struct {
	struct fiscal *self;
	const FiscalIntent *intent;
	bool (*used_proof)(const char *serial, uint32_t number, void *data);
	void *data;
	DatecsReceipt receipt; /* open, or the last one */
	bool service; /* a service receipt is open */
	uint32_t floor; /* up to this number there is nothing of ours */
	uint32_t last;
	DatecsQr qr; /* of X */
	bool tells_qr;
} Case;

static FiscalVerdict cannot_tell(Case *self, DeviceFault fault, const char *text, GError **error)
{
	(void)datecs_fail(self->self, fault, text, error);
	return FISCAL_CANNOT_TELL;
}

static FiscalVerdict unclear(Case *self, const char *text, GError **error)
{
	return cannot_tell(self, DEVICE_FAULT_OUTCOME_UNKNOWN, text, error);
}

static FiscalVerdict foreign(Case *self, const char *text, GError **error)
{
	(void)datecs_fail(self->self, DEVICE_FAULT_REFUSED, text, error);
	return FISCAL_FOREIGN;
}

static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN;
}

static bool is_used(const Case *self, uint32_t number)
{
	return self->used_proof != NULL &&
	       self->used_proof(self->self->identity.memory, number, self->data);
}

/* --- made ---------------------------------------------------------------------------------- */

static void our_unp(const Case *self, char ret[static DATECS_UNP_LEN + 1])
{
	DatecsTarget target = datecs_target(self->self);

	ret[0] = '\0';
	if (self->intent->kind == FISCAL_SALE && datecs_numbers_sales(&target))
		datecs_make_unp(&target, self->intent->id, ret);
}

/* The last receipt is of our sum and paid for. */
static bool fits(const Case *self)
{
	return self->receipt.amount == self->intent->total.minor && self->receipt.tells_paid &&
	       self->receipt.paid >= self->receipt.amount;
}

static FiscalVerdict made(Case *self, uint32_t number, const char *at, FiscalProof *ret)
{
	char unp[DATECS_UNP_LEN + 1];

	datecs_fill_proof(self->self, number, ret);
	our_unp(self, unp);
	g_strlcpy(ret->id, unp, sizeof ret->id);
	g_strlcpy(ret->at, at, sizeof ret->at);
	ret->shift_number = self->intent->before.shift_number;
	ret->change.currency = self->intent->total.currency;
	/* What was paid is what was handed over, where it says that. */
	if (self->intent->kind == FISCAL_SALE && fits(self))
		ret->change.minor = self->receipt.paid - self->receipt.amount;
	return FISCAL_MADE;
}

/* The last receipt was given up: it has a sum and nobody paid. */
static bool was_cancelled(const Case *self)
{
	return self->receipt.tells_paid && self->receipt.paid == 0 && self->receipt.amount > 0;
}

/* By number and sums alone. One document was made since; if ours is, it is that one, and the last
 * receipt. */
static FiscalVerdict judge_sums(Case *self, FiscalProof *ret, GError **error)
{
	if (self->last != self->floor + 1)
		return unclear(self, "made several documents since, and cannot tell which", error);
	if (fits(self) && !is_used(self, self->last))
		return made(self, self->last, "", ret);
	if (self->receipt.amount == 0)
		return unclear(self, "does not remember its last receipt", error);
	if (self->receipt.amount == self->intent->total.minor && !self->receipt.tells_paid)
		return unclear(self, "does not tell a cancelled receipt from a paid one", error);
	return FISCAL_NOT_MADE;
}

/* --- family P ------------------------------------------------------------------------------ */

/* A receipt that was given up moves no cash. */
static bool has_taken_cash(Case *self)
{
	int64_t cash, taken;

	if (!datecs_ask_cash(self->self, &cash, NULL))
		return false;
	taken = cash - self->intent->before.cash.minor;
	return taken > 0 && taken <= self->intent->total.minor;
}

/* The page holds our number for proof enough; but where cancelled receipts are numbered too, it may
 * stand on one of them. */
static FiscalVerdict judge_our_unp(Case *self, const DatecsLastSale *sale, FiscalProof *ret,
				   GError **error)
{
	uint32_t number = sale->number;

	if (number <= self->floor || was_cancelled(self))
		return FISCAL_NOT_MADE;
	if (is_used(self, number))
		return unclear(self, "its last document is the proof of another sale", error);
	if (fits(self) || has_taken_cash(self))
		return made(self, number, "", ret);
	return unclear(self, "does not tell whether our sale was cancelled", error);
}

static FiscalVerdict judge_sale_p(Case *self, FiscalProof *ret, GError **error)
{
	char unp[DATECS_UNP_LEN + 1];
	DatecsLastSale sale;
	bool told;

	our_unp(self, unp);
	if (unp[0] == '\0')
		return judge_sums(self, ret, error);
	if (!datecs_ask_last_sale(self->self, &sale, &told, error))
		return FISCAL_CANNOT_TELL;
	if (!told)
		return judge_sums(self, ret, error);
	if (strcmp(sale.unp, unp) == 0)
		return judge_our_unp(self, &sale, ret, error);
	/* Sales are made one after the other: had ours been made, an older one were not the last.
	 */
	if (datecs_unp_is_older(sale.unp, unp))
		return FISCAL_NOT_MADE;
	if (sale.unp[0] == '\0')
		return self->last == self->floor + 1
			       ? FISCAL_NOT_MADE
			       : unclear(self, "made other documents since its last sale", error);
	return self->last == self->floor + 1
		       ? foreign(self, "has made a sale of another till", error)
		       : unclear(self, "has made sales of another till", error);
}

/* One that forgets the sums still says whether its last document was a storno. */
static FiscalVerdict judge_return_p(Case *self, FiscalProof *ret, GError **error)
{
	DatecsLastSale sale;
	bool told;

	if (self->receipt.amount != 0)
		return judge_sums(self, ret, error);
	if (!datecs_ask_last_sale(self->self, &sale, &told, error))
		return FISCAL_CANNOT_TELL;
	if (told && sale.unp_storno[0] != '\0' && sale.number == self->last &&
	    self->last == self->floor + 1 && !is_used(self, self->last))
		return made(self, self->last, "", ret);
	return judge_sums(self, ret, error);
}

/* --- family X ------------------------------------------------------------------------------ */

static FiscalVerdict judge_x(Case *self, FiscalProof *ret, GError **error)
{
	if (!self->tells_qr)
		return judge_sums(self, ret, error);
	if (self->qr.number > self->floor) {
		if (self->qr.amount != self->intent->total.minor)
			return foreign(self, "has made a receipt of another sum", error);
		if (is_used(self, self->qr.number))
			return unclear(self, "its last receipt is the proof of another", error);
		return made(self, self->qr.number, self->qr.at, ret);
	}
	/* No fiscal receipt since. Whether a storno has a QR code the page does not say, and codes
	 * may be switched off. */
	return fits(self) || self->receipt.amount == 0 ? judge_sums(self, ret, error)
						       : FISCAL_NOT_MADE;
}

/* --- receipts ------------------------------------------------------------------------------ */

static bool is_our_kind(const Case *self)
{
	bool storno = self->receipt.kind >= DATECS_KIND_STORNO &&
		      self->receipt.kind <= DATECS_KIND_STORNO_LAST;

	return self->receipt.kind == 0 || storno == (self->intent->kind == FISCAL_SALE_RETURN);
}

/* Only ours may be touched. */
static FiscalVerdict judge_open(Case *self, GError **error)
{
	const DatecsReceipt *receipt = &self->receipt;
	int64_t total = self->intent->total.minor;
	bool paid = self->self->payment_started || (receipt->tells_paid && receipt->paid > 0);

	if (!is_receipt(self->intent->kind) || !is_our_kind(self))
		return foreign(self, "a receipt of another kind is open", error);
	if (paid)
		return receipt->amount == total
			       ? FISCAL_OPEN_PAID
			       : foreign(self, "the open receipt is paid and not of our sum",
					 error);
	if (receipt->amount > total)
		return foreign(self, "the open receipt is larger than ours", error);
	return FISCAL_OPEN_OURS;
}

static bool look_at_numbers(Case *self, GError **error)
{
	if (self->self->link.family == DATECS_P)
		return datecs_ask_last(self->self, &self->last, error);
	if (!datecs_ask_qr(self->self, &self->qr, &self->tells_qr, error))
		return false;
	self->last = MAX(self->receipt.number, self->tells_qr ? self->qr.number : 0);
	return true;
}

static FiscalVerdict judge_numbers(Case *self, FiscalProof *ret, GError **error)
{
	uint32_t before = self->intent->before.last_document;

	if (!look_at_numbers(self, error))
		return FISCAL_CANNOT_TELL;
	if (self->last < before)
		return foreign(self, "counts fewer documents than before", error);
	self->floor = MAX(before, self->self->cancelled_up_to);
	if (self->last <= self->floor)
		return FISCAL_NOT_MADE;
	if (self->self->link.family == DATECS_X)
		return judge_x(self, ret, error);
	return self->intent->kind == FISCAL_SALE ? judge_sale_p(self, ret, error)
						 : judge_return_p(self, ret, error);
}

/* --- reports and cash ---------------------------------------------------------------------- */

static FiscalVerdict judge_z(Case *self, FiscalProof *ret, GError **error)
{
	uint32_t shift = self->intent->before.shift_number, last;
	bool told;

	if (!datecs_ask_last_z(self->self, &last, &told, error))
		return FISCAL_CANNOT_TELL;
	if (!told || shift == 0)
		return unclear(self, "does not tell its last Z report", error);
	if (last + 1 == shift)
		return FISCAL_NOT_MADE;
	if (last != shift)
		return foreign(self, "has made other Z reports", error);
	self->self->day_too_long = false;
	(void)made(self, 0, "", ret);
	ret->sign[0] = '\0';
	return FISCAL_MADE;
}

/* Cash in and out have no number: the drawer's counter is the witness. */
static FiscalVerdict judge_cash(Case *self, FiscalProof *ret, GError **error)
{
	bool in = self->intent->kind == FISCAL_CASH_IN;
	int64_t ours = in ? self->intent->total.minor : -self->intent->total.minor;
	int64_t cash, change;

	if (!datecs_ask_cash(self->self, &cash, error))
		return FISCAL_CANNOT_TELL;
	change = cash - self->intent->before.cash.minor;
	if (change == 0)
		return FISCAL_NOT_MADE;
	if (change != ours)
		return foreign(self, "its cash has changed by another sum", error);
	(void)made(self, 0, "", ret);
	ret->sign[0] = '\0';
	return FISCAL_MADE;
}

static FiscalVerdict judge_any(Case *self, FiscalProof *ret, GError **error)
{
	switch (self->intent->kind) {
	case FISCAL_SALE:
	case FISCAL_SALE_RETURN:
		return judge_numbers(self, ret, error);
	case FISCAL_SHIFT_CLOSE:
		return judge_z(self, ret, error);
	case FISCAL_CASH_IN:
	case FISCAL_CASH_OUT:
		return judge_cash(self, ret, error);
	default: /* X leaves no trace and may be printed again; the others are never sent */
		return FISCAL_NOT_MADE;
	}
}

/* In the middle of a receipt it may refuse to say; one that took its place has none open. */
static bool is_same_device(const Case *self)
{
	const char *memory = self->self->identity.memory;

	return strcmp(self->intent->before.serial, memory) == 0 ||
	       (memory[0] == '\0' && (self->receipt.open || self->service));
}

FiscalVerdict datecs_reconcile(struct fiscal *self, const FiscalIntent *intent,
			       bool (*used_proof)(const char *serial, uint32_t number, void *data),
			       void *data, FiscalProof *ret, GError **error)
{
	Case this = { .self = self, .intent = intent, .used_proof = used_proof, .data = data };

	if (!datecs_know_identity(self, error) ||
	    !datecs_ask_open(self, &this.receipt, &this.service, error))
		return FISCAL_CANNOT_TELL;
	if (!is_same_device(&this))
		return cannot_tell(&this, DEVICE_FAULT_REPLACED, "another fiscal memory", error);
	/* A slip of text that was not ended: no document, and no harm in ending it. */
	if (this.service)
		return FISCAL_OPEN_OURS;
	if (this.receipt.open)
		return judge_open(&this, error);
	return judge_any(&this, ret, error);
}
