/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/number_text.h"
#include "store/store.h"

#include <jansson.h>

/* Reports: each is a row of a table in report_kinds.c and two statements in
 * schema/office/report.sql, nothing else. A report is run once into memory and then shown in
 * any form. gross − discount + added tax = net everywhere, so net is what shoppers paid. */

typedef enum {
	REPORT_TEXT,
	REPORT_INTEGER,
	REPORT_MONEY, /* minor units */
	REPORT_QUANTITY, /* millionths */
	REPORT_RATE, /* hundredths of a percent */
	REPORT_HOUR, /* 0 to 23 */
	REPORT_TENDER, /* codes of core/receipt.h, … */
	REPORT_UNIT, /* … core/quantity.h … */
	REPORT_TAX, /* … and core/tax.h, shown as words */
	REPORT_DAY, /* YYYYMMDD */
	REPORT_CASE, /* 'late', 'over-return' … of office/report/cases, shown as words */
} ReportType;

typedef struct {
	const char *name; /* "net": in JSON and CSV */
	const char *title; /* English, N_()-marked; people see _(title) */
	ReportType type;
	bool total; /* has a cell in the totals */
} ReportColumn;

#define REPORT_COLUMNS_MAX 12

/* What the bars above the table show. */
typedef enum {
	REPORT_NO_PICTURE,
	REPORT_HOURS, /* net by hour, whatever the rows are */
	REPORT_ROWS, /* two columns of the rows */
} ReportPicture;

typedef struct {
	const char *name; /* "sales" */
	const char *title; /* English, N_()-marked */
	const char *statement; /* rows: shop, first and last day in, the columns out */
	const char *totals; /* one row: the columns with .total, in their order */
	bool of_items; /* the statements take an item, 0 for all, and a moment instead of days */
	int sort; /* largest of this column first; −1: as the statement gives them */
	ReportPicture picture;
	int picture_text, picture_value; /* columns, for REPORT_ROWS */
	int n_columns;
	ReportColumn columns[REPORT_COLUMNS_MAX];
} ReportKind;

/* sales, items, hours, cashiers, payments, taxes, cash, cases, stock, expiring. Static; NULL ends
 * the list. */
const ReportKind *const *report_list(void);
const ReportKind *report_find(const char *name); /* NULL where unknown */
bool report_kind_has_totals(const ReportKind *kind);

typedef struct {
	const char *text; /* NULL unless report_type_is_text() */
	int64_t value;
	bool empty; /* SQL's NULL, or a column without a total */
} ReportCell;

/* The result. Opaque; lends its cells. */
typedef struct Report Report;

/* Days are business days YYYYMMDD, both included. @shop_id: one shop of the database. Stock is that
 * of the end of @to by the shop's clock; 0: now. */
Report *report_run(Store *store, const ReportKind *kind, int64_t shop_id, int32_t from, int32_t to,
		   GError **error);
/* Stock of one item, or of all that ever moved where @item_id is 0. */
Report *report_run_stock(Store *store, int64_t shop_id, int64_t item_id, GError **error);
/* The same as it stood once all that happened at @at was over. */
Report *report_run_stock_at(Store *store, int64_t shop_id, int64_t item_id, int64_t at,
			    GError **error);
/* The last moment of a day by the shop's clock. */
bool report_day_end(Store *store, int64_t shop_id, int32_t day, int64_t *ret, GError **error);
void report_free(Report *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

const ReportKind *report_get_kind(const Report *self);
const char *report_get_shop(const Report *self);
uint16_t report_get_currency(const Report *self);
int32_t report_get_from(const Report *self);
int32_t report_get_to(const Report *self);
int report_get_n_rows(const Report *self);
const ReportCell *report_get_cell(const Report *self, int row, int column);
const ReportCell *report_get_total(const Report *self, int column);

/* A bar of the report's picture. */
typedef struct {
	char *label; /* owned, as people read it: "14:00–15:00" */
	char *brief; /* owned; where there is little room: "14"; NULL: nothing shorter */
	int64_t value;
} ReportBar;
/* At most 24; empty where there is no picture. Array of ReportBar that frees its texts. */
GArray *report_dup_bars(const Report *self, const NumberStyle *style);

/* "2 500", "1,234", "13:00–14:00": a cell as people read it, without the currency. Own it. */
char *report_dup_text(const Report *self, const ReportCell *cell, ReportType type,
		      const NumberStyle *style);
/* "2500.00", "1.234": a cell as programs read it; NULL where empty. Own it. */
char *report_dup_plain(const Report *self, const ReportCell *cell, ReportType type);

/* --- forms --- */

json_t *report_to_json(const Report *self); /* CLI.md's object */
char *report_dup_table(const Report *self, const NumberStyle *style); /* for a terminal */
char *report_dup_csv(const Report *self); /* RFC 4180, plain values */
/* A4 with title, shop, period, the picture, the table, page numbers. */
bool report_write_pdf(const Report *self, const NumberStyle *style, const char *path,
		      GError **error);
bool report_write_xlsx(const Report *self, const char *path, GError **error);

/* "2026-11-23" to 20261123; false unless it is a day of the calendar. */
bool report_day_parse(const char *text, int32_t *ret);
char *report_day_dup(int32_t day); /* "2026-11-23" */
