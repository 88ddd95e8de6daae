/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/pages.h"

void pages_show(GtkStack *stack, GtkWidget *child)
{
	for (GtkWidget *page = gtk_widget_get_first_child(GTK_WIDGET(stack)); page != NULL;
	     page = gtk_widget_get_next_sibling(page))
		gtk_accessible_update_state(GTK_ACCESSIBLE(page), GTK_ACCESSIBLE_STATE_HIDDEN,
					    page != child, -1);
	gtk_stack_set_visible_child(stack, child);
}

void pages_init(GtkStack *stack)
{
	pages_show(stack, gtk_stack_get_visible_child(stack));
}

void pages_show_name(GtkStack *stack, const char *name)
{
	const char *shown = gtk_stack_get_visible_child_name(stack);

	if (g_strcmp0(shown, name) != 0)
		pages_show(stack, gtk_stack_get_child_by_name(stack, name));
}
