/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/day.h"
#include "backoffice/ui/desk.h"
#include "backoffice/ui/output.h"

/* The daily report leaves the window. */

/* “Print the day”, one key: on all printers that are set for it, without a dialog. What does not
 * come out now is tried again by itself, and @say tells it. */
void office_day_print(GtkWidget *page, OfficeDesk *desk, int32_t day, OfficeSay say);
/* The papers that wait or have failed, as far as they are due: after “Try again”. */
void office_day_print_waiting(GtkWidget *page, OfficeDesk *desk, OfficeSay say);
/* Asks where to, then saves it as @form: "pdf", "xlsx", "csv". */
void office_day_save(GtkWidget *page, OfficeDesk *desk, int32_t day, const char *form,
		     OfficeSay say);
