/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_table.h"

#include "backoffice/ui/cell.h"
#include "backoffice/ui/report_rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CELL_PADDING 6 /* of GTK's theme for cells of the class data-table */
#define TOTALS_PADDING 4
#define TEXT_WIDTH_MAX 260 /* of a text column that does not take what is left */

struct _OfficeReportTable {
	GtkWidget parent_instance;

	/* owned */
	Report *report;
	OfficeReportRows *rows;
	char *kind; /* whose columns these are; NULL: none */

	/* borrowed */
	const NumberStyle *style;
	GtkWidget *scrolled;
	GtkColumnView *view;
	GtkWidget *ground; /* under the totals */
	GtkWidget *totals[REPORT_COLUMNS_MAX];
	int n_totals;

	bool sortable;
	int asked; /* the column that the view's sorter asked for */
};

G_DEFINE_FINAL_TYPE(OfficeReportTable, office_report_table, GTK_TYPE_WIDGET)

static guint activated_signal, sorted_signal;

static bool is_number(const ReportColumn *column)
{
	return column->type == REPORT_INTEGER || column->type == REPORT_MONEY ||
	       column->type == REPORT_QUANTITY || column->type == REPORT_RATE ||
	       column->type == REPORT_HUNDREDTHS;
}

static const ReportColumn *column_at(OfficeReportTable *self, int i)
{
	return &report_get_kind(self->report)->columns[i];
}

static int n_columns(OfficeReportTable *self)
{
	return report_get_kind(self->report)->n_columns;
}

/* --- the totals, under the rows whatever is scrolled to --- */

static int totals_height(OfficeReportTable *self)
{
	int tallest = 0;

	for (int i = 0; i < self->n_totals; i++) {
		int height;

		gtk_widget_measure(self->totals[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &height,
				   NULL, NULL);
		tallest = MAX(tallest, height);
	}
	return self->n_totals > 0 ? tallest + 2 * TOTALS_PADDING : 0;
}

static void measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
		    int *natural, int *minimum_baseline, int *natural_baseline)
{
	OfficeReportTable *self = OFFICE_REPORT_TABLE(widget);

	gtk_widget_measure(self->scrolled, orientation, -1, minimum, natural, NULL, NULL);
	if (orientation == GTK_ORIENTATION_VERTICAL) {
		*minimum += totals_height(self);
		*natural += totals_height(self);
	}
}

/* Under its column's head, wherever that has been scrolled or pulled to. */
static void place_total(OfficeReportTable *self, int i, int y, int height)
{
	GtkWidget *head = office_cell_get_head(self->view, i);
	graphene_rect_t at;
	int least;

	if (head == NULL || !gtk_widget_compute_bounds(head, GTK_WIDGET(self), &at))
		return;
	gtk_widget_measure(self->totals[i], GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL,
			   NULL);
	gtk_widget_size_allocate(
		self->totals[i],
		&(GtkAllocation){ (int)at.origin.x + CELL_PADDING, y,
				  MAX((int)at.size.width - 2 * CELL_PADDING, least), height },
		-1);
}

static void size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
	OfficeReportTable *self = OFFICE_REPORT_TABLE(widget);
	int totals = totals_height(self), y = height - totals;

	gtk_widget_size_allocate(self->scrolled, &(GtkAllocation){ 0, 0, width, y }, -1);
	gtk_widget_size_allocate(self->ground, &(GtkAllocation){ 0, y, width, totals }, -1);
	for (int i = 0; i < self->n_totals; i++)
		place_total(self, i, y, totals);
}

/* --- cells --- */

static char *cell_text(OfficeReportTable *self, int row, int index)
{
	return report_dup_cell(self->report, row, index, self->style);
}

static char *total_text(OfficeReportTable *self, int index)
{
	if (index == 0)
		return g_strdup(_("Total"));
	return cell_text(self, report_get_n_rows(self->report), index);
}

static void on_setup(GtkListItemFactory *factory, GtkListItem *item, OfficeReportTable *self)
{
	int index = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(factory), "index"));

	gtk_list_item_set_child(item, office_cell_new(is_number(column_at(self, index))));
}

