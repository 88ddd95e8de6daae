/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/person.h"
#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"
#include "backoffice/staff/hours.h"
#include "backoffice/staff/pay.h"
#include "backoffice/staff/plan.h"
#include "tests/office/stock_room.h"

#include <string.h>

/* Plans and pay, worked out by hand beside each figure. Amounts are kopecks, days of November 2026,
 * and it is December already where nothing else is said. */

#define ADMIN 1
#define MONTH 202611
#define DECEMBER 5 /* day of November plus thirty */

static const NumberStyle style = { .decimal = ".", .group = " " };

typedef struct {
	FakeOffice office;
	int64_t bold, sara;
} Staff;

static int64_t at(int day, int hour, int minute)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Moscow");
	g_autoptr(GDateTime) time = g_date_time_new(zone, 2026, 11, day, hour, minute, 0);

	return g_date_time_to_unix(time) * G_USEC_PER_SEC;
}

static int64_t in_december(void)
{
	return at(30, 23, 59) + DECEMBER * G_TIME_SPAN_DAY;
}

static void staff_init(Staff *self)
{
	g_autoptr(GError) error = NULL;

	fake_office_init(&self->office);
	people_add(self->office.store, "Bold", ROLE_CASHIER, "4711", &self->bold, &error);
	g_assert_no_error(error);
	people_add(self->office.store, "Sara", ROLE_CASHIER, "4712", &self->sara, &error);
	g_assert_no_error(error);
}

static void staff_clear(Staff *self)
{
	fake_office_clear(&self->office);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Staff, staff_clear)

static void worked(Staff *self, int64_t person, int64_t from, int64_t until)
{
	g_autoptr(GError) error = NULL;
	int64_t id;

	hours_add_entry(self->office.store, ADMIN,
			&(WorkEntry){ .person_id = person,
				      .shop_id = 1,
				      .is_interval = true,
				      .at = from,
				      .until = until,
				      .note = (char *)"" },
			&id, &error);
	g_assert_no_error(error);
}

static void sold(Staff *self, int64_t shop, int day, int64_t person, int64_t net, int64_t cost)
{
	room_sql(&self->office,
		 "INSERT INTO sale_hour VALUES (%d, %d, 12, 1, %d, 1, 0, 0, 1, %" G_GINT64_FORMAT
		 ", 0, 0, 0, %" G_GINT64_FORMAT ", 0, %" G_GINT64_FORMAT ")",
		 (int)shop, 20261100 + day, (int)person, net, net, cost);
}

static int64_t rule(Staff *self, PayRule rule)
{
	g_autoptr(GError) error = NULL;
	int64_t id = 0;

	if (rule.role == NULL)
		rule.role = (char *)"";
	if (rule.first_day == 0)
		rule.first_day = 20261101;
	pay_rule_add(self->office.store, ADMIN, &rule, &id, &error);
	g_assert_no_error(error);
	return id;
}

static void plan(Staff *self, int64_t person, int64_t net)
{
	g_autoptr(GError) error = NULL;

	plan_set(self->office.store, ADMIN, 1, person, MONTH, &net, &error);
	g_assert_no_error(error);
}

static Pay *pay_at(Staff *self, int64_t person, int64_t now)
{
	g_autoptr(GError) error = NULL;
	Pay *pay = pay_of(self->office.store, person, person, MONTH, now, &error);

	g_assert_no_error(error);
	return pay;
}

static void assert_lines(const Pay *pay, const char *const *texts)
{
	int64_t total = 0;

	for (guint i = 0; i < pay->lines->len; i++) {
		const PayLine *line = &g_array_index(pay->lines, PayLine, i);
		g_autofree char *text = pay_line_dup_text(line, pay->currency, &style);
		g_auto(GStrv) parts = g_strsplit(text, "\u00a0", -1); /* before a % */
		g_autofree char *plain = g_strjoinv(" ", parts);

		g_assert_nonnull(texts[i]);
		g_assert_cmpstr(plain, ==, texts[i]);
		total += line->total;
	}
	g_assert_null(texts[pay->lines->len]);
	g_assert_cmpint(pay->total, ==, total);
}

/* --- pay ----------------------------------------------------------------------------------- */

