/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* Values as the shop's people read them. The one place where the till's screen makes text of
 * numbers. Own what is returned. */

char *text_money(Money amount); /* "13 642 ₮" */
char *text_amount(Money amount); /* "13 642", in columns */
char *text_minus(Money amount); /* "−605"; "" of nothing */
char *text_quantity(Quantity quantity, Unit unit); /* "2", "1.234 kg" */
char *text_weight(const SessionView *view); /* on the scale now, "–" where it does not say */
char *text_discount(Discount discount, uint16_t currency); /* "−10 %", "−500 ₮" */
char *text_tax(const ReceiptTax *tax); /* "VAT 10 % 1 240" */
char *text_number(int64_t value);
char *text_clock(GDateTime *now); /* "14:32", "2:32 PM" */
char *text_moment(int64_t at); /* UTC microseconds; the time of today, or the day too */
char *text_goods(int n); /* "3 items" */
const char *text_decimal_sign(void);

/* Words for a device and for how it is. Static. */
const char *text_device(SessionDevice device);
const char *text_scale_state(ScaleState state); /* why the weight is not taken yet */
const char *text_device_state(SessionDeviceState state, DeviceFault fault);
/* The same as a shape and as a class of the style sheet. */
const char *text_device_shape(SessionDeviceState state);
const char *text_device_class(SessionDeviceState state);
