/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/rights.h"
#include "core/number_text.h"
#include "store/store.h"

#include <jansson.h>

/* Reports: a kind says what its columns are and where its rows come from, a query what it is asked
 * of. A report is run once into memory and then shown in any form; every form has the same figures.
 * gross − discount + added tax = net everywhere, so net is what shoppers paid. Cost is what the
 * stock ledger posted (backoffice/rollup/rollup.h), margin = net − cost. */

typedef enum {
	REPORT_TEXT,
	REPORT_INTEGER,
	REPORT_MONEY, /* minor units of the shop's currency */
	REPORT_QUANTITY, /* millionths */
	REPORT_RATE, /* hundredths of a percent */
	REPORT_HUNDREDTHS, /* a plain number with two decimals: 12.50 days */
	REPORT_HOUR, /* 0 to 23 */
	REPORT_WEEKDAY, /* 1 Monday to 7 */
	REPORT_DAY, /* YYYYMMDD */
	REPORT_MONTH, /* YYYYMM */
	REPORT_TIME, /* UTC microseconds, shown by the shop's clock */
	REPORT_TENDER, /* codes of core/receipt.h, … */
	REPORT_UNIT, /* … core/quantity.h … */
	REPORT_TAX, /* … and core/tax.h, shown as words */
	REPORT_CASE, /* 'late', 'over-return' … of office/report/cases, shown as words */
	REPORT_WORD, /* other codes, shown as the column's word() */
} ReportType;

typedef struct {
	const char *name; /* "net": in JSON and CSV */
	const char *title; /* English, N_()-marked; people see _(title) */
	ReportType type;
	bool total; /* has a cell in the totals */
	bool cost; /* shown only to whoever has RIGHT_SEE_COST */
	const char *(*word)(const char *code); /* of REPORT_WORD: translated */
} ReportColumn;

#define REPORT_COLUMNS_MAX 16

/* What the picture above the table shows. */
typedef enum {
	REPORT_NO_PICTURE,
	REPORT_HOURS, /* net by hour, whatever the rows are */
	REPORT_ROWS, /* bars: two columns of the rows, largest first, at most 24, the rest as one */
	REPORT_TIMES, /* columns along time: the rows are days, months, hours or weekdays, in order
		       */
	REPORT_PARETO, /* bars of the rows with their running share of the whole: ABC */
} ReportPicture;

/* What a row is about, and so what is asked next when somebody opens it. */
typedef enum {
	REPORT_NO_KEY,
	REPORT_KEY_DAY, /* id: YYYYMMDD */
	REPORT_KEY_MONTH, /* YYYYMM */
	REPORT_KEY_HOUR,
	REPORT_KEY_WEEKDAY,
	REPORT_KEY_SHOP,
	REPORT_KEY_TILL,
	REPORT_KEY_CASHIER, /* a person */
	REPORT_KEY_GROUP, /* item_group.id */
	REPORT_KEY_ITEM,
	REPORT_KEY_SUPPLIER,
	REPORT_KEY_PAYMENT, /* the code is the text of the first column */
	REPORT_KEY_RECEIPT, /* shop, till, seq */
	REPORT_KEY_SHIFT, /* shop, till, number */
	REPORT_KEY_DOCUMENT, /* document.id */
} ReportKey;

typedef struct {
	int64_t shop_id, till_id, id;
} ReportRowKey;

/* Days are business days YYYYMMDD, both included. Everything else narrows it down: 0 and NULL are
 * all. A kind that cannot be narrowed so says it (takes). */
typedef struct {
	int64_t shop_id; /* 0: all shops */
	int32_t from, to;
	int64_t till_id, cashier_id, item_id, supplier_id;
	const char *own; /* goods of the till's own, by name: those without an item */
	const char *group; /* a path; what is below it counts too; "": goods without a group */
	bool group_alone; /* without what is below it */
	const char *payment; /* tender code */
	int64_t shift; /* of till_id, its number */
	int hour, until; /* of the wall clock, [hour, until); both 0: all */
	uint32_t weekdays; /* bits: 1 Monday, 2 Tuesday, 4 … */
	bool at_set; /* of stock: as it stood at the end of @at, not of day @to */
	int64_t at;
	int limit; /* rows of lists of receipts; 0: 10 000 */
	bool no_cost; /* leaves out what costs: who asks has no RIGHT_SEE_COST */
} ReportQuery;

