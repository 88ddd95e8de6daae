/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/currency.h"

#include <string.h>

static const int64_t rub[] = { 500000, 200000, 100000, 50000, 20000, 10000, 5000,
			       1000,   500,    200,    100,   50,    10,    0 };
static const int64_t mnt[] = {
	2000000, 1000000, 500000, 100000, 50000, 10000, 5000, 2000, 1000, 0
};
static const int64_t kzt[] = { 2000000, 1000000, 500000, 200000, 100000, 50000, 20000, 10000,
			       5000,	2000,	 1000,	 500,	 200,	 100,	0 };
static const int64_t kgs[] = { 500000, 200000, 100000, 50000, 20000, 10000, 5000,
			       2000,   1000,   500,    300,   100,   50,    0 };
static const int64_t uzs[] = { 20000000, 10000000, 5000000, 2000000, 1000000, 500000, 200000,
			       100000,	 50000,	   20000,   10000,   5000,    0 };
static const int64_t byn[] = { 50000, 20000, 10000, 5000, 2000, 1000, 500, 200,
			       100,   50,    20,    10,	  5,	2,    1,   0 };
static const int64_t usd[] = { 10000, 5000, 2000, 1000, 500, 100, 25, 10, 5, 1, 0 };
static const int64_t eur[] = { 50000, 20000, 10000, 5000, 2000, 1000, 500, 200,
			       100,   50,    20,    10,	  5,	2,    1,   0 };
static const int64_t kwd[] = { 20000, 10000, 5000, 1000, 500, 250, 100, 50, 20, 10, 5, 0 };
static const int64_t jpy[] = { 10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1, 0 };
static const int64_t cny[] = { 10000, 5000, 2000, 1000, 500, 100, 50, 10, 0 };

/* Decimals are ISO 4217's, also where nobody has seen the small coin for thirty years: what a
 * registrar and a bank are told counts in them. */
static const Currency currencies[] = {
	{ 643, "RUB", "₽", 2, false, rub }, { 496, "MNT", "₮", 2, true, mnt },
	{ 398, "KZT", "₸", 2, false, kzt },   { 417, "KGS", "сом", 2, false, kgs },
	{ 860, "UZS", "soʻm", 2, true, uzs }, { 933, "BYN", "Br", 2, false, byn },
	{ 840, "USD", "$", 2, false, usd },   { 978, "EUR", "€", 2, false, eur },
	{ 414, "KWD", "KD", 3, false, kwd },  { 392, "JPY", "¥", 0, false, jpy },
	{ 156, "CNY", "¥", 2, false, cny },
};

const Currency *currency_by_number(uint16_t number)
{
	for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
		if (currencies[i].number == number)
			return &currencies[i];
	return NULL;
}

const Currency *currency_by_code(const char *code)
{
	for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
		if (strcmp(currencies[i].code, code) == 0)
			return &currencies[i];
	return NULL;
}
