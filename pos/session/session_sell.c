/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "pos/session/scanned_code.h"

/* From a scan to a saved line. */

/* Now, and for whoever the open receipt is. */
GoodsMoment session_moment(const Session *self)
{
	return goods_moment(g_get_real_time(), self->shop.timezone, self->shift.day,
			    self->customer != NULL ? self->customer->group : 0);
}

/* Whole goods are not cut; the receipt refuses a part of a piece too, but cannot name the goods. */
static bool check_quantity(Session *self, const TillItem *item, Quantity quantity)
{
	if (item->unit == UNIT_PIECE && quantity.micro % QUANTITY_ONE != 0)
		return session_refuse(self, "whole-only", item->name, NULL);
	return true;
}

void session_begin_receipt(Session *self)
{
	session_leave_paid(self);
	if (self->receipt == NULL) {
		self->receipt = receipt_new(RECEIPT_SALE, self->shop.currency, self->tax_rounding);
		if (self->country != NULL)
			receipt_set_cash_rounding(self->receipt, self->country->cash_step,
						  self->country->cash_rounding);
	}
	session_enter(self, SESSION_SELLING);
}

/* Adds one line, saves it and shows it. */
static bool add_line(Session *self, const TillItem *item, const char *code, Money price,
		     Quantity quantity)
{
	ReceiptGoods goods = { .item_id = item->id,
			       .code = code,
			       .name = item->name,
			       .unit = item->unit,
			       .price = price,
			       .tax = &item->tax,
			       .mark = self->mark };
	g_autoptr(GError) error = NULL;
	int number;

	session_begin_receipt(self);
	if (!receipt_add(self->receipt, &goods, quantity, &number, &error)) {
		g_autofree char *given = quantity_dup_decimal(quantity);

		return session_refuse_receipt(self, error, given);
	}
	if (!session_save(self, number))
		return false;
	self->last_line = number;
	self->answer.sound = SESSION_SOUND_SCAN;
	session_display_line(self, number);
	return true;
}

/* Goods that wait. Takes @item. */
static void keep_pending(Session *self, TillItem *item, const char *code, Quantity quantity,
			 bool weighed)
{
	session_begin_receipt(self);
	session_drop_pending(self);
	self->pending.item = item;
	self->pending.code = g_strdup(code);
	self->pending.quantity = quantity;
	self->pending.weighed = weighed;
	self->pending.mark = g_steal_pointer(&self->mark);
}

/* Goods that wait for a price to be typed. */
static bool ask_price(Session *self, const SessionEvent *event, TillItem *item, const char *code,
		      Quantity quantity)
{
	if (!session_may(self, event, RIGHT_PRICE, "price-right", item->name))
		return false;
	keep_pending(self, item, code, quantity, false);
	session_tell(self, "price-wanted", item->name, NULL);
	self->answer.sound = SESSION_SOUND_SCAN;
	return true;
}

/* Takes @item. @given: a quantity was typed. @event is what a grant would repeat. */
static bool sell(Session *self, const SessionEvent *event, TillItem *item, const char *code,
		 Quantity quantity, bool given)
{
	g_autoptr(TillItem) owned = item;

	if (item->weighed && !given && self->scale != NULL && item->has_price) {
		keep_pending(self, g_steal_pointer(&owned), code, quantity, true);
		return session_weigh_pending(self);
	}
	if (item->weighed && !given)
		return session_refuse(self, "weigh-first", item->name, NULL);
	if (!check_quantity(self, item, quantity))
		return false;
	if (item->has_price)
		return add_line(self, item, code, item->price, quantity);
	if (!ask_price(self, event, item, code, quantity))
		return false;
	owned = NULL; /* it waits now */
	return true;
}

/* The label's price is what the shopper read: the weight follows from it where that comes out to
 * the minor unit, else the label is sold as one. */
static bool sell_priced_label(Session *self, TillItem *item, const char *code, Money price,
			      Quantity times)
{
	g_autoptr(TillItem) owned = item;
	Quantity weight;
	Money amount;

	if (item->weighed && item->has_price && times.micro == QUANTITY_ONE &&
	    scale_int64(price.minor, QUANTITY_ONE, item->price.minor, ROUND_HALF_AWAY,
			&weight.micro) &&
	    weight.micro > 0 &&
	    money_scale(item->price, weight.micro, QUANTITY_ONE, ROUND_HALF_AWAY, &amount) &&
	    amount.minor == price.minor)
		return add_line(self, item, code, item->price, weight);
	return add_line(self, item, code, price, times);
}

