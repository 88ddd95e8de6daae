/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/sales/verify.h"

/* Tells the sums of sales once more from receipts and the ledger, a day at a time: each has to be
 * what is kept. */
bool verify_rollup(Store *store, Verdict *ret, GError **error);
