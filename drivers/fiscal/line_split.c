/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/line_split.h"

#include "core/quantity.h"

/* Against the exact product, so that it does not matter how the registrar rounds its own. */
static bool within_a_kopeck(int64_t quantity, int64_t price, int64_t sum)
{
	__int128 difference = (__int128)price * quantity - (__int128)sum * QUANTITY_ONE;

	return difference <= QUANTITY_ONE && difference >= -QUANTITY_ONE;
}

static int64_t divide_half_up(__int128 a, int64_t b)
{
	return (int64_t)((2 * a + b) / (2 * (__int128)b));
}

/* Scales and counters give three decimals: no part needs more. */
static int64_t round_like(int64_t part, int64_t whole)
{
	int64_t step = whole % QUANTITY_ONE == 0 ? QUANTITY_ONE : whole % 1000 == 0 ? 1000 : 1;

	return divide_half_up(part, step) * step;
}

int line_split(int64_t quantity, int64_t price, int64_t sum, LinePart ret[static 2])
{
	__int128 scaled = (__int128)sum * QUANTITY_ONE;
	int64_t low, rest;

	if (quantity <= 0 || price < 0 || sum < 0 || scaled / quantity > INT64_MAX / 4 ||
	    (__int128)price * quantity / QUANTITY_ONE > INT64_MAX / 4)
		return 0;

	ret[0] = (LinePart){ .quantity = quantity, .price = price, .sum = sum };
	if (divide_half_up((__int128)price * quantity, QUANTITY_ONE) == sum)
		return 1;
	ret[0].price = divide_half_up(scaled, quantity);
	if (within_a_kopeck(quantity, ret[0].price, sum))
		return 1;

	/* `rest` units one kopeck dearer make up what whole kopecks a unit leave over. */
	low = (int64_t)(scaled / quantity);
	rest = round_like((int64_t)(scaled % quantity), quantity);
	ret[0] = (LinePart){ .quantity = quantity - rest, .price = low };
	ret[0].sum = divide_half_up((__int128)low * ret[0].quantity, QUANTITY_ONE);
	ret[1] = (LinePart){ .quantity = rest, .price = low + 1, .sum = sum - ret[0].sum };
	return 2;
}
