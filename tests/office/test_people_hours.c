/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/rights.h"
#include "backoffice/people/shop.h"
#include "backoffice/staff/hours.h"
#include "backoffice/staff/staff_day.h"
#include "tests/office/stock_room.h"

/* How long people worked: minute by minute in an oracle of the test's own, and the cases that are
 * told one by one. Times are of Moscow, three hours before UTC, where nothing else is said. */

#define ADMIN 1
#define SHOPS 3
#define PEOPLE 3
#define DAYS 4
#define GRID (DAYS * 1440) /* minutes */

static int64_t moment(const char *zone_name, int day, int hour, int minute)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zone_name);
	g_autoptr(GDateTime) at =
		g_date_time_new(zone, day / 10000, day / 100 % 100, day % 100, hour, minute, 0);

	g_assert_nonnull(at);
	return g_date_time_to_unix(at) * G_USEC_PER_SEC;
}

static GHashTable *zones_new(const char *name)
{
	GHashTable *zones = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
						  (GDestroyNotify)g_time_zone_unref);

	for (int64_t shop = 1; shop <= SHOPS; shop++)
		g_hash_table_insert(zones, g_memdup2(&shop, sizeof shop),
				    g_time_zone_new_identifier(name));
	return zones;
}

/* --- the oracle ---------------------------------------------------------------------------- */

typedef struct {
	int shop[GRID]; /* 0: not there */
	int newest[GRID]; /* minute of the log-in that says so */
} Grid;

/* Sums by day of the grid and shop. */
typedef struct {
	int minutes[DAYS][SHOPS + 1];
} Sums;

static void mark(Grid *grid, int at, int until, int shop)
{
	for (int minute = at; minute < until; minute++)
		if (grid->shop[minute] == 0 || at > grid->newest[minute] ||
		    (at == grid->newest[minute] && shop > grid->shop[minute])) {
			grid->shop[minute] = shop;
			grid->newest[minute] = at;
		}
}

static void sum_grid(const Grid *grid, int gap, int day_begin, Sums *ret)
{
	int day = 0, shop = 0;

	for (int i = 0; i < GRID; i++) {
		int absent = 0;

		while (i + absent < GRID && grid->shop[i + absent] == 0)
			absent++;
		if (absent > 0 && (shop == 0 || absent >= gap || i + absent == GRID)) {
			shop = 0;
			i += absent - 1;
			continue;
		}
		if (shop == 0)
			day = (i - day_begin + 1440) / 1440 - 1;
		if (absent == 0)
			shop = grid->shop[i];
		ret->minutes[day][shop]++;
	}
}

/* --- random ------------------------------------------------------------------------------- */

static void compare(const GArray *days, int64_t person, int32_t first_day, const Sums *sums)
{
	Sums ours = { 0 };

	for (guint i = 0; i < days->len; i++) {
		const WorkDay *day = &g_array_index(days, WorkDay, i);
		int n = 0;

		if (day->person_id != person)
			continue;
		while (staff_day_add(first_day, n) < day->day)
			n++;
		g_assert_cmpint(n, <, DAYS);
		ours.minutes[n][day->shop_id] += (int)day->minutes;
		g_assert_cmpint(day->worked % MINUTE, ==, 0);
		g_assert_cmpint(day->last - day->first, >=, day->worked);
	}
	for (int n = 0; n < DAYS; n++)
		for (int shop = 1; shop <= SHOPS; shop++)
			g_assert_cmpint(ours.minutes[n][shop], ==, sums->minutes[n][shop]);
}

static void try_random(GRand *random)
{
	const int64_t start = moment("Europe/Moscow", 20261103, 0, 0);
	HoursSetting setting = { .gap = g_rand_int_range(random, 0, 61),
				 .day_begin = g_rand_int_range(random, 0, 2) * 240 };
	g_autoptr(GArray) intervals = g_array_new(false, true, sizeof(WorkInterval));
	g_autoptr(GHashTable) zones = zones_new("Europe/Moscow");
	g_autofree Grid *grids = g_new0(Grid, PEOPLE + 1);
	g_autoptr(GArray) days = NULL;

	for (int i = g_rand_int_range(random, 0, 60); i > 0; i--) {
		int at = g_rand_int_range(random, 300, GRID - 400);
		int until = at + g_rand_int_range(random, 1, 400);
		int shop = g_rand_int_range(random, 1, SHOPS + 1);
		int person = g_rand_int_range(random, 1, PEOPLE + 1);
		WorkInterval interval = { .person_id = person,
					  .shop_id = shop,
					  .at = start + at * MINUTE,
					  .until = start + until * MINUTE };

		g_array_append_val(intervals, interval);
		mark(&grids[person], at, until, shop);
	}
	days = hours_join(intervals, &setting, zones);
	for (int person = 1; person <= PEOPLE; person++) {
		Sums sums = { 0 };

		sum_grid(&grids[person], setting.gap, setting.day_begin, &sums);
		compare(days, person, 20261103, &sums);
	}
}

