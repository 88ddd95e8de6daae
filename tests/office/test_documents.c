/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/goods.h"
#include "backoffice/people/people.h"
#include "tests/office/papers.h"

#define ITEM 7

static void open_office(FakeOffice *office)
{
	fake_office_init(office);
	fake_office_add_goods(office, 20);
}

static void test_delivery_comes_in_at_its_cost(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Goods) goods = NULL;

	open_office(&office);
	/* 12 for 1234.00: one is worth 102.83, 12 are worth what was paid. */
	paper_deliver(&office, ITEM, 12, 123400);
	paper_stands(&office, PAPER_SHOP, ITEM, 12, 123400);
	goods = goods_find(office.store, ITEM, NULL);
	g_assert_nonnull(goods);
	g_assert_cmpint(goods->cost, ==, 10283);
	/* Three more of which nobody knows the cost: 123400 / 12 × 3. */
	paper_deliver(&office, ITEM, 3, -1);
	paper_stands(&office, PAPER_SHOP, ITEM, 15, 154250);
}

static void test_posted_once(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t id;

	open_office(&office);
	id = paper_deliver(&office, ITEM, 2, 100);
	g_assert_false(document_post(office.store, id, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	paper_stands(&office, PAPER_SHOP, ITEM, 2, 100);
}

static void test_scans_add_up(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) draft = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;
	int first, second, third;

	open_office(&office);
	document_create(office.store, draft, 0, &error);
	document_scan(office.store, draft->id, ITEM, 0, units(1), "", 0, 0, &first, &error);
	document_scan(office.store, draft->id, ITEM, 0, units(5), NULL, 0, 0, &second, &error);
	document_scan(office.store, draft->id, ITEM, 0, units(1), "A", 0, 0, &third, &error);
	g_assert_no_error(error);
	g_assert_cmpint(first, ==, second);
	g_assert_cmpint(third, ==, 2);
	read = document_read(office.store, draft->id, &error);
	g_assert_cmpuint(read->lines->len, ==, 2);
	g_assert_cmpint(((DocumentLine *)read->lines->pdata[0])->quantity, ==, units(6));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/documents/delivery", test_delivery_comes_in_at_its_cost);
	g_test_add_func("/documents/once", test_posted_once);
	g_test_add_func("/documents/scans", test_scans_add_up);
	return g_test_run();
}
