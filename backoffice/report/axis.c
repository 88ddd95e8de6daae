/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/axis.h"

#include "core/money.h"

#include <glib.h>

/* Numbers of this size and above are written in thousands. */
#define LONG_NUMBER 1000000

/* The next of 1, 2, 5, 10, 20, 50 … */
static int64_t next_step(int64_t step)
{
	int64_t first = step;

	while (first >= 10)
		first /= 10;
	return first == 2 ? step / 2 * 5 : step * 2;
}

static int64_t round_up(int64_t value, int64_t step)
{
	return (value + step - 1) / step * step;
}

Axis axis_fit(int64_t least, int64_t most, int n)
{
	Axis self = { .step = 1 };

	g_return_val_if_fail(n >= 2, self);
	least = CLAMP(least, -AXIS_LIMIT, 0);
	most = CLAMP(most, 0, AXIS_LIMIT);
	if (least == 0 && most == 0)
		most = 1;
	while (round_up(most, self.step) / self.step + round_up(-least, self.step) / self.step > n)
		self.step = next_step(self.step);
	self.from = -round_up(-least, self.step);
	self.to = round_up(most, self.step);
	return self;
}

int axis_place(const Axis *self, int64_t value, int length)
{
	int64_t place;

	value = CLAMP(value, self->from, self->to);
	if (!scale_int64(value - self->from, length, self->to - self->from, ROUND_HALF_AWAY,
			 &place))
		return 0;
	return (int)place;
}

int64_t axis_unit(const Axis *self, int64_t one)
{
	int64_t largest = MAX(self->to, -self->from) / one, unit = one;

	while (largest >= LONG_NUMBER && unit < one * 1000000000) {
		largest /= 1000;
		unit *= 1000;
	}
	return unit;
}
