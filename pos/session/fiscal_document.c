/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/fiscal_document.h"

#include <string.h>

static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN || kind == FISCAL_CORRECTION ||
	       kind == FISCAL_CORRECTION_RETURN;
}

/* Of the taxes beside @main that registrars have no word for. */
static int32_t city_rate(const TaxGroup *tax, const TaxRate *main)
{
	int32_t rate = 0;

	for (int i = 0; i < tax->n_rates; i++)
		if (&tax->rates[i] != main && tax->rates[i].fiscal == FISCAL_TAX_OTHER)
			rate += tax->rates[i].rate;
	return rate;
}

/* What the office typed may be anything: a registrar gets a code of the state's form, or falls back
 * to that of the shop. */
static const char *or_no_class(const char *text)
{
	return strlen(text) == 7 && strspn(text, "0123456789") == 7 ? text : NULL;
}

static FiscalLine line_of(const ReceiptLine *line)
{
	const TaxRate *rate = tax_group_fiscal_rate(&line->tax);
	Money sum = line->net, discount = line->own_discount;

	/* The receipt has proved that these fit. */
	sum.minor += line->added.minor;
	discount.minor += line->shared_discount.minor;
	return (FiscalLine){ .name = line->name,
			     .quantity = line->quantity,
			     .price = line->price,
			     .sum = sum,
			     .discount = discount,
			     .tax = rate != NULL ? rate->fiscal : FISCAL_TAX_NONE,
			     .tax_rate = rate != NULL ? rate->rate : 0,
			     .city_rate = city_rate(&line->tax, rate),
			     .unit = line->unit,
			     .classification = or_no_class(line->classification),
			     .code = line->code,
			     .mark = *line->mark != '\0' ? line->mark : NULL };
}

static const Receipt *get_receipt(const FiscalPaper *self)
{
	return self->late.receipt != NULL ? self->late.receipt : self->open.receipt;
}

static void take_lines(FiscalPaper *self, const Receipt *receipt)
{
	FiscalDocument *document = &self->document;

	self->lines = g_new0(FiscalLine, receipt_get_n_lines(receipt) + 1);
	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		if (!line->voided)
			self->lines[document->n_lines++] = line_of(line);
	}
	document->lines = self->lines;
}

/* Cash rounding is the till's own affair: the registrar is told the sum of the lines, and the
 * change comes out right. */
static void take_payments(FiscalDocument *document, const Receipt *receipt)
{
	for (int i = 0; i < receipt_get_n_payments(receipt); i++) {
		const ReceiptPayment *payment = receipt_get_payment(receipt, i);

		document->paid[payment->kind].minor += payment->amount.minor;
		if (payment->kind == TENDER_CARD)
			document->card_reference = payment->reference;
	}
	document->paid[TENDER_CASH].minor -= receipt_get_totals(receipt)->rounding.minor;
}

static const char *or_null(const char *text)
{
	return *text != '\0' ? text : NULL;
}

static void take_customer(FiscalDocument *document, const Receipt *receipt)
{
	document->customer_contact = or_null(receipt_get_customer(receipt, CUSTOMER_CONTACT));
	document->customer_tin = or_null(receipt_get_customer(receipt, CUSTOMER_TIN));
	document->consumer = or_null(receipt_get_customer(receipt, CUSTOMER_CONSUMER));
}

/* --- returns ------------------------------------------------------------------------------- */

static const Receipt *get_return(const FiscalPaper *self, guint i)
{
	if (i == self->returns->len)
		return get_receipt(self);
	return ((const TillSold *)g_ptr_array_index(self->returns, i))->receipt;
}

/* Takes off @rest what @back gave back of the sale's line @number. */
static void take_off(FiscalLine *rest, int number, const Receipt *back)
{
	for (int i = 0; i < receipt_get_n_lines(back); i++) {
		const ReceiptLine *line = receipt_get_line(back, i);
		FiscalLine returned;

		if (line->voided || line->basis.line != number)
			continue;
		returned = line_of(line);
		rest->quantity.micro -= returned.quantity.micro;
		rest->sum.minor -= returned.sum.minor;
		rest->discount.minor -= returned.discount.minor;
	}
}

static void take_rest_lines(FiscalPaper *self)
{
	const Receipt *sale = self->sale.receipt;

	self->rest = g_new0(FiscalLine, receipt_get_n_lines(sale) + 1);
	for (int i = 0; i < receipt_get_n_lines(sale); i++) {
		const ReceiptLine *line = receipt_get_line(sale, i);
		FiscalLine rest = line_of(line);

		if (line->voided)
			continue;
		for (guint k = 0; k <= self->returns->len; k++)
			take_off(&rest, line->number, get_return(self, k));
		if (rest.quantity.micro > 0)
			self->rest[self->origin.n_rest++] = rest;
	}
	self->origin.rest = self->rest;
}

