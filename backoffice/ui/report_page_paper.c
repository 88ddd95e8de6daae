/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_page_private.h"

#include "backoffice/ui/day_output.h"
#include "backoffice/ui/report_output.h"
#include "backoffice/ui/words.h"

void report_page_save(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	const char *form = g_variant_get_string(parameter, NULL);
	ReportQuestion *question;

	if (self->daily) {
		office_day_save(widget, self->desk, self->place->query.to, form, report_page_say);
		return;
	}
	question = report_page_question_new(self);
	question->form = g_strdup(form);
	report_output_save(widget, self->desk, question, report_page_say);
}

static void on_print_answer(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(OfficeReportPage) self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(ReportAnswer) answer = g_task_propagate_pointer(G_TASK(result), &error);

	if (self->watch == 0)
		return; /* the page is gone */
	if (answer != NULL)
		report_output_print(GTK_WIDGET(self), self->desk, g_steal_pointer(&answer->report),
				    report_page_say);
	else
		report_page_show_trouble(self, error);
}

void report_page_print_day(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);

	office_day_print(widget, self->desk, MIN(self->place->query.to, office_today(self->desk)),
			 report_page_say);
}

void report_page_print(GtkWidget *widget, const char *action, GVariant *parameter)
{
	OfficeReportPage *self = OFFICE_REPORT_PAGE(widget);
	GTask *task;

	if (self->daily) {
		report_page_print_day(widget, action, parameter);
		return;
	}
	task = g_task_new(NULL, NULL, on_print_answer, g_object_ref(self));
	g_task_set_task_data(task, report_page_question_new(self), report_question_free);
	office_desk_run(self->desk, OFFICE_LONG, task, report_answer_job);
}
