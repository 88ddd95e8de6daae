/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/audit.h"
#include "backoffice/people/person.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"
#include "backoffice/people/sight.h"
#include "backoffice/people/till_rights.h"
#include "tests/hub/fake_office.h"

#include <string.h>

/* People come, change and leave. */

#define ADMIN 1 /* shop_init() made them */

static int64_t add(FakeOffice *office, const char *name, Role role, const char *pin)
{
	g_autoptr(GError) error = NULL;
	int64_t id = 0;

	person_add(office->store, 0, &(PersonChange){ .name = name, .role = &role, .pin = pin },
		   &id, &error);
	g_assert_no_error(error);
	return id;
}

static void refused(bool ok, GError **error, PeopleError code)
{
	g_assert_false(ok);
	g_assert_error(*error, PEOPLE_ERROR, (int)code);
	g_clear_error(error);
}

static LoginAnswer log_in(FakeOffice *office, const char *code, int64_t badge_of, int64_t *ret_id)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Person) person = NULL;
	LoginAnswer answer;

	person_log_in(office->store, 1, code, badge_of, &answer, &person, &error);
	g_assert_no_error(error);
	g_assert_true((answer == LOGIN_NOBODY) == (person == NULL));
	*ret_id = person != NULL ? person->id : 0;
	return answer;
}

static void test_everything_can_change(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(PersonFile) file = NULL;
	g_autoptr(GArray) shops = g_array_new(false, false, sizeof(int64_t));
	Role senior = ROLE_SENIOR;
	int32_t hired = 20261101;
	int64_t bold, second = 2;

	fake_office_init(&office);
	g_assert_true(shop_add(office.store, "Second", 0, &error));
	bold = add(&office, "Bold", ROLE_CASHIER, "4711");
	g_array_append_val(shops, second);
	g_assert_true(person_change(office.store, ADMIN, bold,
				    &(PersonChange){ .name = " Boldoo ",
						     .phone = "9911",
						     .pin = "4712",
						     .card = "B-77",
						     .role = &senior,
						     .shop_id = 2,
						     .hired = &hired,
						     .shops = shops },
				    &error));
	file = person_read(office.store, bold, &error);
	g_assert_cmpstr(file->name, ==, "Boldoo");
	g_assert_cmpstr(file->phone, ==, "9911");
	g_assert_cmpint(file->role, ==, ROLE_SENIOR);
	g_assert_true(file->has_card);
	g_assert_cmpint(file->shop_id, ==, 2);
	g_assert_cmpint(file->hired, ==, 20261101);
	g_assert_cmpuint(file->shops->len, ==, 1);
	g_assert_cmpint(log_in(&office, "4711", 0, &(int64_t){ 0 }), ==, LOGIN_NOBODY);
	g_assert_cmpint(log_in(&office, "4712", 0, &second), ==, LOGIN_DONE);
	g_assert_cmpint(second, ==, bold);
}

static void test_audit_keeps_no_secrets(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) entries = NULL;
	int64_t bold;

	fake_office_init(&office);
	bold = add(&office, "Bold", ROLE_CASHIER, "471147");
	g_assert_true(person_change(office.store, ADMIN, bold,
				    &(PersonChange){ .pin = "581158", .card = "BADGE-9" }, &error));
	entries = audit_list(office.store, "Bold", 0, 10, &error);
	g_assert_cmpuint(entries->len, ==, 2);
	for (guint i = 0; i < entries->len; i++) {
		const AuditEntry *entry = entries->pdata[i];
		g_autofree char *text = audit_dup_change(entry);

		g_assert_null(strstr(text, "471147"));
		g_assert_null(strstr(text, "581158"));
		g_assert_null(strstr(text, "BADGE-9"));
		g_assert_null(strstr(text, "argon2"));
	}
	g_assert_cmpint(((AuditEntry *)entries->pdata[0])->person_id, ==, ADMIN);
	g_assert_nonnull(strstr(((AuditEntry *)entries->pdata[0])->after, "new_pin"));
}

