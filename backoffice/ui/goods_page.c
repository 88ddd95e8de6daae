/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/goods_page.h"

#include "backoffice/ui/blank.h"
#include "backoffice/ui/bulk_pane.h"
#include "backoffice/ui/cell.h"
#include "backoffice/ui/goods_model.h"
#include "backoffice/ui/import_page.h"
#include "backoffice/ui/item_page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A busy database is asked again by itself. */
#define RETRY_SECONDS 5

struct _OfficeGoodsPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	GtkStack *screens; /* the list; one item; the import */
	GtkButton *new_button, *bulk_button, *import_button;
	GtkRevealer *bulk_revealer;
	OfficeBulkPane *bulk;
	GtkSearchEntry *search;
	GtkLabel *count;
	GtkStack *stack;
	OfficeBlank *blank;
	GtkColumnView *view;

	OfficeGoodsModel *model; /* owned */
	GtkMultiSelection *selection; /* owned */
	OfficeItemPage *item; /* borrowed: on a screen of its own; made when it is needed */
	OfficeImportPage *import; /* likewise */
	OfficeDesk *desk; /* borrowed */
	guint retry; /* source id, 0 if none */
	bool to_top; /* when the answer is here: it is to another question */
	/* What the view's sorter asked for in note_order(). */
	GoodsOrder asked;
};

G_DEFINE_FINAL_TYPE(OfficeGoodsPage, office_goods_page, GTK_TYPE_WIDGET)

/* --- columns --- */

#define NOT_SORTED GOODS_N_ORDERS

static const struct {
	const char *property, *title;
	int width; /* 0: a share of what is left */
	bool number;
	GoodsOrder order;
} columns[] = {
	{ "barcode", N_("Barcode"), 128, false, NOT_SORTED },
	{ "name", N_("Name"), 0, false, GOODS_BY_NAME },
	{ "category", N_("Category"), 152, false, GOODS_BY_CATEGORY },
	{ "brand", N_("Brand"), 80, false, NOT_SORTED },
	{ "unit", N_("Unit"), 48, false, NOT_SORTED },
	{ "price", N_("Price"), 96, true, GOODS_BY_PRICE },
	{ "tax", N_("Tax"), 64, false, NOT_SORTED },
};

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

/* Other goods stand in the places that are selected. */
static void forget_selection(OfficeGoodsPage *self)
{
	if (self->selection != NULL)
		gtk_selection_model_unselect_all(GTK_SELECTION_MODEL(self->selection));
}

static void on_sorter_changed(GtkSorter *sorter, GtkSorterChange change, OfficeGoodsPage *self)
{
	/* Two: GTK knows without asking that a row equals itself. */
	g_autoptr(OfficeGoodsRow) one = g_object_new(OFFICE_TYPE_GOODS_ROW, NULL);
	g_autoptr(OfficeGoodsRow) other = g_object_new(OFFICE_TYPE_GOODS_ROW, NULL);
	GtkOrdering ordering;

	if (self->model == NULL)
		return; /* the page is being taken down, column by column */
	self->asked = GOODS_BY_NAME;
	self->to_top = true;
	forget_selection(self);
	ordering = gtk_sorter_compare(sorter, one, other);
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

static void on_setup(GtkListItemFactory *factory, GtkListItem *item, void *index)
{
	int i = GPOINTER_TO_INT(index);
	GtkWidget *label = office_cell_new(columns[i].number);
	GtkExpression *row = gtk_property_expression_new(GTK_TYPE_LIST_ITEM, NULL, "item");
	GtkExpression *text =
		gtk_property_expression_new(OFFICE_TYPE_GOODS_ROW, row, columns[i].property);

	gtk_expression_bind(text, label, "label", item);
	gtk_list_item_set_child(item, label);
}

static GtkColumnViewColumn *add_column(OfficeGoodsPage *self, int i)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	GtkColumnViewColumn *column =
		gtk_column_view_column_new(g_dgettext(GETTEXT_PACKAGE, columns[i].title), factory);

	g_signal_connect(factory, "setup", G_CALLBACK(on_setup), GINT_TO_POINTER(i));
	gtk_column_view_column_set_resizable(column, true);
	gtk_column_view_column_set_expand(column, columns[i].width == 0);
	if (columns[i].width != 0)
		gtk_column_view_column_set_fixed_width(column, columns[i].width);
	if (columns[i].order != NOT_SORTED)
		set_column_order(self, column, columns[i].order);
	gtk_column_view_append_column(self->view, column);
	g_object_unref(column);
	return column;
}

