/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"
#include "tests/hub/stock_oracle.h"

/* A shop that sells while it is counted, with the goods themselves: what lies in which zone, who
 * takes it, carries it, counts it. The office hears of it by documents, scans and tills' journals,
 * the latter late and each at its own time. */

#define SHOP_ITEMS 200
#define SHOP_KITS 3 /* after the items: two of one item and one of another */
#define SHOP_TILLS 3
#define SHOP_COUNTERS 2

typedef enum { ZONE_HALL = 1, ZONE_STORE = 2 } ShopZone;

typedef struct {
	int64_t hall, store; /* what really lies there, millionths */
	int64_t cost; /* of one unit as long as it is steady */
	bool steady; /* every delivery costs the same */
	bool store_only; /* never put out for sale */
	bool gone; /* stolen, all of it, before the day; no place on the shelf */
	bool limbo; /* its place in the hall was empty, and nobody typed a zero */
	int hall_pass, store_pass; /* passes done */
	int64_t at; /* when it was last seen in the hall, or when the hall was done */
	int64_t there; /* all of it at that moment */
	int64_t at_opening; /* all of it when the counting began */
	GArray *facts; /* owned; of OracleFact: all that happened, but counts */
} ShopItem;

typedef struct {
	ShopZone zone;
	int item, pass;
} ShopTask;

/* That a run has seen what it is about. */
typedef struct {
	int sales, kits, returns, deliveries, carried, scans, skipped, recounted, disputed;
	int late; /* receipts the office heard of after the posting */
} ShopEvents;

typedef struct {
	GRand *rand; /* owned */
	FakeOffice office;
	FakeTill tills[SHOP_TILLS];
	guint sent[SHOP_TILLS]; /* entries the office has */
	int64_t now, opened;
	ShopItem items[SHOP_ITEMS + 1];
	GQueue tasks[SHOP_COUNTERS]; /* of ShopTask; owned */
	int hall_left; /* places in the hall that nobody looked at yet */
	int64_t count; /* the document */
	int64_t place;
	ShopEvents events;
} SellingShop;

/* Opening balances, and what was stolen since. */
void selling_shop_init(SellingShop *self, guint32 seed);
void selling_shop_clear(SellingShop *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SellingShop, selling_shop_clear)

/* Something happens: a sale, a return, a delivery, goods are carried out, a till is heard of. */
void selling_shop_step(SellingShop *self, bool all_tills);
/* Everything there is to count, to both counters, shelf by shelf. */
void selling_shop_begin_count(SellingShop *self);
/* Whoever has something to count counts one. False: nothing is left. */
bool selling_shop_count_step(SellingShop *self);
/* What the office wants counted once more; false: nothing. */
bool selling_shop_recount(SellingShop *self, bool disputed_only);
/* All tills send all. */
void selling_shop_send_all(SellingShop *self);

/* --- what moves it --- */

bool shop_chance(SellingShop *self, int percent);
int shop_any(SellingShop *self, int first, int last); /* both included */
/* Time goes on: no two things happen at the same microsecond. */
int64_t shop_tick(SellingShop *self);
