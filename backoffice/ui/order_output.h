/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/desk.h"
#include "backoffice/ui/output.h"

/* An order leaves the window for its supplier: as a PDF, as a workbook (@book), or on paper. */
void office_order_save(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
		       bool book, OfficeSay say);
void office_order_print(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
			OfficeSay say);
