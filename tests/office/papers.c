/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/papers.h"

#include "backoffice/people/counter.h"
#include "backoffice/stock/stock.h"

#include <string.h>

DocumentLine *paper_line(Document *document, int64_t item_id, int64_t n, int64_t cost)
{
	DocumentLine *line = document_add_line(document, item_id, units(n));

	line->has_cost = cost >= 0;
	line->cost = MAX(cost, 0);
	return line;
}

void paper_post(FakeOffice *office, Document *document)
{
	g_autoptr(GError) error = NULL;

	document_create(office->store, document, 0, &error);
	g_assert_no_error(error);
	document_post(office->store, document->id, 0, &error);
	g_assert_no_error(error);
	fake_office_verify(office);
}

void paper_refused(FakeOffice *office, Document *document, GQuark domain, int code,
		   const char *says)
{
	int64_t before = paper_rows(office);
	g_autoptr(GError) error = NULL;

	g_assert_true(store_begin(office->store, NULL));
	g_assert_false(document_create_in(office->store, document, 0, &error) &&
		       document_post_in(office->store, document->id, 0, &error));
	store_rollback(office->store);
	document->id = 0;
	g_assert_error(error, domain, code);
	g_test_message("%s", error->message);
	if (strstr(error->message, says) == NULL)
		g_error("“%s” is not in “%s”", says, error->message);
	g_assert_cmpint(paper_rows(office), ==, before);
}

int64_t paper_deliver(FakeOffice *office, int64_t item_id, int64_t n, int64_t cost)
{
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	paper_line(delivery, item_id, n, cost);
	paper_post(office, delivery);
	return delivery->id;
}

void paper_stands(FakeOffice *office, int64_t shop_id, int64_t item_id, int64_t n, int64_t value)
{
	int64_t balance[3] = { 0 };

	fake_office_ask(office, "office/ledger/balance", (int64_t[]){ shop_id, item_id }, 2,
			balance, 3);
	g_assert_cmpint(balance[0], ==, units(n));
	g_assert_cmpint(balance[1], ==, value);
}

int64_t paper_second_shop(FakeOffice *office)
{
	StoreStatement *insert;
	g_autoptr(GError) error = NULL;
	int64_t id, revision;

	store_begin(office->store, &error);
	counter_take(office->store, "shop", &id, &error);
	counter_take(office->store, "revision", &revision, &error);
	insert = store_statement(office->store, "office/people/insert_shop");
	store_bind_int(insert, 1, id);
	store_bind_text(insert, 2, "Вторая");
	store_bind_text(insert, 3, "ru");
	store_bind_int(insert, 4, 643);
	store_bind_text(insert, 5, "Europe/Moscow");
	store_bind_int(insert, 6, revision);
	store_run(insert, &error);
	store_commit(office->store, &error);
	g_assert_no_error(error);
	return id;
}

int64_t paper_supplier(FakeOffice *office, const char *name)
{
	g_autoptr(Supplier) supplier = supplier_new(name);
	g_autoptr(GError) error = NULL;

	supplier_write(office->store, supplier, 0, &error);
	g_assert_no_error(error);
	return supplier->id;
}

int64_t paper_rows(FakeOffice *office)
{
	int64_t n = 0;

	g_assert_true(fake_office_ask(office, "office/document/rows", NULL, 0, &n, 1));
	return n;
}