static void test_one_pin_one_badge(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t bold, sara;

	fake_office_init(&office);
	bold = add(&office, "Bold", ROLE_CASHIER, "4711");
	sara = add(&office, "Sara", ROLE_CASHIER, "4712");
	g_assert_true(person_change(office.store, 0, bold, &(PersonChange){ .card = "12345678" },
				    &error));
	refused(person_change(office.store, 0, sara, &(PersonChange){ .card = " 12345678 " },
			      &error),
		&error, PEOPLE_ERROR_TAKEN);
	refused(person_change(office.store, 0, sara, &(PersonChange){ .pin = "4711" }, &error),
		&error, PEOPLE_ERROR_TAKEN);
	/* a PIN that another's badge says, and a badge that says another's PIN, open for two */
	refused(person_change(office.store, 0, sara, &(PersonChange){ .pin = "12345678" }, &error),
		&error, PEOPLE_ERROR_TAKEN);
	refused(person_change(office.store, 0, sara, &(PersonChange){ .card = "4711" }, &error),
		&error, PEOPLE_ERROR_TAKEN);
	refused(person_change(office.store, 0, sara, &(PersonChange){ .card = "abc" }, &error),
		&error, PEOPLE_ERROR_PIN);
	refused(person_change(office.store, 0, sara, &(PersonChange){ .name = "Bold" }, &error),
		&error, PEOPLE_ERROR_NAME);
	/* what is theirs already may be said again */
	g_assert_true(person_change(office.store, 0, bold,
				    &(PersonChange){ .card = "12345678", .pin = "4711" }, &error));
	/* and a badge that was taken away is free */
	g_assert_true(person_change(office.store, 0, bold, &(PersonChange){ .card = "" }, &error));
	g_assert_true(person_change(office.store, 0, sara, &(PersonChange){ .card = "12345678" },
				    &error));
}

static void test_last_administrator_stays(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	Role cashier = ROLE_CASHIER, admin = ROLE_ADMIN;
	int64_t other;

	fake_office_init(&office);
	refused(person_leave(office.store, ADMIN, ADMIN, 20261129, &error), &error,
		PEOPLE_ERROR_RIGHT);
	refused(person_change(office.store, ADMIN, ADMIN, &(PersonChange){ .role = &cashier },
			      &error),
		&error, PEOPLE_ERROR_RIGHT);
	other = add(&office, "Other", ROLE_MANAGER, "4711");
	g_assert_true(person_change(office.store, ADMIN, other, &(PersonChange){ .role = &admin },
				    &error));
	g_assert_true(person_leave(office.store, other, ADMIN, 20261129, &error));
	refused(person_leave(office.store, other, other, 20261129, &error), &error,
		PEOPLE_ERROR_RIGHT);
}

static void test_only_administrators_make_administrators(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	Role admin = ROLE_ADMIN, stock = ROLE_STOCK;
	int64_t manager, id;

	fake_office_init(&office);
	manager = add(&office, "Manager", ROLE_MANAGER, "4711");
	refused(person_add(office.store, manager,
			   &(PersonChange){ .name = "X", .role = &stock, .pin = "5555" }, &id,
			   &error),
		&error, PEOPLE_ERROR_RIGHT);
	g_assert_true(rights_set(office.store, ADMIN, ROLE_MANAGER, RIGHT_PEOPLE, true, &error));
	g_assert_true(person_add(office.store, manager,
				 &(PersonChange){ .name = "X", .role = &stock, .pin = "5555" }, &id,
				 &error));
	refused(person_change(office.store, manager, manager, &(PersonChange){ .role = &admin },
			      &error),
		&error, PEOPLE_ERROR_RIGHT);
	refused(person_change(office.store, manager, ADMIN, &(PersonChange){ .pin = "6666" },
			      &error),
		&error, PEOPLE_ERROR_RIGHT);
	refused(person_leave(office.store, manager, ADMIN, 20261129, &error), &error,
		PEOPLE_ERROR_RIGHT);
}

