/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What stands between commas, for the languages whose strings stand in quotes. A string is given
 * without its quotes. NULL with *fault set (a constant) where a quote is not closed or is followed
 * by anything but a comma. Own it. */
typedef enum {
	LABEL_QUOTES_TSPL, /* \["] is a quote within a string */
	LABEL_QUOTES_EPL /* \" and \\ */
} LabelQuotes;
typedef struct {
	GPtrArray *texts; /* of GByteArray, owned */
	GArray *quoted; /* of bool */
} LabelArgs;
LabelArgs *label_args_new(const uint8_t *data, size_t len, LabelQuotes quotes, const char **fault);
void label_args_free(LabelArgs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelArgs, label_args_free)

guint label_args_n(const LabelArgs *self);
/* Bare words only, as a C string without blanks around it; NULL where it is in quotes or not there.
 * Borrowed from @self. */
const char *label_args_word(const LabelArgs *self, guint i);
/* Quoted ones only. */
const GByteArray *label_args_string(const LabelArgs *self, guint i);
/* A whole number in decimal and nothing else. */
bool label_parse_int(const char *text, int min, int max, int *ret);