static void test_random(void)
{
	guint32 seed = g_test_rand_int_range(0, G_MAXINT32);
	GRand *random = g_rand_new_with_seed(seed);

	g_test_message("seed %u", seed);
	for (int i = 0; i < 2000; i++)
		try_random(random);
	g_rand_free(random);
}

/* --- told one by one ----------------------------------------------------------------------- */

static void presence(FakeOffice *office, int64_t till, int64_t person, int64_t at, int64_t until)
{
	static int64_t number;

	g_autofree char *end =
		until != 0 ? g_strdup_printf("%" G_GINT64_FORMAT, until) : g_strdup("NULL");

	room_sql(office,
		 "INSERT INTO presence VALUES (1, %d, %d, %d, CAST (strftime ('%%Y%%m%%d', "
		 "%" G_GINT64_FORMAT " / 1000000 + 10800, 'unixepoch') AS INTEGER), "
		 "%" G_GINT64_FORMAT ", %s)",
		 (int)till, (int)++number, (int)person, at, at, end);
}

static void shift(FakeOffice *office, int number, int64_t opened, int64_t closed)
{
	room_sql(office,
		 "INSERT INTO shift (shop_id, till_id, number, day, opened_at, opened_by, "
		 "opening_cash, "
		 "closed_at, n_sales, n_returns, n_voided, sales, returns, discount, tax, cash, "
		 "card, "
		 "cash_in, cash_out, expected, closed_by) VALUES (1, 1, %d, 20261103, "
		 "%" G_GINT64_FORMAT ", 1, 0, %" G_GINT64_FORMAT
		 ", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)",
		 number, opened, closed);
}

static GArray *list(FakeOffice *office, int32_t from, int32_t to, int64_t now)
{
	g_autoptr(GError) error = NULL;
	GArray *days = hours_list(office->store,
				  &(HoursQuery){ .from = from, .to = to, .now = now }, &error);

	g_assert_no_error(error);
	return days;
}

static int64_t at(int day, int hour, int minute)
{
	return moment("Europe/Moscow", 20261100 + day, hour, minute);
}

static void test_night_shift_counts_on_its_first_day(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GArray) days = NULL, next = NULL;
	const WorkDay *day;

	fake_office_init(&office);
	presence(&office, 1, 7, at(3, 22, 0), at(4, 0, 30));
	presence(&office, 1, 7, at(4, 0, 45), at(4, 6, 0)); /* after midnight, a short gap */
	days = list(&office, 20261103, 20261103, at(10, 0, 0));
	g_assert_cmpuint(days->len, ==, 1);
	day = &g_array_index(days, WorkDay, 0);
	g_assert_cmpint(day->minutes, ==, 8 * 60);
	g_assert_cmpint(day->first, ==, at(3, 22, 0));
	g_assert_cmpint(day->last, ==, at(4, 6, 0));
	next = list(&office, 20261104, 20261104, at(10, 0, 0));
	g_assert_cmpuint(next->len, ==, 0);
}

static void test_two_tills_count_once(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GArray) days = NULL;

	fake_office_init(&office);
	presence(&office, 1, 7, at(3, 9, 0), at(3, 12, 0));
	presence(&office, 2, 7, at(3, 11, 0), at(3, 14, 0));
	presence(&office, 1, 7, at(3, 14, 30), at(3, 15, 0)); /* half an hour is a break */
	days = list(&office, 20261103, 20261103, at(10, 0, 0));
	g_assert_cmpuint(days->len, ==, 1);
	g_assert_cmpint(g_array_index(days, WorkDay, 0).minutes, ==, 5 * 60 + 30);
}

static void test_still_there(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GArray) days = NULL, later = NULL;

	fake_office_init(&office);
	presence(&office, 1, 7, at(3, 9, 0), 0);
	days = list(&office, 20261103, 20261103, at(3, 11, 15));
	g_assert_cmpint(g_array_index(days, WorkDay, 0).minutes, ==, 135);
	g_assert_true(g_array_index(days, WorkDay, 0).open);
	/* two days later nobody can say how long it was */
	later = list(&office, 20261103, 20261103, at(5, 11, 15));
	g_assert_cmpint(g_array_index(later, WorkDay, 0).minutes, ==, 0);
	g_assert_true(g_array_index(later, WorkDay, 0).doubtful);
	g_assert_false(g_array_index(later, WorkDay, 0).open);
}