static void take_rest_paid(FiscalPaper *self)
{
	const Receipt *sale = self->sale.receipt;

	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		Money *rest = &self->origin.rest_paid[kind];

		*rest = receipt_get_kept(sale, kind);
		if (kind == TENDER_CASH)
			rest->minor -= receipt_get_totals(sale)->rounding.minor;
		for (guint k = 0; k <= self->returns->len; k++) {
			const Receipt *back = get_return(self, k);

			rest->minor -= receipt_get_kept(back, kind).minor;
			if (kind == TENDER_CASH)
				rest->minor += receipt_get_totals(back)->rounding.minor;
		}
	}
}

/* The newest document of the chain: a service that is told the rest has replaced the sale's. */
static const FiscalProof *newest_proof(const FiscalPaper *self)
{
	const FiscalProof *ret = &self->sale.proof;

	for (guint i = 0; i < self->returns->len; i++) {
		const TillSold *back = g_ptr_array_index(self->returns, i);

		if (back->has_proof && *back->proof.id != '\0')
			ret = &back->proof;
	}
	return ret;
}

/* Of a receipt of another till nothing but the number is known. */
static bool take_origin(TillDb *db, FiscalPaper *self, const char *number, GError **error)
{
	const FiscalProof *newest;

	self->origin = (FiscalOrigin){ .number = number, .sign = "", .id = "", .registrar_at = "" };
	self->document.origin = &self->origin;
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		self->origin.rest_paid[kind].currency = self->document.total.currency;
	if (!till_db_find_sold(db, number, &self->sale, error) ||
	    !till_db_load_returns(db, number, &self->returns, error))
		return false;
	if (self->sale.seq == 0)
		return true;
	newest = newest_proof(self);
	self->origin.at = self->sale.at;
	self->origin.document_number = self->sale.proof.document_number;
	self->origin.sign = self->sale.proof.sign;
	self->origin.id = newest->id;
	self->origin.registrar_at = newest->at;
	take_rest_lines(self);
	take_rest_paid(self);
	return true;
}

/* A correction is about a sale of its own. */
static void take_correction(FiscalPaper *self)
{
	self->origin = (FiscalOrigin){ .number = self->late.number,
				       .at = self->late.at,
				       .sign = "",
				       .id = "",
				       .registrar_at = "" };
	self->document.origin = &self->origin;
}

/* --- all of them --------------------------------------------------------------------------- */

static bool load_receipt(TillDb *db, const FiscalRow *row, FiscalPaper *self, GError **error)
{
	const Receipt *receipt;

	if (row->request.late != 0 ? !till_db_get_sold(db, row->request.late, &self->late, error)
				   : !till_db_load_receipt(db, &self->open, error))
		return false;
	receipt = get_receipt(self);
	if (receipt != NULL && receipt_get_totals(receipt)->total.minor == row->total.minor)
		return true;
	g_set_error(error, TILL_ERROR, TILL_ERROR_DATA, "the open receipt is not the one of %s",
		    row->sale_id);
	return false;
}

static bool take_receipt(TillDb *db, const FiscalRow *row, FiscalPaper *self, GError **error)
{
	const Receipt *receipt;
	FiscalKind kind = row->request.kind;

	if (!load_receipt(db, row, self, error))
		return false;
	receipt = get_receipt(self);
	take_lines(self, receipt);
	take_payments(&self->document, receipt);
	take_customer(&self->document, receipt);
	if (kind == FISCAL_CORRECTION || kind == FISCAL_CORRECTION_RETURN)
		take_correction(self);
	else if (*receipt_get_origin(receipt) != '\0')
		return take_origin(db, self, receipt_get_origin(receipt), error);
	return true;
}

bool fiscal_paper_load(TillDb *db, const FiscalRow *row, FiscalPaper *ret, GError **error)
{
	*ret = (FiscalPaper){ .document = { .kind = row->request.kind,
					    .sale_id = row->sale_id,
					    .id = row->id,
					    .total = row->total,
					    .card_reference = "",
					    .cashier = row->cashier_name,
					    .reason = or_null(row->request.reason) } };
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		ret->document.paid[kind].currency = row->total.currency;
	if (!is_receipt(row->request.kind) || take_receipt(db, row, ret, error))
		return true;
	fiscal_paper_clear(ret);
	return false;
}

bool fiscal_paper_moves_cash(const FiscalPaper *self)
{
	return self->document.kind == FISCAL_CASH_IN || self->document.kind == FISCAL_CASH_OUT ||
	       self->document.paid[TENDER_CASH].minor > 0;
}

void fiscal_paper_clear(FiscalPaper *self)
{
	till_open_clear(&self->open);
	till_sold_clear(&self->late);
	till_sold_clear(&self->sale);
	g_clear_pointer(&self->returns, g_ptr_array_unref);
	g_clear_pointer(&self->lines, g_free);
	g_clear_pointer(&self->rest, g_free);
}
