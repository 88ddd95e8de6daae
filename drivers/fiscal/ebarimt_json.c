/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt_json.h"

#include <sodium.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define DEPTH_MAX 32

typedef struct {
	const char *at, *end;
	int depth;
} Reader;

static void skip_blanks(Reader *reader)
{
	while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL &&
	       *reader->at != '\0')
		reader->at++;
}

static bool take(Reader *reader, char c)
{
	if (reader->at == reader->end || *reader->at != c)
		return false;
	reader->at++;
	return true;
}

static bool take_word(Reader *reader, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(reader->end - reader->at) < len || memcmp(reader->at, word, len) != 0)
		return false;
	reader->at += len;
	return true;
}

static bool skip_digits(Reader *reader)
{
	const char *from = reader->at;

	while (reader->at < reader->end && g_ascii_isdigit(*reader->at))
		reader->at++;
	return reader->at > from;
}

static bool skip_number(Reader *reader)
{
	take(reader, '-');
	if (!take(reader, '0') && !skip_digits(reader))
		return false;
	if (take(reader, '.') && !skip_digits(reader))
		return false;
	if (!take(reader, 'e') && !take(reader, 'E'))
		return true;
	if (!take(reader, '+'))
		take(reader, '-');
	return skip_digits(reader);
}

static bool skip_escape(Reader *reader)
{
	if (reader->at == reader->end)
		return false;
	if (*reader->at != 'u')
		return *reader->at != '\0' && strchr("\"\\/bfnrt", *reader->at++) != NULL;
	if (reader->end - reader->at < 5)
		return false;
	for (int i = 1; i <= 4; i++)
		if (!g_ascii_isxdigit(reader->at[i]))
			return false;
	reader->at += 5;
	return true;
}

static bool skip_string(Reader *reader)
{
	if (!take(reader, '"'))
		return false;
	while (reader->at < reader->end) {
		char c = *reader->at++;

		if (c == '"')
			return true;
		if ((unsigned char)c < ' ' || (c == '\\' && !skip_escape(reader)))
			return false;
	}
	return false;
}

static bool skip_value(Reader *reader);

/* Calls itself through skip_value() no deeper than DEPTH_MAX. */
static bool skip_array(Reader *reader)
{
	skip_blanks(reader);
	if (take(reader, ']'))
		return true;
	do {
		if (!skip_value(reader))
			return false;
		skip_blanks(reader);
	} while (take(reader, ','));
	return take(reader, ']');
}

static bool take_key(Reader *reader, EbarimtValue *ret)
{
	skip_blanks(reader);
	ret->at = reader->at;
	if (!skip_string(reader))
		return false;
	ret->len = (size_t)(reader->at - ret->at);
	skip_blanks(reader);
	return take(reader, ':');
}

static bool skip_object(Reader *reader)
{
	EbarimtValue key;

	skip_blanks(reader);
	if (take(reader, '}'))
		return true;
	do {
		if (!take_key(reader, &key) || !skip_value(reader))
			return false;
		skip_blanks(reader);
	} while (take(reader, ','));
	return take(reader, '}');
}

static bool skip_nested(Reader *reader)
{
	bool object = *reader->at++ == '{', ok;

	if (++reader->depth > DEPTH_MAX)
		return false;
	ok = object ? skip_object(reader) : skip_array(reader);
	reader->depth--;
	return ok;
}

static bool skip_value(Reader *reader)
{
	skip_blanks(reader);
	if (reader->at == reader->end)
		return false;
	switch (*reader->at) {
	case '{':
	case '[':
		return skip_nested(reader);
	case '"':
		return skip_string(reader);
	case 't':
		return take_word(reader, "true");
	case 'f':
		return take_word(reader, "false");
	case 'n':
		return take_word(reader, "null");
	default:
		return skip_number(reader);
	}
}

static int find_name(EbarimtValue key, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (key.len == strlen(names[i]) + 2 &&
		    memcmp(key.at + 1, names[i], key.len - 2) == 0)
			return i;
	return -1;
}

static bool is_null(EbarimtValue value)
{
	return value.len == 4 && memcmp(value.at, "null", 4) == 0;
}

