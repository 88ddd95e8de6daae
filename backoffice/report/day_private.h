/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/day.h"
#include "backoffice/report/report_private.h"

/* What the files of the daily report tell each other. */

struct DayReport {
	DayQuery query;
	DayFigures figures;
	int64_t stamp, heard_at; /* of sale_day; 0: it has nothing */
	int64_t now; /* when it was read */
	int64_t late_receipts, late_net; /* since it was printed */

	/* owned */
	char *title;
	GTimeZone *zone;
	GPtrArray *sections; /* of Report */
	GPtrArray *notes;
	DayPrint *last; /* NULL: never printed */
	json_t *tills; /* [[till, name, receipts, net], …] as it is now */
};

/* A statement of day.sql, bound: "taxes" or, of a shift, "shift_taxes". */
StoreStatement *day_statement(Store *store, const ReportQuery *query, const char *what);
bool day_read_figures(Store *store, const ReportQuery *query, DayFigures *ret, GError **error);

/* Those after "day", in their order; NULL ends the list. */
const ReportKind *const *day_section_kinds(bool with_acts);
extern const ReportKind day_section_day;
extern const ReportKind day_section_margin;
extern const ReportKind day_section_late; /* what was heard of after query.at */

/* Fills in notes, last, tills and the late ones; adds the section "late". */
bool day_read_notes(DayReport *self, Store *store, GError **error);
