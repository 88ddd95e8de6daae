/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* till.conf: which devices this till has. A key file with a group a device class:
 *   [fiscal]
 *   device=shtrih@serial:/dev/ttyS0?baud=115200
 *   password=30
 * [display] device=screen alone is the second monitor, which has no address.
 * A group that is not there, or has no device, is a device this till does not have. */
typedef struct {
	bool present;
	char *protocol; /* "shtrih" */
	char *address; /* "serial:/dev/ttyS0?baud=115200", for port_open() */
	GHashTable *options; /* all other keys of the group: text → text */
} DeviceConf;

void device_conf_clear(DeviceConf *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DeviceConf, device_conf_clear)

/* NULL: @directory has no till.conf or it cannot be read (a missing file is an empty one). */
GKeyFile *till_conf_load(const char *directory, GError **error);
/* Comments and whatever else is in it stay. */
bool till_conf_save(const char *directory, GKeyFile *conf, GError **error);

/* The text of SESSION_SET_DEVICE, read. */
typedef struct {
	char *group;
	char *device; /* NULL: as it was; "none" takes it out */
	char **options; /* "key=value"; no value takes the key out */
} DeviceSetup;
bool device_setup_parse(DeviceSetup *ret, const char *text);
void device_setup_apply(const DeviceSetup *self, GKeyFile *conf);
void device_setup_clear(DeviceSetup *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DeviceSetup, device_setup_clear)

/* Reads @group. False where it names a device in no known form: "protocol@address". */
bool device_conf_read(DeviceConf *ret, GKeyFile *file, const char *group, GError **error);
