/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/sim/scale/label_scale.h"

/* Shtrih-Print (scales, B1): datagrams bare, a serial line with ENQ, ACK and LRC as in A5. */
enum {
	/* Errors, decimal on the page. */
	SHTRIH_DONE = 0,
	SHTRIH_UNKNOWN = 120,
	SHTRIH_LENGTH = 121,
	SHTRIH_PASSWORD = 122,
	SHTRIH_MODE = 123,
	SHTRIH_PARAMETER = 124,
	SHTRIH_NUMBER = 128,
	SHTRIH_CODE = 130,
	SHTRIH_PRICE = 131,
	SHTRIH_LIFE = 132,
	SHTRIH_TARE = 133,
	SHTRIH_DATE = 142,
	SHTRIH_LOCKED = 170,

	SHTRIH_BLOCK = 0x55, /* its length byte is FF, whatever its length */
};

typedef struct {
	LabelScale base;
	int64_t erased_at; /* monotonic µs; G_MAXINT64: nothing is being erased */
	bool erase_will_fail, erase_failed;
	bool fast_load;

	GByteArray *in; /* owned; serial: a frame, or what has come of it */
	int64_t last_byte_at;
	GByteArray *held; /* owned; an answer not yet acknowledged, or empty */
} ShtrihScale;

/* Executes @body, a command without its length; gives the answer's body, empty where the scale is
 * silent. */
GByteArray *plu_sim_shtrih_obey_new(ShtrihScale *self, const uint8_t *body, size_t len);
bool plu_sim_shtrih_is_erasing(const ShtrihScale *self);
