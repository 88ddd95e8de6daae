/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/sale_page.h"

#include "pos/ui/change_pane.h"
#include "pos/ui/input_pane.h"
#include "pos/ui/notice_pane.h"
#include "pos/ui/receipt_pane.h"

/* What is on the screen, beside what the session's state says. */
typedef enum { PANEL_NONE, PANEL_MENU, PANEL_REPORT } Panel;

struct _PosSalePage {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkStack *left;
	PosReceiptPane *receipt;
	PosChangePane *change;
	PosNoticePane *notice;
	PosInputPane *input;

	/* owned */
	SessionView *view;
	char *wanted; /* Enter came before the answer to this search */

	TillLink *link; /* borrowed */
	bool paying; /* the cashier asked for the payment; the session learns of it with the money
		      */
	Panel panel;
	bool has_chosen_ask;
	Ask chosen_ask;
	int ask_line; /* line that the chosen ask is about */
};

G_DEFINE_FINAL_TYPE(PosSalePage, pos_sale_page, GTK_TYPE_BOX)

/* Screens, as bits: where a verb has a meaning. */
enum {
	ON_SALE = 1 << 0,
	ON_PAYMENT = 1 << 1,
	ON_CARD = 1 << 2,
	ON_ATTENTION = 1 << 3,
	ON_OTHER = 1 << 4
};
#define ON_ANY (ON_SALE | ON_PAYMENT | ON_CARD | ON_ATTENTION | ON_OTHER)

static int get_screen(const PosSalePage *self)
{
	switch (self->view->state) {
	case SESSION_SELLING:
	case SESSION_PAID:
		return self->paying ? ON_PAYMENT : ON_SALE;
	case SESSION_TENDERING:
		return ON_PAYMENT;
	case SESSION_CARD_ASKED:
		return ON_CARD;
	case SESSION_NEEDS_ATTENTION:
		return ON_ATTENTION;
	default:
		return ON_OTHER;
	}
}

/* --- what is shown follows from the view and the cashier's choices --- */

static Ask get_ask(const PosSalePage *self)
{
	Ask asked = ask_of_view(self->view, get_screen(self) == ON_PAYMENT);

	if (asked == ASK_OVERRIDE || asked == ASK_PRICE || !self->has_chosen_ask)
		return asked;
	return self->chosen_ask;
}

/* The number of times that `3*` stands for is no part of the name. */
static const char *get_query(const char *text)
{
	const char *star = strchr(text, '*');

	return star != NULL ? star + 1 : text;
}

/* Codes are digits; with a letter it is a name. */
static bool is_name(const char *text)
{
	for (const char *p = get_query(text); *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_isalpha(g_utf8_get_char(p)))
			return true;
	return false;
}

static const char *get_choices(const PosSalePage *self)
{
	Ask ask = pos_input_pane_get_ask(self->input);

	switch (get_screen(self)) {
	case ON_ATTENTION:
		return "attention";
	case ON_CARD:
		return "card";
	default:
		break;
	}
	if (ask == ASK_LINE_DISCOUNT || ask == ASK_RECEIPT_DISCOUNT)
		return "discount";
	if (self->panel == PANEL_MENU)
		return "menu";
	if (ask == ASK_TENDER)
		return "notes";
	if (ask == ASK_SCAN && is_name(pos_input_pane_get_text(self->input)))
		return "found";
	return "goods";
}

static void show_notice(PosSalePage *self)
{
	if (self->view->state == SESSION_NEEDS_ATTENTION)
		pos_notice_pane_show_attention(self->notice, self->view);
	else if (self->view->state == SESSION_REPORTING)
		pos_notice_pane_show_working(self->notice);
	else if (pos_input_pane_get_ask(self->input) == ASK_COUNT)
		pos_notice_pane_show_closing(self->notice, self->view);
	else
		pos_notice_pane_show_report(self->notice, self->view);
}

static const char *get_left(const PosSalePage *self)
{
	if (self->view->state == SESSION_NEEDS_ATTENTION || self->view->state == SESSION_REPORTING)
		return "notice";
	if (self->panel == PANEL_REPORT || pos_input_pane_get_ask(self->input) == ASK_COUNT)
		return "notice";
	if (self->view->state == SESSION_FISCALISING || self->view->state == SESSION_PAID)
		return "change";
	return "receipt";
}

