/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/report_jobs.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void report_question_free(void *question)
{
	ReportQuestion *self = question;

	report_place_free(self->place);
	g_free(self->form);
	g_free(self->path);
	g_free(self);
}

void report_answer_free(ReportAnswer *self)
{
	if (self == NULL)
		return;
	report_free(self->report);
	report_free(self->before);
	g_free(self);
}

/* --- asking -------------------------------------------------------------------------------- */

/* As it is shown: in the order that the person chose. */
static Report *ask(const ReportPlace *place, Store *store, GError **error)
{
	Report *report = report_ask(store, place->kind, &place->query, error);

	if (report != NULL && place->sort >= 0 && place->sort < report_get_kind(report)->n_columns)
		report_sort(report, place->sort, place->descending);
	return report;
}

/* A picture along time is compared with the time before. */
static bool is_compared(const ReportKind *kind)
{
	return (kind->picture == REPORT_HOURS || kind->picture == REPORT_TIMES) &&
	       (kind->takes & REPORT_TAKES_DAYS) != 0;
}

static Report *ask_before(const ReportPlace *place, Store *store, GError **error)
{
	g_autoptr(ReportPlace) before = report_place_copy(place);

	report_place_set_days(before, period_before(report_place_get_days(place)));
	return report_ask(store, before->kind, &before->query, error);
}

static bool answer_all(ReportAnswer *self, const ReportQuestion *question, Store *store,
		       GError **error)
{
	const ReportQuery *query = &question->place->query;

	if (!report_stamp(store, query->shop_id, &self->stamp, error))
		return false;
	self->report = ask(question->place, store, error);
	if (self->report == NULL)
		return false;
	if (is_compared(question->place->kind)) {
		self->before = ask_before(question->place, store, error);
		if (self->before == NULL)
			return false;
	}
	return true;
}

/* All of one moment: what is compared and what is told about it agree with the table. */
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

	if (report_stamp(store, question->place->query.shop_id, &stamp, &error))
		g_task_return_int(task, stamp);
	else
		g_task_return_error(task, error);
}

/* --- saving -------------------------------------------------------------------------------- */

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
	g_autoptr(Report) report =
		may_write(question->path, &error) ? ask(question->place, store, &error) : NULL;
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

/* --- choices ------------------------------------------------------------------------------- */

static void choice_clear(void *data)
{
	g_free(((ReportChoice *)data)->name);
}

void report_choices_free(ReportChoices *self)
{
	if (self == NULL)
		return;
	g_clear_pointer(&self->shops, g_array_unref);
	g_clear_pointer(&self->tills, g_array_unref);
	g_clear_pointer(&self->cashiers, g_array_unref);
	g_clear_pointer(&self->suppliers, g_array_unref);
	g_strfreev(self->groups);
	g_free(self);
}

static GArray *read_choices(Store *store, const char *name, GError **error)
{
	g_autoptr(GArray) choices = g_array_new(false, false, sizeof(ReportChoice));
	StoreStatement *row = store_statement(store, name);
	StoreStep step;

	g_array_set_clear_func(choices, choice_clear);
	while ((step = store_step(row, error)) == STORE_ROW) {
		ReportChoice choice = { .shop_id = store_get_int(row, 0),
					.id = store_get_int(row, 1),
					.name = g_strdup(store_get_text(row, 2)) };

		g_array_append_val(choices, choice);
	}
	return step == STORE_DONE ? g_steal_pointer(&choices) : NULL;
}

static GStrv read_groups(Store *store, GError **error)
{
	g_autoptr(GStrvBuilder) groups = g_strv_builder_new();
	StoreStatement *row = store_statement(store, "office/choice/groups");
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		g_strv_builder_add(groups, store_get_text(row, 0));
	return step == STORE_DONE ? g_strv_builder_end(groups) : NULL;
}

static bool read_all_choices(ReportChoices *self, Store *store, GError **error)
{
	self->shops = read_choices(store, "office/choice/shops", error);
	if (self->shops == NULL)
		return false;
	self->tills = read_choices(store, "office/choice/tills", error);
	if (self->tills == NULL)
		return false;
	self->cashiers = read_choices(store, "office/choice/cashiers", error);
	if (self->cashiers == NULL)
		return false;
	self->suppliers = read_choices(store, "office/choice/suppliers", error);
	if (self->suppliers == NULL)
		return false;
	self->groups = read_groups(store, error);
	return self->groups != NULL;
}

void report_choices_job(GTask *task, Store *store)
{
	g_autoptr(ReportChoices) choices = g_new0(ReportChoices, 1);
	GError *error = NULL;

	if (read_all_choices(choices, store, &error))
		g_task_return_pointer(task, g_steal_pointer(&choices),
				      (GDestroyNotify)report_choices_free);
	else
		g_task_return_error(task, error);
}
