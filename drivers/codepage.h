/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Text for devices that know one byte a letter. */
typedef enum {
	CODEPAGE_ASCII,
	CODEPAGE_CP866,
	CODEPAGE_CP1251,
	CODEPAGE_CP855,
	CODEPAGE_N
} CodePage;

/* Letters that the shop consents to print in place of those the page lacks: "ӨО,ҮУ" covers the
 * small ones too. Without consent a lacking letter is '?'. */
#define LETTER_MAP_MAX 32
typedef struct {
	int n;
	gunichar from[LETTER_MAP_MAX], to[LETTER_MAP_MAX];
} LetterMap;
bool letter_map_parse(const char *text, LetterMap *ret);
/* What stands for @character, or itself. @self may be NULL. */
gunichar letter_map_find(const LetterMap *self, gunichar character);

/* The byte for @character, or -1. */
int codepage_find(CodePage page, gunichar character);
/* The same, but dashes, quotes and blanks of all shapes may become plain ones. */
int codepage_find_near(CodePage page, gunichar character);
/* Letters and their marks in one: и and its breve typed apart are й. NULL for broken UTF-8, which
 * g_utf8_normalize() would read beyond its end. Own it. */
char *codepage_compose(const char *text);
/* Walks UTF-8 as devices need it: control characters and combining marks are skipped, a broken byte
 * is '?'. Returns what is left after *ret, or NULL at the end. */
const char *codepage_next(const char *text, gunichar *ret);

/* Writes at most @max bytes, cut after a whole letter, no closing zero; returns how many. @letters
 * may be NULL. */
size_t codepage_encode(CodePage page, const LetterMap *letters, const char *text, uint8_t *ret,
		       size_t max);
/* UTF-8 up to a zero byte or @len. Own it. */
char *codepage_decode(CodePage page, const uint8_t *bytes, size_t len);
