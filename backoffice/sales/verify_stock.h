/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/sales/verify.h"

/* Tells the whole stock ledger once more, each item from its first moment on, by the rules in
 * docs/stock.md and without the code that wrote it: after each row the sums have to be those that
 * were recorded. Items that nobody posted to since the ledger got an order are left out. */
bool verify_stock(Store *store, Verdict *ret, GError **error);
