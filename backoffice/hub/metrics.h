/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/sales/ingest.h"

/* What the hub has done since it started, in Prometheus' text format. Any thread. */
typedef struct Metrics Metrics;

Metrics *metrics_new(void);
void metrics_free(Metrics *self);
void metrics_count_request(Metrics *self, guint status);
void metrics_count_batch(Metrics *self, const IngestResult *batch);
/* Adds the counters to @out, and what the database says of the tills. */
bool metrics_write(Metrics *self, Store *store, GString *out, GError **error);