static void show_left(PosSalePage *self)
{
	const char *name = get_left(self);

	if (strcmp(name, "notice") == 0)
		show_notice(self);
	else if (strcmp(name, "change") == 0)
		pos_change_pane_show_view(self->change, self->view);
	gtk_stack_set_visible_child_name(self->left, name);
}

static bool can(const PosSalePage *self, SessionActions needs, int screens)
{
	return self->view != NULL && (self->view->actions & needs) == needs &&
	       (get_screen(self) & screens) != 0;
}

static void update_actions(PosSalePage *self);

static void refresh(PosSalePage *self)
{
	bool paying = get_screen(self) == ON_PAYMENT;

	pos_input_pane_set_ask(self->input, get_ask(self));
	show_left(self);
	if (paying)
		pos_input_pane_show_notes(self->input, self->view->totals.due);
	pos_input_pane_show_choices(self->input, get_choices(self));
	pos_input_pane_show_verbs(self->input, paying);
	update_actions(self);
}

static void choose_nothing(PosSalePage *self)
{
	self->has_chosen_ask = false;
	self->panel = PANEL_NONE;
}

static void choose_ask(PosSalePage *self, Ask ask)
{
	self->has_chosen_ask = true;
	self->chosen_ask = ask;
	self->panel = PANEL_NONE;
	self->ask_line = pos_receipt_pane_get_selected(self->receipt);
	refresh(self);
}

/* --- found goods --- */

static void add_found(PosSalePage *self, int64_t item_id, const char *times)
{
	till_link_send_line(self->link, SESSION_ADD_FOUND, item_id, NULL);
	if (times != NULL)
		till_link_send_line(self->link, SESSION_QUANTITY, 0, times);
	g_clear_pointer(&self->wanted, g_free);
	pos_input_pane_clear_later(self->input);
}

/* "3" of "3*bread"; NULL of "bread". */
static char *dup_times(const char *text)
{
	const char *star = strchr(text, '*');

	return star != NULL && star > text ? g_strndup(text, (gsize)(star - text)) : NULL;
}

/* Takes the chosen of what was found, or the code as it stands where nothing was. */
static void pick_found(PosSalePage *self, const char *text)
{
	g_autofree char *times = dup_times(text);
	int64_t item_id;

	if (pos_input_pane_get_found(self->input, get_query(text), &item_id)) {
		add_found(self, item_id, times);
	} else if (strcmp(self->view->found_query, get_query(text)) == 0) {
		till_link_send_text(self->link, SESSION_SCAN, text);
		pos_input_pane_clear_later(self->input);
	} else {
		g_free(self->wanted);
		self->wanted = g_strdup(text);
	}
}

static void serve_wanted(PosSalePage *self)
{
	g_autofree char *text = g_strdup(self->wanted);

	if (text != NULL && strcmp(self->view->found_query, get_query(text)) == 0) {
		g_clear_pointer(&self->wanted, g_free);
		pick_found(self, text);
	}
}

static void on_typed(PosInputPane *input, PosSalePage *self)
{
	const char *text = pos_input_pane_get_text(input);

	g_clear_pointer(&self->wanted, g_free);
	if (self->view == NULL || pos_input_pane_get_ask(input) != ASK_SCAN)
		return;
	if (is_name(text))
		till_link_send_text(self->link, SESSION_FIND, get_query(text));
	self->panel = PANEL_NONE;
	pos_input_pane_show_choices(input, get_choices(self));
}

/* --- verbs --- */

static void sale_quantity(PosSalePage *self, GVariant *target)
{
	g_autofree char *text = g_strdup(pos_input_pane_get_text(self->input));
	int line = pos_receipt_pane_get_selected(self->receipt);

	if (*text == '\0' || get_ask(self) != ASK_SCAN) {
		choose_ask(self, ASK_QUANTITY);
		return;
	}
	till_link_send_line(self->link, SESSION_QUANTITY, line, text);
	pos_input_pane_clear(self->input);
}

static void sale_price(PosSalePage *self, GVariant *target)
{
	choose_ask(self, ASK_PRICE);
}

static void sale_discount(PosSalePage *self, GVariant *target)
{
	choose_ask(self, ASK_LINE_DISCOUNT);
}

