/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random documents of two shops against a plain retelling: whatever is posted and reversed, shelves
 * and what is on the way are what the papers that stand say, told once more from the beginning. */
#include "tests/office/papers.h"

#include <string.h>

#define ITEMS 4
#define SHOPS 2
#define STEPS 150

/* A line of a document that stands. */
typedef struct {
	int64_t document, origin, item_id, quantity, cost;
	DocumentKind kind;
	int shop; /* from 0 */
	bool has_cost, reversed;
} Fact;

typedef struct {
	int64_t quantity, value;
} Shelf;

typedef struct {
	FakeOffice *office; /* borrowed */
	GRand *rand;
	GArray *facts; /* of Fact, in the order of their moments */
} World;

/* --- the retelling ------------------------------------------------------------------------- */

static int64_t half_away(__int128 numerator, __int128 denominator)
{
	__int128 whole =
		(2 * (numerator < 0 ? -numerator : numerator) + denominator) / (2 * denominator);

	return (int64_t)(numerator < 0 ? -whole : whole);
}

/* Never below zero here: nobody takes more than there is. */
static int64_t take(Shelf *shelf, int64_t quantity)
{
	int64_t value = quantity == shelf->quantity
				? shelf->value
				: half_away((__int128)shelf->value * quantity, shelf->quantity);

	shelf->quantity -= quantity;
	shelf->value -= value;
	return value;
}

static void tell(const Fact *fact, Shelf *shelf)
{
	switch (fact->kind) {
	case DOCUMENT_DELIVERY:
	case DOCUMENT_ARRIVAL:
		shelf->quantity += fact->quantity;
		shelf->value += fact->cost;
		break;
	case DOCUMENT_TRANSFER: /* at what it carried when it was posted */
		shelf->quantity -= fact->quantity;
		shelf->value -= fact->cost;
		break;
	case DOCUMENT_PRODUCTION:
		shelf->quantity += fact->quantity;
		shelf->value += fact->quantity > 0 ? fact->cost : -fact->cost;
		break;
	case DOCUMENT_WRITE_OFF:
		take(shelf, fact->quantity);
		break;
	default:
		g_assert_not_reached();
	}
}

static void retell(const World *world, Shelf ret[SHOPS][ITEMS])
{
	memset(ret, 0, sizeof(Shelf) * SHOPS * ITEMS);
	for (guint i = 0; i < world->facts->len; i++) {
		const Fact *fact = &g_array_index(world->facts, Fact, i);

		if (!fact->reversed)
			tell(fact, &ret[fact->shop][fact->item_id - 1]);
	}
}

/* What a transfer has sent of an item that no arrival which stands has taken. */
static void on_the_way(const World *world, int64_t item_id, int64_t *ret_quantity,
		       int64_t *ret_value)
{
	*ret_quantity = *ret_value = 0;
	for (guint i = 0; i < world->facts->len; i++) {
		const Fact *fact = &g_array_index(world->facts, Fact, i);
		int sign = fact->kind == DOCUMENT_TRANSFER  ? 1
			   : fact->kind == DOCUMENT_ARRIVAL ? -1
							    : 0;

		if (fact->reversed || fact->item_id != item_id)
			continue;
		*ret_quantity += sign * fact->quantity;
		*ret_value += sign * fact->cost;
	}
}

static void check_the_way(World *world)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = document_list_on_the_way(world->office->store, 0, &error);

	g_assert_no_error(error);
	for (int64_t item = 1; item <= ITEMS; item++) {
		int64_t quantity, value, listed = 0, worth = 0;

		on_the_way(world, item, &quantity, &value);
		for (guint i = 0; i < list->len; i++) {
			const OnTheWay *way = list->pdata[i];

			if (way->item_id == item) {
				listed += way->sent - way->arrived;
				worth += way->value;
			}
		}
		g_assert_cmpint(listed, ==, quantity);
		g_assert_cmpint(worth, ==, value);
	}
}

static void check(World *world)
{
	Shelf shelves[SHOPS][ITEMS];

	retell(world, shelves);
	for (int shop = 0; shop < SHOPS; shop++)
		for (int item = 0; item < ITEMS; item++) {
			int64_t balance[3] = { 0 };

			fake_office_ask(world->office, "office/ledger/balance",
					(int64_t[]){ shop + 1, item + 1 }, 2, balance, 3);
			g_assert_cmpint(balance[0], ==, shelves[shop][item].quantity);
			g_assert_cmpint(balance[1], ==, shelves[shop][item].value);
		}
	check_the_way(world);
	fake_office_verify(world->office);
}

/* --- what people do ------------------------------------------------------------------------ */

static int any(World *world, int n)
{
	return g_rand_int_range(world->rand, 0, n);
}

/* What leaves a shelf carries its part of what the shelf is worth. */
static void check_costs(const Document *document, Shelf shelves[ITEMS])
{
	for (guint i = 0; i < document->lines->len; i++) {
		const DocumentLine *line = document->lines->pdata[i];

		if (document->kind == DOCUMENT_TRANSFER || document->kind == DOCUMENT_WRITE_OFF ||
		    line->quantity < 0)
			g_assert_cmpint(line->cost, ==,
					take(&shelves[line->item_id - 1], ABS(line->quantity)));
	}
}

