/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/period.h"
#include "backoffice/report/report.h"

/* Where somebody stands in the reports: which one, of what, in which order. Drilling down makes a
 * deeper place; the way back is a list of them. */

typedef enum {
	NARROW_TILL,
	NARROW_CASHIER,
	NARROW_GROUP,
	NARROW_ITEM,
	NARROW_SUPPLIER,
	NARROW_PAYMENT,
	NARROW_HOURS,
	NARROW_WEEKDAYS,
	NARROW_SHIFT,
	NARROW_N
} Narrow;

typedef struct {
	const ReportKind *kind; /* of report_list() */
	ReportQuery query; /* its texts are owned */
	char *words[NARROW_N]; /* owned: what it is narrowed by, as a chip says it; NULL: not */
	int sort; /* column; −1: the kind's own order */
	bool descending;
} ReportPlace;

ReportPlace *report_place_new(const ReportKind *kind, int64_t shop_id, PeriodDays days);
ReportPlace *report_place_copy(const ReportPlace *self);
void report_place_free(ReportPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportPlace, report_place_free)

bool report_place_equal(const ReportPlace *a, const ReportPlace *b);
PeriodDays report_place_get_days(const ReportPlace *self);
void report_place_set_days(ReportPlace *self, PeriodDays days);
/* Another report of the same, as far as it can be narrowed so. */
void report_place_set_kind(ReportPlace *self, const ReportKind *kind);
bool report_place_takes(const ReportPlace *self, Narrow narrow);
/* "Till": translated. */
const char *report_narrow_title(Narrow narrow);
void report_place_clear(ReportPlace *self, Narrow narrow);

/* Each copies its texts; @words is what the chip says. */
void report_place_set_id(ReportPlace *self, Narrow narrow, int64_t id, const char *words);
void report_place_set_text(ReportPlace *self, Narrow narrow, const char *text, const char *words);
void report_place_set_hours(ReportPlace *self, int hour, int until);
void report_place_set_weekdays(ReportPlace *self, uint32_t weekdays);

/* What opening @row of @report, which @self asked for, shows; NULL: no other report. */
ReportPlace *report_place_open(const ReportPlace *self, const Report *report, int row,
			       const NumberStyle *style);
/* What the row is called: "Till 1", "Bread". Own it. */
char *report_row_dup_title(const Report *report, int row, const NumberStyle *style);
/* "Sales by item · Till 1 · 8:00–12:00"; own it. */
char *report_place_dup_title(const ReportPlace *self);
