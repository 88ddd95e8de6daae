/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/label_shop.h"

#include "backoffice/people/people.h"

#include <string.h>

/* What stands on a label, which designs there are, and which tags hang there out of date. */

#define NBSP "\u00a0"

/* --- words --------------------------------------------------------------------------------- */

/* Prices in kopecks and what a Russian shop writes. */
static const struct {
	const char *unit;
	int64_t price;
	const char *code;
	const char *words[9]; /* name, text, … NULL */
} cases[] = {
	{ "pcs",
	  8990,
	  "4601234567893",
	  { "price", "89,90" NBSP "₽", "amount", "89,90", "unit-price", "" } },
	{ "pcs",
	  125000,
	  "96385074",
	  { "price", "1" NBSP "250,00" NBSP "₽", "barcode", "96385074", "old-price", "" } },
	{ "kg",
	  45950,
	  "",
	  { "price", "459,50" NBSP "₽", "unit-price", "459,50" NBSP "₽/кг" } },
	{ "l", 9900, "", { "unit-price", "99,00" NBSP "₽/л", "unit", "л" } },
	/* A gram at 15 kopecks is a kilogram at 150 roubles. */
	{ "g", 15, "", { "price", "0,15" NBSP "₽", "unit-price", "150,00" NBSP "₽/кг" } },
	{ "ml", 25, "", { "unit-price", "250,00" NBSP "₽/л" } },
	{ "m", 7000, "", { "unit-price", "70,00" NBSP "₽/м" } },
	{ "other", 7000, "", { "unit-price", "", "unit", "" } },
	{ "pcs", -1, "", { "price", "", "amount", "", "unit-price", "", "barcode", "" } },
	{ "kg", -1, "", { "price", "", "unit-price", "" } },
};

static void expect(LabelData *data, const char *name, const char *text)
{
	g_test_message("{%s}", name);
	g_assert_cmpstr(g_hash_table_lookup(data, name), ==, text);
}

static LabelData *data_of(LabelShop *shop, const LabelWish *wish)
{
	g_autoptr(GError) error = NULL;
	LabelData *data = label_data_new(shop->office.store, 1, wish, &error);

	g_assert_no_error(error);
	return data;
}

static void test_words_are_as_the_shop_writes(void)
{
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	for (int i = 0; i < (int)G_N_ELEMENTS(cases); i++) {
		const LabelWish wish = { .item_id = i + 1, .copies = 1 };
		g_autoptr(GHashTable) data = NULL;

		g_test_message("case %d", i);
		label_shop_add(&shop, i + 1, "Молоко", cases[i].unit, cases[i].price,
			       cases[i].code);
		data = data_of(&shop, &wish);
		expect(data, "name", "Молоко");
		expect(data, "shop", "Лавка");
		for (int n = 0; cases[i].words[n] != NULL; n += 2)
			expect(data, cases[i].words[n], cases[i].words[n + 1]);
	}
}

static void test_every_word_is_filled(void)
{
	const LabelWish wish = { .item_id = 1, .copies = 1 };
	g_autoptr(GHashTable) data = NULL, example = label_data_new_example();
	g_auto(LabelShop) shop = { 0 };
	const LabelWord *words;
	int n;

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Хлеб", "pcs", 5000, "4601234567893");
	data = data_of(&shop, &wish);
	words = label_word_list(&n);
	g_assert_cmpint(n, ==, (int)g_hash_table_size(data));
	g_assert_cmpint(n, ==, (int)g_hash_table_size(example));
	for (int i = 0; i < n; i++)
		g_assert_nonnull(g_hash_table_lookup(data, words[i].name));
}

static void test_mongolia_has_no_small_coin(void)
{
	const LabelWish wish = { .item_id = 1, .copies = 1, .expiry = 20261205, .batch = "Б-17" };
	g_autoptr(GHashTable) data = NULL;
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	label_shop_sql(&shop, "UPDATE shop SET country = 'mn', currency = 496, "
			      "timezone = 'Asia/Ulaanbaatar'");
	label_shop_add(&shop, 1, "Алим", "kg", 490000, "");
	data = data_of(&shop, &wish);
	expect(data, "price", "4" NBSP "900" NBSP "₮");
	expect(data, "unit-price", "4" NBSP "900" NBSP "₮/кг");
	expect(data, "expiry", "2026.12.05");
	expect(data, "best-before", "Дуусах: 2026.12.05");
	expect(data, "batch", "Б-17");
}

