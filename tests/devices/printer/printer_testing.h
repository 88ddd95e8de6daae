/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/printer/printer.h"

/* Of pairs key, value, … NULL. */
GHashTable *options_new(const char *first_key, ...) G_GNUC_NULL_TERMINATED;
/* "1B 40" and so on. Own it. */
GBytes *bytes_from_hex(const char *hex);
void assert_bytes(const uint8_t *data, size_t len, const char *expected_hex);
/* What a printer with @options is sent for @paper. Own it. */
GBytes *encode_paper(GHashTable *options, const Paper *paper);
