/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <umockdev.h>

/* A USB printer below libusb: umockdev answers usbfs's calls with what stands here. The program
 * runs in umockdev-wrapper. Fields are set before the call under test, or under @mutex. */
typedef struct {
	/* owned */
	UMockdevTestbed *testbed;
	UMockdevIoctlBase *handler;
	GPtrArray *urbs; /* that are under way */
	GByteArray *printed; /* what it took */
	GQueue says; /* of GBytes: a packet each, or an empty one */
	GByteArray *controls; /* the setup packets of requests to the interface, 8 bytes each */
	char *syspath;
	char *node;

	GMutex mutex;
	GCond cond; /* when something was printed */
	int claim_errno; /* 0: may be claimed */
	bool claimed, detached;
	bool halted_out; /* till CLEAR_HALT */
	int halts_out; /* how often it halts again after that */
	int halts_cleared;
	size_t room; /* bytes it takes before it stops */
	bool gone; /* was pulled out */
	GBytes *device_id; /* owned; the whole answer, NULL: halts */
	int port_status; /* -1: halts */
	bool clone_reset; /* knows SOFT_RESET as 23 only */
	size_t largest_out; /* the longest transfer so far */
} MockUsb;

#define MOCK_USB_SERIAL "J5A1B2C3"

/* What the device is. */
typedef struct {
	uint16_t vid, pid;
	uint8_t interface_class, protocol;
	bool has_in;
	const char *serial; /* or NULL */
	const char *name; /* "3-1": where it hangs */
	const char *device_id; /* as usblp shows it in sysfs, or NULL */
} MockUsbKind;

MockUsb *mock_usb_new(UMockdevTestbed *testbed, const MockUsbKind *kind);
void mock_usb_free(MockUsb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MockUsb, mock_usb_free)

void mock_usb_say(MockUsb *self, const void *data, size_t len);
/* Pulls it out of a running transfer. */
void mock_usb_pull(MockUsb *self);
/* Lets it take @room bytes more. */
void mock_usb_give_room(MockUsb *self, size_t room);
