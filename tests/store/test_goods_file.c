/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/goods.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define TODAY 20261123

static const GoodsMoment now = { .tax_day = TODAY, .at = INT64_C(1795420800000000) };

typedef struct {
	char *directory, *path; /* owned */
	Goods *goods; /* owned */
} Fixture;

/* What a hub would send: three taxes' worth of goods in two languages, two people. */
static char *dup_first_changes(void)
{
	char cashier[crypto_pwhash_STRBYTES], manager[crypto_pwhash_STRBYTES];

	g_assert_cmpint(sodium_init(), >=, 0);
	g_assert_cmpint(crypto_pwhash_str(cashier, "1234", 4, 1, 8 << 20), ==, 0);
	g_assert_cmpint(crypto_pwhash_str(manager, "987654", 6, 1, 8 << 20), ==, 0);
	return g_strdup_printf(
		"{\"revision\":10,\"more\":false,"
		"\"shop\":{\"id\":1,\"name\":\"Дэлгүүр\",\"country\":\"ru\",\"currency\":643,"
		"\"timezone\":\"Europe/Moscow\"},"
		"\"taxes\":[{\"id\":1,\"code\":\"VAT\",\"rates\":["
		"{\"code\":\"VAT\",\"rate\":2000,\"inclusive\":true,\"first_day\":0,"
		"\"fiscal\":\"standard\"},"
		"{\"code\":\"VAT\",\"rate\":2200,\"inclusive\":true,\"first_day\":20260101,"
		"\"fiscal\":\"standard\"}]}],"
		"\"people\":[{\"id\":1,\"name\":\"Сараа\",\"role\":\"cashier\",\"pin_hash\":\"%s\"}"
		","
		"{\"id\":2,\"name\":\"Болд\",\"role\":\"manager\",\"pin_hash\":\"%s\"}],"
		"\"items\":["
		"{\"id\":1,\"article\":\"\",\"name\":\"Молоко «Простоквашино» 3.2%% 1 л\","
		"\"category\":\"\",\"brand\":\"Простоквашино\",\"unit\":\"pcs\",\"weighed\":false,"
		"\"price\":8990,\"tax\":1,\"barcodes\":[\"4600000000008\",\"036000291452\"]},"
		"{\"id\":2,\"article\":\"123\",\"name\":\"Яблоки вес.\",\"unit\":\"kg\","
		"\"weighed\":true,\"price\":12900,\"tax\":1,\"barcodes\":[]},"
		"{\"id\":3,\"article\":\"M-7\",\"name\":\"Молокоотсос\",\"unit\":\"pcs\","
		"\"weighed\":false,\"price\":null,\"tax\":1,\"barcodes\":[\"96385074\"]},"
		"{\"id\":4,\"article\":\"0123\",\"name\":\"Сок яблочный\",\"unit\":\"pcs\","
		"\"weighed\":false,\"price\":7000,\"tax\":1,\"barcodes\":[]},"
		"{\"id\":5,\"name\":\"Өрөм сүү 500г\",\"unit\":\"pcs\",\"weighed\":false,"
		"\"price\":5000,\"tax\":1,\"barcodes\":[]}]}",
		cashier, manager);
}

static bool apply(Fixture *f, const char *text, GError **error)
{
	json_error_t where;
	json_t *json = json_loads(text, 0, &where);
	bool ok;

	g_assert_nonnull(json);
	ok = goods_apply_changes(f->goods, json, error);
	json_decref(json);
	return ok;
}

/* A goods file as the hub makes one: in one go, without a log. */
static void make_snapshot(const char *path, const char *shop_name, int64_t revision)
{
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(dsn, STORE_CREATE | STORE_BULK, &error);
	GoodsShop shop = { 1, shop_name, "ru", 643, "Europe/Moscow", false };

	g_assert_no_error(error);
	g_assert_true(store_migrate(store, "goods", &error));
	g_assert_true(store_begin(store, &error));
	g_assert_true(goods_file_put_shop(store, &shop, &error));
	g_assert_true(goods_file_set_revision(store, revision, &error));
	g_assert_true(goods_file_index(store, &error));
	g_assert_true(store_commit(store, &error));
}

static void set_up(Fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *changes = dup_first_changes(), *snapshot = NULL;

	f->directory = g_dir_make_tmp("baraa-goods-XXXXXX", &error);
	f->path = g_build_filename(f->directory, "goods.db", NULL);
	snapshot = g_build_filename(f->directory, "snapshot", NULL);
	make_snapshot(snapshot, "Shop", 0);
	goods_install(f->path, snapshot, NULL, &error);
	g_assert_no_error(error);
	f->goods = goods_open(f->path, &error);
	g_assert_no_error(error);
	apply(f, changes, &error);
	g_assert_no_error(error);
}

