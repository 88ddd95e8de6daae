/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/figure.h"

#include "pos/ui/text.h"

void figure_show(GtkLabel *label, const char *name, Money amount, int n_large)
{
	g_autofree char *text = text_money(amount);

	if (strcmp(gtk_label_get_label(label), text) == 0)
		return;
	gtk_label_set_label(label, text); /* which makes the text the name as well */
	gtk_accessible_update_property(GTK_ACCESSIBLE(label), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	if (g_utf8_strlen(text, -1) <= n_large)
		gtk_widget_remove_css_class(GTK_WIDGET(label), "long");
	else
		gtk_widget_add_css_class(GTK_WIDGET(label), "long");
}