static void test_box_has_its_own_price_and_code(void)
{
	LabelWish wish = { .copies = 1 };
	g_autoptr(GHashTable) data = NULL;
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Сок", "pcs", 10000, "4601234567893");
	label_shop_sql(&shop, "INSERT INTO pack (id, item_id, name, factor, price) VALUES (5, 1, "
			      "'Ящик', 12000000, 99000)");
	label_shop_sql(&shop, "INSERT INTO pack (id, item_id, name, factor, price) VALUES (6, 1, "
			      "'Блок', 6000000, NULL)");
	label_shop_sql(&shop, "INSERT INTO barcode (key, code, item_id, pack_id) VALUES "
			      "('04600000000015', '4600000000015', 1, 5)");
	g_assert_true(label_wish_find(shop.office.store, "4600000000015", &wish, &error));
	g_assert_cmpint(wish.item_id, ==, 1);
	g_assert_cmpint(wish.pack_id, ==, 5);
	data = data_of(&shop, &wish);
	expect(data, "pack", "Ящик");
	expect(data, "price", "990,00" NBSP "₽");
	expect(data, "unit-price", "82,50" NBSP "₽/шт");
	expect(data, "barcode", "4600000000015");
	g_clear_pointer(&data, g_hash_table_unref);
	wish.pack_id = 6; /* six times the single one's */
	data = data_of(&shop, &wish);
	expect(data, "price", "600,00" NBSP "₽");
	expect(data, "barcode", "");
}

static void change_price(LabelShop *shop, int64_t id, int64_t at, int64_t before, int64_t after)
{
	label_shop_sql(shop,
		       "INSERT INTO price_change VALUES (%lld, %lld, 0, 1, 1, 0, 0, %lld, %lld, "
		       "'hand')",
		       (long long)id, (long long)at, (long long)before, (long long)after);
	label_shop_sql(shop, "UPDATE item SET price = %lld WHERE id = 1", (long long)after);
}

static void test_old_price_is_the_one_that_was_higher(void)
{
	const int64_t day = INT64_C(24) * 3600 * G_USEC_PER_SEC;
	LabelWish wish = { .item_id = 1, .copies = 1, .at = label_moment("2026-11-27T08:00") };
	g_autoptr(GHashTable) up = NULL, down = NULL, later = NULL;
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Сыр", "pcs", 10000, "");
	change_price(&shop, 1, wish.at - 3 * day, 9000, 10000);
	up = data_of(&shop, &wish);
	expect(up, "old-price", ""); /* it went up */
	change_price(&shop, 2, wish.at - 2 * day, 10000, 7500);
	down = data_of(&shop, &wish);
	expect(down, "price", "75,00" NBSP "₽");
	expect(down, "old-price", "100,00" NBSP "₽");
	expect(down, "discount", "−25" NBSP "%");
	wish.at += 40 * day; /* nobody remembers it */
	later = data_of(&shop, &wish);
	expect(later, "old-price", "");
	expect(later, "discount", "");
}

static void test_goods_that_are_gone(void)
{
	const LabelWish wish = { .item_id = 7, .copies = 1 };
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;

	label_shop_init(&shop);
	g_assert_null(label_data_new(shop.office.store, 1, &wish, &error));
	g_assert_error(error, LABEL_ERROR, LABEL_ERROR_GONE);
}

/* --- designs ------------------------------------------------------------------------------- */

static void test_designs_come_with_the_program(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) models = NULL;
	g_autoptr(LabelModel) none = NULL;

	label_shop_init(&shop);
	models = label_model_list(shop.office.store, &error);
	g_assert_no_error(error);
	g_assert_cmpint(models->len, ==, 6);
	for (guint i = 0; i < models->len; i++) {
		const LabelModel *model = g_ptr_array_index(models, i);
		g_autoptr(LabelModel) again =
			label_model_read(shop.office.store, model->id, &error);

		g_assert_no_error(error);
		g_assert_cmpint(model->id, <, 0);
		g_assert_cmpstr(again->name, ==, model->name);
	}
	none = label_model_read(shop.office.store, -7, &error);
	g_assert_error(error, LABEL_ERROR, LABEL_ERROR_GONE);
	g_assert_null(none);
}