/* A label of the shop's own scales: the goods' number with a weight or a price. Takes @item. */
static bool sell_label(Session *self, const SessionEvent *event, TillItem *item, const char *code,
		       const EmbeddedCode *label, Quantity times)
{
	Quantity weight;

	if (!label->has_weight && label->price.minor > 0)
		return sell_priced_label(self, item, code, label->price, times);
	if (!label->has_weight || label->weight.micro <= 0 ||
	    !scale_int64(label->weight.micro, times.micro, QUANTITY_ONE, ROUND_HALF_AWAY,
			 &weight.micro)) {
		till_item_free(item);
		return session_refuse(self, "unreadable", NULL, NULL);
	}
	return sell(self, event, item, code, weight, true);
}

/* *ret is NULL where @code is no label of known goods. */
static bool find_label(Session *self, const char *code, TillItem **ret, EmbeddedCode *ret_label,
		       GError **error)
{
	GoodsMoment moment = session_moment(self);

	*ret = NULL;
	for (int i = 0; self->templates[i] != NULL && *ret == NULL; i++)
		if (barcode_parse_embedded(self->templates[i], code, self->shop.currency,
					   ret_label) &&
		    !goods_find_in_store(self->goods, ret_label->item, &moment, ret, error))
			return false;
	return true;
}

/* As it stands, then as the UPC-A that a short UPC-E stands for. */
static bool find_listed(Session *self, const char *code, TillItem **ret, GError **error)
{
	GoodsMoment moment = session_moment(self);
	char long_form[13];

	if (!goods_find_code(self->goods, code, &moment, ret, error))
		return false;
	return *ret != NULL || !barcode_expand_upce(code, long_form) ||
	       goods_find_code(self->goods, long_form, &moment, ret, error);
}

/* A weight that somebody typed, where the scale would have said it. */
static bool may_type_weight(Session *self, const SessionEvent *event, const TillItem *item,
			    bool given)
{
	return !given || !item->weighed || self->scale == NULL ||
	       session_may(self, event, RIGHT_WEIGHT, "weight-right", item->name);
}

/* What the symbol says beside the goods' number counts where the goods are of that kind: most GTINs
 * with a net weight are of packages. */
static bool has_label(const ScannedCode *scanned, const TillItem *item, EmbeddedCode *ret)
{
	bool by_weight = item->unit == UNIT_KILOGRAM || item->unit == UNIT_GRAM;
	int64_t units = item->unit == UNIT_GRAM ? 1000 : 1; /* in a kilogram */

	*ret = (EmbeddedCode){ .has_price = scanned->price.minor > 0,
			       .price = scanned->price,
			       .has_weight = scanned->price.minor == 0 && by_weight &&
					     scanned->net_weight.micro > 0,
			       .weight = { scanned->net_weight.micro * units } };
	return ret->has_price || ret->has_weight;
}

/* Takes @item. */
static bool sell_scanned(Session *self, const SessionEvent *event, TillItem *item,
			 const ScannedCode *scanned)
{
	EmbeddedCode label;
	Quantity quantity = scanned->times;
	bool several = item->unit == UNIT_PIECE && scanned->count > 1;

	if (has_label(scanned, item, &label))
		return sell_label(self, event, item, scanned->code, &label, quantity);
	if (several &&
	    !scale_int64(quantity.micro, scanned->count, 1, ROUND_DOWN, &quantity.micro)) {
		till_item_free(item);
		return session_refuse(self, "unreadable", NULL, NULL);
	}
	if (!may_type_weight(self, event, item, scanned->times_given)) {
		till_item_free(item);
		return false;
	}
	return sell(self, event, item, scanned->code, quantity, scanned->times_given || several);
}

static bool scan_code(Session *self, const SessionEvent *event, const ScannedCode *scanned)
{
	const char *code = scanned->code;
	g_autoptr(GError) error = NULL;
	TillItem *item = NULL;
	EmbeddedCode label;

	if (!find_listed(self, code, &item, &error))
		return session_refuse_store(self, error);
	if (item != NULL)
		return sell_scanned(self, event, item, scanned);
	if (barcode_kind(code) == BARCODE_BAD_CHECK)
		return session_refuse(self, "bad-check-digit", code, NULL);
	if (!find_label(self, code, &item, &label, &error))
		return session_refuse_store(self, error);
	if (item != NULL)
		return sell_label(self, event, item, code, &label, scanned->times);
	return session_refuse(self, "not-found", code, NULL);
}

