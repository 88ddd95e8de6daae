/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/today.h"

#include <gtk/gtk.h>

/* What needs somebody: rows that open the page where it is cleared. */
#define OFFICE_TYPE_TODAY_TASKS (office_today_tasks_get_type())
G_DECLARE_FINAL_TYPE(OfficeTodayTasks, office_today_tasks, OFFICE, TODAY_TASKS, GtkWidget)

/* Those whose texts are other are put anew; nothing moves where all are as they were. */
void office_today_tasks_show(OfficeTodayTasks *self, const GArray *tasks);
