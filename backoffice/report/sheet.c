/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/sheet_private.h"

static void clear_column(gpointer data)
{
	g_free(((SheetColumn *)data)->title);
}

static void clear_cell(gpointer data)
{
	SheetCell *cell = data;

	g_free(cell->text);
	g_free(cell->plain);
}

Sheet *sheet_new(const char *title)
{
	Sheet *self = g_new0(Sheet, 1);

	self->title = g_strdup(title);
	self->facts = g_ptr_array_new_with_free_func(g_free);
	self->words = g_ptr_array_new_with_free_func(g_free);
	self->signatures = g_ptr_array_new_with_free_func(g_free);
	self->columns = g_array_new(false, true, sizeof(SheetColumn));
	self->cells = g_array_new(false, true, sizeof(SheetCell));
	self->rows = g_array_new(false, true, sizeof(SheetRow));
	g_array_set_clear_func(self->columns, clear_column);
	g_array_set_clear_func(self->cells, clear_cell);
	return self;
}

void sheet_free(Sheet *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->facts);
	g_ptr_array_unref(self->words);
	g_ptr_array_unref(self->signatures);
	g_array_unref(self->columns);
	g_array_unref(self->cells);
	g_array_unref(self->rows);
	g_free(self->title);
	g_free(self);
}

void sheet_add_fact(Sheet *self, const char *title, const char *text)
{
	if (*text != '\0')
		g_ptr_array_add(self->facts, g_strdup_printf("%s: %s", title, text));
}

/* The column that takes the rest is made as wide as the others leave it. */
void sheet_add_column(Sheet *self, const char *title, double width, bool right)
{
	SheetColumn column = { .title = g_strdup(title), .width = width, .right = right };

	g_return_if_fail(self->rows->len == 0);
	g_array_append_val(self->columns, column);
}

void sheet_add_row(Sheet *self, bool sum)
{
	SheetRow row = { .sum = sum, .first = (int)self->cells->len };

	g_array_append_val(self->rows, row);
}

void sheet_add_number(Sheet *self, const char *text, const char *plain)
{
	SheetCell cell = { .text = g_strdup(text), .plain = g_strdup(plain) };
	SheetRow *row;

	g_return_if_fail(self->rows->len > 0);
	row = &g_array_index(self->rows, SheetRow, self->rows->len - 1);
	g_return_if_fail(row->n_cells < (int)self->columns->len);
	g_array_append_val(self->cells, cell);
	row->n_cells++;
}

void sheet_add_cell(Sheet *self, const char *text)
{
	sheet_add_number(self, text, NULL);
}

void sheet_add_words(Sheet *self, const char *text)
{
	g_ptr_array_add(self->words, g_strdup(text));
}

void sheet_add_signature(Sheet *self, const char *who)
{
	g_ptr_array_add(self->signatures, g_strdup(who));
}
