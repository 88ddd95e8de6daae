/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/shopper_window.h"

#include "pos/ui/figure.h"
#include "pos/ui/line.h"
#include "pos/ui/line_row.h"

#include <glib/gi18n-lib.h>

#define GIANT_CHARACTERS 9

struct _PosShopperWindow {
	GtkWindow parent_instance;

	/* template children, borrowed */
	GtkLabel *shop;
	GtkLabel *greeting;
	GtkListView *list;
	GtkLabel *caption;
	GtkLabel *figure;

	GListStore *lines; /* owned; of PosLine */
};

G_DEFINE_FINAL_TYPE(PosShopperWindow, pos_shopper_window, GTK_TYPE_WINDOW)

/* What the one large figure is. */
static const char *caption_of(const SessionView *view, Money *ret)
{
	if (view->is_return) {
		*ret = view->totals.total;
		return view->state == SESSION_PAID ? _("Given back") : _("To give back");
	}
	if (view->state == SESSION_PAID && view->totals.change.minor > 0) {
		*ret = view->totals.change;
		return _("Change");
	}
	if (view->state != SESSION_PAID && view->totals.paid.minor > 0) {
		*ret = view->totals.due;
		return _("To pay");
	}
	*ret = view->totals.total;
	return _("Total");
}

static const char *greeting_of(const SessionView *view)
{
	if (view->state == SESSION_PAID)
		return _("Thank you!");
	if (view->shift == 0 || *view->cashier == '\0')
		return _("This till is closed");
	return view->lines->len == 0 ? _("Welcome!") : "";
}

static void show_newest(PosShopperWindow *self)
{
	guint n = g_list_model_get_n_items(G_LIST_MODEL(self->lines));

	if (n > 0)
		gtk_widget_activate_action(GTK_WIDGET(self->list), "list.scroll-to-item", "u",
					   n - 1);
}

void pos_shopper_window_show_view(PosShopperWindow *self, SessionView *view)
{
	const char *greeting = greeting_of(view);
	Money amount;
	const char *caption = caption_of(view, &amount);

	gtk_label_set_label(self->shop, view->shop);
	gtk_label_set_label(self->greeting, greeting);
	gtk_label_set_label(self->caption, caption);
	figure_show(self->figure, caption, amount, GIANT_CHARACTERS);
	pos_line_update_list(self->lines, view);
	show_newest(self);
}

static void pos_shopper_window_dispose(GObject *object)
{
	PosShopperWindow *self = POS_SHOPPER_WINDOW(object);

	g_clear_object(&self->lines);
	G_OBJECT_CLASS(pos_shopper_window_parent_class)->dispose(object);
}

static void pos_shopper_window_init(PosShopperWindow *self)
{
	g_autoptr(GtkListItemFactory) factory = pos_line_row_factory_new();
	GtkNoSelection *model;

	gtk_widget_init_template(GTK_WIDGET(self));
	self->lines = g_list_store_new(POS_TYPE_LINE);
	model = gtk_no_selection_new(G_LIST_MODEL(g_object_ref(self->lines)));
	gtk_list_view_set_model(self->list, GTK_SELECTION_MODEL(model));
	gtk_list_view_set_factory(self->list, factory);
	g_object_unref(model);
}

static void pos_shopper_window_class_init(PosShopperWindowClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_shopper_window_dispose;
	g_type_ensure(POS_TYPE_LINE_ROW);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/till/shopper_window.ui");
	gtk_widget_class_bind_template_child(widget_class, PosShopperWindow, shop);
	gtk_widget_class_bind_template_child(widget_class, PosShopperWindow, greeting);
	gtk_widget_class_bind_template_child(widget_class, PosShopperWindow, list);
	gtk_widget_class_bind_template_child(widget_class, PosShopperWindow, caption);
	gtk_widget_class_bind_template_child(widget_class, PosShopperWindow, figure);
}

GtkWidget *pos_shopper_window_new(GtkApplication *app)
{
	PosShopperWindow *self = g_object_new(POS_TYPE_SHOPPER_WINDOW, "application", app, NULL);
	GListModel *monitors = gdk_display_get_monitors(gdk_display_get_default());
	g_autoptr(GdkMonitor) second = g_list_model_get_item(monitors, 1);

	if (second != NULL)
		gtk_window_fullscreen_on_monitor(GTK_WINDOW(self), second);
	return GTK_WIDGET(self);
}
