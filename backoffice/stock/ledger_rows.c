/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/ledger_private.h"

static void bind_int_or_null(StoreStatement *statement, int index, bool has, int64_t value)
{
	if (has)
		store_bind_int(statement, index, value);
	else
		store_bind_null(statement, index);
}

static void bind_reference(StoreStatement *insert, const LedgerRow *row)
{
	bool of_till = row->till_id != 0, of_document = row->document_id != 0;

	bind_int_or_null(insert, 7, of_till, row->till_id);
	bind_int_or_null(insert, 8, of_till, row->seq);
	bind_int_or_null(insert, 9, of_till, row->line);
	bind_int_or_null(insert, 10, of_document, row->document_id);
	bind_int_or_null(insert, 21, of_document, row->document_line);
}

/* What goods sold cost grows by what left with a row, and by what it says of those before it. */
static bool tell_sums(Ledger *self, const LedgerRow *row, int64_t group_id, GError **error)
{
	if (row->till_id != 0 && row->has_value &&
	    !rollup_add_cost(self->rollup, row->till_id, row->seq, row->line, -row->effect.value,
			     error))
		return false;
	return row->effect.difference == 0 ||
	       rollup_add_difference(self->rollup, row->day, row->item_id, group_id,
				     -row->effect.difference, error);
}

bool ledger_insert(Ledger *self, const LedgerRow *row, GError **error)
{
	const LedgerItem *item = ledger_item(self, row->item_id, error);
	StoreStatement *insert = store_statement(self->store, "office/ledger/insert");

	if (item == NULL)
		return false;
	store_bind_int(insert, 1, self->shop_id);
	store_bind_int(insert, 2, row->id);
	store_bind_int(insert, 3, row->item_id);
	store_bind_int(insert, 4, row->at);
	store_bind_int(insert, 5, row->day);
	store_bind_text(insert, 6, row->kind);
	bind_reference(insert, row);
	store_bind_int(insert, 11, row->effect.quantity);
	bind_int_or_null(insert, 12, row->has_value, row->effect.value);
	store_bind_int(insert, 13, row->place);
	bind_int_or_null(insert, 14, row->corrects != 0, row->corrects);
	bind_int_or_null(insert, 15, row->reverses != 0, row->reverses);
	bind_int_or_null(insert, 16, row->facts.has_fixed, row->facts.fixed);
	bind_int_or_null(insert, 17, row->facts.has_counted, row->facts.counted);
	bind_int_or_null(insert, 18, row->facts.has_revalued, row->facts.revalued);
	bind_int_or_null(insert, 19, row->effect.average != 0, row->effect.average);
	store_bind_int(insert, 20, row->effect.difference);
	bind_int_or_null(insert, 22, row->effect.difference != 0, item->group_id);
	return store_run(insert, error) && tell_sums(self, row, item->group_id, error);
}

LedgerRow ledger_read_row(StoreStatement *s)
{
	return (LedgerRow){
		.id = store_get_int(s, 0),
		.place = store_get_int(s, 1),
		.item_id = store_get_int(s, 2),
		.at = store_get_int(s, 3),
		.day = (int32_t)store_get_int(s, 4),
		.kind = g_intern_string(store_get_text(s, 5)),
		.till_id = store_get_int(s, 6),
		.seq = store_get_int(s, 7),
		.line = (int)store_get_int(s, 8),
		.document_id = store_get_int(s, 9),
		.document_line = (int)store_get_int(s, 10),
		.corrects = store_get_int(s, 11),
		.reverses = store_get_int(s, 12),
		.facts = { .quantity = store_get_int(s, 13),
			   .has_fixed = !store_is_null(s, 17),
			   .has_counted = !store_is_null(s, 18),
			   .has_revalued = !store_is_null(s, 19),
			   .fixed = store_get_int(s, 17),
			   .counted = store_get_int(s, 18),
			   .revalued = store_get_int(s, 19) },
		.effect = { .quantity = store_get_int(s, 13),
			    .value = store_get_int(s, 14),
			    .difference = store_get_int(s, 15),
			    .average = store_get_int(s, 16) },
		.has_value = !store_is_null(s, 14),
	};
}
