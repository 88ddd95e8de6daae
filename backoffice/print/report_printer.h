/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Where a shop's daily report comes out, and when it does by itself. At most one printer of a form.
 */

typedef enum { PRINT_A4, PRINT_PAPER, PRINT_FORM_N } PrintForm;
const char *print_form_code(PrintForm form); /* "a4", "paper" */
bool print_form_parse(const char *text, PrintForm *ret);
/* "A4", "Receipt paper": translated. */
const char *print_form_title(PrintForm form);

typedef enum {
	PRINT_AT_CLOSE_NO,
	PRINT_AT_CLOSE_SHIFT, /* of each shift, when it is closed */
	PRINT_AT_CLOSE_DAY, /* of the day, with the last shift of the shop that is open */
	PRINT_AT_CLOSE_N,
} PrintAtClose;
const char *print_at_close_code(PrintAtClose when); /* "no", "shift", "day" */
bool print_at_close_parse(const char *text, PrintAtClose *ret);
const char *print_at_close_title(PrintAtClose when); /* translated */

typedef struct {
	int64_t shop_id;
	PrintForm form;
	char *device; /* owned; "cups:OFFICE"; of paper as till.conf: "escpos@tcp:10.0.0.7:9100" */
	char *options; /* owned; of paper: "columns=42 letters=ӨО,ҮУ", escpos_options.h */
	bool one_key; /* “Print the day” prints on it */
	PrintAtClose at_close;
	bool with_cost; /* what comes out here has cost and margin, for whoever may see them */
} ReportPrinter;
void report_printer_free(ReportPrinter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReportPrinter, report_printer_free)

#define REPORT_PRINTER_ERROR (report_printer_error_quark())
GQuark report_printer_error_quark(void);
typedef enum {
	REPORT_PRINTER_ERROR_INVALID,
	REPORT_PRINTER_ERROR_GONE, /* no such printer or job */
} ReportPrinterError;
/* Messages are in the person's language. */

/* By form; array that frees its elements. */
GPtrArray *report_printer_list(Store *store, int64_t shop_id, GError **error);
/* Of that form; REPORT_PRINTER_ERROR_GONE where the shop has none. */
ReportPrinter *report_printer_find(Store *store, int64_t shop_id, PrintForm form, GError **error);
/* RIGHT_SETTINGS for both, audited. What waits to be printed goes to the new place. */
bool report_printer_write(Store *store, const ReportPrinter *printer, int64_t person_id,
			  GError **error);
bool report_printer_delete(Store *store, int64_t shop_id, PrintForm form, int64_t person_id,
			   GError **error);
/* Whether a driver and an address of that form are called so. */
bool report_printer_check(const ReportPrinter *self, GError **error);
