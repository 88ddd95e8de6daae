/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Canonical JSON (core/journal.h) as text, written front to back. Nothing is sorted: members are
 * given in the order of their keys' bytes. Commas come by themselves. @key is NULL in an array and
 * at the top; it has nothing to escape. */
void json_text_open(GString *to, const char *key, char bracket); /* '{' or '[' */
void json_text_close(GString *to, char bracket);
void json_text_int(GString *to, const char *key, int64_t value);
void json_text_bool(GString *to, const char *key, bool value);
void json_text_string(GString *to, const char *key, const char *value); /* of UTF-8 */
/* Any value; its own members are sorted. It may hold no reals. */
void json_text_value(GString *to, const char *key, const json_t *value);

/* Whether @text, which is known to be JSON, says it in the one form that journal.h allows: as
 * JSON_COMPACT | JSON_SORT_KEYS writes it, integers only, no key twice or with an escape. Several
 * times quicker than writing it again and comparing. */
bool json_text_is_canonical(const char *text);
