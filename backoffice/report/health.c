/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/health.h"

static void source_clear(void *data)
{
	g_free(((ReportSource *)data)->till);
}

void report_health_free(ReportHealth *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->sources);
	g_free(self);
}

static bool read_one(StoreStatement *statement, int64_t *ret, GError **error)
{
	if (store_step(statement, error) != STORE_ROW)
		return false;
	*ret = store_get_int(statement, 0);
	store_reset(statement);
	return true;
}

static bool read_sources(ReportHealth *self, StoreStatement *row, GError **error)
{
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		ReportSource source = { .till = g_strdup(store_get_text(row, 0)),
					.seen_at = store_get_int(row, 1),
					.open = store_get_int(row, 2) != 0 };

		g_array_append_val(self->sources, source);
	}
	return step == STORE_DONE;
}

ReportHealth *report_health_find(Store *store, int64_t shop_id, int32_t day, int64_t from,
				 int64_t to, GError **error)
{
	g_autoptr(ReportHealth) self = g_new0(ReportHealth, 1);
	StoreStatement *lost = store_statement(store, "office/report/not_understood");
	StoreStatement *tills = store_statement(store, "office/report/sources");

	self->sources = g_array_new(false, false, sizeof(ReportSource));
	g_array_set_clear_func(self->sources, source_clear);
	store_bind_int(lost, 1, shop_id);
	store_bind_int(lost, 2, from);
	store_bind_int(lost, 3, to);
	store_bind_int(tills, 1, shop_id);
	store_bind_int(tills, 2, day);
	if (!read_one(lost, &self->not_understood, error) || !read_sources(self, tills, error))
		return NULL;
	return g_steal_pointer(&self);
}

bool report_stamp(Store *store, int64_t shop_id, int64_t *ret, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/report/stamp");

	store_bind_int(statement, 1, shop_id);
	return read_one(statement, ret, error);
}
