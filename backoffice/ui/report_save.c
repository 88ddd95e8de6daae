/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_save.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void report_question_free(void *question)
{
	g_free(((ReportQuestion *)question)->form);
	g_free(((ReportQuestion *)question)->path);
	g_free(question);
}

void report_answer_free(ReportAnswer *self)
{
	if (self == NULL)
		return;
	report_free(self->sales);
	report_free(self->chosen);
	report_health_free(self->health);
	g_free(self);
}

static Report *run(const ReportQuestion *question, const ReportKind *kind, Store *store,
		   GError **error)
{
	return report_run(store, kind, question->shop_id, question->day, question->day, error);
}

static bool answer_all(ReportAnswer *self, const ReportQuestion *question, Store *store,
		       GError **error)
{
	if (!report_stamp(store, question->shop_id, &self->stamp, error))
		return false;
	self->sales = run(question, report_find("sales"), store, error);
	if (self->sales == NULL)
		return false;
	self->chosen = run(question, question->kind, store, error);
	if (self->chosen == NULL)
		return false;
	self->health = report_health_find(store, question->shop_id, question->day, question->from,
					  question->to, error);
	return self->health != NULL;
}

/* All of one moment: the figures above agree with the table below. */
void report_answer_job(GTask *task, Store *store)
{
	g_autoptr(ReportAnswer) answer = g_new0(ReportAnswer, 1);
	GError *error = NULL;
	bool done = store_begin_read(store, &error) &&
		    answer_all(answer, g_task_get_task_data(task), store, &error);

	store_rollback(store);
	if (done)
		g_task_return_pointer(task, g_steal_pointer(&answer),
				      (GDestroyNotify)report_answer_free);
	else
		g_task_return_error(task, error);
}

void report_stamp_job(GTask *task, Store *store)
{
	const ReportQuestion *question = g_task_get_task_data(task);
	GError *error = NULL;
	int64_t stamp;

	if (report_stamp(store, question->shop_id, &stamp, &error))
		g_task_return_int(task, stamp);
	else
		g_task_return_error(task, error);
}

static bool write_csv(const Report *report, const char *path, GError **error)
{
	g_autofree char *text = report_dup_csv(report);

	return g_file_set_contents(path, text, -1, error);
}

/* The libraries that write forms do not tell why they could not; the folder does. */
static bool may_write(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);

	if (access(folder, W_OK) == 0)
		return true;
	g_set_error_literal(error, G_FILE_ERROR, g_file_error_from_errno(errno), strerror(errno));
	return false;
}

void report_save_job(GTask *task, Store *store)
{
	const ReportQuestion *question = g_task_get_task_data(task);
	GError *error = NULL;
	g_autoptr(Report) report = may_write(question->path, &error)
					   ? run(question, question->kind, store, &error)
					   : NULL;
	bool done = false;

	if (report != NULL && strcmp(question->form, "pdf") == 0)
		done = report_write_pdf(report, &question->style, question->path, &error);
	else if (report != NULL && strcmp(question->form, "xlsx") == 0)
		done = report_write_xlsx(report, question->path, &error);
	else if (report != NULL)
		done = write_csv(report, question->path, &error);

	if (done)
		g_task_return_pointer(task, g_strdup(question->path), g_free);
	else
		g_task_return_error(task, error);
}
