/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_job.h"
#include "backoffice/ui/desk.h"

/* One print: read on the desk's thread, printed on a thread of its own, noted on the desk's again.
 * A printer that waits for paper holds up no report. */
typedef struct LabelRun LabelRun;

/* What is printed where. */
typedef struct {
	int64_t model_id;
	GArray *wishes; /* owned; of LabelWish */
	LabelDevice *device; /* owned; NULL: to the file */
	char *path; /* owned; of a PDF; or NULL */
	LabelSheet sheet;
	bool has_sheet;
} LabelOrder;

typedef void (*LabelRunProgress)(int printed, int total, void *data);
/* @trouble: in the person's language, NULL where all is out. */
typedef void (*LabelRunDone)(int printed, int total, const char *trouble, void *data);

/* Takes what @order owns and begins. */
LabelRun *label_run_new(OfficeDesk *desk, const LabelOrder *order, LabelRunProgress progress,
			LabelRunDone done, void *data);
/* Goes on after a failure, from the label that did not come out. */
void label_run_resume(LabelRun *self);
bool label_run_can_resume(const LabelRun *self);
void label_run_cancel(LabelRun *self);
/* Nothing is told any more; what is printing is stopped. Frees it when it has ended. */
void label_run_leave(LabelRun *self);
/* What the person can do about @error of the database, a printer or a wrong word. Own it. */
char *label_run_dup_trouble(const GError *error, const char *device);
