/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* What the one field of the selling page asks for. */
typedef enum {
	ASK_SCAN, /* a code, a name, "3*" */
	ASK_QUANTITY,
	ASK_PRICE,
	ASK_LINE_DISCOUNT,
	ASK_RECEIPT_DISCOUNT,
	ASK_TENDER,
	ASK_REFERENCE,
	ASK_OVERRIDE,
	ASK_CASH_IN,
	ASK_CASH_OUT,
	ASK_COUNT,
	ASK_NOTES, /* how many of one note the drawer holds */
	ASK_RETURN,
	ASK_CUSTOMER,
	ASK_REASON, /* why the registrar is told late */
	ASK_N,
} Ask;

/* What @view asks for when the cashier has chosen nothing else. @paying: the payment is on screen.
 */
Ask ask_of_view(const SessionView *view, bool paying);
bool ask_is_masked(Ask ask);
/* The event that carries the answer. */
SessionEventKind ask_event(Ask ask);
/* Its name for assistive technology and its heading on the screen. Static. */
const char *ask_name(Ask ask);
const char *ask_caption(Ask ask);
