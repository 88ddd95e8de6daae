/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/day_private.h"

#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
	const char *code, *title;
} states[] = {
	[DAY_JOB_WAITING] = { "waiting", N_("waits") },
	[DAY_JOB_PRINTING] = { "printing", N_("is being printed") },
	[DAY_JOB_PRINTED] = { "printed", N_("printed") },
	[DAY_JOB_FAILED] = { "failed", N_("not printed") },
	[DAY_JOB_DROPPED] = { "dropped", N_("forgotten") },
};

const char *day_job_state_code(DayJobState state)
{
	g_return_val_if_fail((unsigned)state < G_N_ELEMENTS(states), NULL);
	return states[state].code;
}

const char *day_job_state_title(DayJobState state)
{
	g_return_val_if_fail((unsigned)state < G_N_ELEMENTS(states), NULL);
	return _(states[state].title);
}

/* --- reading ------------------------------------------------------------------------------- */

void day_job_free(DayJob *self)
{
	if (self == NULL)
		return;
	g_free(self->device);
	g_free(self->options);
	g_free(self->error);
	g_free(self->person);
	g_free(self->till);
	g_free(self->worker);
	g_free(self);
}

static void free_job(void *job)
{
	day_job_free(job);
}

static DayJobState state_of(const char *code)
{
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (strcmp(states[i].code, code) == 0)
			return (DayJobState)i;
	g_return_val_if_reached(DAY_JOB_FAILED);
}

DayJob *day_job_of_row(StoreStatement *row)
{
	DayJob *self = g_new0(DayJob, 1);

	self->id = store_get_int(row, 0);
	self->query = (DayQuery){ .shop_id = store_get_int(row, 1),
				  .day = (int32_t)store_get_int(row, 2),
				  .till_id = store_get_int(row, 3),
				  .shift = store_get_int(row, 4),
				  .with_cost = store_get_int(row, 8) != 0,
				  .with_acts = store_get_int(row, 9) != 0 };
	g_warn_if_fail(print_form_parse(store_get_text(row, 5), &self->form));
	self->device = g_strdup(store_get_text(row, 6));
	self->options = g_strdup(store_get_text(row, 7));
	self->state = state_of(store_get_text(row, 10));
	self->doubt = store_get_int(row, 11) != 0;
	self->tries = (int)store_get_int(row, 12);
	self->error = g_strdup(store_get_text(row, 13));
	self->by_itself = store_is_null(row, 14);
	self->asked_by = store_get_int(row, 14);
	self->asked_at = store_get_int(row, 15);
	self->changed_at = store_get_int(row, 16);
	self->next_at = store_get_int(row, 17);
	self->worker = g_strdup(store_get_text(row, 18));
	self->lease = store_get_int(row, 19);
	self->till = g_strdup(store_get_text(row, 20));
	self->person = g_strdup(store_get_text(row, 21));
	return self;
}

GPtrArray *day_job_list(Store *store, int64_t shop_id, bool open, int max, GError **error)
{
	g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func(free_job);
	StoreStatement *row = store_statement(store, "office/day/jobs");
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, open);
	store_bind_int(row, 3, max);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(jobs, day_job_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&jobs) : NULL;
}

bool day_job_count(Store *store, int64_t *ret_open, int64_t *ret_failed, GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/job_counts");

	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret_open = store_get_int(row, 0);
	*ret_failed = store_get_int(row, 1);
	store_reset(row);
	return true;
}

/* --- asking -------------------------------------------------------------------------------- */

static bool insert(Store *store, const DayQuery *query, const ReportPrinter *printer,
		   int64_t person_id, GError **error)
{
	StoreStatement *put = store_statement(store, "office/day/insert_job");

	store_bind_int(put, 1, query->shop_id);
	store_bind_int(put, 2, query->day);
	store_bind_int(put, 3, query->till_id);
	store_bind_int(put, 4, query->shift);
	store_bind_text(put, 5, print_form_code(printer->form));
	store_bind_text(put, 6, printer->device);
	store_bind_text(put, 7, printer->options);
	store_bind_int(put, 8, query->with_cost);
	store_bind_int(put, 9, query->with_acts);
	store_bind_int(put, 10, person_id);
	store_bind_int(put, 11, g_get_real_time());
	return store_run(put, error);
}

