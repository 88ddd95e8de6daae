/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"

#include <jansson.h>

/* A proof as the journal ("fiscal") and the rows of documents keep it:
 *   {"document":58, "shift":3, "receipt":12, "sign":"…", "serial":"…", "at":"…", "change":0}
 * and, only where they are not empty, "id", "doubt", "how" and of a closed shift
 * "totals":{"sales":…, "returns":…, "cash":…, "card":…, "n_sales":…, "n_returns":…}. */
json_t *fiscal_proof_to_json(const FiscalProof *proof); /* null of NULL */
/* Amounts are in @currency. False where it is malformed. */
bool fiscal_proof_from_json(const json_t *json, uint16_t currency, FiscalProof *ret);
json_t *fiscal_totals_to_json(const FiscalTotals *totals);
bool fiscal_totals_from_json(const json_t *json, uint16_t currency, FiscalTotals *ret);
