/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* The arithmetic of ABC and XYZ, in whole numbers.
 *
 * ABC: goods in the order of what they brought in, largest first. Those with which the running
 * share stays within 80 % are A, within 95 % B, the rest C; the first is always A. Shares are of
 * what is above zero: goods that brought nothing, or took, are C.
 *
 * XYZ: how even the sales of equal periods are, by the coefficient of variation v, the standard
 * deviation of all periods (not of a sample) over their mean: X up to 10 %, Y up to 25 %, Z above.
 * Goods of which nothing was sold, taken together, are Z without a figure. */

#define ABC_A_SHARE 8000 /* hundredths of a percent */
#define ABC_B_SHARE 9500
#define XYZ_X_MAX 1000 /* hundredths of a percent */
#define XYZ_Y_MAX 2500
#define XYZ_RATE_MAX 100000
#define XYZ_PERIODS_MAX 64

/* @running: the sum up to and with this one; @total is above zero. */
char abc_class(int64_t running, int64_t total, bool first);
/* @ret_rate: v in hundredths of a percent, rounded half away; −1 where there is none, and at most
 * XYZ_RATE_MAX. The class is that of v itself and not of what it was rounded to. */
/* @n at most XYZ_PERIODS_MAX. */
char xyz_class(const int64_t *amounts, int n, int64_t *ret_rate);
