/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/label/label_printer.h"

/* Three lines, each STX text ETX CR LF (label-printer.md §2.2); what stands before the first STX is
 * left over from another answer. False with PROTOCOL. Pure. */
bool zpl_parse_status(const uint8_t *data, size_t len, LabelAnswer *ret, GError **error);
bool zpl_status_is_whole(const uint8_t *data, size_t len);
