/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include <string.h>

/* What is done to lines that are in the receipt already. */

static const char *given_text(const SessionEvent *event)
{
	return event->text != NULL ? event->text : "";
}

/* Line @number, or the last one that stands for 0. NULL and refused where there is none. */
static const ReceiptLine *find_line(Session *self, int64_t number)
{
	const ReceiptLine *line = NULL;
	int n = self->receipt != NULL ? receipt_get_n_lines(self->receipt) : 0;

	if (number > 0 && number <= n)
		line = receipt_get_line(self->receipt, (int)number - 1);
	/* What was left out of a return can be put back into it. */
	if (line != NULL && line->voided && !session_is_return(self))
		line = NULL;
	for (int i = n - 1; number == 0 && line == NULL && i >= 0; i--)
		if (!receipt_get_line(self->receipt, i)->voided)
			line = receipt_get_line(self->receipt, i);
	if (line == NULL)
		session_refuse(self, "no-line", NULL, NULL);
	return line;
}

/* The change is in memory: onto the disk and the screen with it. */
static bool finish(Session *self, int number)
{
	if (!session_save(self, number))
		return false;
	self->last_line = number;
	session_display_line(self, number);
	return true;
}

static bool set_quantity(Session *self, const ReceiptLine *line, Quantity quantity, GError **error)
{
	int number = line->number;
	ReceiptDeal deal;

	return session_deal_of(self, line, quantity, &deal, error) &&
	       receipt_set_deal(self->receipt, number, &deal, error);
}

bool session_on_quantity(Session *self, const SessionEvent *event)
{
	const ReceiptLine *line = find_line(self, event->number);
	g_autoptr(GError) error = NULL;
	Quantity quantity;
	int number;
	bool ok;

	if (line == NULL)
		return false;
	if (!quantity_parse_decimal(given_text(event), &quantity) || quantity.micro <= 0)
		return session_refuse(self, "bad-quantity", given_text(event), NULL);
	if (line->unit == UNIT_PIECE && quantity.micro % QUANTITY_ONE != 0)
		return session_refuse(self, "whole-only", line->name, NULL);
	number = line->number;
	ok = session_is_return(self) ? receipt_set_quantity(self->receipt, number, quantity, &error)
				     : set_quantity(self, line, quantity, &error);
	if (!ok)
		return session_refuse_receipt(self, error, given_text(event));
	return finish(self, number);
}

bool session_on_price(Session *self, const SessionEvent *event)
{
	const ReceiptLine *line;
	g_autoptr(GError) error = NULL;
	Money price;
	int number;

	if (self->pending.item != NULL && self->pending.numbered)
		return session_refuse_pending(self);
	if (self->pending.item != NULL)
		return session_sell_pending(self, given_text(event));
	line = find_line(self, event->number);
	if (line == NULL)
		return false;
	if (!money_parse_decimal(given_text(event), self->shop.currency, &price) ||
	    price.minor <= 0)
		return session_refuse(self, "bad-price", given_text(event), NULL);
	if (!session_may(self, event, TILL_RIGHT_PRICE, "price-change-right", NULL))
		return false;
	number = line->number;
	if (!receipt_set_price(self->receipt, number, price, &error))
		return session_refuse_receipt(self, error, given_text(event));
	return finish(self, number);
}

/* "5%", "5 %", "12.50", "0" */
static bool parse_discount(const char *text, uint16_t currency, Discount *ret)
{
	g_autofree char *number = g_strstrip(g_strdup(text));
	size_t len = strlen(number);
	bool percent = len > 0 && number[len - 1] == '%';
	Quantity rate;
	Money amount;

	if (percent) {
		number[len - 1] = '\0';
		/* hundredths of a percent: two decimals, no finer */
		if (!quantity_parse_decimal(g_strchomp(number), &rate) || rate.micro < 0 ||
		    rate.micro % (QUANTITY_ONE / 100) != 0)
			return false;
		*ret = (Discount){ DISCOUNT_PERCENT, rate.micro / (QUANTITY_ONE / 100) };
	} else {
		if (!money_parse_decimal(number, currency, &amount) || amount.minor < 0)
			return false;
		*ret = (Discount){ DISCOUNT_AMOUNT, amount.minor };
	}
	if (ret->value == 0)
		*ret = (Discount){ DISCOUNT_NONE, 0 };
	return ret->kind != DISCOUNT_PERCENT || ret->value <= TAX_ONE;
}

