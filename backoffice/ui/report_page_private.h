/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/blank.h"
#include "backoffice/ui/chart.h"
#include "backoffice/ui/day_view.h"
#include "backoffice/ui/receipt_view.h"
#include "backoffice/ui/report_jobs.h"
#include "backoffice/ui/report_kinds.h"
#include "backoffice/ui/report_narrow.h"
#include "backoffice/ui/report_page.h"
#include "backoffice/ui/report_period.h"
#include "backoffice/ui/report_table.h"

/* No kind of report: all of a day. */
#define REPORT_DAILY "day"

typedef struct {
	int64_t shop_id, till_id, seq;
} ReceiptKey;

struct _OfficeReportPage {
	GtkWidget parent_instance;

	/* template children, borrowed */
	OfficeReportKinds *kinds;
	OfficeReportPeriod *period;
	GtkDropDown *shops;
	OfficeReportNarrow *narrow;
	GtkToggleButton *list;
	GtkWidget *up, *choices, *notes;
	GtkSpinner *spinner;
	GtkLabel *title, *notes_text, *message;
	GtkStack *stack;
	OfficeBlank *blank;
	GtkGrid *grid;
	OfficeChart *chart;
	OfficeReportTable *table;
	OfficeReceiptView *receipt;
	OfficeDayView *day;

	/* owned */
	ReportPlace *place;
	GPtrArray *way; /* of ReportPlace: the places above */
	GArray *receipts; /* of ReceiptKey: those open, one above the other */
	GArray *shop_ids; /* of int64_t, as they stand in the list; 0: all */
	GCancellable *cancellable;

	OfficeDesk *desk; /* borrowed */
	guint watch, patience; /* source ids, 0 if none */
	bool asking; /* for the stamp */
	bool filling; /* the list of shops */
	bool begun; /* something was asked for */
	bool daily; /* the daily report of the last of the place's days is shown */
	int64_t stamp; /* of what is shown; −1 if nothing is */
	int32_t today; /* when it was shown */
};

/* --- report_page_show.c: what is asked and what comes back --- */

void report_page_say(GtkWidget *page, const char *message);
bool report_page_has_today(OfficeReportPage *self);
ReportQuestion *report_page_question_new(OfficeReportPage *self);
void report_page_stop(OfficeReportPage *self);
void report_page_load(OfficeReportPage *self);
void report_page_show_trouble(OfficeReportPage *self, const GError *error);
void report_page_show_title(OfficeReportPage *self);
void report_page_show_shop(OfficeReportPage *self);
/* All that says where one is, then the report of it. */
void report_page_show_place(OfficeReportPage *self);
void report_page_take_place(OfficeReportPage *self, ReportPlace *place);
void report_page_show_daily(OfficeReportPage *self);
/* What is chosen, of the days that are chosen. */
void report_page_show_chosen(OfficeReportPage *self);

/* --- report_page_open.c: deeper and back --- */

void report_page_show_receipt(OfficeReportPage *self);
void report_page_open_receipt(OfficeReportPage *self, ReceiptKey key);
void report_page_open_row(OfficeReportPage *self, int row);
void report_page_go_up(GtkWidget *widget, const char *action, GVariant *parameter);
/* Stops what takes long; else it is the way back. */
void report_page_go_back(GtkWidget *widget, const char *action, GVariant *parameter);

/* --- report_page_paper.c: out of the window --- */

void report_page_save(GtkWidget *widget, const char *action, GVariant *parameter);
void report_page_print(GtkWidget *widget, const char *action, GVariant *parameter);
/* “Print the day”: of the last day that is shown, today at the most. */
void report_page_print_day(GtkWidget *widget, const char *action, GVariant *parameter);
