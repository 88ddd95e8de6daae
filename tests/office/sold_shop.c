/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/sold_shop.h"

#include "backoffice/people/shop.h"
#include "backoffice/sales/ingest.h"
#include "tests/office/shop_floor.h"
#include "tests/office/stock_room.h"

#include <sqlite3.h>
#include <string.h>

static const TaxGroup taxes[] = {
	{ .id = 1,
	  .code = "VAT22",
	  .n_rates = 1,
	  .rates = { { "VAT", 2200, true, 20250101, FISCAL_TAX_STANDARD } } },
	{ .id = 2,
	  .code = "TWO",
	  .n_rates = 2,
	  .rates = { { "SALES", 600, false, 0, FISCAL_TAX_OTHER },
		     { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } },
};

/* Goods 1 to 12: the last two are in no group, the groups are of three depths. */
static const char goods[] = "barcode,name,price,cost,category,article\n"
			    "4600000000015,Milk,100,60,Food/Dairy,\n"
			    "4600000000022,Cheese,900,500,Food/Dairy/Hard,\n"
			    "4600000000039,Bread,50,30,Food,B-1\n"
			    "4600000000046,Rye bread,60,35,Food,B-2\n"
			    "4600000000053,Foodie magazine,300,200,Foodstuff,\n"
			    "4600000000060,Soap,80,40,Home,\n"
			    "4600000000077,Brush,120,70,Home/Tools,\n"
			    "4600000000084,Hammer,700,400,Home/Tools,\n"
			    "4600000000091,Juice,150,,Food/Drinks,\n"
			    "4600000000107,Water,40,,Food/Drinks,\n"
			    "4600000000114,Bag,10,2,,\n"
			    "4600000000121,Card,25,5,,\n";

/* --- the business -------------------------------------------------------------------------- */

static void add_people(FakeOffice *office)
{
	static const char *const names[] = { "Anna", "Boris", "Vera" };
	g_autoptr(GError) error = NULL;
	int64_t id;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *pin = g_strdup_printf("77%02d", (int)i);

		people_add(office->store, names[i], ROLE_CASHIER, pin, &id, &error);
		g_assert_no_error(error);
	}
	room_sql(office, "UPDATE person SET deleted = 1 WHERE name = 'Vera'");
}

/* North brought milk and cheese last, South did before; bread is only in South's list. */
static void add_suppliers(FakeOffice *office)
{
	room_sql(
		office,
		"INSERT INTO supplier (id, name) VALUES (1, 'North'), (2, 'South');"
		"INSERT INTO supplier_item (supplier_id, item_id) VALUES (2, 3), (1, 4), (2, 4);"
		"INSERT INTO document (id, shop_id, kind, number, state, supplier_id, revision, "
		"created_at, created_by) VALUES (901, 1, 'delivery', 'D-901', 'draft', 2, 1, 1, 0),"
		" (902, 1, 'delivery', 'D-902', 'draft', 1, 1, 1, 0),"
		" (903, 1, 'delivery', 'D-903', 'draft', 2, 1, 1, 0);"
		"INSERT INTO document_line (document_id, line, item_id, quantity) VALUES"
		" (901, 1, 1, 1000000), (901, 2, 2, 1000000), (902, 1, 1, 1000000),"
		" (902, 2, 2, 1000000), (903, 1, 1, 1000000);"
		"UPDATE document SET state = 'posted', posted_at = id, posted_by = 0"
		" WHERE id IN (901, 902)");
}

static void add_shops(FakeOffice *office)
{
	g_autoptr(GError) error = NULL;
	char *code = NULL;
	int64_t id;

	shop_add(office->store, "Второй", 0, &error);
	g_assert_no_error(error);
	for (int i = 1; i <= SOLD_TILLS; i++) {
		g_autofree char *name = g_strdup_printf("Till %d", i == 3 ? 1 : i);

		till_add(office->store, i == 3 ? "Второй" : "Лавка", name, &id, &code, &error);
		g_assert_no_error(error);
		g_assert_cmpint(id, ==, i);
		g_clear_pointer(&code, g_free);
	}
}

void sold_shop_init(SoldShop *self, guint32 seed)
{
	*self = (SoldShop){ .rand = g_rand_new_with_seed(seed) };
	g_test_message("seed %u", seed);
	fake_office_init(&self->office);
	{
		g_auto(ListFate) fate = import_text(&self->office, goods, -1, NULL);

		g_assert_cmpint(fate.counts.imported, ==, SOLD_ITEMS);
	}
	add_people(&self->office);
	add_suppliers(&self->office);
	add_shops(&self->office);
	for (int i = 1; i <= SOLD_TILLS; i++)
		fake_till_init(&self->tills[i]);
}

