/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/rollup/rebuild.h"
#include "backoffice/sales/acts.h"
#include "backoffice/sales/verify.h"
#include "tests/hub/rollup_oracle.h"
#include "tests/hub/rollup_shop.h"
#include "tests/store/fault_io.h"

#include <errno.h>
#include <string.h>

static void check_kept(RollupShop *shop)
{
	g_autofree char *kept = rollup_kept(shop->db);
	g_autofree char *worked_out = rollup_worked_out(shop->db);

	g_assert_cmpstr(kept, ==, worked_out);
}

static char *dup_all(RollupShop *shop)
{
	g_autofree char *kept = rollup_kept(shop->db);
	g_autofree char *acts = rollup_dump(shop->db, "SELECT * FROM act ORDER BY 1, 2, 3");
	g_autofree char *people = rollup_dump(shop->db, "SELECT * FROM presence ORDER BY 1, 2, 3");
	g_autofree char *stamps = rollup_dump(shop->db, "SELECT * FROM sale_day ORDER BY 1, 2");

	return g_strconcat(kept, acts, people, stamps, NULL);
}

/* Days that differed; 0: none. */
static guint rebuild(RollupShop *shop, bool regroup)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) days = NULL;

	g_assert_true(store_begin(shop->office.store, NULL));
	days = rollup_rebuild(shop->office.store, regroup, &error);
	g_assert_no_error(error);
	acts_tell(shop->office.store, &error);
	g_assert_no_error(error);
	g_assert_true(store_commit(shop->office.store, &error));
	return days->len;
}

static void check_rebuilt(RollupShop *shop)
{
	g_autofree char *kept = dup_all(shop), *rebuilt = NULL;

	g_assert_cmpint(rebuild(shop, false), ==, 0);
	rebuilt = dup_all(shop);
	g_assert_cmpstr(kept, ==, rebuilt);
}