static void sale_receipt_discount(PosSalePage *self, GVariant *target)
{
	choose_ask(self, ASK_RECEIPT_DISCOUNT);
}

static void answer(PosSalePage *self, const char *text);

static void sale_percent(PosSalePage *self, GVariant *target)
{
	answer(self, g_variant_get_string(target, NULL));
}

static void sale_void(PosSalePage *self, GVariant *target)
{
	till_link_send_line(self->link, SESSION_VOID_LINE,
			    pos_receipt_pane_get_selected(self->receipt), NULL);
}

static void sale_void_receipt(PosSalePage *self, GVariant *target)
{
	choose_nothing(self);
	till_link_send(self->link, SESSION_VOID_RECEIPT);
	refresh(self);
}

static void sale_pay(PosSalePage *self, GVariant *target)
{
	choose_nothing(self);
	self->paying = true;
	pos_input_pane_clear(self->input);
	pos_receipt_pane_show_view(self->receipt, self->view, true);
	refresh(self);
}

static void leave_payment(PosSalePage *self)
{
	if (self->view->state == SESSION_TENDERING) {
		till_link_send(self->link, SESSION_BACK);
		return;
	}
	self->paying = false;
	pos_receipt_pane_show_view(self->receipt, self->view, false);
	refresh(self);
}

/* One step back from wherever the cashier is. */
static void sale_back(PosSalePage *self, GVariant *target)
{
	const char *text = pos_input_pane_get_text(self->input);
	bool asked = self->view->asks_override || self->view->asks_price;

	if (*text != '\0') {
		pos_input_pane_clear(self->input);
		refresh(self);
	} else if (self->has_chosen_ask || self->panel != PANEL_NONE) {
		choose_nothing(self);
		refresh(self);
	} else if (!asked && get_screen(self) == ON_PAYMENT) {
		leave_payment(self);
	} else if (asked || self->view->tone != SESSION_TONE_NONE) {
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

static void attention_retry(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_RETRY);
}

static void attention_abandon(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_ABANDON);
}

static void goods_add(PosSalePage *self, GVariant *target)
{
	g_autofree char *times = dup_times(pos_input_pane_get_text(self->input));

	add_found(self, g_variant_get_int64(target), times);
}

static void till_menu(PosSalePage *self, GVariant *target)
{
	bool is_open = self->panel == PANEL_MENU;

	choose_nothing(self);
	self->panel = is_open ? PANEL_NONE : PANEL_MENU;
	refresh(self);
}

static void till_drawer(PosSalePage *self, GVariant *target)
{
	till_link_send(self->link, SESSION_NO_SALE);
}

static void till_cash_in(PosSalePage *self, GVariant *target)
{
	choose_ask(self, ASK_CASH_IN);
}

static void till_cash_out(PosSalePage *self, GVariant *target)
{
	choose_ask(self, ASK_CASH_OUT);
}

static void till_sync(PosSalePage *self, GVariant *target)
{
	choose_nothing(self);
	till_link_send(self->link, SESSION_SYNC);
	refresh(self);
}

static void shift_x_report(PosSalePage *self, GVariant *target)
{
	choose_nothing(self);
	self->panel = PANEL_REPORT;
	till_link_send(self->link, SESSION_X_REPORT);
	refresh(self);
}

static void shift_close(PosSalePage *self, GVariant *target)
{
	choose_ask(self, ASK_COUNT);
}

