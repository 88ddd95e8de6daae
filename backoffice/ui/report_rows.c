/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_rows.h"

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

int office_report_row_get_index(OfficeReportRow *self)
{
	return self->index;
}

struct _OfficeReportRows {
	GObject parent_instance;
	guint n;
};

static GType get_item_type(GListModel *list)
{
	return OFFICE_TYPE_REPORT_ROW;
}

static guint get_n_items(GListModel *list)
{
	return OFFICE_REPORT_ROWS(list)->n;
}

static void *get_item(GListModel *list, guint position)
{
	OfficeReportRow *row;

	if (position >= OFFICE_REPORT_ROWS(list)->n)
		return NULL;
	row = g_object_new(OFFICE_TYPE_REPORT_ROW, NULL);
	row->index = (int)position;
	return row;
}

static void list_init(GListModelInterface *interface)
{
	interface->get_item_type = get_item_type;
	interface->get_n_items = get_n_items;
	interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE(OfficeReportRows, office_report_rows, G_TYPE_OBJECT,
			      G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, list_init))

static void office_report_rows_class_init(OfficeReportRowsClass *klass)
{
}

static void office_report_rows_init(OfficeReportRows *self)
{
}

OfficeReportRows *office_report_rows_new(void)
{
	return g_object_new(OFFICE_TYPE_REPORT_ROWS, NULL);
}

void office_report_rows_set_n(OfficeReportRows *self, int n)
{
	guint old = self->n;

	self->n = (guint)n;
	g_list_model_items_changed(G_LIST_MODEL(self), 0, old, self->n);
}
