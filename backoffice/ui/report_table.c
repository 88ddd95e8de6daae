/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_table.h"

#include <glib/gi18n-lib.h>

/* Which row of the report an item of the list is; the one after the last is the totals. */
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
	GtkColumnView *view;
};

G_DEFINE_FINAL_TYPE(OfficeReportTable, office_report_table, GTK_TYPE_WIDGET)

static bool is_text(ReportType type)
{
	return type == REPORT_TEXT || type == REPORT_TENDER || type == REPORT_UNIT ||
	       type == REPORT_TAX || type == REPORT_HOUR;
}

static void on_setup(GtkListItemFactory *factory, GtkListItem *item, const ReportColumn *column)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), is_text(column->type) ? 0 : 1);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(label, "numeric");
	gtk_list_item_set_child(item, label);
}

static char *cell_text(OfficeReportTable *self, int row, int index)
{
	bool is_total = row == report_get_n_rows(self->report);
	const ReportColumn *column = &report_get_kind(self->report)->columns[index];
	const ReportCell *cell = is_total ? report_get_total(self->report, index)
					  : report_get_cell(self->report, row, index);

	if (is_total && index == 0)
		return g_strdup(_("Total"));
	return report_dup_text(self->report, cell, column->type, self->style);
}

static void on_bind(GtkListItemFactory *factory, GtkListItem *item, const ReportColumn *column)
{
	OfficeReportTable *self = g_object_get_data(G_OBJECT(factory), "table");
	OfficeReportRow *row = gtk_list_item_get_item(item);
	GtkWidget *label = gtk_list_item_get_child(item);
	int index = (int)(column - report_get_kind(self->report)->columns);
	g_autofree char *text = cell_text(self, row->index, index);

	gtk_label_set_label(GTK_LABEL(label), text);
	if (row->index == report_get_n_rows(self->report))
		gtk_widget_add_css_class(label, "heading");
	else
		gtk_widget_remove_css_class(label, "heading");
}

static void add_column(OfficeReportTable *self, const ReportColumn *column, bool expand)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	g_autoptr(GtkColumnViewColumn) view_column = NULL;

	g_object_set_data(G_OBJECT(factory), "table", self);
	g_signal_connect(factory, "setup", G_CALLBACK(on_setup), (void *)column);
	g_signal_connect(factory, "bind", G_CALLBACK(on_bind), (void *)column);
	view_column =
		gtk_column_view_column_new(g_dgettext(GETTEXT_PACKAGE, column->title), factory);
	gtk_column_view_column_set_expand(view_column, expand);
	gtk_column_view_column_set_resizable(view_column, true);
	gtk_column_view_append_column(self->view, view_column);
}

static void clear(OfficeReportTable *self)
{
	GListModel *columns = gtk_column_view_get_columns(self->view);

	g_list_store_remove_all(self->rows);
	while (g_list_model_get_n_items(columns) > 0) {
		g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item(columns, 0);

		gtk_column_view_remove_column(self->view, column);
	}
	g_clear_pointer(&self->report, report_free);
}

/* The column that takes what room is left: the widest text. */
static int main_column(const ReportKind *kind)
{
	int found = 0;

	for (int i = 0; i < kind->n_columns; i++) {
		if (kind->columns[i].type == REPORT_TEXT)
			found = i;
	}
	return found;
}

void office_report_table_take(OfficeReportTable *self, Report *report, const NumberStyle *style)
{
	const ReportKind *kind;

	clear(self);
	if (report == NULL)
		return;
	self->report = report;
	self->style = style;
	kind = report_get_kind(report);
	for (int i = 0; i < kind->n_columns; i++)
		add_column(self, &kind->columns[i], i == main_column(kind));
	for (int i = 0; i <= report_get_n_rows(report); i++) {
		g_autoptr(OfficeReportRow) row = g_object_new(OFFICE_TYPE_REPORT_ROW, NULL);

		row->index = i;
		g_list_store_append(self->rows, row);
	}
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
	G_OBJECT_CLASS(klass)->dispose = dispose;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
}

static void office_report_table_init(OfficeReportTable *self)
{
	GtkWidget *scrolled = gtk_scrolled_window_new();
	GtkNoSelection *selection;

	self->rows = g_list_store_new(OFFICE_TYPE_REPORT_ROW);
	selection = gtk_no_selection_new(g_object_ref(G_LIST_MODEL(self->rows)));
	self->view = GTK_COLUMN_VIEW(gtk_column_view_new(GTK_SELECTION_MODEL(selection)));
	gtk_column_view_set_show_column_separators(self->view, true);
	gtk_widget_add_css_class(GTK_WIDGET(self->view), "data-table");
	gtk_widget_add_css_class(scrolled, "frame");
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), GTK_WIDGET(self->view));
	gtk_widget_set_parent(scrolled, GTK_WIDGET(self));
	gtk_widget_set_vexpand(GTK_WIDGET(self), true);
}
