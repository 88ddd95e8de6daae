/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Bytes of a scanner become scans: functions without I/O. */

/* What a scanner delivered: AIM identifier and data, apart (protocols/scanner.md §4, §8). */
typedef struct {
	char aim[4]; /* "]E0" or empty */
	char *data; /* owned; UTF-8; may hold 0x1D separators */
} Scan;
void scan_clear(Scan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scan, scan_clear)

/* Splits prefix and AIM identifier off. False for empty or unprintable rubbish. */
bool scan_parse(const char *text, size_t len, Scan *ret);

/* What the identifier promises about the data. */
typedef enum {
	SYMBOLOGY_UNKNOWN, /* no identifier came */
	SYMBOLOGY_RETAIL, /* ]E0 ]E4: digits of EAN or UPC with their check digit */
	SYMBOLOGY_RETAIL_ADD_ON, /* ]E3: 13 digits and those of the add-on after them */
	SYMBOLOGY_ADD_ON, /* ]E1 ]E2: the add-on alone, which names no goods */
	SYMBOLOGY_GS1, /* element strings, in whatever symbol */
	SYMBOLOGY_LINEAR, /* Code 39, plain Code 128 … */
	SYMBOLOGY_ITF,
	SYMBOLOGY_DATA_MATRIX, /* plain: a tobacco pack, perhaps */
	SYMBOLOGY_QR, /* plain */
	SYMBOLOGY_MATRIX, /* the other two-dimensional ones */
	SYMBOLOGY_NO_BARCODE, /* ]Z: keys or a card */
} Symbology;
Symbology scan_get_symbology(const Scan *self);

/* Track 1 or 2 of a payment card, from the reader beside a keyboard's keys. It is nobody's code: it
 * must never be shown, kept or logged (cash-drawer-and-keys.md §2). */
bool scan_is_card_track(const char *text);

/* Collects bytes into scans: suffix CR, LF or CR LF; NULs dropped; the same code twice within 500
 * ms is one. 200 ms of silence close one without a suffix; but of a scanner that has sent a suffix
 * that is half a code, and dropped, unless it comes again just so. Times are monotonic
 * microseconds. */
typedef struct ScanCollector ScanCollector;
typedef void (*ScanFunc)(const Scan *scan, void *data);
ScanCollector *scan_collector_new(ScanFunc func, void *data);
void scan_collector_free(ScanCollector *self);
void scan_collector_set_silence(ScanCollector *self, int64_t microseconds);
void scan_collector_push(ScanCollector *self, const uint8_t *bytes, size_t len, int64_t now);
/* Nothing has come until @now. */
void scan_collector_tick(ScanCollector *self, int64_t now);
/* A scan whose end the device itself told. */
void scan_collector_push_whole(ScanCollector *self, const char *text, size_t len, int64_t now);
/* Characters were lost: the scan that is coming in is refused, up to its suffix or the silence. */
void scan_collector_spoil(ScanCollector *self, int64_t now);
/* The cable was pulled: what came last has no end. */
void scan_collector_forget(ScanCollector *self);
