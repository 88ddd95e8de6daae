/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet as a workbook: what is a number there can be reckoned with. */
#include "backoffice/report/sheet_private.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#define POINTS_PER_CHARACTER 5.0
#define NAME_WIDTH 44.0 /* characters, of the column that takes the rest */

typedef struct {
	lxw_worksheet *sheet;
	lxw_format *title, *head, *sum;
	lxw_row_t row;
} Book;

static void write_lines(Book *book, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		worksheet_write_string(book->sheet, book->row++, 0, texts->pdata[i], NULL);
}

/* A workbook has nothing but doubles; every amount of up to fifteen digits is shown as it is. */
static void write_cell(Book *book, lxw_col_t column, const SheetCell *cell, lxw_format *format)
{
	if (cell->plain != NULL)
		worksheet_write_number(book->sheet, book->row, column,
				       g_ascii_strtod(cell->plain, NULL), format);
	else if (*cell->text != '\0')
		worksheet_write_string(book->sheet, book->row, column, cell->text, format);
}

static void write_heads(Book *book, const Sheet *self)
{
	for (guint i = 0; i < self->columns->len; i++) {
		const SheetColumn *column = &g_array_index(self->columns, SheetColumn, i);
		double width =
			column->width > 0 ? column->width / POINTS_PER_CHARACTER : NAME_WIDTH;

		worksheet_set_column(book->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
		worksheet_write_string(book->sheet, book->row, (lxw_col_t)i, column->title,
				       book->head);
	}
	book->row++;
}

static void write_rows(Book *book, const Sheet *self)
{
	for (guint i = 0; i < self->rows->len; i++) {
		const SheetRow *row = &g_array_index(self->rows, SheetRow, i);

		for (int column = 0; column < row->n_cells; column++)
			write_cell(book, (lxw_col_t)column, sheet_get_cell(self, (int)i, column),
				   row->sum ? book->sum : NULL);
		book->row++;
	}
}

static void write_all(Book *book, const Sheet *self)
{
	worksheet_write_string(book->sheet, book->row++, 0, self->title, book->title);
	write_lines(book, self->facts);
	book->row++;
	write_heads(book, self);
	write_rows(book, self);
	book->row++;
	write_lines(book, self->words);
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

bool sheet_write_xlsx(const Sheet *self, const char *path, GError **error)
{
	lxw_workbook *workbook;
	lxw_error failed;
	Book book = { 0 };

	if (!try_to_write(path, error))
		return false;
	workbook = workbook_new(path);
	book.sheet = workbook_add_worksheet(workbook, NULL);
	book.title = workbook_add_format(workbook);
	book.head = workbook_add_format(workbook);
	book.sum = workbook_add_format(workbook);
	format_set_bold(book.title);
	format_set_font_size(book.title, 14);
	format_set_bold(book.head);
	format_set_bold(book.sum);
	write_all(&book, self);
	failed = workbook_close(workbook);
	return failed == LXW_NO_ERROR || cannot_write(path, lxw_strerror(failed), error);
}
