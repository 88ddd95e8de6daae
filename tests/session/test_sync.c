/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/sync/enrol.h"
#include "tests/session/fake_hub.h"
#include "tests/session/play.h"
#include "tests/session/shop.h"

#include <glib/gstdio.h>

static void test_enrolment(void)
{
	char *office = shop_new("ru", NULL);
	char *till = g_dir_make_tmp("baraa-till-XXXXXX", NULL);
	g_autofree char *snapshot = g_build_filename(office, "goods.db", NULL);
	FakeHub *hub = fake_hub_new(0, snapshot);
	g_autoptr(GError) wrong = NULL, error = NULL, twice = NULL, address = NULL;

	g_assert_false(enrol_till(till, "ftp://hub", "ABCD-EFGH", &address));
	g_assert_error(address, ENROL_ERROR, ENROL_ERROR_URL);
	g_assert_false(enrol_till(till, fake_hub_url(hub), "XXXX-XXXX", &wrong));
	g_assert_error(wrong, ENROL_ERROR, ENROL_ERROR_CODE);
	enrol_till(till, fake_hub_url(hub), "ABCD-EFGH", &error);
	g_assert_no_error(error);
	g_assert_false(enrol_till(till, fake_hub_url(hub), "ABCD-EFGH", &twice));
	g_assert_error(twice, ENROL_ERROR, ENROL_ERROR_ALREADY);
	play_through(till, "login " MARY "\nopen-shift\nscan " BREAD "\npay cash\n"
			   "expect receipt T3-000001\nsync\n");
	g_assert_cmpint(fake_hub_count(hub), ==, 3);
	fake_hub_free(hub);
	shop_remove(till);
	shop_remove(office);
}

static void test_hub_that_is_not_there(void)
{
	char *till = g_dir_make_tmp("baraa-till-XXXXXX", NULL);
	FakeHub *hub = fake_hub_new(0, NULL);
	g_autofree char *url = g_strdup(fake_hub_url(hub));
	g_autoptr(GError) error = NULL;

	fake_hub_free(hub);
	g_assert_false(enrol_till(till, url, "ABCD-EFGH", &error));
	g_assert_error(error, ENROL_ERROR, ENROL_ERROR_UNREACHABLE);
	shop_remove(till);
}

static void test_journal_arrives(void)
{
	FakeHub *hub = fake_hub_new(0, NULL);
	char *shop = shop_new("ru", fake_hub_url(hub));

	play_through(shop, "login " MARY "\nopen-shift\nscan " BREAD "\npay cash\nsync\n"
			   "expect outbox 0\nexpect code sync-done\n");
	g_assert_cmpint(fake_hub_count(hub), ==, 3);
	/* a hub restored from last night's backup gets again what it lost */
	fake_hub_forget_from(hub, 2);
	play_through(shop, "login " MARY "\nscan " MILK "\npay cash\nsync\nexpect outbox 0\n");
	g_assert_cmpint(fake_hub_count(hub), ==, 5);
	fake_hub_free(hub);
	shop_remove(shop);
}

/* The cable is out, the shop sells; the cable is back, the hub has all of it. */
static void test_selling_without_the_hub(void)
{
	FakeHub *hub = fake_hub_new(0, NULL);
	int port = fake_hub_port(hub);
	char *shop = shop_new("ru", fake_hub_url(hub));

	fake_hub_free(hub);
	play_through(shop,
		     "login " MARY "\nopen-shift\nscan " BREAD "\npay cash\nexpect state paid\n"
		     "-sync\nexpect code hub-down\nexpect outbox 3\nscan " MILK "\npay card\n"
		     "expect state paid\n");
	hub = fake_hub_new(port, NULL);
	play_through(shop, "login " MARY "\nsync\nexpect outbox 0\n");
	g_assert_cmpint(fake_hub_count(hub), ==, 7);
	fake_hub_free(hub);
	shop_remove(shop);
}

#define NEW_PRICE                                                                                  \
	"{\"revision\":2,\"more\":false,\"taxes\":[],\"people\":[],\"items\":[{"                   \
	"\"id\":1,\"article\":\"\",\"name\":\"Bread\",\"category\":\"\","                          \
	"\"brand\":\"\",\"unit\":\"pcs\",\"weighed\":false,\"price\":3100,\"tax\":1,"              \
	"\"barcodes\":[\"" BREAD "\"],\"deleted\":false}]}"

