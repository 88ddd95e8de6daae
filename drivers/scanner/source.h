/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/scanner/scan.h"

/* How scans come in: one const instance per kind of cable. Private to drivers/scanner. */
#define SCAN_TICK_MS 50 /* half of the shortest silence that ends a scan */

struct scan_source {
	const char *scheme; /* "evdev"; NULL: whatever port.h opens */
	int64_t silence_us;
	/* One life of the device, until close(); NULL and a DEVICE_FAULT where there is none. */
	void *(*open)(const char *address, GError **error);
	/* Waits up to SCAN_TICK_MS and pushes what came. 1 came, 0 silence, -1 the device is gone.
	 */
	int (*read)(void *self, ScanCollector *collector, GError **error);
	void (*cancel)(void *self); /* on another thread: ends read(), now and later */
	void (*close)(void *self);
};

extern const struct scan_source scan_source_port, scan_source_evdev, scan_source_hidpos;

/* "VVVV:PPPP[:SERIAL]" in hex. *ret_serial is owned by the caller, NULL where not given. */
bool scan_parse_usb_id(const char *text, uint16_t *ret_vendor, uint16_t *ret_product,
		       char **ret_serial);