static void test_by_hand(void)
{
	static const char *const bolds[] = {
		"hours 8:30 × 250.00 = 2 125.00",
		"hours 9:00 × 300.00 = 2 700.00",
		"1.5 % of own sales 120 000.33 = 1 800.00", /* 1 800.00495 */
		/* 150 000.33 × 2 % × 1050 / 1290 = 2 441.8658… */
		"2 % of the shop's sales 150 000.33 × 17:30 of 21:30 hours = 2 441.87",
		"plan reached by 120 %, bonus from 120 % on = 900.00",
		NULL,
	};
	static const char *const saras[] = {
		"hours 4:00 × 250.00 = 1 000.00",
		"10 000.00 a month × 20 of 30 days = 6 666.67",
		/* 150 000.33 × 2 % × 240 / 1290 = 558.1407… */
		"2 % of the shop's sales 150 000.33 × 4:00 of 21:30 hours = 558.14",
		NULL,
	};
	g_auto(Staff) staff = { 0 };
	g_autoptr(Pay) bold = NULL, sara = NULL;

	staff_init(&staff);
	worked(&staff, staff.bold, at(3, 9, 0), at(3, 17, 30));
	worked(&staff, staff.bold, at(20, 9, 0), at(20, 18, 0));
	worked(&staff, staff.sara, at(3, 12, 0), at(3, 16, 0));
	sold(&staff, 1, 3, staff.bold, 10000000, 6000000);
	sold(&staff, 1, 20, staff.bold, 2000033, 1000000);
	sold(&staff, 1, 4, staff.sara, 3000000, 1000000);
	rule(&staff, (PayRule){ .role = (char *)"cashier", .kind = PAY_HOUR, .amount = 25000 });
	rule(&staff, (PayRule){ .role = (char *)"cashier",
				.kind = PAY_HOUR,
				.amount = 30000,
				.first_day = 20261115 });
	rule(&staff, (PayRule){ .role = (char *)"cashier", .kind = PAY_SHOP_NET, .rate = 200 });
	rule(&staff, (PayRule){ .person_id = staff.bold, .kind = PAY_OWN_NET, .rate = 150 });
	rule(&staff, (PayRule){ .person_id = staff.sara,
				.kind = PAY_MONTH,
				.amount = 1000000,
				.first_day = 20261111 });
	for (int32_t threshold = 10000; threshold <= 13000; threshold += 1000)
		rule(&staff, (PayRule){ .person_id = staff.bold,
					.kind = PAY_BONUS,
					.amount = threshold == 12000 ? 90000 : threshold,
					.threshold = threshold });
	plan(&staff, staff.bold, 10000000);
	bold = pay_at(&staff, staff.bold, in_december());
	assert_lines(bold, bolds);
	g_assert_cmpint(bold->minutes, ==, 1050);
	g_assert_cmpint(bold->days, ==, 2);
	g_assert_cmpint(bold->net, ==, 12000033);
	sara = pay_at(&staff, staff.sara, in_december());
	assert_lines(sara, saras);
}

static void test_month_is_counted_so_far(void)
{
	static const char *const lines[] = { "10 000.00 a month × 12 of 30 days = 4 000.00", NULL };
	g_auto(Staff) staff = { 0 };
	g_autoptr(Pay) pay = NULL;

	staff_init(&staff);
	rule(&staff, (PayRule){ .person_id = staff.bold, .kind = PAY_MONTH, .amount = 1000000 });
	pay = pay_at(&staff, staff.bold, at(12, 10, 0));
	assert_lines(pay, lines);
}

static void test_month_of_who_came_and_went(void)
{
	static const char *const lines[] = { "10 000.00 a month × 11 of 30 days = 3 666.67", NULL };
	g_auto(Staff) staff = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(Pay) pay = NULL;
	int32_t hired = 20261105;

	staff_init(&staff);
	rule(&staff, (PayRule){ .person_id = staff.bold, .kind = PAY_MONTH, .amount = 1000000 });
	g_assert_true(person_change(staff.office.store, ADMIN, staff.bold,
				    &(PersonChange){ .hired = &hired }, &error));
	g_assert_true(person_leave(staff.office.store, ADMIN, staff.bold, 20261115, &error));
	pay = pay_of(staff.office.store, ADMIN, staff.bold, MONTH, in_december(), &error);
	g_assert_no_error(error);
	assert_lines(pay, lines);
}

