/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/barcode.h"
#include "core/gs1.h"

/* What a code says of the very piece that it stands on. Owned; NULL and 0: nothing. */
typedef struct {
	char *mark; /* of a marked piece: the whole code as a registrar wants it */
	char *batch, *serial;
	int32_t expiry; /* YYYYMMDD, the last day of sale */
} ScannedPiece;
void scanned_piece_clear(ScannedPiece *self);

/* What the text of a scan says before any goods are looked up (protocols/scanner.md §8). */
typedef struct {
	Quantity times; /* "3*CODE" */
	bool times_given;
	char *code; /* owned; goods are looked up by it: of an element string, the GTIN in it */
	Gs1 gs1; /* of an element string: all its fields; n_fields 0 of anything else */
	ScannedPiece piece;
	Quantity net_weight; /* kilograms; 0: not said */
	Money price; /* 0: not said */
	int64_t count; /* pieces in it; 1 where it is not said or makes no sense */
} ScannedCode;
void scanned_code_clear(ScannedCode *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ScannedCode, scanned_code_clear)

/* @this_year tells the century of dates. NULL, or what to refuse it with: "unreadable", or
 * "bad-quantity" with *ret_number what was typed before the star (owned by the caller). */
const char *scanned_code_read(const char *text, uint16_t currency, int this_year, ScannedCode *ret,
			      char **ret_number);
