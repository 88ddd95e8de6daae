/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"
#include "core/tax.h"

typedef struct CountryTaxGroup {
	const char *code;
	const char *name; /* English; the UI translates it (N_()-marked) */
	int n_rates;
	TaxRate rates[8];
} CountryTaxGroup;

/* What a country asks of a shop. Data: a new country is a row in country.c and nothing else. */
typedef struct {
	const char *code; /* ISO 3166 two letters, lower case */
	const char *timezone; /* default; a shop may have another */
	uint16_t currency;
	TaxRounding tax_rounding;
	const char *default_tax; /* tax group code of goods that name none */
	/* All tax groups with all their dated rates; n_rates counts dates too, and is 0 for goods
	 * outside any tax. */
	const CountryTaxGroup *tax_groups;
	int n_tax_groups;
	/* In-store EAN-13 templates, see barcode.h; NULL ends. */
	const char *const *barcode_templates;
} Country;

/* NULL where unknown. Static data. */
const Country *country_by_code(const char *code);
const Country *const *country_list(void); /* NULL-terminated */

const CountryTaxGroup *country_tax_group_by_code(const Country *self, const char *code);
/* The first group whose rates in force on @day (YYYYMMDD) add up to @rate (hundredths of a
 * percent): what lists of goods mean by "10". NULL if there is none; "outside any tax" is never
 * meant. */
const CountryTaxGroup *country_tax_group_by_rate(const Country *self, int32_t rate, int32_t day);
