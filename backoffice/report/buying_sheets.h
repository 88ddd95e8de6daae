/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/buying/reconciliation.h"
#include "backoffice/report/sheet.h"

/* Papers for suppliers, in the language of whoever prints them. */

/* The reconciliation act of a period; own it. */
Sheet *reconciliation_to_sheet(const Reconciliation *self, const NumberStyle *style);
/* An order with the supplier's own codes; own it. NULL: it could not be read, or is no order. */
Sheet *order_sheet_new(Store *store, int64_t document_id, bool with_costs, const NumberStyle *style,
		       GError **error);
