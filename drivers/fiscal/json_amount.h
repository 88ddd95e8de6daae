/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Amounts of JSON services, exact. JSON's numbers are text and jansson's are not: it makes a double
 * of every number with a point, and of 245.94 that is another number. So an answer is read with its
 * numbers as strings of their digits, and what is sent is written as text. */

/* "245.94" of 24594 with 2 decimals: digits, at most one point, always all the decimals. Own it. */
char *json_amount_dup_text(int64_t value, int decimals);
/* The same as a member (or, @key being NULL, an element) of JSON that core/json_text.h writes. */
void json_amount_write(GString *to, const char *key, int64_t value, int decimals);
/* Digits that are a number as they stand ("1.234"). */
void json_amount_write_digits(GString *to, const char *key, const char *digits);
/* Reads "5600", "5600.0" and "5600.00" alike. Refused: an exponent, digits below @decimals that are
 * not zeros, what JSON would not take as a number (NULL, "", blanks, "+1", "007", "1."), and what
 * does not fit. */
bool json_amount_read(const char *number_text, int decimals,
		      int64_t *ret) G_GNUC_WARN_UNUSED_RESULT;
/* An array or object, in which each number is a string of the characters that were sent; that a
 * string was sent as one can no longer be told. A byte order mark in front is allowed, a key twice
 * in one object is not. Else NULL and DEVICE_FAULT_PROTOCOL. */
json_t *json_amount_loads(const char *text, size_t len, GError **error);
