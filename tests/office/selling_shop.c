/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/selling_shop.h"

#include "backoffice/sales/ingest.h"
#include "backoffice/stock/count.h"
#include "backoffice/stock/recipe.h"
#include "tests/office/stock_room.h"

/* 2026-11-23 06:00 UTC: nine in the morning in Moscow. */
#define MORNING INT64_C(1795413600000000)
#define SHELF 10 /* items */

static const TaxGroup vat = { .id = 1,
			      .code = "VAT22",
			      .n_rates = 1,
			      .rates = { { "VAT", 2200, true, 20260101, FISCAL_TAX_STANDARD } } };

static bool chance(SellingShop *self, int percent)
{
	return g_rand_int_range(self->rand, 0, 100) < percent;
}

static int any(SellingShop *self, int first, int last)
{
	return g_rand_int_range(self->rand, first, last + 1);
}

/* No two things happen at the same microsecond. */
static int64_t tick(SellingShop *self)
{
	self->now += any(self, 1000000, 9000000);
	return self->now;
}

static bool is_weighed(int item)
{
	return item <= SHOP_ITEMS && item % 5 == 0;
}

static int64_t some(SellingShop *self, int item, int most)
{
	return is_weighed(item) ? any(self, 50, most * 1000) * (ONE / 1000)
				: any(self, 1, most) * ONE;
}

static void note(SellingShop *self, int item, LedgerMove move)
{
	OracleFact fact = { .move = move, .place = ++self->place };

	fact.move.item_id = item;
	g_array_append_val(self->items[item].facts, fact);
}

/* --- deliveries ---------------------------------------------------------------------------- */

static int64_t worth(SellingShop *self, const ShopItem *item, int64_t quantity)
{
	int64_t one = item->steady ? item->cost : item->cost + any(self, -30, 60);

	return one * quantity / ONE + (item->steady ? 0 : any(self, 0, 3));
}

static void add_line(SellingShop *self, Document *delivery, int item, int64_t quantity)
{
	DocumentLine *line = document_add_line(delivery, item, quantity);

	line->has_cost = true;
	line->cost = worth(self, &self->items[item], quantity);
	note(self, item,
	     (LedgerMove){ .at = delivery->at,
			   .quantity = quantity,
			   .how = LEDGER_VALUED,
			   .value = line->cost });
}

static void post(SellingShop *self, Document *document)
{
	g_autoptr(GError) error = NULL;

	document_create(self->office.store, document, 0, &error);
	g_assert_no_error(error);
	document_post(self->office.store, document->id, 0, &error);
	g_assert_no_error(error);
}

static void deliver(SellingShop *self)
{
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, 1);
	int first = any(self, 1, SHOP_ITEMS - 12);

	delivery->at = tick(self);
	for (int i = first; i < first + 12; i++) {
		int64_t quantity = some(self, i, 24);

		if (self->items[i].gone)
			continue;
		add_line(self, delivery, i, quantity);
		self->items[i].store += quantity;
	}
	post(self, delivery);
	self->events.deliveries++;
}

/* --- tills --------------------------------------------------------------------------------- */

static void move_goods(SellingShop *self, ReceiptKind kind, int till, int item, int64_t quantity)
{
	int64_t moved = kind == RECEIPT_SALE ? -quantity : quantity;

	self->items[item].hall += moved;
	note(self, item, (LedgerMove){ .at = self->now, .till_id = till + 1, .quantity = moved });
}

static void put_on_receipt(Receipt *receipt, int item, int64_t quantity)
{
	g_autofree char *name = g_strdup_printf("Товар %d", item);
	const ReceiptGoods goods = { .item_id = item,
				     .code = "4600000000001",
				     .name = name,
				     .unit = is_weighed(item) ? UNIT_KILOGRAM : UNIT_PIECE,
				     .price = { 1000 + item, FAKE_RUB },
				     .tax = &vat };
	g_autoptr(GError) error = NULL;

	receipt_add(receipt, &goods, (Quantity){ quantity }, NULL, &error);
	g_assert_no_error(error);
}

static void ring_up(SellingShop *self, int till, Receipt *receipt)
{
	g_assert_true(
		receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->due, NULL, NULL));
	self->tills[till].at = self->now - G_USEC_PER_SEC;
	fake_till_sell(&self->tills[till], receipt);
	g_assert_cmpint(self->tills[till].at, ==, self->now);
}

