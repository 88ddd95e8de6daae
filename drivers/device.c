/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/device.h"

G_DEFINE_QUARK(device - fault - quark, device_fault)

static const char *const codes[DEVICE_FAULT_N] = {
	[DEVICE_FAULT_OFFLINE] = "offline",
	[DEVICE_FAULT_NO_PERMISSION] = "no-permission",
	[DEVICE_FAULT_IN_USE] = "in-use",
	[DEVICE_FAULT_PAPER_OUT] = "paper-out",
	[DEVICE_FAULT_PAPER_NEAR_END] = "paper-near-end",
	[DEVICE_FAULT_COVER_OPEN] = "cover-open",
	[DEVICE_FAULT_RIBBON_OUT] = "ribbon-out",
	[DEVICE_FAULT_PAUSED] = "paused",
	[DEVICE_FAULT_BUSY] = "busy",
	[DEVICE_FAULT_PROTOCOL] = "protocol",
	[DEVICE_FAULT_WRONG_PASSWORD] = "wrong-password",
	[DEVICE_FAULT_SHIFT_TOO_LONG] = "shift-too-long",
	[DEVICE_FAULT_SHIFT_CLOSED] = "shift-closed",
	[DEVICE_FAULT_SHIFT_OPEN] = "shift-open",
	[DEVICE_FAULT_DOCUMENT_OPEN] = "document-open",
	[DEVICE_FAULT_CLOCK] = "clock",
	[DEVICE_FAULT_MEMORY_FULL] = "memory-full",
	[DEVICE_FAULT_NO_CASH] = "no-cash",
	[DEVICE_FAULT_MECHANISM] = "mechanism",
	[DEVICE_FAULT_NEEDS_SERVICE] = "needs-service",
	[DEVICE_FAULT_REFUSED] = "refused",
	[DEVICE_FAULT_OUTCOME_UNKNOWN] = "outcome-unknown",
	[DEVICE_FAULT_REPLACED] = "replaced",
	[DEVICE_FAULT_NUMBER_GAP] = "number-gap",
	[DEVICE_FAULT_CANCELLED] = "cancelled",
	[DEVICE_FAULT_BAD_ADDRESS] = "bad-address",
};

const char *device_fault_code(DeviceFault fault)
{
	g_return_val_if_fail((unsigned)fault < DEVICE_FAULT_N, "unknown");

	return codes[fault];
}