static void test_new_price_reaches_an_open_till(void)
{
	FakeHub *hub = fake_hub_new(0, NULL);
	char *shop = shop_new("ru", fake_hub_url(hub));

	fake_hub_change(hub, 2, NEW_PRICE);
	play_through(shop, "login " MARY "\nopen-shift\nsync\nscan " BREAD "\nexpect total 31\n");
	fake_hub_free(hub);
	shop_remove(shop);
}

/* What the office has now is what is sold, though the till knew better. */
static void test_office_restored_from_a_backup(void)
{
	char *office = shop_new("ru", NULL);
	g_autofree char *snapshot = g_build_filename(office, "goods.db", NULL);
	FakeHub *hub = fake_hub_new(0, snapshot);
	char *shop = shop_new("ru", fake_hub_url(hub));

	fake_hub_change(hub, 2, NEW_PRICE);
	play_through(shop, "login " MARY "\nopen-shift\nsync\nscan " BREAD "\nexpect total 31\n"
			   "pay cash\n");
	fake_hub_restore(hub, 1);
	play_through(shop, "login " MARY "\nsync\nexpect code sync-done\nscan " BREAD "\n"
			   "expect total 25\n");
	fake_hub_free(hub);
	shop_remove(shop);
	shop_remove(office);
}

static void test_cloned_till_is_told_loudly(void)
{
	FakeHub *hub = fake_hub_new(0, NULL);
	char *shop = shop_new("ru", fake_hub_url(hub));
	g_auto(Played) played = { 0 };

	fake_hub_say_chain(hub);
	played = play(shop, "login " MARY "\nopen-shift\n-sync\nexpect code cloned-till\n"
			    "scan " BREAD "\nexpect code cloned-till\n");
	g_assert_cmpint(played.status, ==, 0);
	fake_hub_free(hub);
	shop_remove(shop);
}

static void test_token_that_is_not_known(void)
{
	FakeHub *hub = fake_hub_new(0, NULL);
	char *shop = shop_new("ru", fake_hub_url(hub));

	fake_hub_say_unknown(hub);
	play_through(shop, "login " MARY "\nopen-shift\n-sync\nexpect code hub-refused\n");
	fake_hub_free(hub);
	shop_remove(shop);
}

/* The shopper waits three seconds, and not ten; what the till sold itself it takes back alone. */
static void test_office_that_does_not_answer(void)
{
	FakeHub *hub = fake_hub_new(0, NULL);
	char *shop = shop_new("ru", fake_hub_url(hub));
	gint64 began = g_get_monotonic_time(), took;

	play_through(shop, "login " ANN "\nopen-shift\nscan " BREAD "\npay cash\nsync\n"
			   "-open-return T9-000001\nexpect code office-silent\n"
			   "expect state selling\n");
	took = g_get_monotonic_time() - began;
	g_test_message("%.1f s", (double)took / G_USEC_PER_SEC);
	g_assert_cmpint(took, <, 9 * G_USEC_PER_SEC);
	play_through(shop, "login " ANN "\nsync\nopen-return T1-000001\nexpect total 25\n"
			   "give-back\nexpect receipt T1-000002\n");
	fake_hub_free(hub);
	shop_remove(shop);
}

static void test_till_without_a_hub(void)
{
	char *shop = shop_new("ru", NULL);

	play_through(shop, "login " MARY "\n-sync\nexpect code no-hub\n");
	shop_remove(shop);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sync/enrolment", test_enrolment);
	g_test_add_func("/sync/hub-that-is-not-there", test_hub_that_is_not_there);
	g_test_add_func("/sync/journal-arrives", test_journal_arrives);
	g_test_add_func("/sync/selling-without-the-hub", test_selling_without_the_hub);
	g_test_add_func("/sync/new-price-reaches-an-open-till",
			test_new_price_reaches_an_open_till);
	g_test_add_func("/sync/office-restored-from-a-backup", test_office_restored_from_a_backup);
	g_test_add_func("/sync/cloned-till-is-told-loudly", test_cloned_till_is_told_loudly);
	g_test_add_func("/sync/token-that-is-not-known", test_token_that_is_not_known);
	g_test_add_func("/sync/office-that-does-not-answer", test_office_that_does_not_answer);
	g_test_add_func("/sync/till-without-a-hub", test_till_without_a_hub);
	return g_test_run();
}
