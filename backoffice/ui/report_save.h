/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"

#include <gio/gio.h>

/* What the report page asks on the desk's thread. */

typedef struct {
	const ReportKind *kind;
	int64_t shop_id;
	int32_t day;
	NumberStyle style;
	char *path; /* owned; where to save, its ending says the form; NULL to show */
} ReportQuestion;
void report_question_free(void *question);

typedef struct {
	Report *sales; /* owned: the day's figures */
	Report *chosen; /* owned: the report asked for */
} ReportAnswer;
void report_answer_free(ReportAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportAnswer, report_answer_free)

/* Both take a ReportQuestion as task data. The first returns a ReportAnswer, the second the path.
 */
void report_answer_job(GTask *task, Store *store);
void report_save_job(GTask *task, Store *store);
