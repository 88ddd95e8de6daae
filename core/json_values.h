/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"

#include <jansson.h>

/* Members of a JSON object that came from elsewhere: each is of the right kind and within its
 * bounds, or the answer is false (NULL). They do not mind @json being no object, or NULL. */
bool json_read_int(const json_t *json, const char *key, int64_t min, int64_t max, int64_t *ret);
bool json_read_bool(const json_t *json, const char *key, bool *ret);
/* Lent by @json; never with a NUL inside. */
const char *json_read_text(const json_t *json, const char *key);

/* Amounts of a struct by name, so that reading and comparing share one list. */
typedef struct {
	const char *name;
	size_t offset; /* of a Money */
} JsonMoney;

bool json_read_amounts(const json_t *json, const JsonMoney *fields, int n, uint16_t currency,
		       void *ret);
/* Whether every member is there and says what @expected says. */
bool json_has_amounts(const json_t *json, const JsonMoney *fields, int n, const void *expected);

/* Adds an integer or a text; @json owns it. */
void json_write_int(json_t *json, const char *key, int64_t value);
void json_write_text(json_t *json, const char *key, const char *text);
