/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/fiscal_document.h"

static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN;
}

/* Of the taxes that registrars have no word for. */
static int32_t city_rate(const TaxGroup *tax)
{
	int32_t rate = 0;

	for (int i = 0; i < tax->n_rates; i++)
		if (tax->rates[i].fiscal == FISCAL_TAX_OTHER)
			rate += tax->rates[i].rate;
	return rate;
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
			     .city_rate = city_rate(&line->tax),
			     .unit = line->unit };
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

static void take_payments(FiscalDocument *document, const Receipt *receipt)
{
	for (int i = 0; i < receipt_get_n_payments(receipt); i++) {
		const ReceiptPayment *payment = receipt_get_payment(receipt, i);

		document->paid[payment->kind].minor += payment->amount.minor;
	}
}

bool fiscal_paper_load(TillDb *db, const FiscalRow *row, FiscalPaper *ret, GError **error)
{
	*ret = (FiscalPaper){ .document = { .kind = row->request.kind,
					    .sale_id = row->sale_id,
					    .total = row->total,
					    .cashier = row->cashier_name } };
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		ret->document.paid[kind].currency = row->total.currency;
	if (!is_receipt(row->request.kind))
		return true;
	if (!till_db_load_receipt(db, &ret->open, error))
		return false;
	if (ret->open.receipt == NULL ||
	    receipt_get_totals(ret->open.receipt)->total.minor != row->total.minor) {
		g_set_error(error, TILL_ERROR, TILL_ERROR_DATA,
			    "the open receipt is not the one of %s", row->sale_id);
		fiscal_paper_clear(ret);
		return false;
	}
	take_lines(ret, ret->open.receipt);
	take_payments(&ret->document, ret->open.receipt);
	return true;
}

bool fiscal_paper_moves_cash(const FiscalPaper *self)
{
	return self->document.kind == FISCAL_CASH_IN || self->document.kind == FISCAL_CASH_OUT ||
	       self->document.paid[TENDER_CASH].minor > 0;
}

void fiscal_paper_clear(FiscalPaper *self)
{
	till_open_clear(&self->open);
	g_clear_pointer(&self->lines, g_free);
}
