/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/cli/command.h"
#include "backoffice/money/money.h"
#include "backoffice/people/shop.h"

/* What the commands of money share: a shop, its accounts and amounts in words. */
typedef struct {
	/* owned */
	Store *store;
	Shop *shop;
	GTimeZone *zone;
} MoneyWords;

void money_words_clear(MoneyWords *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MoneyWords, money_words_clear)

/* Opens the database and finds the shop, the first one where @shop is NULL. All below are false
 * once they have said why; *ret_status is what to exit with. */
bool money_words_open(MoneyWords *self, const char *dsn, const char *shop, StoreFlags flags,
		      int *ret_status);
/* Own *ret. */
bool money_words_account(const MoneyWords *self, const char *name, MoneyAccount **ret,
			 int *ret_status);
bool money_words_amount(const char *text, uint16_t currency, int64_t *ret, int *ret_status);
bool money_words_day(const char *text, int32_t *ret, int *ret_status); /* NULL is 0 */
/* A day, or a moment: one of both is filled in. NULL is neither. */
bool money_words_when(const MoneyWords *self, const char *text, int32_t *ret_day, int64_t *ret_at,
		      int *ret_status);
bool money_words_currency(const char *code, uint16_t *ret, int *ret_status);
/* "1500.00"; own it. */
char *money_words_dup_plain(int64_t amount, uint16_t currency);
/* "1 500 ₮"; own it. */
char *money_words_dup_amount(int64_t amount, uint16_t currency);
