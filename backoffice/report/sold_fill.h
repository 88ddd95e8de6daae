/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/sold.h"

/* The fill function of all kinds that say what was sold by something: their detail is a SoldBy, and
 * columns are filled by their names: "net", "receipts", "margin" … */
bool sold_fill(Report *self, Store *store, const ReportQuery *query, GError **error);
