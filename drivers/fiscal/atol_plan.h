/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/fiscal.h"

/* The keys of till.conf's [fiscal] group. */
typedef struct {
	bool v1; /* api: 1 or 2 */
	char device_id[64]; /* device_id: which of several registrars of the service; "" one */
	char operator_vatin[13]; /* operator_vatin: the cashier's taxpayer number (1203); "" */
	const char *taxation; /* tax_system: osn, usnIncome …, or its bit of tag 1055: 1 … 32 */
	bool ffd_1_2; /* ffd: 1.2 or 1.05 */
	bool checks_marks; /* check_marks: yes or no; has marking codes checked before the sale */
	uint16_t currency; /* currency: ISO number of the money in FiscalStatus; 643 */
	GTimeZone *zone; /* owned; timezone: of the shop, "Europe/Moscow"; the till's own */
	int wait_ms; /* wait: seconds that a document may take before it is in doubt; 180 */
} AtolOptions;

/* @options may be NULL. DEVICE_FAULT_BAD_ADDRESS for what the driver does not know. */
bool atol_options_parse(GHashTable *options, AtolOptions *ret, GError **error);
void atol_options_clear(AtolOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AtolOptions, atol_options_clear)

struct fiscal_plan {
	FiscalKind kind;
	Money total;
	Money change; /* of cash, as the till computes it: no result tells it */
	char *uuid; /* owned; NULL of a report, which may be printed any number of times */
	char *task; /* owned; the JSON of the one task */
};

/* fiscal_driver's plan() and its kin. No I/O. */
struct fiscal_plan *atol_plan_new(const AtolOptions *options, const FiscalDocument *document,
				  GError **error);
char *atol_plan_describe(const struct fiscal_plan *plan);
void atol_plan_free(struct fiscal_plan *plan);

/* What is posted: {"uuid":…,"request":[…]}; @tasks are JSON with commas between. Own it. */
char *atol_body_dup(const char *uuid, const char *tasks);
