/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/count.h"
#include "backoffice/stock/recipe.h"
#include "backoffice/stock/stock.h"
#include "tests/office/stock_room.h"

/* 23.11.2026 06:00 UTC */
#define MORNING INT64_C(1795413600000000)
#define AT(minutes) (MORNING + (minutes)*MINUTE)

static void set_up(FakeOffice *office, int n)
{
	fake_office_init(office);
	fake_office_add_goods(office, n);
}

/* Another shop, 2, that sends us goods. */
static void add_shop(FakeOffice *office)
{
	room_sql(office, "INSERT INTO shop (id, name, country, currency, timezone, revision) "
			 "SELECT 2, 'Вторая', country, currency, timezone, revision + 1 "
			 "FROM shop WHERE id = 1");
}

static Document *paper(DocumentKind kind, int64_t shop, int64_t item, int64_t quantity)
{
	Document *document = document_new(kind, shop);

	document_add_line(document, item, quantity);
	return document;
}

static void hand_in(FakeOffice *office, Document *document, bool post)
{
	g_autoptr(GError) error = NULL;

	document_create(office->store, document, 0, &error);
	g_assert_no_error(error);
	if (!post)
		return;
	document_post(office->store, document->id, 0, &error);
	g_assert_no_error(error);
}

static int64_t supplier(FakeOffice *office)
{
	g_autoptr(Supplier) self = supplier_new("База");
	g_autoptr(GError) error = NULL;

	supplier_write(office->store, self, 0, &error);
	g_assert_no_error(error);
	return self->id;
}

static StockState state_of(FakeOffice *office, int64_t shop, int64_t item)
{
	g_autoptr(GError) error = NULL;
	StockState state;

	stock_state(office->store, shop, item, &state, &error);
	g_assert_no_error(error);
	return state;
}

static void test_nothing_known(void)
{
	g_auto(FakeOffice) office;
	StockState state;

	set_up(&office, 1);
	state = state_of(&office, 1, 1);
	g_assert_cmpint(state.quantity, ==, 0);
	g_assert_cmpint(state.value, ==, 0);
	g_assert_cmpint(state.on_the_way, ==, 0);
	g_assert_cmpint(state.ordered, ==, 0);
}

/* Ten are ordered, six come: four are still to come; what comes over counts for nothing. */
static void test_ordered(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) order = NULL, other = NULL, delivery = NULL;

	set_up(&office, 1);
	order = paper(DOCUMENT_ORDER, 1, 1, 10 * ONE);
	order->supplier_id = supplier(&office);
	hand_in(&office, order, true);
	g_assert_cmpint(state_of(&office, 1, 1).ordered, ==, 10 * ONE);
	delivery = document_from_origin(office.store, order->id, NULL);
	((DocumentLine *)delivery->lines->pdata[0])->quantity = 6 * ONE;
	hand_in(&office, delivery, true);
	g_assert_cmpint(state_of(&office, 1, 1).ordered, ==, 4 * ONE);
	g_assert_cmpint(state_of(&office, 1, 1).quantity, ==, 6 * ONE);
	other = document_from_origin(office.store, order->id, NULL);
	((DocumentLine *)other->lines->pdata[0])->quantity = 7 * ONE;
	hand_in(&office, other, true);
	g_assert_cmpint(state_of(&office, 1, 1).ordered, ==, 0);
}

static void test_on_the_way(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) transfer = paper(DOCUMENT_TRANSFER, 2, 1, 5 * ONE);
	g_autoptr(Document) arrival = NULL;

	set_up(&office, 1);
	add_shop(&office);
	transfer->other_shop = 1;
	hand_in(&office, transfer, true);
	g_assert_cmpint(state_of(&office, 1, 1).on_the_way, ==, 5 * ONE);
	g_assert_cmpint(state_of(&office, 2, 1).on_the_way, ==, 0);
	arrival = document_from_origin(office.store, transfer->id, NULL);
	((DocumentLine *)arrival->lines->pdata[0])->quantity = 3 * ONE;
	hand_in(&office, arrival, true);
	g_assert_cmpint(state_of(&office, 1, 1).on_the_way, ==, 2 * ONE);
	g_assert_cmpint(state_of(&office, 1, 1).quantity, ==, 3 * ONE);
}

/* --- movements ------------------------------------------------------------------------------ */

static GPtrArray *moves_of(FakeOffice *office, int max)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *moves = stock_moves(office->store, 1, 1, max, &error);

	g_assert_no_error(error);
	return moves;
}

