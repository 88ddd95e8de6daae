/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/proposal.h"
#include "backoffice/buying/supplier_goods.h"
#include "backoffice/stock/recipe.h"
#include "tests/office/papers.h"

#include <string.h>

#define HOUR (INT64_C(3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)
#define N_DAYS PROPOSAL_DAYS

/* --- published examples -------------------------------------------------------------------- */

/* Demand is so many units in so many days. Where a source gives a safety stock that it has reckoned
 * from a service level, it is our minimum. */
static const struct {
	const char *source;
	int64_t sold;
	int days, cover;
	int64_t safety, there;
	int64_t target, order; /* units */
} published[] = {
	/* 20 bottles a day, looked at every 10 days, 3 days to come, 40 for safety: 300. */
	{ "NC State University, Supply Chain Resource Cooperative, Periodic Review System: "
	  "Inventory Management Models, a tutorial (28 January 2011), example 2",
	  20, 1, 10 + 3, 40, 0, 300, 300 },
	/* Example 1 there: the restocking level is 20; what is there is filled up to it. */
	{ "the same, example 1: Q = R - I", 0, 0, 3, 20, 13, 20, 7 },
	/* d = 10 a day, T = 30, L = 14, 2.05 x 19.90 = 40.8 for safety, 150 there: 331. */
	{ "Jacobs, Chase: Operations and Supply Chain Management, fixed-time period model, "
	  "quantity to order",
	  10, 1, 30 + 14, 41, 150, 481, 331 },
	/* 2 500 boxes a week, 4 weeks between orders, 2 to come, 1 570 for safety: 16 570. */
	{ "Chopra, Meindl: Supply Chain Management, safety inventory under periodic review", 2500,
	  7, 7 * (4 + 2), 1570, 0, 16570, 16570 },
};

static void test_published_examples_come_out(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(published); i++) {
		int64_t target, quantity;

		g_test_message("%s", published[i].source);
		g_assert_true(proposal_target(units(published[i].sold), published[i].days,
					      published[i].cover, units(published[i].safety),
					      &target));
		g_assert_cmpint(target, ==, units(published[i].target));
		g_assert_true(
			proposal_round(target - units(published[i].there), 0, 0, true, &quantity));
		g_assert_cmpint(quantity, ==, units(published[i].order));
	}
}

/* In millionths; 0 of least and factor: not said. */
static const struct {
	int64_t wanted, least, factor;
	bool whole;
	int64_t quantity;
} roundings[] = {
	{ 0, 0, 0, true, 0 },
	{ -5 * ONE, 12 * ONE, 12 * ONE, true, 0 },
	{ 1, 0, 0, true, ONE }, /* a crumb of a piece is a piece */
	{ 1, 0, 0, false, 1 },
	{ 13 * ONE, 0, 12 * ONE, true, 24 * ONE },
	{ 12 * ONE, 0, 12 * ONE, true, 12 * ONE },
	{ 3 * ONE, 50 * ONE, 12 * ONE, true, 60 * ONE }, /* least, then packs */
	{ 2500000, 0, 0, true, 3 * ONE },
	{ 2500000, 0, 400000, false, 2800000 },
};

static void test_rounding(void)
{
	int64_t quantity;

	for (size_t i = 0; i < G_N_ELEMENTS(roundings); i++) {
		g_test_message("case %zu", i);
		g_assert_true(proposal_round(roundings[i].wanted, roundings[i].least,
					     roundings[i].factor, roundings[i].whole, &quantity));
		g_assert_cmpint(quantity, ==, roundings[i].quantity);
	}
	g_assert_false(proposal_round(G_MAXINT64, 0, ONE, true, &quantity));
	g_assert_false(proposal_target(G_MAXINT64, 1, 2, 0, &quantity));
	g_assert_false(proposal_target(G_MAXINT64 / 2, 1, 2, G_MAXINT64, &quantity));
}

/* --- a shop -------------------------------------------------------------------------------- */

static int32_t day_number(const GDate *date)
{
	return g_date_get_year(date) * 10000 + (int32_t)g_date_get_month(date) * 100 +
	       g_date_get_day(date);
}

/* The shop is in Moscow, three hours ahead: noon of @ago days before today. */
static int64_t noon(int ago)
{
	int64_t now = g_get_real_time() + 3 * HOUR;

	return now / DAY * DAY - ago * DAY + 12 * HOUR - 3 * HOUR;
}

