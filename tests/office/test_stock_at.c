/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelves as they stood: `baraa stock` and `baraa report stock` of a day that is over. */
#include "backoffice/stock/ledger.h"
#include "core/quantity.h"
#include "tests/office/command_line.h"

#include <string.h>

#define DB " --db sqlite:office.db "
#define MILK 1
#define TEA 2
/* 2026-11-23T21:00Z: in Moscow the 24th begins. */
#define MIDNIGHT INT64_C(1795467600000000)
#define HEAD "barcode,article,name,unit,balance,cost,value\r\n"

static void open_office(Desk *desk)
{
	g_autofree char *opened = NULL, *imported = NULL;

	desk_init(desk);
	opened = desk_do(desk, "init" DB "--country ru --shop Лавка");
	desk_write(desk, "list.csv",
		   "barcode,name,cost,price\n4600000000015,Milk,60,80\n4600000000022,Tea,,90\n");
	imported = desk_do(desk, "import goods list.csv" DB);
}

static void post(Desk *desk, const LedgerMove *moves, size_t n)
{
	g_autofree char *path = desk_dup_path(desk, "office.db");
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(dsn, 0, &error);
	g_autoptr(Ledger) ledger = NULL;

	g_assert_no_error(error);
	g_assert_true(store_begin(store, &error));
	ledger = ledger_new(store, 1, &error);
	for (size_t i = 0; i < n; i++)
		g_assert_true(ledger_post(ledger, &moves[i], &error));
	ledger_finish(ledger, &error);
	g_assert_no_error(error);
	g_assert_true(store_commit(store, &error));
}

static LedgerMove came(int64_t item, int64_t at, int64_t quantity, int64_t value)
{
	return (LedgerMove){ .item_id = item,
			     .at = at,
			     .day = 20261123,
			     .kind = "delivery",
			     .document_id = 1,
			     .quantity = quantity * QUANTITY_ONE,
			     .how = LEDGER_VALUED,
			     .value = value };
}

static LedgerMove sold(int64_t item, int64_t at, int64_t quantity)
{
	return (LedgerMove){ .item_id = item,
			     .at = at,
			     .day = 20261123,
			     .kind = "sale",
			     .till_id = 1,
			     .seq = 1,
			     .quantity = -quantity * QUANTITY_ONE };
}

static void check(Desk *desk, const char *line, const char *rows)
{
	g_autofree char *out = desk_do(desk, line);
	g_autofree char *want = g_strconcat(HEAD, rows, NULL);

	g_assert_cmpstr(out, ==, want);
}

/* Ten of milk come for 500.00 the evening before; four are sold at midnight's last moment, one at
 * its first; later somebody tells that ten more had come for 700.00 before all that. */
static void fill(Desk *desk)
{
	open_office(desk);
	post(desk,
	     (LedgerMove[]){ came(MILK, MIDNIGHT - 9000, 10, 50000), sold(MILK, MIDNIGHT - 1, 4),
			     sold(MILK, MIDNIGHT, 1), came(TEA, MIDNIGHT + 5, 2, 1000) },
	     4);
}

static void test_end_of_a_day(void)
{
	g_auto(Desk) desk = { 0 };

	fill(&desk);
	check(&desk, "stock" DB "--date 2026-11-22 --format csv", "");
	check(&desk, "stock" DB "--date 2026-11-23 --format csv",
	      "4600000000015,,Milk,pcs,6,50.00,300.00\r\n");
	check(&desk, "stock" DB "--date 2026-11-24 --format csv",
	      "4600000000015,,Milk,pcs,5,50.00,250.00\r\n"
	      "4600000000022,,Tea,pcs,2,5.00,10.00\r\n");
	check(&desk, "stock" DB "--format csv",
	      "4600000000015,,Milk,pcs,5,50.00,250.00\r\n"
	      "4600000000022,,Tea,pcs,2,5.00,10.00\r\n");
	check(&desk, "stock" DB "--at 2026-11-24T00:00:00 --format csv --barcode 4600000000015",
	      "4600000000015,,Milk,pcs,5,50.00,250.00\r\n");
	check(&desk,
	      "stock" DB "--at 2026-11-23T20:59:59.995Z --format csv --barcode 4600000000015",
	      "4600000000015,,Milk,pcs,10,50.00,500.00\r\n");
	check(&desk, "stock" DB "--date 2026-11-23 --format csv --barcode 4600000000022",
	      "4600000000022,,Tea,pcs,0,,0.00\r\n");
}

static void test_late_delivery_changes_the_past(void)
{
	g_auto(Desk) desk = { 0 };
	LedgerMove late = came(MILK, MIDNIGHT - 10000, 10, 70000);

	fill(&desk);
	late.document_id = 2;
	post(&desk, &late, 1);
	check(&desk, "stock" DB "--date 2026-11-23 --format csv",
	      "4600000000015,,Milk,pcs,16,60.00,960.00\r\n");
	check(&desk, "stock" DB "--at 2026-11-23T23:59:59.990000 --format csv",
	      "4600000000015,,Milk,pcs,10,70.00,700.00\r\n");
	check(&desk, "stock" DB "--format csv --barcode 4600000000015",
	      "4600000000015,,Milk,pcs,15,60.00,900.00\r\n");
}

/* The report has the same rows and says of which day they are. */
static void test_report_of_the_same_day(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *report = NULL, *stock = NULL, *json = NULL, *now = NULL;

	fill(&desk);
	report = desk_do(&desk, "report stock" DB "--to 2026-11-23 --format csv --shop Лавка");
	stock = desk_do(&desk, "stock" DB "--date 2026-11-23 --format csv --shop Лавка");
	g_assert_cmpstr(report, ==, stock);
	json = desk_do(&desk, "report stock" DB "--to 2026-11-23 --format json");
	g_assert_nonnull(strstr(json, "\"to\":\"2026-11-23\""));
	g_assert_nonnull(strstr(json, "\"totals\":{\"balance\":\"6\",\"value\":\"300.00\"}"));
	now = desk_do(&desk, "report stock" DB "--format json");
	g_assert_nonnull(strstr(now, "\"to\":null"));
}

static void test_asked_wrongly(void)
{
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	desk_refuses(&desk, "stock" DB "--date 23.11.2026", 2, "23.11.2026");
	desk_refuses(&desk, "stock" DB "--at yesterday", 2, "yesterday");
	desk_refuses(&desk, "stock" DB "--date 2026-11-23 --at 2026-11-23T10:00:00", 2, "--at");
	desk_refuses(&desk, "report stock" DB "--to 2026-11-31", 2, "2026-11-31");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/stock_at/end_of_a_day", test_end_of_a_day);
	g_test_add_func("/stock_at/late_delivery_changes_the_past",
			test_late_delivery_changes_the_past);
	g_test_add_func("/stock_at/report_of_the_same_day", test_report_of_the_same_day);
	g_test_add_func("/stock_at/asked_wrongly", test_asked_wrongly);
	return g_test_run();
}
