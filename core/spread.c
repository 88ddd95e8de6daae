/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt.h"

/* What a part was cut by: total × weight mod sum of weights. */
typedef struct {
	int64_t remainder;
	uint64_t order;
	int index;
} Rest;

static int compare_rests(const void *a, const void *b)
{
	const Rest *x = a, *y = b;

	if (x->remainder != y->remainder)
		return x->remainder > y->remainder ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->index - y->index;
}

static bool sum_weights(const int64_t *weights, int n, int64_t *ret)
{
	int64_t sum = 0;

	for (int i = 0; i < n; i++)
		if (weights[i] < 0 || __builtin_add_overflow(sum, weights[i], &sum))
			return false;
	*ret = sum;
	return true;
}

/* What is left after cutting is less than the number of parts that were cut, so one more unit each
 * for the most cut ones uses it up, and a part that was not cut gets none. */
bool spread_largest_remainder(int64_t total, const int64_t *weights, const uint64_t *order, int n,
			      int64_t *parts)
{
	g_autofree Rest *rests = g_new(Rest, MAX(n, 1));
	int64_t sum, left = total;

	if (total < 0 || !sum_weights(weights, n, &sum) || (sum == 0 && total > 0))
		return false;
	for (int i = 0; i < n; i++) {
		__int128 product = (__int128)total * weights[i];

		parts[i] = sum == 0 ? 0 : (int64_t)(product / sum);
		rests[i] = (Rest){ sum == 0 ? 0 : (int64_t)(product % sum), order[i], i };
		left -= parts[i];
	}

	if (left == 0)
		return true;
	qsort(rests, (size_t)n, sizeof *rests, compare_rests);
	for (int i = 0; i < left; i++)
		parts[rests[i].index]++;
	return true;
}
