/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/money/money.h"

/* What tills did to money: booked in the transaction that takes their journal in, after its rows
 * are written. A drawer holds what its till said: the float after a shift was opened, what was
 * counted (else expected) after it was closed. Whatever that is more or less than the ledger had is
 * a row of kind 'difference'. The order of a drawer is that of its till's journal; what people
 * entered is there from its own moment on. */

/* Where an entry of a journal comes from. */
typedef struct {
	int64_t shop_id, till_id, shift, journal_number, at, cashier_id;
} MoneyTill;

bool money_till_opened(Store *store, const MoneyTill *from, int64_t opening_cash, GError **error);
/* @amount: what came in; what went out is negative. */
bool money_till_moved(Store *store, const MoneyTill *from, int64_t amount, GError **error);
/* The shift's row has its totals. */
bool money_till_closed(Store *store, const MoneyTill *from, GError **error);

/* The first place where the ledger is not what tills said, in the person's language; NULL where it
 * is whole. False only where the database cannot be read. Own *ret_broken. */
bool money_verify(Store *store, char **ret_broken, GError **error);
