/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/staff/hours.h"

#include <glib.h>

/* What the files of hours share. */

#define MINUTE G_TIME_SPAN_MINUTE

/* The day that a moment counts on. */
int32_t hours_day_of(int64_t at, GTimeZone *zone, int day_begin);
/* Minutes of each day, and their order. */
void hours_finish(GArray *days);
/* Shop id → GTimeZone; own it. */
GHashTable *hours_read_zones(Store *store, GError **error);