/* --- what comes back --- */

static void show_count(OfficeGoodsPage *self)
{
	bool searched = *gtk_editable_get_text(GTK_EDITABLE(self->search)) != '\0';
	g_autofree char *number = NULL, *text = NULL;
	int64_t count;

	g_object_get(self->model, "count", &count, NULL);
	number = number_text_integer(office_desk_get_style(self->desk), count);
	text = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%s item", "%s items", (gulong)count),
			       number);
	gtk_label_set_label(self->count, text);
	if (self->to_top && count > 0)
		office_cell_scroll_to_top(self->view);
	self->to_top = false;
	if (count == 0 && searched)
		office_blank_say(self->blank, _("Nothing is called that. Try the beginning of "
						"another word, or a whole barcode."));
	else if (count == 0)
		office_blank_say(self->blank, _("There are no goods yet. Import a list with the "
						"button above, or make the first with Ctrl+N."));
	gtk_stack_set_visible_child_name(self->stack, count == 0 ? "blank" : "list");
}

static gboolean retry(void *data)
{
	OfficeGoodsPage *self = data;

	self->retry = 0;
	office_goods_model_reload(self->model);
	return G_SOURCE_REMOVE;
}

static void on_failed(OfficeGoodsPage *self, const GError *error)
{
	g_autofree char *text = office_desk_dup_trouble(error);

	office_blank_say_trouble(self->blank, text);
	gtk_stack_set_visible_child_name(self->stack, "blank");
	if (self->retry == 0 && g_error_matches(error, STORE_ERROR, STORE_ERROR_BUSY))
		self->retry = g_timeout_add_seconds(RETRY_SECONDS, retry, self);
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	forget_selection(OFFICE_GOODS_PAGE(widget));
	office_goods_model_reload(OFFICE_GOODS_PAGE(widget)->model);
}

/* --- search --- */

static void on_search_changed(GtkSearchEntry *entry, OfficeGoodsPage *self)
{
	self->to_top = true;
	forget_selection(self);
	office_goods_model_set_search(self->model, gtk_editable_get_text(GTK_EDITABLE(entry)));
}

/* A scanner ends with Enter: no waiting for more, and the next scan takes the place of this one. */
static void on_search_entered(GtkSearchEntry *entry, OfficeGoodsPage *self)
{
	on_search_changed(entry, self);
	gtk_editable_select_region(GTK_EDITABLE(entry), 0, -1);
}

static void on_search_stopped(GtkSearchEntry *entry, OfficeGoodsPage *self)
{
	gtk_editable_set_text(GTK_EDITABLE(entry), "");
}

static void find(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeGoodsPage *self = OFFICE_GOODS_PAGE(widget);

	gtk_widget_grab_focus(GTK_WIDGET(self->search));
	gtk_editable_select_region(GTK_EDITABLE(self->search), 0, -1);
}

/* --- one item --- */