static void test_design_is_written_as_a_copy(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelModel) model = NULL, again = NULL, twin = NULL;
	g_autofree char *was = NULL, *is = NULL;

	label_shop_init(&shop);
	model = label_shop_model(&shop, "shelf-58x40");
	g_free(model->name);
	model->name = g_strdup(" Мой ");
	label_model_write(shop.office.store, model, 0, &error);
	g_assert_no_error(error);
	g_assert_cmpint(model->id, >, 0);
	again = label_model_find(shop.office.store, "Мой", &error);
	g_assert_no_error(error);
	was = label_design_to_json(model->design);
	is = label_design_to_json(again->design);
	g_assert_cmpstr(was, ==, is);
	g_assert_true(again->shelf);

	twin = label_shop_model(&shop, "promo-58x40");
	g_free(twin->name);
	twin->name = g_strdup("Мой");
	g_assert_false(label_model_write(shop.office.store, twin, 0, &error));
	g_assert_error(error, LABEL_ERROR, LABEL_ERROR_INVALID);
	g_assert_cmpint(twin->id, <, 0);
	g_clear_error(&error);

	g_assert_true(label_model_delete(shop.office.store, model->id, 0, &error));
	g_assert_null(label_model_find(shop.office.store, "Мой", NULL));
	g_assert_false(label_model_delete(shop.office.store, -1, 0, &error));
	g_assert_error(error, LABEL_ERROR, LABEL_ERROR_INVALID);
	g_assert_cmpint(
		label_shop_ask(&shop, "SELECT count(*) FROM audit WHERE action = 'label-design'"),
		==, 2);
}

static void test_design_that_sticks_out_is_refused(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;
	LabelModel model = { .name = (char[]){ "Кривой" },
			     .design = label_design_new(20000, 10000) };

	label_shop_init(&shop);
	g_assert_false(label_model_write(shop.office.store, &model, 0, &error));
	g_assert_error(error, LABEL_ERROR, LABEL_ERROR_INVALID); /* nothing is on it */
	g_clear_error(&error);
	label_design_add(model.design, &(LabelField){ .kind = LABEL_TEXT,
						      .x = 10000,
						      .width = 10001,
						      .height = 3000,
						      .content = "{name}" });
	g_assert_false(label_model_write(shop.office.store, &model, 0, &error));
	g_assert_error(error, LABEL_ERROR, LABEL_ERROR_INVALID);
	label_design_free(model.design);
}

