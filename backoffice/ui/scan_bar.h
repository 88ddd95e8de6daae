/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/ui/text_table.h"

/* What was scanned last, large, and the one field in which everything is typed: a code, a name,
 * "3*", how much there is, the day it expires, a serial number. */
#define OFFICE_TYPE_SCAN_BAR (office_scan_bar_get_type())
G_DECLARE_FINAL_TYPE(OfficeScanBar, office_scan_bar, OFFICE, SCAN_BAR, GtkWidget)

typedef enum {
	OFFICE_PROMPT_CODE,
	OFFICE_PROMPT_QUANTITY,
	OFFICE_PROMPT_DAY,
	OFFICE_PROMPT_SERIAL,
	OFFICE_N_PROMPTS
} OfficePrompt;

/* @preset stands in the field, chosen: what is typed takes its place. */
void office_scan_bar_ask(OfficeScanBar *self, OfficePrompt prompt, const char *preset);
OfficePrompt office_scan_bar_get_prompt(OfficeScanBar *self);
/* @amount "12 pcs", @expected "of 24 pcs" or "". */
void office_scan_bar_light(OfficeScanBar *self, const char *name, const char *detail,
			   const char *amount, const char *expected, OfficeTone tone);
void office_scan_bar_darken(OfficeScanBar *self);
/* Without it the message alone is seen: nothing is to be scanned. */
void office_scan_bar_show_card(OfficeScanBar *self, bool shown);
/* What happened and what to do; "" takes it away. */
void office_scan_bar_say(OfficeScanBar *self, OfficeTone tone, const char *text);
/* Takes what is typed while nothing has the focus. Borrowed. */
GtkWidget *office_scan_bar_get_field(OfficeScanBar *self);
/* Signal "entered" with the text (Enter was pressed). */
