/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_table.h"

#include "backoffice/ui/cell.h"

#include <glib/gi18n-lib.h>

#define CELL_PADDING 6 /* of GTK's theme for cells of the class data-table */
#define TOTALS_PADDING 4
#define TEXT_WIDTH_MAX 260 /* of a text column that does not take what is left */

/* Which row of the report an item of the list is. */
#define OFFICE_TYPE_REPORT_ROW (office_report_row_get_type())
G_DECLARE_FINAL_TYPE(OfficeReportRow, office_report_row, OFFICE, REPORT_ROW, GObject)

struct _OfficeReportRow {
	GObject parent_instance;
	int index;
};

G_DEFINE_FINAL_TYPE(OfficeReportRow, office_report_row, G_TYPE_OBJECT)

static void office_report_row_class_init(OfficeReportRowClass *klass)
{
}

static void office_report_row_init(OfficeReportRow *self)
{
}

struct _OfficeReportTable {
	GtkWidget parent_instance;

	/* owned */
	Report *report;
	GListStore *rows;

	/* borrowed */
	const NumberStyle *style;
	GtkWidget *scrolled;
	GtkColumnView *view;
	GtkWidget *ground; /* under the totals */
	GtkWidget *totals[REPORT_COLUMNS_MAX];
	int n_totals;
};

G_DEFINE_FINAL_TYPE(OfficeReportTable, office_report_table, GTK_TYPE_WIDGET)

static bool is_number(ReportType type)
{
	return type == REPORT_INTEGER || type == REPORT_MONEY || type == REPORT_QUANTITY ||
	       type == REPORT_RATE || type == REPORT_HUNDREDTHS;
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
	return report_dup_cell(self->report, report_get_n_rows(self->report), index, self->style);
}

static void on_setup(GtkListItemFactory *factory, GtkListItem *item, const ReportColumn *column)
{
	gtk_list_item_set_child(item, office_cell_new(is_number(column->type)));
}

static void on_bind(GtkListItemFactory *factory, GtkListItem *item, const ReportColumn *column)
{
	OfficeReportTable *self = g_object_get_data(G_OBJECT(factory), "table");
	OfficeReportRow *row = gtk_list_item_get_item(item);
	int index = (int)(column - report_get_kind(self->report)->columns);
	g_autofree char *text = cell_text(self, row->index, index);

	gtk_label_set_label(GTK_LABEL(gtk_list_item_get_child(item)), text);
}

/* --- columns --- */

static int width_of(PangoLayout *layout, const char *text)
{
	int width;

	pango_layout_set_text(layout, text, -1);
	pango_layout_get_pixel_size(layout, &width, NULL);
	return width;
}

/* Of the longest text, the head and the total, so that no width changes while one scrolls. */
static int column_width(OfficeReportTable *self, PangoLayout *layout, int index)
{
	const ReportColumn *column = &report_get_kind(self->report)->columns[index];
	g_autofree char *total = total_text(self, index);
	g_autofree char *longest = g_strdup("");
	int width = width_of(layout, g_dgettext(GETTEXT_PACKAGE, column->title));

	for (int row = 0; row < report_get_n_rows(self->report); row++) {
		g_autofree char *text = cell_text(self, row, index);

		if (g_utf8_strlen(text, -1) > g_utf8_strlen(longest, -1)) {
			g_free(longest);
			longest = g_steal_pointer(&text);
		}
	}
	width = MAX(width, width_of(layout, longest));
	return MAX(width, width_of(layout, total)) + 2 * CELL_PADDING + 2;
}

