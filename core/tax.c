/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/tax.h"

#include <string.h>

static const char *const fiscal_codes[] = {
	[FISCAL_TAX_NONE] = "none",	  [FISCAL_TAX_STANDARD] = "standard",
	[FISCAL_TAX_REDUCED] = "reduced", [FISCAL_TAX_ZERO] = "zero",
	[FISCAL_TAX_OTHER] = "other",
};

const char *fiscal_tax_code(FiscalTax tax)
{
	g_return_val_if_fail(tax < G_N_ELEMENTS(fiscal_codes), NULL);
	return fiscal_codes[tax];
}

bool fiscal_tax_parse(const char *code, FiscalTax *ret)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fiscal_codes); i++) {
		if (strcmp(fiscal_codes[i], code) == 0) {
			*ret = (FiscalTax)i;
			return true;
		}
	}
	return false;
}

/* Index of the rate of @code among the first @n, or @n. */
static int find_code(const TaxRate *rates, int n, const char *code)
{
	int i;

	for (i = 0; i < n && strcmp(rates[i].code, code) != 0; i++)
		;
	return i;
}

bool tax_group_on_day(TaxGroup *self, const TaxRate *rates, int n, int32_t day)
{
	TaxRate found[TAX_MAX] = { 0 };
	int n_found = 0;

	for (int i = 0; i < n; i++) {
		int at = find_code(found, n_found, rates[i].code);

		if (rates[i].first_day > day)
			continue;
		if (at == TAX_MAX)
			return false;
		if (at == n_found)
			n_found++;
		else if (rates[i].first_day < found[at].first_day)
			continue;
		found[at] = rates[i];
	}

	memcpy(self->rates, found, sizeof found);
	self->n_rates = n_found;
	return true;
}

static bool rate_equal(const TaxRate *a, const TaxRate *b)
{
	return a->rate == b->rate && a->inclusive == b->inclusive && a->first_day == b->first_day &&
	       a->fiscal == b->fiscal && strcmp(a->code, b->code) == 0;
}

bool tax_group_equal(const TaxGroup *a, const TaxGroup *b)
{
	if (a->id != b->id || a->n_rates != b->n_rates || strcmp(a->code, b->code) != 0)
		return false;
	for (int i = 0; i < a->n_rates; i++)
		if (!rate_equal(&a->rates[i], &b->rates[i]))
			return false;
	return true;
}

const TaxRate *tax_group_fiscal_rate(const TaxGroup *self)
{
	for (int i = 0; i < self->n_rates; i++)
		if (self->rates[i].fiscal != FISCAL_TAX_OTHER)
			return &self->rates[i];
	return self->n_rates > 0 ? &self->rates[0] : NULL;
}

static int64_t sum_of_inclusive(const TaxGroup *group)
{
	int64_t sum = 0;

	for (int i = 0; i < group->n_rates; i++)
		if (group->rates[i].inclusive)
			sum += group->rates[i].rate;
	return sum;
}

/* The taxes contained in @base. With absurd rates several halves could round up to more than there
 * is: a tax never takes more than its predecessors left. */
static bool take_inclusive(const TaxGroup *group, int64_t base, int64_t *taxes, int64_t *left)
{
	int64_t whole = TAX_ONE + sum_of_inclusive(group);

	*left = base;
	for (int i = 0; i < group->n_rates; i++) {
		if (!group->rates[i].inclusive)
			continue;
		if (!scale_int64(base, group->rates[i].rate, whole, ROUND_HALF_AWAY, &taxes[i]))
			return false;
		taxes[i] = MIN(taxes[i], *left);
		*left -= taxes[i];
	}
	return true;
}

static bool add_exclusive(const TaxGroup *group, int64_t base, int64_t *taxes, int64_t *added)
{
	*added = 0;
	for (int i = 0; i < group->n_rates; i++) {
		if (group->rates[i].inclusive)
			continue;
		if (!scale_int64(base, group->rates[i].rate, TAX_ONE, ROUND_HALF_AWAY, &taxes[i]) ||
		    __builtin_add_overflow(*added, taxes[i], added))
			return false;
	}
	return true;
}

bool tax_compute(const TaxGroup *group, Money base, Money taxes[static TAX_MAX], Money *added)
{
	int64_t minor[TAX_MAX] = { 0 };
	int64_t left, on_top;

	g_return_val_if_fail(group->n_rates >= 0 && group->n_rates <= TAX_MAX, false);
	g_return_val_if_fail(base.minor >= 0, false);
	if (!take_inclusive(group, base.minor, minor, &left) ||
	    !add_exclusive(group, left, minor, &on_top))
		return false;

	for (int i = 0; i < TAX_MAX; i++)
		taxes[i] = (Money){ .minor = minor[i], .currency = base.currency };
	*added = (Money){ .minor = on_top, .currency = base.currency };
	return true;
}
