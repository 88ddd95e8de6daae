/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <stdbool.h>

/* A paper that people sign or hand over, on A4 upright or as a workbook: a title, facts, one table,
 * words under it, places to sign. Texts are copied and already in the reader's language. */
typedef struct Sheet Sheet;

Sheet *sheet_new(const char *title);
void sheet_free(Sheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

/* "Supplier: Dairy 1"; nothing where @text is empty. */
void sheet_add_fact(Sheet *self, const char *title, const char *text);
/* @width in points, 0: what the others leave of 523, of one column. Before the first row. */
void sheet_add_column(Sheet *self, const char *title, double width, bool right);
/* Begins a row; its cells follow. @sum: it stands out. */
void sheet_add_row(Sheet *self, bool sum);
/* The next cell of that row. */
void sheet_add_cell(Sheet *self, const char *text);
/* The same with what a workbook is to have in it: "1234.00". */
void sheet_add_number(Sheet *self, const char *text, const char *plain);
/* Under the table. */
void sheet_add_words(Sheet *self, const char *text);
void sheet_add_signature(Sheet *self, const char *who);

/* A4 upright, in points. */
int sheet_count_pages(const Sheet *self, cairo_t *cr);
void sheet_draw_page(const Sheet *self, cairo_t *cr, int page); /* from 1 */
bool sheet_write_pdf(const Sheet *self, const char *path, GError **error);
bool sheet_write_xlsx(const Sheet *self, const char *path, GError **error);
