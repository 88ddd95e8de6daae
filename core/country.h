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

/* What may be done with a sale while the registrar or service is down. */
typedef enum {
	OFFLINE_REFUSE, /* nothing is sold; also where there is none that could be down */
	OFFLINE_LATE_SALE, /* sell, and tell it afterwards, by itself, as ordinary sales */
	OFFLINE_CORRECTION, /* sell; a manager tells it afterwards as corrections */
} CountryOffline;

/* What a shopper may be asked for. Nothing of it is ever demanded. */
typedef struct {
	bool contact; /* a phone number or mail address for an electronic receipt */
	uint32_t tin_digits; /* bit n is set where the taxpayer's number of a buyer that is a
				business may have n digits; 0: not asked for */
	int consumer_digits; /* length of the buyer's number in the state's scheme (eBarimt); 0: not
				asked for */
} CountryCustomer;

/* What a country asks of a shop. Data: a new country is a file in data/countries and a word in
 * core/meson.build (docs/countries.md). Amounts are minor units of @currency. */
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

	/* Names of the fiscal drivers that serve there, best first; NULL ends. Empty where no
	 * registrar is known to us, or none is needed. */
	const char *const *fiscal;
	bool fiscal_required; /* the law demands a registrar or service for each sale, whether we
				 drive one or not */
	CountryOffline offline;
	int shift_hours; /* how long a shift may last by law; 0: no limit */

	/* A sum that is paid in cash is rounded to a multiple of this (money_round_to()); 1 where
	 * it is paid to the last minor unit. */
	int64_t cash_step;
	Rounding cash_rounding;
	/* Notes and coins that a drawer meets, largest first; 0 ends. Currency.notes may have more.
	 */
	const int64_t *denominations;

	CountryCustomer customer;
	bool marking; /* pieces with a code of their own are told to the state: their code goes with the
			 sale, each once */
	bool return_needs_receipt; /* without the sale's receipt, or its number, no return */

	/* What paper says there by law or custom, in the country's own language whatever the till
	 * speaks. */
	const char *non_fiscal; /* a receipt that is no fiscal document has to carry it; "" if
				   nothing is asked */
	const char *copy; /* over a receipt that is printed again */
	const char *const *footer; /* lines under each receipt; NULL ends */
} Country;

/* NULL where unknown. Read on first use, by any thread, and never freed. */
const Country *country_by_code(const char *code);
const Country *const *country_list(void); /* NULL-terminated */

const CountryTaxGroup *country_tax_group_by_code(const Country *self, const char *code);
/* The first group whose rates in force on @day (YYYYMMDD) add up to @rate (hundredths of a
 * percent): what lists of goods mean by "10". NULL if there is none; "outside any tax" is never
 * meant. */
const CountryTaxGroup *country_tax_group_by_rate(const Country *self, int32_t rate, int32_t day);

/* Whether @text can be a taxpayer's number, or a buyer's number in the state's scheme, there:
 * digits of a right length, no blanks. What the digits mean is known to the state alone. */
bool country_takes_tin(const Country *self, const char *text);
bool country_takes_consumer(const Country *self, const char *text);
