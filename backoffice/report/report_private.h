/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"
#include "core/receipt.h"

#define HOURS 24

typedef struct {
	ReportRowKey key;
	const char
		*text; /* in the report's texts: a group's path, the name of own goods; or NULL */
	bool set;
} RowKey;

struct Report {
	uint16_t currency;
	ReportQuery query; /* its texts are in @texts */
	int n_rows;
	int64_t n_left_out; /* rows that only the totals have */
	ReportCell totals[REPORT_COLUMNS_MAX];
	bool has_hour[HOURS];
	int64_t hours[HOURS]; /* net */
	ReportKind reduced; /* what @kind is where columns were left out */

	/* owned */
	char *shop;
	GTimeZone *zone;
	GArray *cells; /* of ReportCell, row by row */
	GArray *keys; /* of RowKey, a row each */
	GPtrArray *notes;
	GStringChunk *texts;

	/* borrowed */
	const ReportKind *kind;
};

static inline bool report_type_is_text(ReportType type)
{
	return type == REPORT_TEXT || type == REPORT_TENDER || type == REPORT_UNIT ||
	       type == REPORT_TAX || type == REPORT_CASE || type == REPORT_WORD;
}

/* Stands on the right and can be reckoned with. */
static inline bool report_type_is_number(ReportType type)
{
	return type == REPORT_INTEGER || type == REPORT_MONEY || type == REPORT_QUANTITY ||
	       type == REPORT_RATE || type == REPORT_HUNDREDTHS;
}

/* --- kinds, a file a chapter; NULL ends each --- */

extern const ReportKind *const report_kinds_sales[];
extern const ReportKind *const report_kinds_receipts[];
extern const ReportKind *const report_kinds_margin[];
extern const ReportKind *const report_kinds_drawers[];
extern const ReportKind *const report_kinds_money[];
extern const ReportKind *const report_kinds_buying[];
extern const ReportKind *const report_kinds_stock[];
extern const ReportKind *const report_kinds_turnover[];
extern const ReportKind *const report_kinds_classes[];
extern const ReportKind *const report_kinds_losses[];
extern const ReportKind *const report_kinds_people[];

/* UTC microseconds: of the first moment of a day by that clock, and of the last one. A day ends
 * where the next one begins, be it of 23 hours or 25. */
int64_t report_day_start(GTimeZone *zone, int32_t day);
int64_t report_day_last(GTimeZone *zone, int32_t day);
/* Says of @self how far its last day can be trusted (health.h), and where it is empty. */
bool report_trust(Report *self, Store *store, GError **error);
/* How many of a list were left out. */
void report_tell_limit(Report *self);
/* "23.11.2026 18:05" by the shop's clock; own it. */
char *report_dup_time(const Report *self, int64_t at);
/* "23.11.2026"; own it. */
char *report_dup_day(int32_t day);

/* "pcs" as people read it; the code itself where it is another. Lent. */
const char *report_unit_title(const char *code);
/* "23.11.2026 – 25.11.2026" as the locale writes days; own it. */
char *report_dup_period(const Report *self);
/* Of the row added last: what its key is called. */
void report_put_key_text(Report *self, const char *text);

/* --- parts of forms, for what is made of several reports --- */

json_t *report_columns_to_json(const Report *self);
json_t *report_rows_to_json(const Report *self);
json_t *report_totals_to_json(const Report *self);
/* @section begins each record, NULL: nothing does; @n_fields: where there are fewer columns, empty
 * ones follow. */
void report_append_csv(GString *csv, const Report *self, const char *section, int n_fields);
void report_append_table(GString *text, const Report *self, const NumberStyle *style);
