/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/day_private.h"

#include <stdlib.h>

void day_print_free(DayPrint *self)
{
	if (self == NULL)
		return;
	g_free(self->form);
	g_free(self->device);
	g_free(self->person);
	g_free(self->tills);
	g_free(self);
}

static void free_print(void *print)
{
	day_print_free(print);
}

static DayPrint *print_of_row(StoreStatement *row)
{
	DayPrint *self = g_new0(DayPrint, 1);

	self->id = store_get_int(row, 0);
	self->day = (int32_t)store_get_int(row, 1);
	self->till_id = store_get_int(row, 2);
	self->shift = store_get_int(row, 3);
	self->form = g_strdup(store_get_text(row, 4));
	self->device = g_strdup(store_get_text(row, 5));
	self->copy = store_get_int(row, 6) != 0;
	self->at = store_get_int(row, 7);
	self->person = g_strdup(store_get_text(row, 8));
	self->by_itself = store_is_null(row, 9);
	self->stamp = store_get_int(row, 10);
	self->heard_at = store_get_int(row, 11);
	self->receipts = store_get_int(row, 12);
	self->net = store_get_int(row, 13);
	self->has_margin = !store_is_null(row, 14);
	self->margin = store_get_int(row, 14);
	return self;
}

GPtrArray *day_print_list(Store *store, int64_t shop_id, int32_t from, int32_t to, GError **error)
{
	g_autoptr(GPtrArray) prints = g_ptr_array_new_with_free_func(free_print);
	StoreStatement *row = store_statement(store, "office/day/prints");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, from);
	store_bind_int(row, 3, to);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(prints, print_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&prints) : NULL;
}

bool day_print_last(Store *store, int64_t shop_id, int32_t day, int64_t till_id, int64_t shift,
		    DayPrint **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/last_print");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, day);
	store_bind_int(row, 3, till_id);
	store_bind_int(row, 4, shift);
	step = store_step(row, error);
	*ret = NULL;
	if (step == STORE_ROW) {
		*ret = print_of_row(row);
		(*ret)->tills = g_strdup(store_get_text(row, 15));
	}
	store_reset(row);
	return step != STORE_FAILED;
}

char *day_print_dup_report(Store *store, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/print_report");
	char *report = NULL;

	store_bind_int(row, 1, id);
	if (store_step(row, error) == STORE_ROW)
		report = g_strdup(store_get_text(row, 0));
	store_reset(row);
	return report;
}

/* --- noting -------------------------------------------------------------------------------- */

static char *dup_json(json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT), *copy = g_strdup(text);

	free(text);
	return copy;
}

static void bind_figures(StoreStatement *insert, const DayReport *report)
{
	store_bind_int(insert, 12, report->stamp);
	store_bind_int(insert, 13, report->heard_at);
	store_bind_int(insert, 14, report->figures.receipts);
	store_bind_int(insert, 15, report->figures.net);
	if (report->query.with_cost)
		store_bind_int(insert, 16, report->figures.net - report->figures.cost);
	else
		store_bind_null(insert, 16);
}

bool day_print_note(Store *store, const DayReport *report, const DayPrint *paper, int64_t job_id,
		    int64_t person_id, GError **error)
{
	StoreStatement *insert = store_statement(store, "office/day/insert_print");
	json_t *whole = day_report_to_json(report);
	g_autofree char *text = dup_json(whole), *tills = dup_json(report->tills);

	json_decref(whole);
	store_bind_int(insert, 1, job_id);
	store_bind_int(insert, 2, report->query.shop_id);
	store_bind_int(insert, 3, report->query.day);
	store_bind_int(insert, 4, report->query.till_id);
	store_bind_int(insert, 5, report->query.shift);
	store_bind_text(insert, 6, paper->form);
	store_bind_text(insert, 7, paper->device);
	store_bind_int(insert, 8, paper->copy);
	store_bind_int(insert, 9, g_get_real_time());
	if (paper->by_itself)
		store_bind_null(insert, 10);
	else
		store_bind_int(insert, 10, person_id);
	store_bind_text(insert, 11, tills);
	bind_figures(insert, report);
	store_bind_text(insert, 17, text);
	return store_run(insert, error);
}