/* Bits of what a kind can be narrowed by. */
typedef enum {
	REPORT_TAKES_DAYS = 1, /* from and to; without it: as of now, or of the day @to */
	REPORT_TAKES_DAY = 2, /* to alone */
	REPORT_TAKES_ALL_SHOPS = 4,
	REPORT_TAKES_TILL = 8,
	REPORT_TAKES_CASHIER = 16,
	REPORT_TAKES_GROUP = 32,
	REPORT_TAKES_ITEM = 64,
	REPORT_TAKES_SUPPLIER = 128,
	REPORT_TAKES_PAYMENT = 256,
	REPORT_TAKES_HOURS = 512,
	REPORT_TAKES_WEEKDAYS = 1024,
	REPORT_TAKES_SHIFT = 2048,
} ReportTakes;

/* The result. Opaque; lends its cells. */
typedef struct Report Report;

typedef struct {
	const char *text; /* NULL unless report_type_is_text(); of an empty cell: words instead */
	int64_t value;
	bool empty; /* SQL's NULL, or a column without a total */
} ReportCell;

/* Where rows come from if not from two statements: adds rows, totals and notes to @self with the
 * functions under "building". */
typedef bool (*ReportFill)(Report *self, Store *store, const ReportQuery *query, GError **error);

typedef struct {
	const char *name; /* "sales" */
	const char *title; /* English, N_()-marked */
	const char
		*chapter; /* English, N_()-marked: "Sales", "Margin", "Stock", "Money", "People" */
	ReportFill fill; /* or NULL, and then: */
	const char *statement; /* rows: shop (0 all), first and last day in, the columns out, then
				  the key */
	const char *totals; /* one row: the columns with .total, in their order */
	int detail; /* what one fill function for many kinds wants to know */
	bool of_sales; /* tills told it: notes say which of them may have more to tell */
	unsigned takes; /* ReportTakes */
	Rights needs; /* bits; all of them, besides RIGHT_SEE_REPORTS */
	int sort; /* largest of this column first; −1: as they come */
	ReportPicture picture;
	int picture_text, picture_value; /* columns, for REPORT_ROWS, _TIMES and _PARETO */
	ReportKey key; /* other than REPORT_NO_KEY: the statement gives shop, till and id after the
			  columns */
	const char *next; /* the report that opening a row asks for, narrowed by its key; NULL: the
			     receipt or the document itself */
	int n_columns;
	ReportColumn columns[REPORT_COLUMNS_MAX];
} ReportKind;

/* By chapter. Static; NULL ends the list. */
const ReportKind *const *report_list(void);
const ReportKind *report_find(const char *name); /* NULL where unknown */
bool report_kind_has_totals(const ReportKind *kind);
/* Whether somebody with @rights may see it at all. */
bool report_kind_may(const ReportKind *kind, Rights rights);

/* Messages are in the person's language. */
#define REPORT_ERROR (report_error_quark())
GQuark report_error_quark(void);
typedef enum {
	REPORT_ERROR_QUERY, /* the kind cannot be narrowed so, or names what is not there */
	REPORT_ERROR_TOO_LARGE, /* a sum would not fit */
} ReportError;

/* To be called in a transaction of reading, so that all of it is of one moment. */
Report *report_ask(Store *store, const ReportKind *kind, const ReportQuery *query, GError **error);
/* Outside a transaction, before that: makes what narrowed questions about these days are answered
 * faster with, where @store can be written to. Changes no figure; a question needs it not. */
bool report_prepare(Store *store, const ReportQuery *query, GError **error);

/* --- building: for fill functions ------------------------------------------------------------ */

/* Appends a row whose cells are all empty and lends them until the next one. */
ReportCell *report_add_row(Report *self);
void report_put_text(Report *self, ReportCell *cell, const char *text); /* copies; NULL: empty */
void report_put_value(ReportCell *cell, int64_t value);
/* Rows of a statement that is bound: the kind's columns and, where rows have a key, its shop (NULL:
 * this row has none), till and id. */
