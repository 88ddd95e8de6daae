/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/sale_day.h"

static void sale_quantity(PosSalePage *self, GVariant *target)
{
	g_autofree char *text = g_strdup(pos_input_pane_get_text(self->input));
	int line = pos_receipt_pane_get_selected(self->receipt);

	if (*text == '\0' || sale_page_get_ask(self) != ASK_SCAN) {
		sale_page_choose_ask(self, ASK_QUANTITY);
		return;
	}
	till_link_send_line(self->link, SESSION_QUANTITY, line, text);
	pos_input_pane_clear(self->input);
}

static void sale_price(PosSalePage *self, GVariant *target)
{
	sale_page_choose_ask(self, ASK_PRICE);
}

static void sale_discount(PosSalePage *self, GVariant *target)
{
	sale_page_choose_ask(self, ASK_LINE_DISCOUNT);
}

static void sale_receipt_discount(PosSalePage *self, GVariant *target)
{
	sale_page_choose_ask(self, ASK_RECEIPT_DISCOUNT);
}

static bool asks_discount(const PosSalePage *self)
{
	Ask ask = sale_page_get_ask(self);

	return ask == ASK_LINE_DISCOUNT || ask == ASK_RECEIPT_DISCOUNT;
}

static void sale_percent(PosSalePage *self, GVariant *target)
{
	if (asks_discount(self))
		sale_page_answer(self, g_variant_get_string(target, NULL));
}

static void sale_void(PosSalePage *self, GVariant *target)
{
	till_link_send_line(self->link, SESSION_VOID_LINE,
			    pos_receipt_pane_get_selected(self->receipt), NULL);
}

static void sale_void_receipt(PosSalePage *self, GVariant *target)
{
	sale_page_choose_nothing(self);
	till_link_send(self->link, SESSION_VOID_RECEIPT);
	sale_page_refresh(self);
}

static void sale_pay(PosSalePage *self, GVariant *target)
{
	sale_page_drop_message(self);
	sale_page_choose_nothing(self);
	self->paying = true;
	pos_input_pane_clear(self->input);
	sale_page_refresh_all(self);
}

static void leave_payment(PosSalePage *self)
{
	if (self->view->state == SESSION_TENDERING) {
		till_link_send(self->link, SESSION_BACK);
		return;
	}
	sale_page_drop_message(self);
	self->paying = false;
	sale_page_refresh_all(self);
}

/* One step back from wherever the cashier is. */
static void sale_back(PosSalePage *self, GVariant *target)
{
	const char *text = pos_input_pane_get_text(self->input);
	bool asked = self->view->asks_override || self->view->asks_price;

	if (*text != '\0') {
		pos_input_pane_clear(self->input);
		sale_page_refresh(self);
	} else if (self->has_chosen_ask || self->panel != PANEL_NONE) {
		sale_page_choose_nothing(self);
		sale_page_refresh(self);
	} else if (!asked && (sale_page_get_screen(self) & (ON_PAYMENT | ON_GIVING)) != 0) {
		leave_payment(self);
	} else if (asked || self->view->weighing || self->view->tone != SESSION_TONE_NONE) {
		till_link_send(self->link, SESSION_DISMISS);
	}
}

static void pay_exact(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_PAY_CASH);
	pos_input_pane_clear_later(self->input);
}

static const char *typed_or_all(PosSalePage *self)
{
	const char *text = pos_input_pane_get_text(self->input);

	return *text != '\0' ? text : NULL;
}

static void pay_cash(PosSalePage *self, GVariant *target)
{
	till_link_send_text(self->link, SESSION_PAY_CASH, typed_or_all(self));
	pos_input_pane_clear_later(self->input);
}

static void pay_note(PosSalePage *self, GVariant *target)
{
	till_link_send_text(self->link, SESSION_PAY_CASH, g_variant_get_string(target, NULL));
	pos_input_pane_clear_later(self->input);
}

static void pay_card(PosSalePage *self, GVariant *target)
{
	till_link_send_text(self->link, SESSION_PAY_CARD, typed_or_all(self));
	pos_input_pane_clear_later(self->input);
}

