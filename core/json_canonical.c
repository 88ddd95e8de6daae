/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json_text.h"

#include <string.h>

/* A walk over text that is known to be JSON. Each function moves *at behind what it read, or is
 * false where the text says it in another way than the canonical one. */

static bool skip_value(const char **at);

/* Only what has no other form is escaped: quote, backslash and control characters, those with a
 * letter of their own by it. */
static bool skip_escape(const char **at)
{
	const char *code = *at + 1;

	if (*code != '\0' && strchr("\"\\bfnrt", *code) != NULL) {
		*at += 2;
		return true;
	}
	if (strncmp(code, "u00", 3) != 0 || (code[3] != '0' && code[3] != '1') ||
	    !g_ascii_isxdigit(code[4]) || g_ascii_islower(code[4]))
		return false;
	*at += 6;
	return code[3] == '1' || strchr("89ACD", code[4]) == NULL;
}

static bool skip_text(const char **at)
{
	(*at)++;
	for (;;) {
		*at += strcspn(*at, "\"\\");
		if (**at == '"') {
			(*at)++;
			return true;
		}
		if (**at == '\0' || !skip_escape(at))
			return false;
	}
}

/* Integers only; what follows one is looked at by the caller, so that a point or an e is refused.
 */
static bool skip_number(const char **at)
{
	if (strncmp(*at, "-0", 2) == 0)
		return false;
	*at += strspn(*at, "-0123456789");
	return true;
}

static bool skip_word(const char **at, const char *word)
{
	if (strncmp(*at, word, strlen(word)) != 0)
		return false;
	*at += strlen(word);
	return true;
}

/* Keys are bytes between quotes, none escaped: nobody needs such, and so they compare as they
 * stand. */
static bool skip_key(const char **at, const char **last, size_t *last_length)
{
	const char *key = *at + 1;
	size_t length;
	int difference;

	if (**at != '"' || !skip_text(at) || **at != ':')
		return false;
	length = (size_t)(*at - key) - 1;
	difference = *last == NULL ? -1 : memcmp(*last, key, MIN(length, *last_length));
	if (memchr(key, '\\', length) != NULL || difference > 0 ||
	    (difference == 0 && *last_length >= length))
		return false;
	*last = key;
	*last_length = length;
	(*at)++;
	return true;
}

static bool skip_object(const char **at)
{
	const char *last = NULL;
	size_t last_length = 0;

	(*at)++;
	if (**at == '}') {
		(*at)++;
		return true;
	}
	do {
		if (!skip_key(at, &last, &last_length) || !skip_value(at))
			return false;
	} while (*(*at)++ == ',');
	return (*at)[-1] == '}';
}

static bool skip_array(const char **at)
{
	(*at)++;
	if (**at == ']') {
		(*at)++;
		return true;
	}
	do {
		if (!skip_value(at))
			return false;
	} while (*(*at)++ == ',');
	return (*at)[-1] == ']';
}

static bool skip_value(const char **at)
{
	switch (**at) {
	case '{':
		return skip_object(at);
	case '[':
		return skip_array(at);
	case '"':
		return skip_text(at);
	case 't':
		return skip_word(at, "true");
	case 'f':
		return skip_word(at, "false");
	case 'n':
		return skip_word(at, "null");
	default:
		return (**at == '-' || g_ascii_isdigit(**at)) && skip_number(at);
	}
}

bool json_text_is_canonical(const char *text)
{
	return skip_value(&text) && *text == '\0';
}