/* The next goods are scanned while others wait for their price: no question eats a scan. */
static bool scan_past_pending(Session *self, const SessionEvent *event, const ScannedCode *scanned)
{
	const TillItem *left = self->pending.item;
	g_autofree char *name = g_strdup(left->name);
	bool was_weighed = self->pending.weighed;

	if (!scan_code(self, event, scanned))
		return false;
	if (self->pending.item != left)
		return true; /* now these wait */
	session_drop_pending(self);
	session_tell(self, was_weighed ? "weight-left-out" : "price-left-out", name, NULL);
	return true;
}

static bool has_goods(const Session *self)
{
	return self->receipt != NULL && self->state != SESSION_PAID &&
	       receipt_get_totals(self->receipt)->n_goods > 0;
}

bool session_on_scan(Session *self, const SessionEvent *event)
{
	g_auto(ScannedCode) scanned = { 0 };
	g_autofree char *number = NULL, *receipt = NULL;
	const char *fault;
	bool sold;

	if (self->pending.item == NULL && !has_goods(self) && event->text != NULL &&
	    session_is_receipt_code(self, event->text, &receipt))
		return session_begin_return(self, event, receipt);
	if (session_is_return(self) && self->state != SESSION_PAID)
		return session_refuse(self, "return-only", NULL, NULL);
	fault = scanned_code_read(event->text != NULL ? event->text : "", self->shop.currency,
				  &scanned, &number);

	if (fault != NULL)
		return session_refuse(self, fault, number, NULL);
	if (self->country != NULL && self->country->marking)
		self->mark = g_steal_pointer(&scanned.mark);
	sold = self->pending.item != NULL ? scan_past_pending(self, event, &scanned)
					  : scan_code(self, event, &scanned);
	g_clear_pointer(&self->mark, g_free);
	return sold;
}

bool session_on_find(Session *self, const SessionEvent *event)
{
	const char *query = event->text != NULL ? event->text : "";
	GoodsMoment moment = session_moment(self);
	g_autoptr(GPtrArray) found = NULL;
	g_autoptr(GError) error = NULL;

	if (!goods_search(self->goods, query, FOUND_MAX, &moment, &found, &error))
		return g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
		       session_refuse_store(self, error);
	g_free(self->found_query);
	self->found_query = g_strdup(query);
	g_clear_pointer(&self->found, g_ptr_array_unref);
	self->found = g_steal_pointer(&found);
	return true;
}

bool session_on_add_found(Session *self, const SessionEvent *event)
{
	bool given = event->text != NULL && *event->text != '\0';
	GoodsMoment moment = session_moment(self);
	Quantity quantity = { QUANTITY_ONE };
	g_autoptr(GError) error = NULL;
	g_autofree char *code = NULL;
	TillItem *item = NULL;

	if (session_is_return(self) && self->state != SESSION_PAID)
		return session_refuse(self, "return-only", NULL, NULL);
	if (self->pending.item != NULL && !self->pending.weighed)
		return session_refuse(self, "price-wanted-first", self->pending.item->name, NULL);
	if (given && (!quantity_parse_decimal(event->text, &quantity) || quantity.micro <= 0))
		return session_refuse(self, "bad-quantity", event->text, NULL);
	if (!goods_find_id(self->goods, event->number, &moment, &item, &error))
		return session_refuse_store(self, error);
	if (item == NULL)
		return session_refuse(self, "item-gone", NULL, NULL);
	if (!may_type_weight(self, event, item, given)) {
		till_item_free(item);
		return false;
	}
	code = g_strdup(item->code);
	return sell(self, event, item, code, quantity, given);
}

/* The goods that wait, with the mark that was scanned with them. */
static bool add_pending(Session *self, Money price, Quantity quantity)
{
	bool added;

	self->mark = g_steal_pointer(&self->pending.mark);
	added = add_line(self, self->pending.item, self->pending.code, price, quantity);
	self->pending.mark = g_steal_pointer(&self->mark);
	return added;
}

bool session_sell_weighed(Session *self, Quantity quantity)
{
	if (!add_pending(self, self->pending.item->price, quantity))
		return false;
	session_drop_pending(self);
	return true;
}

/* The price of the goods that wait for one. */
bool session_sell_pending(Session *self, const char *text)
{
	Money price;

	if (!money_parse_decimal(text, self->shop.currency, &price) || price.minor <= 0)
		return session_refuse(self, "bad-price", text, NULL);
	if (!add_pending(self, price, self->pending.quantity))
		return false;
	session_drop_pending(self);
	return true;
}

void session_drop_pending(Session *self)
{
	if (self->pending.weighed)
		session_weigh_over(self);
	self->pending.weighed = false;
	g_clear_pointer(&self->pending.item, till_item_free);
	g_clear_pointer(&self->pending.code, g_free);
	g_clear_pointer(&self->pending.mark, g_free);
}
