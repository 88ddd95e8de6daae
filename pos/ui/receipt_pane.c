/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/receipt_pane.h"

#include "pos/ui/figure.h"
#include "pos/ui/line_row.h"
#include "pos/ui/pages.h"
#include "pos/ui/receipt_text.h"
#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

struct _PosReceiptPane {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkLabel *place;
	GtkLabel *customer;
	GtkLabel *held;
	GtkListView *list;
	GtkStack *strip;
	GtkLabel *newest_name;
	GtkLabel *newest_quantity;
	GtkLabel *newest_sum;
	GtkLabel *weighed_name;
	GtkLabel *weighed_state;
	GtkLabel *weight;
	GtkLabel *paid;
	GtkLabel *small_total;
	GtkLabel *summary;
	GtkLabel *count;
	GtkStack *figure;
	GtkLabel *total;
	GtkLabel *due;
	GtkLabel *give_back;
	GtkLabel *card_caption;
	GtkLabel *card;

	/* owned */
	GListStore *lines;
	SessionView *waiting; /* its lines go to the list when the total has been drawn */

	GtkSingleSelection *selection; /* borrowed from the list */
	gulong after_paint;
};

/* What fits beside its caption at 1024 pixels. */
#define HUGE_CHARACTERS 12
#define RETURN_CHARACTERS 10 /* its caption is longer */

G_DEFINE_FINAL_TYPE(PosReceiptPane, pos_receipt_pane, GTK_TYPE_BOX)

static void set(GtkLabel *label, char *text)
{
	gtk_label_set_label(label, text);
	g_free(text);
}

static const SessionLine *find_line(const SessionView *view, int number, guint *ret_index)
{
	for (guint i = 0; i < view->lines->len; i++) {
		const SessionLine *line = g_ptr_array_index(view->lines, i);

		if (line->number == number) {
			*ret_index = i;
			return line;
		}
	}
	return NULL;
}

static void select_line(PosReceiptPane *self, guint index)
{
	gtk_single_selection_set_selected(self->selection, index);
	gtk_widget_activate_action(GTK_WIDGET(self->list), "list.scroll-to-item", "u", index);
}

/* --- the list, a frame after the total --- */

static void update_list(PosReceiptPane *self)
{
	g_autoptr(SessionView) view = g_steal_pointer(&self->waiting);
	guint index;

	if (view == NULL)
		return;
	pos_line_update_list(self->lines, view);
	if (find_line(view, view->last_line, &index) != NULL)
		select_line(self, index);
}

static void on_after_paint(GdkFrameClock *clock, PosReceiptPane *self)
{
	g_clear_signal_handler(&self->after_paint, clock);
	update_list(self);
}

