/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/health.h"
#include "backoffice/ui/report_place.h"

#include <gio/gio.h>

/* What the reports ask on the desk's threads. */

typedef struct {
	ReportPlace *place; /* owned */
	NumberStyle style;
	char *form; /* owned; "pdf", "xlsx", "csv"; NULL to show */
	char *path; /* owned; where to save; NULL to show */
} ReportQuestion;
void report_question_free(void *question);

typedef struct {
	int64_t stamp; /* report_stamp() just before */
	Report *report; /* owned */
	Report *before; /* owned: the same of the days before; NULL: nothing to compare */
} ReportAnswer;
void report_answer_free(ReportAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportAnswer, report_answer_free)

/* What reports can be narrowed by: names with their ids. */
typedef struct {
	int64_t shop_id, id;
	char *name; /* owned */
} ReportChoice;

typedef struct {
	GArray *shops, *tills, *cashiers, *suppliers; /* owned, of ReportChoice */
	GStrv groups; /* owned */
} ReportChoices;
void report_choices_free(ReportChoices *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportChoices, report_choices_free)

/* All but the last take a ReportQuestion as task data. They return a ReportAnswer, the path,
 * report_stamp(), and ReportChoices. */
void report_answer_job(GTask *task, Store *store);
void report_save_job(GTask *task, Store *store);
void report_stamp_job(GTask *task, Store *store);
void report_choices_job(GTask *task, Store *store);
