/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/codepage.h"

#include <string.h>

/* The upper halves, from 0x80; 0 where the page has nothing. */
static const uint16_t upper_halves[CODEPAGE_N][128] = {
	[CODEPAGE_CP866] = {
		0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
		0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F,
		0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
		0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F,
		0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
		0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F,
		0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556,
		0x2555, 0x2563, 0x2551, 0x2557, 0x255D, 0x255C, 0x255B, 0x2510,
		0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F,
		0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567,
		0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256B,
		0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
		0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
		0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
		0x0401, 0x0451, 0x0404, 0x0454, 0x0407, 0x0457, 0x040E, 0x045E,
		0x00B0, 0x2219, 0x00B7, 0x221A, 0x2116, 0x00A4, 0x25A0, 0x00A0,
	},
	[CODEPAGE_CP1251] = {
		0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021,
		0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
		0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x0000, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
		0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7,
		0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
		0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7,
		0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
		0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
		0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F,
		0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
		0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F,
		0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
		0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F,
		0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
		0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
	},
};

/* What typists and word processors put where a till means a plain sign. */
static const struct {
	gunichar from;
	char to;
} plain[] = {
	{ 0x2009, ' ' }, { 0x202F, ' ' }, { 0x2010, '-' },  { 0x2011, '-' },  { 0x2013, '-' },
	{ 0x2014, '-' }, { 0x2212, '-' }, { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x02BC, '\'' },
	{ 0x201C, '"' }, { 0x201D, '"' }, { 0x201E, '"' },  { 0x00AB, '"' },  { 0x00BB, '"' },
	{ 0x00D7, 'x' }, { 0x2022, '*' }, { 0x00B7, '*' },
};

int codepage_find(CodePage page, gunichar character)
{
	if (character < 0x80)
		return (int)character;
	if (character == 0x00A0) /* devices break no lines at it */
		return ' ';
	if (page == CODEPAGE_ASCII)
		return -1;
	for (int i = 0; i < 128; i++) {
		if (upper_halves[page][i] == character)
			return 0x80 + i;
	}
	return -1;
}

int codepage_find_near(CodePage page, gunichar character)
{
	int found = codepage_find(page, character);

	for (size_t i = 0; found < 0 && i < G_N_ELEMENTS(plain); i++) {
		if (plain[i].from == character)
			found = plain[i].to;
	}
	return found;
}

const char *codepage_next(const char *text, gunichar *ret)
{
	while (*text != '\0') {
		gunichar character = g_utf8_get_char_validated(text, -1);

		if (character >= (gunichar)-2) { /* not UTF-8: a byte at a time */
			*ret = '?';
			return text + 1;
		}
		text = g_utf8_next_char(text);
		if (!g_unichar_iscntrl(character) && !g_unichar_ismark(character) &&
		    character != 0x200B && character != 0xFEFF) {
			*ret = character;
			return text;
		}
	}
	return NULL;
}

bool letter_map_parse(const char *text, LetterMap *ret)
{
	LetterMap map = { 0 };
	g_auto(GStrv) pairs = g_strsplit(text, ",", -1);

	for (int i = 0; pairs[i] != NULL; i++) {
		const char *pair = g_strstrip(pairs[i]);
		gunichar from, to;

		if (!g_utf8_validate(pair, -1, NULL) || g_utf8_strlen(pair, -1) != 2 ||
		    map.n + 2 > LETTER_MAP_MAX)
			return false;
		from = g_utf8_get_char(pair);
		to = g_utf8_get_char(g_utf8_next_char(pair));
		map.from[map.n] = from;
		map.to[map.n++] = to;
		map.from[map.n] = g_unichar_tolower(from);
		map.to[map.n++] = g_unichar_tolower(to);
	}
	*ret = map;
	return true;
}

gunichar letter_map_find(const LetterMap *letters, gunichar character)
{
	for (int i = 0; letters != NULL && i < letters->n; i++) {
		if (letters->from[i] == character)
			return letters->to[i];
	}
	return character;
}

size_t codepage_encode(CodePage page, const LetterMap *letters, const char *text, uint8_t *ret,
		       size_t max)
{
	/* и and its breve typed apart are й. NULL for broken UTF-8. */
	g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
	gunichar character;
	size_t n = 0;

	if (composed != NULL)
		text = composed;
	while (n < max && (text = codepage_next(text, &character)) != NULL) {
		int found = codepage_find_near(page, character);

		if (found < 0)
			found = codepage_find_near(page, letter_map_find(letters, character));
		ret[n++] = found < 0 ? '?' : (uint8_t)found;
	}
	return n;
}

char *codepage_decode(CodePage page, const uint8_t *bytes, size_t len)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < len && bytes[i] != 0; i++) {
		gunichar character = bytes[i];

		if (character >= 0x80)
			character =
				page == CODEPAGE_ASCII ? 0 : upper_halves[page][character - 0x80];
		g_string_append_unichar(text, character == 0 ? 0xFFFD : character);
	}
	return g_string_free(text, FALSE);
}
