/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"

#include <stdint.h>

#define SHTRIH_ERROR_NOT_SUPPORTED 0x37
#define SHTRIH_ERROR_BUSY 0x50 /* the previous command still prints */
#define SHTRIH_ERROR_AWAITS_CONTINUE 0x58 /* paper was reloaded */
#define SHTRIH_ERROR_NO_PAPER 0x6B
#define SHTRIH_ERROR_SUBMODE 0x72
#define SHTRIH_ERROR_MODE 0x73

/* What the error byte of an answer means (§7). @ret_text is static English for the log. An unknown
 * code is DEVICE_FAULT_NEEDS_SERVICE. */
DeviceFault shtrih_fault(uint8_t code, const char **ret_text);
