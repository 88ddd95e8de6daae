/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/sheet.h"
#include "core/number_text.h"
#include "store/store.h"

/* The discrepancy act: where what came differs from what the order or the delivery note promised,
 * on paper, to be signed by both sides. */
typedef struct Act Act;

/* Reads all that it says. @with_costs: amounts too. */
Act *act_new(Store *store, int64_t document_id, bool with_costs, GError **error);
void act_free(Act *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Act, act_free)
int act_get_n_lines(const Act *self);
const char *act_get_number(const Act *self);

/* As a paper; own it. */
Sheet *act_to_sheet(const Act *self, const NumberStyle *style);
