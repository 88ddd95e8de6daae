/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/analysis.h"

#include <glib.h>

#define ONE 10000 /* the whole, in hundredths of a percent */
#define AMOUNT_MAX (INT64_C(1) << 38) /* so that nothing below leaves 128 bits */

char abc_class(int64_t running, int64_t total, bool first)
{
	__int128 share = (__int128)running * ONE;

	if (first || share <= (__int128)total * ABC_A_SHARE)
		return 'A';
	return share <= (__int128)total * ABC_B_SHARE ? 'B' : 'C';
}

/* v² is spread / square: n Σx² − (Σx)² over (Σx)². */
typedef struct {
	unsigned __int128 spread, square;
} Variation;

/* Amounts are halved until they fit: what that takes from them is no hundredth of a percent. */
static int shift_of(const int64_t *amounts, int n)
{
	int64_t most = 0;
	int shift = 0;

	for (int i = 0; i < n; i++)
		most = MAX(most, ABS(amounts[i]));
	while (most >> shift >= AMOUNT_MAX)
		shift++;
	return shift;
}

static Variation variation_of(const int64_t *amounts, int n)
{
	int64_t divisor = INT64_C(1) << shift_of(amounts, n);
	__int128 sum = 0, squares = 0;

	for (int i = 0; i < n; i++) {
		int64_t amount = amounts[i] / divisor;

		sum += amount;
		squares += (__int128)amount * amount;
	}
	return (Variation){ .spread = (unsigned __int128)(squares * n - sum * sum),
			    .square = sum > 0 ? (unsigned __int128)(sum * sum) : 0 };
}

/* Whether v < part / whole. */
static bool is_below(const Variation *v, uint64_t part, uint64_t whole)
{
	return v->spread * whole * whole < v->square * part * part;
}

static int64_t rate_of(const Variation *v)
{
	int64_t low = 0, high = XYZ_RATE_MAX;

	while (low < high) {
		int64_t middle = (low + high) / 2;

		if (is_below(v, (uint64_t)(2 * middle + 1), 2 * ONE))
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static bool is_within(const Variation *v, uint64_t rate)
{
	return v->spread * ONE * ONE <= v->square * rate * rate;
}

char xyz_class(const int64_t *amounts, int n, int64_t *ret_rate)
{
	Variation v;

	g_return_val_if_fail(n > 0 && n <= XYZ_PERIODS_MAX, 'Z');
	v = variation_of(amounts, n);
	*ret_rate = v.square > 0 ? rate_of(&v) : -1;
	if (v.square == 0)
		return 'Z';
	return is_within(&v, XYZ_X_MAX) ? 'X' : is_within(&v, XYZ_Y_MAX) ? 'Y' : 'Z';
}
