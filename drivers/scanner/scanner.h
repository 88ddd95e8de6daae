/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/scanner/scan.h"

/* The Scanner class. */

/* Tells a keyboard wedge from a typing hand by timing: a burst of >= 6 characters, mean gap <= 30
 * ms, no gap > 80 ms, ended by Enter or Tab. */
typedef struct WedgeDetector WedgeDetector;
WedgeDetector *wedge_detector_new(void);
void wedge_detector_free(WedgeDetector *self);
/* A character at monotonic @now (µs); '\r' for Enter. True when it ends a scan: *ret_code is owned
 * by the caller and holds the whole burst. */
bool wedge_detector_key(WedgeDetector *self, gunichar character, int64_t now, char **ret_code);
/* The same where it is known what the key gives on the US layout, which scanners type by: @us, or 0
 * where it is not known. A burst that another layout has spoilt (Russian letters, the signs that
 * Mongolian has in place of digits) is given as on the US one. @foreign: the layout in force is
 * known to have no Latin letters, so even signs that look right are not. */
bool wedge_detector_press(WedgeDetector *self, gunichar character, char us, bool foreign,
			  int64_t now, char **ret_code);

/* A scanner on its own thread. @address: that of a port (drivers/port/port.h), or
 *   evdev:/dev/input/by-id/…-event-kbd   a keyboard wedge, read past the window system and held
 *   evdev:VVVV:PPPP[:SERIAL]             against all other programs; ?caps=follow: its Caps Lock
 *                                        key counts (else it is ignored)
 *   hidpos:VVVV:PPPP[:SERIAL]            USB HID point-of-sale, by vendor and product (hex)
 * It is opened again every 2 s when it is gone. @on_scan and @on_state (fault NULL: it is back) are
 * called on that thread. */
typedef struct ScannerReader ScannerReader;
ScannerReader *scanner_reader_new(const char *address, ScanFunc on_scan,
				  void (*on_state)(const GError *fault, void *data), void *data);
void scanner_reader_free(ScannerReader *self);
