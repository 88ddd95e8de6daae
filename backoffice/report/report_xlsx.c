/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include "core/currency.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <xlsxwriter.h>

typedef struct {
	lxw_worksheet *sheet;
	lxw_format *formats[REPORT_WORD + 1];
	lxw_format *head;
	int first; /* row of the sheet, under the head */
} Book;

/* A workbook has nothing but doubles; every amount of up to fifteen digits is shown as it is. */
static double to_number(const Report *self, const ReportCell *cell, ReportType type)
{
	double number = (double)cell->value;

	switch (type) {
	case REPORT_MONEY:
		for (int i = 0; i < currency_by_number(self->currency)->exponent; i++)
			number /= 10;
		return number;
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

/* Row @from of the report, n_rows the totals. */
static void write_cell(Book *book, const Report *self, int from, int column)
{
	ReportType type = self->kind->columns[column].type;
	const ReportCell *cell = from == self->n_rows ? report_get_total(self, column)
						      : report_get_cell(self, from, column);
	int row = book->first + from;
	NumberStyle style = { .decimal = ".", .group = "" };

	if (cell->empty)
		return;
	if (report_type_is_number(type)) {
		worksheet_write_number(book->sheet, (lxw_row_t)row, (lxw_col_t)column,
				       to_number(self, cell, type), book->formats[type]);
	} else {
		g_autofree char *text = report_dup_cell(self, from, column, &style);

		worksheet_write_string(book->sheet, (lxw_row_t)row, (lxw_col_t)column, text, NULL);
	}
}

static void make_formats(lxw_workbook *workbook, const Report *self, Book *book)
{
	bool whole = currency_by_number(self->currency)->exponent == 0;

	book->head = workbook_add_format(workbook);
	format_set_bold(book->head);
	for (ReportType type = 0; type <= REPORT_WORD; type++)
		book->formats[type] = workbook_add_format(workbook);
	format_set_num_format(book->formats[REPORT_INTEGER], "#,##0");
	format_set_num_format(book->formats[REPORT_MONEY], whole ? "#,##0" : "#,##0.00");
	format_set_num_format(book->formats[REPORT_QUANTITY], "#,##0.###");
	format_set_num_format(book->formats[REPORT_RATE], "0.##%");
}

static void write_totals(Book *book, const Report *self)
{
	if (!report_kind_has_totals(self->kind))
		return;
	worksheet_write_string(book->sheet, (lxw_row_t)(book->first + self->n_rows), 0, _("Total"),
			       book->head);
	for (int i = 1; i < self->kind->n_columns; i++)
		write_cell(book, self, self->n_rows, i);
}

/* Above the head, so that nobody reads the figures without them. */
static void write_notes(Book *book, const Report *self)
{
	for (guint i = 0; i < self->notes->len; i++)
		worksheet_write_string(book->sheet, (lxw_row_t)i, 0, self->notes->pdata[i], NULL);
	book->first = (int)self->notes->len + 1;
}

static void write_sheet(Book *book, const Report *self)
{
	write_notes(book, self);
	for (int i = 0; i < self->kind->n_columns; i++) {
		worksheet_write_string(book->sheet, (lxw_row_t)(book->first - 1), (lxw_col_t)i,
				       _(self->kind->columns[i].title), book->head);
		worksheet_set_column(book->sheet, (lxw_col_t)i, (lxw_col_t)i,
				     self->kind->columns[i].type == REPORT_TEXT ||
						     self->kind->columns[i].type == REPORT_CASE
					     ? 32
					     : 14,
				     NULL);
	}
	for (int row = 0; row < self->n_rows; row++)
		for (int i = 0; i < self->kind->n_columns; i++)
			write_cell(book, self, row, i);
	write_totals(book, self);
	worksheet_freeze_panes(book->sheet, (lxw_row_t)book->first, 0);
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

bool report_write_xlsx(const Report *self, const char *path, GError **error)
{
	lxw_workbook *workbook;
	lxw_error failed;
	Book book;

	if (!try_to_write(path, error))
		return false;
	workbook = workbook_new(path);
	book.sheet = workbook_add_worksheet(workbook, NULL);
	make_formats(workbook, self, &book);
	write_sheet(&book, self);
	failed = workbook_close(workbook);
	return failed == LXW_NO_ERROR || cannot_write(path, lxw_strerror(failed), error);
}
