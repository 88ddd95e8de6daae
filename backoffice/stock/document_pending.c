/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for parts of the stockroom that are not merged yet; goes with them. */
#include "backoffice/stock/count.h"
#include "backoffice/stock/ledger.h"
#include "backoffice/stock/recipe.h"

__attribute__((weak)) bool ledger_reverse(Ledger *self, int64_t document_id, GError **error)
{
	g_set_error(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE, "reversing is not there yet");
	return false;
}

__attribute__((weak)) bool ledger_value_of(Ledger *self, int64_t item_id, int64_t quantity,
					   int64_t *ret, GError **error)
{
	g_set_error(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE, "values are not there yet");
	return false;
}

__attribute__((weak)) bool count_post(Store *store, const Document *document, Ledger *ledger,
				      GError **error)
{
	g_set_error(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE, "counting is not there yet");
	return false;
}

__attribute__((weak)) Document *recipe_make_production(Store *store, int64_t shop_id,
						       int64_t item_id, int64_t quantity,
						       GError **error)
{
	g_set_error(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE, "recipes are not there yet");
	return NULL;
}