/* More than anybody may give of @base? */
static bool is_large(Discount discount, Money base)
{
	int64_t free_amount;

	if (discount.kind == DISCOUNT_PERCENT)
		return discount.value > TILL_FREE_DISCOUNT;
	if (discount.kind == DISCOUNT_NONE)
		return false;
	return !scale_int64(base.minor, TILL_FREE_DISCOUNT, TAX_ONE, ROUND_DOWN, &free_amount) ||
	       discount.value > free_amount;
}

/* Reads what was typed and asks whether this person may; false where it was refused. */
static bool read_discount(Session *self, const SessionEvent *event, Money base, Discount *ret)
{
	if (!parse_discount(given_text(event), self->shop.currency, ret))
		return session_refuse(self, "bad-discount", given_text(event), NULL);
	if (ret->kind == DISCOUNT_AMOUNT && ret->value > base.minor)
		return session_refuse(self, "bad-discount", given_text(event), NULL);
	return !is_large(*ret, base) ||
	       session_may(self, event, TILL_RIGHT_DISCOUNT, "discount-right", NULL);
}

bool session_on_discount_line(Session *self, const SessionEvent *event)
{
	const ReceiptLine *line = find_line(self, event->number);
	g_autoptr(GError) error = NULL;
	Discount discount;
	int number;

	if (line == NULL || !read_discount(self, event, line->gross, &discount))
		return false;
	number = line->number;
	if (!receipt_discount_line(self->receipt, number, discount, &error))
		return session_refuse_receipt(self, error, given_text(event));
	return finish(self, number);
}

bool session_on_discount_receipt(Session *self, const SessionEvent *event)
{
	g_autoptr(GError) error = NULL;
	Discount discount;

	if (self->receipt == NULL || receipt_get_totals(self->receipt)->n_goods == 0)
		return session_refuse(self, "no-line", NULL, NULL);
	if (!read_discount(self, event, receipt_get_totals(self->receipt)->gross, &discount))
		return false;
	if (!receipt_discount(self->receipt, discount, &error))
		return session_refuse_receipt(self, error, given_text(event));
	if (!session_save(self, 0))
		return false;
	session_display_total(self);
	return true;
}

bool session_on_void_line(Session *self, const SessionEvent *event)
{
	const ReceiptLine *line = find_line(self, event->number);
	g_autoptr(GError) error = NULL;
	json_auto_t *details = NULL;
	int number;

	if (line == NULL)
		return false;
	number = line->number;
	details = json_pack("{s:i, s:s, s:I}", "line", number, "name", line->name, "sum",
			    (json_int_t)(line->net.minor + line->added.minor));
	if (!receipt_void_line(self->receipt, number, &error))
		return session_refuse_receipt(self, error, NULL);
	if (!session_save_with(self, number, JOURNAL_LINE_VOID, details))
		return false;
	self->last_line = number;
	session_display_total(self);
	return true;
}

bool session_on_void_receipt(Session *self, const SessionEvent *event)
{
	g_autoptr(GError) error = NULL;

	if (self->pending.item != NULL && self->receipt == NULL) {
		session_drop_pending(self);
		return true;
	}
	if (self->receipt == NULL)
		return session_refuse(self, "no-line", NULL, NULL);
	/* A return that is given up leaves everything as it was. */
	if (receipt_get_totals(self->receipt)->n_goods > 0 && !session_is_return(self) &&
	    !session_may(self, event, TILL_RIGHT_VOID_RECEIPT, "void-right", NULL))
		return false;
	if (!till_db_void_receipt(self->db, self->cashier->id, &error))
		return session_refuse_store(self, error);
	till_db_get_shift(self->db, &self->shift);
	session_drop_pending(self);
	session_forget_receipt(self);
	session_display_idle(self);
	session_tell(self, "receipt-voided", NULL, NULL);
	return true;
}
