/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/fiscal/erpnet_answer.h"

/* The keys of till.conf's [fiscal] group. */
typedef struct {
	char printer[64]; /* printer: its id; "" where the service has one only */
	char operator[32], password[32]; /* operator, operator_password: ""; the printer's own */
	/* operator_code: four characters of the unique sale number; tills that share a printer have
	 * one each. "0001" */
	char code[5];
	/* tax_none, tax_standard, tax_reduced, tax_zero: groups 1 to 8. Bulgaria's, as drivers'
	 * examples have them (§5.3, [1]): 1, 2, 4, 1. */
	uint8_t groups[FISCAL_TAX_OTHER];
	uint16_t currency; /* currency: ISO number of its money; 978 */
	GTimeZone *zone; /* owned; timezone: of the shop; the till's own */
	int wait_ms; /* wait: seconds that a document may take before it is in doubt; 180 */
} ErpnetOptions;

/* @options may be NULL. DEVICE_FAULT_BAD_ADDRESS for what the driver does not know. */
bool erpnet_options_parse(GHashTable *options, ErpnetOptions *ret, GError **error);
void erpnet_options_clear(ErpnetOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ErpnetOptions, erpnet_options_clear)

struct fiscal_plan {
	FiscalKind kind;
	Money total;
	Money change; /* of cash, as the till computes it: the service does not */
	char *task_id; /* owned; NULL of a report, which may be printed any number of times */
	const char *request; /* "receipt"; NULL where nothing is sent */
	char *body; /* owned */
	char sale[24]; /* unique sale number; "" */
};

/* fiscal_driver's plan() and its kin. No I/O. */
struct fiscal_plan *erpnet_plan_new(const ErpnetOptions *options, const ErpnetInfo *info,
				    const FiscalDocument *document, GError **error);
char *erpnet_plan_describe(const struct fiscal_plan *plan);
int erpnet_plan_n_steps(const struct fiscal_plan *plan);
void erpnet_plan_free(struct fiscal_plan *plan);

/* What a description tells for proving it. False for what is none. */
typedef struct {
	char sale[24]; /* unique sale number; "" */
	int64_t cash; /* by how much the drawer's counter rises; may be negative */
} ErpnetTrace;
bool erpnet_trace_read(const char *description, ErpnetTrace *ret);