static void card_approved(PosSalePage *self, GVariant *target)
{
	till_link_send_card_result(self->link, true, pos_input_pane_get_text(self->input));
	pos_input_pane_clear_later(self->input);
}

static void card_declined(PosSalePage *self, GVariant *target)
{
	till_link_send_card_result(self->link, false, NULL);
	pos_input_pane_clear_later(self->input);
}

static void card_stop(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_BACK);
}

static void card_ask_again(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_RETRY);
}

static void card_charged(PosSalePage *self, GVariant *target)
{
	till_link_send_card_result(self->link, true, NULL);
}

static void card_not_charged(PosSalePage *self, GVariant *target)
{
	till_link_send_card_result(self->link, false, NULL);
}

static void sale_weigh(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_WEIGH);
}

static void attention_retry(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_RETRY);
}

static void attention_abandon(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_ABANDON);
}

static void attention_close_late(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_CLOSE_LATE);
}

static void sale_accept(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_ACCEPT_REGISTRAR);
}

static void goods_add(PosSalePage *self, GVariant *target)
{
	sale_search_add(self, g_variant_get_int64(target));
}

static void till_menu(PosSalePage *self, GVariant *target)
{
	bool is_open = self->panel == PANEL_MENU;

	sale_page_choose_nothing(self);
	self->panel = is_open ? PANEL_NONE : PANEL_MENU;
	sale_page_refresh(self);
}

static void till_drawer(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_NO_SALE);
}

static void till_reprint(PosSalePage *self, GVariant *target)
{
	sale_page_choose_nothing(self);
	till_link_send(self->link, SESSION_REPRINT);
	sale_page_refresh(self);
}

static void till_drop_paper(PosSalePage *self, GVariant *target)
{
	sale_page_choose_nothing(self);
	till_link_send(self->link, SESSION_DROP_PAPER);
	sale_page_refresh(self);
}

static void till_devices(PosSalePage *self, GVariant *target)
{
	sale_page_choose_nothing(self);
	sale_page_refresh(self);
	gtk_widget_activate_action(GTK_WIDGET(self), "till.devices", NULL);
}

static void till_cash_in(PosSalePage *self, GVariant *target)
{
	sale_page_choose_ask(self, ASK_CASH_IN);
}

static void till_cash_out(PosSalePage *self, GVariant *target)
{
	sale_page_choose_ask(self, ASK_CASH_OUT);
}

static void till_sync(PosSalePage *self, GVariant *target)
{
	sale_page_choose_nothing(self);
	till_link_send(self->link, SESSION_SYNC);
	sale_page_refresh(self);
}

static void shift_x_report(PosSalePage *self, GVariant *target)
{
	sale_page_choose_nothing(self);
	self->panel = PANEL_REPORT;
	till_link_send(self->link, SESSION_X_REPORT);
	sale_page_refresh(self);
}

