/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* From a scan to a saved line. */

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

static ReceiptGoods goods_of(const Session *self, const TillItem *item, const char *code,
			     Money price)
{
	return (ReceiptGoods){ .item_id = item->id,
			       .code = code,
			       .name = item->name,
			       .unit = item->unit,
			       .price = price,
			       .tax = &item->tax,
			       .mark = self->piece.mark,
			       .batch = self->piece.batch,
			       .serial = item->serials ? self->piece.serial : NULL,
			       .expiry = self->piece.expiry,
			       .classification = item->classification };
}

/* Adds one line, saves it and shows it. */
static bool add_line(Session *self, const ReceiptGoods *goods, Quantity quantity)
{
	g_autoptr(GError) error = NULL;
	int number;

	session_begin_receipt(self);
	if (!receipt_add(self->receipt, goods, quantity, &number, &error)) {
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

/* At a price that somebody typed, or that stands on a label. */
static bool add_at(Session *self, const TillItem *item, const char *code, Money price,
		   Quantity quantity)
{
	ReceiptGoods goods = goods_of(self, item, code, price);

	return add_line(self, &goods, quantity);
}

/* At the price of the list. */
static bool add_listed(Session *self, const TillItem *item, const char *code, Quantity quantity)
{
	ReceiptGoods goods = goods_of(self, item, code, item->price);

	goods.own = session_pack_discount(item, quantity, item->price);
	goods.priced_at = item->priced_at;
	goods.price_kind = item->price_kind;
	return add_line(self, &goods, quantity);
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
	self->pending.piece = self->piece;
	self->piece = (ScannedPiece){ 0 };
}

/* Goods that are followed one by one wait for their number. Takes @item. */
static bool ask_serial(Session *self, TillItem *item, const char *code, Quantity quantity,
		       bool given)
{
	if (quantity.micro != QUANTITY_ONE) {
		session_refuse(self, "one-by-one", item->name, NULL);
		till_item_free(item);
		return false;
	}
	keep_pending(self, item, code, quantity, false);
	self->pending.numbered = true;
	self->pending.given = given;
	session_tell(self, "serial-wanted", item->name, NULL);
	self->answer.sound = SESSION_SOUND_SCAN;
	return true;
}

/* Goods that wait for a price to be typed. */
static bool ask_price(Session *self, const SessionEvent *event, TillItem *item, const char *code,
		      Quantity quantity)
{
	if (!session_may(self, event, TILL_RIGHT_PRICE, "price-right", item->name))
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
	if (item->serials && self->piece.serial == NULL)
		return ask_serial(self, g_steal_pointer(&owned), code, quantity, given);
	if (item->has_price)
		return add_listed(self, item, code, quantity);
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
		return add_at(self, item, code, item->price, weight);
	return add_at(self, item, code, price, times);
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

bool session_find_listed(Session *self, const char *code, const GoodsMoment *moment, TillItem **ret,
			 GError **error)
{
	char long_form[13];

	if (!goods_find_code(self->goods, code, moment, ret, error))
		return false;
	return *ret != NULL || !barcode_expand_upce(code, long_form) ||
	       goods_find_code(self->goods, long_form, moment, ret, error);
}

/* A weight that somebody typed, where the scale would have said it. */
static bool may_type_weight(Session *self, const SessionEvent *event, const TillItem *item,
			    bool given)
{
	return !given || !item->weighed || self->scale == NULL ||
	       session_may(self, event, TILL_RIGHT_WEIGHT, "weight-right", item->name);
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
	bool is_pack = item->factor.micro != QUANTITY_ONE;
	bool several = item->unit == UNIT_PIECE && scanned->count > 1;

	if (!is_pack && has_label(scanned, item, &label))
		return sell_label(self, event, item, scanned->code, &label, quantity);
	if ((several &&
	     !scale_int64(quantity.micro, scanned->count, 1, ROUND_DOWN, &quantity.micro)) ||
	    (is_pack && !scale_int64(quantity.micro, item->factor.micro, QUANTITY_ONE,
				     ROUND_HALF_AWAY, &quantity.micro))) {
		till_item_free(item);
		return session_refuse(self, "unreadable", NULL, NULL);
	}
	if (is_pack)
		return sell(self, event, item, scanned->code, quantity, true);
	if (!may_type_weight(self, event, item, scanned->times_given)) {
		till_item_free(item);
		return false;
	}
	return sell(self, event, item, scanned->code, quantity, scanned->times_given || several);
}

/* The number of the goods that wait for it; what else the code said of them is known already. */
static bool sell_numbered(Session *self, const SessionEvent *event, const char *serial)
{
	TillItem *item = g_steal_pointer(&self->pending.item);
	g_autofree char *code = g_steal_pointer(&self->pending.code);
	Quantity quantity = self->pending.quantity;
	bool given = self->pending.given;

	scanned_piece_clear(&self->piece);
	self->piece = self->pending.piece;
	self->pending.piece = (ScannedPiece){ 0 };
	session_drop_pending(self);
	self->piece.serial = g_strdup(serial);
	return sell(self, event, item, code, quantity, given);
}

/* Takes @item. */
static bool sell_checked(Session *self, const SessionEvent *event, TillItem *item,
			 const ScannedCode *scanned, const EmbeddedCode *label)
{
	if (!session_check_goods(self, event, item)) {
		till_item_free(item);
		return false;
	}
	if (label != NULL)
		return sell_label(self, event, item, scanned->code, label, scanned->times);
	return sell_scanned(self, event, item, scanned);
}

/* What is no goods' code: a label of the shop's scales, or nothing we know. */
static bool scan_label(Session *self, const SessionEvent *event, const ScannedCode *scanned)
{
	g_autoptr(GError) error = NULL;
	TillItem *item = NULL;
	EmbeddedCode label;

	if (barcode_kind(scanned->code) == BARCODE_BAD_CHECK)
		return session_refuse(self, "bad-check-digit", scanned->code, NULL);
	if (!find_label(self, scanned->code, &item, &label, &error))
		return session_refuse_store(self, error);
	if (item != NULL)
		return sell_checked(self, event, item, scanned, &label);
	return session_refuse(self, "not-found", scanned->code, NULL);
}

/* *ret_card: it was a customer's card, and no goods have come. */
static bool scan_code(Session *self, const SessionEvent *event, const ScannedCode *scanned,
		      bool *ret_card)
{
	GoodsMoment moment = session_moment(self);
	g_autoptr(GError) error = NULL;
	TillItem *item = NULL;
	bool done;

	*ret_card = false;
	if (!session_find_listed(self, scanned->code, &moment, &item, &error))
		return session_refuse_store(self, error);
	if (item != NULL)
		return sell_checked(self, event, item, scanned, NULL);
	if (self->pending.numbered && !scanned->times_given)
		return sell_numbered(self, event, scanned->code);
	done = session_take_card(self, scanned->code, ret_card);
	if (!done || *ret_card)
		return done;
	return scan_label(self, event, scanned);
}

/* The next goods are scanned while others wait for their price: no question eats a scan. */
static bool scan_past_pending(Session *self, const SessionEvent *event, const ScannedCode *scanned)
{
	const TillItem *left = self->pending.item;
	g_autofree char *name = g_strdup(left->name);
	const char *left_out = self->pending.weighed	? "weight-left-out"
			       : self->pending.numbered ? "serial-left-out"
							: "price-left-out";
	bool is_card;

	if (!scan_code(self, event, scanned, &is_card))
		return false;
	if (is_card || self->pending.item != left)
		return true; /* now these wait, or none */
	session_drop_pending(self);
	session_tell(self, left_out, name, NULL);
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
	int this_year = session_moment(self).day / 10000;
	const char *fault;
	bool sold, is_card;

	if (self->pending.item == NULL && !has_goods(self) && event->text != NULL &&
	    session_is_receipt_code(self, event->text, &receipt))
		return session_begin_return(self, event, receipt);
	if (session_is_return(self) && self->state != SESSION_PAID)
		return session_refuse(self, "return-only", NULL, NULL);
	fault = scanned_code_read(event->text != NULL ? event->text : "", self->shop.currency,
				  this_year, &scanned, &number);

	if (fault != NULL)
		return session_refuse(self, fault, number, NULL);
	self->piece = scanned.piece;
	scanned.piece = (ScannedPiece){ 0 };
	if (self->country == NULL || !self->country->marking)
		g_clear_pointer(&self->piece.mark, g_free);
	sold = self->pending.item != NULL ? scan_past_pending(self, event, &scanned)
					  : scan_code(self, event, &scanned, &is_card);
	scanned_piece_clear(&self->piece);
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
	bool sold;

	if (session_is_return(self) && self->state != SESSION_PAID)
		return session_refuse(self, "return-only", NULL, NULL);
	if (self->pending.item != NULL && !self->pending.weighed)
		return session_refuse_pending(self);
	if (given && (!quantity_parse_decimal(event->text, &quantity) || quantity.micro <= 0))
		return session_refuse(self, "bad-quantity", event->text, NULL);
	if (!goods_find_id(self->goods, event->number, &moment, &item, &error))
		return session_refuse_store(self, error);
	if (item == NULL)
		return session_refuse(self, "item-gone", NULL, NULL);
	if (!session_check_goods(self, event, item) || !may_type_weight(self, event, item, given)) {
		scanned_piece_clear(&self->piece);
		till_item_free(item);
		return false;
	}
	code = g_strdup(item->code);
	sold = sell(self, event, item, code, quantity, given);
	scanned_piece_clear(&self->piece);
	return sold;
}

/* What was scanned with the goods that wait comes back for as long as they are added. */
static void swap_piece(Session *self)
{
	ScannedPiece piece = self->piece;

	self->piece = self->pending.piece;
	self->pending.piece = piece;
}

bool session_sell_weighed(Session *self, Quantity quantity)
{
	bool added;

	swap_piece(self);
	added = add_listed(self, self->pending.item, self->pending.code, quantity);
	swap_piece(self);
	if (added)
		session_drop_pending(self);
	return added;
}

/* The price of the goods that wait for one. */
bool session_sell_pending(Session *self, const char *text)
{
	Money price;
	bool added;

	if (!money_parse_decimal(text, self->shop.currency, &price) || price.minor <= 0)
		return session_refuse(self, "bad-price", text, NULL);
	swap_piece(self);
	added = add_at(self, self->pending.item, self->pending.code, price, self->pending.quantity);
	swap_piece(self);
	if (added)
		session_drop_pending(self);
	return added;
}

void session_drop_pending(Session *self)
{
	if (self->pending.weighed)
		session_weigh_over(self);
	self->pending.weighed = self->pending.numbered = false;
	g_clear_pointer(&self->pending.item, till_item_free);
	g_clear_pointer(&self->pending.code, g_free);
	scanned_piece_clear(&self->pending.piece);
}
