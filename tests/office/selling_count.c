/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two people count the shop while it sells. */
#include "backoffice/stock/count.h"
#include "tests/office/selling_shop.h"
#include "tests/office/stock_room.h"

#define SHELF 10 /* items */

static void add_task(SellingShop *self, int counter, ShopZone zone, int item, int pass)
{
	ShopTask *task = g_new(ShopTask, 1);

	*task = (ShopTask){ zone, item, pass };
	g_queue_push_tail(&self->tasks[counter], task);
}

static void add_shelf(SellingShop *self, ShopZone zone, int shelf)
{
	int counter = shop_any(self, 0, SHOP_COUNTERS - 1);

	for (int i = shelf * SHELF + 1; i <= (shelf + 1) * SHELF; i++)
		if (zone == ZONE_STORE || !self->items[i].store_only) {
			add_task(self, counter, zone, i, 1);
			self->hall_left += zone == ZONE_HALL;
		}
}

static void begin_document(SellingShop *self)
{
	g_autoptr(Document) count = document_new(DOCUMENT_COUNT, 1);
	g_autoptr(GError) error = NULL;

	g_free(count->reason);
	count->reason = g_strdup(COUNT_REST_IS_ZERO);
	document_create(self->office.store, count, 0, &error);
	g_assert_no_error(error);
	self->count = count->id;
}

void selling_shop_begin_count(SellingShop *self)
{
	int shelves[2 * SHOP_ITEMS / SHELF];
	int n = G_N_ELEMENTS(shelves);

	begin_document(self);
	self->opened = shop_tick(self);
	for (int i = 1; i <= SHOP_ITEMS; i++)
		self->items[i].at_opening = self->items[i].hall + self->items[i].store;
	for (int i = 0; i < n; i++)
		shelves[i] = i;
	for (int i = n - 1; i > 0; i--) {
		int other = shop_any(self, 0, i), kept = shelves[i];

		shelves[i] = shelves[other];
		shelves[other] = kept;
	}
	for (int i = 0; i < n; i++)
		add_shelf(self, shelves[i] % 2 == 0 ? ZONE_HALL : ZONE_STORE, shelves[i] / 2);
}

static void enter(SellingShop *self, int counter, const ShopTask *task, int64_t quantity, bool scan)
{
	const CountEntry entry = { .zone_id = task->zone,
				   .item_id = task->item,
				   .pass = task->pass,
				   .person_id = 0,
				   .quantity = quantity,
				   .at = shop_tick(self) };
	g_autoptr(GError) error = NULL;

	if (scan)
		count_scan(self->office.store, self->count, &entry, &error);
	else
		count_set(self->office.store, self->count, &entry, &error);
	g_assert_no_error(error);
	self->events.scans++;
}

/* In one go, or piece by piece: nobody takes anything from under the counter's hands. */
static void look(SellingShop *self, int counter, const ShopTask *task, int64_t quantity)
{
	int64_t half = quantity / ONE / 2 * ONE;

	if (half == 0 || shop_chance(self, 50)) {
		enter(self, counter, task, quantity, false);
		return;
	}
	enter(self, counter, task, half, true);
	enter(self, counter, task, quantity - half, true);
}

static void see_in_hall(SellingShop *self, ShopItem *item)
{
	item->at = self->now;
	item->there = item->hall + item->store;
	item->limbo = false;
}

/* What has no place in the hall, or an empty one, was not there when all of it had been seen. */
static void end_hall(SellingShop *self)
{
	for (int i = 1; i <= SHOP_ITEMS; i++) {
		ShopItem *item = &self->items[i];

		if (item->hall_pass == 0 || item->limbo)
			see_in_hall(self, item);
	}
}

static void count_hall(SellingShop *self, int counter, const ShopTask *task)
{
	ShopItem *item = &self->items[task->item];
	bool first = task->pass == 1;

	self->hall_left -= first;
	item->hall_pass = task->pass;
	if (item->hall == 0 && first &&
	    (item->gone || (self->hall_left > 0 && shop_chance(self, 50)))) {
		item->limbo = self->hall_left > 0;
		self->events.skipped++;
	} else {
		look(self, counter, task, item->hall);
		see_in_hall(self, item);
	}
	if (first && self->hall_left == 0)
		end_hall(self);
}

static void count_store(SellingShop *self, int counter, const ShopTask *task)
{
	ShopItem *item = &self->items[task->item];

	item->store_pass = task->pass;
	if (!item->gone)
		look(self, counter, task, item->store);
}

bool selling_shop_count_step(SellingShop *self)
{
	bool any_left = false;

	for (int i = 0; i < SHOP_COUNTERS; i++) {
		g_autofree ShopTask *task = g_queue_pop_head(&self->tasks[i]);

		if (task == NULL)
			continue;
		any_left = true;
		if (task->zone == ZONE_HALL)
			count_hall(self, i, task);
		else
			count_store(self, i, task);
	}
	return any_left;
}

bool selling_shop_recount(SellingShop *self, bool disputed_only)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = count_to_recount(self->office.store, self->count, &error);
	int n = 0;

	g_assert_no_error(error);
	for (guint i = 0; i < list->len; i++) {
		const CountItem *item = list->pdata[i];
		const ShopItem *goods = &self->items[item->item_id];
		int pass = MAX(goods->hall_pass, goods->store_pass) + 1;

		self->events.disputed += item->disputed;
		if (goods->gone || (disputed_only && !item->disputed))
			continue;
		for (int zone = ZONE_HALL; zone <= ZONE_STORE; zone++)
			add_task(self, shop_any(self, 0, SHOP_COUNTERS - 1), (ShopZone)zone,
				 (int)item->item_id, pass);
		n++;
	}
	self->events.recounted += n;
	return n > 0;
}
