/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"
#include "store/store.h"

/* Lists of goods from files, as messy as they come: CSV, TSV, XLSX.
 *
 * One import is one transaction. What is wrong with the file as a whole (not to be read, cut off,
 * in another encoding, no known column) fails the import and changes nothing; what is wrong with a
 * row refuses that row, says why, and the rest goes in. */

#define GOODS_IMPORT_ERROR (goods_import_error_quark())
GQuark goods_import_error_quark(void);
typedef enum {
	GOODS_IMPORT_ERROR_FILE, /* cannot be opened or read */
	GOODS_IMPORT_ERROR_FORMAT, /* damaged, cut off, mis-encoded, no such columns */
	GOODS_IMPORT_ERROR_OPTIONS, /* --columns or --encoding name something unknown */
} GoodsImportError;
/* Messages of this domain are in the person's language: they go to whoever imports. */

/* @cells: the row as it stood. Called inside the transaction. */
typedef void (*GoodsRefused)(int64_t line, const char *reason, const char *const *cells,
			     void *data);

typedef struct {
	const char *path;
	const char *columns; /* "barcode,name,-,price" ('-' skips one), or NULL: the header says */
	const char *encoding; /* NULL: UTF-8, or UTF-16 with its mark; else any that iconv knows */
	bool has_price;
	Money price; /* of new goods whose row has none */
	bool dry_run;
	GoodsRefused refused; /* may be NULL */
	void *refused_data;
} GoodsImport;

typedef struct {
	int64_t imported; /* new goods */
	int64_t updated; /* goods that were there and now differ */
	int64_t same; /* goods that were there as they are in the file */
	int64_t refused; /* rows */
} GoodsImportCounts;

bool goods_import(Store *store, const GoodsImport *import, GoodsImportCounts *ret, GError **error);

/* All goods as CSV with the import's own columns, a row a barcode. Importing it changes nothing. */
bool goods_export(Store *store, const char *path, int64_t *ret_goods, GError **error);
