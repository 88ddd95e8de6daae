/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/text_table.h"

#include "backoffice/ui/cell.h"

#include <glib/gi18n-lib.h>

/* --- a row as the list holds it --- */

#define OFFICE_TYPE_TEXT_ITEM (office_text_item_get_type())
G_DECLARE_FINAL_TYPE(OfficeTextItem, office_text_item, OFFICE, TEXT_ITEM, GObject)

struct _OfficeTextItem {
	GObject parent_instance;
	OfficeTextRow *row; /* owned */
};

G_DEFINE_FINAL_TYPE(OfficeTextItem, office_text_item, G_TYPE_OBJECT)

static void item_finalize(GObject *object)
{
	office_text_row_free(OFFICE_TEXT_ITEM(object)->row);
	G_OBJECT_CLASS(office_text_item_parent_class)->finalize(object);
}

static void office_text_item_class_init(OfficeTextItemClass *klass)
{
	G_OBJECT_CLASS(klass)->finalize = item_finalize;
}

static void office_text_item_init(OfficeTextItem *self)
{
}

OfficeTextRow *office_text_row_new(int64_t id)
{
	OfficeTextRow *self = g_new0(OfficeTextRow, 1);

	self->id = id;
	return self;
}

void office_text_row_free(void *row)
{
	OfficeTextRow *self = row;

	if (self == NULL)
		return;
	for (int i = 0; i < OFFICE_COLUMNS_MAX; i++)
		g_free(self->texts[i]);
	g_free(self);
}

static bool rows_equal(const OfficeTextRow *a, const OfficeTextRow *b)
{
	bool equal = a->id == b->id && a->tone == b->tone;

	for (int i = 0; equal && i < OFFICE_COLUMNS_MAX; i++)
		equal = g_strcmp0(a->texts[i], b->texts[i]) == 0;
	return equal;
}

/* --- the table --- */

struct _OfficeTextTable {
	GtkWidget parent_instance;

	/* borrowed */
	GtkColumnView *view;
	GtkWidget *scrolled;
	const OfficeColumn *columns;
	int n_columns;

	/* owned */
	GtkColumnViewColumn *heads[OFFICE_COLUMNS_MAX];
	GListStore *rows;
	GtkSingleSelection *selection;
	unsigned toned; /* columns, bits */
	bool shown[OFFICE_COLUMNS_MAX];
	bool filling; /* the choice moves by itself */
};

G_DEFINE_FINAL_TYPE(OfficeTextTable, office_text_table, GTK_TYPE_WIDGET)

static guint chosen_signal, activated_signal;

static const OfficeTextRow *row_at(OfficeTextTable *self, guint position)
{
	g_autoptr(OfficeTextItem) item = g_list_model_get_item(G_LIST_MODEL(self->rows), position);

	return item != NULL ? item->row : NULL;
}

static void on_setup(GtkListItemFactory *factory, GtkListItem *item, void *column)
{
	const OfficeColumn *it = column;

	gtk_list_item_set_child(item, office_cell_new(it->number));
}

static void set_tone(GtkWidget *label, OfficeTone tone)
{
	static const char *const classes[] = { NULL, "tone-green", "tone-amber", "tone-red" };

	for (size_t i = 1; i < G_N_ELEMENTS(classes); i++)
		gtk_widget_remove_css_class(label, classes[i]);
	if (tone != OFFICE_PLAIN)
		gtk_widget_add_css_class(label, classes[tone]);
}

static void on_bind(GtkListItemFactory *factory, GtkListItem *item, void *column)
{
	int i = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(factory), "index"));
	const OfficeTextRow *row = OFFICE_TEXT_ITEM(gtk_list_item_get_item(item))->row;
	const OfficeTextTable *table = g_object_get_data(G_OBJECT(factory), "table");
	GtkWidget *label = gtk_list_item_get_child(item);

	gtk_label_set_label(GTK_LABEL(label), row->texts[i] != NULL ? row->texts[i] : "");
	set_tone(label, (table->toned & 1U << i) != 0 ? row->tone : OFFICE_PLAIN);
}

