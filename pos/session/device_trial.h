/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/number_text.h"
#include "pos/session/device_link.h"
#include "pos/session/receipt_paper.h"

/* One try of a device on a thread of its own, with its own port: the one that serves the till has
 * to be closed meanwhile. It prints no document, charges nothing and changes nothing in the device.
 */
typedef struct DeviceTrial DeviceTrial;

typedef enum {
	TRIAL_FISCAL, /* asks how it is */
	TRIAL_PRINTER, /* prints a test page */
	TRIAL_PRINTER_DRAWER, /* one pulse */
	TRIAL_FISCAL_DRAWER,
	TRIAL_PAYMENT, /* logs on and asks how it is */
	TRIAL_SCALE, /* one reading */
	TRIAL_DISPLAY, /* three screens, a second each */
	TRIAL_SCANNER, /* waits ten seconds for a scan */
} TrialKind;

typedef struct {
	GError *error; /* owned; NULL where it went well */
	const char *code; /* static: the sentence that tells it */
	char *detail; /* owned; what the device said, or NULL */
} TrialOutcome;
void trial_outcome_free(TrialOutcome *self);

/* Called once, on the trial's thread; takes @outcome. */
typedef void (*TrialDone)(TrialOutcome *outcome, void *data);

/* @conf and @shop are copied. */
DeviceTrial *device_trial_new(TrialKind kind, const DeviceConf *conf, const PaperShop *shop,
			      TrialDone done, void *data);
/* Breaks off, and waits for the thread. */
void device_trial_free(DeviceTrial *self);
