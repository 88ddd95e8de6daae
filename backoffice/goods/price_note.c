/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/price_note.h"

#include "backoffice/people/counter.h"

static void bind_amount(StoreStatement *statement, int index, bool has, int64_t amount)
{
	if (has)
		store_bind_int(statement, index, amount);
	else
		store_bind_null(statement, index);
}

static bool is_same(const PriceNote *note)
{
	return note->has_before == note->has_after &&
	       (!note->has_before || note->before == note->after);
}

/* A price set now is later than one that was to come and whose minute has passed meanwhile: that
 * one must not come over it any more. */
static bool forget_due(Store *store, const PriceNote *note, int64_t now, GError **error)
{
	StoreStatement *forget = store_statement(store, "office/goods/forget_due_price");

	store_bind_int(forget, 1, note->item_id);
	store_bind_int(forget, 2, now);
	return store_run(forget, error);
}

bool price_note(Store *store, const PriceNote *note, GError **error)
{
	bool retail_now = note->kind_id == 1 && note->shop_id == 0 && note->first_at == 0;
	StoreStatement *statement;
	int64_t id;

	if (is_same(note))
		return true;
	if (retail_now && !forget_due(store, note, g_get_real_time(), error))
		return false;
	if (!counter_take(store, "price-change", &id, error))
		return false;
	statement = store_statement(store, "office/goods/insert_price_change");
	store_bind_int(statement, 1, id);
	store_bind_int(statement, 2, g_get_real_time());
	store_bind_int(statement, 3, note->person_id);
	store_bind_int(statement, 4, note->item_id);
	store_bind_int(statement, 5, note->kind_id);
	store_bind_int(statement, 6, note->shop_id);
	store_bind_int(statement, 7, note->first_at);
	bind_amount(statement, 8, note->has_before, note->before);
	bind_amount(statement, 9, note->has_after, note->after);
	store_bind_text(statement, 10, note->how);
	return store_run(statement, error);
}
