/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/day.h"

#include <cairo.h>

/* Reports on paper and in workbooks, one below the other. All borrowed. */
typedef struct {
	const char *title, *subtitle;
	const Report *const *reports; /* at least one */
	int n_reports;
	const char *const *notes; /* those of the reports are left out */
	int n_notes;
} ReportSheet;

int report_sheet_count_pages(const ReportSheet *self, const NumberStyle *style, cairo_t *cr);
void report_sheet_draw_page(const ReportSheet *self, const NumberStyle *style, cairo_t *cr,
			    int page); /* from 1 */
bool report_sheet_write_pdf(const ReportSheet *self, const NumberStyle *style, const char *path,
			    GError **error);
GBytes *report_sheet_draw_pdf(const ReportSheet *self, const NumberStyle *style, GError **error);
bool report_sheet_write_xlsx(const ReportSheet *self, const char *path, GError **error);

/* The pages of report_write_pdf() on any other surface, in points. */
int report_count_pages(const Report *self, const NumberStyle *style, cairo_t *cr);
void report_draw_page(const Report *self, const NumberStyle *style, cairo_t *cr,
		      int page); /* from 1 */

/* … and of day_report_write_pdf(). */
int day_report_count_pages(const DayReport *self, const NumberStyle *style, cairo_t *cr);
void day_report_draw_page(const DayReport *self, const NumberStyle *style, cairo_t *cr,
			  int page); /* from 1 */
