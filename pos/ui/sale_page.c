/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/pages.h"
#include "pos/ui/sale_day.h"

G_DEFINE_FINAL_TYPE(PosSalePage, pos_sale_page, GTK_TYPE_GRID)

int sale_page_get_screen(const PosSalePage *self)
{
	switch (self->view->state) {
	case SESSION_SELLING:
		if (self->view->is_return)
			return ON_RETURN;
		return self->paying ? ON_PAYMENT : ON_SALE;
	case SESSION_PAID:
		return ON_SALE;
	case SESSION_TENDERING:
		return self->view->is_return ? ON_GIVING : ON_PAYMENT;
	case SESSION_CARD_WORKING:
		return ON_CARD_WORKING;
	case SESSION_CARD_ASKED:
		return self->view->card_unknown ? ON_CARD_UNKNOWN : ON_CARD;
	case SESSION_NEEDS_ATTENTION:
		return ON_ATTENTION;
	default:
		return ON_OTHER;
	}
}

static bool is_paying(const PosSalePage *self)
{
	return (sale_page_get_screen(self) & (ON_PAYMENT | ON_CARD | ON_CARD_WORKING)) != 0;
}

/* --- what is shown follows from the view and the cashier's choices --- */

Ask sale_page_get_ask(const PosSalePage *self)
{
	Ask asked = ask_of_view(self->view, sale_page_get_screen(self) == ON_PAYMENT);

	if (asked == ASK_OVERRIDE || asked == ASK_PRICE || !self->has_chosen_ask)
		return asked;
	return self->chosen_ask;
}

/* What stands beside a question, instead of goods. */
static const char *choices_of(Ask ask)
{
	switch (ask) {
	case ASK_LINE_DISCOUNT:
	case ASK_RECEIPT_DISCOUNT:
		return "discount";
	case ASK_TENDER:
		return "notes";
	case ASK_COUNT:
		return "closing";
	case ASK_NOTES:
		return "counting";
	case ASK_RETURN:
		return "return";
	case ASK_CUSTOMER:
		return "customer";
	case ASK_REASON:
		return "reason";
	default:
		return NULL;
	}
}

static const char *choices_of_panel(Panel panel)
{
	switch (panel) {
	case PANEL_MENU:
		return "menu";
	case PANEL_HELD:
		return "held";
	case PANEL_CASES:
		return "cases";
	default:
		return NULL;
	}
}

static const char *get_choices(const PosSalePage *self)
{
	Ask ask = pos_input_pane_get_ask(self->input);
	const char *asked = choices_of(ask), *of_panel = choices_of_panel(self->panel);

	switch (sale_page_get_screen(self)) {
	case ON_ATTENTION:
		return "attention";
	case ON_CARD:
		return "card";
	case ON_CARD_WORKING:
		return "working";
	case ON_CARD_UNKNOWN:
		return "unknown";
	default:
		break;
	}
	if (of_panel != NULL)
		return of_panel;
	if (asked != NULL)
		return asked;
	/* A weight that comes at once leaves the buttons under the finger as they are. */
	if (self->view->weighing && self->view->settled)
		return "weighing";
	if (ask == ASK_SCAN && sale_search_is_name(pos_input_pane_get_text(self->input)))
		return "found";
	return "goods";
}

static void show_notice(PosSalePage *self)
{
	if (self->view->state == SESSION_NEEDS_ATTENTION)
		pos_notice_pane_show_attention(self->notice, self->view);
	else if (self->view->state == SESSION_REPORTING)
		pos_notice_pane_show_working(self->notice, self->view);
	else if (self->view->card_unknown)
		pos_notice_pane_show_card_unknown(self->notice, self->view);
	else if (pos_input_pane_get_ask(self->input) == ASK_COUNT)
		pos_notice_pane_show_closing(self->notice, self->view);
	else
		pos_notice_pane_show_report(self->notice, self->view);
}

static const char *get_left(const PosSalePage *self)
{
	if (self->view->state == SESSION_NEEDS_ATTENTION || self->view->state == SESSION_REPORTING)
		return "notice";
	if (self->panel == PANEL_HELD)
		return "held";
	if (self->panel == PANEL_CASES)
		return "cases";
	if (self->panel == PANEL_COUNT)
		return "count";
	if (sale_page_get_screen(self) == ON_CARD_UNKNOWN || self->panel == PANEL_REPORT ||
	    pos_input_pane_get_ask(self->input) == ASK_COUNT)
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
	else if (strcmp(name, "held") == 0)
		sale_day_show_held(self);
	else if (strcmp(name, "cases") == 0)
		sale_day_show_cases(self);
	pages_show_name(self->left, name);
}

static const char *get_verbs(const PosSalePage *self)
{
	if (sale_page_get_screen(self) == ON_PAYMENT)
		return "paying";
	return self->panel == PANEL_MENU ? "menu" : "selling";
}

void sale_page_refresh(PosSalePage *self)
{
	bool paying = sale_page_get_screen(self) == ON_PAYMENT;

	pos_input_pane_set_ask(self->input, sale_page_get_ask(self));
	sale_day_show_question(self);
	show_left(self);
	if (paying)
		pos_input_pane_show_notes(self->input, self->view->totals.cash_due);
	pos_input_pane_show_choices(self->input, get_choices(self));
	pos_input_pane_show_verbs(self->input, get_verbs(self));
	pos_input_pane_show_view(self->input, self->view);
	sale_verbs_update(self);
}

void sale_page_refresh_all(PosSalePage *self)
{
	pos_receipt_pane_show_view(self->receipt, self->view, is_paying(self));
	sale_page_refresh(self);
}

