/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scan.h"

#include <string.h>

#define SILENCE_US (200 * 1000) /* scanner.md §2 */
#define BOUNCE_US (500 * 1000) /* §8 */
#define LONGEST 4096 /* no symbol holds more */

struct ScanCollector {
	ScanFunc func;
	void *data; /* borrowed */

	/* owned */
	GString *bytes; /* of the scan that is coming in */
	char *half; /* what ended without the usual suffix last, or NULL */
	Scan last; /* data NULL before the first */

	int64_t silence;
	int64_t last_byte;
	int64_t last_scan;
	bool spoilt; /* what is coming in lost characters, or is too long */
	bool has_suffix; /* the scanner has sent one */
};

ScanCollector *scan_collector_new(ScanFunc func, void *data)
{
	ScanCollector *self = g_new0(ScanCollector, 1);

	self->func = func;
	self->data = data;
	self->bytes = g_string_new(NULL);
	self->silence = SILENCE_US;
	return self;
}

/* A card's track must not stay in memory that is given back. */
static void wipe(ScanCollector *self)
{
	explicit_bzero(self->bytes->str, self->bytes->allocated_len);
	g_string_truncate(self->bytes, 0);
}

void scan_collector_free(ScanCollector *self)
{
	if (self == NULL)
		return;
	scan_clear(&self->last);
	wipe(self);
	g_string_free(self->bytes, TRUE);
	g_free(self->half);
	g_free(self);
}

void scan_collector_set_silence(ScanCollector *self, int64_t microseconds)
{
	self->silence = microseconds;
}

static bool is_bounce(const ScanCollector *self, const Scan *scan, int64_t now)
{
	return self->last.data != NULL && now - self->last_scan < BOUNCE_US &&
	       strcmp(self->last.aim, scan->aim) == 0 && strcmp(self->last.data, scan->data) == 0;
}

void scan_collector_push_whole(ScanCollector *self, const char *text, size_t len, int64_t now)
{
	g_auto(Scan) scan = { 0 };

	if (!scan_parse(text, len, &scan))
		return;
	if (scan_is_card_track(scan.data)) {
		explicit_bzero(scan.data, strlen(scan.data));
		return;
	}
	if (is_bounce(self, &scan, now))
		return;
	scan_clear(&self->last);
	self->last = scan;
	self->last.data = g_strdup(scan.data);
	self->last_scan = now;
	self->func(&scan, self->data);
}

static void finish_scan(ScanCollector *self, int64_t now)
{
	if (!self->spoilt)
		scan_collector_push_whole(self, self->bytes->str, self->bytes->len, now);
	scan_collector_forget(self);
}

/* A scanner that ends its codes has not changed its mind: the cable broke. If the cashier then gets
 * the very same once more, it is the scanner's setup that was changed. */
static bool is_half(ScanCollector *self)
{
	if (!self->has_suffix)
		return false;
	if (g_strcmp0(self->half, self->bytes->str) == 0) {
		self->has_suffix = false;
		return false;
	}
	if (!scan_is_card_track(self->bytes->str)) {
		g_free(self->half);
		self->half = g_strdup(self->bytes->str);
	}
	return true;
}

static void take_byte(ScanCollector *self, uint8_t byte, int64_t now)
{
	if (byte == '\r' || byte == '\n') {
		self->has_suffix = true;
		g_clear_pointer(&self->half, g_free);
		finish_scan(self, now);
	} else if (byte != '\0' && self->bytes->len < LONGEST) {
		g_string_append_c(self->bytes, (char)byte);
	} else if (byte != '\0') {
		self->spoilt = true; /* the whole of it is refused, not cut */
	}
}

void scan_collector_push(ScanCollector *self, const uint8_t *bytes, size_t len, int64_t now)
{
	for (size_t i = 0; i < len; i++)
		take_byte(self, bytes[i], now);
	self->last_byte = now;
}

void scan_collector_tick(ScanCollector *self, int64_t now)
{
	if ((self->bytes->len == 0 && !self->spoilt) || now - self->last_byte < self->silence)
		return;
	if (self->spoilt || is_half(self))
		scan_collector_forget(self);
	else
		finish_scan(self, self->last_byte);
}

void scan_collector_spoil(ScanCollector *self, int64_t now)
{
	self->spoilt = true;
	self->last_byte = now;
}

void scan_collector_forget(ScanCollector *self)
{
	wipe(self);
	self->spoilt = false;
}
