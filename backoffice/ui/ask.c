/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/ask.h"

typedef struct {
	GWeakRef widget; /* touched by the window's thread alone */
	OfficeWork work;
	OfficeDone done;
	void *data; /* owned */
	GDestroyNotify free_data;
} Asked;

static void asked_free(void *data)
{
	Asked *self = data;

	g_weak_ref_clear(&self->widget);
	if (self->free_data != NULL)
		self->free_data(self->data);
	g_free(self);
}

static void asked_job(GTask *task, Store *store)
{
	Asked *self = g_task_get_task_data(task);
	GError *error = NULL;

	if (self->work(store, self->data, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

static void on_answered(GObject *source, GAsyncResult *result, void *data)
{
	Asked *self = g_task_get_task_data(G_TASK(result));
	g_autoptr(GtkWidget) widget = g_weak_ref_get(&self->widget);
	g_autoptr(GError) error = NULL;

	g_task_propagate_boolean(G_TASK(result), &error);
	if (widget != NULL)
		self->done(widget, self->data, error);
}

void office_ask(OfficeDesk *desk, OfficeSpeed speed, GtkWidget *widget, OfficeWork work, void *data,
		GDestroyNotify free_data, OfficeDone done)
{
	GTask *task = g_task_new(NULL, NULL, on_answered, NULL);
	Asked *self = g_new0(Asked, 1);

	*self = (Asked){ .work = work, .done = done, .data = data, .free_data = free_data };
	g_weak_ref_init(&self->widget, widget);
	g_task_set_task_data(task, self, asked_free);
	office_desk_run(desk, speed, task, asked_job);
}
