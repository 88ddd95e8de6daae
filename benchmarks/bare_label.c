/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least a GTK program can do with a scan: Enter in an entry changes a large label. What the
 * till's scan to screen is measured against. */
#include <gtk/gtk.h>

static guint n_scans;

static void on_activate(GtkEntry *entry, GtkLabel *label)
{
	g_autofree char *text = g_strdup_printf("%u.00", ++n_scans * 1237);

	gtk_label_set_label(label, text);
	gtk_editable_set_text(GTK_EDITABLE(entry), "");
}

static void activate(GtkApplication *app)
{
	GtkWidget *window = gtk_application_window_new(app);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	GtkWidget *entry = gtk_entry_new();
	GtkWidget *label = gtk_label_new("0.00");
	PangoAttrList *attributes = pango_attr_list_from_string("0 -1 size 49152");

	gtk_label_set_attributes(GTK_LABEL(label), attributes);
	pango_attr_list_unref(attributes);
	gtk_widget_set_vexpand(label, true);
	g_signal_connect(entry, "activate", G_CALLBACK(on_activate), label);
	gtk_box_append(GTK_BOX(box), entry);
	gtk_box_append(GTK_BOX(box), label);
	gtk_window_set_child(GTK_WINDOW(window), box);
	gtk_window_set_default_size(GTK_WINDOW(window), 1024, 768);
	gtk_window_present(GTK_WINDOW(window));
	gtk_widget_grab_focus(entry);
}

int main(int argc, char **argv)
{
	g_autoptr(GtkApplication) app =
		gtk_application_new("shop.baraa.BareLabel", G_APPLICATION_NON_UNIQUE);

	g_signal_connect(app, "activate", G_CALLBACK(activate), NULL);
	return g_application_run(G_APPLICATION(app), argc, argv);
}
