/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_printers.h"

#include "backoffice/print/day_job.h"
#include "backoffice/ui/ask.h"
#include "backoffice/ui/day_output.h"
#include "backoffice/ui/message.h"
#include "backoffice/ui/report_printer_form.h"

#include <glib/gi18n-lib.h>

#define JOBS_MAX 50

struct _OfficeReportPrinters {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeReportPrinterForm *a4, *paper;
	GtkListBox *jobs;
	GtkLabel *message;

	OfficeDesk *desk; /* borrowed */
};

G_DEFINE_FINAL_TYPE(OfficeReportPrinters, office_report_printers, GTK_TYPE_WIDGET)

static void read_jobs(OfficeReportPrinters *self);

/* What stands in the forms may not be saved yet: only the papers are read anew. */
static void say(GtkWidget *widget, const char *text)
{
	OfficeReportPrinters *self = OFFICE_REPORT_PRINTERS(widget);

	office_message_say(self->message, text, false);
	read_jobs(self);
}

static void say_trouble(OfficeReportPrinters *self, const GError *error)
{
	g_autofree char *text = office_desk_dup_trouble(error);

	office_message_say(self->message, text, true);
}

/* --- what has not come out ----------------------------------------------------------------- */

static const char job_id[] = "job-id";

static int64_t id_of(GtkWidget *button)
{
	return *(const int64_t *)g_object_get_data(G_OBJECT(button), job_id);
}

typedef struct {
	int64_t id, person_id;
} Change;

static void ask_change(OfficeReportPrinters *self, GtkWidget *button, OfficeWork work,
		       OfficeDone done)
{
	Change *change = g_new(Change, 1);

	*change = (Change){ id_of(button), office_desk_get_person_id(self->desk) };
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), work, change, g_free, done);
}

static bool retry_work(Store *store, void *data, GError **error)
{
	const Change *change = data;

	return day_job_retry(store, change->id, change->person_id, error);
}

static void on_retried(GtkWidget *widget, void *data, const GError *error)
{
	OfficeReportPrinters *self = OFFICE_REPORT_PRINTERS(widget);

	if (error != NULL)
		say_trouble(self, error);
	else
		office_day_print_waiting(widget, self->desk, say);
}

static void on_retry(GtkWidget *button, OfficeReportPrinters *self)
{
	ask_change(self, button, retry_work, on_retried);
}

static bool drop_work(Store *store, void *data, GError **error)
{
	const Change *change = data;

	return day_job_drop(store, change->id, change->person_id, error);
}

static void on_dropped(GtkWidget *widget, void *data, const GError *error)
{
	if (error != NULL)
		say_trouble(OFFICE_REPORT_PRINTERS(widget), error);
	else
		say(widget, _("It is not printed any more."));
}

static void on_drop(GtkWidget *button, OfficeReportPrinters *self)
{
	ask_change(self, button, drop_work, on_dropped);
}

static GtkWidget *button_new(OfficeReportPrinters *self, const DayJob *job, const char *label,
			     GCallback clicked)
{
	GtkWidget *button = gtk_button_new_with_label(label);
	g_autofree char *day = report_day_dup(job->query.day);
	g_autofree char *name =
		g_strdup_printf("%s: %s, %s", label, day, print_form_title(job->form));

	gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	g_object_set_data_full(G_OBJECT(button), job_id, g_memdup2(&job->id, sizeof job->id),
			       g_free);
	g_signal_connect(button, "clicked", clicked, self);
	return button;
}

/* ", shift 12, Till 1", or nothing. */
static char *dup_shift(const DayJob *job)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, job->query.shift);

	return job->query.shift != 0 ? g_strdup_printf(_(", shift %1$s, %2$s"), number,
						       job->till != NULL ? job->till : "")
				     : g_strdup("");
}

static char *dup_job_text(const DayJob *job)
{
	g_autofree char *day = report_day_dup(job->query.day), *shift = dup_shift(job);

	return g_strdup_printf("%s%s · %s · %s · %s%s%s", day, shift, print_form_title(job->form),
			       job->device, day_job_state_title(job->state),
			       job->error[0] != '\0' ? "\n" : "", job->error);
}

static void add_job(OfficeReportPrinters *self, const DayJob *job)
{
	GtkWidget *row = gtk_list_box_row_new();
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	g_autofree char *text = dup_job_text(job);
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_wrap(GTK_LABEL(label), true);
	gtk_widget_set_hexpand(label, true);
	gtk_box_append(GTK_BOX(box), label);
	if (job->state != DAY_JOB_PRINTING) {
		gtk_box_append(GTK_BOX(box),
			       button_new(self, job, _("Try again"), G_CALLBACK(on_retry)));
		gtk_box_append(GTK_BOX(box),
			       button_new(self, job, _("Forget it"), G_CALLBACK(on_drop)));
	}
	gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(row), false);
	gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
	gtk_list_box_append(self->jobs, row);
}

