/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* A scan anywhere on a page does the right thing, whatever has the focus: it is told from typing by
 * its timing (protocols/scanner.md §1), and what it left in a field is taken back. */

typedef enum {
	OFFICE_SCAN_TAKEN,
	OFFICE_SCAN_TAKEN_WITH_BEFORE, /* what stood in the field was a part of it */
	OFFICE_SCAN_TYPED, /* it stays in the field, as if it had been typed */
} OfficeScanAnswer;

typedef struct {
	/* @before: what stood in the focused field before the scan, "3*" for example; NULL where no
	 * field has the focus. */
	OfficeScanAnswer (*scan)(const char *code, const char *before, void *data);
	/* The field that takes what is typed while no field has the focus; NULL: none now. */
	GtkWidget *(*field)(void *data);
} OfficeScanTarget;

/* Lives as long as @page. @target is copied. */
void office_scan_keys_capture(GtkWidget *page, const OfficeScanTarget *target, void *data);
