/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What a printer says of itself: "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;CLS:PRINTER;" (IEEE 1284).
 * Pure. */

/* The text of an answer to GET_DEVICE_ID: two bytes of length, then the text. The length may come
 * in the wrong order, without counting itself, or larger than what came; what is no printable ASCII
 * is left out. NULL for an answer without text. Own it. */
char *device_id_dup_text(const uint8_t *answer, size_t len);
/* The value of @key ("MFG", "MDL", "CMD", "CLS", "DES", "SN", with their long names too), trimmed,
 * or NULL. Own it. */
char *device_id_dup_value(const char *text, const char *key);
/* "escpos", "zpl", "epl" or "tspl", by the command sets it names; NULL where none is ours. */
const char *device_id_protocol(const char *text);
