/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"

/* The Scanner class. Bytes become scans in functions without I/O. */

/* What a scanner delivered: AIM identifier and data, apart (protocols/scanner.md §4, §8). */
typedef struct {
	char aim[4]; /* "]E0" or empty */
	char *data; /* owned; UTF-8; may hold 0x1D separators */
} Scan;
void scan_clear(Scan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scan, scan_clear)

/* Splits prefix and AIM identifier off. False for empty or unprintable rubbish. */
bool scan_parse(const char *text, size_t len, Scan *ret);

/* Collects serial bytes into scans: suffix CR, LF or CR LF; NULs dropped; 200 ms of silence close
 * an unterminated one; the same code twice within 500 ms is one. Times are monotonic microseconds.
 */
typedef struct ScanCollector ScanCollector;
typedef void (*ScanFunc)(const Scan *scan, void *data);
ScanCollector *scan_collector_new(ScanFunc func, void *data);
void scan_collector_free(ScanCollector *self);
void scan_collector_push(ScanCollector *self, const uint8_t *bytes, size_t len, int64_t now);
void scan_collector_tick(ScanCollector *self, int64_t now); /* the silence */

/* Tells a keyboard wedge from a typing hand by timing: a burst of >= 6 characters, mean gap <= 30
 * ms, no gap > 80 ms, ended by Enter or Tab. */
typedef struct WedgeDetector WedgeDetector;
WedgeDetector *wedge_detector_new(void);
void wedge_detector_free(WedgeDetector *self);
/* A character at monotonic @now (µs); '\r' for Enter. True when it ends a scan: *ret_code is owned
 * by the caller and holds the whole burst. */
bool wedge_detector_key(WedgeDetector *self, gunichar character, int64_t now, char **ret_code);

/* A scanner on its own thread: opens @address, reopens it every 2 s when it is gone. @on_scan and
 * @on_state (fault NULL: it is back) are called on that thread. */
typedef struct ScannerReader ScannerReader;
ScannerReader *scanner_reader_new(const char *address, ScanFunc on_scan,
				  void (*on_state)(const GError *fault, void *data), void *data);
void scanner_reader_free(ScannerReader *self);
