/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"
#include "drivers/fiscal/paper_only.h"

/* A registrar that may not be there: opened when it is needed, let go when it does not answer,
 * opened again at the next call. Each function is the driver's of that name. */
typedef struct FiscalDevice FiscalDevice;

FiscalDevice *fiscal_device_new(const struct fiscal_driver *driver, const char *address,
				GHashTable *options);
void fiscal_device_free(FiscalDevice *self);
/* From any thread: what is under way ends with DEVICE_FAULT_CANCELLED, and so does all that comes.
 */
void fiscal_device_cancel(FiscalDevice *self);

bool fiscal_device_observe(FiscalDevice *self, FiscalStatus *ret, GError **error);
/* @ret_text: the plan in words. */
struct fiscal_plan *fiscal_device_plan(FiscalDevice *self, const FiscalDocument *document,
				       char **ret_text, GError **error);
int fiscal_device_n_steps(FiscalDevice *self, const struct fiscal_plan *plan);
int fiscal_device_commit_step(FiscalDevice *self, const struct fiscal_plan *plan);
void fiscal_device_plan_free(FiscalDevice *self, struct fiscal_plan *plan);
/* Never opens the device: a lost one loses its dialogue. */
bool fiscal_device_step(FiscalDevice *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
			GError **error);
/* Where it cannot tell, the device is opened anew and asked once more. */
FiscalVerdict fiscal_device_reconcile(FiscalDevice *self, const FiscalIntent *intent,
				      bool (*used_proof)(const char *, uint32_t, void *),
				      void *data, FiscalProof *ret, GError **error);
bool fiscal_device_cancel_open(FiscalDevice *self, GError **error);
bool fiscal_device_finish_open(FiscalDevice *self, const FiscalDocument *document, GError **error);
bool fiscal_device_read_totals(FiscalDevice *self, FiscalTotals *ret, GError **error);
/* False without an error where it has no clock that can be set. */
bool fiscal_device_set_clock(FiscalDevice *self, int64_t at, GError **error);
/* NULL where there are none. */
PaperOnly *fiscal_device_take_words(FiscalDevice *self);
FiscalCaps fiscal_device_get_caps(const FiscalDevice *self);
bool fiscal_device_finish_print(FiscalDevice *self, GError **error);
bool fiscal_device_open_drawer(FiscalDevice *self, GError **error);
/* Plan, steps and paper of what leaves no document. */
bool fiscal_device_report(FiscalDevice *self, const FiscalDocument *document, GError **error);
/* Cancels a receipt that hangs open, if one does. */
bool fiscal_device_drop_open(FiscalDevice *self, GError **error);