static void on_bind(GtkListItemFactory *factory, GtkListItem *item, OfficeReportTable *self)
{
	int index = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(factory), "index"));
	int row = office_report_row_get_index(gtk_list_item_get_item(item));
	g_autofree char *text = cell_text(self, row, index);

	gtk_label_set_label(GTK_LABEL(gtk_list_item_get_child(item)), text);
}

/* --- order --------------------------------------------------------------------------------- */

/* GTK 4.8 does not tell which head was clicked last: each column's sorter notes that it was asked,
 * and the sign of the whole answer is the direction. */
typedef struct {
	OfficeReportTable *table;
	int column;
} ColumnSorter;

static int note_column(const void *a, const void *b, void *data)
{
	ColumnSorter *sorter = data;

	sorter->table->asked = sorter->column;
	return -1;
}

static void on_sorter_changed(GtkSorter *sorter, GtkSorterChange change, OfficeReportTable *self)
{
	/* Two: GTK knows without asking that a row equals itself. */
	g_autoptr(GObject) one = g_object_new(OFFICE_TYPE_REPORT_ROW, NULL);
	g_autoptr(GObject) other = g_object_new(OFFICE_TYPE_REPORT_ROW, NULL);
	GtkOrdering ordering;

	self->asked = -1;
	ordering = gtk_sorter_compare(sorter, one, other);
	if (self->asked >= 0)
		g_signal_emit(self, sorted_signal, 0, self->asked, ordering == GTK_ORDERING_LARGER);
}

static void let_sort(OfficeReportTable *self, GtkColumnViewColumn *column, int index)
{
	ColumnSorter *data = g_new(ColumnSorter, 1);
	g_autoptr(GtkSorter) sorter = NULL;

	*data = (ColumnSorter){ .table = self, .column = index };
	sorter = GTK_SORTER(gtk_custom_sorter_new(note_column, data, g_free));
	gtk_column_view_column_set_sorter(column, sorter);
}

void office_report_table_let_sort(OfficeReportTable *self)
{
	self->sortable = true;
}

/* --- columns ------------------------------------------------------------------------------- */

static int width_of(PangoLayout *layout, const char *text)
{
	int width;

	pango_layout_set_text(layout, text, -1);
	pango_layout_get_pixel_size(layout, &width, NULL);
	return width;
}

/* The longest text, as far as bytes tell, or the number farthest from zero: there may be a hundred
 * thousand rows. */
static bool is_wider(const ReportCell *cell, const ReportCell *than)
{
	if (than->empty || cell->empty)
		return !cell->empty;
	if (cell->text != NULL && than->text != NULL)
		return strlen(cell->text) > strlen(than->text);
	return cell->value < 0 ? cell->value < -than->value : cell->value > ABS(than->value);
}

static int widest_row(OfficeReportTable *self, int index)
{
	int widest = 0;

	for (int row = 1; row < report_get_n_rows(self->report); row++)
		if (is_wider(report_get_cell(self->report, row, index),
			     report_get_cell(self->report, widest, index)))
			widest = row;
	return widest;
}

#define ROOM_FOR_ARROW 20 /* beside the head of a column that rows are sorted by */
#define SAMPLES 64 /* rows whose words are not as long as their codes, and decimals */

/* Of the widest cell, the head and the total, so that no width changes while one scrolls. */
static int column_width(OfficeReportTable *self, PangoLayout *layout, int index)
{
	g_autofree char *total = total_text(self, index);
	int width = width_of(layout, g_dgettext(GETTEXT_PACKAGE, column_at(self, index)->title)) +
		    (self->sortable ? ROOM_FOR_ARROW : 0);
	int n = report_get_n_rows(self->report);

	for (int row = 0; row < MIN(n, SAMPLES); row++) {
		g_autofree char *text = cell_text(self, row, index);

		width = MAX(width, width_of(layout, text));
	}
	if (n > SAMPLES) {
		g_autofree char *widest = cell_text(self, widest_row(self, index), index);

		width = MAX(width, width_of(layout, widest));
	}
	return MAX(width, width_of(layout, total)) + 2 * CELL_PADDING + 2;
}

