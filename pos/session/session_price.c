/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* What lines are sold at: the price of their moment and customer, and packs that cost less than
 * what is in them. */

GoodsMoment session_moment(const Session *self)
{
	return goods_moment(g_get_real_time(), self->shop.timezone, self->shift.day,
			    self->customer != NULL ? self->customer->group : 0);
}

/* --- packs -------------------------------------------------------------------------------------
 */

/* A pack that is dearer than its units is sold as its units: a shopper pays no more for a box than
 * for what is in it, whatever the office has written. */
Discount session_pack_discount(const TillItem *item, Quantity quantity, Money price)
{
	int64_t packs = quantity.micro / item->factor.micro, units, whole;

	if (!item->has_pack_price || packs == 0 ||
	    !scale_int64(price.minor, packs * item->factor.micro, QUANTITY_ONE, ROUND_HALF_AWAY,
			 &units) ||
	    __builtin_mul_overflow(item->pack_price.minor, packs, &whole) || whole >= units)
		return (Discount){ DISCOUNT_NONE, 0 };
	return (Discount){ DISCOUNT_AMOUNT, units - whole };
}

/* No pack is known from its line, but its discount is what it has to be by the list. */
static bool has_pack_discount(const TillItem *item, const ReceiptLine *line)
{
	Discount pack = session_pack_discount(item, line->quantity, line->price);

	return item->has_pack_price && pack.kind == line->own.kind && pack.value == line->own.value;
}

/* --- lines that are there already --------------------------------------------------------------
 */

bool session_find_line_item(Session *self, const ReceiptLine *line, TillItem **ret, GError **error)
{
	GoodsMoment moment = session_moment(self);

	if (line->priced_at != 0)
		moment = goods_moment(line->priced_at, self->shop.timezone, self->shift.day,
				      moment.group);
	if (!session_find_listed(self, line->code, &moment, ret, error))
		return false;
	if (*ret != NULL && (*ret)->id == line->item_id)
		return true;
	/* A label of the scales, or a code that means other goods by now. */
	g_clear_pointer(ret, till_item_free);
	return goods_find_id(self->goods, line->item_id, &moment, ret, error);
}

bool session_deal_of(Session *self, const ReceiptLine *line, Quantity quantity, ReceiptDeal *ret,
		     GError **error)
{
	g_autoptr(TillItem) item = NULL;

	*ret = receipt_line_get_deal(line);
	ret->quantity = quantity;
	if (!session_find_line_item(self, line, &item, error))
		return false;
	if (item != NULL && has_pack_discount(item, line))
		ret->own = session_pack_discount(item, quantity, line->price);
	return true;
}

/* A discount that somebody gave stays. Where it is more than the new price the line stays as it is:
 * nothing is refused for the sake of a card. */
static void take_price(Session *self, int number, const TillItem *item)
{
	const ReceiptLine *line = receipt_find_line(self->receipt, number);
	ReceiptDeal deal = receipt_line_get_deal(line);
	g_autoptr(GError) error = NULL;

	if (has_pack_discount(item, line))
		deal.own = session_pack_discount(item, line->quantity, item->price);
	deal.price = item->price;
	deal.price_kind = item->price_kind;
	if (!receipt_set_deal(self->receipt, number, &deal, &error))
		g_debug("line %d keeps its price: %s", number, error->message);
}

/* Goods that wait for their weight. */
static bool price_pending(Session *self, GError **error)
{
	TillItem *waiting = self->pending.item;
	g_autoptr(TillItem) item = NULL;
	GoodsMoment moment = session_moment(self);

	if (waiting == NULL)
		return true;
	if (!goods_find_id(self->goods, waiting->id, &moment, &item, error))
		return false;
	if (item == NULL || !item->has_price)
		return true;
	waiting->has_price = true;
	waiting->price = item->price;
	waiting->priced_at = item->priced_at;
	waiting->price_kind = item->price_kind;
	return true;
}

bool session_price_anew(Session *self, GError **error)
{
	for (int i = 0; i < receipt_get_n_lines(self->receipt); i++) {
		const ReceiptLine *line = receipt_get_line(self->receipt, i);
		g_autoptr(TillItem) item = NULL;

		if (line->voided || line->priced_at == 0)
			continue;
		if (!session_find_line_item(self, line, &item, error))
			return false;
		if (item != NULL && item->has_price)
			take_price(self, line->number, item);
	}
	return price_pending(self, error);
}
