/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The state file of a simulated web registrar. One table says which members it has, so that none is
 * written and not read. A table ends with a NULL key. */
typedef struct {
	const char *key;
	size_t offset; /* of an int64_t or a bool */
} WebMember;

void web_numbers_put(json_t *object, const void *base, const WebMember *members);
bool web_numbers_get(const json_t *object, void *base, const WebMember *members);
void web_flags_put(json_t *object, const void *base, const WebMember *members);
bool web_flags_get(const json_t *object, void *base, const WebMember *members);
json_t *web_strings_new(const GPtrArray *strings);
bool web_strings_get(const json_t *object, const char *key, GPtrArray *ret);
/* Puts the array or object @key of @object into *@ret, whose old value is let go. */
bool web_part_get(json_t *object, const char *key, json_type type, json_t **ret);

/* Takes @root. The new file is synced and takes the old one's place, so a power cut leaves one or
 * the other. */
bool web_memory_write(json_t *root, const char *path, GError **error);
bool web_memory_is_there(const char *path);
/* NULL where it cannot be read; web_memory_refuse() says so. */
json_t *web_memory_read(const char *path);
void web_memory_refuse(const char *path, GError **error);

/* A fiscal document as tests of every registrar count it. Sums are minor units; @cash is what
 * stayed in the drawer of it. Gives the entry, borrowed. */
typedef struct {
	int64_t number;
	const char *kind; /* "sale", "return", "correction", "correction-return", "shift-open",
			     "shift-close", "cash-in", "cash-out" */
	int64_t total, cash, card;
	const char *id;
} WebBooking;
json_t *web_book_add(json_t *book, const WebBooking *booking);
