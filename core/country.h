/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"
#include "core/tax.h"

/* What a country asks of a shop. Data: a new country is a row in country.c and nothing else. */
typedef struct {
	const char *code;     /* ISO 3166 two letters, lower case */
	const char *timezone; /* default; a shop may have another */
	uint16_t currency;
	TaxRounding tax_rounding;
	const char *default_tax; /* tax group code of goods that name none */
	/* All tax groups with all their dated rates; group.n_rates counts dates too. */
	const struct CountryTaxGroup {
		const char *code;
		const char *name; /* English; the UI translates it (N_()-marked) */
		int n_rates;
		TaxRate rates[8];
	} *tax_groups;
	int n_tax_groups;
	/* In-store EAN-13 templates, see barcode.h; NULL ends. */
	const char *const *barcode_templates;
} Country;

/* NULL where unknown. Static data. */
const Country *country_by_code(const char *code);
const Country *const *country_list(void); /* NULL-terminated */
