/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/rows.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define SIGNATURE_LEN 4

static size_t read_signature(FILE *file, char signature[static SIGNATURE_LEN])
{
	size_t n = fread(signature, 1, SIGNATURE_LEN, file);

	fclose(file);
	return n;
}

bool rows_is_workbook(const char *path, bool *ret, GError **error)
{
	char signature[SIGNATURE_LEN] = { 0 };
	FILE *file;

	if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
		g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FILE,
			    _("“%s” is a folder, not a list of goods."), path);
		return false;
	}
	file = g_fopen(path, "rb");
	if (file == NULL) {
		g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FILE,
			    _("“%s” cannot be opened: %s."), path, g_strerror(errno));
		return false;
	}
	if (read_signature(file, signature) == 0) {
		g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT,
			    _("“%s” is empty."), path);
		return false;
	}
	if (memcmp(signature, "\xd0\xcf\x11\xe0", SIGNATURE_LEN) == 0) {
		g_set_error(error, GOODS_IMPORT_ERROR, GOODS_IMPORT_ERROR_FORMAT,
			    _("“%s” is an old Excel workbook: save it as XLSX or CSV first."),
			    path);
		return false;
	}
	*ret = memcmp(signature, "PK\x03\x04", SIGNATURE_LEN) == 0;
	return true;
}

bool rows_read(const char *path, const char *encoding, const RowSink *sink, GError **error)
{
	bool workbook;

	if (!rows_is_workbook(path, &workbook, error))
		return false;
	if (workbook)
		return rows_read_xlsx(path, sink, error);
	return rows_read_text(path, encoding != NULL ? encoding : "UTF-8", sink, error);
}