static int32_t day_ago(int ago)
{
	int64_t days = (g_get_real_time() + 3 * HOUR) / DAY;
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(days - ago + 719163)); /* of 1970-01-01 */
	return day_number(&date);
}

static void sold(FakeOffice *office, int64_t item, int ago, int64_t quantity)
{
	room_sql(office,
		 "INSERT INTO sale_item VALUES (1, %d, %d, 1, '', 1, %" G_GINT64_FORMAT
		 ", 0, 0, 0, 0, 0, 0) ON CONFLICT DO UPDATE SET quantity = quantity + "
		 "excluded.quantity",
		 day_ago(ago), (int)item, quantity);
}

static int64_t supplier(FakeOffice *office, const char *name, int lead, int review)
{
	g_autoptr(Supplier) one = supplier_new(name);
	g_autoptr(GError) error = NULL;

	one->lead_days = lead;
	one->review_days = review;
	supplier_write(office->store, one, 0, &error);
	g_assert_no_error(error);
	return one->id;
}

static void offers(FakeOffice *office, int64_t who, int64_t item, int64_t cost, int64_t factor,
		   bool usual)
{
	g_autoptr(SupplierGoods) goods = supplier_goods_new(item);
	g_autoptr(GError) error = NULL;

	goods->has_cost = true;
	goods->cost = cost;
	goods->factor = factor;
	goods->usual = usual;
	supplier_goods_write(office->store, who, goods, 0, &error);
	g_assert_no_error(error);
}

static GPtrArray *propose(FakeOffice *office, int64_t who, bool all)
{
	ProposalQuery query = { .shop_id = PAPER_SHOP, .supplier_id = who };
	g_autoptr(GError) error = NULL;
	GPtrArray *lines = proposal_make(office->store, &query, all, &error);

	g_assert_no_error(error);
	return lines;
}

static const ProposalLine *line_of(const GPtrArray *lines, int64_t item)
{
	for (guint i = 0; i < lines->len; i++) {
		const ProposalLine *line = lines->pdata[i];

		if (line->item_id == item)
			return line;
	}
	return NULL;
}

/* Seven days to come (2 + 5), 3 a day on the 10 days on which there were any: 21 and 4 for the
 * shelf are 25; 8 are there; 17 are two packs of 12. */
static void test_days_without_goods_do_not_count(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GPtrArray) lines = NULL;
	g_autofree char *why = NULL;
	NumberStyle style = { .decimal = ".", .group = "" };
	const ProposalLine *line;
	int64_t who;

	paper_office(&office, 2);
	who = supplier(&office, "Молокозавод", 2, 5);
	offers(&office, who, 1, 500, units(12), false);
	room_sql(&office, "UPDATE item SET minimum = %" G_GINT64_FORMAT " WHERE id = 1", units(4));
	room_receive(&office, 1, noon(20), units(30), 15000);
	for (int ago = 20; ago > 10; ago--) {
		room_sell(&office, 1, noon(ago) + MINUTE, units(3));
		sold(&office, 1, ago, units(3));
	}
	room_receive(&office, 1, noon(0) - 12 * 60 * MINUTE + 1, units(8), 4000); /* today */
	lines = propose(&office, 0, false);
	g_assert_cmpuint(lines->len, ==, 1);
	line = lines->pdata[0];
	g_assert_cmpint(line->days, ==, 10);
	g_assert_cmpint(line->sold, ==, units(30));
	g_assert_cmpint(line->target, ==, units(25));
	g_assert_cmpint(line->wanted, ==, units(17));
	g_assert_cmpint(line->quantity, ==, units(24));
	g_assert_cmpint(proposal_value(line), ==, 12000);
	why = proposal_dup_why(line, &style);
	g_assert_cmpstr(why, ==, "Sold 3 a day, 7 days to come, at least 4 on the shelf, 8 there");
}