static void show_jobs(OfficeReportPrinters *self, const GPtrArray *jobs)
{
	GtkListBoxRow *row;

	while ((row = gtk_list_box_get_row_at_index(self->jobs, 0)) != NULL)
		gtk_list_box_remove(self->jobs, GTK_WIDGET(row));
	for (guint i = 0; i < jobs->len; i++)
		add_job(self, jobs->pdata[i]);
}

/* --- reading ------------------------------------------------------------------------------- */

typedef struct {
	int64_t shop_id;
	GPtrArray *printers, *jobs; /* owned */
} Lists;

static void lists_free(void *data)
{
	Lists *self = data;

	g_clear_pointer(&self->printers, g_ptr_array_unref);
	g_clear_pointer(&self->jobs, g_ptr_array_unref);
	g_free(self);
}

static bool read_work(Store *store, void *data, GError **error)
{
	Lists *lists = data;

	lists->printers = report_printer_list(store, lists->shop_id, error);
	if (lists->printers == NULL)
		return false;
	lists->jobs = day_job_list(store, lists->shop_id, true, JOBS_MAX, error);
	return lists->jobs != NULL;
}

static void on_jobs(GtkWidget *widget, void *data, const GError *error)
{
	const Lists *lists = data;

	if (error != NULL)
		say_trouble(OFFICE_REPORT_PRINTERS(widget), error);
	else
		show_jobs(OFFICE_REPORT_PRINTERS(widget), lists->jobs);
}

static void show_printer(OfficeReportPrinterForm *form, PrintForm which, const GPtrArray *printers)
{
	const ReportPrinter *found = NULL;

	for (guint i = 0; i < printers->len; i++)
		if (((const ReportPrinter *)printers->pdata[i])->form == which)
			found = printers->pdata[i];
	office_report_printer_form_show(form, found);
}

static void on_lists(GtkWidget *widget, void *data, const GError *error)
{
	OfficeReportPrinters *self = OFFICE_REPORT_PRINTERS(widget);
	const Lists *lists = data;

	on_jobs(widget, data, error);
	if (error != NULL)
		return;
	show_printer(self->a4, PRINT_A4, lists->printers);
	show_printer(self->paper, PRINT_PAPER, lists->printers);
}

static void ask_lists(OfficeReportPrinters *self, OfficeDone done)
{
	Lists *lists = g_new0(Lists, 1);

	lists->shop_id = office_desk_get_shop(self->desk)->id;
	office_ask(self->desk, OFFICE_QUICK, GTK_WIDGET(self), read_work, lists, lists_free, done);
}

static void read_all(OfficeReportPrinters *self)
{
	ask_lists(self, on_lists);
}

static void read_jobs(OfficeReportPrinters *self)
{
	ask_lists(self, on_jobs);
}

static void on_tried(OfficeReportPrinters *self)
{
	office_day_print_waiting(GTK_WIDGET(self), self->desk, say);
}

/* --- life ---------------------------------------------------------------------------------- */

GtkWidget *office_report_printers_new(OfficeDesk *desk)
{
	OfficeReportPrinters *self = g_object_new(OFFICE_TYPE_REPORT_PRINTERS, NULL);

	self->desk = desk;
	office_report_printer_form_set(self->a4, desk, PRINT_A4);
	office_report_printer_form_set(self->paper, desk, PRINT_PAPER);
	read_all(self);
	return GTK_WIDGET(self);
}

static void reload(GtkWidget *widget, const char *action, GVariant *parameter)
{
	read_all(OFFICE_REPORT_PRINTERS(widget));
}

/* What is typed stays; what is printed by now goes. */
static void on_map(OfficeReportPrinters *self)
{
	if (self->desk != NULL)
		read_jobs(self);
}

static gboolean grab_focus(GtkWidget *widget)
{
	return gtk_widget_grab_focus(GTK_WIDGET(OFFICE_REPORT_PRINTERS(widget)->a4));
}

static void dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))) != NULL)
		gtk_widget_unparent(child);
	G_OBJECT_CLASS(office_report_printers_parent_class)->dispose(object);
}

static void office_report_printers_class_init(OfficeReportPrintersClass *klass)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

	G_OBJECT_CLASS(klass)->dispose = dispose;
	widget_class->grab_focus = grab_focus;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/shop/baraa/office/report_printers.ui");
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPrinters, a4);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPrinters, paper);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPrinters, jobs);
	gtk_widget_class_bind_template_child(widget_class, OfficeReportPrinters, message);
	gtk_widget_class_bind_template_callback(widget_class, on_tried);
	gtk_widget_class_bind_template_callback(widget_class, on_map);
	gtk_widget_class_install_action(widget_class, "page.reload", NULL, reload);
}

static void office_report_printers_init(OfficeReportPrinters *self)
{
	g_type_ensure(OFFICE_TYPE_REPORT_PRINTER_FORM);
	gtk_widget_init_template(GTK_WIDGET(self));
}
