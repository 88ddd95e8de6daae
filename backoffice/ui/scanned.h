/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/quantity.h"

/* What the text of a scan says in the stockroom, before any goods are looked up. */
typedef struct {
	char *code; /* owned; goods are looked up by it */
	Quantity times; /* "3*CODE"; one where it is not said */
	bool times_given;
	int64_t count; /* pieces in it, of an element string; 1 where it is not said */
	char *batch, *serial; /* owned; NULL: not said */
	int32_t expiry; /* YYYYMMDD; 0: not said */
} OfficeScanned;
void office_scanned_clear(OfficeScanned *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OfficeScanned, office_scanned_clear)

/* @this_year tells the century of dates in element strings. False where it cannot be read; *ret is
 * empty then. */
bool office_scanned_read(const char *text, int this_year, OfficeScanned *ret);
/* "3*", "2,5*": what comes next counts so often. */
bool office_scanned_is_times(const char *text, Quantity *ret);
/* Typed into a field for quantities: seven digits and more, or letters, are a code. */
bool office_scanned_is_code(const char *text);
