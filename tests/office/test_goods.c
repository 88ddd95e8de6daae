/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/goods.h"
#include "tests/office/shop_floor.h"

#include <string.h>

#define N 997
#define PAGE 50

/* Names, prices and categories in three orders that disagree, some prices unset. */
static void fill(FakeOffice *office)
{
	g_autoptr(GString) text = g_string_new("article,name,category,price,brand\n");

	for (int i = 0; i < N; i++) {
		int shuffled = i * 619 % N;

		g_string_append_printf(text, "A%04d,Товар %04d,Группа %d,", i, shuffled, i % 7);
		if (i % 10 != 0)
			g_string_append_printf(text, "%d", 1 + i * 331 % N);
		g_string_append(text, i % 100 == 0 ? ",Үнэн\n" : ",\n");
	}
	fake_office_init(office);
	{
		g_auto(ListFate) fate = import_text(office, text->str, -1, NULL);

		g_assert_cmpstr(fate.refusals->str, ==, "");
		g_assert_cmpint(fate.counts.imported, ==, N);
	}
}

static int64_t price_of(const Goods *goods)
{
	return goods->has_price ? goods->price : -1;
}

static int compare(const Goods *a, const Goods *b, GoodsOrder order)
{
	switch (order) {
	case GOODS_BY_PRICE:
		return (price_of(a) > price_of(b)) - (price_of(a) < price_of(b));
	case GOODS_BY_CATEGORY:
		if (strcmp(a->category, b->category) != 0)
			return strcmp(a->category, b->category);
		return strcmp(a->name, b->name);
	default:
		return strcmp(a->name, b->name);
	}
}

/* Walks the list by pages from its end to its beginning, as a person drags the bar about. */
static void check_order(FakeOffice *office, GoodsOrder order, bool descending)
{
	g_autoptr(GoodsList) list = goods_list_new(office->store);
	g_autoptr(GHashTable) seen =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	g_autoptr(Goods) after = NULL;
	int64_t n = 0;

	goods_list_set_order(list, order, descending);
	g_assert_true(goods_list_count(list, &n, NULL));
	g_assert_cmpint(n, ==, N);
	for (int64_t at = (N - 1) / PAGE * PAGE; at >= 0; at -= PAGE) {
		g_autoptr(GPtrArray) page = goods_list_page(list, at, PAGE, NULL);

		g_assert_cmpuint(page->len, ==, MIN(PAGE, N - at));
		for (guint i = page->len; i-- > 0;) {
			Goods *goods = page->pdata[i];
			int sign = after != NULL ? compare(goods, after, order) : 0;

			g_assert_true(descending ? sign >= 0 : sign <= 0);
			g_assert_true(
				g_hash_table_add(seen, g_memdup2(&goods->id, sizeof goods->id)));
			g_clear_pointer(&after, goods_free);
			after = goods_find(office->store, goods->id, NULL);
		}
	}
	g_assert_cmpuint(g_hash_table_size(seen), ==, N);
}

static void test_pages_in_every_order(void)
{
	g_auto(FakeOffice) office = { 0 };

	fill(&office);
	for (GoodsOrder order = 0; order < GOODS_N_ORDERS; order++) {
		check_order(&office, order, false);
		check_order(&office, order, true);
	}
}

static void test_pages_beyond_the_end(void)
{
	g_auto(FakeOffice) office = { 0 };

	fill(&office);
	{
		g_autoptr(GoodsList) list = goods_list_new(office.store);
		g_autoptr(GPtrArray) uncounted = goods_list_page(list, N + 5, PAGE, NULL);
		g_autoptr(GPtrArray) counted = NULL;
		int64_t n;

		goods_list_count(list, &n, NULL);
		counted = goods_list_page(list, N + 5, PAGE, NULL);
		g_assert_cmpuint(uncounted->len, ==, 0);
		g_assert_cmpuint(counted->len, ==, 0);
	}
}

static const struct {
	const char *text;
	int64_t n;
	const char *first;
} searches[] = {
	{ "товар 0012", 1, "Товар 0012" },
	{ "ТОВ 001", 10, "Товар 0010" },
	{ "0012 тов", 1, "Товар 0012" },
	{ "унэн", 10, NULL }, /* Үнэн, typed without Ү */
	{ "A0003", 1, NULL },
	{ "нету", 0, NULL },
	{ "\"*", 0, NULL },
	{ "  ", N, "Товар 0000" },
};

static void test_search(void)
{
	g_auto(FakeOffice) office = { 0 };

	fill(&office);
	for (size_t i = 0; i < G_N_ELEMENTS(searches); i++) {
		g_autoptr(GoodsList) list = goods_list_new(office.store);
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) page = NULL;
		int64_t n = -1;

		goods_list_set_search(list, searches[i].text);
		goods_list_count(list, &n, &error);
		g_assert_no_error(error);
		page = goods_list_page(list, 0, PAGE, &error);
		g_assert_no_error(error);
		g_test_message("“%s”", searches[i].text);
		g_assert_cmpint(n, ==, searches[i].n);
		g_assert_cmpuint(page->len, ==, MIN(PAGE, n));
		if (searches[i].first != NULL)
			g_assert_cmpstr(((Goods *)page->pdata[0])->name, ==, searches[i].first);
	}
}

/* An item that got another name is found by the new one and no longer by the old. */
static void test_search_follows_changes(void)
{
	g_auto(FakeOffice) office = { 0 };

	fill(&office);
	{
		g_auto(ListFate) fate =
			import_text(&office, "article,name\nA0005,Кумыс\n", -1, NULL);
		g_autoptr(GoodsList) list = goods_list_new(office.store);
		g_autoptr(Goods) renamed = goods_find(office.store, 6, NULL);
		int64_t n;

		g_assert_cmpint(fate.counts.updated, ==, 1);
		g_assert_cmpstr(renamed->name, ==, "Кумыс");
		goods_list_set_search(list, "кум");
		g_assert_true(goods_list_count(list, &n, NULL));
		g_assert_cmpint(n, ==, 1);
		goods_list_set_search(list, "товар");
		g_assert_true(goods_list_count(list, &n, NULL));
		g_assert_cmpint(n, ==, N - 1);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/goods/pages", test_pages_in_every_order);
	g_test_add_func("/goods/beyond", test_pages_beyond_the_end);
	g_test_add_func("/goods/search", test_search);
	g_test_add_func("/goods/renamed", test_search_follows_changes);
	return g_test_run();
}