static void update_list_after_frame(PosReceiptPane *self, SessionView *view)
{
	GdkFrameClock *clock = gtk_widget_get_frame_clock(GTK_WIDGET(self));

	g_clear_pointer(&self->waiting, session_view_unref);
	self->waiting = session_view_ref(view);
	if (clock == NULL || !gtk_widget_get_mapped(GTK_WIDGET(self))) {
		update_list(self);
		return;
	}
	if (self->after_paint == 0)
		self->after_paint =
			g_signal_connect(clock, "after-paint", G_CALLBACK(on_after_paint), self);
	gdk_frame_clock_request_phase(clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
}

static void pos_receipt_pane_unrealize(GtkWidget *widget)
{
	PosReceiptPane *self = POS_RECEIPT_PANE(widget);

	if (self->after_paint != 0)
		g_clear_signal_handler(&self->after_paint, gtk_widget_get_frame_clock(widget));
	update_list(self);
	GTK_WIDGET_CLASS(pos_receipt_pane_parent_class)->unrealize(widget);
}

/* --- the figures --- */

static void show_newest(PosReceiptPane *self, const SessionView *view)
{
	guint index;
	const SessionLine *line = find_line(view, view->last_line, &index);
	g_autofree char *quantity = NULL;

	gtk_label_set_label(self->newest_name, line != NULL ? line->name : "");
	if (line == NULL || line->voided) {
		gtk_label_set_label(self->newest_quantity, "");
		gtk_label_set_label(self->newest_sum, line == NULL	? ""
						      : view->is_return ? C_("line", "stays")
									: C_("line", "void"));
		return;
	}
	quantity = text_quantity(line->quantity, line->unit);
	set(self->newest_quantity, g_strconcat("× ", quantity, NULL));
	set(self->newest_sum, text_amount(line->net));
}

/* The weight moves ten times a second: only its own two labels change. */
static void show_weighing(PosReceiptPane *self, const SessionView *view)
{
	const char *state =
		view->devices[SESSION_SCALE].state == DEVICE_DOWN
			? text_device_state(DEVICE_DOWN, view->devices[SESSION_SCALE].fault)
			: text_scale_state(view->scale_state);

	gtk_label_set_label(self->weighed_name, view->weighing_name);
	gtk_label_set_label(self->weighed_state, state);
	set(self->weight, text_weight(view));
	gtk_accessible_update_property(GTK_ACCESSIBLE(self->weight), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Weight"), -1);
}

static bool has_card(const SessionView *view)
{
	return view->state == SESSION_CARD_ASKED || view->state == SESSION_CARD_WORKING;
}

static const char *get_strip(const SessionView *view, bool paying)
{
	if (paying && !view->is_return)
		return "paying";
	return view->weighing ? "weighing" : "newest";
}

static void show_count(PosReceiptPane *self, const SessionView *view)
{
	int n = view->totals.n_goods;

	set(self->count, n == 0 ? g_strdup("") : text_goods(n));
}

/* --- the head: what kind of receipt, whose, and how many wait --- */

static void show_head(PosReceiptPane *self, const SessionView *view)
{
	if (view->is_return)
		gtk_widget_add_css_class(GTK_WIDGET(self), "returning");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(self), "returning");
	set(self->place, receipt_text_place(view));
	gtk_widget_set_visible(GTK_WIDGET(self->place), view->is_return);
	set(self->customer, receipt_text_customer(view));
	set(self->held, receipt_text_held(view));
}

/* --- what is paid, or given back --- */

static void show_summary(PosReceiptPane *self, const SessionView *view, bool paying)
{
	bool differs = paying && view->totals.cash_due.minor != view->totals.due.minor;

	if (view->is_return)
		set(self->summary, receipt_text_give_back(view));
	else
		set(self->summary,
		    differs ? receipt_text_both_dues(view) : receipt_text_summary(view));
	if (view->is_return || differs)
		gtk_widget_add_css_class(GTK_WIDGET(self->summary), "newest");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(self->summary), "newest");
}

static const char *get_figure(const SessionView *view, bool paying)
{
	if (has_card(view))
		return "card";
	if (view->is_return)
		return "give-back";
	return paying ? "due" : "total";
}

static void show_payments(PosReceiptPane *self, const SessionView *view)
{
	g_autofree char *paid = text_money(view->totals.paid);

	figure_show(self->small_total, _("Total"), view->totals.total, FIGURE_FITS);
	figure_show(self->due, _("Due"), view->totals.due, HUGE_CHARACTERS);
	if (view->totals.paid.minor == 0)
		gtk_label_set_label(self->paid, "");
	else
		set(self->paid, g_strdup_printf(_("Paid so far: %s"), paid));
}

/* Rounded as the sale was, so it may differ from what the lines add up to. */
static Money get_give_back(const SessionView *view)
{
	Money sum;

	return money_add(view->give_back[TENDER_CASH], view->give_back[TENDER_CARD], &sum)
		       ? sum
		       : view->totals.total;
}

static void show_total(PosReceiptPane *self, const SessionView *view)
{
	figure_show(self->total, _("Total"), view->totals.total, HUGE_CHARACTERS);
	if (view->is_return)
		figure_show(self->give_back, _("To give back"), get_give_back(view),
			    RETURN_CHARACTERS);
	if (!has_card(view))
		return;
	figure_show(self->card, _("On the card"), view->card_asked, HUGE_CHARACTERS);
	gtk_label_set_label(self->card_caption,
			    view->card_back ? _("BACK TO THE CARD") : _("ON THE CARD"));
}

void pos_receipt_pane_show_view(PosReceiptPane *self, SessionView *view, bool paying)
{
	show_total(self, view);
	show_newest(self, view);
	show_head(self, view);
	show_summary(self, view, paying);
	show_count(self, view);
	if (paying)
		show_payments(self, view);
	else if (view->weighing)
		show_weighing(self, view);
	pages_show_name(self->strip, get_strip(view, paying));
	pages_show_name(self->figure, get_figure(view, paying));
	update_list_after_frame(self, view);
}

