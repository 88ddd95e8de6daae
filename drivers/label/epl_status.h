/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label_printer.h"

/* The answer to ^ee: "XX" or "XX,YY", two digits an error, CR LF (label-printer.md §4). ACKs of
 * printed forms and XON, XOFF may stand among it; with US on an error is NAK and two digits. False
 * with PROTOCOL. Pure. */
bool epl_parse_status(const uint8_t *data, size_t len, LabelAnswer *ret, GError **error);
bool epl_status_is_whole(const uint8_t *data, size_t len);