static void test_own_rules_go_before_those_of_the_role(void)
{
	static const char *const ones[] = { "days 1 × 1 000.00 = 1 000.00", NULL };
	static const char *const nothing[] = { NULL };
	g_auto(Staff) staff = { 0 };
	g_autoptr(Pay) bold = NULL, sara = NULL, again = NULL;
	g_autoptr(GError) error = NULL;
	int64_t none;

	staff_init(&staff);
	worked(&staff, staff.bold, at(3, 9, 0), at(3, 17, 0));
	worked(&staff, staff.sara, at(3, 9, 0), at(3, 17, 0));
	rule(&staff, (PayRule){ .role = (char *)"cashier", .kind = PAY_DAY, .amount = 100000 });
	none = rule(&staff, (PayRule){ .person_id = staff.sara, .kind = PAY_DAY });
	bold = pay_at(&staff, staff.bold, in_december());
	assert_lines(bold, ones);
	sara = pay_at(&staff, staff.sara, in_december());
	assert_lines(sara, nothing);
	g_assert_true(pay_rule_remove(staff.office.store, ADMIN, none, &error));
	again = pay_at(&staff, staff.sara, in_december());
	assert_lines(again, ones);
}

static void test_rule_of_a_shop_goes_before_that_of_any(void)
{
	static const char *const lines[] = { "1 % of own sales 1 000.00 = 10.00",
					     "3 % of own sales 2 000.00 = 60.00", NULL };
	g_auto(Staff) staff = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(Pay) pay = NULL;

	staff_init(&staff);
	g_assert_true(shop_add(staff.office.store, "Second", 0, &error));
	sold(&staff, 1, 3, staff.bold, 100000, 0);
	sold(&staff, 2, 4, staff.bold, 200000, 0);
	rule(&staff, (PayRule){ .person_id = staff.bold, .kind = PAY_OWN_NET, .rate = 100 });
	rule(&staff,
	     (PayRule){ .person_id = staff.bold, .shop_id = 2, .kind = PAY_OWN_NET, .rate = 300 });
	pay = pay_at(&staff, staff.bold, in_december());
	assert_lines(pay, lines);
}

/* A bonus that was ended leaves the lower one; more goods came back than were sold: nothing is
 * taken from anybody. */
static void test_nobody_owes_pay(void)
{
	static const char *const lines[] = { "5 % of the margin of own sales −300.00 = 0.00",
					     "plan reached by 100 %, bonus from 50 % on = 10.00",
					     NULL };
	g_auto(Staff) staff = { 0 };
	g_autoptr(Pay) pay = NULL;

	staff_init(&staff);
	sold(&staff, 1, 3, staff.bold, 100000, 130000);
	plan(&staff, 0, 100000); /* the shop's */
	rule(&staff, (PayRule){ .person_id = staff.bold, .kind = PAY_OWN_MARGIN, .rate = 500 });
	rule(&staff, (PayRule){ .person_id = staff.bold,
				.kind = PAY_BONUS,
				.amount = 1000,
				.threshold = 5000 });
	rule(&staff, (PayRule){ .person_id = staff.bold,
				.kind = PAY_BONUS,
				.amount = 5000,
				.threshold = 10000 });
	rule(&staff, (PayRule){ .person_id = staff.bold,
				.kind = PAY_BONUS,
				.threshold = 10000,
				.first_day = 20261110 });
	pay = pay_at(&staff, staff.bold, in_december());
	assert_lines(pay, lines);
}

