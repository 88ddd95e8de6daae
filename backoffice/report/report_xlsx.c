/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_print.h"
#include "backoffice/report/report_private.h"

#include "core/currency.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <xlsxwriter.h>

#define WIDTH_LEAST 8
#define WIDTH_MOST 48

typedef struct {
	lxw_worksheet *sheet;
	lxw_format *formats[REPORT_WORD + 1], *totals[REPORT_WORD + 1];
	lxw_format *title, *head, *note;
	int first; /* row of the sheet, under the head */
	double widths[REPORT_COLUMNS_MAX]; /* of all that stands below each other */
} Book;

/* A workbook has nothing but doubles; every amount of up to fifteen digits is shown as it is. */
static double to_number(const Report *self, const ReportCell *cell, ReportType type)
{
	double number = (double)cell->value, one = 1;

	switch (type) {
	case REPORT_MONEY:
		for (int i = 0; i < currency_by_number(self->currency)->exponent; i++)
			one *= 10;
		return number / one; /* once, so that it is the nearest */
	case REPORT_QUANTITY:
		return number / (double)QUANTITY_ONE;
	case REPORT_RATE:
		return number / 10000;
	case REPORT_HUNDREDTHS:
		return number / 100;
	default:
		return number;
	}
}

/* Days and times are those of the spreadsheet, so that they sort and can be reckoned with. */
static bool to_date(const Report *self, const ReportCell *cell, ReportType type, lxw_datetime *ret)
{
	int64_t day = type == REPORT_MONTH ? cell->value * 100 + 1 : cell->value;
	g_autoptr(GDateTime) utc = NULL, local = NULL;

	if (type == REPORT_DAY || type == REPORT_MONTH) {
		*ret = (lxw_datetime){ .year = (int)(day / 10000),
				       .month = (int)(day / 100 % 100),
				       .day = (int)(day % 100) };
		return true;
	}
	utc = g_date_time_new_from_unix_utc(cell->value / G_USEC_PER_SEC);
	local = utc != NULL ? g_date_time_to_timezone(utc, self->zone) : NULL;
	if (local == NULL)
		return false;
	*ret = (lxw_datetime){ .year = g_date_time_get_year(local),
			       .month = g_date_time_get_month(local),
			       .day = g_date_time_get_day_of_month(local),
			       .hour = g_date_time_get_hour(local),
			       .min = g_date_time_get_minute(local),
			       .sec = g_date_time_get_second(local) };
	return true;
}

static bool is_date(ReportType type)
{
	return type == REPORT_DAY || type == REPORT_MONTH || type == REPORT_TIME;
}

/* Row @from of the report, n_rows the totals. */
static void write_cell(Book *book, const Report *self, int from, int column)
{
	ReportType type = self->kind->columns[column].type;
	bool total = from == self->n_rows;
	const ReportCell *cell =
		total ? report_get_total(self, column) : report_get_cell(self, from, column);
	lxw_format *format = total ? book->totals[type] : book->formats[type];
	lxw_row_t row = (lxw_row_t)(book->first + from);
	lxw_datetime date;

	if (cell->empty && cell->text == NULL) {
		worksheet_write_blank(book->sheet, row, (lxw_col_t)column, total ? format : NULL);
	} else if (!cell->empty && report_type_is_number(type)) {
		worksheet_write_number(book->sheet, row, (lxw_col_t)column,
				       to_number(self, cell, type), format);
	} else if (!cell->empty && is_date(type) && to_date(self, cell, type, &date)) {
		worksheet_write_datetime(book->sheet, row, (lxw_col_t)column, &date, format);
	} else {
		NumberStyle style = { .decimal = ".", .group = "" };
		g_autofree char *text = report_dup_cell(self, from, column, &style);

		worksheet_write_string(book->sheet, row, (lxw_col_t)column, text, format);
	}
}

static void shape_formats(lxw_format **formats, const Report *self)
{
	bool whole = currency_by_number(self->currency)->exponent == 0;

	format_set_num_format(formats[REPORT_INTEGER], "#,##0");
	format_set_num_format(formats[REPORT_MONEY], whole ? "#,##0" : "#,##0.00");
	format_set_num_format(formats[REPORT_RATE], "0.00%"); /* a quantity has no fixed decimals */
	format_set_num_format(formats[REPORT_HUNDREDTHS], "#,##0.00");
	format_set_num_format(formats[REPORT_DAY], "yyyy-mm-dd");
	format_set_num_format(formats[REPORT_MONTH], "yyyy-mm");
	format_set_num_format(formats[REPORT_TIME], "yyyy-mm-dd hh:mm");
}

static void make_formats(lxw_workbook *workbook, const Report *self, Book *book)
{
	book->title = workbook_add_format(workbook);
	book->head = workbook_add_format(workbook);
	book->note = workbook_add_format(workbook);
	format_set_bold(book->title);
	format_set_font_size(book->title, 14);
	format_set_bold(book->head);
	format_set_text_wrap(book->head);
	format_set_bottom(book->head, LXW_BORDER_THIN);
	format_set_italic(book->note);
	for (ReportType type = 0; type <= REPORT_WORD; type++) {
		book->formats[type] = workbook_add_format(workbook);
		book->totals[type] = workbook_add_format(workbook);
		format_set_bold(book->totals[type]);
		format_set_top(book->totals[type], LXW_BORDER_THIN);
	}
	shape_formats(book->formats, self);
	shape_formats(book->totals, self);
}

