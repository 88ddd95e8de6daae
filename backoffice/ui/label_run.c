/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_run.h"

#include <glib/gi18n-lib.h>

#define LOOK_MS 100

struct LabelRun {
	gatomicrefcount refs; /* one of the page, one of each task under way */
	LabelOrder order;
	OfficeDesk *desk; /* borrowed */
	int64_t shop_id, person_id;

	LabelJob *job; /* owned; NULL until it is read */
	int noted; /* labels that the database knows of */
	int printed, last_told; /* printed: written by the printer's thread, atomic */
	GError *error; /* owned; why it stopped */

	/* told, unless the page is gone */
	LabelRunProgress progress;
	LabelRunDone done;
	void *data;
	guint look; /* source id, 0 if none */
	bool busy, stopped;
};

static LabelRun *ref(LabelRun *self)
{
	g_atomic_ref_count_inc(&self->refs);
	return self;
}

static void unref(void *data)
{
	LabelRun *self = data;

	if (!g_atomic_ref_count_dec(&self->refs))
		return;
	label_job_free(self->job);
	g_array_unref(self->order.wishes);
	label_device_free(self->order.device);
	g_free(self->order.path);
	g_clear_error(&self->error);
	g_free(self);
}

char *label_run_dup_trouble(const GError *error, const char *device)
{
	if (error->domain == STORE_ERROR || error->domain == PEOPLE_ERROR)
		return office_desk_dup_trouble(error);
	if (error->domain == G_FILE_ERROR)
		return g_strdup_printf(_("It was not saved. Choose another folder: %s"),
				       error->message);
	return label_trouble_dup(error, device);
}

static void finish(LabelRun *self)
{
	const char *device = self->order.device != NULL ? self->order.device->name : "PDF";
	int total = self->job != NULL ? label_job_get_total(self->job) : 0;
	g_autofree char *trouble =
		self->error != NULL ? label_run_dup_trouble(self->error, device) : NULL;

	self->busy = false;
	g_clear_handle_id(&self->look, g_source_remove);
	if (self->done != NULL)
		self->done(g_atomic_int_get(&self->printed), total, trouble, self->data);
}

static void take_error(LabelRun *self, GError *error)
{
	/* The first reason is the one that helps. */
	if (self->error == NULL)
		self->error = error;
	else
		g_clear_error(&error);
}

/* --- noting ------------------------------------------------------------------------------- */

static void note_job(GTask *task, Store *store)
{
	LabelRun *self = g_task_get_task_data(task);
	GError *error = NULL;
	int printed = g_atomic_int_get(&self->printed);

	if (printed == self->noted ||
	    label_job_note_printed(self->job, store, printed, self->person_id, &error)) {
		self->noted = printed;
		g_task_return_boolean(task, true);
	} else {
		g_task_return_error(task, error);
	}
}

static void on_noted(GObject *source, GAsyncResult *result, void *data)
{
	LabelRun *self = g_task_get_task_data(G_TASK(result));
	GError *error = NULL;

	if (!g_task_propagate_boolean(G_TASK(result), &error))
		take_error(self, error);
	finish(self);
}

static void note(LabelRun *self)
{
	GTask *task = g_task_new(NULL, NULL, on_noted, NULL);

	g_task_set_task_data(task, ref(self), unref);
	office_desk_run(self->desk, OFFICE_LONG, task, note_job);
}

/* --- printing ------------------------------------------------------------------------------ */

static void on_label(int printed, int total, void *data)
{
	LabelRun *self = data;

	g_atomic_int_set(&self->printed, printed);
}

static bool put_out(LabelRun *self, GError **error)
{
	int printed;

	if (self->order.device == NULL) {
		if (!label_job_write_pdf(self->job,
					 self->order.has_sheet ? &self->order.sheet : NULL,
					 self->order.path, error))
			return false;
		g_atomic_int_set(&self->printed, label_job_get_total(self->job));
		return true;
	}
	if (!label_job_print(self->job, self->order.device, &printed, error)) {
		g_atomic_int_set(&self->printed, printed);
		return false;
	}
	g_atomic_int_set(&self->printed, printed);
	return true;
}

