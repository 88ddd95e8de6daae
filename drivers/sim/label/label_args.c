/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/label/label_args.h"

#include <stdlib.h>
#include <string.h>

static void unref_bytes(void *data)
{
	g_byte_array_unref(data);
}

void label_args_free(LabelArgs *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->texts);
	g_array_unref(self->quoted);
	g_free(self);
}

/* How many bytes say a quote or a backslash at @data, which *ret is; 0: an ordinary byte. */
static size_t escaped(const uint8_t *data, size_t len, LabelQuotes quotes, uint8_t *ret)
{
	if (quotes == LABEL_QUOTES_TSPL && len >= 4 && memcmp(data, "\\[\"]", 4) == 0) {
		*ret = '"';
		return 4;
	}
	if (quotes == LABEL_QUOTES_EPL && len >= 2 && data[0] == '\\' &&
	    (data[1] == '"' || data[1] == '\\')) {
		*ret = data[1];
		return 2;
	}
	return 0;
}

/* From behind the opening quote; returns how many bytes to the closing one and with it, or 0. */
static size_t take_string(const uint8_t *data, size_t len, LabelQuotes quotes, GByteArray *ret)
{
	for (size_t i = 0; i < len;) {
		uint8_t byte = data[i];
		size_t n = escaped(data + i, len - i, quotes, &byte);

		if (n == 0 && byte == '"')
			return i + 1;
		g_byte_array_append(ret, &byte, 1);
		i += MAX(n, 1);
	}
	return 0;
}

static size_t take_word(const uint8_t *data, size_t len, GByteArray *ret)
{
	size_t n = 0, end;

	while (n < len && data[n] != ',')
		n++;
	for (end = n; end > 0 && data[end - 1] == ' '; end--)
		;
	g_byte_array_append(ret, data, (guint)end);
	return n;
}

LabelArgs *label_args_new(const uint8_t *data, size_t len, LabelQuotes quotes, const char **fault)
{
	g_autoptr(LabelArgs) self = g_new(LabelArgs, 1);

	self->texts = g_ptr_array_new_with_free_func(unref_bytes);
	self->quoted = g_array_new(FALSE, FALSE, sizeof(bool));
	for (size_t i = 0; i <= len; i++) {
		GByteArray *text = g_byte_array_new();
		bool quoted;

		g_ptr_array_add(self->texts, text);
		while (i < len && data[i] == ' ')
			i++;
		quoted = i < len && data[i] == '"';
		g_array_append_val(self->quoted, quoted);
		if (quoted) {
			size_t n = take_string(data + i + 1, len - i - 1, quotes, text);

			if (n == 0) {
				*fault = "a quote is not closed";
				return NULL;
			}
			i += n + 1;
		} else {
			i += take_word(data + i, len - i, text);
		}
		if (i < len && data[i] != ',') {
			*fault = "something follows a closing quote";
			return NULL;
		}
		/* A closing zero, not counted, for those who want a word. */
		g_byte_array_append(text, (const uint8_t *)"", 1);
		g_byte_array_set_size(text, text->len - 1);
	}
	return g_steal_pointer(&self);
}

guint label_args_n(const LabelArgs *self)
{
	return self->texts->len;
}

static bool is_quoted(const LabelArgs *self, guint i)
{
	return g_array_index(self->quoted, bool, i);
}

const char *label_args_word(const LabelArgs *self, guint i)
{
	if (i >= self->texts->len || is_quoted(self, i))
		return NULL;
	return (const char *)((GByteArray *)g_ptr_array_index(self->texts, i))->data;
}

const GByteArray *label_args_string(const LabelArgs *self, guint i)
{
	if (i >= self->texts->len || !is_quoted(self, i))
		return NULL;
	return g_ptr_array_index(self->texts, i);
}

bool label_parse_int(const char *text, int min, int max, int *ret)
{
	char *end;
	gint64 value;

	if (text == NULL || !(g_ascii_isdigit(*text) || *text == '-'))
		return false;
	value = g_ascii_strtoll(text, &end, 10);
	if (end == text || *end != '\0' || value < min || value > max)
		return false;
	*ret = (int)value;
	return true;
}