/* --- kits ---------------------------------------------------------------------------------- */

static int part_of(int kit, int n)
{
	return kit * 11 + n * 2;
}

static void add_recipe(SellingShop *self, int kit)
{
	g_autoptr(Recipe) recipe = recipe_new(SHOP_ITEMS + kit, ONE);
	g_autoptr(GError) error = NULL;

	for (int n = 1; n <= 2; n++) {
		const RecipeLine line = { part_of(kit, n), (3 - n) * ONE, 0 };

		g_array_append_val(recipe->lines, line);
	}
	recipe_write(self->office.store, recipe, 0, &error);
	g_assert_no_error(error);
}

/* The shopper takes the parts off the shelf; the till knows only of the kit. */
static bool take_kit(SellingShop *self, Receipt *receipt, int till)
{
	int kit = any(self, 1, SHOP_KITS);

	for (int n = 1; n <= 2; n++)
		if (self->items[part_of(kit, n)].hall < (3 - n) * ONE)
			return false;
	put_on_receipt(receipt, SHOP_ITEMS + kit, ONE);
	for (int n = 1; n <= 2; n++)
		move_goods(self, RECEIPT_SALE, till, part_of(kit, n), (3 - n) * ONE);
	self->events.kits++;
	return true;
}

static int64_t taken(SellingShop *self, ReceiptKind kind, int item)
{
	const ShopItem *goods = &self->items[item];
	int64_t quantity = some(self, item, 3);

	if (kind == RECEIPT_SALE)
		return MIN(quantity, goods->hall);
	return goods->gone || goods->limbo || goods->store_only ? 0 : quantity;
}

static void ring(SellingShop *self, ReceiptKind kind)
{
	g_autoptr(Receipt) receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);
	int till = any(self, 0, SHOP_TILLS - 1);

	tick(self);
	for (int lines = any(self, 1, 4); lines > 0; lines--) {
		int item = any(self, 1, SHOP_ITEMS);
		int64_t quantity = taken(self, kind, item);

		if (kind == RECEIPT_SALE && chance(self, 8) && take_kit(self, receipt, till))
			continue;
		if (quantity == 0)
			continue;
		put_on_receipt(receipt, item, quantity);
		move_goods(self, kind, till, item, quantity);
	}
	if (receipt_get_n_lines(receipt) == 0)
		return;
	ring_up(self, till, receipt);
	if (kind == RECEIPT_SALE)
		self->events.sales++;
	else
		self->events.returns++;
}

static void send(SellingShop *self, int till, guint until)
{
	const IngestTill head = {
		.shop_id = 1, .till_id = till + 1, .currency = FAKE_RUB, .timezone = "Europe/Moscow"
	};
	g_autoptr(GArray) entries = g_array_new(false, false, sizeof(IngestEntry));
	g_autoptr(GError) error = NULL;
	IngestResult result;

	for (guint i = self->sent[till]; i < until; i++) {
		const JournalEntry *entry = fake_till_get(&self->tills[till], i);
		IngestEntry sent = { entry->body, entry->hash };

		g_array_append_val(entries, sent);
	}
	ingest_batch(self->office.store, &head, (const IngestEntry *)(void *)entries->data,
		     entries->len, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.receipts, ==, entries->len);
	g_assert_cmpint(result.quarantined, ==, 0);
	self->sent[till] = until;
}

static void send_some(SellingShop *self, int till)
{
	guint left = self->tills[till].entries->len - self->sent[till];

	if (left > 0)
		send(self, till, self->sent[till] + (guint)any(self, 1, (int)left));
}

void selling_shop_send_all(SellingShop *self)
{
	for (int i = 0; i < SHOP_TILLS; i++)
		if (self->sent[i] < self->tills[i].entries->len)
			send(self, i, self->tills[i].entries->len);
}

/* --- carrying ------------------------------------------------------------------------------ */

/* The one rule for people: not from a zone that is counted into one that is not, nor back. */
static void carry(SellingShop *self)
{
	ShopItem *item = &self->items[any(self, 1, SHOP_ITEMS)];
	int64_t quantity;

	if (item->store_only || item->limbo || item->hall_pass != item->store_pass)
		return;
	quantity = (item->store / ONE / 2 + 1) * ONE;
	quantity = MIN(quantity, item->store);
	item->store -= quantity;
	item->hall += quantity;
	self->events.carried++;
}

