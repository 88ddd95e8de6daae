/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/encoding.h"

#include <stdbool.h>
#include <string.h>

const char *encoding_of_mark(const char *start, gsize n, gsize *ret_len)
{
	static const struct {
		const char *mark;
		size_t len;
		const char *encoding;
	} marks[] = {
		{ "\xef\xbb\xbf", 3, "UTF-8" },
		{ "\xff\xfe", 2, "UTF-16LE" },
		{ "\xfe\xff", 2, "UTF-16BE" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		if (n >= marks[i].len && memcmp(start, marks[i].mark, marks[i].len) == 0) {
			*ret_len = marks[i].len;
			return marks[i].encoding;
		}
	}
	*ret_len = 0;
	return NULL;
}

/* How many bytes follow @byte in UTF-8; −1 where none begins so. */
static int bytes_after(guint8 byte)
{
	if (byte < 0x80)
		return 0;
	if (byte < 0xc2)
		return -1;
	return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : -1;
}

/* Overlong forms and surrogates pass: the reader refuses them by their line. */
static void look_utf8(EncodingSight *self, guint8 byte)
{
	if (self->expected > 0) {
		self->bad_utf8 |= (byte & 0xc0) != 0x80;
		self->expected--;
		return;
	}
	self->expected = bytes_after(byte);
	if (self->expected < 0) {
		self->bad_utf8 = TRUE;
		self->expected = 0;
	}
}

void encoding_look(EncodingSight *self, const guint8 *bytes, gsize n)
{
	gsize len;

	if (self->n == 0)
		self->marked = encoding_of_mark((const char *)bytes, n, &len);
	for (gsize i = 0; i < n; i++) {
		guint8 byte = bytes[i];

		self->bytes[byte]++;
		self->high_of_two[self->n & 1] += byte == 0 || byte == 4;
		self->zeros[self->n & 1] += byte == 0;
		if (!self->bad_utf8)
			look_utf8(self, byte);
		self->n++;
	}
}

/* Latin and Cyrillic have 0 and 4 as their upper halves. */
static bool is_utf16(const EncodingSight *self, int upper)
{
	guint64 units = self->n / 2;

	return units > 0 && self->zeros[upper] > 0 && self->zeros[!upper] == 0 &&
	       self->high_of_two[upper] * 20 > units * 19;
}

static guint64 count(const EncodingSight *self, const char *letters)
{
	guint64 n = 0;

	for (; *letters != '\0'; letters++)
		n += self->bytes[(guint8)*letters];
	return n;
}

/* Nearly all that is not ASCII are Russian letters in CP1251, with signs that lists have («», №, ”
 * …); and of the letters a good third are vowels, which in KOI8-R and CP866 stand elsewhere. */
static bool is_cp1251(const EncodingSight *self)
{
	static const char vowels[] = "\xc0\xc5\xc8\xce\xd3\xdb\xdd\xde\xdf\xa8"
				     "\xe0\xe5\xe8\xee\xf3\xfb\xfd\xfe\xff\xb8";
	static const char signs[] = "\x84\x85\x93\x94\x96\x97\xa0\xab\xae\xb0\xb2\xb3\xb9\xbb";
	guint64 others = 0, letters = count(self, "\xa8\xb8");

	for (int byte = 0x80; byte < 0x100; byte++)
		others += self->bytes[byte];
	for (int byte = 0xc0; byte < 0x100; byte++)
		letters += self->bytes[byte];
	return letters > 0 && (letters + count(self, signs)) * 100 >= others * 98 &&
	       count(self, vowels) * 100 >= letters * 32 && self->bytes[0] == 0;
}

const char *encoding_judge(const EncodingSight *self)
{
	if (self->marked != NULL)
		return self->marked;
	if (is_utf16(self, 1))
		return "UTF-16LE";
	if (is_utf16(self, 0))
		return "UTF-16BE";
	if ((self->bad_utf8 || self->expected > 0) && is_cp1251(self))
		return "CP1251";
	return "UTF-8";
}
