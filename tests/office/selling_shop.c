/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/selling_shop.h"

#include "backoffice/sales/ingest.h"
#include "backoffice/stock/count.h"
#include "backoffice/stock/recipe.h"
#include "tests/office/stock_room.h"

/* 2026-11-23 06:00 UTC: nine in the morning in Moscow. */
#define MORNING INT64_C(1795413600000000)

static const TaxGroup vat = { .id = 1,
			      .code = "VAT22",
			      .n_rates = 1,
			      .rates = { { "VAT", 2200, true, 20260101, FISCAL_TAX_STANDARD } } };

bool shop_chance(SellingShop *self, int percent)
{
	return g_rand_int_range(self->rand, 0, 100) < percent;
}

int shop_any(SellingShop *self, int first, int last)
{
	return g_rand_int_range(self->rand, first, last + 1);
}

/* No two things happen at the same microsecond. */
int64_t shop_tick(SellingShop *self)
{
	self->now += shop_any(self, 1000000, 9000000);
	return self->now;
}

static bool is_weighed(int item)
{
	return item <= SHOP_ITEMS && item % 5 == 0;
}

static int64_t some(SellingShop *self, int item, int most)
{
	return is_weighed(item) ? shop_any(self, 50, most * 1000) * (ONE / 1000)
				: shop_any(self, 1, most) * ONE;
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
	int64_t one = item->steady ? item->cost : item->cost + shop_any(self, -30, 60);

	return one * quantity / ONE + (item->steady ? 0 : shop_any(self, 0, 3));
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
	int first = shop_any(self, 1, SHOP_ITEMS - 12);

	delivery->at = shop_tick(self);
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
	int kit = shop_any(self, 1, SHOP_KITS);

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
	int till = shop_any(self, 0, SHOP_TILLS - 1);

	shop_tick(self);
	for (int lines = shop_any(self, 1, 4); lines > 0; lines--) {
		int item = shop_any(self, 1, SHOP_ITEMS);
		int64_t quantity = taken(self, kind, item);

		if (kind == RECEIPT_SALE && shop_chance(self, 8) && take_kit(self, receipt, till))
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
		send(self, till, self->sent[till] + (guint)shop_any(self, 1, (int)left));
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
	ShopItem *item = &self->items[shop_any(self, 1, SHOP_ITEMS)];
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
	int what = shop_any(self, 0, 99);

	if (what < 55)
		ring(self, RECEIPT_SALE);
	else if (what < 62)
		ring(self, RECEIPT_RETURN);
	else if (what < 64)
		deliver(self);
	else if (what < 85)
		carry(self);
	else
		send_some(self, shop_any(self, 0, all_tills ? SHOP_TILLS - 1 : SHOP_TILLS - 2));
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
	item->cost = shop_any(self, 100, 20000);
	item->gone = i % 40 == 7;
	item->store_only = i > SHOP_ITEMS - 20;
	item->hall = item->store_only ? 0 : some(self, i, 20);
	item->store = some(self, i, 40);
	add_line(self, opening, i, item->hall + item->store);
	if (item->gone)
		item->hall = item->store = 0;
	else if (shop_chance(self, 25)) /* some was stolen, some was put there by mistake */
		item->store += shop_any(self, (int)-MIN(5, item->store / ONE), 2) * ONE;
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
	opening->at = shop_tick(self);
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
