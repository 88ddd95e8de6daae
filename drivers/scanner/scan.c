/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scan.h"

#include <string.h>

#define GS 0x1D
#define LONGEST 4096 /* no symbol holds more */

void scan_clear(Scan *self)
{
	g_clear_pointer(&self->data, g_free);
	self->aim[0] = '\0';
}

/* ISO/IEC 15424: "]", a letter that is given out, a modifier. */
static bool is_aim(const char *text, size_t len)
{
	return len >= 3 && text[0] == ']' && text[1] != '\0' &&
	       strchr("ABCDEFGHIJKLMNOPQRSTUXZcdehopsz", text[1]) != NULL &&
	       g_ascii_isalnum(text[2]);
}

static bool is_control(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7F;
}

/* What may be looked up: UTF-8 with something to see in it, and no control signs but the separator.
 */
static bool is_sound(const char *text, size_t len)
{
	bool visible = false;

	if (!g_utf8_validate(text, (gssize)len, NULL))
		return false;
	for (const char *at = text; at < text + len; at = g_utf8_next_char(at)) {
		gunichar character = g_utf8_get_char(at);

		if (character != GS && !g_unichar_isprint(character))
			return false;
		visible |= g_unichar_isgraph(character);
	}
	return visible;
}

bool scan_parse(const char *text, size_t len, Scan *ret)
{
	Scan scan = { 0 };

	/* Prefix and suffix: STX, ETX, CR, LF, TAB … A separator at the end belongs to the data. */
	while (len > 0 && is_control(text[0]) && text[0] != GS) {
		text++;
		len--;
	}
	while (len > 0 && is_control(text[len - 1]) && text[len - 1] != GS)
		len--;
	if (is_aim(text, len)) {
		memcpy(scan.aim, text, 3);
		text += 3;
		len -= 3;
	}
	while (len > 0 && text[0] == GS) { /* FNC1 in first place should not have been sent */
		text++;
		len--;
	}
	if (len > LONGEST || !is_sound(text, len))
		return false;
	scan.data = g_strndup(text, len);
	*ret = scan;
	return true;
}

/* scanner.md §4. The first that fits counts; '\0' is any modifier. */
static const struct {
	char code, modifier;
	Symbology symbology;
} symbologies[] = {
	{ 'C', '1', SYMBOLOGY_GS1 },	       { 'e', '\0', SYMBOLOGY_GS1 },
	{ 'd', '2', SYMBOLOGY_GS1 },	       { 'd', '5', SYMBOLOGY_GS1 },
	{ 'Q', '3', SYMBOLOGY_GS1 },	       { 'Q', '4', SYMBOLOGY_GS1 },
	{ 'J', '1', SYMBOLOGY_GS1 },	       { 'z', '1', SYMBOLOGY_GS1 },
	{ 'E', '1', SYMBOLOGY_ADD_ON },	       { 'E', '2', SYMBOLOGY_ADD_ON },
	{ 'E', '3', SYMBOLOGY_RETAIL_ADD_ON }, { 'E', '\0', SYMBOLOGY_RETAIL },
	{ 'I', '\0', SYMBOLOGY_ITF },	       { 'd', '\0', SYMBOLOGY_DATA_MATRIX },
	{ 'Q', '\0', SYMBOLOGY_QR },	       { 'Z', '\0', SYMBOLOGY_NO_BARCODE },
	{ 'L', '\0', SYMBOLOGY_MATRIX },       { 'J', '\0', SYMBOLOGY_MATRIX },
	{ 'U', '\0', SYMBOLOGY_MATRIX },       { 'c', '\0', SYMBOLOGY_LINEAR },
	{ 'h', '\0', SYMBOLOGY_MATRIX },       { 'z', '\0', SYMBOLOGY_MATRIX },
};

Symbology scan_get_symbology(const Scan *self)
{
	if (self->aim[0] == '\0')
		return SYMBOLOGY_UNKNOWN;
	for (size_t i = 0; i < G_N_ELEMENTS(symbologies); i++)
		if (symbologies[i].code == self->aim[1] &&
		    (symbologies[i].modifier == '\0' || symbologies[i].modifier == self->aim[2]))
			return symbologies[i].symbology;
	return SYMBOLOGY_LINEAR;
}

static size_t count_digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* ISO/IEC 7813: track 1 is %B, the number, ^; track 2 is ; the number and =. Keyboards may put both
 * into one line. */
bool scan_is_card_track(const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		size_t skip = at[0] == '%' && g_ascii_isalpha(at[1]) ? 2 : at[0] == ';' ? 1 : 0;
		size_t n = skip > 0 ? count_digits(at + skip) : 0;
		char after = at[skip + n];

		if (n >= 12 && n <= 21 && (after == '^' || after == '='))
			return true;
	}
	return false;
}
