/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scale/scale.h"

/* Checkout-Dialog 06: Mettler-Toledo, Ohaus, Dibal, Bizerba (protocols/scale.md A3). The scale
 * computes and shows the amount itself, so it wants the price first (set_price()). It gives a
 * weight once and the next only after the platform has moved. Options: minimum, capacity in
 * kilograms; price_digits=5|6 (6). */
extern const struct scale_driver dialog06_driver;

#define DIALOG06_RECORD_MAX 32
/* The request with @price minor units, or 0 where it has too many digits. */
size_t dialog06_encode_price(int64_t price, int digits, uint8_t ret[static DIALOG06_RECORD_MAX]);
bool dialog06_is_whole(const uint8_t *bytes, size_t len);
/* Of the answer to 04 05. */
bool dialog06_decode(const uint8_t *bytes, size_t len, int64_t price, int digits, ScaleReading *ret,
		     GError **error);
/* Of the answer to record 08, which says why there is no weight. */
bool dialog06_decode_status(const uint8_t *bytes, size_t len, int *ret_code, GError **error);
/* What such a code means. BUSY: ask again. */
bool dialog06_judge_status(int code, ScaleReading *ret, GError **error);
