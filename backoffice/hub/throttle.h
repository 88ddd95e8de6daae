/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Slows down whoever guesses: after so many failures within a minute an address waits for the next
 * one. Belongs to one thread. */
typedef struct Throttle Throttle;

#define THROTTLE_FAILURES_MAX 10

Throttle *throttle_new(void);
void throttle_free(Throttle *self);
/* @now: microseconds of a clock that never goes back. */
bool throttle_allows(Throttle *self, const char *address, gint64 now);
void throttle_failed(Throttle *self, const char *address, gint64 now);
