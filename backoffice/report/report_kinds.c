/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include <string.h>

/* All chapters, in the order people see them. A new one is a file and a line here. */
static const ReportKind *const *const chapters[] = {
	report_kinds_sales,   report_kinds_receipts, report_kinds_margin, report_kinds_drawers,
	report_kinds_money,   report_kinds_buying,   report_kinds_stock,  report_kinds_turnover,
	report_kinds_classes, report_kinds_losses,   report_kinds_people,
};

#define KINDS_MAX 128

const ReportKind *const *report_list(void)
{
	static const ReportKind *list[KINDS_MAX];
	static gsize done;
	int n = 0;

	if (g_once_init_enter(&done)) {
		for (size_t i = 0; i < G_N_ELEMENTS(chapters); i++)
			for (const ReportKind *const *kind = chapters[i]; *kind != NULL; kind++) {
				g_assert(n < KINDS_MAX - 1);
				list[n++] = *kind;
			}
		g_once_init_leave(&done, 1);
	}
	return list;
}

const ReportKind *report_find(const char *name)
{
	for (const ReportKind *const *kind = report_list(); *kind != NULL; kind++)
		if (strcmp((*kind)->name, name) == 0)
			return *kind;
	return NULL;
}

bool report_kind_has_totals(const ReportKind *kind)
{
	for (int i = 0; i < kind->n_columns; i++)
		if (kind->columns[i].total)
			return true;
	return false;
}

bool report_kind_may(const ReportKind *kind, Rights rights)
{
	return rights_have(rights, RIGHT_SEE_REPORTS) && (rights & kind->needs) == kind->needs;
}
