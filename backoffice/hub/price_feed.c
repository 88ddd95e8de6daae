/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/price_feed.h"

/* The till has it in the item. */
static bool is_known(const PriceRow *row, const GoodsItem *item)
{
	return row->kind_id == PRICE_RETAIL && row->first_at == 0 && row->has_amount &&
	       item->has_price && row->amount == item->price;
}

bool price_feed_read(PriceBook *book, const GoodsItem *item, GArray *ret, GError **error)
{
	g_autoptr(GArray) rows = NULL;

	g_array_set_size(ret, 0);
	if (price_book_is_plain(book))
		return true;
	rows = price_book_item(book, item->id, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const PriceRow *row = &g_array_index(rows, PriceRow, i);
		GoodsPrice price = { .kind = row->kind_id,
				     .first_at = row->first_at,
				     .has_amount = row->has_amount,
				     .amount = row->amount };

		if (!is_known(row, item))
			g_array_append_val(ret, price);
	}
	return rows != NULL;
}