static void tear_down(Fixture *f, gconstpointer data)
{
	g_autoptr(GDir) dir = NULL;
	const char *name;

	goods_close(f->goods);
	dir = g_dir_open(f->directory, 0, NULL);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(f->directory, name, NULL);
		g_unlink(path);
	}
	g_rmdir(f->directory);
	g_free(f->directory);
	g_free(f->path);
}

static int64_t id_of(Fixture *f, const char *code)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(TillItem) item = NULL;

	goods_find_code(f->goods, code, &now, &item, &error);
	g_assert_no_error(error);
	return item != NULL ? item->id : 0;
}

static void test_codes_find_goods(Fixture *f, gconstpointer data)
{
	g_autoptr(TillItem) item = NULL;

	g_assert_cmpint(id_of(f, "4600000000008"), ==, 1);
	g_assert_cmpint(id_of(f, "036000291452"), ==, 1);
	g_assert_cmpint(id_of(f, "0036000291452"), ==, 1); /* the same as EAN-13 */
	g_assert_cmpint(id_of(f, "96385074"), ==, 3);
	g_assert_cmpint(id_of(f, " M-7 "), ==, 3); /* an article */
	g_assert_cmpint(id_of(f, "4600000000009"), ==, 0);
	g_assert_cmpint(id_of(f, ""), ==, 0);

	g_assert_true(goods_find_id(f->goods, 3, &now, &item, NULL));
	g_assert_false(item->has_price);
	g_assert_cmpstr(item->code, ==, "96385074");
	g_assert_cmpstr(item->brand, ==, "");
}

static void test_in_store_numbers_find_the_weighed_one(Fixture *f, gconstpointer data)
{
	static const char *const numbers[] = { "00123", "123", "0123" };

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		g_autoptr(TillItem) item = NULL;

		g_assert_true(goods_find_in_store(f->goods, numbers[i], &now, &item, NULL));
		g_assert_cmpint(item->id, ==, 2);
	}
}

static void test_tax_is_that_of_the_day(Fixture *f, gconstpointer data)
{
	g_autoptr(TillItem) before = NULL, after = NULL;

	static const GoodsMoment last_year = { .tax_day = 20251231 },
				 this_year = { .tax_day = 20260101 };

	g_assert_true(goods_find_id(f->goods, 1, &last_year, &before, NULL));
	g_assert_true(goods_find_id(f->goods, 1, &this_year, &after, NULL));
	g_assert_cmpint(before->tax.n_rates, ==, 1);
	g_assert_cmpint(before->tax.rates[0].rate, ==, 2000);
	g_assert_cmpint(after->tax.rates[0].rate, ==, 2200);
}

/* Ids found, in order, as "1 3". */
static char *dup_found(Fixture *f, const char *text)
{
	g_autoptr(GPtrArray) items = NULL;
	g_autoptr(GError) error = NULL;
	GString *ret = g_string_new(NULL);

	goods_search(f->goods, text, 10, &now, &items, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < items->len; i++)
		g_string_append_printf(ret, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
				       ((TillItem *)g_ptr_array_index(items, i))->id);
	return g_string_free(ret, FALSE);
}

static void test_search_finds_as_people_type(Fixture *f, gconstpointer data)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{ "молоко", "1 3" }, /* the word before the beginning */
		{ "МОЛ", "3 1" }, /* both are beginnings: the shorter name first */
		{ "прост мол", "1" }, /* any order */
		{ "1 л молоко", "1" }, { "vjkjrj", "1 3" }, /* the other keyboard */
		{ "moloko", "1 3" }, /* by sound */
		{ "m 7", "3" }, /* an article */
		{ "орөм СҮҮ", "5" }, /* ө and ү as о and у */
		{ "кефир", "" },       { "", "" },	    { "\"молоко\" OR *", "" },
		{ "   ", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *found = dup_found(f, cases[i].text);

		g_test_message("%s → %s", cases[i].text, found);
		g_assert_cmpstr(found, ==, cases[i].found);
	}
}

