/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"

#include <string.h>

#define GS 0x1D
#define SILENCE_US (200 * 1000) /* scanner.md §2 */
#define BOUNCE_US (500 * 1000) /* §8 */
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

struct ScanCollector {
	ScanFunc func;
	void *data; /* borrowed */
	GString *bytes; /* owned; of the scan that is coming in */
	bool too_long;
	int64_t last_byte;
	Scan last; /* owned; data NULL before the first */
	int64_t last_scan;
};

ScanCollector *scan_collector_new(ScanFunc func, void *data)
{
	ScanCollector *self = g_new0(ScanCollector, 1);

	self->func = func;
	self->data = data;
	self->bytes = g_string_new(NULL);
	return self;
}

void scan_collector_free(ScanCollector *self)
{
	if (self == NULL)
		return;
	scan_clear(&self->last);
	g_string_free(self->bytes, TRUE);
	g_free(self);
}

static bool is_bounce(const ScanCollector *self, const Scan *scan, int64_t now)
{
	return self->last.data != NULL && now - self->last_scan < BOUNCE_US &&
	       strcmp(self->last.aim, scan->aim) == 0 && strcmp(self->last.data, scan->data) == 0;
}

static void finish_scan(ScanCollector *self, int64_t now)
{
	g_auto(Scan) scan = { 0 };
	bool sound = !self->too_long && scan_parse(self->bytes->str, self->bytes->len, &scan);

	g_string_truncate(self->bytes, 0);
	self->too_long = false;
	if (!sound || is_bounce(self, &scan, now))
		return;
	scan_clear(&self->last);
	self->last = scan;
	self->last.data = g_strdup(scan.data);
	self->last_scan = now;
	self->func(&scan, self->data);
}

static void take_byte(ScanCollector *self, uint8_t byte, int64_t now)
{
	if (byte == '\r' || byte == '\n')
		finish_scan(self, now);
	else if (byte != '\0' && self->bytes->len < LONGEST)
		g_string_append_c(self->bytes, (char)byte);
	else if (byte != '\0')
		self->too_long = true; /* the whole of it is refused, not cut */
}

void scan_collector_push(ScanCollector *self, const uint8_t *bytes, size_t len, int64_t now)
{
	scan_collector_tick(self, now);
	for (size_t i = 0; i < len; i++)
		take_byte(self, bytes[i], now);
	self->last_byte = now;
}

void scan_collector_tick(ScanCollector *self, int64_t now)
{
	if (self->bytes->len > 0 && now - self->last_byte >= SILENCE_US)
		finish_scan(self, self->last_byte);
}
