/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_save.h"

void report_question_free(void *question)
{
	g_free(((ReportQuestion *)question)->path);
	g_free(question);
}

void report_answer_free(ReportAnswer *self)
{
	if (self == NULL)
		return;
	report_free(self->sales);
	report_free(self->chosen);
	g_free(self);
}

static Report *run(const ReportQuestion *question, const ReportKind *kind, Store *store,
		   GError **error)
{
	return report_run(store, kind, question->shop_id, question->day, question->day, error);
}

void report_answer_job(GTask *task, Store *store)
{
	const ReportQuestion *question = g_task_get_task_data(task);
	g_autoptr(ReportAnswer) answer = g_new0(ReportAnswer, 1);
	GError *error = NULL;

	answer->sales = run(question, report_find("sales"), store, &error);
	if (answer->sales != NULL)
		answer->chosen = run(question, question->kind, store, &error);
	if (answer->chosen == NULL)
		g_task_return_error(task, error);
	else
		g_task_return_pointer(task, g_steal_pointer(&answer),
				      (GDestroyNotify)report_answer_free);
}

static bool write_csv(const Report *report, const char *path, GError **error)
{
	g_autofree char *text = report_dup_csv(report);

	return g_file_set_contents(path, text, -1, error);
}

void report_save_job(GTask *task, Store *store)
{
	const ReportQuestion *question = g_task_get_task_data(task);
	GError *error = NULL;
	g_autoptr(Report) report = run(question, question->kind, store, &error);
	bool done = false;

	if (report != NULL && g_str_has_suffix(question->path, ".pdf"))
		done = report_write_pdf(report, &question->style, question->path, &error);
	else if (report != NULL && g_str_has_suffix(question->path, ".xlsx"))
		done = report_write_xlsx(report, question->path, &error);
	else if (report != NULL)
		done = write_csv(report, question->path, &error);

	if (done)
		g_task_return_pointer(task, g_strdup(question->path), g_free);
	else
		g_task_return_error(task, error);
}
