/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/device.h"

/* What went wrong with the device at @address and what a person can do about it, as one sentence in
 * their language. Names who holds a port and which group may open it, where that can be seen. Own
 * it. */
char *device_fault_dup_sentence(const GError *error, const char *address);
/* Says so on standard error; EXIT_FAILED, or EXIT_MISUSED for an address that is none. */
int device_fail(const GError *error, const char *address);
