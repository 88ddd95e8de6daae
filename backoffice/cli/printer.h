/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/print/report_printer.h"

/* The printer of reports that somebody names at a shell: "a4" and "paper" are the shop's own,
 * anything else an address with its @options ("columns=42"; may be NULL). */
ReportPrinter *printer_named(Store *store, int64_t shop_id, const char *name, char *const *options,
			     GError **error);
