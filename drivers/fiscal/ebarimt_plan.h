/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/ebarimt_tax.h"

/* The keys of till.conf's [fiscal] group. */
typedef struct {
	char merchant_tin[16]; /* merchant_tin: the seller's, 11 to 14 digits; must be there */
	char branch[4]; /* branch: 2 or 3 digits; 001 */
	char pos[9]; /* pos: 3 to 8 digits; 001 */
	char district[5]; /* district: 4 digits, place of sale; must be there */
	char no_vat_word[8]; /* no_vat_word: NO_VAT or NOT_VAT, on which sources differ */
	/* classification: 7 digits, for goods that have no code of their own; "": left out */
	char classification[8];
	/* vat_free_code, vat_zero_code: 3 or 7 digits, the reason why goods without VAT or with
	 * 0 % are so. Where vat_free_code is missing, goods without VAT are outside the law
	 * (no_vat_word) instead of exempt by it. */
	char vat_free_code[8], vat_zero_code[8];
	bool vat_payer; /* vat_payer: yes or no; yes */
	GTimeZone *timezone; /* owned; timezone: of the service's dates; Asia/Ulaanbaatar */
} EbarimtOptions;

/* @options may be NULL. DEVICE_FAULT_BAD_ADDRESS for what the driver does not know, and for what
 * is missing. */
bool ebarimt_options_parse(GHashTable *options, EbarimtOptions *ret, GError **error);
void ebarimt_options_clear(EbarimtOptions *self);
/* Whether @text is @min to @max digits. */
bool ebarimt_is_digits(const char *text, size_t min, size_t max);

/* One request, or nothing but questions. */
struct fiscal_plan {
	FiscalKind kind;
	int64_t id; /* of the attempt */
	const char *method; /* static; NULL where no document is made */
	char *body; /* owned; NULL likewise */
	char *replaced; /* owned: id of the receipt that is deleted, or NULL */
};

/* ebarimt_body.c: the whole request of POST /rest/receipt (§2). Own it. REFUSED for what the
 * service would not take. */
char *ebarimt_body_new(const EbarimtOptions *options, const FiscalDocument *document,
		       GError **error);

/* fiscal_driver's plan() and its kin. No I/O. */
struct fiscal_plan *ebarimt_plan_new(const EbarimtOptions *options, const FiscalDocument *document,
				     GError **error);
/* "POST /rest/receipt " and the body word for word: what ebarimt_plan_parse() reads. */
char *ebarimt_plan_describe(const struct fiscal_plan *plan);
/* The plan again, from its text. NULL where it is none that makes a document. */
struct fiscal_plan *ebarimt_plan_parse(const char *text);
int ebarimt_plan_n_steps(const struct fiscal_plan *plan);
int ebarimt_plan_commit_step(const struct fiscal_plan *plan);
void ebarimt_plan_free(struct fiscal_plan *plan);
/* Whether an older receipt goes with it: the service does that once. */
bool ebarimt_plan_replaces(const struct fiscal_plan *plan);
/* Whether the service draws a lottery number for it (§3's table), so that its stock is a hint. */
bool ebarimt_plan_draws_lottery(const struct fiscal_plan *plan);