/* --- the selected line --- */

static bool find_number(PosReceiptPane *self, int number, guint *ret_index)
{
	guint n = g_list_model_get_n_items(G_LIST_MODEL(self->lines));

	for (guint i = 0; i < n; i++) {
		g_autoptr(PosLine) line = g_list_model_get_item(G_LIST_MODEL(self->lines), i);

		if (pos_line_get(line)->number == number) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

int pos_receipt_pane_get_selected(PosReceiptPane *self)
{
	PosLine *line;

	update_list(self);
	line = gtk_single_selection_get_selected_item(self->selection);
	return line != NULL ? pos_line_get(line)->number : 0;
}

static bool is_at(GtkWidget *widget, GtkWidget *ancestor, double y)
{
	graphene_rect_t bounds;

	return gtk_widget_get_mapped(widget) &&
	       gtk_widget_compute_bounds(widget, ancestor, &bounds) && y >= bounds.origin.y &&
	       y < bounds.origin.y + bounds.size.height;
}

static void on_list_pressed(GtkGestureClick *gesture, int n_press, double x, double y,
			    PosReceiptPane *self)
{
	GtkWidget *list = GTK_WIDGET(self->list);
	guint index;

	for (GtkWidget *item = gtk_widget_get_first_child(list); item != NULL;
	     item = gtk_widget_get_next_sibling(item)) {
		GtkWidget *row = gtk_widget_get_first_child(item);

		if (!POS_IS_LINE_ROW(row) || !is_at(item, list, y))
			continue;
		if (find_number(self, pos_line_row_get_number(POS_LINE_ROW(row)), &index))
			gtk_single_selection_set_selected(self->selection, index);
	}
}

void pos_receipt_pane_move_selection(PosReceiptPane *self, int by)
{
	guint n = g_list_model_get_n_items(G_LIST_MODEL(self->lines));
	guint selected = gtk_single_selection_get_selected(self->selection);
	int index = selected == GTK_INVALID_LIST_POSITION ? (int)n - 1 : (int)selected + by;

	if (n > 0)
		select_line(self, (guint)CLAMP(index, 0, (int)n - 1));
}

static void pos_receipt_pane_dispose(GObject *object)
{
	PosReceiptPane *self = POS_RECEIPT_PANE(object);

	g_clear_pointer(&self->waiting, session_view_unref);
	g_clear_object(&self->lines);
	G_OBJECT_CLASS(pos_receipt_pane_parent_class)->dispose(object);
}

static void pos_receipt_pane_init(PosReceiptPane *self)
{
	g_autoptr(GtkListItemFactory) factory = pos_line_row_factory_new();
	GtkGesture *click = gtk_gesture_click_new();

	gtk_widget_init_template(GTK_WIDGET(self));
	pages_init(self->strip);
	pages_init(self->figure);
	self->lines = g_list_store_new(POS_TYPE_LINE);
	self->selection = gtk_single_selection_new(G_LIST_MODEL(g_object_ref(self->lines)));
	gtk_single_selection_set_autoselect(self->selection, false);
	gtk_list_view_set_model(self->list, GTK_SELECTION_MODEL(self->selection));
	gtk_list_view_set_factory(self->list, factory);
	g_signal_connect(click, "pressed", G_CALLBACK(on_list_pressed), self);
	gtk_widget_add_controller(GTK_WIDGET(self->list), GTK_EVENT_CONTROLLER(click));
	g_object_unref(self->selection);
}

static void pos_receipt_pane_class_init(PosReceiptPaneClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_receipt_pane_dispose;
	widget_class->unrealize = pos_receipt_pane_unrealize;
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/till/receipt_pane.ui");
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, place);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, customer);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, held);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, list);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, strip);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, newest_name);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, newest_quantity);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, newest_sum);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, weighed_name);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, weighed_state);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, weight);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, paid);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, small_total);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, summary);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, count);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, figure);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, total);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, due);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, give_back);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, card_caption);
	gtk_widget_class_bind_template_child(widget_class, PosReceiptPane, card);
}
