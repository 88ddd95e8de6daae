/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/scanner/scan.h"

#include <linux/input.h>

/* What a scanner types, key by key, into a collector: no I/O. Characters are those of the US
 * layout. Ctrl+], F8 and Alt with the keypad's 029 are the separator; Enter and Tab end a code. */
enum {
	EVDEV_LSHIFT = 1 << 0,
	EVDEV_RSHIFT = 1 << 1,
	EVDEV_LCTRL = 1 << 2,
	EVDEV_RCTRL = 1 << 3,
	EVDEV_LALT = 1 << 4,
	EVDEV_RALT = 1 << 5,
};

typedef struct {
	bool follow_caps; /* its Caps Lock key counts: for scanners that press it */

	unsigned held; /* EVDEV_… */
	bool caps;
	int alt_code; /* the digits typed with Alt held; -1 none yet */
	bool dropped; /* the kernel lost events; those up to the next report are worth nothing */
	bool wants_state; /* then ask the kernel which keys are down: evdev_keys_set_state() */
} EvdevKeys;

void evdev_keys_init(EvdevKeys *self, bool follow_caps);
void evdev_keys_take(EvdevKeys *self, const struct input_event *event, int64_t now,
		     ScanCollector *collector);
/* @bits: as EVIOCGKEY gives them. */
void evdev_keys_set_state(EvdevKeys *self, const uint8_t *bits, size_t len);
