/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/count_room.h"

#include <string.h>

int64_t count_room_person(FakeOffice *office, const char *name, Role role, const char *pin)
{
	g_autoptr(GError) error = NULL;
	int64_t id;

	people_add(office->store, name, role, pin, &id, &error);
	g_assert_no_error(error);
	return id;
}

static void add_zone(FakeOffice *office, const char *name, bool sells)
{
	Zone zone = { .name = (char *)name, .sells = sells };
	g_autoptr(GError) error = NULL;

	zone_write(office->store, 1, &zone, 0, &error);
	g_assert_no_error(error);
}

void count_room_init(FakeOffice *office, bool zones)
{
	fake_office_init(office);
	fake_office_add_goods(office, 10);
	if (!zones)
		return;
	add_zone(office, "Зал", true);
	add_zone(office, "Склад", false);
}

void count_room_found(FakeOffice *office, int64_t document, int64_t zone, int64_t item, int pass,
		      int64_t person, int64_t quantity, int64_t at)
{
	const CountEntry entry = { zone, item, pass, person, quantity, at };
	g_autoptr(GError) error = NULL;

	count_set(office->store, document, &entry, &error);
	g_assert_no_error(error);
}

int64_t count_room_begin(FakeOffice *office, const char *scope, const char *subject,
			 const char *reason)
{
	g_autoptr(Document) document = document_new(DOCUMENT_COUNT, 1);
	g_autoptr(GError) error = NULL;

	g_free(document->scope);
	g_free(document->subject);
	g_free(document->reason);
	document->scope = g_strdup(scope);
	document->subject = g_strdup(subject);
	document->reason = g_strdup(reason);
	document_create(office->store, document, 0, &error);
	g_assert_no_error(error);
	return document->id;
}

void count_room_post(FakeOffice *office, int64_t document)
{
	g_autoptr(GError) error = NULL;

	document_post(office->store, document, 0, &error);
	g_assert_no_error(error);
	fake_office_verify(office);
}

void count_room_post_refused(FakeOffice *office, int64_t document, const char *words)
{
	g_autoptr(GError) error = NULL;
	int64_t rows = room_ask(office, "SELECT count(*) FROM stock_ledger");

	g_assert_false(document_post(office->store, document, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, words));
	g_assert_cmpint(room_ask(office, "SELECT count(*) FROM stock_ledger"), ==, rows);
	g_assert_cmpint(room_ask(office, "SELECT count(*) FROM document_line"), ==, 0);
}

void count_room_part_refused(FakeOffice *office, int64_t document, const char *words)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(document_post(office->store, document, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, words));
}

void count_room_stands(FakeOffice *office, int64_t item, int64_t quantity, int64_t value)
{
	int64_t balance[2] = { 0 };

	fake_office_ask(office, "office/ledger/balance", (int64_t[]){ 1, item }, 2, balance, 2);
	g_assert_cmpint(balance[0], ==, quantity * ONE);
	g_assert_cmpint(balance[1], ==, value);
}

CountItem *count_room_item(GPtrArray *items, int64_t item_id)
{
	for (guint i = 0; i < items->len; i++) {
		CountItem *item = items->pdata[i];

		if (item->item_id == item_id)
			return item;
	}
	return NULL;
}

GPtrArray *count_room_review(FakeOffice *office, int64_t document)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *items = count_review(office->store, document, &error);

	g_assert_no_error(error);
	return items;
}

GPtrArray *count_room_to_recount(FakeOffice *office, int64_t document)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *items = count_to_recount(office->store, document, &error);

	g_assert_no_error(error);
	return items;
}
