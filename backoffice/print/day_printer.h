/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* A thread that prints what is asked for, so that nobody waits for a printer: the hub's. */
typedef struct DayPrinter DayPrinter;

/* Takes @store, which is the thread's own. */
DayPrinter *day_printer_new(Store *store);
/* Breaks off what is being printed, and ends. */
void day_printer_free(DayPrinter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DayPrinter, day_printer_free)
/* From any thread; does not block: there may be something to print. */
void day_printer_wake(DayPrinter *self);