/* In the order in which keys are tried. */
static const struct {
	const char *action;
	const char *type; /* of its target */
	guint key;
	Panel panel; /* that has to be open for the key: a slip of the hand must not void a receipt.
			PANEL_NONE: whatever is */
	SessionActions needs;
	int screens;
	void (*run)(PosSalePage *self, GVariant *target);
} verbs[] = {
	/* with keys that mean something else outside their list or menu */
	{ "held.recall", NULL, 0, 0, SESSION_CAN_RECALL, ON_SALE, sale_day_recall },
	{ "held.void", NULL, GDK_KEY_Delete, PANEL_HELD, 0, ON_GOODS, sale_day_void_held },
	{ "late.tell", NULL, 0, 0, SESSION_CAN_TELL_LATE, ON_GOODS, sale_day_tell_late },
	{ "late.reason", "s", 0, 0, SESSION_CAN_TELL_LATE, ON_GOODS, sale_day_reason },
	{ "till.drop-paper", NULL, GDK_KEY_Insert, PANEL_CASES, SESSION_CAN_REPRINT, ON_GOODS,
	  till_drop_paper },
	{ "count.next", NULL, 0, 0, 0, ON_SALE, sale_day_count_next },
	{ "count.done", NULL, GDK_KEY_End, PANEL_COUNT, SESSION_CAN_CLOSE_SHIFT, ON_SALE,
	  sale_day_count_done },
	{ "count.sum", NULL, GDK_KEY_F11, PANEL_COUNT, SESSION_CAN_CLOSE_SHIFT, ON_SALE,
	  sale_day_count_sum },
	{ "return.begin", NULL, GDK_KEY_F5, PANEL_MENU, SESSION_CAN_RETURN, ON_SALE,
	  sale_day_return },
	{ "sale.customer", NULL, GDK_KEY_F6, PANEL_MENU, SESSION_CAN_CUSTOMER, ON_SALE | ON_PAYMENT,
	  sale_day_customer },
	{ "till.cases", NULL, GDK_KEY_F7, PANEL_MENU, 0, ON_GOODS, sale_day_cases },
	{ "till.cash-in", NULL, GDK_KEY_Page_Up, PANEL_MENU, SESSION_CAN_REPORT, ON_GOODS,
	  till_cash_in },
	{ "till.cash-out", NULL, GDK_KEY_Page_Down, PANEL_MENU, SESSION_CAN_REPORT, ON_GOODS,
	  till_cash_out },
	{ "till.reprint", NULL, GDK_KEY_Home, PANEL_MENU, SESSION_CAN_REPRINT, ON_GOODS,
	  till_reprint },
	{ "sale.devices", NULL, GDK_KEY_F11, PANEL_MENU, 0, ON_GOODS, till_devices },
	{ "till.sync", NULL, GDK_KEY_F2, PANEL_MENU, 0, ON_GOODS, till_sync },
	{ "shift.x-report", NULL, GDK_KEY_F1, PANEL_MENU, SESSION_CAN_REPORT, ON_GOODS,
	  shift_x_report },
	{ "shift.close", NULL, GDK_KEY_End, PANEL_MENU, SESSION_CAN_CLOSE_SHIFT, ON_SALE,
	  sale_day_count },
	{ "sale.void-receipt", NULL, GDK_KEY_F3, PANEL_MENU, SESSION_CAN_EDIT, ON_GOODS,
	  sale_void_receipt },
	/* with keys that are always theirs */
	{ "sale.quantity", NULL, GDK_KEY_F5, 0, SESSION_CAN_EDIT, ON_GOODS, sale_quantity },
	{ "sale.weigh", NULL, GDK_KEY_F4, 0, SESSION_CAN_WEIGH, ON_SALE, sale_weigh },
	{ "sale.price", NULL, GDK_KEY_F4, 0, SESSION_CAN_EDIT, ON_SALE, sale_price },
	{ "sale.discount", NULL, GDK_KEY_F6, 0, SESSION_CAN_EDIT, ON_SALE, sale_discount },
	{ "sale.receipt-discount", NULL, GDK_KEY_F7, 0, SESSION_CAN_EDIT, ON_SALE,
	  sale_receipt_discount },
	{ "sale.percent", "s", 0, 0, SESSION_CAN_EDIT, ON_SALE, sale_percent },
	{ "sale.void", NULL, GDK_KEY_Delete, 0, SESSION_CAN_EDIT, ON_GOODS, sale_void },
	{ "sale.hold", NULL, GDK_KEY_Insert, 0, SESSION_CAN_HOLD, ON_SALE, sale_day_hold },
	{ "sale.held", NULL, GDK_KEY_Insert, 0, 0, ON_GOODS, sale_day_held },
	{ "sale.pay", NULL, GDK_KEY_F12, 0, SESSION_CAN_PAY, ON_SALE, sale_pay },
	{ "return.give-back", NULL, GDK_KEY_F12, 0, SESSION_CAN_GIVE_BACK, ON_RETURN | ON_GIVING,
	  sale_day_give_back },
	{ "customer.none", NULL, 0, 0, SESSION_CAN_CUSTOMER, ON_SALE | ON_PAYMENT,
	  sale_day_no_customer },
	{ "pay.customer", NULL, GDK_KEY_F6, 0, SESSION_CAN_CUSTOMER, ON_PAYMENT,
	  sale_day_customer },
	{ "pay.cash", NULL, GDK_KEY_F12, 0, 0, ON_PAYMENT, pay_cash },
	{ "pay.exact", NULL, 0, 0, 0, ON_PAYMENT, pay_exact },
	{ "pay.note", "s", 0, 0, 0, ON_PAYMENT, pay_note },
	{ "pay.card", NULL, GDK_KEY_F11, 0, 0, ON_PAYMENT, pay_card },
	{ "card.approved", NULL, GDK_KEY_F12, 0, 0, ON_CARD, card_approved },
	{ "card.declined", NULL, GDK_KEY_Escape, 0, 0, ON_CARD, card_declined },
	{ "card.stop", NULL, GDK_KEY_Escape, 0, SESSION_CAN_BACK, ON_CARD_WORKING, card_stop },
	{ "card.ask-again", NULL, GDK_KEY_F11, 0, SESSION_CAN_RETRY, ON_CARD_UNKNOWN,
	  card_ask_again },
	{ "card.charged", NULL, GDK_KEY_F7, 0, 0, ON_CARD_UNKNOWN, card_charged },
	{ "card.not-charged", NULL, GDK_KEY_F8, 0, 0, ON_CARD_UNKNOWN, card_not_charged },
	{ "attention.retry", NULL, GDK_KEY_F12, 0, SESSION_CAN_RETRY, ON_ATTENTION,
	  attention_retry },
	{ "attention.abandon", NULL, GDK_KEY_F11, 0, SESSION_CAN_ABANDON, ON_ATTENTION,
	  attention_abandon },
	{ "attention.close-late", NULL, GDK_KEY_F8, 0, SESSION_CAN_CLOSE_LATE, ON_ATTENTION,
	  attention_close_late },
	{ "sale.accept", NULL, GDK_KEY_F1, 0, SESSION_CAN_ACCEPT, ON_ANY, sale_accept },
	{ "sale.back", NULL, GDK_KEY_Escape, 0, 0, ON_ANY, sale_back },
	{ "goods.add", "x", 0, 0, 0, ON_SALE, goods_add },
	{ "till.menu", NULL, GDK_KEY_F10, 0, 0, ON_GOODS, till_menu },
	{ "till.drawer", NULL, GDK_KEY_F8, 0, 0, ON_GOODS, till_drawer },
};