static void check_verified(RollupShop *shop, const char *broken)
{
	g_auto(Verdict) verdict = { 0 };
	g_autoptr(GError) error = NULL;

	verify_office(shop->office.store, &verdict, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(verdict.broken, ==, broken);
}

static void work_for_a_while(RollupShop *shop, int steps)
{
	for (int i = 0; i < steps; i++)
		rollup_step(shop);
}

static void take_in_all(RollupShop *shop)
{
	g_autoptr(GError) error = NULL;

	for (int till = 0; till < ROLLUP_TILLS; till++) {
		rollup_take_in(shop, till, shop->tills[till].entries->len - shop->taken[till],
			       &error);
		g_assert_no_error(error);
	}
}

static void test_sums_at_every_step(void)
{
	const guint32 first = g_test_rand_int() % 1000000;

	for (guint32 seed = first; seed < first + (g_test_slow() ? 60 : 6); seed++) {
		g_auto(RollupShop) shop;

		g_test_message("seed %u", seed);
		rollup_shop_init(&shop, seed);
		for (int step = 0; step < 60; step++) {
			rollup_step(&shop);
			check_kept(&shop);
		}
		take_in_all(&shop);
		check_kept(&shop);
		check_rebuilt(&shop);
		check_verified(&shop, NULL);
	}
}

/* Lines have the group of then, whatever happens to their goods afterwards. */
static void test_groups_of_then(void)
{
	g_auto(RollupShop) shop;
	g_autofree char *before = NULL, *after = NULL;

	rollup_shop_init(&shop, 7);
	for (int i = 0; i < 30; i++)
		rollup_work(&shop, 0);
	take_in_all(&shop);
	g_assert_cmpint(rollup_ask(&shop, "SELECT count(*) FROM receipt_line l JOIN item i"
					  " ON i.id = l.item_id JOIN item_group g ON g.id = "
					  "l.group_id WHERE g.path <> i.category"),
			==, 0);
	g_assert_cmpint(rollup_ask(&shop, "SELECT count(*) FROM receipt_line"
					  " WHERE item_id IN (0, 99) AND group_id <> 1"),
			==, 0);
	before = dup_all(&shop);
	rollup_sql(&shop, "UPDATE item SET category = 'Новое' WHERE id <> 12");
	after = dup_all(&shop);
	g_assert_cmpstr(before, ==, after);
	check_rebuilt(&shop);
	g_assert_cmpint(rebuild(&shop, true), >, 0);
	check_kept(&shop);
	g_assert_cmpint(rollup_ask(&shop, "SELECT count(*) FROM sale_group s JOIN item_group g"
					  " ON g.id = s.group_id WHERE g.path NOT IN ('', "
					  "'Новое')"),
			==, 0);
	g_assert_cmpint(rebuild(&shop, true), ==, 0);
}

static void check_final(RollupShop *shop, const char *sql)
{
	char *message = NULL;

	g_assert_cmpint(sqlite3_exec(shop->db, sql, NULL, NULL, &message), ==, SQLITE_CONSTRAINT);
	sqlite3_free(message);
}

static void test_only_the_group_may_change(void)
{
	g_auto(RollupShop) shop;
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	rollup_shop_init(&shop, 11);
	work_for_a_while(&shop, 60);
	take_in_all(&shop);
	for (int which = 0; which < 2; which++) {
		const char *table = which == 0 ? "receipt_line" : "stock_ledger";
		g_autofree char *list = g_strdup_printf(
			"SELECT name FROM pragma_table_info('%s') WHERE name <> 'group_id'", table);
		g_autofree char *columns = rollup_dump(shop.db, list);
		g_auto(GStrv) all = g_strsplit(g_strstrip(columns), "\n", -1);

		g_assert_cmpint(g_strv_length(all), >, 15);
		for (char **name = all; *name != NULL; name++) {
			g_autofree char *set =
				g_strdup_printf("UPDATE %s SET %s = 1", table, *name);

			check_final(&shop, set);
		}
		rollup_sql(&shop, "UPDATE %s SET group_id = group_id", table);
	}
}

static void test_rebuild_says_what_differed(void)
{
	g_auto(RollupShop) shop;
	g_autofree char *kept = NULL, *rebuilt = NULL;
	static const char *const spoilt[] = {
		"UPDATE sale_item SET net = net + 1 WHERE rowid = (SELECT max(rowid) FROM "
		"sale_item)",
		"DELETE FROM sale_group WHERE rowid = (SELECT min(rowid) FROM sale_group)",
		"UPDATE sale_hour SET cost = cost - 1 WHERE rowid = (SELECT min(rowid) FROM "
		"sale_hour)",
		"INSERT INTO sale_payment VALUES (1, 20200101, 1, 1, 'cash', 0, 0)",
		"UPDATE sale_tax SET base = base + 1 WHERE rowid = (SELECT min(rowid) FROM "
		"sale_tax)",
		"DELETE FROM sale_day WHERE rowid = (SELECT min(rowid) FROM sale_day)",
	};

	rollup_shop_init(&shop, 13);
	work_for_a_while(&shop, 80);
	take_in_all(&shop);
	kept = rollup_kept(shop.db);
	for (size_t i = 0; i < G_N_ELEMENTS(spoilt); i++) {
		g_auto(Verdict) verdict = { 0 };

		rollup_sql(&shop, "%s", spoilt[i]);
		g_assert_true(verify_office(shop.office.store, &verdict, NULL));
		g_assert_nonnull(verdict.broken);
		g_assert_cmpint(rebuild(&shop, false), ==, 1);
		check_verified(&shop, NULL);
	}
	rebuilt = rollup_kept(shop.db);
	g_assert_cmpstr(kept, ==, rebuilt);
}

/* The disk fails at each write in turn: nothing of the batch is there, or all of it. */
static void test_failing_disk(void)
{
	g_auto(RollupShop) shop;
	bool hit = true;

	rollup_shop_init(&shop, 17);
	work_for_a_while(&shop, 60);
	take_in_all(&shop);
	for (int i = 0; i < 12; i++)
		rollup_work(&shop, 0);
	for (int nth = 1; hit; nth++) {
		g_autofree char *before = dup_all(&shop), *after = NULL;
		const guint n = shop.tills[0].entries->len - shop.taken[0];
		g_autoptr(GError) error = NULL;
		bool ok;

		fault_io_arm(FAULT_IO_FAIL_ONCE, nth, EIO);
		ok = rollup_take_in(&shop, 0, n, &error);
		hit = fault_io_was_hit();
		fault_io_arm(FAULT_IO_NONE, 0, 0);
		g_assert_true(ok || hit);
		after = dup_all(&shop);
		if (!ok)
			g_assert_cmpstr(before, ==, after);
		check_kept(&shop);
		for (int i = 0; ok && hit && i < 12; i++)
			rollup_work(&shop, 0);
	}
	check_rebuilt(&shop);
	check_verified(&shop, NULL);
}

/* --- who stood where ----------------------------------------------------------------------- */

static void test_presence(void)
{
	g_auto(RollupShop) shop;
	FakeTill *till;
	g_autofree char *text = NULL;
	g_autofree char *told = NULL;
	ShiftTotals totals;

	rollup_shop_init(&shop, 19);
	till = &shop.tills[0];
	fake_till_note(till, JOURNAL_LOGIN, NULL); /* 1, ended by the next */
	fake_till_open_shift(till, 0);
	fake_till_note(till, JOURNAL_LOGIN, NULL); /* 3, ended by the lock */
	fake_till_note(till, JOURNAL_LOGOUT, NULL);
	fake_till_note(till, JOURNAL_LOGIN, NULL); /* 5, ended by the shift */
	shift_totals_init(&totals, FAKE_RUB, (Money){ 0, FAKE_RUB });
	fake_till_close_shift(till, &totals, 0);
	fake_till_open_shift(till, 0); /* 7, who stayed; still there */
	take_in_all(&shop);
	text = rollup_dump(shop.db,
			   "SELECT journal_number, person_id, day, until / 1000000 - at / 1000000"
			   " FROM presence ORDER BY journal_number");
	g_assert_cmpstr(text, ==,
			"1|2|20261124|2\n3|2|20261124|1\n5|2|20261124|1\n7|2|20261124|(null)\n");
}

static void test_acts(void)
{
	g_auto(RollupShop) shop;
	FakeTill *till;
	g_autofree char *text = NULL;

	rollup_shop_init(&shop, 23);
	till = &shop.tills[0];
	fake_till_note(till, JOURNAL_NO_SALE, NULL); /* outside a shift */
	fake_till_open_shift(till, 0);
	fake_till_note(till, JOURNAL_LINE_VOID,
		       json_pack("{s:i, s:s, s:i}", "line", 1, "name", "Хлеб", "sum", 4500));
	fake_till_note(till, JOURNAL_OVERRIDE,
		       json_pack("{s:i, s:s}", "by", 7, "right", "discount"));
	fake_till_note(till, JOURNAL_RECEIPT_VOID, json_pack("{s:i}", "receipt", 1));
	take_in_all(&shop);
	text = rollup_dump(shop.db, "SELECT journal_number, day, hour, cashier_id, kind, amount,"
				    " detail, by_id FROM act ORDER BY journal_number");
	g_assert_cmpstr(text, ==,
			"1|20261124|0|2|no-sale|(null)||(null)\n"
			"3|20261123|0|2|line-void|4500|Хлеб|(null)\n"
			"4|20261123|0|2|override|(null)|discount|7\n"
			"5|20261123|0|2|receipt-void|(null)||(null)\n");
	check_rebuilt(&shop);
}

/* --- an office that knew no sums ----------------------------------------------------------- */

/* All tables that version 8 has, with its columns. */
static void copy_into_old(RollupShop *from, sqlite3 *old)
{
	g_autofree char *path = g_build_filename(from->office.folder, "office.db", NULL);
	g_autofree char *attach = g_strdup_printf("ATTACH '%s' AS new", path);
	g_autofree char *names = NULL;
	g_auto(GStrv) tables = NULL;

	g_assert_cmpint(sqlite3_exec(old, attach, NULL, NULL, NULL), ==, SQLITE_OK);
	names = rollup_dump(
		old,
		"SELECT name FROM main.sqlite_master WHERE type = 'table'"
		" AND name NOT LIKE 'item_word%' AND name NOT IN ('schema_version', 'setting')");
	tables = g_strsplit(g_strstrip(names), "\n", -1);
	for (char **table = tables; *table != NULL; table++) {
		g_autofree char *list = g_strdup_printf(
			"SELECT group_concat(name) FROM pragma_table_info('%s', 'main')", *table);
		g_autofree char *columns = rollup_dump(old, list);
		g_autofree char *copy = NULL;
		char *message = NULL;

		g_strstrip(columns);
		copy = strcmp(*table, "counter") == 0
			       ? g_strdup("UPDATE main.counter SET value = (SELECT n.value FROM "
					  "new.counter n WHERE n.name = main.counter.name)")
			       : g_strdup_printf("DELETE FROM main.%s; INSERT INTO main.%s (%s)"
						 " SELECT %s FROM new.%s",
						 *table, *table, columns, columns, *table);
		sqlite3_exec(old, copy, NULL, NULL, &message);
		g_assert_cmpstr(message, ==, NULL);
	}
}

static void open_old(RollupShop *from, RollupShop *ret)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;

	*ret = (RollupShop){ .rand = g_rand_new_with_seed(1) };
	for (int i = 0; i < ROLLUP_TILLS; i++)
		fake_till_init(&ret->tills[i]);
	ret->office.folder = g_dir_make_tmp("baraa-test-XXXXXX", &error);
	g_assert_no_error(error);
	path = g_build_filename(ret->office.folder, "office.db", NULL);
	ret->office.dsn = g_strconcat("sqlite:", path, NULL);
	ret->office.store = store_open(ret->office.dsn, STORE_CREATE, &error);
	g_assert_no_error(error);
	store_migrate_to(ret->office.store, "office", 8, &error);
	g_assert_no_error(error);
	g_assert_cmpint(sqlite3_open(path, &ret->db), ==, SQLITE_OK);
	copy_into_old(from, ret->db);
}

