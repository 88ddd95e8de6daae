/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"

/* fiscal-ebarimt.md §3. */
typedef enum {
	EBARIMT_VAT_ABLE,
	EBARIMT_VAT_FREE, /* exempt; wants a reason */
	EBARIMT_VAT_ZERO, /* wants a reason */
	EBARIMT_NO_VAT, /* outside the VAT law */
	EBARIMT_TAX_N,
} EbarimtTaxType;

/* What @total, in hundredths of a tugrik and taxes included, contains. */
typedef struct {
	int64_t total, vat, city;
} EbarimtSums;

/* Of one line, each rounded half up. Rates in hundredths of a percent; a seller who pays no VAT has
 * @vat_rate 0. False where it does not fit. */
bool ebarimt_tax_of(int64_t total, int32_t vat_rate, int32_t city_rate,
		    EbarimtSums *ret) G_GNUC_WARN_UNUSED_RESULT;
/* False where it does not fit. */
bool ebarimt_sums_add(EbarimtSums *self, const EbarimtSums *more) G_GNUC_WARN_UNUSED_RESULT;
/* Price of one, taxes included: total / quantity, at least a mungu, since the service takes no 0.
 * What it means is an open question of §2; the service does not multiply it out. */
bool ebarimt_unit_price(int64_t total, Quantity quantity, int64_t *ret) G_GNUC_WARN_UNUSED_RESULT;