static void add_column(OfficeTextTable *self, int i)
{
	const OfficeColumn *it = &self->columns[i];
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	GtkColumnViewColumn *column =
		gtk_column_view_column_new(g_dgettext(GETTEXT_PACKAGE, it->title), factory);

	g_object_set_data(G_OBJECT(factory), "index", GINT_TO_POINTER(i));
	g_object_set_data(G_OBJECT(factory), "table", self); /* which has the factory */
	g_signal_connect(factory, "setup", G_CALLBACK(on_setup), (void *)it);
	g_signal_connect(factory, "bind", G_CALLBACK(on_bind), (void *)it);
	gtk_column_view_column_set_resizable(column, true);
	gtk_column_view_column_set_expand(column, it->width == 0);
	if (it->width != 0)
		gtk_column_view_column_set_fixed_width(column, it->width);
	gtk_column_view_append_column(self->view, column);
	self->heads[i] = column;
	self->shown[i] = true;
}

static void align_heads(OfficeTextTable *self)
{
	bool numbers[OFFICE_COLUMNS_MAX];
	int n = 0;

	for (int i = 0; i < self->n_columns; i++)
		if (self->shown[i])
			numbers[n++] = self->columns[i].number;
	office_cell_align_heads(self->view, numbers);
}

void office_text_table_set_columns(OfficeTextTable *self, const char *label,
				   const OfficeColumn *columns, int n)
{
	g_return_if_fail(self->n_columns == 0 && n <= OFFICE_COLUMNS_MAX);
	self->columns = columns;
	self->n_columns = n;
	gtk_accessible_update_property(GTK_ACCESSIBLE(self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       label, -1);
	for (int i = 0; i < n; i++)
		add_column(self, i);
	align_heads(self);
}

void office_text_table_tone_columns(OfficeTextTable *self, unsigned columns)
{
	self->toned = columns;
}

/* Taken out and put back: GTK 4.8 shares the room of a view among its columns wrongly where some of
 * them are invisible. */
void office_text_table_show_column(OfficeTextTable *self, int column, bool shown)
{
	guint position = 0;

	if (self->shown[column] == shown)
		return;
	self->shown[column] = shown;
	for (int i = 0; i < column; i++)
		position += self->shown[i];
	if (shown)
		gtk_column_view_insert_column(self->view, position, self->heads[column]);
	else
		gtk_column_view_remove_column(self->view, self->heads[column]);
	align_heads(self);
}

/* --- rows --- */

static guint position_of(OfficeTextTable *self, int64_t id)
{
	guint n = g_list_model_get_n_items(G_LIST_MODEL(self->rows));

	for (guint i = 0; i < n; i++)
		if (row_at(self, i)->id == id)
			return i;
	return GTK_INVALID_LIST_POSITION;
}

static void put_row(OfficeTextTable *self, guint position, guint n_old, OfficeTextRow *row)
{
	OfficeTextItem *item;

	if (position < n_old && rows_equal(row_at(self, position), row)) {
		office_text_row_free(row);
		return;
	}
	item = g_object_new(OFFICE_TYPE_TEXT_ITEM, NULL);
	item->row = row;
	g_list_store_splice(self->rows, position, position < n_old ? 1 : 0, (void **)&item, 1);
	g_object_unref(item);
}

void office_text_table_take(OfficeTextTable *self, GPtrArray *rows)
{
	int64_t chosen = office_text_table_get_chosen(self);
	guint n_old = g_list_model_get_n_items(G_LIST_MODEL(self->rows));

	self->filling = true;
	for (guint i = 0; i < rows->len; i++)
		put_row(self, i, n_old, g_steal_pointer(&rows->pdata[i]));
	if (n_old > rows->len)
		g_list_store_splice(self->rows, rows->len, n_old - rows->len, NULL, 0);
	gtk_single_selection_set_selected(self->selection, position_of(self, chosen));
	self->filling = false;
	g_ptr_array_unref(rows);
}

static GtkWidget *list_of(GtkColumnView *view)
{
	GtkWidget *child = gtk_widget_get_first_child(GTK_WIDGET(view));

	while (child != NULL && !GTK_IS_LIST_VIEW(child))
		child = gtk_widget_get_next_sibling(child);
	return child;
}

bool office_text_table_choose(OfficeTextTable *self, int64_t id)
{
	guint position = position_of(self, id);

	self->filling = true;
	gtk_single_selection_set_selected(self->selection, position);
	self->filling = false;
	if (position == GTK_INVALID_LIST_POSITION)
		return false;
	gtk_widget_activate_action(list_of(self->view), "list.scroll-to-item", "u", position);
	return true;
}

int64_t office_text_table_get_chosen(OfficeTextTable *self)
{
	guint position = gtk_single_selection_get_selected(self->selection);
	const OfficeTextRow *row =
		position != GTK_INVALID_LIST_POSITION ? row_at(self, position) : NULL;

	return row != NULL ? row->id : 0;
}

static void on_selected(OfficeTextTable *self)
{
	if (!self->filling)
		g_signal_emit(self, chosen_signal, 0, (gint64)office_text_table_get_chosen(self));
}

static void on_activate(GtkColumnView *view, guint position, OfficeTextTable *self)
{
	const OfficeTextRow *row = row_at(self, position);

	if (row != NULL)
		g_signal_emit(self, activated_signal, 0, (gint64)row->id);
}

/* --- life --- */

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_TEXT_TABLE(widget)->view));
}

