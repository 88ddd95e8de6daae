/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/report/report.h"
#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"

/* Two shops with three tills, goods in groups, cashiers and suppliers, and weeks of made-up sales,
 * taken in as the hub takes them in. */

#define SOLD_FIRST_DAY 20261028
#define SOLD_LAST_DAY 20261203
#define SOLD_ITEMS 12
#define SOLD_TILLS 3

/* One line of a receipt as the database has it, with all that one can ask by. */
typedef struct {
	int64_t shop_id, till_id, seq, shift, cashier_id, item_id, supplier_id;
	int32_t day;
	int hour;
	bool is_return, cash, card;
	char *group, *name; /* owned; the line's own name */
	int64_t quantity, gross, discount, tax, net;
	int64_t cost; /* of the rows of the ledger that the line caused; of a fact whose till is 0:
			 that no receipt caused, and it has nothing else */
} SoldFact;

typedef struct {
	FakeOffice office;
	FakeTill tills[SOLD_TILLS + 1]; /* by their ids */
	GRand *rand; /* owned */
	GArray *facts; /* owned, of SoldFact */
} SoldShop;

void sold_shop_init(SoldShop *self, guint32 seed);
void sold_shop_clear(SoldShop *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SoldShop, sold_shop_clear)

/* Opens a shift of that day at ten o'clock, by somebody; 1 to 3. */
void sold_shop_open(SoldShop *self, int till, int32_t day);
void sold_shop_sell(SoldShop *self, int till, ReceiptKind kind, int n_lines);
/* Sends what all tills have written, and reads the facts anew. */
void sold_shop_send(SoldShop *self);
/* After the stock ledger has changed. */
void sold_shop_read(SoldShop *self);
/* The next day by the calendar. */
int32_t sold_next_day(int32_t day);
