/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"

/* A word of IPP's printer-state-reasons ("media-empty-error", "cover-open") as a fault, or
 * DEVICE_FAULT_N where it stops nothing. Pure. */
DeviceFault cups_fault_of_reason(const char *reason);