static void test_who_left_opens_nothing(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(PersonFile) file = NULL;
	g_autoptr(GPtrArray) here = NULL, all = NULL;
	int64_t bold, who;

	fake_office_init(&office);
	bold = add(&office, "Bold", ROLE_MANAGER, "4711");
	g_assert_true(
		person_change(office.store, 0, bold, &(PersonChange){ .card = "B-1x" }, &error));
	g_assert_cmpint(log_in(&office, "B-1x", 0, &who), ==, LOGIN_DONE);
	g_assert_true(person_leave(office.store, ADMIN, bold, 20261129, &error));
	g_assert_cmpint(log_in(&office, "B-1x", 0, &who), ==, LOGIN_NOBODY);
	g_assert_cmpint(log_in(&office, "4711", 0, &who), ==, LOGIN_NOBODY);
	g_assert_false(rights_require(office.store, bold, RIGHT_POST, NULL));
	file = person_read(office.store, bold, &error);
	g_assert_cmpstr(file->name, ==, "Bold");
	g_assert_cmpint(file->left_on, ==, 20261129);
	here = person_list(office.store, false, &error);
	all = person_list(office.store, true, &error);
	g_assert_cmpuint(all->len, ==, here->len + 1);
	refused(person_leave(office.store, ADMIN, bold, 20261129, &error), &error,
		PEOPLE_ERROR_NAME);
	/* the name and the PIN are free */
	add(&office, "Bold", ROLE_CASHIER, "4711");
}

static void test_badge_with_pin(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t bold, sara, who;

	fake_office_init(&office);
	bold = add(&office, "Bold", ROLE_MANAGER, "4711");
	sara = add(&office, "Sara", ROLE_MANAGER, "4712");
	g_assert_true(
		person_change(office.store, 0, bold, &(PersonChange){ .card = "B-1x" }, &error));
	g_assert_true(person_set_card_pin(office.store, ADMIN, 1, true, &error));
	g_assert_cmpint(log_in(&office, "B-1x", 0, &who), ==, LOGIN_PIN_WANTED);
	g_assert_cmpint(who, ==, bold);
	g_assert_cmpint(log_in(&office, "4711", bold, &who), ==, LOGIN_DONE);
	g_assert_cmpint(log_in(&office, "4712", bold, &who), ==, LOGIN_NOBODY);
	g_assert_cmpint(log_in(&office, "4711", 0, &who), ==, LOGIN_CARD_WANTED);
	g_assert_cmpint(log_in(&office, "4712", 0, &who), ==, LOGIN_DONE); /* has no badge */
	g_assert_cmpint(who, ==, sara);
}

static bool sees(FakeOffice *office, int64_t person, int64_t shop)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) shops = sight_shops(office->store, person, &error);

	g_assert_no_error(error);
	g_assert_true(sight_require(office->store, person, shop, NULL) == sight_has(shops, shop));
	return sight_has(shops, shop);
}

static void test_shops_they_see(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) both = g_array_new(false, false, sizeof(int64_t));
	int64_t manager;

	fake_office_init(&office);
	g_assert_true(shop_add(office.store, "Second", 0, &error));
	g_assert_true(shop_add(office.store, "Third", 0, &error));
	for (int64_t shop = 2; shop <= 3; shop++)
		g_array_append_val(both, shop);
	manager = add(&office, "Manager", ROLE_MANAGER, "4711");
	g_assert_true(sees(&office, manager, 1) && !sees(&office, manager, 2));
	g_assert_true(
		person_change(office.store, 0, manager, &(PersonChange){ .shop_id = 2 }, &error));
	g_assert_true(!sees(&office, manager, 1) && sees(&office, manager, 2));
	g_assert_true(
		person_change(office.store, 0, manager, &(PersonChange){ .shops = both }, &error));
	g_assert_true(!sees(&office, manager, 1) && sees(&office, manager, 2) &&
		      sees(&office, manager, 3));
	g_assert_true(rights_set(office.store, ADMIN, ROLE_MANAGER, RIGHT_ALL_SHOPS, true, &error));
	g_assert_true(sees(&office, manager, 1));
	g_assert_true(sees(&office, ADMIN, 3) && sees(&office, 0, 3));
	g_assert_false(sees(&office, 4711, 1)); /* nobody */
}

