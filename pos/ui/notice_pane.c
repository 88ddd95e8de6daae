/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/notice_pane.h"

#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

struct _PosNoticePane {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkLabel *title;
	GtkLabel *body;
	GtkGrid *figures;

	int n_rows;
};

G_DEFINE_FINAL_TYPE(PosNoticePane, pos_notice_pane, GTK_TYPE_BOX)

static void show_text(PosNoticePane *self, const char *title, const char *body)
{
	gtk_label_set_label(self->title, title);
	gtk_label_set_label(self->body, body);
	gtk_widget_set_visible(GTK_WIDGET(self->body), *body != '\0');
	for (; self->n_rows > 0; self->n_rows--)
		gtk_grid_remove_row(self->figures, 0);
}

static GtkWidget *new_label(const char *text, float xalign)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), xalign);
	return label;
}

/* Takes @text. */
static void add_figure(PosNoticePane *self, const char *name, char *text)
{
	GtkWidget *title = new_label(name, 0);
	GtkWidget *value = new_label(text, 1);

	gtk_label_set_ellipsize(GTK_LABEL(title), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(title, true);
	gtk_widget_add_css_class(value, "number");
	/* The figure bears the name; heard twice it would only be longer. */
	gtk_accessible_update_property(GTK_ACCESSIBLE(value), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	gtk_accessible_update_state(GTK_ACCESSIBLE(title), GTK_ACCESSIBLE_STATE_HIDDEN, true, -1);
	gtk_grid_attach(self->figures, title, 0, self->n_rows, 1, 1);
	gtk_grid_attach(self->figures, value, 1, self->n_rows, 1, 1);
	self->n_rows++;
	g_free(text);
}

void pos_notice_pane_show_attention(PosNoticePane *self, const SessionView *view)
{
	show_text(self, _("The till needs you"), view->message);
	/* Nothing is known of a receipt that was closed before the till was started. */
	if (view->totals.total.minor > 0) {
		add_figure(self, _("Total"), text_money(view->totals.total));
		add_figure(self, _("Paid"), text_money(view->totals.paid));
	}
	if (view->totals.change.minor > 0)
		add_figure(self, _("Change"), text_money(view->totals.change));
}

void pos_notice_pane_show_card_unknown(PosNoticePane *self, const SessionView *view)
{
	show_text(self, _("It is not known whether the card was charged"),
		  _("Keep the goods here. The terminal is asked again by itself. Its display and "
		    "its last slip tell too what became of the payment; a manager may decide by "
		    "them."));
	add_figure(self, _("On the card"), text_money(view->card_asked));
	add_figure(self, _("Total"), text_money(view->totals.total));
	add_figure(self, _("Paid"), text_money(view->totals.paid));
}

void pos_notice_pane_show_working(PosNoticePane *self, const SessionView *view)
{
	bool prints = view->devices[SESSION_FISCAL].state != DEVICE_ABSENT;

	show_text(self, _("One moment"),
		  prints ? _("The registrar is printing.") : _("The till is at work."));
}

static void add_sales(PosNoticePane *self, const ShiftTotals *totals)
{
	add_figure(self, _("Receipts"), text_number(totals->n_sales));
	add_figure(self, _("Sales"), text_money(totals->sales));
	if (totals->n_returns > 0)
		add_figure(self, _("Returns"), text_minus(totals->returns));
	add_figure(self, _("Discounts"), text_money(totals->discount));
	add_figure(self, _("Taxes"), text_money(totals->tax));
	add_figure(self, _("Cards"), text_money(totals->kept[TENDER_CARD]));
}

void pos_notice_pane_show_report(PosNoticePane *self, const SessionView *view)
{
	const ShiftTotals *totals = &view->shift_totals;
	Money expected;

	show_text(self, _("X report"), "");
	add_sales(self, totals);
	add_figure(self, _("Cash sales"), text_money(totals->kept[TENDER_CASH]));
	add_figure(self, _("Cash at the start"), text_money(totals->opening_cash));
	add_figure(self, _("Cash put in"), text_money(totals->cash_in));
	add_figure(self, _("Cash taken out"), text_money(totals->cash_out));
	if (shift_totals_expected_cash(totals, &expected))
		add_figure(self, _("Cash in the drawer"), text_money(expected));
}

void pos_notice_pane_show_closing(PosNoticePane *self, const SessionView *view)
{
	show_text(
		self, _("Close the shift"),
		_("Count the cash in the drawer, type it and press Enter. The Z report is printed "
		  "and the shift is closed: this cannot be taken back. Esc goes back to selling."));
	add_sales(self, &view->shift_totals);
}

static void pos_notice_pane_init(PosNoticePane *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_notice_pane_class_init(PosNoticePaneClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/till/notice_pane.ui");
	gtk_widget_class_bind_template_child(widget_class, PosNoticePane, title);
	gtk_widget_class_bind_template_child(widget_class, PosNoticePane, body);
	gtk_widget_class_bind_template_child(widget_class, PosNoticePane, figures);
}
