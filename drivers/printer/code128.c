/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/code128.h"

#include "drivers/printer/bitmap.h"

#include <string.h>

#define TEXT_MAX 60
#define NEVER 10000

typedef enum { SET_B, SET_C, N_SETS } Set;

/* The fewest symbols for the rest of a text from each place, in each set. */
typedef struct {
	int cost[TEXT_MAX + 1][N_SETS];
} Costs;

static bool is_pair(const char *text)
{
	return g_ascii_isdigit(text[0]) && g_ascii_isdigit(text[1]);
}

static uint8_t pair_value(const char *text)
{
	return (uint8_t)((text[0] - '0') * 10 + text[1] - '0');
}

/* Two pairs of digits that set C may not tell one after the other. */
static bool is_trap(const char *text)
{
	return is_pair(text) && is_pair(text + 2) &&
	       escpos_is_trap(pair_value(text), pair_value(text + 2));
}

/* One more symbol in @set from @text on; NEVER where the set cannot say it. A pair that begins a
 * trap is no pair: set B takes over there, and its selector comes between. */
static int step_cost(const Costs *costs, const char *text, size_t i, Set set)
{
	if (set == SET_B)
		return 1 + costs->cost[i + 1][SET_B];
	return is_pair(text + i) && !is_trap(text + i) ? 1 + costs->cost[i + 2][SET_C] : NEVER;
}

static void count(const char *text, size_t len, Costs *ret)
{
	ret->cost[len][SET_B] = ret->cost[len][SET_C] = 0;
	for (size_t i = len; i-- > 0;) {
		int b = step_cost(ret, text, i, SET_B), c = step_cost(ret, text, i, SET_C);

		ret->cost[i][SET_B] = MIN(b, c + 1);
		ret->cost[i][SET_C] = MIN(c, b + 1);
	}
}

static void push(Code128 *self, uint8_t value)
{
	self->values[self->n++] = value;
}

void code128_plan(const char *text, Code128 *ret)
{
	size_t len = strlen(text);
	Costs costs;
	Set set;

	g_assert(len <= TEXT_MAX);
	count(text, len, &costs);
	set = costs.cost[0][SET_C] < costs.cost[0][SET_B] ? SET_C : SET_B;
	ret->n = 0;
	push(ret, set == SET_C ? CODE128_START_C : CODE128_START_B);
	for (size_t i = 0; i < len;) {
		if (step_cost(&costs, text, i, set) > costs.cost[i][set]) {
			push(ret, set == SET_B ? CODE128_TO_C : CODE128_TO_B);
			set = set == SET_B ? SET_C : SET_B;
		}
		if (set == SET_C)
			push(ret, pair_value(text + i));
		else
			push(ret, (uint8_t)(text[i] - ' '));
		i += set == SET_C ? 2 : 1;
	}
}

uint8_t code128_check(const Code128 *self)
{
	unsigned sum = self->values[0];

	for (size_t i = 1; i < self->n; i++)
		sum += (unsigned)i * self->values[i];
	return (uint8_t)(sum % 103);
}

int code128_width(const Code128 *self)
{
	return 11 * ((int)self->n + 1) + 13;
}

static void append(GByteArray *ret, const char *bytes)
{
	g_byte_array_append(ret, (const uint8_t *)bytes, (guint)strlen(bytes));
}

void code128_append_escpos(const Code128 *self, GByteArray *ret)
{
	bool in_c = self->values[0] == CODE128_START_C;

	append(ret, in_c ? "{C" : "{B");
	for (size_t i = 1; i < self->n; i++) {
		uint8_t value = self->values[i];

		if (value == CODE128_FNC1) {
			append(ret, "{1");
		} else if (value == (in_c ? CODE128_TO_B : CODE128_TO_C)) {
			append(ret, in_c ? "{B" : "{C");
			in_c = !in_c;
		} else if (!in_c && value + ' ' == '{') {
			append(ret, "{{");
		} else {
			value = (uint8_t)(in_c ? value : value + ' ');
			g_byte_array_append(ret, &value, 1);
		}
	}
}