/* The title, whose and of when it is, and what has to be known of it: nobody reads the figures
 * without. */
static void write_title(Book *book, const char *title, const char *subtitle,
			const char *const *notes, int n_notes)
{
	lxw_row_t row = 0;

	worksheet_write_string(book->sheet, row++, 0, title, book->title);
	worksheet_write_string(book->sheet, row++, 0, subtitle, NULL);
	for (int i = 0; i < n_notes; i++)
		worksheet_write_string(book->sheet, row++, 0, notes[i], book->note);
	book->first = (int)row + 1;
}

static void write_title_of(Book *book, const Report *self)
{
	g_autofree char *period = self->query.from != 0 ? report_dup_period(self) : g_strdup("");
	g_autofree char *shop = g_strdup_printf("%s   %s   %s", self->shop, period,
						currency_by_number(self->currency)->code);

	write_title(book, _(self->kind->title), shop, (const char *const *)self->notes->pdata,
		    (int)self->notes->len);
}

/* So wide that the longest fits. */
static double width_of(const Report *self, int column)
{
	NumberStyle style = { .decimal = ".", .group = "," };
	glong longest = WIDTH_LEAST;

	for (int row = 0; row <= self->n_rows; row++) {
		g_autofree char *text = report_dup_cell(self, row, column, &style);

		longest = MAX(longest, g_utf8_strlen(text, -1) + 2);
	}
	return (double)MIN(longest, WIDTH_MOST);
}

static void write_head(Book *book, const Report *self)
{
	for (int i = 0; i < self->kind->n_columns; i++) {
		book->widths[i] = MAX(book->widths[i], width_of(self, i));
		worksheet_write_string(book->sheet, (lxw_row_t)(book->first - 1), (lxw_col_t)i,
				       _(self->kind->columns[i].title), book->head);
		worksheet_set_column(book->sheet, (lxw_col_t)i, (lxw_col_t)i, book->widths[i],
				     NULL);
	}
}

static void write_totals(Book *book, const Report *self)
{
	if (!report_kind_has_totals(self->kind))
		return;
	worksheet_write_string(book->sheet, (lxw_row_t)(book->first + self->n_rows), 0, _("Total"),
			       book->totals[REPORT_TEXT]);
	for (int i = 1; i < self->kind->n_columns; i++)
		write_cell(book, self, self->n_rows, i);
}

/* From book->first on, with the head in the row before. */
static void write_report(Book *book, const Report *self)
{
	write_head(book, self);
	for (int row = 0; row < self->n_rows; row++)
		for (int i = 0; i < self->kind->n_columns; i++)
			write_cell(book, self, row, i);
	write_totals(book, self);
}

static void write_sheet(Book *book, const Report *self)
{
	write_title_of(book, self);
	write_report(book, self);
	worksheet_freeze_panes(book->sheet, (lxw_row_t)book->first, 0);
	if (self->n_rows > 0)
		worksheet_autofilter(book->sheet, (lxw_row_t)(book->first - 1), 0,
				     (lxw_row_t)(book->first + self->n_rows - 1),
				     (lxw_col_t)(self->kind->n_columns - 1));
	worksheet_repeat_rows(book->sheet, (lxw_row_t)(book->first - 1),
			      (lxw_row_t)(book->first - 1));
	if (self->kind->n_columns > 8)
		worksheet_set_landscape(book->sheet);
}

static bool cannot_write(const char *path, const char *why, GError **error)
{
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("“%s” cannot be written: %s."),
		    path, why);
	return false;
}

/* The library tells a bad path to standard error, which is not its to write to. */
static bool try_to_write(const char *path, GError **error)
{
	FILE *file = g_fopen(path, "wb");

	if (file == NULL || fclose(file) != 0)
		return cannot_write(path, g_strerror(errno), error);
	return true;
}

static void write_sections(Book *book, const ReportSheet *sheet)
{
	write_title(book, sheet->title, sheet->subtitle, sheet->notes, sheet->n_notes);
	for (int i = 0; i < sheet->n_reports; i++) {
		const Report *report = sheet->reports[i];

		worksheet_write_string(book->sheet, (lxw_row_t)book->first, 0,
				       _(report->kind->title), book->head);
		book->first += 2;
		write_report(book, report);
		book->first += report->n_rows + report_kind_has_totals(report->kind) + 1;
	}
}

static lxw_workbook *begin_book(Book *book, const Report *first, const char *path, GError **error)
{
	lxw_workbook *workbook;

	if (!try_to_write(path, error))
		return NULL;
	workbook = workbook_new(path);
	*book = (Book){ .sheet = workbook_add_worksheet(workbook, NULL) };
	make_formats(workbook, first, book);
	return workbook;
}

static bool end_book(lxw_workbook *workbook, const char *path, GError **error)
{
	lxw_error failed = workbook_close(workbook);

	return failed == LXW_NO_ERROR || cannot_write(path, lxw_strerror(failed), error);
}

bool report_write_xlsx(const Report *self, const char *path, GError **error)
{
	Book book;
	lxw_workbook *workbook = begin_book(&book, self, path, error);

	if (workbook == NULL)
		return false;
	write_sheet(&book, self);
	return end_book(workbook, path, error);
}

bool report_sheet_write_xlsx(const ReportSheet *self, const char *path, GError **error)
{
	Book book;
	lxw_workbook *workbook = begin_book(&book, self->reports[0], path, error);

	if (workbook == NULL)
		return false;
	write_sections(&book, self);
	return end_book(workbook, path, error);
}
