/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/quantity.h"
#include "drivers/device.h"
#include "drivers/port/port.h"

/* The Scale class: a counter scale that the till asks. Only a stable, positive weight reaches a
 * receipt (protocols/scale.md). */

typedef enum {
	SCALE_STABLE, /* and positive: the only one that may be sold */
	SCALE_MOVING,
	SCALE_EMPTY, /* at zero */
	SCALE_BELOW_MINIMUM,
	SCALE_NEGATIVE, /* clear the platform and press zero */
	SCALE_OVERLOAD,
	SCALE_ZERO_ERROR, /* loaded when it was switched on: empty it, switch it off and on */
	SCALE_N_STATES,
} ScaleState;
const char *scale_state_code(ScaleState state); /* "stable", "moving", "empty" … */

typedef struct {
	ScaleState state;
	Quantity net; /* kilograms; meaningful in STABLE, and in MOVING where the scale says it */
	Quantity tare; /* kilograms, 0 where the scale does not say */
	bool is_net; /* a tare is set, known or not */
} ScaleReading;

struct scale;
struct scale_driver {
	const char *name; /* "cas" */
	const char *settings; /* of a serial line where the address names none: "baud=9600" */
	/* @port is lent until close. @options: keys of till.conf's [scale] group, may be NULL. Asks
	 * the scale once: OFFLINE where nobody answers. */
	struct scale *(*open)(struct port *port, GHashTable *options, GError **error);
	void (*close)(struct scale *self);
	/* One reading made now, never a queued one. Blocks less than a second. A damaged answer is
	 * asked for again, three times in all, then PROTOCOL; OFFLINE after three silences. */
	bool (*read)(struct scale *self, ScaleReading *ret, GError **error);
	/* NULL where the protocol has none. REFUSED where the scale will not (moving, out of
	 * range). */
	bool (*zero)(struct scale *self, GError **error);
	/* @tare 0: what lies on the platform now. */
	bool (*set_tare)(struct scale *self, Quantity tare, GError **error);
	/* Minor units for a kilogram, before each sale, where the scale itself computes and shows
	 * the amount (dialog06); NULL for all others. Nothing is sent yet. */
	bool (*set_price)(struct scale *self, int64_t price, GError **error);
};

const struct scale_driver *scale_driver_find(const char *name);

/* Which readings may be sold: a weight counts once, and the next only after the platform was seen
 * empty or with another weight (scale.md, "Rules common to all"). Pure. */
typedef struct {
	bool sold;
	Quantity sold_weight;
} ScaleGate;
/* Every reading, in order, goes through here. True where it may be sold now. */
bool scale_gate_push(ScaleGate *self, const ScaleReading *reading);
void scale_gate_sell(ScaleGate *self, Quantity weight);
