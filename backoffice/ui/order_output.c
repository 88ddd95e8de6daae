/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/order_output.h"

#include "backoffice/report/buying_sheets.h"
#include "backoffice/ui/sheet_output.h"

#include <glib/gi18n-lib.h>

typedef struct {
	int64_t document_id;
	bool with_costs;
} Paper;

static Sheet *paper_make(Store *store, const void *data, const NumberStyle *style, GError **error)
{
	const Paper *paper = data;

	return order_sheet_new(store, paper->document_id, paper->with_costs, style, error);
}

static const char *paper_title(void)
{
	return _("Save the order");
}

static const struct office_sheet paper_kind = { paper_make, g_free, paper_title };

static Paper *paper_new(const OfficeDesk *desk, int64_t document_id)
{
	Paper *paper = g_new0(Paper, 1);

	paper->document_id = document_id;
	paper->with_costs = office_desk_may(desk, RIGHT_SEE_COST);
	return paper;
}

void office_order_save(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
		       bool book, OfficeSay say)
{
	g_autofree char *name = g_strdup_printf("%s.%s", number, book ? "xlsx" : "pdf");

	office_sheet_save(page, desk, &paper_kind, paper_new(desk, document_id), name, say);
}

void office_order_print(GtkWidget *page, OfficeDesk *desk, int64_t document_id, const char *number,
			OfficeSay say)
{
	office_sheet_print(page, desk, &paper_kind, paper_new(desk, document_id), number, say);
}