static bool can(const PosSalePage *self, SessionActions needs, int screens)
{
	return self->view != NULL && (self->view->actions & needs) == needs &&
	       (sale_page_get_screen(self) & screens) != 0;
}

static void run_verb(GtkWidget *widget, const char *action, GVariant *target)
{
	PosSalePage *self = POS_SALE_PAGE(widget);

	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (strcmp(verbs[i].action, action) == 0 &&
		    can(self, verbs[i].needs, verbs[i].screens))
			verbs[i].run(self, target);
}

void sale_verbs_update(PosSalePage *self)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		gtk_widget_action_set_enabled(GTK_WIDGET(self), verbs[i].action,
					      can(self, verbs[i].needs, verbs[i].screens));
}

bool sale_verbs_press(PosSalePage *self, guint key)
{
	bool is_verb = false;

	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
		if (verbs[i].key != key ||
		    (verbs[i].panel != PANEL_NONE && verbs[i].panel != self->panel))
			continue;
		is_verb = true;
		if (can(self, verbs[i].needs, verbs[i].screens)) {
			verbs[i].run(self, NULL);
			break;
		}
	}
	return is_verb;
}

void sale_verbs_approve_card(PosSalePage *self)
{
	card_approved(self, NULL);
}

void sale_verbs_install(GtkWidgetClass *klass)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		gtk_widget_class_install_action(klass, verbs[i].action, verbs[i].type, run_verb);
}
