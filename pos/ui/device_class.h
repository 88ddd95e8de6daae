/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pos/session/session.h"

/* What the devices page knows of a class of devices: its words and what can be chosen. */

typedef struct {
	const char *value; /* in till.conf; NULL ends a list */
	const char *word; /* N_(), or a name that is the same in all languages */
} DeviceChoice;

typedef struct {
	const char *group; /* of till.conf */
	SessionDevice device; /* whose light it is */
	const char *name; /* N_(), as all below */
	const char *missing; /* what the till does without, and what to do */
	const DeviceChoice *protocols; /* NULL: it hangs on another device */
	const char *option; /* the key that is worth a button; NULL: none */
	const char *option_name;
	const DeviceChoice *options; /* the first is what holds where nothing is said */
} DeviceClass;

#define DEVICE_CLASSES 7
extern const DeviceClass device_classes[DEVICE_CLASSES];

/* Of the session's settings. Own them; NULL where there is none. */
char *device_class_dup_protocol(const DeviceClass *self, GKeyFile *setup);
char *device_class_dup_address(const DeviceClass *self, GKeyFile *setup);
char *device_class_dup_option(const DeviceClass *self, GKeyFile *setup);
/* What is chosen, for people: "ESC/POS · usb:04b8:0202". Own it. */
char *device_class_dup_chosen(const DeviceClass *self, GKeyFile *setup);
/* The text of SESSION_SET_DEVICE. @protocol "none" or "standalone" need no address; @option may be
 * NULL. Own it. */
char *device_class_dup_setup(const DeviceClass *self, const char *protocol, const char *address,
			     const char *option);
bool device_class_has_protocol(const DeviceClass *self, const char *protocol);
bool device_class_needs_address(const char *protocol);
