/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/ui/change_pane.h"
#include "pos/ui/count_pane.h"
#include "pos/ui/input_pane.h"
#include "pos/ui/notice_pane.h"
#include "pos/ui/receipt_pane.h"
#include "pos/ui/record_list.h"
#include "pos/ui/sale_page.h"

/* The selling page from inside, for its files: what is shown (sale_page.c), what can be done
 * (sale_verbs.c, sale_day.c), how goods are found by name (sale_search.c). */

/* What is on the screen, beside what the session's state says. */
typedef enum {
	PANEL_NONE,
	PANEL_MENU,
	PANEL_REPORT,
	PANEL_HELD, /* receipts put aside */
	PANEL_CASES, /* receipts to look after */
	PANEL_COUNT, /* the drawer by notes */
} Panel;

struct _PosSalePage {
	GtkGrid parent_instance;

	/* template children, borrowed */
	GtkStack *left;
	PosReceiptPane *receipt;
	PosChangePane *change;
	PosNoticePane *notice;
	PosRecordList *held;
	PosRecordList *cases;
	PosCountPane *count;
	PosInputPane *input;

	/* owned */
	SessionView *view;
	char *wanted; /* Enter came before the answer to this search */

	TillLink *link; /* borrowed */
	bool paying; /* payment is asked for; the session learns of it with the money */
	Panel panel;
	bool has_chosen_ask;
	Ask chosen_ask;
	int ask_line; /* line that the chosen ask is about */
};

/* Screens, as bits: where a verb has a meaning. */
enum {
	ON_SALE = 1 << 0,
	ON_PAYMENT = 1 << 1,
	ON_CARD = 1 << 2,
	ON_ATTENTION = 1 << 3,
	ON_OTHER = 1 << 4,
	ON_CARD_WORKING = 1 << 5, /* the card terminal is */
	ON_CARD_UNKNOWN = 1 << 6, /* it lost the answer */
	ON_RETURN = 1 << 7, /* goods that come back */
	ON_GIVING = 1 << 8, /* a part of their money is given back */
};
#define ON_ANY                                                                                     \
	(ON_SALE | ON_PAYMENT | ON_CARD | ON_ATTENTION | ON_OTHER | ON_CARD_WORKING |              \
	 ON_CARD_UNKNOWN | ON_RETURN | ON_GIVING)
#define ON_GOODS (ON_SALE | ON_RETURN)

int sale_page_get_screen(const PosSalePage *self);
Ask sale_page_get_ask(const PosSalePage *self);
/* Shows what follows from the view and from what the cashier chose. */
void sale_page_refresh(PosSalePage *self);
/* The receipt's figures too: payment began or was left. */
void sale_page_refresh_all(PosSalePage *self);
void sale_page_choose_nothing(PosSalePage *self);
/* The cashier goes on: what was told about before is read, and a new view will say what is next. */
void sale_page_drop_message(PosSalePage *self);
void sale_page_choose_ask(PosSalePage *self, Ask ask);
/* Sends @text as the answer to what is asked. */
void sale_page_answer(PosSalePage *self, const char *text);

void sale_verbs_install(GtkWidgetClass *klass);
void sale_verbs_update(PosSalePage *self);
/* False where @key belongs to no verb. */
bool sale_verbs_press(PosSalePage *self, guint key);
void sale_verbs_approve_card(PosSalePage *self);

/* Codes are digits; with a letter it is a name. */
bool sale_search_is_name(const char *text);
void sale_search_typed(PosSalePage *self);
/* Takes the chosen of what was found, or the code as it stands where nothing was; waits for the
 * answer where it has not come. */
void sale_search_pick(PosSalePage *self, const char *text);
void sale_search_add(PosSalePage *self, int64_t item_id);
/* After a view with what was found. */
void sale_search_serve(PosSalePage *self);