static bool take_member(Reader *reader, const char *const *names, int n, bool *seen,
			EbarimtValue *ret)
{
	EbarimtValue key, value;
	int found;

	if (!take_key(reader, &key))
		return false;
	skip_blanks(reader);
	value.at = reader->at;
	if (!skip_value(reader))
		return false;
	value.len = (size_t)(reader->at - value.at);
	found = find_name(key, names, n);
	if (found < 0)
		return true;
	if (seen[found])
		return false;
	seen[found] = true;
	if (!is_null(value))
		ret[found] = value;
	return true;
}

static bool take_members(Reader *reader, const char *const *names, int n, EbarimtValue *ret)
{
	g_autofree bool *seen = g_new0(bool, n);

	skip_blanks(reader);
	if (!take(reader, '{'))
		return false;
	skip_blanks(reader);
	if (take(reader, '}'))
		return true;
	do {
		if (!take_member(reader, names, n, seen, ret))
			return false;
		skip_blanks(reader);
	} while (take(reader, ','));
	return take(reader, '}');
}

bool ebarimt_json_find(const char *text, size_t len, const char *const *names, int n,
		       EbarimtValue *ret)
{
	Reader reader = { .at = text, .end = text + len };

	memset(ret, 0, sizeof *ret * (size_t)n);
	(void)take_word(&reader, BYTE_ORDER_MARK);
	if (!g_utf8_validate_len(text, len, NULL) || !take_members(&reader, names, n, ret))
		return false;
	skip_blanks(&reader);
	return reader.at == reader.end;
}

/* --- values -------------------------------------------------------------------------------- */

bool ebarimt_json_is_string(EbarimtValue value)
{
	return value.at != NULL && value.at[0] == '"';
}

static gunichar hex_of(const char *at)
{
	gunichar code = 0;

	for (int i = 0; i < 4; i++)
		code = code << 4 | (gunichar)g_ascii_xdigit_value(at[i]);
	return code;
}

/* "uXXXX", and the second half that must follow the first of a pair. 0 where that is no letter. */
static gunichar take_code(const char **at, const char *end)
{
	gunichar high = hex_of(*at + 1), low;

	*at += 5;
	if (high < 0xD800 || high > 0xDFFF)
		return high;
	if (high > 0xDBFF || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u')
		return 0;
	low = hex_of(*at + 2);
	*at += 6;
	if (low < 0xDC00 || low > 0xDFFF)
		return 0;
	return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* After the backslash. */
static gunichar take_escape(const char **at, const char *end)
{
	static const char codes[] = "\"\\/bfnrt", letters[] = "\"\\/\b\f\n\r\t";

	if (**at == 'u')
		return take_code(at, end);
	return (gunichar)letters[strchr(codes, *(*at)++) - codes];
}

/* @value was checked by ebarimt_json_find(). */
static bool unescape(EbarimtValue value, char *ret, size_t size)
{
	const char *at = value.at + 1, *end = value.at + value.len - 1;
	size_t len = 0;

	while (at < end) {
		char letter[6] = { at[0] };
		size_t n = 1;

		if (*at++ == '\\') {
			gunichar code = take_escape(&at, end);

			n = code != 0 ? (size_t)g_unichar_to_utf8(code, letter) : 0;
		}
		if (n == 0 || len + n >= size)
			return false;
		memcpy(ret + len, letter, n);
		len += n;
	}
	ret[len] = '\0';
	return true;
}

bool ebarimt_json_text(EbarimtValue value, char *ret, size_t size)
{
	if (ebarimt_json_is_string(value) && unescape(value, ret, size))
		return true;
	sodium_memzero(ret, size);
	return false;
}

bool ebarimt_json_scalar(EbarimtValue value, char *ret, size_t size)
{
	if (value.at == NULL || (value.at[0] != '-' && !g_ascii_isdigit(value.at[0])))
		return ebarimt_json_text(value, ret, size);
	if (value.len >= size) {
		sodium_memzero(ret, size);
		return false;
	}
	memcpy(ret, value.at, value.len);
	ret[value.len] = '\0';
	return true;
}
