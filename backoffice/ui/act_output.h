/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"
#include "backoffice/ui/output.h"

/* The discrepancy act of a document leaves the window: as a PDF or on paper. */
void office_act_save(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
		     OfficeSay say);
void office_act_print(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
		      OfficeSay say);
