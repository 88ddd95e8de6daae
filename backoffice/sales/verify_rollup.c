/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/verify_rollup.h"

#include <glib/gi18n-lib.h>

/* @broken takes the shop and the day. */
static const struct {
	const char *statement, *broken;
} checks[] = {
	{ "office/verify/sale_item", N_("%s, %s: the sums of goods are not those of receipts") },
	{ "office/verify/sale_group", N_("%s, %s: the sums of groups are not those of receipts") },
	{ "office/verify/sale_hour", N_("%s, %s: the sums of hours are not those of receipts") },
	{ "office/verify/sale_payment",
	  N_("%s, %s: the sums of payments are not those of receipts") },
	{ "office/verify/sale_tax", N_("%s, %s: the sums of taxes are not those of receipts") },
	{ "office/verify/sale_day", N_("%s, %s: the day of sales is not that of its receipts") },
};

static bool check(Store *store, size_t which, StoreStatement *day, Verdict *ret, GError **error)
{
	StoreStatement *row = store_statement(store, checks[which].statement);
	const int32_t date = (int32_t)store_get_int(day, 1);
	g_autofree char *text =
		g_strdup_printf("%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
	StoreStep step;

	store_bind_int(row, 1, store_get_int(day, 0));
	store_bind_int(row, 2, date);
	step = store_step(row, error);
	store_reset(row);
	if (step == STORE_ROW)
		ret->broken = g_strdup_printf(g_dgettext(GETTEXT_PACKAGE, checks[which].broken),
					      store_get_text(day, 2), text);
	return step != STORE_FAILED;
}

static bool check_day(Store *store, StoreStatement *day, Verdict *ret, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(checks) && ret->broken == NULL; i++)
		if (!check(store, i, day, ret, error))
			return false;
	return true;
}

bool verify_rollup(Store *store, Verdict *ret, GError **error)
{
	StoreStatement *day = store_statement(store, "office/rebuild/days");
	StoreStep step;

	while ((step = store_step(day, error)) == STORE_ROW) {
		if (!check_day(store, day, ret, error) || ret->broken != NULL) {
			store_reset(day);
			return ret->broken != NULL;
		}
	}
	return step == STORE_DONE;
}
