/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "core/money.h"

#include <jansson.h>
#include <string.h>

void money_move_free(MoneyMove *self)
{
	if (self == NULL)
		return;
	g_free(self->account);
	g_free(self->other_account);
	g_free(self->till);
	g_free(self->expense);
	g_free(self->supplier);
	g_free(self->document);
	g_free(self->person);
	g_free(self->reference);
	g_free(self->note);
	g_free(self->entered_by);
	g_free(self);
}

static void read_numbers(MoneyMove *self, StoreStatement *row)
{
	self->id = store_get_int(row, 0);
	self->number = store_get_int(row, 1);
	self->account_id = store_get_int(row, 2);
	self->at = store_get_int(row, 3);
	self->day = (int32_t)store_get_int(row, 4);
	if (!money_kind_parse(store_get_text(row, 5), &self->kind))
		self->kind = MONEY_DIFFERENCE;
	self->amount = store_get_int(row, 6);
	self->home = store_get_int(row, 7);
	self->balance = store_get_int(row, 8);
	self->expense_kind = store_get_int(row, 9);
	self->supplier_id = store_get_int(row, 10);
	self->document_id = store_get_int(row, 11);
	self->shift = store_get_int(row, 12);
	self->reverses = store_get_int(row, 13);
	self->settles = store_get_int(row, 14);
	self->reversed_by = store_get_int(row, 15);
	self->of_till = store_get_int(row, 16) != 0;
}

static MoneyMove *move_of_row(StoreStatement *row)
{
	MoneyMove *self = g_new0(MoneyMove, 1);

	read_numbers(self, row);
	self->account = g_strdup(money_account_word(store_get_text(row, 17)));
	self->other_account = g_strdup(money_account_word(store_get_text(row, 18)));
	self->till = g_strdup(store_get_text(row, 19));
	self->expense = g_strdup(expense_kind_word(store_get_text(row, 20)));
	self->supplier = g_strdup(store_get_text(row, 21));
	self->document = g_strdup(store_get_text(row, 22));
	self->person = g_strdup(store_get_text(row, 23));
	self->reference = g_strdup(store_get_text(row, 24));
	self->note = g_strdup(store_get_text(row, 25));
	self->entered_by = g_strdup(store_get_text(row, 26));
	return self;
}

/* The statement gives the newest first, so that it can stop. */
static void turn_round(GPtrArray *list)
{
	for (guint i = 0; i < list->len / 2; i++) {
		gpointer one = list->pdata[i];

		list->pdata[i] = list->pdata[list->len - 1 - i];
		list->pdata[list->len - 1 - i] = one;
	}
}

GPtrArray *money_list(Store *store, const MoneyFilter *filter, int max, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)money_move_free);
	StoreStatement *row = store_statement(store, "office/money/list");
	StoreStep step;

	store_bind_int(row, 1, filter->shop_id);
	store_bind_int(row, 2, filter->account_id);
	store_bind_int(row, 3, filter->from);
	store_bind_int(row, 4, filter->to);
	store_bind_int(row, 5, filter->number);
	store_bind_int(row, 6, max);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(list, move_of_row(row));
	if (step == STORE_FAILED)
		return NULL;
	turn_round(list);
	return g_steal_pointer(&list);
}

/* --- for the audit: it does not say who was paid, which not all who read it may know
 * -------------------------------------------------------------------------- */

static void set_text(json_t *object, const char *name, const char *text)
{
	if (text != NULL && *text != '\0')
		json_object_set_new(object, name, json_string(text));
}

static void set_row(json_t *object, StoreStatement *row)
{
	const char *account = store_get_text(row, 3), *expense = store_get_text(row, 6);
	g_autofree char *amount = money_dup_decimal(
		(Money){ store_get_int(row, 4), (uint16_t)store_get_int(row, 5) });
	int32_t day = (int32_t)store_get_int(row, 1);
	g_autofree char *date =
		g_strdup_printf("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);

	if (json_object_size(object) == 0)
		set_text(object, "kind", store_get_text(row, 0));
	set_text(object, "day", date);
	if (store_get_int(row, 4) != 0)
		set_text(object, store_get_int(row, 2) != 0 ? money_account_word(account) : account,
			 amount);
	set_text(object, "for", expense != NULL ? expense_kind_word(expense) : NULL);
	set_text(object, "supplier", store_get_text(row, 7));
	set_text(object, "document", store_get_text(row, 8));
	set_text(object, "reference", store_get_text(row, 9));
	set_text(object, "note", store_get_text(row, 10));
}

char *money_dup_json(Store *store, int64_t number, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/entry_words");
	json_auto_t *object = json_object();
	g_autofree char *text = NULL;
	StoreStep step;

	store_bind_int(row, 1, number);
	while ((step = store_step(row, error)) == STORE_ROW)
		set_row(object, row);
	if (step == STORE_FAILED)
		return NULL;
	text = json_dumps(object, JSON_COMPACT);
	return g_strdup(text);
}
