/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label_printer.h"

/* <ESC>!? answers one byte, <ESC>!S eight: STX, state, warning, two of errors, ETX CR LF
 * (label-printer.md §3.1). Pure; the second adds to what the first said and is false with
 * PROTOCOL. */
void tspl_parse_byte(uint8_t byte, LabelAnswer *ret);
bool tspl_parse_details(const uint8_t *data, size_t len, LabelAnswer *ret, GError **error);
bool tspl_details_are_whole(const uint8_t *data, size_t len);