static void dispose(GObject *object)
{
	OfficeTextTable *self = OFFICE_TEXT_TABLE(object);
	GtkWidget *child;

	if (self->selection != NULL)
		g_signal_handlers_disconnect_by_data(self->selection, self);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	for (int i = 0; i < self->n_columns; i++)
		g_clear_object(&self->heads[i]);
	g_clear_object(&self->selection);
	g_clear_object(&self->rows);
	G_OBJECT_CLASS(office_text_table_parent_class)->dispose(object);
}

static guint add_signal(GType type, const char *name)
{
	return g_signal_new(name, type, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
			    G_TYPE_INT64);
}

static void office_text_table_class_init(OfficeTextTableClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	GTK_WIDGET_CLASS(klass)->grab_focus = grab_focus;
	chosen_signal = add_signal(G_TYPE_FROM_CLASS(klass), "chosen");
	activated_signal = add_signal(G_TYPE_FROM_CLASS(klass), "activated");
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
}

static void office_text_table_init(OfficeTextTable *self)
{
	self->toned = ~0U;
	self->rows = g_list_store_new(OFFICE_TYPE_TEXT_ITEM);
	self->selection = gtk_single_selection_new(g_object_ref(G_LIST_MODEL(self->rows)));
	gtk_single_selection_set_autoselect(self->selection, false);
	gtk_single_selection_set_can_unselect(self->selection, true);
	self->view = GTK_COLUMN_VIEW(
		gtk_column_view_new(g_object_ref(GTK_SELECTION_MODEL(self->selection))));
	gtk_column_view_set_show_column_separators(self->view, true);
	gtk_widget_add_css_class(GTK_WIDGET(self->view), "data-table");
	gtk_widget_add_css_class(GTK_WIDGET(self->view), "roomy");
	self->scrolled = gtk_scrolled_window_new();
	gtk_widget_add_css_class(self->scrolled, "frame");
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(self->scrolled), GTK_WIDGET(self->view));
	gtk_widget_set_vexpand(self->scrolled, true);
	gtk_widget_set_parent(self->scrolled, GTK_WIDGET(self));
	g_signal_connect_swapped(self->selection, "notify::selected", G_CALLBACK(on_selected),
				 self);
	g_signal_connect(self->view, "activate", G_CALLBACK(on_activate), self);
}
