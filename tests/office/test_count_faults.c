/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every write fails once: a scan or a posting is all there or not at all, and works the next time.
 */
#include "backoffice/stock/recipe.h"
#include "tests/office/count_room.h"
#include "tests/store/fault_io.h"

#include <errno.h>
#include <string.h>

#define ITEMS 5

typedef bool (*Deed)(FakeOffice *office, int64_t count, GError **error);

static bool scan(FakeOffice *office, int64_t count, GError **error)
{
	const CountEntry entry = { HALL, 1, 1, 0, ONE, AT(30) };

	return count_scan(office->store, count, &entry, error);
}

static bool post(FakeOffice *office, int64_t count, GError **error)
{
	return document_post(office->store, count, 0, error);
}

static bool write_recipe(FakeOffice *office, int64_t count, GError **error)
{
	g_autoptr(Recipe) recipe = recipe_new(6, ONE);
	const RecipeLine line = { 1, ONE, 100 };

	g_array_append_val(recipe->lines, line);
	return recipe_write(office->store, recipe, 0, error);
}

static int64_t set_up(FakeOffice *office)
{
	int64_t count;

	count_room_init(office, true);
	for (int i = 1; i <= ITEMS; i++)
		room_receive(office, i, AT(0), 10 * ONE, 1000);
	count = count_room_begin(office, "", "", COUNT_REST_IS_ZERO);
	for (int i = 1; i <= ITEMS; i++) {
		count_room_found(office, count, HALL, i, 1, 0, i * ONE, AT(20));
		count_room_found(office, count, STORE, i, 1, 0, ONE, AT(20));
	}
	return count;
}

/* All that these deeds write. */
static void look(FakeOffice *office, int64_t ret[6])
{
	static const char *const asks[] = {
		"SELECT count(*) FROM stock_ledger",  "SELECT sum(quantity) FROM stock_balance",
		"SELECT count(*) FROM document_line", "SELECT sum(quantity) FROM count_entry",
		"SELECT count(*) FROM recipe_line",   "SELECT count(*) FROM audit",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(asks); i++)
		ret[i] = room_ask(office, "%s", asks[i]);
}

static void check_all_or_nothing(Deed deed)
{
	g_auto(FakeOffice) office;
	const int64_t count = set_up(&office);
	int64_t before[6], now[6];
	int failures = 0;
	bool done = false;

	look(&office, before);
	for (int nth = 1; !done; nth++) {
		g_autoptr(GError) error = NULL;

		fault_io_arm(FAULT_IO_FAIL_ONCE, nth, EIO);
		done = deed(&office, count, &error);
		fault_io_arm(FAULT_IO_NONE, 0, 0);
		if (done)
			break;
		failures++;
		g_assert_cmpint((int)error->domain, ==, (int)STORE_ERROR);
		look(&office, now);
		g_assert_cmpmem(now, sizeof(now), before, sizeof(before));
	}
	look(&office, now);
	g_assert_cmpint(memcmp(now, before, sizeof(now)), !=, 0);
	g_assert_cmpint(failures, >, 0);
	fake_office_verify(&office);
	g_test_message("%d failures", failures);
}

static void test_scan(void)
{
	check_all_or_nothing(scan);
}

static void test_posting(void)
{
	check_all_or_nothing(post);
}

static void test_recipe(void)
{
	check_all_or_nothing(write_recipe);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/count_faults/scan", test_scan);
	g_test_add_func("/count_faults/posting", test_posting);
	g_test_add_func("/count_faults/recipe", test_recipe);
	return g_test_run();
}
