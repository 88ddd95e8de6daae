/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* A connection with the one thread that uses it, and the jobs that wait for it, in order. One lane
 * writes; others read, so that a snapshot of a million goods keeps nobody waiting. */
typedef struct Lane Lane;
typedef void (*LaneJob)(Store *store, void *data);

/* Takes @store. */
Lane *lane_new(Store *store);
/* Waits for the jobs that are queued, then closes the store. */
void lane_free(Lane *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lane, lane_free)
void lane_push(Lane *self, LaneJob job, void *data);
guint lane_get_waiting(Lane *self);
