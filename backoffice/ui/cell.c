/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/cell.h"

static gboolean on_query_tooltip(GtkWidget *widget, int x, int y, gboolean keyboard,
				 GtkTooltip *tooltip, void *data)
{
	GtkLabel *label = GTK_LABEL(widget);

	if (!pango_layout_is_ellipsized(gtk_label_get_layout(label)))
		return false;
	gtk_tooltip_set_text(tooltip, gtk_label_get_text(label));
	return true;
}

GtkWidget *office_cell_new(bool number)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), number ? 1 : 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_label_set_single_line_mode(GTK_LABEL(label), true);
	gtk_widget_add_css_class(label, "numeric");
	gtk_widget_set_has_tooltip(label, true);
	g_signal_connect(label, "query-tooltip", G_CALLBACK(on_query_tooltip), NULL);
	return label;
}

static GtkWidget *find(GtkWidget *widget, GType type)
{
	GtkWidget *found = NULL;

	if (g_type_is_a(G_OBJECT_TYPE(widget), type))
		return widget;
	for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL && found == NULL;
	     child = gtk_widget_get_next_sibling(child))
		found = find(child, type);
	return found;
}

/* GTK 4.8 has no name for them: the first child of the view is the row of heads. */
GtkWidget *office_cell_get_head(GtkColumnView *view, int index)
{
	GtkWidget *row = gtk_widget_get_first_child(GTK_WIDGET(view));
	GtkWidget *head = gtk_widget_get_first_child(row);

	while (head != NULL && index-- > 0)
		head = gtk_widget_get_next_sibling(head);
	return head;
}

void office_cell_align_heads(GtkColumnView *view, const bool *numbers)
{
	GtkWidget *head;

	for (int i = 0; (head = office_cell_get_head(view, i)) != NULL; i++) {
		GtkWidget *label = find(head, GTK_TYPE_LABEL);

		if (label == NULL || !numbers[i])
			continue;
		gtk_widget_set_hexpand(label, true);
		gtk_label_set_xalign(GTK_LABEL(label), 1);
	}
}

/* The adjustment would not do: GTK keeps the row it is anchored at, also where rows come and go. */
void office_cell_scroll_to_top(GtkColumnView *view)
{
	GtkWidget *list = find(GTK_WIDGET(view), GTK_TYPE_LIST_VIEW);

	gtk_widget_activate_action(list, "list.scroll-to-item", "u", 0);
}
