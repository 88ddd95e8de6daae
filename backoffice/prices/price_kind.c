/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/prices/price_book.h"

#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WHOLE 10000 /* hundredths of a percent */

G_DEFINE_QUARK(prices - error - quark, prices_error)

static const char *const basis_codes[PRICE_N_BASES] = {
	[PRICE_BY_HAND] = "hand",
	[PRICE_ON_COST] = "cost",
	[PRICE_OF_KIND] = "kind",
};

const char *price_basis_code(PriceBasis basis)
{
	g_return_val_if_fail(basis < PRICE_N_BASES, NULL);
	return basis_codes[basis];
}

bool price_basis_parse(const char *text, PriceBasis *ret)
{
	for (PriceBasis basis = 0; basis < PRICE_N_BASES; basis++)
		if (strcmp(text, basis_codes[basis]) == 0) {
			*ret = basis;
			return true;
		}
	return false;
}

void price_kind_free(PriceKind *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self);
}

static void free_kind(gpointer kind)
{
	price_kind_free(kind);
}

const char *price_kind_title(const PriceKind *self)
{
	return self->id == PRICE_RETAIL && strcmp(self->name, "retail") == 0 ? _("Retail")
									     : self->name;
}

bool price_derive(const PriceKind *kind, int64_t from, int64_t *ret)
{
	int64_t percent = WHOLE + (int64_t)kind->percent, step = kind->step, den, steps, amount;

	/* One rounding only: of amount × percent / 100 to a multiple of the step. */
	if (from < 0 || percent < 0 || step <= 0 || __builtin_mul_overflow(step, WHOLE, &den) ||
	    !scale_int64(from, percent, den, ROUND_HALF_AWAY, &steps) ||
	    __builtin_mul_overflow(steps, step, &amount))
		return false;
	amount -= kind->less;
	if (amount < 0 || (amount == 0 && from > 0 && percent > 0))
		return false;
	*ret = amount;
	return true;
}

static PriceKind *kind_of_row(StoreStatement *row)
{
	PriceKind *self = g_new0(PriceKind, 1);

	self->id = store_get_int(row, 0);
	self->name = g_strdup(store_get_text(row, 1));
	if (!price_basis_parse(store_get_text(row, 2), &self->basis))
		self->basis = PRICE_BY_HAND; /* the database has a CHECK */
	self->of_kind = store_get_int(row, 3);
	self->percent = (int32_t)store_get_int(row, 4);
	self->step = store_get_int(row, 5);
	self->less = store_get_int(row, 6);
	return self;
}

GPtrArray *price_kind_list(Store *store, GError **error)
{
	g_autoptr(GPtrArray) kinds = g_ptr_array_new_with_free_func(free_kind);
	StoreStatement *row = store_statement(store, "office/price/kinds");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(kinds, kind_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&kinds) : NULL;
}
