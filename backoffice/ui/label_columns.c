/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_columns.h"

#include "backoffice/ui/cell.h"

#include <glib/gi18n-lib.h>

static void add(GtkColumnView *view, GtkListItemFactory *factory, const char *title, int width)
{
	g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new(title, factory);

	gtk_column_view_column_set_expand(column, width == 0);
	if (width != 0)
		gtk_column_view_column_set_fixed_width(column, width);
	gtk_column_view_append_column(view, column);
}

/* --- texts --- */

typedef struct {
	const char *property; /* static */
	bool number;
} TextColumn;

static void on_text_setup(GtkListItemFactory *factory, GtkListItem *item, void *data)
{
	const TextColumn *column = data;
	GtkWidget *label = office_cell_new(column->number);
	GtkExpression *row = gtk_property_expression_new(GTK_TYPE_LIST_ITEM, NULL, "item");
	GtkExpression *text =
		gtk_property_expression_new(OFFICE_TYPE_LABEL_ROW, row, column->property);

	gtk_expression_bind(text, label, "label", item);
	gtk_list_item_set_child(item, label);
}

static void free_column(void *data, GClosure *closure)
{
	g_free(data);
}

void label_columns_add_text(GtkColumnView *view, const char *property, const char *title, int width,
			    bool number)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	TextColumn *column = g_new(TextColumn, 1);

	*column = (TextColumn){ .property = property, .number = number };
	g_signal_connect_data(factory, "setup", G_CALLBACK(on_text_setup), column, free_column, 0);
	add(view, factory, title, width);
}

/* --- copies --- */

static void on_copies_setup(GtkListItemFactory *factory, GtkListItem *item, void *data)
{
	GtkWidget *spin = gtk_spin_button_new_with_range(1, 10000, 1);

	gtk_accessible_update_property(GTK_ACCESSIBLE(spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Copies"), -1);
	gtk_list_item_set_child(item, spin);
}

static void on_copies_bind(GtkListItemFactory *factory, GtkListItem *item, void *data)
{
	GtkWidget *spin = gtk_list_item_get_child(item);
	GBinding *binding =
		g_object_bind_property(gtk_list_item_get_item(item), "copies", spin, "value",
				       G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

	g_object_set_data(G_OBJECT(item), "copies", binding);
}

static void on_copies_unbind(GtkListItemFactory *factory, GtkListItem *item, void *data)
{
	g_binding_unbind(g_object_steal_data(G_OBJECT(item), "copies"));
}

void label_columns_add_copies(GtkColumnView *view)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();

	g_signal_connect(factory, "setup", G_CALLBACK(on_copies_setup), NULL);
	g_signal_connect(factory, "bind", G_CALLBACK(on_copies_bind), NULL);
	g_signal_connect(factory, "unbind", G_CALLBACK(on_copies_unbind), NULL);
	add(view, factory, _("Copies"), 150);
}

/* --- remove --- */

typedef struct {
	LabelColumnsRemove remove;
	void *data; /* borrowed */
} RemoveColumn;

static void on_remove_clicked(GtkButton *button, GtkListItem *item)
{
	const RemoveColumn *column = g_object_get_data(G_OBJECT(button), "column");
	g_autoptr(OfficeLabelRow) row = g_object_ref(gtk_list_item_get_item(item));

	column->remove(row, column->data);
}

static void on_remove_setup(GtkListItemFactory *factory, GtkListItem *item, void *data)
{
	GtkWidget *button = gtk_button_new_from_icon_name("list-remove-symbolic");

	gtk_widget_set_tooltip_text(button, _("Take it off the list"));
	gtk_widget_add_css_class(button, "flat");
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Take it off the list"), -1);
	g_object_set_data(G_OBJECT(button), "column", data);
	g_signal_connect(button, "clicked", G_CALLBACK(on_remove_clicked), item);
	gtk_list_item_set_child(item, button);
}

void label_columns_add_remove(GtkColumnView *view, LabelColumnsRemove remove, void *data)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	RemoveColumn *column = g_new(RemoveColumn, 1);

	*column = (RemoveColumn){ .remove = remove, .data = data };
	g_signal_connect_data(factory, "setup", G_CALLBACK(on_remove_setup), column, free_column,
			      0);
	add(view, factory, "", 56);
}
