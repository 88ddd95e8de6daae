/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/codepage.h"
#include "drivers/fiscal/fiscal.h"
#include "drivers/fiscal/shtrih_codec.h"

/* The keys of till.conf's [fiscal] group. */
typedef struct {
	uint32_t password; /* password: 30, the system administrator's */
	bool vat_ordinal; /* vat: bit or ordinal (§6.2 has the conflict of sources) */
	bool ffd_1_2; /* ffd: 1.2 or 1.05; from 1.2 on each line carries its unit */
	LetterMap letters; /* letters: what may stand for letters that cp1251 lacks */
	uint8_t tax_system; /* tax_system: 1 general, 2, 4 simplified, 16, 32 */
	GTimeZone *timezone; /* owned; timezone: the registrar's wall clock; Europe/Moscow */
	/* details: seconds between two questions for its clock and what it has not sent; 60, 0:
	 * whenever it is observed. The first come so long after it was opened: a till that has
	 * just started wants to sell */
	int details_s;
	uint16_t currency; /* currency: ISO number of the money in FiscalStatus; 643 */
} ShtrihOptions;

/* @options may be NULL. DEVICE_FAULT_BAD_ADDRESS for what the driver does not know. */
bool shtrih_options_parse(GHashTable *options, ShtrihOptions *ret, GError **error);
void shtrih_options_clear(ShtrihOptions *self);

typedef struct {
	ShtrihBody body;
	char *text; /* owned; what it says, for the intent's row */
} ShtrihStep;

struct fiscal_plan {
	FiscalKind kind;
	Money total;
	GArray *steps; /* owned; of ShtrihStep */
	int commit_step;
};

/* fiscal_driver's plan() and its kin. No I/O. */
struct fiscal_plan *shtrih_plan_new(const ShtrihOptions *options, const FiscalDocument *document,
				    GError **error);
char *shtrih_plan_describe(const struct fiscal_plan *plan);
int shtrih_plan_n_steps(const struct fiscal_plan *plan);
int shtrih_plan_commit_step(const struct fiscal_plan *plan);
void shtrih_plan_free(struct fiscal_plan *plan);
