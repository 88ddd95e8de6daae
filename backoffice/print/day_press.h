/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/print/day_job.h"
#include "core/number_text.h"

/* Prints what is asked for, on the thread that calls. */
typedef struct DayPress DayPress;

DayPress *day_press_new(const NumberStyle *style);
void day_press_free(DayPress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DayPress, day_press_free)
/* From any thread: what is being printed is broken off, and nothing more is begun. */
void day_press_cancel(DayPress *self);

typedef struct {
	int printed, failed;
	char *trouble; /* owned; of the first that failed, in the person's language; or NULL */
	int64_t next_at; /* when there is something to do again; 0: nobody knows */
} DayPressResult;
void day_press_result_clear(DayPressResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DayPressResult, day_press_result_clear)

/* All jobs that are due, each once; a printer that fails does not hold up the others. @store: of
 * this thread, and better STORE_DURABLE: a job is marked on the disk before its first byte. Blocks
 * for as long as the printers take. False where the database fails. */
bool day_press_run(DayPress *self, Store *store, DayPressResult *ret, GError **error);

/* --- the same in steps, for who keeps the database on another thread than the printer ----------
 */

/* A job that was claimed, and what is to stand on its paper. */
typedef struct {
	DayJob *job; /* owned */
	DayReport *report; /* owned; NULL: it could not be read */
	GError *trouble; /* owned; NULL: all went well so far */
	bool doubt; /* some of it may be on paper */
} DaySheet;
void day_sheet_free(DaySheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DaySheet, day_sheet_free)

/* *ret NULL: nothing is due, before *ret_next (0: nobody knows). */
bool day_sheet_take(Store *store, DaySheet **ret, int64_t *ret_next, GError **error);
/* Needs no database. What goes wrong is noted in @sheet. */
void day_press_print_sheet(DayPress *self, DaySheet *sheet);
/* Printed or not: into the database, and into @result. */
bool day_sheet_note(Store *store, const DaySheet *self, DayPressResult *result, GError **error);

/* Without a job: @report on @printer, now. */
bool day_press_print(DayPress *self, const DayReport *report, const ReportPrinter *printer,
		     bool copy, bool *ret_doubt, GError **error);
