/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/message.h"

void office_message_say(GtkLabel *line, const char *text, bool is_trouble)
{
	gtk_label_set_label(line, text);
	if (is_trouble)
		gtk_widget_add_css_class(GTK_WIDGET(line), "amber");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(line), "amber");
}