/* Posts it and keeps its lines as the database has them. */
static void post(World *world, Document *document)
{
	Shelf shelves[SHOPS][ITEMS];
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;

	retell(world, shelves);
	paper_post(world->office, document);
	read = document_read(world->office->store, document->id, &error);
	g_assert_no_error(error);
	check_costs(read, shelves[read->shop_id - 1]);
	for (guint i = 0; i < read->lines->len; i++) {
		const DocumentLine *line = read->lines->pdata[i];
		Fact fact = { .document = read->id,
			      .origin = read->origin_id,
			      .item_id = line->item_id,
			      .quantity = line->quantity,
			      .cost = line->cost,
			      .has_cost = line->has_cost,
			      .kind = read->kind,
			      .shop = (int)read->shop_id - 1 };

		g_array_append_val(world->facts, fact);
	}
}

static void deliver(World *world)
{
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, 1 + any(world, SHOPS));
	int n = 1 + any(world, 3);

	for (int i = 0; i < n; i++) {
		DocumentLine *line =
			paper_line(delivery, 1 + any(world, ITEMS), 0, any(world, 9999));

		line->quantity = 1 + any(world, 20000000);
	}
	post(world, delivery);
}

/* A line of what there is of some item in the document's shop; false where there is nothing. */
static bool add_some(World *world, Document *document, int64_t item_id, int sign)
{
	int64_t balance[3] = { 0 };
	DocumentLine *line;

	fake_office_ask(world->office, "office/ledger/balance",
			(int64_t[]){ document->shop_id, item_id }, 2, balance, 3);
	if (balance[0] <= 0)
		return false;
	line = paper_line(document, item_id, 0, -1);
	line->quantity = any(world, 4) == 0 ? balance[0] : 1 + balance[0] / (2 + any(world, 5));
	line->quantity = sign * MIN(line->quantity, balance[0]);
	return true;
}

static void throw_away(World *world)
{
	g_autoptr(Document) off = document_new(DOCUMENT_WRITE_OFF, 1 + any(world, SHOPS));

	paper_text(&off->reason, "damaged");
	if (add_some(world, off, 1 + any(world, ITEMS), 1))
		post(world, off);
}

static void send(World *world)
{
	int shop = 1 + any(world, SHOPS);
	g_autoptr(Document) transfer = document_new(DOCUMENT_TRANSFER, shop);
	int first = any(world, ITEMS);

	transfer->other_shop = 3 - shop;
	for (int i = 0; i < 2; i++)
		add_some(world, transfer, 1 + (first + i) % ITEMS, 1);
	if (transfer->lines->len > 0)
		post(world, transfer);
}

static void make(World *world)
{
	g_autoptr(Document) made = document_new(DOCUMENT_PRODUCTION, 1 + any(world, SHOPS));
	int item = any(world, ITEMS);

	if (!add_some(world, made, 1 + item, -1))
		return;
	for (int i = 1; i <= 2; i++)
		paper_line(made, 1 + (item + i) % ITEMS, 0, -1)->quantity = 1 + any(world, 5000000);
	post(world, made);
}

/* Some of what is on the way, by the document that is made of the transfer. */
static void receive(World *world)
{
	g_autoptr(GPtrArray) list = document_list_on_the_way(world->office->store, 0, NULL);
	g_autoptr(Document) arrival = NULL;
	g_autoptr(GError) error = NULL;
	bool something = false;

	if (list->len == 0)
		return;
	arrival = document_from_origin(
		world->office->store,
		((OnTheWay *)list->pdata[any(world, (int)list->len)])->document_id, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < arrival->lines->len; i++) {
		DocumentLine *line = arrival->lines->pdata[i];

		line->quantity =
			any(world, 2) == 0 ? line->expected : line->expected / (1 + any(world, 4));
		something = something || line->quantity > 0;
	}
	if (something)
		post(world, arrival);
}

/* What came in may have gone since: only what takes or moves goods is taken back here, and
 * deliveries as long as nothing else has happened. */
static void take_back(World *world)
{
	const Fact *fact;
	g_autoptr(GError) error = NULL;
	int64_t id;

	if (world->facts->len == 0)
		return;
	fact = &g_array_index(world->facts, Fact, (guint)any(world, (int)world->facts->len));
	id = fact->document;
	if (fact->reversed ||
	    (fact->kind != DOCUMENT_WRITE_OFF && fact->kind != DOCUMENT_TRANSFER &&
	     id != g_array_index(world->facts, Fact, world->facts->len - 1).document))
		return;
	if (!document_reverse(world->office->store, id, 0, "", &error)) {
		g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_USED);
		return;
	}
	for (guint i = 0; i < world->facts->len; i++)
		if (g_array_index(world->facts, Fact, i).document == id)
			g_array_index(world->facts, Fact, i).reversed = true;
}

static void test_random_papers(void)
{
	static void (*const deeds[])(World *) = {
		deliver, deliver, deliver, throw_away, send, send, make, receive, receive, take_back
	};
	guint32 seed = (guint32)g_test_rand_int();
	g_auto(FakeOffice) office = { 0 };
	World world = { .rand = g_rand_new_with_seed(seed),
			.facts = g_array_new(false, false, sizeof(Fact)) };

	g_test_message("seed %u", seed);
	paper_office(&office, ITEMS);
	world.office = &office;
	for (int i = 0; i < STEPS; i++) {
		deeds[any(&world, G_N_ELEMENTS(deeds))](&world);
		check(&world);
	}
	g_array_unref(world.facts);
	g_rand_free(world.rand);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/random_papers/two_shops", test_random_papers);
	return g_test_run();
}
