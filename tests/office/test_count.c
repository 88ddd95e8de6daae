/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/people.h"
#include "backoffice/stock/count.h"
#include "tests/office/stock_room.h"

/* Two zones of the shop: tills sell out of the hall. */
enum { HALL = 1, STORE = 2 };
enum { ANNA = 0 };

/* 23.11.2026 06:00 UTC */
#define MORNING INT64_C(1795413600000000)
#define AT(minutes) (MORNING + (minutes) * MINUTE)

static int64_t add_person(FakeOffice *office, const char *name, Role role, const char *pin)
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

static void set_up(FakeOffice *office, bool zones)
{
	fake_office_init(office);
	fake_office_add_goods(office, 10);
	if (!zones)
		return;
	add_zone(office, "Зал", true);
	add_zone(office, "Склад", false);
}

static void found(FakeOffice *office, int64_t document, int64_t zone, int64_t item, int pass,
		  int64_t person, int64_t quantity, int64_t at)
{
	const CountEntry entry = { zone, item, pass, person, quantity, at };
	g_autoptr(GError) error = NULL;

	count_set(office->store, document, &entry, &error);
	g_assert_no_error(error);
}

static bool post(FakeOffice *office, int64_t id, GError **error)
{
	g_autoptr(Document) document = g_new0(Document, 1);
	g_autoptr(Ledger) ledger = NULL;

	document->id = id;
	document->kind = DOCUMENT_COUNT;
	document->shop_id = 1;
	document->reason = (char *)"";
	g_assert_true(store_begin(office->store, NULL));
	ledger = ledger_new(office->store, 1, error);
	g_assert_nonnull(ledger);
	if (count_post(office->store, document, ledger, error) && ledger_finish(ledger, error) &&
	    store_commit(office->store, error))
		return true;
	store_rollback(office->store);
	return false;
}
