/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/drop_down.h"

void office_drop_down_name(GtkDropDown *self, const char *name)
{
	GtkWidget *button = gtk_widget_get_first_child(GTK_WIDGET(self));

	g_return_if_fail(button != NULL);
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
}
