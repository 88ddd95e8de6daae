/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* One vocabulary of faults for all devices, so that the till can say what to do in the cashier's
 * language. As a GError: domain DEVICE_FAULT, code one of these, message English for the log. */
#define DEVICE_FAULT (device_fault_quark())
GQuark device_fault_quark(void);

typedef enum {
	DEVICE_FAULT_OFFLINE, /* not there, unplugged, no answer: power, cable */
	DEVICE_FAULT_NO_PERMISSION, /* the port may not be opened by this user */
	DEVICE_FAULT_IN_USE, /* another program holds the port */
	DEVICE_FAULT_PAPER_OUT,
	DEVICE_FAULT_PAPER_NEAR_END,
	DEVICE_FAULT_COVER_OPEN,
	DEVICE_FAULT_RIBBON_OUT,
	DEVICE_FAULT_PAUSED, /* somebody pressed its pause key */
	DEVICE_FAULT_BUSY, /* still printing; asked too often */
	DEVICE_FAULT_PROTOCOL, /* answers, but not as its manual says: wrong device or speed */
	DEVICE_FAULT_WRONG_PASSWORD,
	DEVICE_FAULT_SHIFT_TOO_LONG, /* over 24 hours: only a Z report helps */
	DEVICE_FAULT_SHIFT_CLOSED,
	DEVICE_FAULT_SHIFT_OPEN,
	DEVICE_FAULT_DOCUMENT_OPEN, /* a receipt hangs open in the registrar */
	DEVICE_FAULT_CLOCK,
	DEVICE_FAULT_MEMORY_FULL, /* fiscal memory or its queue to the tax office */
	DEVICE_FAULT_NO_CASH, /* the registrar's drawer counter has less than is paid out */
	DEVICE_FAULT_MECHANISM, /* cutter, head, temperature, voltage */
	DEVICE_FAULT_NEEDS_SERVICE,
	DEVICE_FAULT_REFUSED, /* our data: the registrar would never take this document */
	DEVICE_FAULT_OUTCOME_UNKNOWN, /* sent, no answer: only asking the device can tell */
	DEVICE_FAULT_REPLACED, /* another serial number than before */
	DEVICE_FAULT_NUMBER_GAP, /* its document counter has moved without us */
	DEVICE_FAULT_CANCELLED, /* we stopped waiting */
	DEVICE_FAULT_BAD_ADDRESS, /* till.conf names no such protocol or transport */
	DEVICE_FAULT_N,
} DeviceFault;

const char *
device_fault_code(DeviceFault fault); /* "offline", "paper-out" … for journal and scripts */
