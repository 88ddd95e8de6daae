/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"
#include "drivers/discovery/device_table.h"

/* What hangs on this computer and what it could be (device-discovery.md). Nothing here writes to a
 * device but device_probe(), which a person asked for. */

typedef struct {
	/* owned; any of them may be NULL but @text and @protocols */
	char *address; /* for till.conf and port_open(); NULL: it cannot be used as it is */
	char *device_class; /* NULL: unknown. "scanner", "printer" … */
	char **protocols; /* the likeliest first; may be empty */
	char *text; /* who made it, as it says itself, and what stands in the way */
	char *serial;
	char *path; /* where on the bus: "3-1.4" */
	char *node; /* the file that is opened: "/dev/bus/usb/003/002" */
	int vid, pid; /* -1 where it is not of USB */
	bool may_open; /* this user has the permission */
} DeviceFound;

/* All that is found, of DeviceFound; the caller's. Serial ports, USB printers, HID scanners and
 * scales, keyboards that may be scanners, and CUPS queues. Never fails: what cannot be asked is not
 * there. */
GPtrArray *device_scan(const DeviceTable *table);

/* --- probing ------------------------------------------------------------------------------- */

typedef struct {
	const char *device_class, *protocol; /* static */
	char *settings; /* owned; of the serial line on which it answered, or NULL */
	char *text; /* owned; what it said, or NULL */
} DeviceProbed;
void device_probed_clear(DeviceProbed *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DeviceProbed, device_probed_clear)

/* Says the harmless words of §1 to @address, those of @device_class or all where it is NULL, waits
 * 300 ms for each and stops at the first valid answer. Only for a port that a person named. A fault
 * of the port, or OFFLINE where nobody answered as any protocol would. */
bool device_probe(const char *address, const char *device_class, DeviceProbed *ret, GError **error);

/* Whether @answer to @protocol's probe could come from nothing else; -1 not yet, more may come.
 * Pure. */
int device_probe_check(const char *protocol, const uint8_t *answer, size_t len);

/* --- coming and going ---------------------------------------------------------------------- */

typedef struct {
	bool arrived; /* or left */
	const char *subsystem; /* "tty", "usb", "hidraw", "input", "usbmisc"; lent */
	const char *node; /* "/dev/ttyUSB0"; lent */
	const char *path; /* of the USB device: "3-1.4", or NULL; lent */
	const char *serial; /* or NULL; lent; of an arrival only, as the two below */
	int vid, pid; /* -1 where unknown */
} DeviceEvent;
typedef void (*DeviceWatchFunc)(const DeviceEvent *event, void *data);

/* Tells of an arrival when the device has stood still for 400 ms, so that udev has set its
 * permissions and the kernel has bound its driver; of a device that left, at once. */
typedef struct DeviceWatch DeviceWatch;
DeviceWatch *device_watch_new(DeviceWatchFunc func, void *data, GError **error);
void device_watch_free(DeviceWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DeviceWatch, device_watch_free)
int device_watch_get_fd(const DeviceWatch *self); /* readable: call device_watch_dispatch() */
void device_watch_dispatch(DeviceWatch *self);
