/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/unseen.h"

static void mark(GtkStack *stack)
{
	GtkWidget *seen = gtk_stack_get_visible_child(stack);

	for (GtkWidget *child = gtk_widget_get_first_child(GTK_WIDGET(stack)); child != NULL;
	     child = gtk_widget_get_next_sibling(child))
		gtk_accessible_update_state(GTK_ACCESSIBLE(child), GTK_ACCESSIBLE_STATE_HIDDEN,
					    child != seen, -1);
}

void office_unseen_leave_out(GtkStack *stack)
{
	if (g_signal_handler_find(stack, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, mark, NULL) == 0)
		g_signal_connect(stack, "notify::visible-child", G_CALLBACK(mark), NULL);
	mark(stack);
}
