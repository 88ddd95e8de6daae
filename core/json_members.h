/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Strict reading of files that come with the program: every member of an object has to be there,
 * and none may be that is not known, but for "note", which is for people. */
#define JSON_MEMBERS_ERROR (json_members_error_quark())
GQuark json_members_error_quark(void);

/* A reader that fails without an error met a value that cannot be. Texts are lent by @value, arrays
 * are the caller's, also after a failure. */
typedef bool (*JsonReader)(const json_t *value, void *ret, GError **error);

typedef struct {
	const char *name;
	JsonReader read;
	size_t offset; /* of the reader's ret in the struct that the object fills in */
} JsonMember;

/* @members end with a NULL name. The error says which member is wrong. */
bool json_read_members(const json_t *json, const JsonMember *members, void *ret, GError **error);

/* Readers; ret is said behind them. */
bool json_member_text(const json_t *value, void *ret, GError **error); /* const char *; may be "",
									    holds nothing that does
									  not print */
bool json_member_word(const json_t *value, void *ret, GError **error); /* the same, not "" */
bool json_member_words(const json_t *value, void *ret, GError **error); /* const char **; array of
									   words, NULL ends */
bool json_member_flag(const json_t *value, void *ret, GError **error); /* bool */

/* For readers to be made of. */
bool json_member_whole(const json_t *value, int64_t min, int64_t max, int64_t *ret);
/* The place of a text among @n @words. */
bool json_member_choice(const json_t *value, const char *const *words, size_t n, int *ret);
/* Sets @error and is false. */
bool json_member_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
