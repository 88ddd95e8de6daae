/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document_json.h"

/* What a count that comes as JSON has found: rows of table count_entry. */

/* A zone of the document's shop by its name. */
bool document_found_zone(JsonIn *self, const char *name, int64_t *ret, GError **error);
/* Reads where, by whom and when @line was found, and keeps it with the document. */
bool document_found_read(JsonIn *self, const json_t *json, const DocumentLine *line,
			 GError **error);
/* Does nothing where nothing was found. */
bool document_found_write(Store *store, const Document *self, GError **error);
