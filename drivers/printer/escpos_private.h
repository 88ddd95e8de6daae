/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/escpos.h"
#include "drivers/printer/escpos_link.h"
#include "drivers/printer/escpos_options.h"
#include "drivers/printer/escpos_raster.h"

/* Between escpos.c and escpos_print.c. */
#define ESCPOS_ASK_AGAIN_MS 500
#define ESCPOS_SHORT_WRITE_MS 1000

struct printer {
	struct port *port; /* borrowed */
	EscposRaster *raster; /* owned */
	EscposOptions options;
	EscposLink link;

	int next_id;
	bool id_is_chosen; /* false: next_id is only what encode() shows */
	/* learnt of this printer */
	bool sends_ids, lacks_ids, answers_in_order;
	bool answers_nothing; /* but questions in real time */
	bool is_mute; /* not even those */
};

/* Returns false. */
bool escpos_fail(struct printer *self, DeviceFault fault, const char *what, GError **error);
bool escpos_fail_status(struct printer *self, DeviceFault fault, GError **error);
/* Fit for work, or silent from the beginning. */
bool escpos_check_ready(struct printer *self, PrinterStatus *ret, GError **error);
/* The process id of the next receipt, or 0. */
int escpos_current_id(const struct printer *self);
PrintOutcome escpos_print(struct printer *self, const Paper *paper, PrintWait wait, void *data,
			  GError **error);