/* In the order in which keys are tried. */
static const struct {
	const char *action;
	const char *type; /* of its target */
	guint key;
	SessionActions needs;
	int screens;
	void (*run)(PosSalePage *self, GVariant *target);
} verbs[] = {
	{ "sale.quantity", NULL, GDK_KEY_F5, SESSION_CAN_EDIT, ON_SALE, sale_quantity },
	{ "sale.price", NULL, GDK_KEY_F4, SESSION_CAN_EDIT, ON_SALE, sale_price },
	{ "sale.discount", NULL, GDK_KEY_F6, SESSION_CAN_EDIT, ON_SALE, sale_discount },
	{ "sale.receipt-discount", NULL, GDK_KEY_F7, SESSION_CAN_EDIT, ON_SALE,
	  sale_receipt_discount },
	{ "sale.percent", "s", 0, SESSION_CAN_EDIT, ON_SALE, sale_percent },
	{ "sale.void", NULL, GDK_KEY_Delete, SESSION_CAN_EDIT, ON_SALE, sale_void },
	{ "sale.void-receipt", NULL, 0, SESSION_CAN_EDIT, ON_SALE, sale_void_receipt },
	{ "sale.pay", NULL, GDK_KEY_F12, SESSION_CAN_PAY, ON_SALE, sale_pay },
	{ "pay.cash", NULL, GDK_KEY_F12, 0, ON_PAYMENT, pay_cash },
	{ "pay.exact", NULL, 0, 0, ON_PAYMENT, pay_exact },
	{ "pay.note", "s", 0, 0, ON_PAYMENT, pay_note },
	{ "pay.card", NULL, GDK_KEY_F11, 0, ON_PAYMENT, pay_card },
	{ "card.approved", NULL, GDK_KEY_F12, 0, ON_CARD, card_approved },
	{ "card.declined", NULL, GDK_KEY_Escape, 0, ON_CARD, card_declined },
	{ "attention.retry", NULL, GDK_KEY_F12, SESSION_CAN_RETRY, ON_ATTENTION, attention_retry },
	{ "attention.abandon", NULL, GDK_KEY_F11, SESSION_CAN_ABANDON, ON_ATTENTION,
	  attention_abandon },
	{ "sale.back", NULL, GDK_KEY_Escape, 0, ON_ANY, sale_back },
	{ "goods.add", "x", 0, 0, ON_SALE, goods_add },
	{ "till.menu", NULL, GDK_KEY_F10, 0, ON_SALE, till_menu },
	{ "till.drawer", NULL, GDK_KEY_F8, 0, ON_SALE, till_drawer },
	{ "till.cash-in", NULL, 0, SESSION_CAN_REPORT, ON_SALE, till_cash_in },
	{ "till.cash-out", NULL, 0, SESSION_CAN_REPORT, ON_SALE, till_cash_out },
	{ "till.sync", NULL, 0, 0, ON_SALE, till_sync },
	{ "shift.x-report", NULL, 0, SESSION_CAN_REPORT, ON_SALE, shift_x_report },
	{ "shift.close", NULL, 0, SESSION_CAN_CLOSE_SHIFT, ON_SALE, shift_close },
};

static void run_verb(GtkWidget *widget, const char *action, GVariant *target)
{
	PosSalePage *self = POS_SALE_PAGE(widget);

	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (strcmp(verbs[i].action, action) == 0 &&
		    can(self, verbs[i].needs, verbs[i].screens))
			verbs[i].run(self, target);
}

static void update_actions(PosSalePage *self)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		gtk_widget_action_set_enabled(GTK_WIDGET(self), verbs[i].action,
					      can(self, verbs[i].needs, verbs[i].screens));
}

/* --- what comes from the keyboard --- */

static bool press_verb(PosSalePage *self, guint key)
{
	bool is_verb = false;

	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
		if (verbs[i].key != key)
			continue;
		is_verb = true;
		if (can(self, verbs[i].needs, verbs[i].screens)) {
			verbs[i].run(self, NULL);
			break;
		}
	}
	return is_verb;
}

static bool move(PosSalePage *self, int by)
{
	if (strcmp(get_choices(self), "found") == 0)
		pos_input_pane_move_choice(self->input, by);
	else
		pos_receipt_pane_move_selection(self->receipt, by);
	return true;
}

bool pos_sale_page_press(PosSalePage *self, guint key)
{
	if (key == GDK_KEY_Up || key == GDK_KEY_Down)
		return move(self, key == GDK_KEY_Up ? -1 : 1);
	/* In a text Del is the text's. */
	if (key == GDK_KEY_Delete && *pos_input_pane_get_text(self->input) != '\0')
		return false;
	return press_verb(self, key);
}

static void answer(PosSalePage *self, const char *text)
{
	Ask ask = get_ask(self);
	int line = self->has_chosen_ask ? self->ask_line : 0;

	till_link_send_line(self->link, ask_event(ask), line, text);
	choose_nothing(self);
	pos_input_pane_clear_later(self->input);
	refresh(self);
}

