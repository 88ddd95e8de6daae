/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods_import.h"

/* Rows of a table in a file, whatever kind of file it is. All errors are GOODS_IMPORT_ERROR. */

typedef struct {
	int64_t line; /* where it begins, from 1 */
	int n_cells;
	const char *const *cells; /* UTF-8, NULL-terminated, as they stood */
	bool cut; /* the file ends here without the end of a line */
	char separator; /* 0: a workbook */
	int permille; /* of the file read so far; −1: not known */
} Row;

typedef struct {
	/* How many cells of a first row are known: the separator that gives most is the file's. */
	int (*fit)(const char *const *cells, void *data);
	bool (*row)(const Row *row, void *data, GError **error);
	void *data;
} RowSink;

/* @encoding NULL: UTF-8. A mark at the beginning of the file goes before both. */
bool rows_read(const char *path, const char *encoding, const RowSink *sink, GError **error);
/* Whether it is a workbook, whose texts need no encoding; and whether it can be read at all. */
bool rows_is_workbook(const char *path, bool *ret, GError **error);

/* By kind; rows_read() looks into the file and chooses. */
bool rows_read_text(const char *path, const char *encoding, const RowSink *sink, GError **error);
bool rows_read_xlsx(const char *path, const RowSink *sink, GError **error);

/* @encoding, or what stands in the file where that is NULL; *ret NULL for a workbook. */
bool goods_import_choose_encoding(const char *path, const char *encoding, const char **ret,
				  GError **error);
