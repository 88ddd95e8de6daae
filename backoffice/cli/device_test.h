/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/port/port.h"

/* Tries the device and says how it went; an exit status. */
int device_test(const char *device_class, const char *protocol, const char *address,
		GHashTable *options);

/* Within device_test(): each opens @address with the protocol's driver. A NULL driver has been told
 * about. *ret_known: false where there is no such protocol. */
typedef struct {
	const char *protocol, *address;
	GHashTable *options;
} DeviceTest;
typedef bool (*DeviceTestFunc)(const DeviceTest *test, bool *ret_known, GError **error);

/* device_paper.c */
bool device_test_printer(const DeviceTest *test, bool *ret_known, GError **error);
bool device_test_drawer(const DeviceTest *test, bool *ret_known, GError **error);
bool device_test_label(const DeviceTest *test, bool *ret_known, GError **error);
