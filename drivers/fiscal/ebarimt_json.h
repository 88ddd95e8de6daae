/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A look into a service's answer that leaves no copy of it anywhere: the answer of a sale holds
 * words that may stand on paper alone (paper_only.h), and a parser's tree could not be wiped. */

/* A value as it stands in the text: with its quotes or brackets. @at is NULL where it is absent or
 * null. */
typedef struct {
	const char *at; /* borrowed from the text */
	size_t len;
} EbarimtValue;

/* Finds @n members of the object that the whole of @text is; a byte order mark may precede it.
 * False where it is anything else than one whole object of valid JSON in UTF-8, no deeper than 32,
 * or names one of them twice. */
bool ebarimt_json_find(const char *text, size_t len, const char *const *names, int n,
		       EbarimtValue *ret);
bool ebarimt_json_is_string(EbarimtValue value);
/* A string's text, its escapes undone. False, and @ret is all zeros, where it is no string, does
 * not fit into @size with its end, or contains a zero. */
bool ebarimt_json_text(EbarimtValue value, char *ret, size_t size);
/* The same of a number, as its digits stand there; or of a string. */
bool ebarimt_json_scalar(EbarimtValue value, char *ret, size_t size);
