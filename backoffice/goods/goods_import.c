/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/goods_import.h"

#include "backoffice/goods/encoding.h"
#include "backoffice/goods/list_rows.h"
#include "backoffice/goods/writer.h"
#include "backoffice/people/counter.h"
#include "backoffice/people/shop.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

G_DEFINE_QUARK(goods - import - error - quark, goods_import_error)

#define READ_AT_ONCE (256 * 1024)

typedef struct {
	uint16_t currency;

	/* owned */
	TaxNames *taxes;
	Writer *writer;

	/* borrowed */
	const GoodsImport *import;
} Import;

static bool fail(GError **error, GoodsImportError code, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
static bool fail(GError **error, GoodsImportError code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(GOODS_IMPORT_ERROR, code, format, args);
	va_end(args);
	return false;
}

/* --- rows ---------------------------------------------------------------------------------- */

static const char *lacks(const bool has[COLUMN_N])
{
	if (has[COLUMN_BARCODE] || has[COLUMN_ARTICLE] || has[COLUMN_PLU])
		return NULL;
	return _("The list has neither a barcode nor an article column, so no goods can be "
		 "told from others.");
}

static bool take(const Row *row, const char *const cells[COLUMN_N], char **ret_reason,
		 Column *ret_column, void *data, GError **error)
{
	Import *self = data;
	Draft draft;
	bool done;

	*ret_reason = draft_read(&draft, cells, self->currency, self->taxes, ret_column);
	if (*ret_reason != NULL)
		return true;
	*ret_column = COLUMN_N;
	done = writer_put(self->writer, row->line, &draft, ret_reason, error);
	draft_clear(&draft);
	return done;
}

/* --- the whole ----------------------------------------------------------------------------- */

static void import_clear(Import *self)
{
	tax_names_free(self->taxes);
	writer_free(self->writer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Import, import_clear)

/* --- which encoding ------------------------------------------------------------------------ */

static bool look_at_all(GInputStream *stream, EncodingSight *sight, GError **error)
{
	g_autofree guint8 *bytes = g_malloc(READ_AT_ONCE);
	gssize n;

	while ((n = g_input_stream_read(stream, bytes, READ_AT_ONCE, NULL, error)) > 0)
		encoding_look(sight, bytes, (gsize)n);
	return n == 0;
}

const char *goods_import_encoding(const char *path, GError **error)
{
	g_autoptr(GFile) file = g_file_new_for_path(path);
	g_autoptr(GError) failed = NULL;
	g_autoptr(GFileInputStream) stream = g_file_read(file, NULL, &failed);
	EncodingSight sight = { 0 };

	if (stream != NULL && look_at_all(G_INPUT_STREAM(stream), &sight, &failed))
		return encoding_judge(&sight);
	fail(error, GOODS_IMPORT_ERROR_FILE, _("“%s” cannot be opened: %s."), path,
	     failed->message);
	return NULL;
}

bool goods_import_choose_encoding(const char *path, const char *encoding, const char **ret,
				  GError **error)
{
	bool workbook;

	*ret = NULL;
	if (!rows_is_workbook(path, &workbook, error))
		return false;
	if (!workbook)
		*ret = encoding != NULL ? g_intern_string(encoding)
					: goods_import_encoding(path, error);
	return workbook || *ret != NULL;
}

/* --- the whole ----------------------------------------------------------------------------- */

static bool import_prepare(Import *self, Store *store, const GoodsImport *import, GError **error)
{
	g_autoptr(Shop) shop = shop_find(store, NULL, error);

	if (shop == NULL)
		return false;
	self->import = import;
	self->currency = shop->currency;
	self->taxes = tax_names_read(store, error);
	return self->taxes != NULL;
}

static bool finish(Import *self, Store *store, const char *name, int64_t refused,
		   GoodsImportCounts *ret, GError **error)
{
	g_autofree char *detail = NULL;

	if (!writer_finish(self->writer, ret, error))
		return false;
	ret->refused = refused;
	detail = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
				 ret->imported, ret->updated, ret->refused);
	return audit_add(store, self->import->person_id, "import", name, detail, error);
}

static bool run(Import *self, Store *store, GoodsImportCounts *ret, GError **error)
{
	const GoodsImport *import = self->import;
	const ListReading reading = { .path = import->path,
				      .columns = import->columns,
				      .map = import->map,
				      .n_map = import->n_map,
				      .map_header = import->map_header,
				      .encoding = import->encoding,
				      .refused = import->refused,
				      .refused_data = import->refused_data,
				      .progress = import->progress,
				      .progress_data = import->progress_data,
				      .cancellable = import->cancellable,
				      .lacks = lacks,
				      .take = take,
				      .data = self };
	g_autofree char *name = g_path_get_basename(import->path);
	int64_t refused;

	self->writer = writer_new(store, self->currency, import->has_price ? &import->price : NULL,
				  import->person_id, name, error);
	return self->writer != NULL && list_read(&reading, &refused, &ret->encoding, error) &&
	       finish(self, store, name, refused, ret, error);
}

bool goods_import(Store *store, const GoodsImport *import, GoodsImportCounts *ret, GError **error)
{
	g_auto(Import) self = { 0 };
	g_autoptr(GError) failed = NULL;
	bool done;

	if (!import_prepare(&self, store, import, error) || !store_begin(store, error))
		return false;
	done = run(&self, store, ret, &failed);
	if (!done || import->dry_run)
		store_rollback(store);
	else
		done = store_commit(store, &failed);
	if (!done)
		g_propagate_error(error, g_steal_pointer(&failed));
	return done;
}