static void add_column(OfficeReportTable *self, int index)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	g_autoptr(GtkColumnViewColumn) view_column = NULL;

	g_object_set_data(G_OBJECT(factory), "index", GINT_TO_POINTER(index));
	g_signal_connect(factory, "setup", G_CALLBACK(on_setup), self);
	g_signal_connect(factory, "bind", G_CALLBACK(on_bind), self);
	view_column = gtk_column_view_column_new(
		g_dgettext(GETTEXT_PACKAGE, column_at(self, index)->title), factory);
	gtk_column_view_column_set_resizable(view_column, true);
	if (self->sortable)
		let_sort(self, view_column, index);
	g_signal_connect_object(view_column, "notify::fixed-width",
				G_CALLBACK(gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
	gtk_column_view_append_column(self->view, view_column);
}

static void widen(OfficeReportTable *self, int index, int width)
{
	GListModel *columns = gtk_column_view_get_columns(self->view);
	g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item(columns, (guint)index);

	if (width > gtk_column_view_column_get_fixed_width(column))
		gtk_column_view_column_set_fixed_width(column, width);
}

static void set_expand(OfficeReportTable *self, int index, bool expand)
{
	GListModel *columns = gtk_column_view_get_columns(self->view);
	g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item(columns, (guint)index);

	gtk_column_view_column_set_expand(column, expand);
}

static PangoLayout *bold_layout_new(OfficeReportTable *self)
{
	PangoLayout *layout = gtk_widget_create_pango_layout(GTK_WIDGET(self), NULL);
	g_autoptr(PangoAttrList) bold = pango_attr_list_new();

	pango_attr_list_insert(bold, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
	pango_layout_set_attributes(layout, bold);
	return layout;
}

/* What the row is called takes what room is left; where it is called nothing, the widest text. */
static bool takes_room(OfficeReportTable *self, int index, int than, const int widths[])
{
	const char *name = column_at(self, index)->name;

	if (is_number(column_at(self, index)))
		return false;
	if (strcmp(column_at(self, than)->name, "name") == 0)
		return false;
	return strcmp(name, "name") == 0 || is_number(column_at(self, than)) ||
	       widths[index] > widths[than];
}

static void fit_columns(OfficeReportTable *self)
{
	g_autoptr(PangoLayout) layout = bold_layout_new(self);
	int widths[REPORT_COLUMNS_MAX], widest = 0;
	bool numbers[REPORT_COLUMNS_MAX];

	for (int i = 0; i < n_columns(self); i++) {
		numbers[i] = is_number(column_at(self, i));
		widths[i] = column_width(self, layout, i);
		if (takes_room(self, i, widest, widths))
			widest = i;
	}
	for (int i = 0; i < n_columns(self); i++) {
		widen(self, i, numbers[i] ? widths[i] : MIN(widths[i], TEXT_WIDTH_MAX));
		set_expand(self, i, i == widest);
	}
	office_cell_align_heads(self->view, numbers);
}

static void add_totals(OfficeReportTable *self)
{
	bool any = report_kind_has_totals(report_get_kind(self->report));

	gtk_widget_set_visible(self->ground, any);
	for (int i = 0; any && i < n_columns(self); i++) {
		g_autofree char *text = total_text(self, i);

		self->totals[i] = office_cell_new(is_number(column_at(self, i)));
		gtk_label_set_label(GTK_LABEL(self->totals[i]), text);
		gtk_widget_add_css_class(self->totals[i], "total");
		gtk_widget_set_parent(self->totals[i], GTK_WIDGET(self));
	}
	self->n_totals = any ? n_columns(self) : 0;
}

static void clear_columns(OfficeReportTable *self)
{
	GListModel *columns = gtk_column_view_get_columns(self->view);

	while (g_list_model_get_n_items(columns) > 0) {
		g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item(columns, 0);

		gtk_column_view_remove_column(self->view, column);
	}
	g_clear_pointer(&self->kind, g_free);
}

static void clear_rows(OfficeReportTable *self)
{
	office_report_rows_set_n(self->rows, 0);
	for (int i = 0; i < self->n_totals; i++)
		gtk_widget_unparent(self->totals[i]);
	self->n_totals = 0;
	g_clear_pointer(&self->report, report_free);
}

/* With the cost or without it, it has other columns. */
static char *dup_kind(const Report *report)
{
	const ReportKind *kind = report_get_kind(report);

	return g_strdup_printf("%s %d", kind->name, kind->n_columns);
}

static void show_columns(OfficeReportTable *self, char *kind)
{
	clear_columns(self);
	self->kind = kind;
	for (int i = 0; i < n_columns(self); i++)
		add_column(self, i);
}

void office_report_table_take(OfficeReportTable *self, Report *report, const NumberStyle *style)
{
	GtkAdjustment *scroll =
		gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(self->scrolled));
	g_autofree char *kind = report != NULL ? dup_kind(report) : NULL;
	bool same = kind != NULL && g_strcmp0(kind, self->kind) == 0;
	double at = same ? gtk_adjustment_get_value(scroll) : 0;

	clear_rows(self);
	if (report == NULL)
		return;
	self->report = report;
	self->style = style;
	if (!same)
		show_columns(self, g_steal_pointer(&kind));
	fit_columns(self);
	add_totals(self);
	office_report_rows_set_n(self->rows, report_get_n_rows(report));
	gtk_adjustment_set_value(scroll, at);
}

const Report *office_report_table_get(OfficeReportTable *self)
{
	return self->report;
}

void office_report_table_to_top(OfficeReportTable *self)
{
	office_cell_scroll_to_top(self->view);
}

static void on_activate(GtkColumnView *view, guint position, OfficeReportTable *self)
{
	g_signal_emit(self, activated_signal, 0, (int)position);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_REPORT_TABLE(widget)->view));
}

