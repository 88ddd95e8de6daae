/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* JSON whose numbers are kept as they were written: a sum that went through a double is not the sum
 * that was sent. A number is held as a string that begins with U+0001, which no other string may.
 */

/* NULL where it is no JSON; *@why then says why. Own both. */
json_t *exact_json_load(const char *text, size_t len, char **why);
/* With numbers written as numbers again. Own it. */
char *exact_json_dump(const json_t *value);

json_t *exact_decimal_new(int64_t value, int places); /* 24594, 2: 245.94; no zeros are cut */
json_t *exact_quantity_new(int64_t micro); /* 1.234, 2: the zeros at its end are cut */

bool exact_is_number(const json_t *value);
const char *exact_number_text(const json_t *value); /* NULL where it is none */
/* NULL where it is no string; a number is none. */
const char *exact_string(const json_t *value);
/* In units of its last place, digits and at most one point. False for all that does not fit into
 * @places, is as large as 10¹² or has an exponent. */
bool exact_decimal(const json_t *value, int places, int64_t *ret);

char *exact_decimal_text(int64_t value, int places); /* "245.94"; own it */
