/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Which members an object of a request may and must have. A simulated service is strict here: what
 * it does not know, it refuses, so that a slip of the host is seen. */
typedef enum {
	WEB_TEXT, /* of 1 to @max characters, none of them a control character */
	WEB_BOOL,
	WEB_SUM, /* not negative, two places */
	WEB_QUANTITY, /* positive, @max places */
	WEB_INTEGER, /* from 0 to @max */
	WEB_OBJECT, /* of @inner, where that is given */
	WEB_ARRAY,
	WEB_ANY,
} WebFieldType;

/* A table ends with a NULL name. */
typedef struct WebField {
	const char *name;
	WebFieldType type;
	bool must;
	int max;
	const struct WebField *inner;
} WebField;

typedef enum {
	WEB_GOOD,
	WEB_MISSING,
	WEB_UNKNOWN,
	WEB_BAD, /* of the wrong type, too long, … */
	WEB_BAD_SUM,
	WEB_BAD_QUANTITY,
} WebWrong;

/* What is wrong first, with *@where (owned) and *@why (borrowed) set; @place is the object's own
 * name in it. A member `type` is allowed everywhere. */
WebWrong web_fields_check(const json_t *object, const char *place, const WebField *fields,
			  char **where, const char **why);

/* Of members that were checked before. */
const char *web_text(const json_t *object, const char *key); /* or NULL */
int64_t web_sum(const json_t *object, const char *key); /* 0: missing */
bool web_is_true(const json_t *object, const char *key);
