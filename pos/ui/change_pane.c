/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/change_pane.h"

#include "pos/ui/figure.h"
#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

struct _PosChangePane {
	GtkBox parent_instance;

	/* template children, borrowed */
	GtkLabel *status;
	GtkLabel *caption;
	GtkLabel *change;
	GtkLabel *total;
	GtkLabel *paid_caption;
	GtkLabel *paid;
	GtkLabel *rounding_caption;
	GtkLabel *rounding;
};

G_DEFINE_FINAL_TYPE(PosChangePane, pos_change_pane, GTK_TYPE_BOX)

/* More than these do not fit in the giant size at 1024 pixels. */
#define GIANT_CHARACTERS 9

static void set(GtkLabel *label, char *text)
{
	gtk_label_set_label(label, text);
	g_free(text);
}

static char *dup_status(const SessionView *view)
{
	if (view->state == SESSION_FISCALISING)
		return g_strdup(_("The receipt is being made …"));
	if (*view->receipt_number == '\0')
		return g_strdup(_("Paid"));
	return g_strdup_printf(view->is_return ? _("Return %s is made") : _("Receipt %s is paid"),
			       view->receipt_number);
}

static void show_change(PosChangePane *self, const SessionView *view)
{
	bool on_card = view->is_return && view->give_back[TENDER_CASH].minor == 0 &&
		       view->give_back[TENDER_CARD].minor > 0;

	if (on_card)
		gtk_label_set_label(self->caption, _("BACK TO THE CARD"));
	else
		gtk_label_set_label(self->caption,
				    view->is_return ? _("GIVE BACK IN CASH") : _("CHANGE"));
	if (!view->is_return)
		figure_show(self->change, _("Change"), view->totals.change, GIANT_CHARACTERS);
	else
		figure_show(self->change, _("Give back"),
			    view->give_back[on_card ? TENDER_CARD : TENDER_CASH], GIANT_CHARACTERS);
}

static void show_rounding(PosChangePane *self, Money rounding)
{
	bool shown = rounding.minor != 0;

	gtk_widget_set_visible(GTK_WIDGET(self->rounding_caption), shown);
	gtk_widget_set_visible(GTK_WIDGET(self->rounding), shown);
	if (shown)
		figure_show(self->rounding, _("Rounding"), rounding, FIGURE_FITS);
}

void pos_change_pane_show_view(PosChangePane *self, const SessionView *view)
{
	set(self->status, dup_status(view));
	show_change(self, view);
	show_rounding(self, view->totals.rounding);
	gtk_label_set_label(self->paid_caption, view->is_return ? _("GIVEN BACK") : _("PAID"));
	figure_show(self->total, _("Total"), view->totals.total, FIGURE_FITS);
	figure_show(self->paid, _("Paid"), view->totals.paid, FIGURE_FITS);
}

static void pos_change_pane_init(PosChangePane *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_change_pane_class_init(PosChangePaneClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/till/change_pane.ui");
	gtk_widget_class_bind_template_child(widget_class, PosChangePane, status);
	gtk_widget_class_bind_template_child(widget_class, PosChangePane, caption);
	gtk_widget_class_bind_template_child(widget_class, PosChangePane, change);
	gtk_widget_class_bind_template_child(widget_class, PosChangePane, total);
	gtk_widget_class_bind_template_child(widget_class, PosChangePane, paid_caption);
	gtk_widget_class_bind_template_child(widget_class, PosChangePane, paid);
	gtk_widget_class_bind_template_child(widget_class, PosChangePane, rounding_caption);
	gtk_widget_class_bind_template_child(widget_class, PosChangePane, rounding);
}