static void test_cashier_designs_and_prints_nothing(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelModel) model = NULL;
	g_autoptr(LabelJob) job = NULL;
	int64_t cashier;

	label_shop_init(&shop);
	people_add(shop.office.store, "Кассир", ROLE_CASHIER, "4711", &cashier, &error);
	g_assert_no_error(error);
	label_shop_add(&shop, 1, "Хлеб", "pcs", 5000, "");
	model = label_shop_model(&shop, "shelf-58x40");
	g_assert_false(label_model_write(shop.office.store, model, cashier, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	job = label_shop_job(&shop, "shelf-58x40", (int64_t[]){ 1, 0 });
	g_assert_false(label_job_note_printed(job, shop.office.store, 1, cashier, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_assert_cmpint(label_shop_ask(&shop, "SELECT count(*) FROM label_printed"), ==, 0);
}

/* --- tags that hang there ------------------------------------------------------------------ */

static GPtrArray *stale(LabelShop *shop, int64_t until, bool new_goods)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *tags = label_to_reprint(shop->office.store, 1, until, new_goods, 100000, &error);

	g_assert_no_error(error);
	return tags;
}

/* "id old→new@from;", of all. Own it. */
static char *stale_words(LabelShop *shop, int64_t until, bool new_goods)
{
	g_autoptr(GPtrArray) tags = stale(shop, until, new_goods);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < tags->len; i++) {
		const LabelStale *tag = g_ptr_array_index(tags, i);

		g_string_append_printf(text, "%d %d→%d%s;", (int)tag->item_id,
				       tag->has_old ? (int)tag->old_price : -1,
				       tag->has_new ? (int)tag->new_price : -1,
				       tag->from != 0 ? " later" : "");
	}
	return g_string_free(text, false);
}

static void expect_stale(LabelShop *shop, int64_t until, bool new_goods, const char *words)
{
	g_autofree char *found = stale_words(shop, until, new_goods);

	g_assert_cmpstr(found, ==, words);
}

static const int64_t both[] = { 1, 2, 0 };

static void test_tag_is_stale_when_its_price_changed(void)
{
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Атлас", "pcs", 5000, "4601234567893");
	label_shop_add(&shop, 2, "Бочка", "pcs", 7000, "");
	expect_stale(&shop, 0, false, ""); /* no tags yet */
	label_shop_hang(&shop, "shelf-58x40", both);
	expect_stale(&shop, 0, false, "");
	label_shop_sql(&shop, "UPDATE item SET price = 5500 WHERE id = 1");
	expect_stale(&shop, 0, false, "1 5000→5500;");
	label_shop_sql(&shop, "UPDATE item SET price = NULL WHERE id = 2");
	expect_stale(&shop, 0, false, "1 5000→5500;2 7000→-1;");
	label_shop_hang(&shop, "shelf-58x40", both);
	expect_stale(&shop, 0, false, "");
	label_shop_sql(&shop, "UPDATE item SET deleted = 1, price = 1 WHERE id = 1");
	expect_stale(&shop, 0, false, "");
}

static void test_tag_is_stale_when_the_name_changed(void)
{
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Атлас", "pcs", 5000, "");
	label_shop_hang(&shop, "shelf-58x40", (int64_t[]){ 1, 0 });
	label_shop_sql(&shop, "UPDATE item SET name = 'Атлас мира' WHERE id = 1");
	expect_stale(&shop, 0, false, "1 5000→5000;");
}

static void test_label_on_goods_is_no_tag(void)
{
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Атлас", "pcs", 5000, "");
	label_shop_hang(&shop, "goods-58x30", (int64_t[]){ 1, 0 });
	g_assert_cmpint(label_shop_ask(&shop, "SELECT count(*) FROM label_printed"), ==, 0);
}

static void test_tags_of_tomorrow_are_printed_today(void)
{
	const int64_t hour = INT64_C(3600) * G_USEC_PER_SEC, now = g_get_real_time();
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(LabelModel) model = NULL;
	g_autoptr(LabelJob) job = NULL;
	LabelWish wish = { .item_id = 1, .copies = 1, .at = now + 2 * hour };

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Атлас", "pcs", 5000, "");
	label_shop_hang(&shop, "shelf-58x40", (int64_t[]){ 1, 0 });
	label_shop_sql(&shop, "INSERT INTO price VALUES (1, 1, 0, %lld, 6000)",
		       (long long)(now + hour));
	expect_stale(&shop, 0, false, "");
	expect_stale(&shop, now + hour / 2, false, "");
	expect_stale(&shop, now + 2 * hour, false, "1 5000→6000 later;");
	model = label_shop_model(&shop, "shelf-58x40");
	job = label_job_new(shop.office.store, 1, model, &wish, 1, &error);
	g_assert_no_error(error);
	g_assert_true(label_job_note_printed(job, shop.office.store, 1, 0, &error));
	/* It hangs there for tomorrow; whoever hangs it up now is told. */
	expect_stale(&shop, now + 2 * hour, false, "");
	expect_stale(&shop, 0, false, "1 6000→5000;");
}

static void test_price_of_the_shop_goes_before_all(void)
{
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Атлас", "pcs", 5000, "");
	label_shop_hang(&shop, "shelf-58x40", (int64_t[]){ 1, 0 });
	label_shop_sql(&shop, "INSERT INTO price VALUES (1, 1, 2, 0, 9999)"); /* another shop's */
	label_shop_sql(&shop, "INSERT INTO price VALUES (1, 2, 0, 0, 9999)"); /* another kind */
	expect_stale(&shop, 0, false, "");
	label_shop_sql(&shop, "INSERT INTO price VALUES (1, 1, 1, 0, 4000)");
	expect_stale(&shop, 0, false, "1 5000→4000;");
	/* From then on the shop has none of its own. */
	label_shop_sql(&shop, "INSERT INTO price VALUES (1, 1, 1, 1000, NULL)");
	expect_stale(&shop, 0, false, "");
}

/* A promotion: everybody pays prices of another kind on some days. */
static void test_promotion_is_on_the_tags(void)
{
	const int64_t day = INT64_C(24) * 3600 * G_USEC_PER_SEC, now = g_get_real_time();
	const LabelWish wish = { .item_id = 1, .copies = 1 };
	g_autoptr(GDateTime) today = g_date_time_new_now_utc();
	g_autofree char *first = g_date_time_format(today, "%Y%m%d");
	g_autoptr(GHashTable) data = NULL;
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	label_shop_sql(&shop, "UPDATE shop SET timezone = 'UTC'");
	label_shop_add(&shop, 1, "Атлас", "pcs", 10000, "");
	label_shop_add(&shop, 2, "Бочка", "pcs", 7000, "");
	label_shop_hang(&shop, "shelf-58x40", both);
	label_shop_sql(&shop, "INSERT INTO price_kind (id, name, basis, revision) "
			      "VALUES (2, 'акция', 'hand', 1)");
	label_shop_sql(&shop, "INSERT INTO price VALUES (1, 2, 0, 0, 8000)");
	/* One that is not for everybody, or not all day, is on no tag. */
	label_shop_sql(&shop,
		       "INSERT INTO price_rule (id, kind_id, shop_id, until, rank, revision) "
		       "VALUES (1, 2, 0, 600, 9, 1)");
	expect_stale(&shop, 0, false, "");
	label_shop_sql(&shop,
		       "INSERT INTO price_rule (id, kind_id, shop_id, first_day, last_day, rank, "
		       "revision) VALUES (2, 2, 0, %s, %s, 1, 1)",
		       first, first);
	expect_stale(&shop, 0, false, "1 10000→8000;"); /* the other has no such price */
	data = data_of(&shop, &wish);
	expect(data, "price", "80,00" NBSP "₽");
	expect(data, "old-price", "100,00" NBSP "₽");
	expect(data, "discount", "−20" NBSP "%");
	label_shop_hang(&shop, "promo-58x40", both);
	expect_stale(&shop, 0, false, "");
	/* Tomorrow it is over. */
	expect_stale(&shop, now + day, false, "1 8000→10000 later;");
	label_shop_sql(&shop, "UPDATE price_rule SET last_day = 99991231 WHERE id = 2");
	expect_stale(&shop, now + day, false, "");
	label_shop_sql(&shop, "UPDATE price_rule SET first_day = 99991231 WHERE id = 2");
	expect_stale(&shop, 0, false, "1 8000→10000;");
}

static void test_new_goods_need_a_tag(void)
{
	g_auto(LabelShop) shop = { 0 };

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Атлас", "pcs", 5000, "");
	label_shop_add(&shop, 2, "Бочка", "pcs", 7000, "");
	label_shop_sql(&shop, "INSERT INTO stock_balance (shop_id, item_id, quantity, value) "
			      "VALUES (1, 2, 3000000, 100)");
	expect_stale(&shop, 0, false, "");
	expect_stale(&shop, 0, true, "2 -1→7000;");
	label_shop_hang(&shop, "shelf-58x40", (int64_t[]){ 2, 0 });
	expect_stale(&shop, 0, true, "");
}

static void test_scanned_tag_says_what_is_wrong(void)
{
	g_auto(LabelShop) shop = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *never = NULL, *right = NULL, *price = NULL, *name = NULL, *gone = NULL;

	label_shop_init(&shop);
	label_shop_add(&shop, 1, "Атлас", "pcs", 5000, "");
	never = label_check_tag(shop.office.store, 1, 1, &error);
	g_assert_nonnull(strstr(never, "print one"));
	label_shop_hang(&shop, "shelf-58x40", (int64_t[]){ 1, 0 });
	right = label_check_tag(shop.office.store, 1, 1, &error);
	g_assert_null(right);
	label_shop_sql(&shop, "UPDATE item SET price = 5500, name = 'Карта' WHERE id = 1");
	price = label_check_tag(shop.office.store, 1, 1, &error);
	g_assert_nonnull(
		strstr(price, "the tag says 50,00" NBSP "₽, the till says 55,00" NBSP "₽"));
	label_shop_sql(&shop, "UPDATE item SET price = 5000 WHERE id = 1");
	name = label_check_tag(shop.office.store, 1, 1, &error);
	g_assert_nonnull(strstr(name, "“Атлас”, the goods are called “Карта”"));
	label_shop_sql(&shop, "UPDATE item SET deleted = 1 WHERE id = 1");
	gone = label_check_tag(shop.office.store, 1, 1, &error);
	g_assert_nonnull(strstr(gone, "take the tag off"));
	g_assert_no_error(error);
}

/* --- the same by another way --------------------------------------------------------------- */

enum { N_ITEMS = 60, N_ROWS = 300, NO_PRICE = -1 };

/* Of the table price, as the test keeps it. */
typedef struct {
	int item, kind, shop, amount; /* amount NO_PRICE: NULL */
	int64_t first_at;
} Row;

typedef struct {
	int price[N_ITEMS + 1]; /* item.price */
	Row rows[N_ROWS];
	int n;
} World;

/* The latest row of @shop that has begun. */
static const Row *latest(const World *world, int item, int shop, int64_t at)
{
	const Row *best = NULL;

	for (int i = 0; i < world->n; i++) {
		const Row *row = &world->rows[i];

		if (row->item == item && row->kind == 1 && row->shop == shop &&
		    row->first_at <= at && (best == NULL || row->first_at > best->first_at))
			best = row;
	}
	return best;
}

static int price_then(const World *world, int item, int64_t at)
{
	const Row *own = latest(world, item, 1, at), *all = latest(world, item, 0, at);

	if (own != NULL && own->amount != NO_PRICE)
		return own->amount;
	if (all != NULL)
		return all->amount;
	return world->price[item];
}

static bool is_there(const World *world, const Row *row)
{
	for (int i = 0; i < world->n; i++)
		if (world->rows[i].item == row->item && world->rows[i].kind == row->kind &&
		    world->rows[i].shop == row->shop && world->rows[i].first_at == row->first_at)
			return true;
	return false;
}

static void make_world(LabelShop *shop, World *world, GRand *dice, int64_t now)
{
	g_autoptr(GString) sql = g_string_new("BEGIN;");

	for (int i = 1; i <= N_ITEMS; i++) {
		g_autofree char *name = g_strdup_printf("Товар %03d", i);

		world->price[i] = g_rand_int_range(dice, 0, 10) == 0
					  ? NO_PRICE
					  : g_rand_int_range(dice, 1, 6) * 100;
		label_shop_add(shop, i, name, "pcs", world->price[i], "");
	}
	for (int i = 0; i < N_ROWS; i++) {
		Row row = { .item = g_rand_int_range(dice, 1, N_ITEMS + 1),
			    .kind = g_rand_int_range(dice, 0, 5) == 0 ? 2 : 1,
			    .shop = g_rand_int_range(dice, 0, 3),
			    .amount = g_rand_int_range(dice, 0, 6) == 0
					      ? NO_PRICE
					      : g_rand_int_range(dice, 1, 6) * 100,
			    .first_at = now + g_rand_int_range(dice, -5, 6) * INT64_C(3600000000) };

		if (is_there(world, &row))
			continue;
		world->rows[world->n++] = row;
		g_string_append_printf(sql,
				       "INSERT INTO price VALUES (%d, %d, %d, %" G_GINT64_FORMAT
				       ", nullif(%d, -1));",
				       row.item, row.kind, row.shop, row.first_at, row.amount);
	}
	g_string_append(sql, "COMMIT");
	label_shop_sql(shop, "INSERT INTO price_kind (id, name, basis, revision) "
			     "VALUES (2, 'опт', 'hand', 1)");
	label_shop_sql(shop, "%s", sql->str);
}

static void test_stale_tags_are_those_of_a_slow_look(void)
{
	guint32 seed = g_test_rand_int() & 0x7fffffff;
	g_autoptr(GRand) dice = g_rand_new_with_seed(seed);
	/* Not on a row's hour, which the running clock would pass. */
	int64_t now = g_get_real_time() - INT64_C(1800000000);
	g_autofree World *world = g_new0(World, 1);
	g_auto(LabelShop) shop = { 0 };
	int tags[N_ITEMS + 1], n_stale = 0;

	g_test_message("seed %u", seed);
	label_shop_init(&shop);
	make_world(&shop, world, dice, now);
	for (int i = 1; i <= N_ITEMS; i++) {
		tags[i] = g_rand_int_range(dice, 0, 7) * 100 - 100;
		if (tags[i] >= 0)
			label_shop_sql(&shop,
				       "INSERT INTO label_printed SELECT 1, id, nullif(%d, 0), "
				       "name, 1 FROM item WHERE id = %d",
				       tags[i], i);
	}
	for (int hours = 0; hours <= 6; hours++) {
		int64_t until = hours == 0 ? 0 : now + hours * INT64_C(3600000000);
		g_autoptr(GPtrArray) found = stale(&shop, until, false);
		guint at = 0;

		for (int i = 1; i <= N_ITEMS; i++) {
			int holds = price_then(world, i, MAX(until, g_get_real_time()));
			const LabelStale *tag;
			int64_t price;
			bool has;

			g_assert_true(label_price_at(shop.office.store, 1, i,
						     MAX(until, g_get_real_time()), &has, &price,
						     NULL));
			g_assert_cmpint(has ? price : NO_PRICE, ==, holds);
			if (tags[i] < 0 || tags[i] == (holds == NO_PRICE ? 0 : holds))
				continue;
			g_assert_cmpint(at, <, found->len);
			tag = g_ptr_array_index(found, at++);
			g_assert_cmpint(tag->item_id, ==, i);
			g_assert_cmpint(tag->has_new ? tag->new_price : NO_PRICE, ==, holds);
			g_assert_cmpint(tag->has_old ? tag->old_price : 0, ==, tags[i]);
			n_stale++;
		}
		g_assert_cmpint(at, ==, found->len);
	}
	g_assert_cmpint(n_stale, >, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/label/words", test_words_are_as_the_shop_writes);
	g_test_add_func("/label/every-word", test_every_word_is_filled);
	g_test_add_func("/label/mongolia", test_mongolia_has_no_small_coin);
	g_test_add_func("/label/box", test_box_has_its_own_price_and_code);
	g_test_add_func("/label/old-price", test_old_price_is_the_one_that_was_higher);
	g_test_add_func("/label/gone", test_goods_that_are_gone);
	g_test_add_func("/label/brought", test_designs_come_with_the_program);
	g_test_add_func("/label/copy", test_design_is_written_as_a_copy);
	g_test_add_func("/label/outside", test_design_that_sticks_out_is_refused);
	g_test_add_func("/label/rights", test_cashier_designs_and_prints_nothing);
	g_test_add_func("/label/stale-price", test_tag_is_stale_when_its_price_changed);
	g_test_add_func("/label/stale-name", test_tag_is_stale_when_the_name_changed);
	g_test_add_func("/label/no-tag", test_label_on_goods_is_no_tag);
	g_test_add_func("/label/tomorrow", test_tags_of_tomorrow_are_printed_today);
	g_test_add_func("/label/shop-price", test_price_of_the_shop_goes_before_all);
	g_test_add_func("/label/promotion", test_promotion_is_on_the_tags);
	g_test_add_func("/label/new-goods", test_new_goods_need_a_tag);
	g_test_add_func("/label/scanned", test_scanned_tag_says_what_is_wrong);
	g_test_add_func("/label/oracle", test_stale_tags_are_those_of_a_slow_look);
	return g_test_run();
}
