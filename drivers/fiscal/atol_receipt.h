/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/atol_plan.h"

/* The JSON of a receipt (fiscal-atol.md §3.1). Private to atol_plan.c, atol_receipt.c and
 * atol_correction.c. */
typedef struct {
	const AtolOptions *options;
	const FiscalDocument *document;
	GString *to; /* borrowed; an object that is open */
} AtolMaker;

bool atol_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
bool atol_check_total(const AtolMaker *maker, GError **error);
void atol_write_operator(const AtolMaker *maker);
bool atol_write_receipt(const AtolMaker *maker, const char *type, GError **error);
/* Tag 1199 by its name; NULL where the registrar has no word for it. */
const char *atol_find_tax(const FiscalLine *line);
bool atol_is_correction(const AtolMaker *maker);
bool atol_write_correction(const AtolMaker *maker, GError **error);
/* Into items; nothing of a document that has no reason. */
void atol_write_reason(const AtolMaker *maker);
/* Instead of items, whose lines have been checked. */
bool atol_write_taxes(const AtolMaker *maker, GError **error);
