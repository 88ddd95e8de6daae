/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document_private.h"

/* A stock document on its way into JSON. */
typedef struct {
	Store *store; /* borrowed */
	const Document *document; /* borrowed */
	GTimeZone *zone; /* owned; the shop's */
	uint16_t currency;
} JsonOut;

/* "barcode", or "article" where there is none. */
bool json_out_goods(JsonOut *self, json_t *object, int64_t item_id, GError **error);
/* A name by a statement; of 0 nothing is written. */
bool json_out_name(JsonOut *self, json_t *object, const char *name, const char *statement,
		   int64_t id, GError **error);
void json_out_quantity(json_t *object, const char *name, int64_t quantity);
void json_out_moment(const JsonOut *self, json_t *object, const char *name, int64_t at);

/* What a count has found, as lines (document_found.c). */
json_t *document_found_to_json(JsonOut *self, GError **error);