static void print_job(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	GError *error = NULL;

	if (put_out(data, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

static void on_printed(GObject *source, GAsyncResult *result, void *data)
{
	LabelRun *self = g_task_get_task_data(G_TASK(result));
	GError *error = NULL;

	if (!g_task_propagate_boolean(G_TASK(result), &error))
		take_error(self, error);
	note(self);
}

static void print(LabelRun *self)
{
	g_autoptr(GTask) task = g_task_new(NULL, NULL, on_printed, NULL);

	g_task_set_task_data(task, ref(self), unref);
	g_task_run_in_thread(task, print_job);
}

/* --- reading ------------------------------------------------------------------------------- */

static void read_job(GTask *task, Store *store)
{
	LabelRun *self = g_task_get_task_data(task);
	g_autoptr(LabelModel) model = NULL;
	GError *error = NULL;

	if (rights_require(store, self->person_id, RIGHT_PRINT_LABELS, &error))
		model = label_model_read(store, self->order.model_id, &error);
	if (model != NULL)
		self->job = label_job_new(store, self->shop_id, model,
					  (LabelWish *)self->order.wishes->data,
					  (int)self->order.wishes->len, &error);
	if (self->job != NULL)
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

static void on_read(GObject *source, GAsyncResult *result, void *data)
{
	LabelRun *self = g_task_get_task_data(G_TASK(result));
	GError *error = NULL;

	if (!g_task_propagate_boolean(G_TASK(result), &error)) {
		take_error(self, error);
		finish(self);
		return;
	}
	if (self->order.has_sheet)
		label_job_set_sheet(self->job, &self->order.sheet);
	label_job_set_progress(self->job, on_label, self);
	if (self->stopped) /* meanwhile */
		label_job_cancel(self->job);
	print(self);
}

static gboolean look(void *data)
{
	LabelRun *self = data;
	int printed = g_atomic_int_get(&self->printed);

	if (self->progress != NULL && printed != self->last_told && self->job != NULL)
		self->progress(printed, label_job_get_total(self->job), self->data);
	self->last_told = printed;
	return G_SOURCE_CONTINUE;
}

/* --- life ---------------------------------------------------------------------------------- */

static void begin(LabelRun *self)
{
	self->busy = true;
	g_clear_error(&self->error);
	self->look = g_timeout_add(LOOK_MS, look, self);
}

LabelRun *label_run_new(OfficeDesk *desk, const LabelOrder *order, LabelRunProgress progress,
			LabelRunDone done, void *data)
{
	LabelRun *self = g_new0(LabelRun, 1);
	GTask *task = g_task_new(NULL, NULL, on_read, NULL);

	g_atomic_ref_count_init(&self->refs);
	self->desk = desk;
	self->order = *order;
	self->shop_id = office_desk_get_shop(desk)->id;
	self->person_id = office_desk_get_person_id(desk);
	self->progress = progress;
	self->done = done;
	self->data = data;
	begin(self);
	g_task_set_task_data(task, ref(self), unref);
	office_desk_run(desk, OFFICE_QUICK, task, read_job);
	return self;
}

bool label_run_can_resume(const LabelRun *self)
{
	return !self->busy && self->job != NULL && self->error != NULL &&
	       self->order.device != NULL &&
	       !g_error_matches(self->error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED) &&
	       g_atomic_int_get(&self->printed) < label_job_get_total(self->job);
}

void label_run_resume(LabelRun *self)
{
	g_return_if_fail(label_run_can_resume(self));
	begin(self);
	print(self);
}

void label_run_cancel(LabelRun *self)
{
	self->stopped = true;
	if (self->job != NULL)
		label_job_cancel(self->job);
}

void label_run_leave(LabelRun *self)
{
	if (self == NULL)
		return;
	g_clear_handle_id(&self->look, g_source_remove);
	self->progress = NULL;
	self->done = NULL;
	if (self->busy)
		label_run_cancel(self);
	unref(self);
}
