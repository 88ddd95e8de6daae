/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/goods_page.h"

#include "backoffice/ui/goods_model.h"

#include <glib/gi18n-lib.h>

struct _OfficeGoodsPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkSearchEntry *search;
	GtkLabel *count;
	GtkStack *stack;
	GtkLabel *empty;
	GtkColumnView *view;
	GtkColumnViewColumn *name_column, *category_column, *price_column;

	OfficeGoodsModel *model; /* owned */
	OfficeDesk *desk; /* borrowed */
	/* What the view's sorter asked for in ask_order(). */
	GoodsOrder asked;
};

G_DEFINE_FINAL_TYPE(OfficeGoodsPage, office_goods_page, GTK_TYPE_WIDGET)

/* GTK 4.8 does not tell which column's head was clicked last. Each column's sorter notes that it
 * was asked, and the first one asked is the primary; the sign of the whole answer is its direction.
 */
typedef struct {
	OfficeGoodsPage *page;
	GoodsOrder order;
} ColumnSorter;

static int note_order(const void *a, const void *b, void *data)
{
	ColumnSorter *sorter = data;

	sorter->page->asked = sorter->order;
	return -1;
}

static void on_sorter_changed(GtkSorter *sorter, GtkSorterChange change, OfficeGoodsPage *self)
{
	g_autoptr(OfficeGoodsRow) probe = g_object_new(OFFICE_TYPE_GOODS_ROW, NULL);
	GtkOrdering ordering;

	self->asked = GOODS_BY_NAME;
	ordering = gtk_sorter_compare(sorter, probe, probe);
	office_goods_model_set_order(self->model, self->asked, ordering == GTK_ORDERING_LARGER);
}

static void set_column_order(OfficeGoodsPage *self, GtkColumnViewColumn *column, GoodsOrder order)
{
	ColumnSorter *data = g_new(ColumnSorter, 1);
	g_autoptr(GtkSorter) sorter = NULL;

	*data = (ColumnSorter){ .page = self, .order = order };
	sorter = GTK_SORTER(gtk_custom_sorter_new(note_order, data, g_free));
	gtk_column_view_column_set_sorter(column, sorter);
}

static void show_count(OfficeGoodsPage *self)
{
	g_autofree char *number = NULL, *text = NULL;
	int64_t count;

	g_object_get(self->model, "count", &count, NULL);
	number = number_text_integer(office_desk_get_style(self->desk), count);
	text = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%s item", "%s items", (gulong)count),
			       number);
	gtk_label_set_label(self->count, text);
	if (count == 0 && *gtk_editable_get_text(GTK_EDITABLE(self->search)) != '\0')
		gtk_label_set_label(self->empty,
				    _("Nothing is called that. Try the beginning of another word, "
				      "or a whole barcode."));
	else if (count == 0)
		gtk_label_set_label(self->empty, _("There are no goods yet. Import a list: "
						   "baraa import goods FILE --db DSN"));
	gtk_stack_set_visible_child_name(self->stack, count == 0 ? "empty" : "list");
}

static void on_failed(OfficeGoodsPage *self, const char *message)
{
	g_autofree char *text =
		g_strdup_printf(_("The goods could not be read. Close the office and open it "
				  "again; if that does not help, tell your administrator: %s"),
				message);

	gtk_label_set_label(self->empty, text);
	gtk_stack_set_visible_child_name(self->stack, "empty");
}

static void on_search_changed(GtkSearchEntry *entry, OfficeGoodsPage *self)
{
	office_goods_model_set_search(self->model, gtk_editable_get_text(GTK_EDITABLE(entry)));
}

GtkWidget *office_goods_page_new(OfficeDesk *desk)
{
	OfficeGoodsPage *self = g_object_new(OFFICE_TYPE_GOODS_PAGE, NULL);
	g_autoptr(GtkNoSelection) selection = NULL;

	self->desk = desk;
	self->model = office_goods_model_new(desk);
	selection = gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->model)));
	gtk_column_view_set_model(self->view, GTK_SELECTION_MODEL(selection));
	g_signal_connect_swapped(self->model, "notify::count", G_CALLBACK(show_count), self);
	g_signal_connect_swapped(self->model, "failed", G_CALLBACK(on_failed), self);

	set_column_order(self, self->name_column, GOODS_BY_NAME);
	set_column_order(self, self->category_column, GOODS_BY_CATEGORY);
	set_column_order(self, self->price_column, GOODS_BY_PRICE);
	g_signal_connect_object(gtk_column_view_get_sorter(self->view), "changed",
				G_CALLBACK(on_sorter_changed), self, 0);
	gtk_column_view_sort_by_column(self->view, self->name_column, GTK_SORT_ASCENDING);
	return GTK_WIDGET(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_GOODS_PAGE(widget)->search));
}

static void dispose(GObject *object)
{
	OfficeGoodsPage *self = OFFICE_GOODS_PAGE(object);
	GtkWidget *child;

	if (self->model != NULL)
		g_signal_handlers_disconnect_by_data(self->model, self);
	g_clear_object(&self->model);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_goods_page_parent_class)->dispose(object);
}

static void office_goods_page_class_init(OfficeGoodsPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/goods_page.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeGoodsPage, search);
	gtk_widget_class_bind_template_child(widget_class, OfficeGoodsPage, count);
	gtk_widget_class_bind_template_child(widget_class, OfficeGoodsPage, stack);
	gtk_widget_class_bind_template_child(widget_class, OfficeGoodsPage, empty);
	gtk_widget_class_bind_template_child(widget_class, OfficeGoodsPage, view);
	gtk_widget_class_bind_template_child(widget_class, OfficeGoodsPage, name_column);
	gtk_widget_class_bind_template_child(widget_class, OfficeGoodsPage, category_column);
	gtk_widget_class_bind_template_child(widget_class, OfficeGoodsPage, price_column);
	gtk_widget_class_bind_template_callback(widget_class, on_search_changed);
}

static void office_goods_page_init(OfficeGoodsPage *self)
{
	g_type_ensure(OFFICE_TYPE_GOODS_ROW);
	gtk_widget_init_template(GTK_WIDGET(self));
	/* A scanner or a name typed anywhere on the page searches. */
	gtk_search_entry_set_key_capture_widget(self->search, GTK_WIDGET(self));
}
