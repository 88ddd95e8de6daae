/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/port/port.h"
#include "pos/session/till_conf.h"

/* What all devices of a till have in common: an address that is opened when it can be, a fault that
 * is told when it begins, changes or ends, a while to wait before the next try, and an end that
 * breaks off whatever the device is asked. All but device_link_cancel() is the device's thread's.
 */

/* Called on the device's thread: @fault NULL where all is well. */
typedef void (*DeviceTold)(const GError *fault, void *data);

typedef struct {
	/* owned */
	char *protocol, *address;
	GHashTable *options;

	DeviceTold told;
	void *data;

	GMutex lock; /* over the two below: cancel comes from another thread */
	struct port *port; /* owned */
	bool cancelled;

	bool has_told; /* and what */
	int told_fault; /* -1: well */
	int failures; /* in a row */
	int64_t retry_at; /* monotonic */
} DeviceLink;

void device_link_init(DeviceLink *self, const DeviceConf *conf, DeviceTold told, void *data);
/* After the thread has ended. */
void device_link_clear(DeviceLink *self);
/* From any thread: the port's calls fail with CANCELLED from now on, and so does opening it. */
void device_link_cancel(DeviceLink *self);

/* @settings: of a serial line whose address names none, or NULL. NULL where it cannot be opened. */
struct port *device_link_open(DeviceLink *self, const char *settings, GError **error);
void device_link_close(DeviceLink *self);

/* Tells changes only. A fault sets when the next try is due: every 2 s for half a minute, then
 * every 10 s (device-discovery.md §7). */
void device_link_tell(DeviceLink *self, const GError *fault);
bool device_link_is_due(const DeviceLink *self); /* no fault, or its time has come */
