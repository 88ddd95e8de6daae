/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: year DSN SEED DAYS RECEIPTS LINES GOODS
 * Plays DAYS days up to yesterday into an office database with goods, a second shop named "Other",
 * YEAR_TILLS tills of the first and YEAR_CASHIERS cashiers. */
#include "tests/year/year.h"

#include "backoffice/goods/goods.h"
#include "backoffice/people/people.h"
#include "backoffice/people/shop.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void year_must(bool ok, const char *what, GError *error)
{
	if (ok)
		return;
	fprintf(stderr, "year: %s: %s\n", what, error != NULL ? error->message : "cannot be");
	exit(1);
}

YearItem *year_item(Year *self, int index)
{
	return &g_array_index(self->items, YearItem, index);
}

YearItem *year_find(Year *self, int64_t id)
{
	for (guint i = 0; i < self->items->len; i++)
		if (year_item(self, (int)i)->id == id)
			return year_item(self, (int)i);
	return NULL;
}

YearItem *year_any_item(Year *self)
{
	double part = g_rand_double(self->rand);

	return year_item(self, (int)(part * part * self->items->len));
}

static void read_goods(Year *self, int n)
{
	g_autoptr(GoodsList) list = goods_list_new(self->store);
	g_autoptr(GPtrArray) page = NULL;
	GError *error = NULL;
	int64_t count;

	year_must(goods_list_count(list, &count, &error), "goods", error);
	page = goods_list_page(list, 0, n, &error);
	year_must(page != NULL && page->len >= 100, "a hundred goods", error);
	self->items = g_array_new(false, true, sizeof(YearItem));
	for (guint i = 0; i < page->len; i++) {
		const Goods *goods = page->pdata[i];
		YearItem item = { .id = goods->id,
				  .code = g_strdup(goods->barcode),
				  .name = g_strdup(goods->name),
				  .weighed = goods->unit == UNIT_KILOGRAM,
				  .price = goods->has_price ? goods->price : 10000,
				  .supplier = (int)(goods->id % YEAR_SUPPLIERS) };

		item.cost = MAX(item.price * 7 / 10, 1);
		g_array_append_val(self->items, item);
	}
}

static void read_shops(Year *self)
{
	GError *error = NULL;
	g_autoptr(Shop) first = shop_find(self->store, NULL, &error);
	g_autoptr(Shop) other = first != NULL ? shop_find(self->store, "Other", &error) : NULL;

	year_must(other != NULL, "two shops", error);
	self->shop = first->id;
	self->other_shop = other->id;
	self->currency = first->currency;
	self->timezone = g_strdup(first->timezone);
	for (int i = 0; i < YEAR_TILLS; i++) {
		YearTill *till = &self->tills[i];

		*till = (YearTill){ .hub = { .shop_id = self->shop,
					     .till_id = i + 1,
					     .currency = self->currency,
					     .timezone = self->timezone },
				    .letter = (char)('A' + i) };
		g_strlcpy(till->hash, JOURNAL_FIRST_HASH, sizeof till->hash);
	}
}

static void read_cashiers(Year *self)
{
	GError *error = NULL;
	g_autoptr(GPtrArray) people = people_list(self->store, &error);
	int n = 0;

	year_must(people != NULL, "people", error);
	for (guint i = 0; i < people->len && n < YEAR_CASHIERS; i++) {
		const Person *person = people->pdata[i];

		if (person->role == ROLE_CASHIER)
			self->cashiers[n++] = person->id;
	}
	year_must(n == YEAR_CASHIERS, "three cashiers", NULL);
}

/* The days before today on the shop's wall clock. */
static void set_day(Year *self, GTimeZone *zone, int days)
{
	g_autoptr(GDateTime) now = g_date_time_new_now(zone);
	g_autoptr(GDateTime) noon = g_date_time_add_days(now, self->n - days);
	g_autoptr(GDateTime) midnight =
		g_date_time_new(zone, g_date_time_get_year(noon), g_date_time_get_month(noon),
				g_date_time_get_day_of_month(noon), 0, 0, 0);

	self->midnight = g_date_time_to_unix(midnight) * G_USEC_PER_SEC;
	self->day = g_date_time_get_year(midnight) * 10000 + g_date_time_get_month(midnight) * 100 +
		    g_date_time_get_day_of_month(midnight);
}

static void play(Year *self, int days)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(self->timezone);

	for (self->n = 0; self->n < days; self->n++) {
		set_day(self, zone, days);
		if (self->n == 0) {
			year_open_books(self);
			year_open_accounts(self);
		}
		year_morning(self);
		year_sell_day(self);
		year_evening(self);
		year_pay(self);
	}
	for (int i = 0; i < YEAR_TILLS; i++)
		year_send(self, &self->tills[i]);
}

int main(int argc, char **argv)
{
	Year year = { .late = g_ptr_array_new() };
	GError *error = NULL;

	if (argc != 7) {
		fputs("usage: year DSN SEED DAYS RECEIPTS LINES GOODS\n", stderr);
		return 2;
	}
	year.store = store_open(argv[1], 0, &error);
	year_must(year.store != NULL, argv[1], error);
	year.rand = g_rand_new_with_seed((guint32)atoi(argv[2]));
	year.receipts = atoi(argv[4]);
	year.lines = atoi(argv[5]);
	read_shops(&year);
	read_cashiers(&year);
	read_goods(&year, atoi(argv[6]));
	play(&year, atoi(argv[3]));
	printf("%" PRId64 " receipts, %" PRId64 " documents, %" PRId64 " reversed\n",
	       year.n_receipts, year.n_documents, year.n_reversed);
	store_close(year.store);
	return 0;
}
