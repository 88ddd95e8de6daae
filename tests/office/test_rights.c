/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/audit.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"
#include "tests/hub/fake_office.h"

static int64_t add_person(FakeOffice *office, const char *name, Role role, const char *pin)
{
	g_autoptr(GError) error = NULL;
	int64_t id;

	people_add(office->store, name, role, pin, &id, &error);
	g_assert_no_error(error);
	return id;
}

static bool may(FakeOffice *office, int64_t person, Right right)
{
	g_autoptr(GError) error = NULL;
	bool ok = rights_require(office->store, person, right, &error);

	g_assert_true(ok == (error == NULL));
	if (!ok)
		g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	return ok;
}

static void test_codes(void)
{
	for (Right right = 0; right < RIGHT_N; right++) {
		Right read = RIGHT_N;

		g_assert_true(right_parse(right_code(right), &read));
		g_assert_cmpint(read, ==, right);
		g_assert_cmpstr(right_title(right), !=, right_code(right));
	}
	g_assert_false(right_parse("fly", &(Right){ 0 }));
	g_assert_cmpuint(rights_usual(ROLE_CASHIER), ==, 0);
	g_assert_true(rights_have(rights_usual(ROLE_ADMIN), RIGHT_PEOPLE));
	g_assert_false(rights_have(rights_usual(ROLE_MANAGER), RIGHT_PEOPLE));
	g_assert_false(rights_have(rights_usual(ROLE_STOCK), RIGHT_SEE_COST));
}

static void test_given_and_taken(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(FakeOffice) office = { 0 };
	int64_t keeper, manager, admin;

	fake_office_init(&office);
	keeper = add_person(&office, "Keeper", ROLE_STOCK, "4711");
	manager = add_person(&office, "Manager", ROLE_MANAGER, "4712");
	admin = add_person(&office, "Owner", ROLE_ADMIN, "4713");

	g_assert_false(may(&office, keeper, RIGHT_SEE_COST));
	g_assert_false(rights_set(office.store, manager, ROLE_STOCK, RIGHT_SEE_COST, true, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_true(rights_set(office.store, admin, ROLE_STOCK, RIGHT_SEE_COST, true, &error));
	g_assert_true(may(&office, keeper, RIGHT_SEE_COST));
	g_assert_true(rights_set(office.store, admin, ROLE_STOCK, RIGHT_SEE_COST, false, &error));
	g_assert_false(may(&office, keeper, RIGHT_SEE_COST));

	g_assert_false(rights_set(office.store, admin, ROLE_ADMIN, RIGHT_PEOPLE, false, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_assert_true(may(&office, admin, RIGHT_PEOPLE));
	g_assert_true(may(&office, 0, RIGHT_PEOPLE)); /* the command line */
	g_assert_false(may(&office, 4711, RIGHT_POST)); /* nobody */
}

static void test_who_changed_it(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GPtrArray) entries = NULL;
	const AuditEntry *entry;
	int64_t admin;

	fake_office_init(&office);
	admin = add_person(&office, "Owner", ROLE_ADMIN, "4713");
	g_assert_true(rights_set(office.store, admin, ROLE_STOCK, RIGHT_REVERSE, true, &error));
	/* what is so already is no change */
	g_assert_true(rights_set(office.store, admin, ROLE_STOCK, RIGHT_REVERSE, true, &error));
	entries = audit_list(office.store, "right-change", 0, 10, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(entries->len, ==, 1);
	entry = entries->pdata[0];
	g_assert_cmpstr(entry->person, ==, "Owner");
	g_assert_cmpstr(entry->subject, ==, "stock reverse");
	g_assert_cmpstr(entry->before, ==, "{\"allowed\":false}");
	g_assert_cmpstr(entry->after, ==, "{\"allowed\":true}");
}

static void test_another_shop(void)
{
	g_autoptr(GError) error = NULL;
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GPtrArray) shops = NULL;

	fake_office_init(&office);
	g_assert_true(shop_add(office.store, " Second ", 0, &error));
	g_assert_false(shop_add(office.store, "Second", 0, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_SHOP);
	shops = shop_list(office.store, NULL);
	g_assert_cmpuint(shops->len, ==, 2);
	g_assert_cmpstr(((const Shop *)shops->pdata[1])->name, ==, "Second");
	g_assert_cmpuint(((const Shop *)shops->pdata[1])->currency, ==,
			 ((const Shop *)shops->pdata[0])->currency);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rights/codes", test_codes);
	g_test_add_func("/rights/given_and_taken", test_given_and_taken);
	g_test_add_func("/rights/who_changed_it", test_who_changed_it);
	g_test_add_func("/rights/another_shop", test_another_shop);
	return g_test_run();
}
