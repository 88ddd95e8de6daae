/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/goods.h"

#include <glib/gstdio.h>

/* Which price a till finds, against somebody who reads all rules and all rows and thinks. */

#define N_RULES 12
#define N_ROWS 12
#define ROUNDS 300
#define QUESTIONS 20
#define MINUTE INT64_C(60000000)
#define DAY (24 * 60 * MINUTE)
#define EPOCH (INT64_C(1795305600) * 1000000) /* Sunday, 2026-11-22 00:00 UTC; 03:00 in Moscow */

typedef struct {
	char *directory, *path; /* owned */
	Goods *goods; /* owned */
} Fixture;

typedef struct {
	GoodsPriceRule rules[N_RULES];
	GoodsPrice rows[N_ROWS];
	int n_rules, n_rows;
	bool has_price;
	int64_t price;
} World;

static void make_file(const char *path)
{
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(dsn, STORE_CREATE, &error);
	GoodsShop shop = { 1, "Shop", "ru", 643, "Europe/Moscow", false };
	TaxRate rate = { .code = "VAT", .rate = 1000, .inclusive = true };

	g_assert_no_error(error);
	g_assert_true(store_migrate(store, "goods", &error));
	g_assert_true(store_begin(store, &error));
	g_assert_true(goods_file_put_shop(store, &shop, &error));
	g_assert_true(goods_file_put_tax_group(store, 1, "VAT", &rate, 1, &error));
	g_assert_true(store_commit(store, &error));
}

static void set_up(Fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	f->directory = g_dir_make_tmp("baraa-prices-XXXXXX", NULL);
	f->path = g_build_filename(f->directory, "goods.db", NULL);
	make_file(f->path);
	f->goods = goods_open(f->path, &error);
	g_assert_no_error(error);
}

static void tear_down(Fixture *f, gconstpointer data)
{
	goods_close(f->goods);
	g_unlink(f->path);
	g_assert_cmpint(g_rmdir(f->directory), ==, 0);
	g_free(f->directory);
	g_free(f->path);
}

/* --- worlds ------------------------------------------------------------------------------------
 */

static int64_t any(int64_t least, int64_t most)
{
	return least + g_test_rand_int_range(0, (gint32)(most - least + 1));
}

static GoodsPriceRule any_rule(int64_t id)
{
	bool always = any(0, 1) != 0;
	int minute = always ? 0 : (int)any(0, 23) * 60;

	return (GoodsPriceRule){ .id = id,
				 .kind = any(1, 4),
				 .group = any(0, 2),
				 .weekdays = always ? 127 : (int)any(1, 127),
				 .minute = minute,
				 .until = always ? 1440 : (int)any(minute + 1, 1440),
				 .first_day = any(0, 1) ? 0 : (int32_t)any(20261122, 20261126),
				 .last_day =
					 any(0, 1) ? 99991231 : (int32_t)any(20261122, 20261126),
				 .rank = (int)any(-2, 2) };
}

static bool has_row(const World *self, const GoodsPrice *row)
{
	for (int i = 0; i < self->n_rows; i++)
		if (self->rows[i].kind == row->kind && self->rows[i].first_at == row->first_at)
			return true;
	return false;
}

static void make_world(World *self)
{
	*self = (World){ .has_price = any(0, 3) != 0, .price = any(1, 9999) };
	for (int i = (int)any(0, N_RULES); i > 0; i--) {
		self->rules[self->n_rules] = any_rule(self->n_rules + 1);
		self->n_rules++;
	}
	for (int i = (int)any(0, N_ROWS); i > 0; i--) {
		GoodsPrice row = { .kind = any(1, 4),
				   .first_at = any(0, 2) == 0 ? 0 : EPOCH + any(0, 5) * DAY,
				   .has_amount = any(0, 4) != 0,
				   .amount = any(1, 9999) };

		if (!has_row(self, &row))
			self->rows[self->n_rows++] = row;
	}
}

