/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt_private.h"

#include <string.h>

static int compare_taxes(const void *a, const void *b)
{
	const ReceiptTax *x = a, *y = b;
	int difference = strcmp(x->code, y->code);

	if (difference == 0)
		difference = x->rate - y->rate;
	return difference != 0 ? difference : x->inclusive - y->inclusive;
}

static ReceiptTax *find_or_add(GArray *taxes, const TaxRate *rate, uint16_t currency)
{
	ReceiptTax wanted = { .rate = rate->rate,
			      .inclusive = rate->inclusive,
			      .base.currency = currency,
			      .amount.currency = currency };

	memcpy(wanted.code, rate->code, sizeof wanted.code);
	for (guint i = 0; i < taxes->len; i++) {
		ReceiptTax *tax = &g_array_index(taxes, ReceiptTax, i);

		if (compare_taxes(tax, &wanted) == 0)
			return tax;
	}
	g_array_append_val(taxes, wanted);
	return &g_array_index(taxes, ReceiptTax, taxes->len - 1);
}

GArray *receipt_dup_taxes(const Receipt *self)
{
	GArray *taxes = g_array_new(false, true, sizeof(ReceiptTax));

	for (guint i = 0; i < self->lines->len; i++) {
		const ReceiptLine *line = &g_array_index(self->lines, ReceiptLine, i);

		for (int k = 0; k < line->tax.n_rates && !line->voided; k++) {
			ReceiptTax *tax = find_or_add(taxes, &line->tax.rates[k], self->currency);

			tax->base.minor += line->net.minor;
			tax->amount.minor += line->taxes[k].minor;
		}
	}
	g_array_sort(taxes, compare_taxes);
	return taxes;
}
