/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/ask.h"

#include <glib/gi18n-lib.h>

static const struct {
	const char *name;
	const char *caption;
	SessionEventKind event;
	bool masked;
} asks[ASK_N] = {
	[ASK_SCAN] = { N_("Scan or type"), N_("Code, name, or 3* for three"), SESSION_SCAN, false },
	[ASK_QUANTITY] = { N_("Quantity"), N_("Quantity of the marked line"), SESSION_QUANTITY,
			   false },
	[ASK_PRICE] = { N_("Price"), N_("Price for one"), SESSION_PRICE, false },
	[ASK_LINE_DISCOUNT] = { N_("Line discount"), N_("Discount on the line: a sum or 10%"),
				SESSION_DISCOUNT_LINE, false },
	[ASK_RECEIPT_DISCOUNT] = { N_("Receipt discount"), N_("Discount on all: a sum or 10%"),
				   SESSION_DISCOUNT_RECEIPT, false },
	[ASK_TENDER] = { N_("Amount"), N_("Amount, if it is not all of it"), SESSION_PAY_CASH,
			 false },
	[ASK_REFERENCE] = { N_("Reference"), N_("Number on the terminal's slip"),
			    SESSION_CARD_RESULT, false },
	[ASK_OVERRIDE] = { N_("PIN of a senior"), N_("PIN of one who may"), SESSION_OVERRIDE,
			   true },
	[ASK_CASH_IN] = { N_("Cash in"), N_("Cash put into the drawer"), SESSION_CASH_IN, false },
	[ASK_CASH_OUT] = { N_("Cash out"), N_("Cash taken from the drawer"), SESSION_CASH_OUT,
			   false },
	[ASK_COUNT] = { N_("Counted cash"), N_("Cash counted in the drawer"), SESSION_CLOSE_SHIFT,
			false },
	[ASK_NOTES] = { N_("How many"), N_("How many of them are in the drawer"),
			SESSION_CLOSE_SHIFT, false },
	[ASK_RETURN] = { N_("Number of the receipt"), N_("Scan the receipt, or type its number"),
			 SESSION_RETURN, false },
	[ASK_CUSTOMER] = { N_("Customer"), N_("Number of the buyer"), SESSION_CUSTOMER, false },
	[ASK_REASON] = { N_("Reason"), N_("Why they were sold without the registrar"),
			 SESSION_TELL_LATE, false },
};

Ask ask_of_view(const SessionView *view, bool paying)
{
	if (view->asks_override)
		return ASK_OVERRIDE;
	if (view->asks_price)
		return ASK_PRICE;
	if (view->state == SESSION_CARD_ASKED && !view->card_unknown)
		return ASK_REFERENCE;
	return paying ? ASK_TENDER : ASK_SCAN;
}

bool ask_is_masked(Ask ask)
{
	return asks[ask].masked;
}

SessionEventKind ask_event(Ask ask)
{
	return asks[ask].event;
}

const char *ask_name(Ask ask)
{
	return _(asks[ask].name);
}

const char *ask_caption(Ask ask)
{
	return _(asks[ask].caption);
}