static void add_column(OfficeReportTable *self, int index, int width)
{
	const ReportColumn *column = &report_get_kind(self->report)->columns[index];
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	g_autoptr(GtkColumnViewColumn) view_column = NULL;

	g_object_set_data(G_OBJECT(factory), "table", self);
	g_signal_connect(factory, "setup", G_CALLBACK(on_setup), (void *)column);
	g_signal_connect(factory, "bind", G_CALLBACK(on_bind), (void *)column);
	view_column =
		gtk_column_view_column_new(g_dgettext(GETTEXT_PACKAGE, column->title), factory);
	gtk_column_view_column_set_expand(view_column, width < 0);
	gtk_column_view_column_set_fixed_width(view_column, width);
	gtk_column_view_column_set_resizable(view_column, true);
	g_signal_connect_object(view_column, "notify::fixed-width",
				G_CALLBACK(gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
	gtk_column_view_append_column(self->view, view_column);
}

/* The widest text takes what room is left. */
static void add_columns(OfficeReportTable *self)
{
	const ReportKind *kind = report_get_kind(self->report);
	g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(GTK_WIDGET(self), NULL);
	g_autoptr(PangoAttrList) bold = pango_attr_list_new();
	int widths[REPORT_COLUMNS_MAX], widest = 0;
	bool numbers[REPORT_COLUMNS_MAX];

	pango_attr_list_insert(bold, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
	pango_layout_set_attributes(layout, bold);
	for (int i = 0; i < kind->n_columns; i++) {
		numbers[i] = is_number(kind->columns[i].type);
		widths[i] = column_width(self, layout, i);
		if (!numbers[i] && widths[i] > widths[widest])
			widest = i;
	}
	for (int i = 0; i < kind->n_columns; i++)
		add_column(self, i,
			   i == widest	? -1
			   : numbers[i] ? widths[i]
					: MIN(widths[i], TEXT_WIDTH_MAX));
	office_cell_align_heads(self->view, numbers);
}

static void add_totals(OfficeReportTable *self)
{
	const ReportKind *kind = report_get_kind(self->report);

	gtk_widget_set_visible(self->ground, report_kind_has_totals(kind));
	if (!report_kind_has_totals(kind))
		return;
	for (int i = 0; i < kind->n_columns; i++) {
		g_autofree char *text = total_text(self, i);

		self->totals[i] = office_cell_new(is_number(kind->columns[i].type));
		gtk_label_set_label(GTK_LABEL(self->totals[i]), text);
		gtk_widget_add_css_class(self->totals[i], "heading");
		gtk_widget_set_parent(self->totals[i], GTK_WIDGET(self));
	}
	self->n_totals = kind->n_columns;
}

static void add_rows(OfficeReportTable *self)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_object_unref);

	for (int i = 0; i < report_get_n_rows(self->report); i++) {
		OfficeReportRow *row = g_object_new(OFFICE_TYPE_REPORT_ROW, NULL);

		row->index = i;
		g_ptr_array_add(rows, row);
	}
	g_list_store_splice(self->rows, 0, 0, rows->pdata, rows->len);
}

static void clear(OfficeReportTable *self)
{
	GListModel *columns = gtk_column_view_get_columns(self->view);

	g_list_store_remove_all(self->rows);
	while (g_list_model_get_n_items(columns) > 0) {
		g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item(columns, 0);

		gtk_column_view_remove_column(self->view, column);
	}
	for (int i = 0; i < self->n_totals; i++)
		gtk_widget_unparent(self->totals[i]);
	self->n_totals = 0;
	g_clear_pointer(&self->report, report_free);
}

void office_report_table_take(OfficeReportTable *self, Report *report, const NumberStyle *style)
{
	GtkAdjustment *scroll =
		gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(self->scrolled));
	bool same = self->report != NULL && report != NULL &&
		    report_get_kind(self->report) == report_get_kind(report);
	double at = same ? gtk_adjustment_get_value(scroll) : 0;

	clear(self);
	if (report == NULL)
		return;
	self->report = report;
	self->style = style;
	add_columns(self);
	add_totals(self);
	add_rows(self);
	gtk_adjustment_set_value(scroll, at);
}

static void dispose(GObject *object)
{
	OfficeReportTable *self = OFFICE_REPORT_TABLE(object);
	GtkWidget *child;

	if (self->rows != NULL)
		clear(self);
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
}

static void office_report_table_init(OfficeReportTable *self)
{
	GtkNoSelection *selection;

	self->rows = g_list_store_new(OFFICE_TYPE_REPORT_ROW);
	selection = gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->rows)));
	self->view = GTK_COLUMN_VIEW(gtk_column_view_new(GTK_SELECTION_MODEL(selection)));
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