static bool audit(Store *store, const char *action, const DayQuery *query, const char *detail,
		  int64_t person_id, GError **error)
{
	g_autofree char *day = report_day_dup(query->day);

	return audit_add(store, person_id, action, day, detail, error);
}

/* What the paper may say is settled now: who asked may have other rights when it comes out. */
static bool limit(Store *store, DayQuery *query, int64_t person_id, GError **error)
{
	Rights rights;

	if (!rights_require(store, person_id, RIGHT_SEE_REPORTS, error) ||
	    !rights_of_person(store, person_id, &rights, error))
		return false;
	day_query_limit(query, rights);
	return true;
}

static bool ask_in(Store *store, const DayQuery *asked, int64_t person_id, int *ret_jobs,
		   GError **error)
{
	g_autoptr(GPtrArray) printers = NULL;
	DayQuery limited = *asked, query;

	if (!limit(store, &limited, person_id, error))
		return false;
	query = limited;
	printers = report_printer_list(store, query.shop_id, error);
	for (guint i = 0; printers != NULL && i < printers->len; i++) {
		const ReportPrinter *printer = printers->pdata[i];

		if (!printer->one_key)
			continue;
		query.with_cost = limited.with_cost && printer->with_cost;
		if (!insert(store, &query, printer, person_id, error) ||
		    !audit(store, "day-print", &query, printer->device, person_id, error))
			return false;
		(*ret_jobs)++;
	}
	if (printers != NULL && *ret_jobs == 0)
		g_set_error(error, REPORT_PRINTER_ERROR, REPORT_PRINTER_ERROR_GONE,
			    _("No printer is set for the daily report: set one under “Printers of "
			      "reports”."));
	return *ret_jobs > 0;
}

bool day_job_ask(Store *store, const DayQuery *query, int64_t person_id, int *ret_jobs,
		 GError **error)
{
	*ret_jobs = 0;
	if (!store_begin(store, error))
		return false;
	if (ask_in(store, query, person_id, ret_jobs, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

bool day_job_ask_on(Store *store, const DayQuery *query, const ReportPrinter *printer,
		    int64_t person_id, GError **error)
{
	DayQuery limited = *query;

	limited.with_cost = limited.with_cost && printer->with_cost;
	if (!report_printer_check(printer, error) || !store_begin(store, error))
		return false;
	if (limit(store, &limited, person_id, error) &&
	    insert(store, &limited, printer, person_id, error) &&
	    audit(store, "day-print", &limited, printer->device, person_id, error) &&
	    store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

/* --- again, or never ----------------------------------------------------------------------- */

static bool change_in(Store *store, const char *statement, int64_t id, int64_t person_id,
		      GError **error)
{
	StoreStatement *change = store_statement(store, statement);

	if (!rights_require(store, person_id, RIGHT_SEE_REPORTS, error))
		return false;
	store_bind_int(change, 1, id);
	store_bind_int(change, 2, g_get_real_time());
	if (!store_run(change, error))
		return false;
	if (store_changes(store) > 0)
		return true;
	g_set_error(error, REPORT_PRINTER_ERROR, REPORT_PRINTER_ERROR_GONE,
		    _("This paper is printed already, or is being printed now."));
	return false;
}

static bool change(Store *store, const char *statement, const char *action, int64_t id,
		   int64_t person_id, GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, id);

	if (!store_begin(store, error))
		return false;
	if (change_in(store, statement, id, person_id, error) &&
	    audit_add(store, person_id, action, subject, "", error) && store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

bool day_job_retry(Store *store, int64_t id, int64_t person_id, GError **error)
{
	return change(store, "office/day/wake_job", "day-print-retry", id, person_id, error);
}

bool day_job_drop(Store *store, int64_t id, int64_t person_id, GError **error)
{
	return change(store, "office/day/drop_job", "day-print-drop", id, person_id, error);
}
