/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/rights.h"
#include "backoffice/report/day_print.h"
#include "backoffice/report/report.h"

/* The daily report: all that a manager takes home of one business day of a shop, or of one shift of
 * a till. It is read once, from the sums of sales, and then shown in any form; each form walks the
 * same sections, and each section is a report. */
typedef struct DayReport DayReport;

typedef struct {
	int64_t shop_id;
	int32_t day; /* YYYYMMDD; of a shift it is found by itself */
	int64_t till_id, shift; /* of one shift; 0 and 0: of the whole day */
	bool with_cost; /* cost and margin: RIGHT_SEE_COST */
	bool with_acts; /* voids and discounts of single cashiers: RIGHT_SEE_ACTS */
} DayQuery;
/* Leaves out what whoever has @rights may not see. */
void day_query_limit(DayQuery *self, Rights rights);

typedef struct {
	int64_t receipts, returns; /* receipts: sales and returns */
	int64_t returned; /* net of the returns, below zero */
	int64_t gross, discount, tax, added, net, rounding, cost;
} DayFigures;

/* All of one moment: in a transaction of the caller where there is one. Messages of REPORT_ERROR
 * are in the person's language. */
DayReport *day_report_read(Store *store, const DayQuery *query, GError **error);
void day_report_free(DayReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DayReport, day_report_free)

const DayQuery *day_report_get_query(const DayReport *self);
const DayFigures *day_report_get_figures(const DayReport *self);
/* "Daily report", "Shift 12, Till 1". */
const char *day_report_get_title(const DayReport *self);
const char *day_report_get_shop(const DayReport *self);
uint16_t day_report_get_currency(const DayReport *self);
/* Nothing was sold, brought back, put into a drawer or taken out. */
bool day_report_is_empty(const DayReport *self);

/* What the reader has to know before the figures: tills that have not sent the day, shifts that are
 * open, when it was printed and what came since. */
int day_report_get_n_notes(const DayReport *self);
const char *day_report_get_note(const DayReport *self, int n);

/* "day" is always the first: the figures of the day and, where it sold anything, of the same
 * weekday a week before. Others only where they have rows: margin, payments, taxes, hours, groups,
 * items, cashiers, acts, shifts, cash, late. */
int day_report_get_n_sections(const DayReport *self);
const Report *day_report_get_section(const DayReport *self, int n);
const Report *day_report_find_section(const DayReport *self, const char *name); /* or NULL */

/* The newest paper of it, or NULL. */
const DayPrint *day_report_get_last_print(const DayReport *self);
/* What came since: receipts and their net. False where nothing did or it was never printed. */
bool day_report_get_late(const DayReport *self, int64_t *ret_receipts, int64_t *ret_net);

/* Notes that it came out as @paper says (form, device, copy, by_itself), @person_id 0 the command
 * line. Inside a transaction. */
bool day_print_note(Store *store, const DayReport *report, const DayPrint *paper, int64_t job_id,
		    int64_t person_id, GError **error);

/* --- forms --- */

/* CLI.md's object of a report: the rows are those of "day", the totals the day's figures; and
 * "sections", an object of {columns, rows, totals} by name. */
json_t *day_report_to_json(const DayReport *self);
char *day_report_dup_table(const DayReport *self, const NumberStyle *style); /* for a terminal */
/* RFC 4180: each record begins with its section, whose first one names its columns. */
char *day_report_dup_csv(const DayReport *self);
/* A4 with the pictures, every section, page numbers. */
bool day_report_write_pdf(const DayReport *self, const NumberStyle *style, const char *path,
			  GError **error);
/* @copy: says on top that it may have been printed before. */
GBytes *day_report_draw_pdf(const DayReport *self, const NumberStyle *style, bool copy,
			    GError **error);
/* "COPY: possibly printed before", in the language of the program. */
const char *day_report_copy_words(void);
bool day_report_write_xlsx(const DayReport *self, const char *path, GError **error);
