/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/country.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Tax Code, article 164: 20 % from 2019, 22 % from 2026. 5 and 7 % are of the simplified system. */
static const CountryTaxGroup ru_taxes[] = {
	{
		"VAT22",
		N_("VAT, standard rate"),
		2,
		{ { "VAT", 2000, true, 20190101, FISCAL_TAX_STANDARD },
		  { "VAT", 2200, true, 20260101, FISCAL_TAX_STANDARD } },
	},
	{ "VAT10", N_("VAT 10 %"), 1, { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } },
	{ "VAT0", N_("VAT 0 %"), 1, { { "VAT", 0, true, 0, FISCAL_TAX_ZERO } } },
	{ .code = "NONE", .name = N_("Without VAT") },
	{ "VAT5", N_("VAT 5 %"), 1, { { "VAT", 500, true, 20250101, FISCAL_TAX_OTHER } } },
	{ "VAT7", N_("VAT 7 %"), 1, { { "VAT", 700, true, 20250101, FISCAL_TAX_OTHER } } },
};

/* The general rate is 10 %: registrars have their 10 % for it, whatever they call it. */
static const CountryTaxGroup mn_taxes[] = {
	{ "VAT10", N_("VAT 10 %"), 1, { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } },
	{
		"VAT10CITY",
		N_("VAT 10 % and city tax 2 %"),
		2,
		{ { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED },
		  { "CITY", 200, true, 0, FISCAL_TAX_OTHER } },
	},
	{ "VAT0", N_("VAT 0 %"), 1, { { "VAT", 0, true, 0, FISCAL_TAX_ZERO } } },
	{ .code = "NONE", .name = N_("Without VAT") },
};

static const CountryTaxGroup kz_taxes[] = {
	{
		"VAT16",
		N_("VAT, standard rate"),
		2,
		{ { "VAT", 1200, true, 20090101, FISCAL_TAX_STANDARD },
		  { "VAT", 1600, true, 20260101, FISCAL_TAX_STANDARD } },
	},
	{ "VAT0", N_("VAT 0 %"), 1, { { "VAT", 0, true, 0, FISCAL_TAX_ZERO } } },
	{ .code = "NONE", .name = N_("Without VAT") },
};

/* Each state and town has its own: a shop sets its rate in its tax list. */
static const CountryTaxGroup us_taxes[] = {
	{ "SALES", N_("Sales tax"), 1, { { "SALES", 600, false, 0, FISCAL_TAX_OTHER } } },
	{ .code = "NONE", .name = N_("Without tax") },
};

/* Labels of shop scales. 21 and 22 with grams are what scales of the CIS leave the factory with; 23
 * is for those told to print the price. */
static const char *const kopeck_templates[] = { "21IIIIIWWWWWC", "22IIIIIWWWWWC", "23IIIIIPPPPPC",
						NULL };
static const char *const whole_templates[] = { "21IIIIIWWWWWC", "22IIIIIWWWWWC", "23IIIIIPPPPPC:0",
					       NULL };
static const char *const us_templates[] = { "02IIIIIPPPPPC", NULL };

static const Country ru = {
	.code = "ru",
	.timezone = "Europe/Moscow",
	.currency = 643,
	.tax_rounding = TAX_PER_RECEIPT, /* as registrars compute tags 1102 to 1107 */
	.default_tax = "VAT22",
	.tax_groups = ru_taxes,
	.n_tax_groups = G_N_ELEMENTS(ru_taxes),
	.barcode_templates = kopeck_templates,
};

static const Country mn = {
	.code = "mn",
	.timezone = "Asia/Ulaanbaatar",
	.currency = 496,
	.tax_rounding = TAX_PER_LINE,
	.default_tax = "VAT10",
	.tax_groups = mn_taxes,
	.n_tax_groups = G_N_ELEMENTS(mn_taxes),
	.barcode_templates = whole_templates,
};

static const Country kz = {
	.code = "kz",
	.timezone = "Asia/Almaty",
	.currency = 398,
	.tax_rounding = TAX_PER_LINE,
	.default_tax = "VAT16",
	.tax_groups = kz_taxes,
	.n_tax_groups = G_N_ELEMENTS(kz_taxes),
	.barcode_templates = whole_templates,
};

static const Country us = {
	.code = "us",
	.timezone = "America/New_York",
	.currency = 840,
	.tax_rounding = TAX_PER_RECEIPT,
	.default_tax = "SALES",
	.tax_groups = us_taxes,
	.n_tax_groups = G_N_ELEMENTS(us_taxes),
	.barcode_templates = us_templates,
};

static const Country *const countries[] = { &ru, &mn, &kz, &us, NULL };

const Country *const *country_list(void)
{
	return countries;
}

const Country *country_by_code(const char *code)
{
	for (int i = 0; countries[i] != NULL; i++)
		if (g_ascii_strcasecmp(countries[i]->code, code) == 0)
			return countries[i];
	return NULL;
}

const CountryTaxGroup *country_tax_group_by_code(const Country *self, const char *code)
{
	for (int i = 0; i < self->n_tax_groups; i++)
		if (g_ascii_strcasecmp(self->tax_groups[i].code, code) == 0)
			return &self->tax_groups[i];
	return NULL;
}

const CountryTaxGroup *country_tax_group_by_rate(const Country *self, int32_t rate, int32_t day)
{
	for (int i = 0; i < self->n_tax_groups; i++) {
		const CountryTaxGroup *group = &self->tax_groups[i];
		TaxGroup on_day = { 0 };
		int64_t sum = 0;

		if (!tax_group_on_day(&on_day, group->rates, group->n_rates, day) ||
		    on_day.n_rates == 0)
			continue;
		for (int k = 0; k < on_day.n_rates; k++)
			sum += on_day.rates[k].rate;
		if (sum == rate)
			return group;
	}
	return NULL;
}
