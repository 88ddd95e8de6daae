/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/health.h"
#include "backoffice/report/report.h"

#include <gio/gio.h>

/* What the report page asks on the desk's threads. */

typedef struct {
	const ReportKind *kind;
	int64_t shop_id;
	int32_t day;
	int64_t from, to; /* the same day in UTC microseconds, @to excluded */
	NumberStyle style;
	char *form; /* owned; "pdf", "xlsx", "csv"; NULL to show */
	char *path; /* owned; where to save; NULL to show */
} ReportQuestion;
void report_question_free(void *question);

typedef struct {
	int64_t stamp; /* report_stamp() just before */
	Report *sales; /* owned: the day's figures */
	Report *chosen; /* owned: the report asked for */
	ReportHealth *health; /* owned */
} ReportAnswer;
void report_answer_free(ReportAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportAnswer, report_answer_free)

/* All take a ReportQuestion as task data. The first returns a ReportAnswer, the second the path,
 * the third report_stamp(). */
void report_answer_job(GTask *task, Store *store);
void report_save_job(GTask *task, Store *store);
void report_stamp_job(GTask *task, Store *store);
