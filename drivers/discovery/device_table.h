/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Which USB ids mean what: data/devices.tsv, which is compiled in, and a shop's own lines. */
typedef struct {
	char vid[5], pid[5]; /* lower case; "?" for any digit */
	char *device_class; /* owned; "printer", "label", "scanner" … as in data/devices.tsv */
	char **protocols; /* owned; may be empty */
	char *words; /* owned; who made it */
} DeviceKind;

typedef struct DeviceTable DeviceTable;

#define DEVICE_TABLE_OF_SHOP "/etc/baraa/devices.tsv"

#define DEVICE_TABLE_ERROR (device_table_error_quark())
GQuark device_table_error_quark(void);
typedef enum { DEVICE_TABLE_ERROR_LINE } DeviceTableError;

/* @own: the shop's file, or NULL. That there is none is no error; a line that is wrong is. */
DeviceTable *device_table_new(const char *own, GError **error);
/* Pure: lines go after those that are there. On failure the table is as it was. */
DeviceTable *device_table_new_empty(void);
bool device_table_add(DeviceTable *self, const char *text, GError **error);
void device_table_free(DeviceTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DeviceTable, device_table_free)

/* The first of the lines with the fewest "?" that fit, or NULL. */
const DeviceKind *device_table_find(const DeviceTable *self, int vid, int pid);