static void test_rights_at_tills(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	TillRights rights;
	int64_t manager;

	fake_office_init(&office);
	manager = add(&office, "Manager", ROLE_MANAGER, "4711");
	for (TillRight right = 0; right < TILL_RIGHT_N; right++) {
		TillRight read = TILL_RIGHT_N;
		Right clash;

		g_assert_true(till_right_parse(till_right_code(right), &read));
		g_assert_cmpint(read, ==, right);
		g_assert_false(right_parse(till_right_code(right), &clash));
		g_assert_cmpstr(till_right_title(right), !=, till_right_code(right));
	}
	g_assert_cmpint(RIGHT_N + TILL_RIGHT_N, >=, 25);
	refused(till_rights_set(office.store, manager, ROLE_CASHIER, TILL_RIGHT_PRICE, true,
				&error),
		&error, PEOPLE_ERROR_RIGHT);
	refused(till_rights_set(office.store, ADMIN, ROLE_ADMIN, TILL_RIGHT_SELL, false, &error),
		&error, PEOPLE_ERROR_RIGHT);
	g_assert_true(
		till_rights_set(office.store, ADMIN, ROLE_CASHIER, TILL_RIGHT_PRICE, true, &error));
	g_assert_true(till_rights_set(office.store, ADMIN, ROLE_CASHIER, TILL_RIGHT_RETURN, false,
				      &error));
	g_assert_true(till_rights_of_role(office.store, ROLE_CASHIER, &rights, &error));
	g_assert_true(till_rights_have(rights, TILL_RIGHT_PRICE));
	g_assert_false(till_rights_have(rights, TILL_RIGHT_RETURN));
	g_assert_true(till_rights_have(rights, TILL_RIGHT_SELL));
}

static void test_audit_is_searched(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t bold, now = g_get_real_time();
	const struct {
		AuditFilter filter;
		guint n;
	} cases[] = {
		{ { .search = "Bold" }, 2 },
		{ { .action = "person-change" }, 1 },
		{ { .person_set = true, .person_id = ADMIN }, 1 },
		{ { .person_set = true, .person_id = 0, .action = "person-add" }, 2 },
		{ { .from = now + G_TIME_SPAN_DAY }, 0 },
		{ { .until = now - G_TIME_SPAN_DAY }, 0 },
		{ { .search = "Bold",
		    .from = now - G_TIME_SPAN_DAY,
		    .until = now + G_TIME_SPAN_DAY },
		  2 },
	};

	fake_office_init(&office);
	bold = add(&office, "Bold", ROLE_CASHIER, "4711");
	g_assert_true(
		person_change(office.store, ADMIN, bold, &(PersonChange){ .phone = "1" }, &error));
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) found =
			audit_find(office.store, &cases[i].filter, 0, 10, &error);

		g_assert_no_error(error);
		g_test_message("case %d", (int)i);
		g_assert_cmpuint(found->len, ==, cases[i].n);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/people/everything_can_change", test_everything_can_change);
	g_test_add_func("/people/audit_keeps_no_secrets", test_audit_keeps_no_secrets);
	g_test_add_func("/people/one_pin_one_badge", test_one_pin_one_badge);
	g_test_add_func("/people/last_administrator_stays", test_last_administrator_stays);
	g_test_add_func("/people/only_administrators_make_administrators",
			test_only_administrators_make_administrators);
	g_test_add_func("/people/who_left_opens_nothing", test_who_left_opens_nothing);
	g_test_add_func("/people/badge_with_pin", test_badge_with_pin);
	g_test_add_func("/people/shops_they_see", test_shops_they_see);
	g_test_add_func("/people/rights_at_tills", test_rights_at_tills);
	g_test_add_func("/people/audit_is_searched", test_audit_is_searched);
	return g_test_run();
}
