/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/money/money.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"
#include "tests/office/stock_room.h"

/* A shop whose tills take money: two tills, a supplier (id 1), a safe and a bank. Days of March
 * 2024, so that whoever enters money enters it later than it happened. */

#define MONEY_MONTH 20240300
/* Midnight of the 1st in Moscow, and hours after it. */
#define MONEY_FIRST INT64_C(1709240400000000)
#define MONEY_AT(day, hour) (MONEY_FIRST + (((day)-1) * INT64_C(24) + (hour)) * 60 * MINUTE)
#define MONEY_TILLS 2

typedef struct {
	FakeOffice office;
	FakeTill tills[MONEY_TILLS];
	ShiftTotals totals[MONEY_TILLS]; /* of the shift that is open */
	guint sent[MONEY_TILLS]; /* entries that the office has */
	int64_t drawers[MONEY_TILLS], safe, bank, cards; /* accounts */
} MoneyShop;

void money_shop_init(MoneyShop *self);
void money_shop_clear(MoneyShop *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MoneyShop, money_shop_clear)

/* What a till does; the office hears of it with money_shop_send(). */
void money_shop_open(MoneyShop *self, int till, int day, int hour, int64_t cash);
void money_shop_cash(MoneyShop *self, int till, int day, int hour, int64_t amount);
/* Takes @receipt. */
void money_shop_sell(MoneyShop *self, int till, int day, int hour, Receipt *receipt);
/* @counted below zero: nobody counted. Gives what the till expects to be in the drawer. */
int64_t money_shop_close(MoneyShop *self, int till, int day, int hour, int64_t counted);
void money_shop_send(MoneyShop *self, int till);
/* Gives how many entries were put into quarantine. */
int64_t money_shop_send_odd(MoneyShop *self, int till);

/* By the ledger. */
int64_t money_shop_has(MoneyShop *self, int64_t account);
/* Both have to succeed, and the sums of the office to hold; they give the number. */
int64_t money_shop_enter(MoneyShop *self, MoneyEntry entry);
int64_t money_shop_settle(MoneyShop *self, int64_t number, MoneyEntry entry);
/* Fails so, and nothing is left of it. */
void money_shop_refused(MoneyShop *self, MoneyEntry entry, int64_t person, MoneyError code);
/* The till's entry of this kind that was booked last. */
int64_t money_shop_last(MoneyShop *self, const char *kind);
/* Σ home of rows of this kind. */
int64_t money_shop_sum(MoneyShop *self, const char *kind);