static void tell(Fixture *f, const World *world)
{
	json_t *rules = json_array(), *rows = json_array(), *changes;
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < N_RULES; i++) {
		const GoodsPriceRule *rule = &world->rules[i];
		json_t *json = json_pack("{s:i, s:b}", "id", i + 1, "deleted", i >= world->n_rules);

		json_object_set_new(json, "kind", json_integer(MAX(rule->kind, 1)));
		json_object_set_new(json, "group",
				    rule->group != 0 ? json_integer(rule->group) : json_null());
		json_object_set_new(json, "weekdays", json_integer(rule->weekdays));
		json_object_set_new(json, "minute", json_integer(rule->minute));
		json_object_set_new(json, "until", json_integer(rule->until));
		json_object_set_new(json, "first_day", json_integer(rule->first_day));
		json_object_set_new(json, "last_day", json_integer(rule->last_day));
		json_object_set_new(json, "rank", json_integer(rule->rank));
		json_array_append_new(rules, json);
	}
	for (int i = 0; i < world->n_rows; i++) {
		const GoodsPrice *row = &world->rows[i];

		json_array_append_new(
			rows, json_pack("{s:I, s:I, s:o}", "kind", (json_int_t)row->kind,
					"first_at", (json_int_t)row->first_at, "amount",
					row->has_amount ? json_integer(row->amount) : json_null()));
	}
	changes = json_pack("{s:i, s:o, s:[{s:i, s:s, s:s, s:b, s:i, s:o, s:o}]}", "revision", 1,
			    "price_rules", rules, "items", "id", 1, "name", "Bread", "unit", "pcs",
			    "weighed", false, "tax", 1, "price",
			    world->has_price ? json_integer(world->price) : json_null(), "prices",
			    rows);
	goods_apply_changes(f->goods, changes, &error);
	json_decref(changes);
	g_assert_no_error(error);
}

/* --- the oracle --------------------------------------------------------------------------------
 */

/* Moscow is three hours ahead all year. */
static bool fits(const GoodsPriceRule *rule, int64_t at, int64_t group)
{
	int64_t local = at - EPOCH + 3 * 60 * MINUTE;
	int days = (int)(local / DAY), minute = (int)(local % DAY / MINUTE);
	int weekday = (6 + days) % 7; /* from Monday; the 22nd was a Sunday */
	int day = 20261122 + days;

	if (rule->group != 0 && rule->group != group)
		return false;
	if ((rule->weekdays >> weekday & 1) == 0 || minute < rule->minute || minute >= rule->until)
		return false;
	return day >= rule->first_day && day <= rule->last_day;
}

static const GoodsPriceRule *best_rule(const World *world, int64_t at, int64_t group)
{
	const GoodsPriceRule *best = NULL;

	for (int i = 0; i < world->n_rules; i++)
		if (fits(&world->rules[i], at, group) &&
		    (best == NULL || world->rules[i].rank > best->rank))
			best = &world->rules[i];
	return best;
}

static bool row_at(const World *world, int64_t kind, int64_t at, int64_t *ret)
{
	const GoodsPrice *newest = NULL;

	for (int i = 0; i < world->n_rows; i++)
		if (world->rows[i].kind == kind && world->rows[i].first_at <= at &&
		    (newest == NULL || world->rows[i].first_at > newest->first_at))
			newest = &world->rows[i];
	if (newest == NULL || !newest->has_amount)
		return false;
	*ret = newest->amount;
	return true;
}

/* −1: no price */
static int64_t think(const World *world, int64_t at, int64_t group, int64_t *ret_kind)
{
	const GoodsPriceRule *rule = best_rule(world, at, group);
	int64_t amount;

	*ret_kind = rule != NULL ? rule->kind : 1;
	if (row_at(world, *ret_kind, at, &amount))
		return amount;
	*ret_kind = 1;
	if (row_at(world, 1, at, &amount))
		return amount;
	return world->has_price ? world->price : -1;
}

static void test_random_worlds(Fixture *f, gconstpointer data)
{
	int n_ruled = 0;

	for (int round = 0; round < ROUNDS; round++) {
		World world;

		make_world(&world);
		tell(f, &world);
		for (int i = 0; i < QUESTIONS; i++) {
			int64_t at = EPOCH + any(0, 4) * DAY + any(0, 1439) * MINUTE - any(0, 1);
			int64_t group = any(0, 2), kind;
			int64_t amount = think(&world, at, group, &kind);
			GoodsMoment moment = goods_moment(at, "Europe/Moscow", 20261122, group);
			g_autoptr(TillItem) item = NULL;

			if (at < EPOCH)
				continue;
			g_assert_true(goods_find_id(f->goods, 1, &moment, &item, NULL));
			g_assert_cmpint(item->has_price ? item->price.minor : -1, ==, amount);
			g_assert_cmpint(item->price_kind, ==, kind);
			n_ruled += item->price_rule != 0;
		}
	}
	g_test_message("%d of %d by a rule", n_ruled, ROUNDS * QUESTIONS);
	g_assert_cmpint(n_ruled, >, ROUNDS * QUESTIONS / 10); /* or it has tried nothing */
}

