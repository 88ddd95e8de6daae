/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods_import.h"

/* Rows of a table in a file, whatever kind of file it is. All errors are GOODS_IMPORT_ERROR. */

typedef struct {
	int64_t line; /* where it begins, from 1 */
	int n_cells;
	const char *const *cells; /* UTF-8, NULL-terminated, as they stood */
	bool cut; /* the file ends here without the end of a line */
} Row;

typedef struct {
	/* How many cells of a first row are known: the separator that gives most is the file's. */
	int (*fit)(const char *const *cells, void *data);
	bool (*row)(const Row *row, void *data, GError **error);
	void *data;
} RowSink;

bool rows_read(const char *path, const char *encoding, const RowSink *sink, GError **error);

/* By kind; rows_read() looks into the file and chooses. */
bool rows_read_text(const char *path, const char *encoding, const RowSink *sink, GError **error);
bool rows_read_xlsx(const char *path, const RowSink *sink, GError **error);
