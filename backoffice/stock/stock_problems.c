/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Balances below zero, and what each most likely comes from. */
#include "backoffice/stock/stock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
	const char *code, *title;
} words[CAUSE_N] = {
	[CAUSE_UNPOSTED_DELIVERY] = { "unposted-delivery",
				      N_("It stands in a draft: post the document.") },
	[CAUSE_LATE_ORDER] = { "late-order", N_("It is ordered and may have come: enter the "
						"delivery of this order.") },
	[CAUSE_OTHER_CODE] = { "other-code",
			       N_("Goods of a like name lie there and are not sold: were they "
				  "received under the wrong code?") },
	[CAUSE_ON_THE_WAY] = { "on-the-way", N_("It is on the way from another shop: enter what "
						"has arrived.") },
	[CAUSE_COUNT] = { "count", N_("A count found less than there was: count it once more.") },
	[CAUSE_RECIPE] = { "recipe", N_("Sales of a kit took it: are its recipe and the stock of "
					"its parts right?") },
	[CAUSE_NEVER_RECEIVED] = { "never-received",
				   N_("More was sold than ever came in: enter the missing "
				      "delivery, or count it.") },
};

const char *stock_cause_code(StockCause cause)
{
	g_return_val_if_fail(cause < CAUSE_N, NULL);
	return words[cause].code;
}

const char *stock_cause_title(StockCause cause)
{
	g_return_val_if_fail(cause < CAUSE_N, NULL);
	return g_dgettext(GETTEXT_PACKAGE, words[cause].title);
}

void stock_problem_free(StockProblem *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->code);
	g_free(self->unit);
	g_free(self->hint);
	g_free(self);
}

static void free_problem(gpointer problem)
{
	stock_problem_free(problem);
}

/* --- causes -------------------------------------------------------------------------------- */

/* The first that is found is taken: what one person can put right today comes first. */
static const struct {
	StockCause cause;
	const char *statement;
} causes[] = {
	{ CAUSE_UNPOSTED_DELIVERY, "office/state/cause_draft" },
	{ CAUSE_ON_THE_WAY, "office/state/cause_on_the_way" },
	{ CAUSE_LATE_ORDER, "office/state/cause_order" },
	{ CAUSE_COUNT, "office/state/cause_count" },
	{ CAUSE_OTHER_CODE, "office/state/cause_other" },
	{ CAUSE_RECIPE, "office/state/cause_recipe" },
};

/* Two thirds of a name are what makes it alike: "Milk 3.2 % 1 l", "Milk 3.2 % 1l". At least four
 * letters, or everything would be. Own it. */
static char *dup_beginning(Store *store, int64_t item_id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/state/folded");
	g_autofree char *folded = NULL;
	char *end;
	glong n;

	store_bind_int(row, 1, item_id);
	if (store_step(row, error) != STORE_ROW)
		return NULL;
	folded = g_strdup(store_get_text(row, 0));
	store_reset(row);
	end = strchr(folded, '\n');
	if (end != NULL)
		*end = '\0';
	n = MAX(4, (2 * g_utf8_strlen(folded, -1) + 2) / 3);
	return g_utf8_substring(folded, 0, MIN(n, g_utf8_strlen(folded, -1)));
}

static bool ask_cause(Store *store, int64_t shop_id, StockProblem *problem, size_t i,
		      const char *beginning, bool *ret_found, GError **error)
{
	StoreStatement *row = store_statement(store, causes[i].statement);
	g_autofree char *end = g_strconcat(beginning, "\xf4\x8f\xbf\xbf", NULL);
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, problem->item_id);
	if (causes[i].cause == CAUSE_COUNT || causes[i].cause == CAUSE_RECIPE ||
	    causes[i].cause == CAUSE_OTHER_CODE)
		store_bind_int(row, 3, problem->since);
	if (causes[i].cause == CAUSE_OTHER_CODE) {
		store_bind_int(row, 4, -problem->quantity);
		store_bind_text(row, 5, beginning);
		store_bind_text(row, 6, end);
	}
	step = store_step(row, error);
	*ret_found = step == STORE_ROW;
	if (*ret_found) {
		problem->cause = causes[i].cause;
		problem->document_id = store_get_int(row, 0);
		g_free(problem->hint);
		problem->hint = g_strdup(store_get_text(row, 1));
	}
	store_reset(row);
	return step != STORE_FAILED;
}

static bool find_since(Store *store, int64_t shop_id, StockProblem *problem, GError **error)
{
	StoreStatement *row = store_statement(store, "office/state/below_since");

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, problem->item_id);
	if (store_step(row, error) != STORE_ROW)
		return false;
	problem->since = store_get_int(row, 0);
	store_reset(row);
	return true;
}

static bool find_cause(Store *store, int64_t shop_id, StockProblem *problem, GError **error)
{
	g_autofree char *beginning = dup_beginning(store, problem->item_id, error);
	bool found = false;

	if (beginning == NULL || !find_since(store, shop_id, problem, error))
		return false;
	problem->cause = CAUSE_NEVER_RECEIVED;
	for (size_t i = 0; i < G_N_ELEMENTS(causes) && !found; i++)
		if (!ask_cause(store, shop_id, problem, i, beginning, &found, error))
			return false;
	return true;
}

/* --- the list ------------------------------------------------------------------------------ */

static bool read_below_zero(Store *store, int64_t shop_id, GPtrArray *list, GError **error)
{
	StoreStatement *row = store_statement(store, "office/state/below_zero");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		StockProblem *problem = g_new0(StockProblem, 1);

		problem->item_id = store_get_int(row, 0);
		problem->name = g_strdup(store_get_text(row, 1));
		problem->code = g_strdup(store_get_text(row, 2));
		problem->unit = g_strdup(store_get_text(row, 3));
		problem->quantity = store_get_int(row, 4);
		problem->hint = g_strdup("");
		g_ptr_array_add(list, problem);
	}
	return step == STORE_DONE;
}

GPtrArray *stock_problems(Store *store, int64_t shop_id, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_problem);

	if (!read_below_zero(store, shop_id, list, error))
		return NULL;
	for (guint i = 0; i < list->len; i++)
		if (!find_cause(store, shop_id, list->pdata[i], error))
			return NULL;
	return g_steal_pointer(&list);
}
