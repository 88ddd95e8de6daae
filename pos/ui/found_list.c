/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/found_list.h"

#include "pos/ui/text.h"

#include <glib/gi18n-lib.h>

/* More than a cashier reads; whoever needs the 31st types another letter. */
#define MAX_ROWS 30

typedef struct {
	GtkWidget *button; /* borrowed, like the labels */
	GtkLabel *name, *price;
} Row;

struct _PosFoundList {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkScrolledWindow *scrolled;
	GtkBox *rows;
	GtkWidget *nothing;

	/* owned */
	SessionView *view;

	Row pool[MAX_ROWS];
	int n_made, n_shown, chosen;
};

G_DEFINE_FINAL_TYPE(PosFoundList, pos_found_list, GTK_TYPE_WIDGET)

GtkWidget *pos_found_list_new(void)
{
	return g_object_new(POS_TYPE_FOUND_LIST, NULL);
}

static GtkLabel *new_label(GtkWidget *box, float xalign)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), xalign);
	gtk_box_append(GTK_BOX(box), label);
	return GTK_LABEL(label);
}

/* Rows are made once: the next letter changes words alone. */
static void make_row(PosFoundList *self)
{
	Row *row = &self->pool[self->n_made++];
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);

	row->button = gtk_button_new();
	row->name = new_label(box, 0);
	gtk_label_set_wrap(row->name, true);
	gtk_label_set_lines(row->name, 2);
	gtk_label_set_ellipsize(row->name, PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(GTK_WIDGET(row->name), true);
	row->price = new_label(box, 1);
	gtk_widget_add_css_class(GTK_WIDGET(row->price), "number");
	gtk_button_set_child(GTK_BUTTON(row->button), box);
	gtk_widget_set_focus_on_click(row->button, false);
	gtk_widget_add_css_class(row->button, "found");
	gtk_box_append(self->rows, row->button);
}

static void fill_row(Row *row, const SessionFound *found)
{
	g_autofree char *price =
		found->has_price ? text_money(found->price) : g_strdup(_("no price"));

	gtk_label_set_label(row->name, found->name);
	gtk_label_set_label(row->price, price);
	gtk_actionable_set_action_target(GTK_ACTIONABLE(row->button), "x", found->item_id);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(row->button), "goods.add");
	gtk_accessible_update_property(GTK_ACCESSIBLE(row->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       found->name, -1);
	gtk_widget_set_visible(row->button, true);
}

static void choose(PosFoundList *self, int index)
{
	for (int i = 0; i < self->n_made; i++) {
		if (i == index)
			gtk_widget_add_css_class(self->pool[i].button, "chosen");
		else
			gtk_widget_remove_css_class(self->pool[i].button, "chosen");
	}
	self->chosen = index;
}

void pos_found_list_show_view(PosFoundList *self, const SessionView *view)
{
	int n = (int)MIN(view->found->len, MAX_ROWS);

	if (self->view != NULL && self->view->found == view->found)
		return;
	g_clear_pointer(&self->view, session_view_unref);
	self->view = session_view_ref((SessionView *)view);
	while (self->n_made < n)
		make_row(self);
	for (int i = 0; i < n; i++)
		fill_row(&self->pool[i], g_ptr_array_index(view->found, (guint)i));
	for (int i = n; i < self->n_made; i++)
		gtk_widget_set_visible(self->pool[i].button, false);
	self->n_shown = n;
	gtk_widget_set_visible(self->nothing, n == 0 && *view->found_query != '\0');
	choose(self, 0);
	gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(self->scrolled), 0);
}

static void scroll_to_choice(PosFoundList *self)
{
	GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment(self->scrolled);
	GtkAllocation row;

	gtk_widget_get_allocation(self->pool[self->chosen].button, &row);
	gtk_adjustment_clamp_page(adjustment, row.y, row.y + row.height);
}

void pos_found_list_move_choice(PosFoundList *self, int by)
{
	if (self->n_shown == 0)
		return;
	choose(self, CLAMP(self->chosen + by, 0, self->n_shown - 1));
	scroll_to_choice(self);
}

bool pos_found_list_get_choice(PosFoundList *self, const char *query, int64_t *ret)
{
	const SessionFound *found;

	if (self->n_shown == 0 || strcmp(self->view->found_query, query) != 0)
		return false;
	found = g_ptr_array_index(self->view->found, (guint)self->chosen);
	*ret = found->item_id;
	return true;
}

static void pos_found_list_dispose(GObject *object)
{
	PosFoundList *self = POS_FOUND_LIST(object);
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	g_clear_pointer(&self->view, session_view_unref);
	G_OBJECT_CLASS(pos_found_list_parent_class)->dispose(object);
}

static void pos_found_list_init(PosFoundList *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

static void pos_found_list_class_init(PosFoundListClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = pos_found_list_dispose;
	gtk_widget_class_set_template_from_resource(widget_class, "/shop/baraa/till/found_list.ui");
	gtk_widget_class_bind_template_child(widget_class, PosFoundList, scrolled);
	gtk_widget_class_bind_template_child(widget_class, PosFoundList, rows);
	gtk_widget_class_bind_template_child(widget_class, PosFoundList, nothing);
}
