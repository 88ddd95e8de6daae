/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt_tax.h"

bool ebarimt_tax_of(int64_t total, int32_t vat_rate, int32_t city_rate, EbarimtSums *ret)
{
	/* City tax is on the same net price as VAT, not on top of it. */
	int64_t whole = (int64_t)TAX_ONE + vat_rate + city_rate;
	int64_t vat, city;

	/* Nothing is negative here, so half away from zero is half up. */
	if (total < 0 || vat_rate < 0 || city_rate < 0 ||
	    !scale_int64(total, vat_rate, whole, ROUND_HALF_AWAY, &vat) ||
	    !scale_int64(total, city_rate, whole, ROUND_HALF_AWAY, &city))
		return false;
	*ret = (EbarimtSums){ total, vat, city };
	return true;
}

bool ebarimt_sums_add(EbarimtSums *self, const EbarimtSums *more)
{
	EbarimtSums sum;

	if (__builtin_add_overflow(self->total, more->total, &sum.total) ||
	    __builtin_add_overflow(self->vat, more->vat, &sum.vat) ||
	    __builtin_add_overflow(self->city, more->city, &sum.city))
		return false;
	*self = sum;
	return true;
}

bool ebarimt_unit_price(int64_t total, Quantity quantity, int64_t *ret)
{
	int64_t price;

	if (!scale_int64(total, QUANTITY_ONE, quantity.micro, ROUND_HALF_AWAY, &price))
		return false;
	*ret = MAX(price, 1);
	return true;
}