static void test_work_ends_with_the_shift(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GArray) days = NULL;

	fake_office_init(&office);
	/* went home without locking: the next one came in the morning */
	shift(&office, 1, at(3, 9, 5), at(3, 13, 0));
	shift(&office, 2, at(3, 13, 5), at(3, 21, 40));
	presence(&office, 1, 7, at(3, 9, 0), at(4, 8, 55));
	presence(&office, 1, 8, at(4, 8, 55), at(4, 9, 55));
	days = list(&office, 20261103, 20261104, at(10, 0, 0));
	g_assert_cmpuint(days->len, ==, 2);
	g_assert_cmpint(g_array_index(days, WorkDay, 0).minutes, ==, 12 * 60 + 40);
	g_assert_cmpint(g_array_index(days, WorkDay, 1).minutes, ==, 60);
}

static void test_clocks_go_back(void)
{
	const HoursSetting setting = { .gap = 30 };
	g_autoptr(GArray) intervals = g_array_new(false, true, sizeof(WorkInterval));
	g_autoptr(GHashTable) zones = zones_new("Europe/Berlin");
	g_autoptr(GArray) days = NULL;
	WorkInterval night = { .person_id = 7,
			       .shop_id = 1,
			       .at = moment("Europe/Berlin", 20261024, 22, 0),
			       .until = moment("Europe/Berlin", 20261025, 6, 0) };

	g_array_append_val(intervals, night);
	days = hours_join(intervals, &setting, zones);
	g_assert_cmpint(g_array_index(days, WorkDay, 0).day, ==, 20261024);
	g_assert_cmpint(g_array_index(days, WorkDay, 0).minutes, ==, 9 * 60);
}

static void test_managers_correct(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) days = NULL, back = NULL;
	Role role = ROLE_STOCK;
	int64_t keeper, entry, shorter;

	fake_office_init(&office);
	people_add(office.store, "Keeper", role, "4711", &keeper, &error);
	g_assert_no_error(error);
	/* nobody without the right, and no day of 30 hours */
	g_assert_false(hours_add_entry(office.store, keeper,
				       &(WorkEntry){ .person_id = keeper,
						     .shop_id = 1,
						     .day = 20261103,
						     .minutes = 60,
						     .note = (char *)"" },
				       &entry, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_false(hours_add_entry(office.store, ADMIN,
				       &(WorkEntry){ .person_id = keeper,
						     .shop_id = 1,
						     .is_interval = true,
						     .at = at(3, 9, 0),
						     .until = at(4, 15, 0),
						     .note = (char *)"" },
				       &entry, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS);
	g_clear_error(&error);
	g_assert_true(hours_add_entry(office.store, ADMIN,
				      &(WorkEntry){ .person_id = keeper,
						    .shop_id = 1,
						    .is_interval = true,
						    .at = at(3, 9, 0),
						    .until = at(3, 17, 0),
						    .note = (char *)"store room" },
				      &entry, &error));
	g_assert_true(hours_add_entry(office.store, ADMIN,
				      &(WorkEntry){ .person_id = keeper,
						    .shop_id = 1,
						    .day = 20261103,
						    .minutes = -45,
						    .note = (char *)"lunch" },
				      &shorter, &error));
	days = list(&office, 20261103, 20261103, at(10, 0, 0));
	g_assert_cmpint(g_array_index(days, WorkDay, 0).minutes, ==, 7 * 60 + 15);
	g_assert_true(hours_remove_entry(office.store, ADMIN, shorter, &error));
	back = list(&office, 20261103, 20261103, at(10, 0, 0));
	g_assert_cmpint(g_array_index(back, WorkDay, 0).minutes, ==, 8 * 60);
	g_assert_false(hours_remove_entry(office.store, ADMIN, shorter, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS);
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM audit WHERE action = 'work-entry'"),
			==, 3);
}

static void test_setting(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) days = NULL;

	fake_office_init(&office);
	presence(&office, 1, 7, at(3, 23, 0), at(4, 1, 0));
	presence(&office, 1, 7, at(4, 2, 0), at(4, 3, 0));
	g_assert_true(hours_set_setting(office.store, ADMIN,
					&(HoursSetting){ .gap = 10, .day_begin = 300 }, &error));
	days = list(&office, 20261103, 20261104, at(10, 0, 0));
	g_assert_cmpuint(days->len, ==, 1); /* before five in the morning it is still the third */
	g_assert_cmpint(g_array_index(days, WorkDay, 0).minutes, ==, 180);
	g_assert_false(
		hours_set_setting(office.store, ADMIN, &(HoursSetting){ .gap = 500 }, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_HOURS);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/hours/random", test_random);
	g_test_add_func("/hours/night_shift_counts_on_its_first_day",
			test_night_shift_counts_on_its_first_day);
	g_test_add_func("/hours/two_tills_count_once", test_two_tills_count_once);
	g_test_add_func("/hours/still_there", test_still_there);
	g_test_add_func("/hours/work_ends_with_the_shift", test_work_ends_with_the_shift);
	g_test_add_func("/hours/clocks_go_back", test_clocks_go_back);
	g_test_add_func("/hours/managers_correct", test_managers_correct);
	g_test_add_func("/hours/setting", test_setting);
	return g_test_run();
}