static void clear_facts(SoldShop *self)
{
	for (guint i = 0; self->facts != NULL && i < self->facts->len; i++) {
		g_free(g_array_index(self->facts, SoldFact, i).group);
		g_free(g_array_index(self->facts, SoldFact, i).name);
	}
	g_clear_pointer(&self->facts, g_array_unref);
}

void sold_shop_clear(SoldShop *self)
{
	clear_facts(self);
	for (int i = 1; i <= SOLD_TILLS; i++)
		fake_till_clear(&self->tills[i]);
	fake_office_clear(&self->office);
	g_rand_free(self->rand);
}

/* --- days ---------------------------------------------------------------------------------- */

int32_t sold_next_day(int32_t day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
		       (GDateYear)(day / 10000));
	g_date_add_days(&date, 1);
	return g_date_get_year(&date) * 10000 + (int32_t)g_date_get_month(&date) * 100 +
	       g_date_get_day(&date);
}

static int64_t ten_o_clock(int32_t day)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Moscow");
	g_autoptr(GDateTime) at =
		g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, 10, 0, 0);

	return g_date_time_to_unix(at) * G_USEC_PER_SEC;
}

void sold_shop_open(SoldShop *self, int till, int32_t day)
{
	self->tills[till].day = day;
	self->tills[till].at = ten_o_clock(day);
	self->tills[till].cashier = g_rand_int_range(self->rand, 2, 7); /* 5 and 6 are nobody's */
	fake_till_open_shift(&self->tills[till], 0);
}

static void add_line(Receipt *receipt, GRand *rand)
{
	static const char *const own[] = { "Flowers", "Candle" };
	int item = g_rand_int_range(rand, 0, SOLD_ITEMS + 1);
	ReceiptGoods it = {
		.item_id = item,
		.code = "46",
		.name = item == 0 ? own[g_rand_int_range(rand, 0, 2)] : "Goods",
		.unit = UNIT_KILOGRAM,
		.price = { g_rand_int_range(rand, 100, 100000), FAKE_RUB },
		.tax = &taxes[g_rand_int_range(rand, 0, 2)],
	};
	Quantity quantity = { g_rand_int_range(rand, 1, 4000) * 1000 };
	g_autoptr(GError) error = NULL;
	int number;

	receipt_add(receipt, &it, quantity, &number, &error);
	g_assert_no_error(error);
	if (g_rand_int_range(rand, 0, 4) == 0)
		g_assert_true(receipt_discount_line(receipt, number,
						    (Discount){ DISCOUNT_PERCENT, 1500 }, NULL));
}

static void pay(Receipt *receipt, GRand *rand)
{
	Money due = receipt_get_totals(receipt)->due, part = due;
	g_autoptr(GError) error = NULL;
	int how = receipt_get_kind(receipt) == RECEIPT_RETURN ? 0 : g_rand_int_range(rand, 0, 3);

	if (how == 2 && due.minor > 1) {
		part.minor = due.minor / 2;
		receipt_pay(receipt, TENDER_CARD, part, "RRN 1", &error);
		g_assert_no_error(error);
		due.minor -= part.minor;
	}
	if (due.minor > 0)
		receipt_pay(receipt, how == 1 ? TENDER_CARD : TENDER_CASH, due, NULL, &error);
	g_assert_no_error(error);
}

void sold_shop_sell(SoldShop *self, int till, ReceiptKind kind, int n_lines)
{
	g_autoptr(Receipt) receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);

	for (int i = 0; i < n_lines; i++)
		add_line(receipt, self->rand);
	pay(receipt, self->rand);
	self->tills[till].at += g_rand_int_range(self->rand, 1, 90) * G_TIME_SPAN_MINUTE;
	if (g_rand_int_range(self->rand, 0, 5) == 0)
		self->tills[till].cashier = g_rand_int_range(self->rand, 2, 7);
	fake_till_sell(&self->tills[till], receipt);
}

/* --- the hub ------------------------------------------------------------------------------- */

static void take_in(SoldShop *self, int till)
{
	const FakeTill *from = &self->tills[till];
	IngestTill who = { till == 3 ? 2 : 1, till, FAKE_RUB, "Europe/Moscow" };
	g_autofree IngestEntry *entries = g_new0(IngestEntry, from->entries->len + 1);
	g_autoptr(GError) error = NULL;
	IngestResult result;

	if (from->entries->len == 0)
		return;
	for (guint i = 0; i < from->entries->len; i++)
		entries[i] =
			(IngestEntry){ fake_till_get(from, i)->body, fake_till_get(from, i)->hash };
	ingest_batch(self->office.store, &who, entries, from->entries->len, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.quarantined, ==, 0);
}