/* In the order in which things happened, whatever order they were told in. */
static void test_moves(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) delivery = paper(DOCUMENT_DELIVERY, 1, 1, 10 * ONE);
	g_autoptr(GPtrArray) moves = NULL, few = NULL;
	const StockMove *move;

	set_up(&office, 2);
	delivery->at = AT(0);
	room_sell(&office, 1, AT(30), 2 * ONE);
	room_sell(&office, 2, AT(30), 2 * ONE);
	hand_in(&office, delivery, true);
	room_sell(&office, 1, AT(10), 3 * ONE);
	moves = moves_of(&office, 100);
	for (guint i = 0; i + 1 < moves->len; i++) {
		const StockMove *later = moves->pdata[i], *before = moves->pdata[i + 1];

		g_assert_cmpint(later->balance - later->quantity, ==, before->balance);
		g_assert_cmpint(later->at, >=, before->at);
	}
	move = moves->pdata[0];
	g_assert_cmpint(move->balance, ==, 5 * ONE);
	g_assert_cmpstr(move->kind, ==, "sale");
	move = moves->pdata[moves->len - 1];
	g_assert_cmpstr(move->kind, ==, "delivery");
	g_assert_cmpstr(move->number, ==, delivery->number);
	g_assert_cmpint(move->document_id, ==, delivery->id);
	g_assert_cmpstr(move->person, ==, "command line");
	g_assert_cmpint(move->balance, ==, 10 * ONE);
	few = moves_of(&office, 1);
	g_assert_cmpint(few->len, ==, 1);
	g_assert_cmpint(((StockMove *)few->pdata[0])->balance, ==, 5 * ONE);
}

static void test_batches(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, 1);
	g_autoptr(GPtrArray) all = NULL, soon = NULL;
	static const int32_t days[] = { 20261231, 20261201, 20270301 };
	const BatchState *first;

	set_up(&office, 2);
	room_sql(&office, "UPDATE item SET expires = 1");
	for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
		DocumentLine *line = document_add_line(delivery, 1, (int64_t)(i + 1) * ONE);

		line->expiry = days[i];
	}
	delivery->at = AT(0);
	hand_in(&office, delivery, true);
	room_sell(&office, 1, AT(10), ONE);
	all = stock_batches(office.store, 1, 1, 0, NULL);
	g_assert_cmpint(all->len, ==, 3);
	first = all->pdata[0];
	g_assert_cmpint(first->expiry, ==, 20261201);
	g_assert_cmpint(first->quantity, ==, ONE); /* two, and the first to expire is sold first */
	soon = stock_batches(office.store, 1, 0, 20261231, NULL);
	g_assert_cmpint(soon->len, ==, 2);
}

/* --- problems ------------------------------------------------------------------------------- */

static const StockProblem *problem_of(GPtrArray *problems, int64_t item)
{
	for (guint i = 0; i < problems->len; i++) {
		const StockProblem *problem = problems->pdata[i];

		if (problem->item_id == item)
			return problem;
	}
	g_assert_not_reached();
}

static void check_problem(FakeOffice *office, int64_t item, StockCause cause, const char *hint)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) problems = stock_problems(office->store, 1, &error);
	const StockProblem *problem;

	g_assert_no_error(error);
	problem = problem_of(problems, item);
	g_assert_cmpint(problem->cause, ==, cause);
	g_assert_cmpstr(problem->hint, ==, hint);
	g_assert_nonnull(stock_cause_title(problem->cause));
}

static void test_below_zero_since(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) problems = NULL;

	set_up(&office, 3);
	room_sql(&office, "UPDATE item SET folded = 'соль' WHERE id = 2");
	room_sell(&office, 1, AT(0), ONE);
	room_receive(&office, 1, AT(5), 3 * ONE, 300);
	room_sell(&office, 1, AT(10), 3 * ONE); /* below zero once more */
	room_sell(&office, 1, AT(20), ONE);
	room_receive(&office, 2, AT(5), 3 * ONE, 300);
	problems = stock_problems(office.store, 1, NULL);
	g_assert_cmpint(problems->len, ==, 1);
	g_assert_cmpint(((StockProblem *)problems->pdata[0])->since, ==, AT(10));
	g_assert_cmpint(((StockProblem *)problems->pdata[0])->quantity, ==, -2 * ONE);
	check_problem(&office, 1, CAUSE_NEVER_RECEIVED, "");
}

