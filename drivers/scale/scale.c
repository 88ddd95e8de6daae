/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scale/scale.h"

#include "drivers/scale/cas.h"
#include "drivers/scale/dialog06.h"
#include "drivers/scale/massa.h"
#include "drivers/scale/mt8217.h"
#include "drivers/scale/pos2.h"

#include <string.h>

const struct scale_driver *scale_driver_find(const char *name)
{
	static const struct scale_driver *const drivers[] = { &cas_driver,   &dialog06_driver,
							      &massa_driver, &mt8217_driver,
							      &pos2_driver,  NULL };

	for (size_t i = 0; drivers[i] != NULL; i++) {
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	}
	return NULL;
}

const char *scale_state_code(ScaleState state)
{
	static const char *const codes[SCALE_N_STATES] = {
		[SCALE_STABLE] = "stable",	   [SCALE_MOVING] = "moving",
		[SCALE_EMPTY] = "empty",	   [SCALE_BELOW_MINIMUM] = "below-minimum",
		[SCALE_NEGATIVE] = "negative",	   [SCALE_OVERLOAD] = "overload",
		[SCALE_ZERO_ERROR] = "zero-error",
	};

	g_return_val_if_fail((unsigned)state < SCALE_N_STATES, "unknown");
	return codes[state];
}

bool scale_gate_push(ScaleGate *self, const ScaleReading *reading)
{
	if (reading->state == SCALE_EMPTY || reading->state == SCALE_NEGATIVE ||
	    (reading->state == SCALE_STABLE && reading->net.micro != self->sold_weight.micro))
		self->sold = false;
	return reading->state == SCALE_STABLE && reading->net.micro > 0 && !self->sold;
}

void scale_gate_sell(ScaleGate *self, Quantity weight)
{
	self->sold = true;
	self->sold_weight = weight;
}
