/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/import_order.h"

#include "backoffice/goods/item.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define PREVIEW_ROWS 12

ImportOrder *import_order_new(ImportVerb verb, const OfficeDesk *desk)
{
	ImportOrder *self = g_new0(ImportOrder, 1);

	self->verb = verb;
	self->person_id = office_desk_get_person_id(desk);
	self->refused = g_string_new(NULL);
	return self;
}

void import_progress_unref(ImportProgress *self)
{
	g_atomic_rc_box_release(self);
}

void import_order_free(void *order)
{
	ImportOrder *self = order;

	g_free(self->path);
	g_free(self->encoding);
	g_free(self->map);
	goods_preview_free(self->preview);
	g_string_free(self->refused, true);
	g_clear_pointer(&self->progress, import_progress_unref);
	g_clear_object(&self->cancellable);
	g_free(self);
}

static void on_refused(int64_t line, const char *reason, const char *const *cells, void *data)
{
	ImportOrder *self = data;

	if (self->counts.refused++ < IMPORT_REFUSALS_SHOWN)
		g_string_append_printf(self->refused, _("line %" PRId64 ": %s\n"), line, reason);
}

static void on_progress(int64_t rows, int permille, void *data)
{
	ImportProgress *progress = data;

	g_atomic_int_set(&progress->rows, (gint)MIN(rows, G_MAXINT));
	g_atomic_int_set(&progress->permille, permille);
}

static bool import(ImportOrder *self, Store *store, GError **error)
{
	GoodsImport import = { .path = self->path,
			       .encoding = self->encoding,
			       .map = self->map,
			       .n_map = self->n_map,
			       .map_header = self->header,
			       .person_id = self->person_id,
			       .dry_run = self->verb == IMPORT_TRY,
			       .refused = on_refused,
			       .refused_data = self,
			       .progress = on_progress,
			       .progress_data = self->progress,
			       .cancellable = self->cancellable };
	GoodsImportCounts counts;

	if (!goods_import(store, &import, &counts, error))
		return false;
	self->counts = counts;
	return true;
}

static bool carry_out(ImportOrder *self, Store *store, GError **error)
{
	switch (self->verb) {
	case IMPORT_PREVIEW:
		self->preview =
			goods_import_preview(self->path, self->encoding, PREVIEW_ROWS, error);
		return self->preview != NULL;
	case IMPORT_TRY:
	case IMPORT_RUN:
		return import(self, store, error);
	case IMPORT_UNDO:
		return change_set_undo(store, self->set, self->person_id, &self->undone,
				       &self->kept, error);
	}
	g_return_val_if_reached(false);
}

void import_order_job(GTask *task, Store *store)
{
	GError *error = NULL;

	if (carry_out(g_task_get_task_data(task), store, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}