/* What till and ledger disagree about: sold on a day on which the books had none of it. */
static void test_a_day_with_sales_counts(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GPtrArray) lines = NULL;
	const ProposalLine *line;
	int64_t who;

	paper_office(&office, 1);
	who = supplier(&office, "Склад", 1, 1);
	offers(&office, who, 1, 500, 0, false);
	for (int ago = 4; ago > 0; ago--) {
		room_sell(&office, 1, noon(ago), units(2));
		sold(&office, 1, ago, units(2));
	}
	lines = propose(&office, who, true);
	line = line_of(lines, 1);
	g_assert_cmpint(line->days, ==, 4);
	g_assert_cmpint(line->on_hand, ==, units(-8));
	g_assert_cmpint(line->quantity, ==, units(4)); /* and not 12: nobody waits for the eight */
}

static void test_what_is_coming_counts(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) order = document_new(DOCUMENT_ORDER, PAPER_SHOP);
	g_autoptr(Document) draft = document_new(DOCUMENT_ORDER, PAPER_SHOP);
	g_autoptr(Document) part = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(Document) transfer = document_new(DOCUMENT_TRANSFER, 2);
	g_autoptr(GPtrArray) lines = NULL;
	g_autoptr(GError) error = NULL;
	const ProposalLine *line;
	int64_t who;

	paper_office(&office, 1);
	who = supplier(&office, "Склад", 3, 7);
	room_sql(&office, "UPDATE item SET minimum = %" G_GINT64_FORMAT, units(100));
	order->supplier_id = draft->supplier_id = part->supplier_id = who;
	paper_line(order, 1, 40, 4000);
	paper_post(&office, order);
	part->origin_id = order->id;
	paper_line(part, 1, 15, 1500);
	paper_post(&office, part);
	paper_line(draft, 1, 7, 700);
	document_create(office.store, draft, 0, &error);
	g_assert_no_error(error);
	transfer->other_shop = PAPER_SHOP;
	paper_line(transfer, 1, 9, -1);
	paper_post(&office, transfer);
	lines = propose(&office, who, false);
	line = line_of(lines, 1);
	g_assert_cmpint(line->on_hand, ==, units(15));
	g_assert_cmpint(line->ordered, ==, units(25));
	g_assert_cmpint(line->drafts, ==, units(7));
	g_assert_cmpint(line->on_the_way, ==, units(9));
	g_assert_cmpint(line->quantity, ==, units(100 - 15 - 25 - 7 - 9));
}

/* Two breads and half a cheese are in a sandwich. */
static void test_kits_count_for_what_is_in_them(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Recipe) recipe = recipe_new(1, ONE);
	RecipeLine bread = { 2, units(2), 0 }, cheese = { 3, ONE / 2, 0 };
	g_autoptr(GPtrArray) lines = NULL;
	g_autoptr(GError) error = NULL;
	int64_t who;

	paper_office(&office, 3);
	who = supplier(&office, "Склад", 1, 6);
	offers(&office, who, 2, 500, 0, false);
	offers(&office, who, 3, 500, 0, false);
	g_array_append_val(recipe->lines, bread);
	g_array_append_val(recipe->lines, cheese);
	recipe_write_kind(office.store, recipe, true, 0, &error);
	g_assert_no_error(error);
	room_receive(&office, 2, noon(40), units(1000), 5000);
	room_receive(&office, 3, noon(40), units(1000), 5000);
	sold(&office, 1, 5, units(20)); /* sandwiches: 40 breads, 10 cheeses */
	sold(&office, 2, 4, units(16)); /* breads by themselves */
	lines = propose(&office, who, true);
	g_assert_null(line_of(lines, 1));
	g_assert_cmpint(line_of(lines, 2)->sold, ==, units(56));
	g_assert_cmpint(line_of(lines, 2)->days, ==, N_DAYS);
	g_assert_cmpint(line_of(lines, 2)->target, ==, units(14)); /* 56 / 28 × 7 */
	g_assert_cmpint(line_of(lines, 3)->sold, ==, units(10));
	g_assert_cmpint(line_of(lines, 3)->quantity, ==, 0);
}

static void deliver(FakeOffice *office, int64_t who, int64_t item, int ago)
{
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	delivery->supplier_id = who;
	delivery->at = noon(ago);
	paper_line(delivery, item, 1, 100);
	paper_post(office, delivery);
}

static int64_t asked_for(FakeOffice *office, int64_t item)
{
	g_autoptr(GPtrArray) lines = propose(office, 0, true);
	const ProposalLine *line = line_of(lines, item);

	return line != NULL ? line->supplier_id : 0;
}

