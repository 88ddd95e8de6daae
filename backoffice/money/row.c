/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "backoffice/people/counter.h"

static void bind_id(StoreStatement *insert, int index, int64_t id)
{
	if (id != 0)
		store_bind_int(insert, index, id);
}

static void bind_cause(StoreStatement *insert, const MoneyRow *row)
{
	bind_id(insert, 10, row->expense_kind);
	bind_id(insert, 11, row->supplier_id);
	bind_id(insert, 12, row->document_id);
	bind_id(insert, 13, row->person_id);
	bind_id(insert, 14, row->till_id);
	if (row->till_id != 0)
		store_bind_int(insert, 15, row->shift);
	bind_id(insert, 16, row->journal_number);
	bind_id(insert, 17, row->reverses);
	bind_id(insert, 18, row->settles);
}

bool money_row_write(Store *store, MoneyRow *row, GError **error)
{
	StoreStatement *insert;
	int64_t id;

	if (!counter_take(store, "money", &id, error))
		return false;
	if (row->entry_id == 0)
		row->entry_id = id;
	insert = store_statement(store, "office/money/insert");
	store_bind_int(insert, 1, id);
	store_bind_int(insert, 2, row->entry_id);
	store_bind_int(insert, 3, row->shop_id);
	store_bind_int(insert, 4, row->account_id);
	store_bind_int(insert, 5, row->at);
	store_bind_int(insert, 6, row->day);
	store_bind_text(insert, 7, money_kind_code(row->kind));
	store_bind_int(insert, 8, row->amount);
	store_bind_int(insert, 9, row->home);
	bind_cause(insert, row);
	store_bind_text(insert, 19, row->reference != NULL ? row->reference : "");
	store_bind_text(insert, 20, row->note != NULL ? row->note : "");
	store_bind_int(insert, 21, row->entered_by);
	store_bind_int(insert, 22, g_get_real_time());
	return store_run(insert, error);
}
