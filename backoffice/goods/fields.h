/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/quantity.h"
#include "store/store.h"

/* What the fields of goods may hold, wherever they come from: a list, a window, a change of many.
 * The checks give what is wrong in the person's language, or NULL; own it. @what names the field as
 * that sentence says it. */

#define FIELD_NAME_MAX 500 /* characters of a name */
#define FIELD_TEXT_MAX 250 /* of an article, a brand, a category … */
#define FIELD_NOTE_MAX 1000
#define FIELD_BARCODE_MAX 64
/* Whole currency units; above is a slip of the finger. */
#define FIELD_AMOUNT_MAX INT64_C(1000000000)
/* Units in a pack, on a shelf; kilograms of a wrapping. */
#define FIELD_QUANTITY_MAX (INT64_C(1000000000) * QUANTITY_ONE)
#define FIELD_PLU_MAX 999999
#define FIELD_SHELF_LIFE_MAX 36500

/* All kinds of blanks in a row to one, none at the ends. Own it. */
char *field_dup_tidy(const char *text);
char *field_check_text(const char *text, const char *what, int max);
/* @code is not empty. */
char *field_check_barcode(const char *code);
/* @positive: a price, where zero means that somebody did not know it. */
char *field_check_amount(int64_t minor, const char *what, uint16_t currency, bool positive);
char *field_check_quantity(int64_t micro, const char *what);
char *field_check_number(int64_t number, const char *what, int64_t least, int64_t most);

/* These read what was typed. A blank text is not given: *ret_given is false, and nothing is wrong.
 */
char *field_read_amount(const char *text, const char *what, uint16_t currency, bool positive,
			bool *ret_given, int64_t *ret);
char *field_read_quantity(const char *text, const char *what, bool *ret_given, int64_t *ret);
char *field_read_number(const char *text, const char *what, int64_t least, int64_t most,
			bool *ret_given, int64_t *ret);
/* "22 %", "-5", "+12.5": to hundredths of a percent. */
bool field_parse_percent(const char *text, int64_t *ret);
/* "1", "yes", "да", "тийм"; "0", "no" … */
char *field_read_yes(const char *text, const char *what, bool *ret_given, bool *ret);
