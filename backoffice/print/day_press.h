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

/* Without a job: @report on @printer, now. For the command line. */
bool day_press_print(DayPress *self, const DayReport *report, const ReportPrinter *printer,
		     bool copy, bool *ret_doubt, GError **error);