void pos_sale_page_enter(PosSalePage *self)
{
	g_autofree char *text = g_strstrip(g_strdup(pos_input_pane_get_text(self->input)));
	Ask ask = get_ask(self);

	if (ask == ASK_REFERENCE) {
		if (*text != '\0')
			card_approved(self, NULL);
	} else if (*text == '\0' && ask != ASK_COUNT) {
		pos_input_pane_clear(self->input);
	} else if (ask == ASK_SCAN && is_name(text)) {
		pick_found(self, text);
	} else if (ask == ASK_SCAN || ask == ASK_TENDER) {
		till_link_send_text(self->link, ask_event(ask), text);
		pos_input_pane_clear_later(self->input);
	} else {
		answer(self, text);
	}
}

/* "3*" typed before a scan is meant for it. */
void pos_sale_page_scan(PosSalePage *self, const char *code)
{
	g_autofree char *typed = g_strdup(pos_input_pane_get_text(self->input));
	g_autofree char *whole = NULL;
	bool multiplies = get_ask(self) == ASK_SCAN && g_str_has_suffix(typed, "*");

	whole = g_strconcat(multiplies ? typed : "", code, NULL);
	till_link_send_text(self->link, SESSION_SCAN, whole);
	if (*typed != '\0')
		pos_input_pane_clear_later(self->input);
	choose_nothing(self);
	self->paying = false;
}

GtkEditable *pos_sale_page_get_field(PosSalePage *self)
{
	return pos_input_pane_get_field(self->input);
}

void pos_sale_page_before_typing(PosSalePage *self)
{
	pos_input_pane_finish_clear(self->input);
}

/* --- views --- */

static void learn_goods(PosSalePage *self, const SessionView *view)
{
	if (*view->found_query == '\0')
		for (guint i = 0; i < view->found->len; i++) {
			const SessionFound *found = g_ptr_array_index(view->found, i);

			pos_input_pane_add_goods(self->input, found->item_id, found->name);
		}
	for (guint i = 0; i < view->lines->len; i++) {
		const SessionLine *line = g_ptr_array_index(view->lines, i);

		pos_input_pane_add_goods(self->input, line->item_id, line->name);
	}
}

static void take_view(PosSalePage *self, SessionView *view)
{
	SessionView *before = self->view;
	bool moved = before == NULL || before->state != view->state;

	self->view = session_view_ref(view);
	if (view->state != SESSION_SELLING)
		self->paying = false;
	if (moved && view->state != SESSION_SELLING && view->state != SESSION_REPORTING)
		choose_nothing(self);
	g_clear_pointer(&before, session_view_unref);
}

/* The total first: all else may follow. */
void pos_sale_page_show_view(PosSalePage *self, SessionView *view)
{
	take_view(self, view);
	pos_receipt_pane_show_view(self->receipt, view, get_screen(self) == ON_PAYMENT);
	pos_input_pane_finish_clear(self->input);
	pos_input_pane_show_found(self->input, view);
	serve_wanted(self);
	learn_goods(self, view);
	refresh(self);
}

GtkWidget *pos_sale_page_new(TillLink *link)
{
	PosSalePage *self = g_object_new(POS_TYPE_SALE_PAGE, NULL);

	self->link = link;
	return GTK_WIDGET(self);
}

static void pos_sale_page_dispose(GObject *object)
{
	PosSalePage *self = POS_SALE_PAGE(object);

	g_clear_pointer(&self->view, session_view_unref);
	g_clear_pointer(&self->wanted, g_free);
	G_OBJECT_CLASS(pos_sale_page_parent_class)->dispose(object);
}

static void pos_sale_page_init(PosSalePage *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_sale_page_class_init(PosSalePageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_sale_page_dispose;
	g_type_ensure(POS_TYPE_RECEIPT_PANE);
	g_type_ensure(POS_TYPE_CHANGE_PANE);
	g_type_ensure(POS_TYPE_NOTICE_PANE);
	g_type_ensure(POS_TYPE_INPUT_PANE);
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		gtk_widget_class_install_action(widget_class, verbs[i].action, verbs[i].type,
						run_verb);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/sale_page.ui");
	gtk_widget_class_bind_template_callback(widget_class, on_typed);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, left);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, receipt);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, change);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, notice);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, input);
}