static void show_list(OfficeGoodsPage *self)
{
	gtk_stack_set_visible_child_name(self->screens, "goods");
	gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

/* Of the screens of one item and of the import. */
static void on_screen_done(GtkWidget *screen, gboolean wrote, OfficeGoodsPage *self)
{
	show_list(self);
	if (!wrote)
		return;
	forget_selection(self);
	office_goods_model_reload(self->model);
}

static void open_item(OfficeGoodsPage *self, int64_t id, const char *code)
{
	if (self->item == NULL) {
		self->item = OFFICE_ITEM_PAGE(office_item_page_new(self->desk));
		g_signal_connect_object(self->item, "done", G_CALLBACK(on_screen_done), self, 0);
		gtk_stack_add_named(self->screens, GTK_WIDGET(self->item), "item");
	}
	gtk_stack_set_visible_child_name(self->screens, "item");
	office_item_page_open(self->item, id, code);
}

static void on_activated(GtkColumnView *view, guint place, OfficeGoodsPage *self)
{
	g_autoptr(OfficeGoodsRow) row = g_list_model_get_item(G_LIST_MODEL(self->model), place);

	if (row != NULL && office_goods_row_get_id(row) != 0)
		open_item(self, office_goods_row_get_id(row), NULL);
}

/* What was searched in vain is likely the barcode of the new goods. */
static void new_item(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeGoodsPage *self = OFFICE_GOODS_PAGE(widget);
	const char *searched = gtk_editable_get_text(GTK_EDITABLE(self->search));
	bool code = strlen(searched) >= 8 && strspn(searched, "0123456789") == strlen(searched);

	if (office_desk_may(self->desk, RIGHT_EDIT_GOODS))
		open_item(self, 0, code ? searched : NULL);
}

static void import(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeGoodsPage *self = OFFICE_GOODS_PAGE(widget);

	if (self->import == NULL) {
		self->import = OFFICE_IMPORT_PAGE(office_import_page_new(self->desk));
		g_signal_connect_object(self->import, "done", G_CALLBACK(on_screen_done), self, 0);
		gtk_stack_add_named(self->screens, GTK_WIDGET(self->import), "import");
	}
	gtk_stack_set_visible_child_name(self->screens, "import");
	office_import_page_open(self->import);
}

/* --- many items --- */

static void bulk(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeGoodsPage *self = OFFICE_GOODS_PAGE(widget);
	GtkBitset *places = gtk_selection_model_get_selection(GTK_SELECTION_MODEL(self->selection));
	GoodsChoice *choice;

	if (gtk_bitset_is_empty(places)) {
		gtk_bitset_unref(places);
		gtk_selection_model_select_all(GTK_SELECTION_MODEL(self->selection));
		places = gtk_selection_model_get_selection(GTK_SELECTION_MODEL(self->selection));
	}
	choice = g_new0(GoodsChoice, 1);
	choice->places = places;
	choice->search = g_strdup(office_goods_model_get_search(self->model));
	choice->order = office_goods_model_get_order(self->model, &choice->descending);
	gtk_revealer_set_reveal_child(self->bulk_revealer, true);
	office_bulk_pane_open(self->bulk, self->desk, choice);
}

static void on_bulk_closed(OfficeBulkPane *pane, OfficeGoodsPage *self)
{
	gtk_revealer_set_reveal_child(self->bulk_revealer, false);
	forget_selection(self);
	gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

static void on_selected(OfficeGoodsPage *self)
{
	gtk_revealer_set_reveal_child(self->bulk_revealer, false);
}

/* --- life --- */

static void connect_panes(OfficeGoodsPage *self)
{
	bool may = office_desk_may(self->desk, RIGHT_EDIT_GOODS);

	gtk_widget_set_visible(GTK_WIDGET(self->new_button), may);
	gtk_widget_set_visible(GTK_WIDGET(self->import_button), may);
	gtk_widget_set_visible(GTK_WIDGET(self->bulk_button),
			       may || office_desk_may(self->desk, RIGHT_CHANGE_PRICE));
	g_signal_connect_object(self->bulk, "closed", G_CALLBACK(on_bulk_closed), self, 0);
	g_signal_connect_object(self->bulk, "done", G_CALLBACK(office_goods_model_reload),
				self->model, G_CONNECT_SWAPPED);
	g_signal_connect_object(self->selection, "selection-changed", G_CALLBACK(on_selected), self,
				G_CONNECT_SWAPPED);
}

GtkWidget *office_goods_page_new(OfficeDesk *desk)
{
	OfficeGoodsPage *self = g_object_new(OFFICE_TYPE_GOODS_PAGE, NULL);
	bool numbers[G_N_ELEMENTS(columns)];

	self->desk = desk;
	self->model = office_goods_model_new(desk);
	self->selection = gtk_multi_selection_new(g_object_ref(G_LIST_MODEL(self->model)));
	gtk_column_view_set_model(self->view, GTK_SELECTION_MODEL(self->selection));
	connect_panes(self);
	g_signal_connect_swapped(self->model, "notify::count", G_CALLBACK(show_count), self);
	g_signal_connect_swapped(self->model, "failed", G_CALLBACK(on_failed), self);
	g_signal_connect_object(gtk_column_view_get_sorter(self->view), "changed",
				G_CALLBACK(on_sorter_changed), self, 0);
	for (int i = 0; i < (int)G_N_ELEMENTS(columns); i++) {
		GtkColumnViewColumn *column = add_column(self, i);

		numbers[i] = columns[i].number;
		if (columns[i].order == GOODS_BY_NAME)
			gtk_column_view_sort_by_column(self->view, column, GTK_SORT_ASCENDING);
	}
	office_cell_align_heads(self->view, numbers);
	return GTK_WIDGET(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	OfficeGoodsPage *self = OFFICE_GOODS_PAGE(widget);

	if (self->item != NULL && gtk_widget_get_mapped(GTK_WIDGET(self->item)))
		return gtk_widget_grab_focus(GTK_WIDGET(self->item));
	return gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

static void dispose(GObject *object)
{
	OfficeGoodsPage *self = OFFICE_GOODS_PAGE(object);
	GtkWidget *child;

	g_clear_handle_id(&self->retry, g_source_remove);
	if (self->model != NULL)
		g_signal_handlers_disconnect_by_data(self->model, self);
	g_clear_object(&self->model);
	g_clear_object(&self->selection);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_goods_page_parent_class)->dispose(object);
}

static void bind_template(GtkWidgetClass *klass)
{
	gtk_widget_class_set_template_from_resource(klass, "/shop/baraa/office/goods_page.ui");
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, screens);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, new_button);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, bulk_button);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, import_button);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, bulk_revealer);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, bulk);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, search);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, count);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, stack);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, blank);
	gtk_widget_class_bind_template_child(klass, OfficeGoodsPage, view);
	gtk_widget_class_bind_template_callback(klass, on_activated);
	gtk_widget_class_bind_template_callback(klass, on_search_changed);
	gtk_widget_class_bind_template_callback(klass, on_search_entered);
	gtk_widget_class_bind_template_callback(klass, on_search_stopped);
}

static void office_goods_page_class_init(OfficeGoodsPageClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
	gtk_widget_class_install_action(widget_class, "page.find", NULL, find);
	gtk_widget_class_install_action(widget_class, "page.new", NULL, new_item);
	gtk_widget_class_install_action(widget_class, "page.bulk", NULL, bulk);
	gtk_widget_class_install_action(widget_class, "page.import", NULL, import);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "page.new",
					    NULL);
	bind_template(widget_class);
}

static void office_goods_page_init(OfficeGoodsPage *self)
{
	g_type_ensure(OFFICE_TYPE_GOODS_ROW);
	g_type_ensure(OFFICE_TYPE_BLANK);
	g_type_ensure(OFFICE_TYPE_BULK_PANE);
	gtk_widget_init_template(GTK_WIDGET(self));
	/* A scanner or a name typed anywhere on the page searches. */
	gtk_search_entry_set_key_capture_widget(self->search,
						gtk_widget_get_parent(GTK_WIDGET(self->stack)));
}