static const char facts_sql[] =
	"SELECT r.shop_id, r.till_id, r.seq, r.shift, r.cashier_id, l.item_id, r.day, r.hour, "
	"r.kind = 'return', coalesce(i.category, ''), l.name, l.quantity, l.gross, l.discount, "
	"l.tax, l.net, (SELECT count(*) FROM receipt_payment p WHERE p.shop_id = r.shop_id AND "
	"p.till_id = r.till_id AND p.seq = r.seq AND p.kind = 'cash'), (SELECT count(*) FROM "
	"receipt_payment p WHERE p.shop_id = r.shop_id AND p.till_id = r.till_id AND p.seq = r.seq "
	"AND p.kind = 'card'), (SELECT -coalesce(sum(k.value), 0) FROM stock_ledger k WHERE "
	"k.shop_id = r.shop_id AND k.till_id = r.till_id AND k.seq = r.seq AND k.line = l.line) "
	"FROM receipt r, receipt_line l LEFT JOIN item i ON i.id = l.item_id "
	"WHERE l.shop_id = r.shop_id AND l.till_id = r.till_id AND l.seq = r.seq";

/* What goods cost that were sold before they came in: of no receipt. */
static const char differences_sql[] =
	"SELECT k.shop_id, k.item_id, k.day, coalesce(i.category, ''), -sum(k.difference) "
	"FROM stock_ledger k LEFT JOIN item i ON i.id = k.item_id WHERE k.difference <> 0 "
	"GROUP BY k.shop_id, k.item_id, k.day";

static int64_t usual_supplier(int64_t item_id)
{
	return item_id == 3 ? 2 : item_id == 1 || item_id == 2 || item_id == 4 ? 1 : 0;
}

static void read_differences(SoldShop *self, sqlite3 *db)
{
	sqlite3_stmt *row;

	g_assert_cmpint(sqlite3_prepare_v2(db, differences_sql, -1, &row, NULL), ==, SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW) {
		SoldFact fact = {
			.shop_id = sqlite3_column_int64(row, 0),
			.item_id = sqlite3_column_int64(row, 1),
			.day = sqlite3_column_int(row, 2),
			.group = g_strdup((const char *)sqlite3_column_text(row, 3)),
			.name = g_strdup(""),
			.cost = sqlite3_column_int64(row, 4),
		};

		fact.supplier_id = usual_supplier(fact.item_id);
		g_array_append_val(self->facts, fact);
	}
	sqlite3_finalize(row);
}

static void read_facts(SoldShop *self)
{
	sqlite3_stmt *row;
	sqlite3 *db;

	clear_facts(self);
	self->facts = g_array_new(false, false, sizeof(SoldFact));
	g_assert_cmpint(sqlite3_open(strchr(self->office.dsn, ':') + 1, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, facts_sql, -1, &row, NULL), ==, SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW) {
		SoldFact fact = {
			.shop_id = sqlite3_column_int64(row, 0),
			.till_id = sqlite3_column_int64(row, 1),
			.seq = sqlite3_column_int64(row, 2),
			.shift = sqlite3_column_int64(row, 3),
			.cashier_id = sqlite3_column_int64(row, 4),
			.item_id = sqlite3_column_int64(row, 5),
			.day = sqlite3_column_int(row, 6),
			.hour = sqlite3_column_int(row, 7),
			.is_return = sqlite3_column_int(row, 8) != 0,
			.group = g_strdup((const char *)sqlite3_column_text(row, 9)),
			.name = g_strdup((const char *)sqlite3_column_text(row, 10)),
			.quantity = sqlite3_column_int64(row, 11),
			.gross = sqlite3_column_int64(row, 12),
			.discount = sqlite3_column_int64(row, 13),
			.tax = sqlite3_column_int64(row, 14),
			.net = sqlite3_column_int64(row, 15),
			.cash = sqlite3_column_int(row, 16) != 0,
			.card = sqlite3_column_int(row, 17) != 0,
			.cost = sqlite3_column_int64(row, 18),
		};

		fact.supplier_id = usual_supplier(fact.item_id);
		g_array_append_val(self->facts, fact);
	}
	sqlite3_finalize(row);
	read_differences(self, db);
	sqlite3_close(db);
}

void sold_shop_read(SoldShop *self)
{
	read_facts(self);
}

void sold_shop_send(SoldShop *self)
{
	for (int i = 1; i <= SOLD_TILLS; i++)
		take_in(self, i);
	read_facts(self);
}
