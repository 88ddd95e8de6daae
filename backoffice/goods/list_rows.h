/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/columns.h"
#include "backoffice/goods/rows.h"

/* Lists with columns: a file's rows as cells by column, whoever's list it is. What is wrong with
 * the file as a whole fails; what is wrong with a row refuses that row. All errors are
 * GOODS_IMPORT_ERROR. */

typedef struct {
	const char *path;
	const char *columns; /* as GoodsImport has them, all of these */
	const int *map;
	int n_map;
	bool map_header;
	const char *encoding;
	GoodsRefused refused;
	void *refused_data;
	GoodsProgress progress;
	void *progress_data;
	GCancellable *cancellable;

	/* NULL where a list with these columns can be taken; else a sentence, static. */
	const char *(*lacks)(const bool has[COLUMN_N]);
	/* One row that has as many cells as the list has columns; @cells are NULL where it has no
	 * such. Where it is refused: *ret_reason is why (given away), *ret_column the column that
	 * is to blame, or COLUMN_N. */
	bool (*take)(const Row *row, const char *const cells[COLUMN_N], char **ret_reason,
		     Column *ret_column, void *data, GError **error);
	void *data;
} ListReading;

/* Where most of the first rows are wrong in one column it stops and names it. *ret_encoding: in
 * which it was read; NULL: a workbook. */
bool list_read(const ListReading *reading, int64_t *ret_refused, const char **ret_encoding,
	       GError **error);
