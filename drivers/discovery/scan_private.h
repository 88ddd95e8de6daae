/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/discovery/discovery.h"

#include <libudev.h>

/* Within device_scan(). */
typedef struct {
	const DeviceTable *table;
	struct udev *udev;
	GPtrArray *found; /* of DeviceFound */
	GHashTable
		*spoken_for; /* owned; paths of USB devices that another kind of port stands for */
} Scan;

typedef void (*ScanEach)(Scan *scan, struct udev_device *device);
void scan_each(Scan *scan, const char *subsystem, ScanEach each);

/* Takes @address. */
DeviceFound *found_new(char *address);
void found_free(void *self);
/* What USB and the table know of it; @usb may be NULL. Returns the table's line, or NULL. */
const DeviceKind *found_describe(DeviceFound *self, Scan *scan, struct udev_device *usb);
void found_add_text(DeviceFound *self, const char *text);
void found_set_protocol(DeviceFound *self, const char *protocol);
void found_set_node(DeviceFound *self, const char *node);
/* udev's lasting name for it below @folder, or NULL. Own it. */
char *found_dup_link(struct udev_device *device, const char *folder);
/* The USB device that @device belongs to, or NULL; lent. */
struct udev_device *usb_of(struct udev_device *device);
void scan_take(Scan *scan, DeviceFound *found, struct udev_device *usb);

void scan_hidraw(Scan *scan, struct udev_device *device);
void scan_input(Scan *scan, struct udev_device *device);
void scan_cups(Scan *scan);

/* Whether a report descriptor has a collection on its top level of @usage_page. Pure. */
bool hid_has_page(const uint8_t *descriptor, size_t len, uint16_t usage_page);
