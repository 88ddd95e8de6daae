/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/ledger.h"

/* The ledger's rules once more, slow and plain: all that ever happened, sorted by time and told
 * from the beginning. */
typedef struct {
	LedgerMove move;
	int64_t place; /* in the order of posting */
	bool is_reversed;
} OracleFact;

typedef struct {
	int64_t quantity, value, difference;
	int64_t average; /* millionths of a minor unit */
} OracleSums;

/* @facts: of OracleFact, in any order. */
OracleSums oracle_sums(const GArray *facts, int64_t item_id, int64_t first_average, int64_t until);
