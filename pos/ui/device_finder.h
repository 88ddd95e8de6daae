/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/discovery/discovery.h"

/* Looks for devices on a thread of its own, so that the window goes on; what comes and goes is told
 * while it is watched. All callbacks come on the main thread. */
typedef struct DeviceFinder DeviceFinder;

typedef struct {
	/* Of DeviceFound; lent. */
	void (*found)(GPtrArray *found, void *data);
	/* @probed NULL: nobody answered in any way that is known. Lent. */
	void (*probed)(const DeviceProbed *probed, void *data);
	/* Something was plugged in or pulled out. */
	void (*changed)(void *data);
} DeviceFinderListener;

/* @listener is copied. */
DeviceFinder *device_finder_new(const DeviceFinderListener *listener, void *data);
/* Nothing is told after it. */
void device_finder_free(DeviceFinder *self);

void device_finder_scan(DeviceFinder *self);
/* Asks @address what it is, with harmless words: only for one that a person chose. */
void device_finder_probe(DeviceFinder *self, const char *address, const char *device_class);
/* The answer is not wanted any more. */
void device_finder_stop(DeviceFinder *self);
bool device_finder_is_busy(const DeviceFinder *self);
/* Begins or ends to watch. */
void device_finder_watch(DeviceFinder *self, bool on);
