/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label.h"
#include "drivers/port/transcript.h"

/* Names and values in turn, ended by NULL; for options as for a label's words. */
GHashTable *words_new(const char *first, ...) G_GNUC_NULL_TERMINATED;
/* One label's bytes from the driver of that name. */
GBytes *encode(const char *driver, GHashTable *options, const LabelDesign *design, LabelData *data,
	       int copies);
/* The same as text, for languages and labels that have no binary in them. */
char *encode_text(const char *driver, GHashTable *options, const LabelDesign *design,
		  LabelData *data, int copies);
bool bytes_have(GBytes *bytes, const void *part, size_t len);
/* The tag of the page's worked examples 5.1, 5.3 and 5.4. */
LabelDesign *shelf_tag_new(void);
/* The design that is installed. */
LabelDesign *installed_design_new(void);
