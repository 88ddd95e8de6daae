/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/day.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"

/* A shop with two tills, what they sold, and the same added up plainly beside it. */

#define DAY_TAXES 4
#define DAY_HOURS 24

typedef struct {
	int64_t receipts, returns, returned, gross, discount, tax, net, rounding;
	int64_t cash, card, n_cash, n_card;
	int64_t hours[DAY_HOURS];
	GHashTable *items; /* owned; item id → its net as a pointer to int64_t */
} DaySums;
void day_sums_init(DaySums *self);
void day_sums_clear(DaySums *self);
void day_sums_add(DaySums *self, const Receipt *receipt, int hour);

typedef struct {
	FakeOffice office;
	FakeTill tills[2];
	guint sent[2]; /* entries that the office has of each */
	DaySums sums; /* of all that was sold */
} DayShop;
void day_shop_init(DayShop *self);
void day_shop_clear(DayShop *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DayShop, day_shop_clear)

/* Made up from @seed, as fake_receipt() does. */
void day_shop_sell(DayShop *self, int till, ReceiptKind kind, int lines, guint32 seed);
/* Closes the till's shift, counted right. */
void day_shop_close(DayShop *self, int till);
/* What the office does not have yet. */
void day_shop_send(DayShop *self, int till);
/* The whole day as a manager sees it. */
DayReport *day_shop_report(DayShop *self);