static void test_delivery_in_a_drawer(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) order = NULL, draft = NULL;

	set_up(&office, 1);
	room_sell(&office, 1, AT(0), ONE);
	order = paper(DOCUMENT_ORDER, 1, 1, 10 * ONE);
	order->supplier_id = supplier(&office);
	hand_in(&office, order, true);
	check_problem(&office, 1, CAUSE_LATE_ORDER, order->number);
	draft = paper(DOCUMENT_DELIVERY, 1, 1, 10 * ONE);
	hand_in(&office, draft, false);
	check_problem(&office, 1, CAUSE_UNPOSTED_DELIVERY, draft->number);
	document_post(office.store, draft->id, 0, NULL);
	g_assert_cmpint(state_of(&office, 1, 1).quantity, ==, 9 * ONE);
}

static void test_still_on_the_way(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) transfer = paper(DOCUMENT_TRANSFER, 2, 1, 5 * ONE);

	set_up(&office, 1);
	add_shop(&office);
	transfer->other_shop = 1;
	hand_in(&office, transfer, true);
	room_sell(&office, 1, AT(0), ONE);
	check_problem(&office, 1, CAUSE_ON_THE_WAY, transfer->number);
}

static void test_counted_away(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) count = document_new(DOCUMENT_COUNT, 1);
	CountEntry entry = { 0, 1, 1, 0, 0, AT(10) };

	set_up(&office, 1);
	room_receive(&office, 1, AT(0), 5 * ONE, 500);
	hand_in(&office, count, false);
	g_assert_true(count_set(office.store, count->id, &entry, NULL));
	g_assert_true(document_post(office.store, count->id, 0, NULL));
	room_sell(&office, 1, AT(20), ONE);
	check_problem(&office, 1, CAUSE_COUNT, count->number);
}

static void test_like_name(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 4);
	room_sql(&office,
		 "UPDATE item SET name = 'Молоко 3,2%% 1 л', folded = 'молоко 3,2%% 1 л' || "
		 "char(10) WHERE id = 1");
	room_sql(&office, "UPDATE item SET name = 'Молоко 3,2%% 1л', folded = 'молоко 3,2%% 1л' || "
			  "char(10) WHERE id = 2");
	room_sql(&office,
		 "UPDATE item SET name = 'Мука', folded = 'мука' || char(10) WHERE id = 3");
	room_receive(&office, 2, AT(0), 24 * ONE, 2400);
	room_receive(&office, 3, AT(0), 24 * ONE, 2400);
	room_sell(&office, 1, AT(10), 5 * ONE);
	check_problem(&office, 1, CAUSE_OTHER_CODE, "Молоко 3,2% 1л");
	room_sell(&office, 2, AT(11), ONE); /* it is sold, then: that is not it */
	check_problem(&office, 1, CAUSE_NEVER_RECEIVED, "");
}

static void test_kit_took_it(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 2);
	room_sql(&office, "UPDATE item SET name = 'Набор', kind = 'kit' WHERE id = 2");
	room_move(&office, (LedgerMove){ .item_id = 1,
					 .at = AT(0),
					 .kind = "sale",
					 .till_id = 1,
					 .seq = 7777,
					 .line = 1,
					 .quantity = -2 * ONE });
	room_sql(&office, "INSERT INTO till (shop_id, id, name) VALUES (1, 1, 'Касса')");
	room_sql(&office,
		 "INSERT INTO receipt (shop_id, till_id, seq, journal_number, number, kind, "
		 "shift, day, hour, at, cashier_id, gross, discount, tax, added, net) VALUES "
		 "(1, 1, 7777, 1, 'T1-7777', 'sale', 1, 20261123, 9, 1, 0, 100, 0, 0, 0, 100)");
	room_sql(&office,
		 "INSERT INTO receipt_line (shop_id, till_id, seq, line, item_id, code, name, "
		 "unit, tax_code, quantity, price, gross, discount, tax, added, net) VALUES "
		 "(1, 1, 7777, 1, 2, '', 'Набор', 'pcs', 'VAT22', 1000000, 100, 100, 0, 0, 0, "
		 "100)");
	check_problem(&office, 1, CAUSE_RECIPE, "Набор");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/stock_state/nothing_known", test_nothing_known);
	g_test_add_func("/stock_state/ordered", test_ordered);
	g_test_add_func("/stock_state/on_the_way", test_on_the_way);
	g_test_add_func("/stock_state/moves", test_moves);
	g_test_add_func("/stock_state/batches", test_batches);
	g_test_add_func("/stock_state/below_zero_since", test_below_zero_since);
	g_test_add_func("/stock_state/delivery_in_a_drawer", test_delivery_in_a_drawer);
	g_test_add_func("/stock_state/still_on_the_way", test_still_on_the_way);
	g_test_add_func("/stock_state/counted_away", test_counted_away);
	g_test_add_func("/stock_state/like_name", test_like_name);
	g_test_add_func("/stock_state/kit_took_it", test_kit_took_it);
	return g_test_run();
}
