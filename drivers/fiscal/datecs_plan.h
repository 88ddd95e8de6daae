/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/codepage.h"
#include "drivers/fiscal/datecs_codec.h"
#include "drivers/fiscal/fiscal.h"

/* The keys of till.conf's [fiscal] group. */
typedef struct {
	unsigned int families; /* family: p or x; both where it is not said: the device is asked */
	char operator_number[4]; /* operator: 1 to 30; 1 */
	char operator_password[12]; /* operator_password: 0000 */
	char till[8]; /* till: number of the place of sale, 1 to 99999; 1 */
	/* tax_standard, tax_reduced, tax_zero, tax_none, tax_other: the registrar's group, A to H
	 * or 1 to 8, from 1; 0: documents with that tax are refused. B, D, A, A and none, which
	 * are Bulgaria's (§5.3). */
	int groups[FISCAL_TAX_OTHER + 1];
	int department; /* department: 0 to 99, of family X; 0 is none. In family P it would choose
			   the tax instead of us */
	char serial[16]; /* serial: of the device, LLDDDDDD, where it does not tell */
	char memory[16]; /* fiscal_memory: its number, where the device does not tell */
	bool numbers_sales; /* unp: yes or no; whether sales carry a unique sale number */
	LetterMap letters; /* letters: what may stand for letters that cp1251 lacks */
	GTimeZone *zone; /* owned; timezone: the shop's; the till's own where it is not said */
	uint16_t currency; /* currency: ISO number of the money in FiscalStatus; 978 */
} DatecsOptions;

/* @options may be NULL. DEVICE_FAULT_BAD_ADDRESS for what the driver does not know. */
bool datecs_options_parse(GHashTable *options, DatecsOptions *ret, GError **error);
void datecs_options_clear(DatecsOptions *self);

typedef enum {
	DATECS_STEP_OPEN,
	DATECS_STEP_LINE,
	DATECS_STEP_CHECK, /* a question: does the registrar count as we do? */
	DATECS_STEP_PAY,
	DATECS_STEP_CLOSE,
	DATECS_STEP_CASH,
	DATECS_STEP_X,
	DATECS_STEP_Z,
} DatecsStepKind;

typedef struct {
	DatecsStepKind kind;
	DatecsBody body;
	/* What 4Ch says of it, before and after: the receipt's sum for lines and the check, what
	 * was paid for payments */
	int64_t before, after;
	char *text; /* owned; what it says, for the intent's row */
} DatecsStep;

struct fiscal_plan {
	FiscalKind kind;
	Money total;
	char unp[DATECS_UNP_LEN + 1]; /* of a sale; "" without */
	GArray *steps; /* owned; of DatecsStep */
	int commit_step;
	int64_t change; /* as the registrar told it when it was paid */
};

/* Whom a plan is for. */
typedef struct {
	DatecsFamily family;
	const DatecsOptions *options;
	const DatecsIdentity *identity;
} DatecsTarget;

/* Whether sales carry a unique sale number there. */
bool datecs_numbers_sales(const DatecsTarget *target);
/* The unique sale number of attempt @id: so that it can be made again after a restart. */
void datecs_make_unp(const DatecsTarget *target, int64_t id, char ret[static DATECS_UNP_LEN + 1]);
/* @prefix: of another number; whether it is of the same device and operator. */
bool datecs_unp_is_older(const char *unp, const char *ours);

/* 35h of @amount by @tender. */
void datecs_pay_command(DatecsFamily family, TenderKind tender, int64_t amount, DatecsBody *ret);
/* 46h of @amount in, or out where it is negative; 0 is a question. */
void datecs_cash_command(DatecsFamily family, int64_t amount, DatecsBody *ret);
/* 4Ch. */
void datecs_receipt_command(DatecsFamily family, DatecsBody *ret);

/* fiscal_driver's plan() and its kin. No I/O. */
struct fiscal_plan *datecs_plan_new(const DatecsTarget *target, const FiscalDocument *document,
				    GError **error);
char *datecs_plan_describe(const struct fiscal_plan *plan);
int datecs_plan_n_steps(const struct fiscal_plan *plan);
int datecs_plan_commit_step(const struct fiscal_plan *plan);
void datecs_plan_free(struct fiscal_plan *plan);