static void dispose(GObject *object)
{
	OfficeReportTable *self = OFFICE_REPORT_TABLE(object);
	GtkWidget *child;

	if (self->rows != NULL) {
		g_signal_handlers_disconnect_by_data(gtk_column_view_get_sorter(self->view), self);
		clear_rows(self);
		clear_columns(self);
	}
	g_clear_object(&self->rows);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(self))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_table_parent_class)->dispose(object);
}

static void office_report_table_class_init(OfficeReportTableClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->measure = measure;
	widget_class->size_allocate = size_allocate;
	widget_class->grab_focus = grab_focus;
	activated_signal = g_signal_new("activated", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST,
					0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
	sorted_signal = g_signal_new("sorted", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_FIRST, 0,
				     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
}

static void office_report_table_init(OfficeReportTable *self)
{
	GtkSingleSelection *selection;

	self->rows = office_report_rows_new();
	selection = gtk_single_selection_new(g_object_ref(G_LIST_MODEL(self->rows)));
	gtk_single_selection_set_autoselect(selection, false);
	gtk_single_selection_set_can_unselect(selection, true);
	self->view = GTK_COLUMN_VIEW(gtk_column_view_new(GTK_SELECTION_MODEL(selection)));
	g_signal_connect(self->view, "activate", G_CALLBACK(on_activate), self);
	g_signal_connect(gtk_column_view_get_sorter(self->view), "changed",
			 G_CALLBACK(on_sorter_changed), self);
	gtk_column_view_set_show_column_separators(self->view, true);
	gtk_widget_add_css_class(GTK_WIDGET(self->view), "data-table");
	self->scrolled = gtk_scrolled_window_new();
	gtk_widget_add_css_class(self->scrolled, "frame");
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(self->scrolled), GTK_WIDGET(self->view));
	gtk_widget_set_parent(self->scrolled, GTK_WIDGET(self));
	g_signal_connect_object(
		gtk_scrolled_window_get_hadjustment(GTK_SCROLLED_WINDOW(self->scrolled)),
		"value-changed", G_CALLBACK(gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);

	self->ground = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_add_css_class(self->ground, "totals");
	gtk_widget_set_parent(self->ground, GTK_WIDGET(self));
	gtk_widget_set_overflow(GTK_WIDGET(self), GTK_OVERFLOW_HIDDEN);
	gtk_widget_set_vexpand(GTK_WIDGET(self), true);
}