static void test_migration(void)
{
	g_auto(RollupShop) shop, old;
	g_autoptr(GError) error = NULL;
	g_autofree char *acts = NULL, *old_acts = NULL, *people = NULL, *old_people = NULL;

	rollup_shop_init(&shop, 29);
	work_for_a_while(&shop, 120);
	take_in_all(&shop);
	open_old(&shop, &old);
	store_migrate(old.office.store, "office", &error);
	g_assert_no_error(error);
	acts_tell_untold(old.office.store, &error);
	g_assert_no_error(error);
	rollup_sql(&old, "SELECT 1"); /* reads the schema again */
	check_rebuilt(&old);
	check_verified(&old, NULL);
	acts = rollup_dump(shop.db, "SELECT * FROM act ORDER BY 1, 2, 3");
	old_acts = rollup_dump(old.db, "SELECT * FROM act ORDER BY 1, 2, 3");
	g_assert_cmpstr(acts, ==, old_acts);
	people = rollup_dump(shop.db, "SELECT * FROM presence ORDER BY 1, 2, 3");
	old_people = rollup_dump(old.db, "SELECT * FROM presence ORDER BY 1, 2, 3");
	g_assert_cmpstr(people, ==, old_people);
	/* All sales are in the groups of today: nothing is left to be put there. */
	g_assert_cmpint(rebuild(&old, true), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rollup/sums-at-every-step", test_sums_at_every_step);
	g_test_add_func("/rollup/groups-of-then", test_groups_of_then);
	g_test_add_func("/rollup/only-the-group-may-change", test_only_the_group_may_change);
	g_test_add_func("/rollup/rebuild-says-what-differed", test_rebuild_says_what_differed);
	g_test_add_func("/rollup/failing-disk", test_failing_disk);
	g_test_add_func("/rollup/presence", test_presence);
	g_test_add_func("/rollup/acts", test_acts);
	g_test_add_func("/rollup/migration", test_migration);
	return g_test_run();
}