bool report_read_rows(Report *self, StoreStatement *row, GError **error);
/* The same, with the totals being the sums of all rows; those after the first @limit (0: all) are
 * only added. */
bool report_read_adding(Report *self, StoreStatement *row, int limit, GError **error);
/* One row of the columns that have a total, in their order. */
bool report_read_totals(Report *self, StoreStatement *row, GError **error);
/* Of the row added last. */
void report_put_key(Report *self, int64_t shop_id, int64_t till_id, int64_t id);
void report_put_total(Report *self, int column, int64_t value);
/* What a reader has to know about these figures, in their language: which till has not sent its
 * day, what came after it was printed. */
void report_add_note(Report *self, const char *text);

/* report_ask() of one shop and some days, whatever the kind takes. Stock is that of the end of @to
 * by the shop's clock; 0: now. */
Report *report_run(Store *store, const ReportKind *kind, int64_t shop_id, int32_t from, int32_t to,
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
int report_get_n_notes(const Report *self);
const char *report_get_note(const Report *self, int n);
/* False where rows have no key, or this one has none. */
bool report_get_key(const Report *self, int row, ReportRowKey *ret);
/* What opening a row asks: its kind's next report, narrowed by the row's key. False where there is
 * no next one: the key is a receipt, a shift or a document, and whoever shows the report opens
 * that. @ret borrows from @self. */
bool report_get_next(const Report *self, int row, const ReportKind **ret_kind, ReportQuery *ret);
const ReportQuery *report_get_query(const Report *self);
int report_get_n_rows(const Report *self);
const ReportCell *report_get_cell(const Report *self, int row, int column);
const ReportCell *report_get_total(const Report *self, int column);
/* Every form has the rows in this order then; the picture too. Texts by the locale. */
void report_sort(Report *self, int column, bool descending);

/* A bar of the report's picture. */
typedef struct {
	char *label; /* owned, as people read it: "14:00–15:00" */
	char *brief; /* owned; where there is little room: "14"; NULL: nothing shorter */
	int64_t value; /* of report_get_bar_type() */
	int64_t share; /* of REPORT_PARETO: of the whole up to here, hundredths of a percent */
	char letter; /* of REPORT_PARETO: 'A' up to 80 % of the whole, 'B' up to 95 %, 'C'; else 0
		      */
} ReportBar;
#define REPORT_BARS_MAX 62
/* Of rows the largest first, and all that are not shown as one; along time in order, times without
 * a row too, several as one where there are too many. Empty where there is no picture, or nothing
 * in it. Array of ReportBar that frees its texts. */
GArray *report_dup_bars(const Report *self, const NumberStyle *style);
ReportType report_get_bar_type(const Report *self);
/* "Net, RUB (bars: Cashier)": what the picture shows; "" where there is none. Own it. */
char *report_dup_caption(const Report *self);

/* A cell as people read it, the words of REPORT_WORD too; row n_rows: the totals. Own it. */
char *report_dup_cell(const Report *self, int row, int column, const NumberStyle *style);
/* "2 500", "1,234", "13:00–14:00": any value as people read it, without the currency. Own it. */
char *report_dup_text(const Report *self, const ReportCell *cell, ReportType type,
		      const NumberStyle *style);
/* "2500.00", "1.234": a cell as programs read it; NULL where empty. Own it. */
char *report_dup_plain(const Report *self, const ReportCell *cell, ReportType type);

/* --- forms --- */

json_t *report_to_json(const Report *self); /* CLI.md's object, with "notes" */
char *report_dup_table(const Report *self, const NumberStyle *style); /* for a terminal */
char *report_dup_csv(const Report *self); /* RFC 4180, plain values */
/* A4 with title, shop, period, the picture, the table, page numbers. */
bool report_write_pdf(const Report *self, const NumberStyle *style, const char *path,
		      GError **error);
bool report_write_xlsx(const Report *self, const char *path, GError **error);

/* "2026-11-23" to 20261123; false unless it is a day of the calendar. */
bool report_day_parse(const char *text, int32_t *ret);
char *report_day_dup(int32_t day); /* "2026-11-23" */
