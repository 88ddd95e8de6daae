/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_keep.h"

typedef struct {
	LabelModel *model; /* owned */
	int64_t person_id;
} Errand;

static void errand_free(void *data)
{
	Errand *self = data;

	label_model_free(self->model);
	g_free(self);
}

static void run(OfficeDesk *desk, LabelModel *model, GTask *task, OfficeJob job)
{
	Errand *errand = g_new(Errand, 1);

	*errand = (Errand){ .model = model, .person_id = office_desk_get_person_id(desk) };
	g_task_set_task_data(task, errand, errand_free);
	office_desk_run(desk, OFFICE_QUICK, task, job);
}

static void save_job(GTask *task, Store *store)
{
	Errand *errand = g_task_get_task_data(task);
	GError *error = NULL;

	if (label_model_write(store, errand->model, errand->person_id, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

void label_keep_save(OfficeDesk *desk, LabelModel *model, GTask *task)
{
	run(desk, model, task, save_job);
}

static void delete_job(GTask *task, Store *store)
{
	Errand *errand = g_task_get_task_data(task);
	GError *error = NULL;

	if (errand->model->id == 0 ||
	    label_model_delete(store, errand->model->id, errand->person_id, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

void label_keep_delete(OfficeDesk *desk, LabelModel *model, GTask *task)
{
	run(desk, model, task, delete_job);
}

int64_t label_keep_get_id(GTask *task)
{
	return ((const Errand *)g_task_get_task_data(task))->model->id;
}
