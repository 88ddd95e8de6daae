/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"

/* Narrows a query down by what people write: names, barcodes, "17-20", "mon,fri". Its shop has to
 * be set first. On failure the error is one of REPORT_ERROR, or of the store. What of a query
 * borrows text borrows it from the caller. */
bool report_narrow_till(ReportQuery *query, Store *store, const char *name, GError **error);
/* Also somebody who is there no more, and "#12". */
bool report_narrow_cashier(ReportQuery *query, Store *store, const char *name, GError **error);
/* A barcode or an article. */
bool report_narrow_item(ReportQuery *query, Store *store, const char *code, GError **error);
bool report_narrow_supplier(ReportQuery *query, Store *store, const char *name, GError **error);
bool report_narrow_payment(ReportQuery *query, const char *code, GError **error);
/* "17-20": from 17:00 until 20:00. */
bool report_narrow_hours(ReportQuery *query, const char *text, GError **error);
/* "mon,fri" or "1,5". */
bool report_narrow_weekdays(ReportQuery *query, const char *text, GError **error);
