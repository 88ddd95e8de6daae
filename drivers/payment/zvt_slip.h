/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What the terminal wants printed (payment-terminal §3, 06 D1 and 06 D3). */
typedef enum {
	ZVT_SLIP_PLAIN, /* nobody said whose: the lines of 06 D1 */
	ZVT_SLIP_MERCHANT,
	ZVT_SLIP_CUSTOMER,
	ZVT_SLIP_ADMIN,
	ZVT_SLIP_N,
} ZvtSlipKind;

typedef struct {
	GPtrArray *lines[ZVT_SLIP_N]; /* of char *, owned; NULL: none */
} ZvtSlips;

void zvt_slips_clear(ZvtSlips *self);
void zvt_slips_add_line(ZvtSlips *self, const uint8_t *data, size_t len);
void zvt_slips_add_block(ZvtSlips *self, const uint8_t *data, size_t len);
/* The customer's, or what comes nearest; that of the office where @admin. NULL-terminated, own it;
 * NULL where nothing came. */
char **zvt_slips_dup(const ZvtSlips *self, bool admin);
