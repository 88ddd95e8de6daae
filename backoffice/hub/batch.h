/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/sales/ingest.h"

#include <jansson.h>

/* A body of journal entries as a till posts it: NDJSON, perhaps gzipped. */
typedef struct {
	GArray *entries; /* IngestEntry; their texts live in lines */
	GPtrArray *lines; /* owned json_t */
} JournalBatch;

#define BATCH_UNPACKED_MAX (64 << 20) /* a small body can unpack to anything */

#define BATCH_ERROR (batch_error_quark())
GQuark batch_error_quark(void);
typedef enum {
	BATCH_ERROR_BODY, /* no gzip, or no lines of {"hash","body"} */
	BATCH_ERROR_TOO_LARGE, /* unpacks to more than BATCH_UNPACKED_MAX */
} BatchError;

void journal_batch_clear(JournalBatch *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JournalBatch, journal_batch_clear)
bool journal_batch_read(JournalBatch *ret, GBytes *body, bool is_gzip, GError **error);
