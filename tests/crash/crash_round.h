/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/crash/crash_shop.h"

/* One sale or refund with one misfortune, or two at once. */

typedef enum { PAID_CASH, PAID_CARD, PAID_MIXED, PAID_N } CrashPayment;

typedef enum {
	TILL_LIVES,
	TILL_DIES_BEFORE_SYNC, /* its Nth, the power goes */
	TILL_DIES_AFTER_SYNC,
	TILL_DIES_IN_SYNC,
	TILL_DIES, /* at any instant */
} TillFate;

typedef enum {
	DEVICE_LIVES,
	FISCAL_BYTE, /* a fault of its cable at the Nth byte */
	TERMINAL_BYTE,
	FISCAL_POWER, /* off and on, at any instant */
	TERMINAL_POWER,
	ALL_POWER, /* of both */
	FISCAL_LOST, /* the Nth of the protocol's ways to lose the answer to a closed document */
} DeviceFate;

typedef struct {
	const char *name;
	int share; /* of all rounds, beside those of the others */
	TillFate till;
	DeviceFate device;
	const char *fault; /* of a cable: "cut_in" … */
	bool again; /* the power goes once more in the recovery */
} CrashKind;

#define CRASH_KINDS_MAX 64
extern const CrashKind crash_kinds[]; /* ends with a NULL name */

typedef struct {
	const CrashKind *kind; /* borrowed */
	CrashPayment payment;
	bool is_return;
	int n; /* which sync, byte or way: what is walked through */
	uint32_t seed; /* of all that is not walked through */
} CrashRound;

typedef struct {
	bool struck; /* the misfortune came; else the sale has fewer than n syncs or bytes */
	BookVerdict verdict;
} CrashResult;

/* False with shop->failure. */
bool crash_round_run(const CrashRound *self, CrashShop *shop, CrashResult *ret);
/* "sync-before cash sale 17 seed 4711": crash_round_parse() reads it. Own it. */
char *crash_round_describe(const CrashRound *self);
bool crash_round_parse(const char *text, CrashRound *ret);
/* Kinds that need what is not there (a card, a way to lose an answer) are left out. */
bool crash_round_makes_sense(const CrashRound *self, const CrashShop *shop);
