/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/money.h"

#define TAX_MAX 4 /* taxes on one line */
#define TAX_ONE 10000 /* 100 % in hundredths of a percent */
#define TAX_RATE_MAX (10 * TAX_ONE) /* a receipt takes no higher rate; VAT reaches 27 % */

/* How a fiscal registrar has to be told of a tax; the driver finds its own byte for it. */
typedef enum {
	FISCAL_TAX_NONE, /* outside VAT */
	FISCAL_TAX_STANDARD, /* the country's general VAT rate (RU 22 %, 20 % to the end of 2025) */
	FISCAL_TAX_REDUCED, /* RU, MN 10 % */
	FISCAL_TAX_ZERO, /* 0 % */
	FISCAL_TAX_OTHER, /* a tax that registrars of our first countries have no word for */
} FiscalTax;

const char *fiscal_tax_code(FiscalTax tax); /* "none", "standard", "reduced", "zero", "other" */
bool fiscal_tax_parse(const char *code, FiscalTax *ret);

/* One rate of one tax. A tax whose rate changes has several, with different first days. */
typedef struct {
	char code[16]; /* "VAT", "CITY" */
	int32_t rate; /* hundredths of a percent; 10 % is 1000 */
	bool inclusive; /* contained in the price; else added to it */
	int32_t first_day; /* first day it holds, YYYYMMDD; 0 from the beginning */
	FiscalTax fiscal;
} TaxRate;

/* What an item points to: the taxes of a line on a given day. */
typedef struct {
	int32_t id; /* unique in the shop's tax list */
	char code[16]; /* "VAT22", "VAT10", "NONE" … as imports name it */
	int n_rates;
	TaxRate rates[TAX_MAX]; /* those in force: one an element of tax */
} TaxGroup;

/* Of @n rates of any days keeps those in force on @day (YYYYMMDD): for each code the latest
 * first_day not after it. Fails if more than TAX_MAX codes are in force. */
bool tax_group_on_day(TaxGroup *self, const TaxRate *rates, int n, int32_t day);

bool tax_group_equal(const TaxGroup *a, const TaxGroup *b);

/* What a fiscal registrar is told of a group: its VAT, or its first tax where it has no VAT. NULL
 * if it has no tax at all, which is FISCAL_TAX_NONE. */
const TaxRate *tax_group_fiscal_rate(const TaxGroup *self);

/* Splits @base (after discounts, not negative) into taxes[0..n_rates-1]. Inclusive taxes are
 * parts of @base: base * rate / (1 + sum of inclusive rates); exclusive taxes stand on what is left
 * of @base without the inclusive ones. *added is the sum of the exclusive ones: the shopper pays
 * base + added. Each is rounded half away from zero. Those from group.n_rates on are zero. */
bool tax_compute(const TaxGroup *group, Money base, Money taxes[static TAX_MAX],
		 Money *added) G_GNUC_WARN_UNUSED_RESULT;