/* --- files and answers of other versions -------------------------------------------------------
 */

/* A till that was brought up to date knows only the old facts, and asks for all goods anew. */
static void test_old_file_is_brought_up_to_date(void)
{
	g_autofree char *directory = g_dir_make_tmp("baraa-prices-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(directory, "goods.db", NULL);
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	const char *codes[] = { "4600000000015", NULL };
	GoodsItem item = { .id = 1,
			   .name = "Bread",
			   .article = "12",
			   .has_price = true,
			   .price = 2500,
			   .tax_group = 1,
			   .barcodes = codes };
	GoodsShop shop = { 1, "Shop", "ru", 643, "Europe/Moscow", false };
	TaxRate rate = { .code = "VAT", .rate = 1000, .inclusive = true };
	GoodsMoment moment = { .tax_day = 20261122 };
	g_autoptr(GError) error = NULL;
	g_autoptr(TillItem) found = NULL;
	Goods *goods;
	Store *store = store_open(dsn, STORE_CREATE, &error);
	int64_t revision;

	g_assert_true(store_migrate_to(store, "goods", GOODS_FILE_PLAIN, &error));
	g_assert_false(store_check_version(store, "goods", NULL));
	g_assert_true(store_begin(store, &error));
	g_assert_true(goods_file_put_plain_shop(store, &shop, &error));
	g_assert_true(goods_file_put_tax_group(store, 1, "VAT", &rate, 1, &error));
	g_assert_true(goods_file_add_plain_item(store, &item, &error));
	g_assert_true(goods_file_set_revision(store, 77, &error));
	g_assert_true(store_commit(store, &error));
	store_close(store);

	goods = goods_open(path, &error);
	g_assert_no_error(error);
	g_assert_true(goods_get_revision(goods, &revision, &error));
	g_assert_cmpint(revision, ==, 0);
	g_assert_true(goods_find_code(goods, codes[0], &moment, &found, &error));
	g_assert_cmpint(found->price.minor, ==, 2500);
	g_assert_cmpint(found->factor.micro, ==, QUANTITY_ONE);
	g_assert_cmpstr(found->classification, ==, "");
	g_assert_cmpint(found->kind, ==, ITEM_GOODS);
	goods_close(goods);
	g_unlink(path);
	g_assert_cmpint(g_rmdir(directory), ==, 0);
}

#define FULL                                                                                       \
	"{\"revision\":5,\"items\":[{\"id\":1,\"name\":\"Milk\",\"article\":\"7\",\"unit\":\"l\"," \
	"\"weighed\":false,\"price\":100,\"tax\":1,\"barcodes\":[\"4600000000015\"],"              \
	"\"kind\":\"kit\",\"marked\":true,\"expires\":true,\"serials\":true,\"plu\":12,"           \
	"\"shelf_life\":5,\"tare\":20000,\"classification\":\"2211100\",\"later\":[1],"            \
	"\"packs\":[{\"code\":\"4600000000022\",\"factor\":6000000,\"price\":550}]},"              \
	"{\"id\":2,\"name\":\"Twelve\",\"article\":\"12\",\"unit\":\"kg\",\"weighed\":true,"       \
	"\"price\":1,\"tax\":1,\"barcodes\":[]}],\"unknown\":[{}]}"

static void check_plain(Fixture *f, const GoodsMoment *moment)
{
	g_autoptr(TillItem) item = NULL;

	g_assert_true(goods_find_id(f->goods, 1, moment, &item, NULL));
	g_assert_false(item->marked || item->expires || item->serials);
	g_assert_cmpint(item->shelf_life, ==, 0);
	g_assert_cmpint(item->tare.micro, ==, 0);
	g_assert_cmpint(item->kind, ==, ITEM_GOODS);
}

static void apply(Fixture *f, const char *text, bool done)
{
	json_t *json = json_loads(text, 0, NULL);

	g_assert_nonnull(json);
	g_assert_cmpint(goods_apply_changes(f->goods, json, NULL), ==, done);
	json_decref(json);
}

static void test_all_that_may_be_said(Fixture *f, gconstpointer data)
{
	GoodsMoment moment = goods_moment(EPOCH, "Europe/Moscow", 20261122, 0);
	g_autoptr(TillItem) pack = NULL, numbered = NULL, gone = NULL;

	apply(f, FULL, true);
	g_assert_true(goods_find_code(f->goods, "4600000000022", &moment, &pack, NULL));
	g_assert_cmpint(pack->id, ==, 1);
	g_assert_cmpint(pack->factor.micro, ==, 6 * QUANTITY_ONE);
	g_assert_true(pack->has_pack_price);
	g_assert_cmpint(pack->pack_price.minor, ==, 550);
	g_assert_true(pack->marked && pack->expires && pack->serials);
	g_assert_cmpint(pack->kind, ==, ITEM_KIT);
	g_assert_cmpint(pack->shelf_life, ==, 5);
	g_assert_cmpint(pack->tare.micro, ==, 20000);
	g_assert_cmpstr(pack->classification, ==, "2211100");
	/* a number that the office gave goes before an article that looks like it */
	g_assert_true(goods_find_in_store(f->goods, "00012", &moment, &numbered, NULL));
	g_assert_cmpint(numbered->id, ==, 1);
	/* an older hub knows nothing of it: the item is what it says */
	apply(f,
	      "{\"revision\":6,\"items\":[{\"id\":1,\"name\":\"Milk\",\"article\":\"7\","
	      "\"unit\":\"l\",\"weighed\":false,\"price\":100,\"tax\":1,\"barcodes\":[]}]}",
	      true);
	check_plain(f, &moment);
	g_assert_true(goods_find_code(f->goods, "4600000000022", &moment, &gone, NULL));
	g_assert_null(gone);
}

static void test_malformed_facts_change_nothing(Fixture *f, gconstpointer data)
{
#define BAD(more)                                                                                  \
	"{\"revision\":9,\"items\":[{\"id\":1,\"name\":\"X\",\"unit\":\"pcs\",\"weighed\":false,"  \
	"\"price\":1,\"tax\":1,\"barcodes\":[]," more "}]}"
	static const char *const bad[] = {
		BAD("\"packs\":[{\"code\":\"1\",\"factor\":0}]"),
		BAD("\"packs\":[{\"factor\":1000000}]"),
		BAD("\"prices\":[{\"kind\":1,\"amount\":5}]"),
		BAD("\"prices\":[{\"kind\":1,\"first_at\":0,\"amount\":-5}]"),
		BAD("\"marked\":1"),
		BAD("\"plu\":\"12\""),
		"{\"revision\":9,\"price_rules\":[{\"id\":1,\"kind\":1}]}",
		"{\"revision\":9,\"customers\":[{\"id\":1,\"code\":\"7\"}]}",
		"{\"revision\":9,\"expiries\":[{\"item\":1,\"sell_until\":\"today\"}]}",
	};
	int64_t revision;

	apply(f, FULL, true);
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		apply(f, bad[i], false);
	g_assert_true(goods_get_revision(f->goods, &revision, NULL));
	g_assert_cmpint(revision, ==, 5);
}

static void test_cards_change_hands(Fixture *f, gconstpointer data)
{
	g_autoptr(TillCustomer) first = NULL, second = NULL, none = NULL;

	apply(f,
	      "{\"revision\":2,\"customers\":[{\"id\":1,\"code\":\"C1\",\"name\":\"A\","
	      "\"contact\":\"99112233\",\"group\":3}]}",
	      true);
	g_assert_true(goods_find_customer(f->goods, "C1", &first, NULL));
	g_assert_cmpstr(first->name, ==, "A");
	g_assert_cmpint(first->group, ==, 3);
	apply(f,
	      "{\"revision\":3,\"customers\":[{\"id\":2,\"code\":\"C1\",\"name\":\"B\","
	      "\"contact\":\"\",\"group\":null},{\"id\":1,\"deleted\":true}]}",
	      true);
	g_assert_true(goods_find_customer(f->goods, "C1", &second, NULL));
	g_assert_cmpint(second->id, ==, 2);
	g_assert_cmpint(second->group, ==, 0);
	g_assert_true(goods_find_customer(f->goods, "C2", &none, NULL));
	g_assert_null(none);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
	g_test_add("/goods-prices/" name, Fixture, NULL, set_up, function, tear_down)
	ADD("random-worlds", test_random_worlds);
	ADD("all-that-may-be-said", test_all_that_may_be_said);
	ADD("malformed-facts", test_malformed_facts_change_nothing);
	ADD("cards-change-hands", test_cards_change_hands);
#undef ADD
	g_test_add_func("/goods-prices/old-file", test_old_file_is_brought_up_to_date);
	return g_test_run();
}
