/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least a GTK program with a list can be: what the till's start is measured against. */
#include <gtk/gtk.h>

static const char row[] = "<interface><template class='GtkListItem'><property name='child'>"
			  "<object class='GtkLabel'><binding name='label'>"
			  "<lookup name='string' type='GtkStringObject'>"
			  "<lookup name='item'>GtkListItem</lookup></lookup>"
			  "</binding></object></property></template></interface>";

static void activate(GtkApplication *app)
{
	GtkWidget *window = gtk_application_window_new(app);
	GtkStringList *strings = gtk_string_list_new(NULL);
	GtkWidget *scrolled = gtk_scrolled_window_new();
	g_autoptr(GBytes) bytes = g_bytes_new_static(row, sizeof row - 1);
	GtkListItemFactory *factory = gtk_builder_list_item_factory_new_from_bytes(NULL, bytes);
	GtkSelectionModel *model;

	for (int i = 0; i < 20; i++)
		gtk_string_list_append(strings, "Goods");
	model = GTK_SELECTION_MODEL(gtk_no_selection_new(G_LIST_MODEL(strings)));
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled),
				      gtk_list_view_new(model, factory));
	gtk_window_set_child(GTK_WINDOW(window), scrolled);
	gtk_window_set_default_size(GTK_WINDOW(window), 1024, 768);
	gtk_window_present(GTK_WINDOW(window));
}

int main(int argc, char **argv)
{
	g_autoptr(GtkApplication) app =
		gtk_application_new("shop.baraa.BareList", G_APPLICATION_NON_UNIQUE);

	g_signal_connect(app, "activate", G_CALLBACK(activate), NULL);
	return g_application_run(G_APPLICATION(app), argc, argv);
}