void selling_shop_step(SellingShop *self, bool all_tills)
{
	int what = any(self, 0, 99);

	if (what < 55)
		ring(self, RECEIPT_SALE);
	else if (what < 62)
		ring(self, RECEIPT_RETURN);
	else if (what < 64)
		deliver(self);
	else if (what < 85)
		carry(self);
	else
		send_some(self, any(self, 0, all_tills ? SHOP_TILLS - 1 : SHOP_TILLS - 2));
}

/* --- opening ------------------------------------------------------------------------------- */

static void add_zone(SellingShop *self, const char *name, bool sells)
{
	Zone zone = { .name = (char *)name, .sells = sells };
	g_autoptr(GError) error = NULL;

	zone_write(self->office.store, 1, &zone, 0, &error);
	g_assert_no_error(error);
}

static void open_item(SellingShop *self, Document *opening, int i)
{
	ShopItem *item = &self->items[i];

	item->facts = g_array_new(false, false, sizeof(OracleFact));
	item->steady = !is_weighed(i) && i % 3 != 0;
	item->cost = any(self, 100, 20000);
	item->gone = i % 40 == 7;
	item->store_only = i > SHOP_ITEMS - 20;
	item->hall = item->store_only ? 0 : some(self, i, 20);
	item->store = some(self, i, 40);
	add_line(self, opening, i, item->hall + item->store);
	if (item->gone)
		item->hall = item->store = 0;
	else if (chance(self, 25)) /* some was stolen, some was put there by mistake */
		item->store += any(self, (int)-MIN(5, item->store / ONE), 2) * ONE;
}

void selling_shop_init(SellingShop *self, guint32 seed)
{
	g_autoptr(Document) opening = document_new(DOCUMENT_DELIVERY, 1);

	*self = (SellingShop){ .rand = g_rand_new_with_seed(seed), .now = MORNING };
	fake_office_init(&self->office);
	fake_office_add_goods(&self->office, SHOP_ITEMS + SHOP_KITS);
	room_sql(&self->office, "UPDATE item SET kind = 'kit', unit = 'pcs' WHERE id > %d",
		 SHOP_ITEMS);
	for (int kit = 1; kit <= SHOP_KITS; kit++)
		add_recipe(self, kit);
	for (int i = 0; i < SHOP_TILLS; i++) {
		g_autofree char *name = g_strdup_printf("Касса %d", i + 1);
		g_autofree char *code = fake_office_add_till(&self->office, name);

		fake_till_init(&self->tills[i]);
	}
	add_zone(self, "Зал", true);
	add_zone(self, "Склад", false);
	opening->at = tick(self);
	for (int i = 1; i <= SHOP_ITEMS; i++)
		open_item(self, opening, i);
	post(self, opening);
}

void selling_shop_clear(SellingShop *self)
{
	for (int i = 1; i <= SHOP_ITEMS; i++)
		g_array_unref(self->items[i].facts);
	for (int i = 0; i < SHOP_TILLS; i++)
		fake_till_clear(&self->tills[i]);
	for (int i = 0; i < SHOP_COUNTERS; i++)
		g_queue_clear_full(&self->tasks[i], g_free);
	fake_office_clear(&self->office);
	g_rand_free(self->rand);
}

/* --- counting ------------------------------------------------------------------------------ */

static void add_task(SellingShop *self, int counter, ShopZone zone, int item, int pass)
{
	ShopTask *task = g_new(ShopTask, 1);

	*task = (ShopTask){ zone, item, pass };
	g_queue_push_tail(&self->tasks[counter], task);
}

static void add_shelf(SellingShop *self, ShopZone zone, int shelf)
{
	int counter = any(self, 0, SHOP_COUNTERS - 1);

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
	self->opened = tick(self);
	for (int i = 1; i <= SHOP_ITEMS; i++)
		self->items[i].at_opening = self->items[i].hall + self->items[i].store;
	for (int i = 0; i < n; i++)
		shelves[i] = i;
	for (int i = n - 1; i > 0; i--) {
		int other = any(self, 0, i), kept = shelves[i];

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
				   .at = tick(self) };
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

	if (half == 0 || chance(self, 50)) {
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
	if (item->hall == 0 && first && (item->gone || (self->hall_left > 0 && chance(self, 50)))) {
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
			add_task(self, any(self, 0, SHOP_COUNTERS - 1), (ShopZone)zone,
				 (int)item->item_id, pass);
		n++;
	}
	self->events.recounted += n;
	return n > 0;
}
