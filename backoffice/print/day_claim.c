/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/day_private.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whose a job is while it is printed. A program that dies in the middle leaves it 'printing': who
 * comes after takes it when that process is gone, or, on another machine, when its lease is over,
 * and the paper says that it may have been printed before. */

/* Longer than any print may take: a queue of CUPS is waited for two minutes, a person with a new
 * roll one. */
#define LEASE (5 * G_TIME_SPAN_MINUTE)
#define FIRST_WAIT (3 * G_TIME_SPAN_SECOND)
#define LONGEST_WAIT (10 * G_TIME_SPAN_MINUTE)
/* After so many tries, half a day, it is a person's to try again. */
#define TRIES 80

static char *dup_worker(void)
{
	return g_strdup_printf("%s %d", g_get_host_name(), (int)getpid());
}

static bool is_gone(const DayJob *job, int64_t now)
{
	g_auto(GStrv) words = g_strsplit(job->worker, " ", 2);
	int pid;

	if (now >= job->lease || words[0] == NULL || words[1] == NULL)
		return true;
	pid = atoi(words[1]);
	return strcmp(words[0], g_get_host_name()) == 0 && pid > 0 && kill((pid_t)pid, 0) != 0 &&
	       errno == ESRCH;
}

/* When it can be printed; 0: nobody knows, as another prints it. */
static int64_t due_at(const DayJob *job, int64_t now)
{
	if (job->state != DAY_JOB_PRINTING)
		return job->next_at;
	return is_gone(job, now) ? now : job->lease;
}

static bool find_due(Store *store, int64_t now, DayJob **ret, int64_t *ret_next, GError **error)
{
	StoreStatement *row = store_statement(store, "office/day/open_jobs");
	StoreStep step;

	*ret = NULL;
	*ret_next = 0;
	while ((step = store_step(row, error)) == STORE_ROW) {
		g_autoptr(DayJob) job = day_job_of_row(row);
		int64_t due = due_at(job, now);

		if (due <= now) {
			*ret = g_steal_pointer(&job);
			store_reset(row);
			return true;
		}
		*ret_next = *ret_next == 0 ? due : MIN(*ret_next, due);
	}
	return step == STORE_DONE;
}

static bool take(Store *store, DayJob *job, int64_t now, GError **error)
{
	StoreStatement *claim = store_statement(store, "office/day/claim_job");
	g_autofree char *worker = dup_worker();

	job->doubt = job->doubt || job->state == DAY_JOB_PRINTING;
	job->tries++;
	store_bind_int(claim, 1, job->id);
	store_bind_int(claim, 2, job->doubt);
	store_bind_int(claim, 3, now);
	store_bind_text(claim, 4, worker);
	store_bind_int(claim, 5, now + LEASE);
	return store_run(claim, error);
}

bool day_job_claim(Store *store, int64_t now, DayJob **ret, int64_t *ret_next, GError **error)
{
	g_autoptr(DayJob) job = NULL, seen = NULL;

	/* Mostly there is nothing, and nobody waits for a lock because of that. */
	*ret = NULL;
	if (!find_due(store, now, &seen, ret_next, error))
		return false;
	if (seen == NULL)
		return true;
	if (!store_begin(store, error))
		return false;
	if (!find_due(store, now, &job, ret_next, error) ||
	    (job != NULL && !take(store, job, now, error))) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret = g_steal_pointer(&job);
	return true;
}

/* --- how it ended -------------------------------------------------------------------------- */

static bool settle(Store *store, const DayJob *self, DayJobState state, bool doubt,
		   const char *words, int64_t next_at, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/day/settle_job");

	store_bind_int(statement, 1, self->id);
	store_bind_text(statement, 2, day_job_state_code(state));
	store_bind_int(statement, 3, doubt);
	store_bind_text(statement, 4, words);
	store_bind_int(statement, 5, g_get_real_time());
	if (next_at != 0)
		store_bind_int(statement, 6, next_at);
	else
		store_bind_null(statement, 6);
	return store_run(statement, error);
}

bool day_job_settle(Store *store, const DayJob *self, const DayReport *report, GError **error)
{
	const DayPrint paper = { .form = (char *)print_form_code(self->form),
				 .device = self->device,
				 .copy = self->doubt,
				 .by_itself = self->by_itself };

	if (!store_begin(store, error))
		return false;
	if (settle(store, self, DAY_JOB_PRINTED, self->doubt, "", 0, error) &&
	    day_print_note(store, report, &paper, self->id, self->asked_by, error) &&
	    store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

/* 3 s, 6 s, 12 s … 10 minutes. */
static int64_t wait_after(int tries)
{
	int64_t wait = FIRST_WAIT;

	for (int i = 1; i < tries && wait < LONGEST_WAIT; i++)
		wait *= 2;
	return MIN(wait, LONGEST_WAIT);
}

bool day_job_fail(Store *store, const DayJob *self, const char *words, bool doubt, GError **error)
{
	int64_t next_at = self->tries < TRIES ? g_get_real_time() + wait_after(self->tries) : 0;

	if (!store_begin(store, error))
		return false;
	if (settle(store, self, DAY_JOB_FAILED, self->doubt || doubt, words, next_at, error) &&
	    store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}
