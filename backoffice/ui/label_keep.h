/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/label/label_job.h"
#include "backoffice/ui/desk.h"

/* A design on its way to the database and back. Both take @model and @task; the task answers true
 * or fails. */
void label_keep_save(OfficeDesk *desk, LabelModel *model, GTask *task);
/* One that was never saved is deleted at once. */
void label_keep_delete(OfficeDesk *desk, LabelModel *model, GTask *task);
/* The id that the design has got; in the task's callback. */
int64_t label_keep_get_id(GTask *task);
