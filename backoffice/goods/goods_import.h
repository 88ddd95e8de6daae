/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"
#include "store/store.h"

#include <gio/gio.h>

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

/* Now and then, in the thread of the import. @permille of the file; −1 where that is not known. */
typedef void (*GoodsProgress)(int64_t rows, int permille, void *data);

typedef struct {
	const char *path;
	const char *columns; /* "barcode,name,-,price" ('-' skips one), or NULL: the header says */
	/* Instead of @columns, as chosen in a window: which Column each of the @n_map columns of
	 * the file is, −1: left out. NULL: none. */
	const int *map;
	int n_map;
	bool map_header; /* with @map: the first row is a header */
	const char
		*encoding; /* NULL: as goods_import_encoding() finds; else any that iconv knows */
	bool has_price;
	Money price; /* of new goods whose row has none */
	int64_t person_id; /* 0: the command line */
	bool dry_run;
	GoodsRefused refused; /* may be NULL */
	void *refused_data;
	GoodsProgress progress; /* may be NULL */
	void *progress_data;
	GCancellable *cancellable; /* may be NULL; G_IO_ERROR_CANCELLED, and nothing is changed */
} GoodsImport;

typedef struct {
	int64_t imported; /* new goods */
	int64_t updated; /* goods that were there and now differ */
	int64_t same; /* goods that were there as they are in the file */
	int64_t refused; /* rows */
	int64_t set; /* to be undone by: change_set_undo(); 0: nothing was changed */
	const char *encoding; /* that the file was read in; NULL: a workbook */
} GoodsImportCounts;

/* RIGHT_EDIT_GOODS; RIGHT_CHANGE_PRICE where a price comes or is another. Where most of the first
 * rows are wrong in one column, the import stops and names it: the list is in another encoding, or
 * its columns are not what they are taken for. */
bool goods_import(Store *store, const GoodsImport *import, GoodsImportCounts *ret, GError **error);

/* "UTF-8", "UTF-16LE", "UTF-16BE", "CP1251", by all that stands in the file; UTF-8 where it could
 * be anything. NULL with an error where it cannot be read. Static. */
const char *goods_import_encoding(const char *path, GError **error);

/* The beginning of a file, for whoever chooses what its columns are. */
typedef struct {
	const char *encoding; /* static; NULL: a workbook */
	char separator; /* 0: a workbook */
	bool has_header; /* the first row is one */
	int n_columns; /* of the first row */
	int *columns; /* owned; what each seems to be: a Column, −1: nothing known */
	GPtrArray *rows; /* owned; of char **, NULL-terminated: as they stood, the header too */
} GoodsPreview;

/* @encoding NULL: as found. The errors of goods_import(). */
GoodsPreview *goods_import_preview(const char *path, const char *encoding, int max_rows,
				   GError **error);
void goods_preview_free(GoodsPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GoodsPreview, goods_preview_free)

/* All goods with the import's own columns, a row a barcode: CSV, or a workbook where @path ends in
 * .xlsx. Importing it changes nothing. */
bool goods_export(Store *store, const char *path, int64_t *ret_goods, GError **error);
