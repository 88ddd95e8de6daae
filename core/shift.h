/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"

/* What a shift has taken so far: a value that grows by receipts and cash movements. */
typedef struct {
	uint16_t currency;
	int64_t n_sales, n_returns, n_voided; /* voided: receipts dropped before payment */
	Money sales, returns; /* totals charged and given back */
	Money discount, tax; /* of sales less returns */
	Money kept[TENDER_N]; /* by kind, net of change and returns */
	Money rounding; /* what cash rounding has added, returns taken off; may be below zero */
	Money opening_cash, cash_in, cash_out;
} ShiftTotals;

void shift_totals_init(ShiftTotals *self, uint16_t currency, Money opening_cash);
/* False on overflow, and nothing has changed. */
bool shift_totals_add(ShiftTotals *self, const Receipt *receipt) G_GNUC_WARN_UNUSED_RESULT;
/* opening + kept cash + in − out. */
bool shift_totals_expected_cash(const ShiftTotals *self, Money *ret) G_GNUC_WARN_UNUSED_RESULT;
/* "rounding" is in it only where it is not zero: shifts without cash rounding, and all of older
 * tills, read and write as ever. */
json_t *shift_totals_to_json(const ShiftTotals *self);
/* The same as canonical text at the end of @to; @key as in json_text.h. */
void shift_totals_write(const ShiftTotals *self, const char *key, GString *to);
bool shift_totals_from_json(const json_t *json, ShiftTotals *ret) G_GNUC_WARN_UNUSED_RESULT;