static void test_changes_are_all_or_nothing(Fixture *f, gconstpointer data)
{
	g_autoptr(GError) error = NULL, bad = NULL;
	g_autofree char *renamed = NULL, *old = NULL;
	int64_t revision, count;

	/* The barcode moves from 1 to 6, 3 goes, 1 has another name. */
	apply(f,
	      "{\"revision\":11,\"items\":[{\"id\":6,\"name\":\"Кефир\",\"unit\":\"pcs\","
	      "\"weighed\":false,\"price\":1,\"tax\":1,\"barcodes\":[\"4600000000008\"]},"
	      "{\"id\":1,\"name\":\"Ряженка\",\"unit\":\"pcs\",\"weighed\":false,\"price\":2,"
	      "\"tax\":1,\"barcodes\":[\"036000291452\"]},{\"id\":3,\"deleted\":true}]}",
	      &error);
	g_assert_no_error(error);
	g_assert_cmpint(id_of(f, "4600000000008"), ==, 6);
	g_assert_cmpint(id_of(f, "036000291452"), ==, 1);
	g_assert_cmpint(id_of(f, "96385074"), ==, 0);
	renamed = dup_found(f, "ряж");
	old = dup_found(f, "молоко");
	g_assert_cmpstr(renamed, ==, "1");
	g_assert_cmpstr(old, ==, "");

	g_assert_false(apply(f,
			     "{\"revision\":12,\"items\":[{\"id\":6,\"deleted\":true},"
			     "{\"id\":7,\"name\":\"X\",\"unit\":\"pcs\",\"weighed\":false,"
			     "\"price\":-1,\"tax\":1,\"barcodes\":[]}]}",
			     &bad));
	g_assert_error(bad, STORE_ERROR, STORE_ERROR_FAILED);
	g_assert_cmpint(id_of(f, "4600000000008"), ==, 6);
	g_assert_true(goods_get_revision(f->goods, &revision, NULL));
	g_assert_cmpint(revision, ==, 11);
	g_assert_true(goods_count(f->goods, &count, NULL));
	g_assert_cmpint(count, ==, 5);
}

static int64_t person_of(Fixture *f, const char *pin)
{
	g_autoptr(TillPerson) person = NULL;

	g_assert_true(goods_find_pin(f->goods, pin, &person, NULL));
	return person != NULL ? person->id : 0;
}

static void test_pins_find_people(Fixture *f, gconstpointer data)
{
	g_assert_cmpint(person_of(f, "1234"), ==, 1);
	g_assert_cmpint(person_of(f, "1234"), ==, 1); /* remembered */
	g_assert_cmpint(person_of(f, "987654"), ==, 2);
	g_assert_cmpint(person_of(f, "12345"), ==, 0);
	g_assert_cmpint(person_of(f, ""), ==, 0);
	g_assert_true(apply(f, "{\"revision\":12,\"people\":[{\"id\":1,\"deleted\":true}]}", NULL));
	g_assert_cmpint(person_of(f, "1234"), ==, 0); /* and forgotten */
}

static void test_new_file_takes_the_place_of_the_old(Fixture *f, gconstpointer data)
{
	g_autofree char *snapshot = g_build_filename(f->directory, "snapshot", NULL);
	g_autofree char *rubbish = g_build_filename(f->directory, "rubbish", NULL);
	g_autoptr(GError) error = NULL, bad = NULL;
	g_auto(TillShop) before = { 0 }, after = { 0 };

	g_assert_true(g_file_set_contents(rubbish, "half of an answer", -1, NULL));
	g_assert_false(goods_install(f->path, rubbish, f->goods, &bad));
	g_assert_true(goods_get_shop(f->goods, &before, &error));
	g_assert_cmpstr(before.name, ==, "Дэлгүүр");

	/* The download broke off. */
	make_snapshot(snapshot, "Новый", 77);
	g_assert_cmpint(truncate(snapshot, 32768), ==, 0);
	g_clear_error(&bad);
	g_assert_false(goods_install(f->path, snapshot, f->goods, &bad));
	g_assert_error(bad, STORE_ERROR, STORE_ERROR_CORRUPT);
	g_assert_cmpint(g_unlink(snapshot), ==, 0);

	make_snapshot(snapshot, "Новый", 77);
	goods_install(f->path, snapshot, f->goods, &error);
	g_assert_no_error(error);
	g_assert_true(goods_get_shop(f->goods, &after, &error));
	g_assert_cmpstr(after.name, ==, "Новый");
	g_assert_cmpint(id_of(f, "4600000000008"), ==, 0);
	g_assert_false(g_file_test(snapshot, G_FILE_TEST_EXISTS));
}

static void test_file_in_use_is_not_pulled_away(Fixture *f, gconstpointer data)
{
	g_autofree char *snapshot = g_build_filename(f->directory, "snapshot", NULL);
	g_autoptr(GError) error = NULL;

	make_snapshot(snapshot, "Новый", 77);
	g_assert_false(goods_install(f->path, snapshot, NULL, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_BUSY);
	g_assert_cmpint(id_of(f, "4600000000008"), ==, 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/goods/" name, Fixture, NULL, set_up, function, tear_down)
	ADD("codes-find-goods", test_codes_find_goods);
	ADD("in-store-numbers-find-the-weighed-one", test_in_store_numbers_find_the_weighed_one);
	ADD("tax-is-that-of-the-day", test_tax_is_that_of_the_day);
	ADD("search-finds-as-people-type", test_search_finds_as_people_type);
	ADD("changes-are-all-or-nothing", test_changes_are_all_or_nothing);
	ADD("pins-find-people", test_pins_find_people);
	ADD("new-file-takes-the-place-of-the-old", test_new_file_takes_the_place_of_the_old);
	ADD("file-in-use-is-not-pulled-away", test_file_in_use_is_not_pulled_away);
	return g_test_run();
}
