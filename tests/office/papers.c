/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/papers.h"

#include "backoffice/goods/item.h"
#include "backoffice/people/shop.h"
#include "backoffice/stock/stock.h"

#include <string.h>

void paper_office(FakeOffice *office, int n)
{
	g_autoptr(GError) error = NULL;

	fake_office_init(office);
	fake_office_add_goods(office, n);
	shop_add(office->store, "Вторая", 0, &error);
	g_assert_no_error(error);
}

static Item *read_item(FakeOffice *office, int64_t id)
{
	g_autoptr(GError) error = NULL;
	Item *item = item_read(office->store, id, &error);

	g_assert_no_error(error);
	return item;
}

static void write_item(FakeOffice *office, Item *item)
{
	g_autoptr(GError) error = NULL;

	item_write(office->store, item, 0, &error);
	g_assert_no_error(error);
}

void paper_item_expires(FakeOffice *office, int64_t item_id)
{
	g_autoptr(Item) item = read_item(office, item_id);

	item->expires = true;
	write_item(office, item);
}

void paper_item_has_serials(FakeOffice *office, int64_t item_id)
{
	g_autoptr(Item) item = read_item(office, item_id);

	item->serials = true;
	write_item(office, item);
}

int64_t paper_pack(FakeOffice *office, int64_t item_id, const char *name, int64_t n)
{
	g_autoptr(Item) item = read_item(office, item_id);
	int index = item_add_pack(item, name, units(n), NULL);

	write_item(office, item);
	return g_array_index(item->packs, ItemPack, (guint)index).id;
}

int64_t paper_supplier(FakeOffice *office, const char *name)
{
	g_autoptr(Supplier) supplier = supplier_new(name);
	g_autoptr(GError) error = NULL;

	supplier_write(office->store, supplier, 0, &error);
	g_assert_no_error(error);
	g_assert_cmpint(supplier->id, >, 0);
	return supplier->id;
}

int64_t paper_person(FakeOffice *office, const char *name, Role role)
{
	g_autofree char *pin = g_strdup_printf("%04u", 1000 + g_str_hash(name) % 9000);
	g_autoptr(GError) error = NULL;
	int64_t id = 0;

	people_add(office->store, name, role, pin, &id, &error);
	g_assert_no_error(error);
	return id;
}

/* --- writing ------------------------------------------------------------------------------- */

DocumentLine *paper_line(Document *document, int64_t item_id, int64_t n, int64_t cost)
{
	DocumentLine *line = document_add_line(document, item_id, units(n));

	line->has_cost = cost >= 0;
	line->cost = MAX(cost, 0);
	return line;
}

DocumentLine *paper_pieces(Document *document, int64_t item_id, const char *serials, int64_t cost)
{
	DocumentLine *line = paper_line(document, item_id, 0, cost);

	line->serials = g_strsplit(serials, " ", -1);
	line->quantity = units((int64_t)g_strv_length(line->serials));
	return line;
}

void paper_text(char **field, const char *text)
{
	g_free(*field);
	*field = g_strdup(text);
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

void paper_reverse(FakeOffice *office, int64_t id)
{
	g_autoptr(GError) error = NULL;

	document_reverse(office->store, id, 0, "typed twice", &error);
	g_assert_no_error(error);
	fake_office_verify(office);
}

void paper_refused(FakeOffice *office, Document *document, int64_t person_id, GQuark domain,
		   int code, const char *says)
{
	int64_t before = paper_rows(office);
	g_autoptr(GError) error = NULL;
	bool created;

	g_assert_true(store_begin(office->store, NULL));
	created = document_create_in(office->store, document, person_id, &error);
	g_assert_false(created && document_post_in(office->store, document->id, person_id, &error));
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

/* --- looking ------------------------------------------------------------------------------- */

void paper_stands(FakeOffice *office, int64_t shop_id, int64_t item_id, int64_t n, int64_t value)
{
	int64_t balance[3] = { 0 };

	fake_office_ask(office, "office/ledger/balance", (int64_t[]){ shop_id, item_id }, 2,
			balance, 3);
	g_assert_cmpint(balance[0], ==, units(n));
	g_assert_cmpint(balance[1], ==, value);
}

int64_t paper_rows(FakeOffice *office)
{
	static const char *const tables[] = { "document",      "document_line", "document_serial",
					      "stock_ledger",  "stock_balance", "batch",
					      "batch_move",    "serial",	"serial_event",
					      "supplier_item", "supplier",	"price_change",
					      "count_entry",   "audit" };
	int64_t n = room_ask(office, "SELECT sum(value) FROM counter");

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		n += room_ask(office, "SELECT count(*) FROM %s", tables[i]);
	return n;
}