void sale_page_choose_nothing(PosSalePage *self)
{
	self->has_chosen_ask = false;
	self->panel = PANEL_NONE;
}

void sale_page_drop_message(PosSalePage *self)
{
	bool asks = self->view->asks_override || self->view->asks_price || self->view->weighing;

	if (!asks)
		till_link_send(self->link, SESSION_DISMISS);
}

void sale_page_choose_ask(PosSalePage *self, Ask ask)
{
	sale_page_drop_message(self);
	self->has_chosen_ask = true;
	self->chosen_ask = ask;
	self->panel = PANEL_NONE;
	self->ask_line = pos_receipt_pane_get_selected(self->receipt);
	sale_page_refresh(self);
}

/* --- what comes from the keyboard --- */

static bool move(PosSalePage *self, int by)
{
	if (sale_day_move(self, by))
		return true;
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
	return sale_verbs_press(self, key);
}

void sale_page_answer(PosSalePage *self, const char *text)
{
	Ask ask = sale_page_get_ask(self);
	int line = self->has_chosen_ask ? self->ask_line : 0;

	till_link_send_line(self->link, ask_event(ask), line, text);
	sale_page_choose_nothing(self);
	pos_input_pane_clear_later(self->input);
	sale_page_refresh(self);
}

void pos_sale_page_enter(PosSalePage *self)
{
	g_autofree char *text = g_strstrip(g_strdup(pos_input_pane_get_text(self->input)));
	Ask ask = sale_page_get_ask(self);

	if (sale_day_enter(self, text))
		return;
	if (ask == ASK_REFERENCE) {
		if (*text != '\0')
			sale_verbs_approve_card(self);
	} else if (*text == '\0' && ask != ASK_COUNT) {
		pos_input_pane_clear(self->input);
	} else if (ask == ASK_SCAN && sale_search_is_name(text)) {
		sale_search_pick(self, text);
	} else if (ask == ASK_SCAN || ask == ASK_TENDER) {
		till_link_send_text(self->link, ask_event(ask), text);
		pos_input_pane_clear_later(self->input);
	} else {
		sale_page_answer(self, text);
	}
}

/* "3*" typed before a scan is meant for it. */
void pos_sale_page_scan(PosSalePage *self, const char *code)
{
	g_autofree char *typed = g_strdup(pos_input_pane_get_text(self->input));
	g_autofree char *whole = NULL;
	bool multiplies = sale_page_get_ask(self) == ASK_SCAN && g_str_has_suffix(typed, "*");

	if (sale_day_scan(self, code))
		return;
	whole = g_strconcat(multiplies ? typed : "", code, NULL);
	till_link_send_text(self->link, SESSION_SCAN, whole);
	if (*typed != '\0')
		pos_input_pane_clear_later(self->input);
	sale_page_choose_nothing(self);
	self->paying = false;
}

bool pos_sale_page_is_paying(PosSalePage *self)
{
	return self->paying;
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

static void on_typed(PosInputPane *input, PosSalePage *self)
{
	if (self->view == NULL)
		return;
	sale_search_typed(self);
	if (pos_input_pane_get_ask(input) != ASK_SCAN || self->panel == PANEL_NONE) {
		pos_input_pane_show_choices(input, get_choices(self));
		return;
	}
	self->panel = PANEL_NONE; /* what is typed is the next goods */
	sale_page_refresh(self);
}

static void on_marked(PosCountPane *count, PosSalePage *self)
{
	if (self->panel != PANEL_COUNT)
		return;
	pos_input_pane_clear(self->input);
	sale_day_show_question(self);
}

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
	/* A declined card or a registrar that is down leaves the shopper at the payment. */
	if (view->state != SESSION_SELLING)
		self->paying = false;
	else if (before != NULL && !view->is_return &&
		 (before->state == SESSION_CARD_ASKED || before->state == SESSION_CARD_WORKING ||
		  before->state == SESSION_FISCALISING))
		self->paying = true;
	if (moved && view->state != SESSION_SELLING && view->state != SESSION_REPORTING)
		sale_page_choose_nothing(self);
	sale_day_check(self);
	g_clear_pointer(&before, session_view_unref);
}

/* The total first: all else may follow. */
void pos_sale_page_show_view(PosSalePage *self, SessionView *view)
{
	take_view(self, view);
	pos_receipt_pane_show_view(self->receipt, view, is_paying(self));
	pos_input_pane_finish_clear(self->input);
	pos_input_pane_show_found(self->input, view);
	sale_search_serve(self);
	learn_goods(self, view);
	sale_page_refresh(self);
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
	pages_init(self->left);
}

static void pos_sale_page_class_init(PosSalePageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_sale_page_dispose;
	g_type_ensure(POS_TYPE_RECEIPT_PANE);
	g_type_ensure(POS_TYPE_CHANGE_PANE);
	g_type_ensure(POS_TYPE_NOTICE_PANE);
	g_type_ensure(POS_TYPE_RECORD_LIST);
	g_type_ensure(POS_TYPE_COUNT_PANE);
	g_type_ensure(POS_TYPE_INPUT_PANE);
	sale_verbs_install(widget_class);
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/sale_page.ui");
	gtk_widget_class_bind_template_callback(widget_class, on_typed);
	gtk_widget_class_bind_template_callback(widget_class, on_marked);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, left);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, receipt);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, change);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, notice);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, held);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, cases);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, count);
	gtk_widget_class_bind_template_child(widget_class, PosSalePage, input);
}
