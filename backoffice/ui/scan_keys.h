/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <stdbool.h>

/* A scan anywhere on a page does the right thing, whatever has the focus: it is told from typing by
 * its timing (protocols/scanner.md §1), and what it left in a field is taken back. */

typedef struct {
	/* @before: what stood in the focused field before the scan, "3*" for example; NULL where no
	 * field has the focus. True: @before was used up and is to be taken out of the field. */
	bool (*scan)(const char *code, const char *before, void *data);
	/* The field that takes what is typed while no field has the focus; NULL: none now. */
	GtkWidget *(*field)(void *data);
} OfficeScanTarget;

/* Lives as long as @page. @target is copied. */
void office_scan_keys_capture(GtkWidget *page, const OfficeScanTarget *target, void *data);
