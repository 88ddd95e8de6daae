/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/print/report_printer.h"
#include "backoffice/report/day.h"

/* Papers that somebody, or the close of a shift, has asked for. They stand in the database until
 * they are printed: whichever program runs next prints them (day_press.h), each once; what may have
 * come out before says so. */

typedef enum {
	DAY_JOB_WAITING,
	DAY_JOB_PRINTING,
	DAY_JOB_PRINTED,
	DAY_JOB_FAILED,
	DAY_JOB_DROPPED, /* somebody does not want it any more */
} DayJobState;
const char *day_job_state_code(DayJobState state); /* "waiting" … */
const char *day_job_state_title(DayJobState state); /* translated */

typedef struct {
	int64_t id;
	DayQuery query;
	PrintForm form;
	char *device, *options; /* owned */
	DayJobState state;
	bool doubt; /* some of it may have come out already */
	int tries;
	char *error; /* owned; why it was not printed the last time, in words; may be empty */
	bool by_itself; /* at the close of a shift */
	int64_t asked_by; /* 0: the command line */
	char *person, *till; /* owned; names, NULL where there are none */
	int64_t asked_at, changed_at; /* UTC microseconds */
	int64_t next_at; /* when it is tried next; 0: not by itself */
	char *worker; /* owned; of DAY_JOB_PRINTING */
	int64_t lease;
} DayJob;
void day_job_free(DayJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DayJob, day_job_free)

/* Newest first, at most @max; @open: only those that somebody still wants. Array
 * that frees its elements. */
GPtrArray *day_job_list(Store *store, int64_t shop_id, bool open, int max, GError **error);

/* “Print the day”: a job for each printer of the shop that the one key prints on. Of @query the day
 * or shift; what the person may not see is left out. REPORT_PRINTER_ERROR_GONE where no printer is
 * set. RIGHT_SEE_REPORTS. */
bool day_job_ask(Store *store, const DayQuery *query, int64_t person_id, int *ret_jobs,
		 GError **error);
/* The same for one printer, whether the one key prints on it or not; @printer as it is called. */
bool day_job_ask_on(Store *store, const DayQuery *query, const ReportPrinter *printer,
		    int64_t person_id, GError **error);

/* Try it now; forget it. RIGHT_SEE_REPORTS. REPORT_PRINTER_ERROR_GONE where it is printed, or being
 * printed. */
bool day_job_retry(Store *store, int64_t id, int64_t person_id, GError **error);
bool day_job_drop(Store *store, int64_t id, int64_t person_id, GError **error);

/* How many have still to be printed, and how many of all have failed. */
bool day_job_count(Store *store, int64_t *ret_open, int64_t *ret_failed, GError **error);

/* --- for whoever prints (day_press.c) --- */

/* The oldest that is to be printed now becomes this worker's; *ret NULL where there is none, and
 * then *ret_next when there will be (0: nobody knows). A job that its worker left while it was
 * printing has come out perhaps: doubt. */
bool day_job_claim(Store *store, int64_t now, DayJob **ret, int64_t *ret_next, GError **error);
/* It is printed: notes the paper. @report is what stood on it. */
bool day_job_settle(Store *store, const DayJob *self, const DayReport *report, GError **error);
/* It is not: tried again after a while, longer each time; @doubt: some of it may have come out. */
bool day_job_fail(Store *store, const DayJob *self, const char *words, bool doubt, GError **error);
