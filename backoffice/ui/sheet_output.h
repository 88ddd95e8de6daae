/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/sheet.h"
#include "backoffice/ui/desk.h"
#include "backoffice/ui/output.h"

/* A sheet leaves the window: as a PDF or a workbook, or on paper. */
struct office_sheet {
	/* On a thread of the desk; own it. */
	Sheet *(*make)(Store *store, const void *data, const NumberStyle *style, GError **error);
	GDestroyNotify free; /* of data */
	const char *(*save_title)(void); /* translated: "Save the act" */
};

/* Both take @data. @name: of the file, "act-D-000012.pdf"; a workbook where it ends in .xlsx. */
void office_sheet_save(GtkWidget *page, OfficeDesk *desk, const struct office_sheet *kind,
		       void *data, const char *name, OfficeSay say);
void office_sheet_print(GtkWidget *page, OfficeDesk *desk, const struct office_sheet *kind,
			void *data, const char *name, OfficeSay say);