/* The parts of a share are the share, but for a minor unit a person. */
static void test_shares_add_up(void)
{
	guint32 seed = g_test_rand_int_range(0, G_MAXINT32);
	GRand *random = g_rand_new_with_seed(seed);
	g_auto(Staff) staff = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = NULL;
	int64_t net = 0, total = 0, whole;

	g_test_message("seed %u", seed);
	staff_init(&staff);
	rule(&staff, (PayRule){ .role = (char *)"cashier", .kind = PAY_SHOP_NET, .rate = 137 });
	for (int day = 1; day <= 28; day++) {
		int64_t one = g_rand_int_range(random, 1, 100000000);
		int bolds = g_rand_int_range(random, 1, 600);

		worked(&staff, staff.bold, at(day, 9, 0), at(day, 9, 0) + bolds * MINUTE);
		worked(&staff, staff.sara, at(day, 9, 0),
		       at(day, 9, 0) + g_rand_int_range(random, 1, 600) * MINUTE);
		sold(&staff, 1, day, day % 2 == 0 ? staff.bold : staff.sara, one, 0);
		net += one;
	}
	list = pay_list(staff.office.store, ADMIN, MONTH, in_december(), &error);
	g_assert_no_error(error);
	g_assert_cmpuint(list->len, ==, 2);
	for (guint i = 0; i < list->len; i++)
		total += ((const Pay *)list->pdata[i])->total;
	whole = (net * 137 + 5000) / 10000;
	g_assert_cmpint(ABS(total - whole), <=, 2);
	g_rand_free(random);
}

static void test_who_may_see_and_change(void)
{
	g_auto(Staff) staff = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(Pay) own = NULL;
	int64_t id;

	staff_init(&staff);
	own = pay_at(&staff, staff.bold, in_december());
	g_assert_cmpint(own->total, ==, 0);
	g_assert_null(
		pay_of(staff.office.store, staff.bold, staff.sara, MONTH, in_december(), &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_null(pay_list(staff.office.store, staff.bold, MONTH, in_december(), &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_false(pay_rule_add(staff.office.store, staff.bold,
				    &(PayRule){ .person_id = staff.bold,
						.role = (char *)"",
						.kind = PAY_HOUR,
						.amount = 1,
						.first_day = 20261101 },
				    &id, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_false(
		plan_set(staff.office.store, staff.bold, 1, 0, MONTH, &(int64_t){ 1 }, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
}

/* --- plans --------------------------------------------------------------------------------- */

static void test_plan_so_far(void)
{
	g_auto(Staff) staff = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) plans = NULL;
	const PlanRow *shop, *bold;

	staff_init(&staff);
	sold(&staff, 1, 3, staff.bold, 200000, 0);
	sold(&staff, 1, 9, staff.sara, 100000, 0);
	sold(&staff, 1, 20, staff.sara, 777777, 0); /* is to come */
	plan(&staff, 0, 3000000);
	plan(&staff, staff.bold, 0);
	plans = plan_list(staff.office.store, 0, MONTH, 20261110, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(plans->len, ==, 2);
	shop = plans->pdata[0];
	g_assert_cmpint(shop->person_id, ==, 0);
	g_assert_cmpint(shop->fact, ==, 300000);
	g_assert_cmpint(shop->share, ==, 1000);
	g_assert_cmpint(shop->expected, ==, 1000000); /* ten of thirty days */
	g_assert_cmpint(shop->forecast, ==, 900000);
	bold = plans->pdata[1];
	g_assert_cmpint(bold->fact, ==, 200000);
	g_assert_false(bold->has_share);
	g_assert_true(plan_set(staff.office.store, ADMIN, 1, staff.bold, MONTH, NULL, &error));
	g_assert_cmpint(room_ask(&staff.office, "SELECT count(*) FROM plan"), ==, 1);
	g_assert_cmpint(room_ask(&staff.office, "SELECT count(*) FROM audit WHERE action = 'plan'"),
			==, 3);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pay/by_hand", test_by_hand);
	g_test_add_func("/pay/month_is_counted_so_far", test_month_is_counted_so_far);
	g_test_add_func("/pay/month_of_who_came_and_went", test_month_of_who_came_and_went);
	g_test_add_func("/pay/own_rules_go_before_those_of_the_role",
			test_own_rules_go_before_those_of_the_role);
	g_test_add_func("/pay/rule_of_a_shop_goes_before_that_of_any",
			test_rule_of_a_shop_goes_before_that_of_any);
	g_test_add_func("/pay/nobody_owes_pay", test_nobody_owes_pay);
	g_test_add_func("/pay/shares_add_up", test_shares_add_up);
	g_test_add_func("/pay/who_may_see_and_change", test_who_may_see_and_change);
	g_test_add_func("/pay/plan_so_far", test_plan_so_far);
	return g_test_run();
}
