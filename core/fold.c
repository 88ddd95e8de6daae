/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/fold.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
	gunichar from, to;
} Letter;

/* What people type one for the other, and Latin letters whose mark Unicode does not take apart. */
static const Letter same_letters[] = {
	{ 0x451, 0x435 } /* ё е */, { 0x4e9, 0x43e } /* ө о */, { 0x4af, 0x443 } /* ү у */,
	{ 0xf8, 'o' } /* ø */,	    { 0x142, 'l' } /* ł */,	{ 0x111, 'd' } /* đ */,
	{ 0x131, 'i' } /* ı */,
};

/* Lower case of @c without what search does not mind; й is a letter and stays one. */
static gunichar fold_letter(gunichar c)
{
	gunichar base[8];

	c = g_unichar_tolower(c);
	if (g_unichar_get_script(c) == G_UNICODE_SCRIPT_LATIN &&
	    g_unichar_fully_decompose(c, false, base, G_N_ELEMENTS(base)) > 0)
		c = base[0];
	for (size_t i = 0; i < G_N_ELEMENTS(same_letters); i++)
		if (same_letters[i].from == c)
			return same_letters[i].to;
	return c;
}

char *fold_dup(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
	GString *folded = g_string_sized_new(strlen(composed));
	bool blank = false;

	for (const char *p = composed; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_ismark(c))
			continue;
		if (!g_unichar_isalnum(c)) {
			blank = true;
			continue;
		}
		if (blank && folded->len > 0)
			g_string_append_c(folded, ' ');
		blank = false;
		g_string_append_unichar(folded, fold_letter(c));
	}
	return g_string_free(folded, false);
}

/* Keys of a QWERTY keyboard and what a Russian one has in their place. */
static const char qwerty[] = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>";
static const char *const jcuken =
	"ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ";

static bool has_latin(const char *text)
{
	for (; *text != '\0'; text++)
		if (g_ascii_isalpha(*text))
			return true;
	return false;
}

/* The key beside @c on the other layout, or @c. */
static gunichar other_key(gunichar c, bool from_latin)
{
	const char *russian = jcuken;

	for (const char *latin = qwerty; *latin != '\0'; latin++) {
		gunichar letter = g_utf8_get_char(russian);

		if (from_latin && c == (gunichar)*latin)
			return letter;
		if (!from_latin && c == letter)
			return (gunichar)*latin;
		russian = g_utf8_next_char(russian);
	}
	return c;
}

char *fold_dup_other_layout(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autoptr(GString) other = g_string_new(NULL);
	bool from_latin = has_latin(valid);

	for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p))
		g_string_append_unichar(other, other_key(g_utf8_get_char(p), from_latin));
	if (g_str_equal(other->str, valid))
		return NULL;
	return g_strdup(other->str);
}

/* Longest first: the first that fits is taken. */
static const struct {
	const char *latin, *cyrillic;
} sounds[] = {
	{ "shch", "щ" }, { "sch", "щ" }, { "yo", "ё" }, { "zh", "ж" }, { "kh", "х" }, { "ts", "ц" },
	{ "ch", "ч" },	 { "sh", "ш" },	 { "yu", "ю" }, { "ya", "я" }, { "ye", "е" }, { "ph", "ф" },
	{ "ck", "к" },	 { "a", "а" },	 { "b", "б" },	{ "c", "к" },  { "d", "д" },  { "e", "е" },
	{ "f", "ф" },	 { "g", "г" },	 { "h", "х" },	{ "i", "и" },  { "j", "ж" },  { "k", "к" },
	{ "l", "л" },	 { "m", "м" },	 { "n", "н" },	{ "o", "о" },  { "p", "п" },  { "q", "к" },
	{ "r", "р" },	 { "s", "с" },	 { "t", "т" },	{ "u", "у" },  { "v", "в" },  { "w", "в" },
	{ "x", "х" },	 { "y", "ы" },	 { "z", "з" },	{ "'", "ь" },
};

/* y after a vowel is й: "ayrag" is айраг, "syr" is сыр. */
static const char *sound_at(const char *text, char before, size_t *n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sounds); i++) {
		*n = strlen(sounds[i].latin);
		if (strncmp(text, sounds[i].latin, *n) != 0)
			continue;
		if (text[0] == 'y' && *n == 1 && before != '\0' && strchr("aeiou", before) != NULL)
			return "й";
		return sounds[i].cyrillic;
	}
	*n = (size_t)(g_utf8_next_char(text) - text);
	return NULL;
}

char *fold_dup_transliterated(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *lower = g_utf8_strdown(valid, -1);
	GString *cyrillic;
	size_t n;

	if (!has_latin(lower))
		return NULL;
	cyrillic = g_string_new(NULL);
	for (const char *p = lower; *p != '\0'; p += n) {
		const char *sound = sound_at(p, p == lower ? '\0' : p[-1], &n);

		if (sound != NULL)
			g_string_append(cyrillic, sound);
		else
			g_string_append_len(cyrillic, p, (gssize)n);
	}
	return g_string_free(cyrillic, false);
}
