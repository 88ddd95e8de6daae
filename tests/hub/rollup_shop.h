/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/hub/fake_office.h"
#include "tests/hub/fake_till.h"

#include <sqlite3.h>

/* Two shops that sell at random: three tills whose journals come early and late, papers of all
 * kinds, kits, returns, groups that change. All that happens follows from the seed. */

#define ROLLUP_TILLS 3
#define ROLLUP_GOODS 12 /* 1 to 8 are goods, 9 and 10 kits, 11 a service; 12 has no group */
#define ROLLUP_STRANGER 99 /* goods that the office never had */

typedef struct {
	FakeOffice office;
	FakeTill tills[ROLLUP_TILLS];
	guint taken[ROLLUP_TILLS]; /* entries that the office has */
	sqlite3 *db; /* owned; beside the office's own connection */
	GRand *rand; /* owned */
	int64_t n_documents;
} RollupShop;

void rollup_shop_init(RollupShop *self, guint32 seed);
void rollup_shop_clear(RollupShop *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollupShop, rollup_shop_clear)

/* 0 to @most. */
int64_t rollup_some(RollupShop *self, int64_t most);
void rollup_sql(RollupShop *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The first column of the first row. */
int64_t rollup_ask(RollupShop *self, const char *sql);

/* What @till's cashier does next, in its journal alone. */
void rollup_work(RollupShop *self, int till);
/* The office hears of @n entries of the till. False with an error that is the database's. */
bool rollup_take_in(RollupShop *self, int till, guint n, GError **error);
/* A delivery, a count, a write-off … or one that is taken back, now or of long ago. */
bool rollup_paper(RollupShop *self, GError **error);
/* Some goods are in another group from now on. */
void rollup_regroup(RollupShop *self);
/* One of these. */
void rollup_step(RollupShop *self);
