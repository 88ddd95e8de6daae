/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/day_view.h"

#include "backoffice/report/day.h"

#include <glib/gi18n-lib.h>

/* More are on paper and in files. */
#define ROWS_MAX 100

struct _OfficeDayView {
	GtkWidget parent_instance;

	/* borrowed */
	OfficeDesk *desk;
	GtkWidget *box;

	GCancellable *cancellable; /* owned */
};

G_DEFINE_FINAL_TYPE(OfficeDayView, office_day_view, GTK_TYPE_WIDGET)

/* --- sections ------------------------------------------------------------------------------ */

static bool is_number(ReportType type)
{
	return type == REPORT_INTEGER || type == REPORT_MONEY || type == REPORT_QUANTITY ||
	       type == REPORT_RATE || type == REPORT_HUNDREDTHS;
}

static GtkWidget *label_new(const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_wrap(GTK_LABEL(label), true);
	gtk_widget_add_css_class(label, "numeric");
	if (class != NULL)
		gtk_widget_add_css_class(label, class);
	return label;
}

/* Takes @text. */
static void put(GtkWidget *grid, const Report *section, int column, int row, char *text,
		const char *class)
{
	GtkWidget *label = label_new(text, class);
	bool number = is_number(report_get_kind(section)->columns[column].type);

	gtk_label_set_xalign(GTK_LABEL(label), number ? 1 : 0);
	gtk_label_set_wrap(GTK_LABEL(label), false);
	gtk_grid_attach(GTK_GRID(grid), label, column, row, 1, 1);
	g_free(text);
}

static void add_rows(GtkWidget *grid, const Report *section, const NumberStyle *style)
{
	const ReportKind *kind = report_get_kind(section);
	int n = MIN(report_get_n_rows(section), ROWS_MAX);

	for (int i = 0; i < kind->n_columns; i++)
		put(grid, section, i, 0,
		    g_strdup(g_dgettext(GETTEXT_PACKAGE, kind->columns[i].title)), "dim-label");
	for (int row = 0; row < n; row++)
		for (int i = 0; i < kind->n_columns; i++)
			put(grid, section, i, row + 1, report_dup_cell(section, row, i, style),
			    NULL);
	if (report_kind_has_totals(kind))
		for (int i = 0; i < kind->n_columns; i++)
			put(grid, section, i, n + 1,
			    i == 0 ? g_strdup(_("Total"))
				   : report_dup_cell(section, report_get_n_rows(section), i, style),
			    "total");
}

static void add_section(OfficeDayView *self, const Report *section)
{
	GtkWidget *grid = gtk_grid_new();
	GtkWidget *title =
		label_new(g_dgettext(GETTEXT_PACKAGE, report_get_kind(section)->title), "title-4");

	gtk_grid_set_column_spacing(GTK_GRID(grid), 16);
	gtk_grid_set_row_spacing(GTK_GRID(grid), 4);
	gtk_widget_set_halign(grid, GTK_ALIGN_START);
	gtk_widget_set_margin_top(title, 8);
	gtk_box_append(GTK_BOX(self->box), title);
	add_rows(grid, section, office_desk_get_style(self->desk));
	gtk_box_append(GTK_BOX(self->box), grid);
}

static void clear(OfficeDayView *self)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(self->box)) != NULL)
		gtk_box_remove(GTK_BOX(self->box), child);
}

static void show_report(OfficeDayView *self, const DayReport *report)
{
	clear(self);
	for (int i = 0; i < day_report_get_n_notes(report); i++) {
		GtkWidget *note = label_new(day_report_get_note(report, i), "notes");

		gtk_widget_add_css_class(note, "amber");
		gtk_box_append(GTK_BOX(self->box), note);
	}
	for (int i = 0; i < day_report_get_n_sections(report); i++)
		add_section(self, day_report_get_section(report, i));
}

/* --- reading ------------------------------------------------------------------------------- */

static void read_job(GTask *task, Store *store)
{
	g_autoptr(DayReport) report = NULL;
	GError *error = NULL;

	if (store_begin_read(store, &error))
		report = day_report_read(store, g_task_get_task_data(task), &error);
	store_rollback(store);
	if (report != NULL)
		g_task_return_pointer(task, g_steal_pointer(&report),
				      (GDestroyNotify)day_report_free);
	else
		g_task_return_error(task, error);
}

static void on_read(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeDayView) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(DayReport) report = g_task_propagate_pointer(G_TASK(result), &error);
	g_autofree char *trouble = NULL;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (report != NULL) {
		show_report(self, report);
		return;
	}
	trouble = office_desk_dup_trouble(error);
	clear(self);
	gtk_box_append(GTK_BOX(self->box), label_new(trouble, "title-4"));
}

void office_day_view_open(OfficeDayView *self, OfficeDesk *desk, int64_t shop_id, int32_t day)
{
	DayQuery *query = g_new0(DayQuery, 1);
	GTask *task;

	self->desk = desk;
	g_cancellable_cancel(self->cancellable);
	g_object_unref(self->cancellable);
	self->cancellable = g_cancellable_new();
	*query = (DayQuery){ .shop_id = shop_id, .day = day, .with_cost = true, .with_acts = true };
	day_query_limit(query, office_desk_get_rights(desk));
	task = g_task_new(NULL, self->cancellable, on_read, g_object_ref(self));
	g_task_set_task_data(task, query, g_free);
	office_desk_read(desk, task, read_job);
}

/* --- life ---------------------------------------------------------------------------------- */

static void dispose(GObject *object)
{
	GtkWidget *child;

	g_cancellable_cancel(OFFICE_DAY_VIEW(object)->cancellable);
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_day_view_parent_class)->dispose(object);
}

static void finalize(GObject *object)
{
	g_object_unref(OFFICE_DAY_VIEW(object)->cancellable);
	G_OBJECT_CLASS(office_day_view_parent_class)->finalize(object);
}

static void office_day_view_class_init(OfficeDayViewClass *klass)
{
	G_OBJECT_CLASS(klass)->dispose = dispose;
	G_OBJECT_CLASS(klass)->finalize = finalize;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(klass), GTK_TYPE_BIN_LAYOUT);
}

static void office_day_view_init(OfficeDayView *self)
{
	GtkWidget *scrolled = gtk_scrolled_window_new();

	self->cancellable = g_cancellable_new();
	self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	gtk_widget_add_css_class(self->box, "sheet");
	gtk_widget_add_css_class(scrolled, "frame");
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), self->box);
	gtk_widget_set_parent(scrolled, GTK_WIDGET(self));
}