static void test_who_is_asked(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t first, second, third;

	paper_office(&office, 2);
	first = supplier(&office, "А", 1, 7);
	second = supplier(&office, "Б", 1, 7);
	third = supplier(&office, "В", 1, 7);
	g_assert_cmpint(asked_for(&office, 1), ==, 0);
	offers(&office, third, 1, 300, 0, false);
	offers(&office, second, 1, 200, 0, false);
	g_assert_cmpint(asked_for(&office, 1), ==, second); /* the cheapest in his list */
	deliver(&office, first, 1, 3);
	deliver(&office, third, 1, 9); /* told later, came before */
	g_assert_cmpint(asked_for(&office, 1), ==, first);
	offers(&office, third, 1, 300, 0, true);
	g_assert_cmpint(asked_for(&office, 1), ==, third);
	offers(&office, second, 1, 200, 0, true);
	g_assert_cmpint(asked_for(&office, 1), ==, second);
	g_assert_cmpint(room_ask(&office, "SELECT sum(usual) FROM supplier_item"), ==, 1);
}

static void test_drafts_are_made_once_and_by_right(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GPtrArray) lines = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) ids = NULL;
	g_autoptr(Document) order = NULL;
	int64_t first, second, cashier;

	paper_office(&office, 3);
	cashier = paper_person(&office, "Кассир", ROLE_CASHIER);
	first = supplier(&office, "А", 1, 7);
	second = supplier(&office, "Б", 1, 7);
	offers(&office, first, 1, 250, units(6), false);
	offers(&office, first, 2, 100, 0, false);
	offers(&office, second, 3, 70, 0, false);
	room_sql(&office, "UPDATE item SET minimum = %" G_GINT64_FORMAT, units(10));
	lines = propose(&office, 0, false);
	g_assert_cmpuint(lines->len, ==, 3);
	g_assert_false(proposal_order(office.store, PAPER_SHOP, lines, cashier, &ids, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM document"), ==, 0);
	g_assert_true(proposal_order(office.store, PAPER_SHOP, lines, 0, &ids, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(ids->len, ==, 2);
	order = document_read(office.store, g_array_index(ids, int64_t, 0), &error);
	g_assert_no_error(error);
	g_assert_cmpint(order->supplier_id, ==, first);
	g_assert_cmpint(order->state, ==, DOCUMENT_DRAFT);
	g_assert_cmpint(((DocumentLine *)order->lines->pdata[0])->quantity, ==, units(12));
	g_assert_cmpint(((DocumentLine *)order->lines->pdata[0])->cost, ==, 3000);
	g_ptr_array_unref(g_steal_pointer(&lines));
	lines = propose(&office, 0, false);
	g_assert_cmpuint(lines->len, ==, 0); /* what is in drafts is going to be ordered */
	g_array_unref(g_steal_pointer(&ids));
	g_assert_false(proposal_order(office.store, PAPER_SHOP, lines, 0, &ids, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
}

/* --- against a plain oracle ---------------------------------------------------------------- */

#define ITEMS 4
#define EVENTS_MAX 60

typedef struct {
	int64_t at, quantity; /* units */
	int ago;
} Event;

typedef struct {
	Event events[EVENTS_MAX];
	int n;
	int64_t sold_on[N_DAYS + 1]; /* by days ago */
	int64_t minimum, factor;
} Past;

/* Minute by minute would say the same: between two events nothing changes. */
static int count_days(const Past *past)
{
	int n = 0;

	for (int ago = N_DAYS; ago >= 1; ago--) {
		int64_t start = noon(ago) - 12 * HOUR, balance = 0;
		bool there = past->sold_on[ago] > 0;

		for (int i = 0; i < past->n; i++)
			if (past->events[i].at < start)
				balance += past->events[i].quantity;
		there = there || balance > 0;
		for (int64_t hour = start; hour < start + DAY; hour += HOUR) {
			int64_t then = 0;

			for (int i = 0; i < past->n; i++)
				if (past->events[i].at <= hour)
					then += past->events[i].quantity;
			there = there || then > 0;
		}
		n += there;
	}
	return n;
}

static void live(FakeOffice *office, GRand *rand, int64_t item, Past *past)
{
	past->n = g_rand_int_range(rand, 5, EVENTS_MAX);
	past->minimum = g_rand_int_range(rand, 0, 10);
	past->factor = g_rand_int_range(rand, 0, 4) * 3;
	room_sql(office,
		 "UPDATE item SET unit = 'pcs', weighed = 0, minimum = %" G_GINT64_FORMAT
		 " WHERE id = %d",
		 units(past->minimum), (int)item);
	for (int i = 0; i < past->n; i++) {
		Event *event = &past->events[i];

		event->ago = g_rand_int_range(rand, 1, N_DAYS + 8);
		event->at = noon(event->ago) + g_rand_int_range(rand, -11, 11) * HOUR;
		event->quantity = g_rand_int_range(rand, 0, 3) == 0 ? g_rand_int_range(rand, 1, 15)
								    : -g_rand_int_range(rand, 1, 4);
		if (event->quantity > 0) {
			room_receive(office, item, event->at, units(event->quantity), 100);
			continue;
		}
		room_sell(office, item, event->at, units(-event->quantity));
		/* Business days are others than the calendar's where a shift ends after midnight;
		 * here they are not. */
		sold(office, item, event->ago, units(-event->quantity));
		if (event->ago <= N_DAYS)
			past->sold_on[event->ago] += -event->quantity;
	}
}

static void compare(const Past *past, const ProposalLine *line, int cover)
{
	int64_t sold_sum = 0, balance = 0, target, wanted, step = MAX(1, past->factor), quantity;
	int days = count_days(past);

	for (int ago = 1; ago <= N_DAYS; ago++)
		sold_sum += past->sold_on[ago];
	for (int i = 0; i < past->n; i++)
		balance += past->events[i].quantity;
	g_assert_cmpint(line->on_hand, ==, units(balance));
	g_assert_cmpint(line->sold, ==, units(sold_sum));
	g_assert_cmpint(line->days, ==, sold_sum > 0 ? days : 0);
	/* In millionths, half away from zero. */
	target = (sold_sum > 0 ? (units(sold_sum) * cover * 2 + days) / (2 * days) : 0) +
		 units(past->minimum);
	g_assert_cmpint(line->target, ==, target);
	wanted = MAX(0, target - units(MAX(0, balance)));
	for (quantity = 0; units(quantity) < wanted;)
		quantity += step;
	g_assert_cmpint(line->quantity, ==, units(quantity));
}

static void test_against_a_plain_oracle(void)
{
	guint32 seed = g_test_rand_int();
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	int rounds = g_test_slow() ? 40 : 4;

	g_test_message("seed %u", seed);
	for (int round = 0; round < rounds; round++) {
		g_auto(FakeOffice) office = { 0 };
		g_autoptr(GPtrArray) lines = NULL;
		Past pasts[ITEMS + 1] = { 0 };
		int lead = g_rand_int_range(rand, 0, 5), review = g_rand_int_range(rand, 1, 15);
		int64_t who;

		paper_office(&office, ITEMS);
		who = supplier(&office, "Склад", lead, review);
		for (int64_t item = 1; item <= ITEMS; item++) {
			live(&office, rand, item, &pasts[item]);
			offers(&office, who, item, 100, units(pasts[item].factor), false);
		}
		lines = propose(&office, who, true);
		for (int64_t item = 1; item <= ITEMS; item++)
			compare(&pasts[item], line_of(lines, item), lead + review);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/proposal/published-examples-come-out", test_published_examples_come_out);
	g_test_add_func("/proposal/rounding", test_rounding);
	g_test_add_func("/proposal/days-without-goods-do-not-count",
			test_days_without_goods_do_not_count);
	g_test_add_func("/proposal/a-day-with-sales-counts", test_a_day_with_sales_counts);
	g_test_add_func("/proposal/what-is-coming-counts", test_what_is_coming_counts);
	g_test_add_func("/proposal/kits-count-for-what-is-in-them",
			test_kits_count_for_what_is_in_them);
	g_test_add_func("/proposal/who-is-asked", test_who_is_asked);
	g_test_add_func("/proposal/drafts-are-made-once-and-by-right",
			test_drafts_are_made_once_and_by_right);
	g_test_add_func("/proposal/against-a-plain-oracle", test_against_a_plain_oracle);
	return g_test_run();
}
