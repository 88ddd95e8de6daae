/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/fiscal_engine.h"

/* The state machine of fiscal-model.md §6 in plain blocking code, for the device's own thread. The
 * engine puts a queue before it. */
typedef struct FiscalRun FiscalRun;

FiscalRun *fiscal_run_new(TillDb *db, const struct fiscal_driver *driver, const char *address,
			  GHashTable *options);
void fiscal_run_free(FiscalRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FiscalRun, fiscal_run_free)
/* From any thread: the exchange under way ends, and no other begins. */
void fiscal_run_cancel(FiscalRun *self);

/* Nothing is opened: the drawer hangs elsewhere. */
void fiscal_run_leave_drawer(FiscalRun *self);

/* All fill in @ret, which need not be initialised; see the engine's functions of the same names. */
void fiscal_run_recover(FiscalRun *self, FiscalOutcome *ret);
void fiscal_run_request(FiscalRun *self, const TillRequest *request, const char *cashier_name,
			FiscalOutcome *ret);
void fiscal_run_retry(FiscalRun *self, FiscalOutcome *ret);
void fiscal_run_settle(FiscalRun *self, int64_t cashier, FiscalOutcome *ret);
void fiscal_run_accept(FiscalRun *self, int64_t cashier, FiscalOutcome *ret);
/* Asks about what is in doubt, and makes nothing. */
void fiscal_run_ask(FiscalRun *self, FiscalOutcome *ret);

/* Is it the registrar that is known, as far as @status says? See fiscal_registrar_check(). */
bool fiscal_run_check(FiscalRun *self, const FiscalStatus *status, GError **error);
bool fiscal_run_observe(FiscalRun *self, FiscalStatus *ret, GError **error);
bool fiscal_run_open_drawer(FiscalRun *self, GError **error);
